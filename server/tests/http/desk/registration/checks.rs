//! The checks on the page of a registration: saving one outcome or several, outcomes that are out
//! of date, and approving with the same form.

use registration::desk::OfficerRole;
use registration::identifiers::Reference;
use registration::lifecycle::State;

use super::{ANSWERS_SEEN, AtTheDesk};
use crate::page::Page;

/// The fields of a firm's six checks, all passed.
const ALL_PASSED: [(&str, &str); 6] = [
    ("outcome-sra-register", "passed"),
    ("outcome-laa-account", "passed"),
    ("outcome-address", "passed"),
    ("outcome-authority", "passed"),
    ("outcome-email-domain", "passed"),
    ("outcome-other-registrations", "passed"),
];

fn with(
    fields: &[(&'static str, &'static str)],
    more: (&'static str, &'static str),
) -> Vec<(&'static str, &'static str)> {
    fields.iter().copied().chain([more]).collect()
}

/// Returns the address at which the page shows the problems of the checks.
fn problems(desk: &AtTheDesk) -> String {
    desk.at("") + "?problems=checks"
}

async fn state(desk: &AtTheDesk) -> State {
    desk.service.lifecycle(&desk.reference).await.state
}

/// Submits another registration; returns its reference.
async fn another(desk: &AtTheDesk) -> Reference {
    let applicant = desk.service.browser();
    applicant.register().await;
    let listed = desk.service.store.registrations().list().await.unwrap();
    let mut others = listed
        .into_iter()
        .map(|listed| listed.reference.parse::<Reference>().unwrap())
        .filter(|reference| *reference != desk.reference);
    others.next().unwrap()
}

/// Returns the part of the page between a check's name and the next check.
fn part<'p>(page: &'p Page, check: &str) -> &'p str {
    let start = format!("id=\"check-{check}\"");
    let part = page.text.split(&*start).nth(1).unwrap_or_default();
    part.split("id=\"check-").next().unwrap_or_default()
}

#[tokio::test]
async fn each_check_stands_on_the_page_with_its_register_and_guidance() {
    let desk = AtTheDesk::new().await;
    let page = desk.page().await;
    page.assert_page(200);
    let sra = part(&page, "sra-register");
    for shown in [
        "name=\"outcome-sra-register\"",
        "name=\"note-sra-register\"",
        "href=\"https://www.sra.org.uk/consumers/register/organisation/?sraNumber=483452\"",
        "How to check",
        "It passes if the register has the number under this name",
        "Hartwell Crane &amp; Co LLP",
        ">To do<",
    ] {
        assert!(sra.contains(shown), "{shown}: {sra}");
    }
    assert!(!sra.contains("checked"), "nothing is chosen beforehand");
    assert!(part(&page, "other-registrations").contains("No similar registrations."));
}

#[tokio::test]
async fn checks_are_saved_one_by_one_or_together_without_leaving_the_page() {
    let desk = AtTheDesk::new().await;
    let one = [
        ("outcome-sra-register", "not-passed"),
        ("note-sra-register", "Another name on the register"),
        ("do", "save-sra-register"),
    ];
    let sent = desk.send(&desk.officer, "checks", &one).await;
    assert_eq!(
        sent.location(),
        desk.at("") + "?done=checks#check-sra-register"
    );
    let page = desk.done(&desk.officer, &sent).await;
    let sra = part(&page, "sra-register");
    assert!(sra.contains("Did not pass") && sra.contains("Another name on the register"));

    let all = with(&ALL_PASSED, ("do", "save"));
    let page = desk.page().await;
    let mut all: Vec<(&'static str, &str)> = all;
    let seen = page.hidden("seen-sra-register");
    all.push(("seen-sra-register", &seen));
    let sent = desk.send(&desk.officer, "checks", &all).await;
    assert_eq!(sent.location(), desk.at("") + "?done=checks#checks");
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("SRA register: Passed"));
    assert!(page.has("Before: Did not pass. Another name on the register"));
    let actions = desk.actions().await;
    assert_eq!(
        actions.iter().filter(|action| *action == "checked").count(),
        7
    );
    assert_eq!(state(&desk).await, State::Received);
}

#[tokio::test]
async fn what_nobody_changed_is_not_saved_again() {
    let desk = AtTheDesk::new().await;
    desk.service.pass_checks(&desk.reference).await;
    let page = desk.page().await;
    let mut unchanged: Vec<(&'static str, &str)> = with(&ALL_PASSED, ("do", "save"));
    let was = page.hidden("was-address");
    unchanged.extend([
        ("was-sra-register", &*was),
        ("was-laa-account", &was),
        ("was-address", &was),
        ("was-authority", &was),
        ("was-email-domain", &was),
        ("was-other-registrations", &was),
    ]);
    let before = desk.actions().await.len();
    let sent = desk
        .send_from(&desk.officer, &page, "checks", &unchanged)
        .await;
    let page = desk.officer.get(sent.location()).await;
    assert!(page.has("You have not changed a check"), "{}", page.text);
    assert_eq!(desk.actions().await.len(), before);
}

#[tokio::test]
async fn an_outcome_without_the_words_that_it_needs_comes_back_and_the_others_are_saved() {
    let desk = AtTheDesk::new().await;
    let long = "x".repeat(1_001);
    for (outcome, note, words) in [
        ("", "Typed", "Head office address: select an outcome"),
        (
            "not-needed",
            "",
            "Head office address: enter why the check is not needed",
        ),
        (
            "not-passed",
            " ",
            "Head office address: enter why the check did not pass",
        ),
        (
            "passed",
            &*long,
            "Head office address: note must be 1000 characters or less",
        ),
    ] {
        let fields = [
            ("outcome-address", outcome),
            ("note-address", note),
            ("do", "save"),
        ];
        let sent = desk.send(&desk.officer, "checks", &fields).await;
        assert_eq!(sent.location(), problems(&desk), "{words}");
        // The problems stay for a reload, and are the officer's own.
        for _ in 0..2 {
            let page = desk.officer.get(&problems(&desk)).await;
            page.assert_page(200);
            assert!(page.has(words) && page.has("<title>Error: "), "{words}");
            assert!(page.has("href=\"#outcome-address\"") || page.has("href=\"#note-address\""));
            assert!(page.has(note.trim()));
        }
        let other = desk.service.officer(OfficerRole::Officer).await;
        assert!(!other.get(&problems(&desk)).await.has("<title>Error: "));
        // A later visit shows what was typed, without the problems.
        let later = desk.page().await;
        assert!(!later.has("<title>Error: ") && later.has(note.trim()));
    }
    assert_eq!(desk.actions().await, ["submitted"]);
    let half = [
        ("outcome-address", "not-passed"),
        ("outcome-authority", "passed"),
        ("do", "save"),
    ];
    desk.send(&desk.officer, "checks", &half).await;
    assert_eq!(desk.actions().await, ["submitted", "checked"]);
    let page = desk.page().await;
    assert!(part(&page, "authority").contains(">Passed<"));
    assert!(part(&page, "address").contains("value=\"not-passed\" checked"));
}

#[tokio::test]
async fn of_two_officers_with_one_check_the_second_sees_the_first_ones_outcome() {
    let desk = AtTheDesk::new().await;
    let other = desk.service.officer(OfficerRole::SeniorOfficer).await;
    let opened = other.get(&desk.at("")).await;
    let passed = [("outcome-address", "passed"), ("do", "save")];
    desk.send(&desk.officer, "checks", &passed).await;
    let seen = opened.hidden("seen-address");
    let mine = [
        ("seen-address", &*seen),
        ("outcome-address", "not-passed"),
        ("note-address", "It is a flat"),
        ("outcome-authority", "passed"),
        ("do", "save"),
    ];
    let sent = desk.send_from(&other, &opened, "checks", &mine).await;
    let page = other.get(sent.location()).await;
    assert!(
        page.has("Head office address: Officer ") && page.has(" saved “Passed” since you opened"),
        "{}",
        page.text
    );
    let address = part(&page, "address");
    assert!(address.contains("It is a flat") && address.contains("value=\"not-passed\" checked"));
    assert!(
        part(&page, "authority").contains(">Passed<"),
        "no conflict there"
    );
    let seen = page.hidden("seen-address");
    let again = [("seen-address", &*seen), mine[1], mine[2], mine[4]];
    let sent = desk.send_from(&other, &page, "checks", &again).await;
    let page = desk.done(&other, &sent).await;
    assert!(part(&page, "address").contains(">Did not pass<"));
    // If both officers give the same outcome, there is no conflict.
    let sent = desk
        .send_from(&desk.officer, &opened, "checks", &mine[1..])
        .await;
    let page = desk.officer.get(sent.location()).await;
    assert!(!page.has("<title>Error: "), "{}", page.text);
}

#[tokio::test]
async fn a_half_typed_check_waits_for_its_officer() {
    let desk = AtTheDesk::new().await;
    let later = [("note-address", "Half a note"), ("do", "later")];
    desk.send(&desk.officer, "checks", &later).await;
    let page = desk.page().await;
    assert!(part(&page, "address").contains("Half a note"));
    assert!(
        !page.has("<title>Error: "),
        "a half-typed note is no mistake"
    );
    let other = desk.service.officer(OfficerRole::Officer).await;
    assert!(!other.get(&desk.at("")).await.has("Half a note"));
    assert_eq!(desk.actions().await, ["submitted"]);
    // The page reports another officer's outcome of that check before it can be replaced.
    let theirs = [("outcome-address", "passed"), ("do", "save")];
    desk.send(&other, "checks", &theirs).await;
    let page = desk.page().await;
    assert!(page.has(" saved “Passed” since you opened") && page.has("Half a note"));
    desk.send(&desk.officer, "checks", &[("do", "later")]).await;
    assert!(!desk.page().await.has("Half a note"));
}

#[tokio::test]
async fn checks_of_what_was_decided_stay_as_they_are() {
    let desk = AtTheDesk::new().await;
    let page = desk.page().await;
    desk.applicant.post("/status/withdraw", &[]).await;
    let closed = desk.page().await;
    assert!(!closed.has("Save the checks") && closed.has("How to check"));
    let passed = [("outcome-address", "passed"), ("do", "save")];
    let sent = desk
        .send_from(&desk.officer, &page, "checks", &passed)
        .await;
    sent.assert_page(409);
    assert!(sent.has("you cannot change its checks"));
}

#[tokio::test]
async fn the_old_address_of_a_check_leads_to_its_place_and_its_form_loses_nothing() {
    let desk = AtTheDesk::new().await;
    let old = desk.officer.get(&desk.at("checks/address")).await;
    assert_eq!(old.location(), desk.at("") + "#check-address");
    // The page of an earlier version did not say which answers it showed.
    let fields = [("seen", "0"), ("outcome", "not-passed"), ("note", "A flat")];
    let fields = fields.map(|(name, value)| (name, value.to_owned()));
    let sent = desk.officer.post(&desk.at("checks/address"), &fields).await;
    sent.assert_leads_to(&problems(&desk));
    let page = desk.officer.get(sent.location()).await;
    assert!(page.has("the answers may have changed since you opened this page"));
    let address = part(&page, "address");
    assert!(address.contains("A flat") && address.contains("value=\"not-passed\" checked"));
    assert_eq!(desk.actions().await, ["submitted"]);
    desk.officer
        .get(&desk.at("checks/tea"))
        .await
        .assert_page(404);
    desk.officer
        .post(&desk.at("checks/tea"), &fields)
        .await
        .assert_page(404);
}

#[tokio::test]
async fn addresses_to_which_forms_are_sent_lead_to_the_page_of_the_form() {
    let desk = AtTheDesk::new().await;
    for (form, place) in [
        ("checks", desk.at("") + "#checks"),
        ("notes", desk.at("") + "#notes"),
        ("confirm", desk.at("decide")),
        ("send-back", desk.at("decide")),
    ] {
        let page = desk.officer.get(&desk.at(form)).await;
        page.assert_leads_to(&place);
    }
}

#[tokio::test]
async fn the_button_of_a_check_saves_that_check_alone_and_keeps_the_others_as_typed() {
    let desk = AtTheDesk::new().await;
    let fields = [
        ("outcome-address", "passed"),
        ("outcome-authority", "passed"),
        ("note-email-domain", "Half a note"),
        ("do", "save-address"),
    ];
    let sent = desk.send(&desk.officer, "checks", &fields).await;
    assert_eq!(sent.location(), desk.at("") + "?done=checks#check-address");
    let page = desk.done(&desk.officer, &sent).await;
    assert!(!page.has("<title>Error: "), "{}", page.text);
    assert!(part(&page, "address").contains(">Passed<"));
    let authority = part(&page, "authority");
    assert!(authority.contains(">To do<") && authority.contains("value=\"passed\" checked"));
    assert!(part(&page, "email-domain").contains("Half a note"));
    assert_eq!(desk.actions().await, ["submitted", "checked"]);
    // Of the others' problems nothing is said either, if that check has one itself.
    let lacking = [
        ("outcome-authority", "not-passed"),
        ("outcome-email-domain", "not-passed"),
        ("do", "save-authority"),
    ];
    let sent = desk.send(&desk.officer, "checks", &lacking).await;
    let page = desk.officer.get(sent.location()).await;
    assert!(
        page.has("enter why the check did not pass"),
        "{}",
        page.text
    );
    assert!(page.has("href=\"#note-authority\"") && !page.has("href=\"#note-email-domain\""));
}

#[tokio::test]
async fn the_enter_key_saves_the_checks_and_never_approves() {
    let desk = AtTheDesk::new().await;
    desk.service.pass_checks(&desk.reference).await;
    let page = desk.page().await;
    // A browser presses the first button of the form, wherever on the page it is.
    let of_form = page.main().split("<button ").skip(1).find(|button| {
        let tag = button.split('>').next().unwrap_or_default();
        tag.contains("form=\"check-form\"")
    });
    let tag = of_form.and_then(|button| button.split('>').next()).unwrap();
    assert!(tag.contains("name=\"do\" value=\"save\""), "{tag}");
    let before = page.main().split("form=\"check-form\"").next().unwrap();
    assert!(
        !before.contains("id=\"check-form\""),
        "no other button is before it"
    );
}

#[tokio::test]
async fn an_approval_at_the_top_of_the_page_heeds_what_was_chosen_below() {
    let desk = AtTheDesk::new().await;
    desk.service.pass_checks(&desk.reference).await;
    let page = desk.page().await;
    let top = page
        .main()
        .split("Approve and take the next")
        .next()
        .unwrap();
    let button = top.rsplit("<button ").next().unwrap();
    for attribute in [
        "form=\"check-form\"",
        "name=\"do\"",
        "value=\"approve-next\"",
    ] {
        assert!(button.contains(attribute), "{attribute}: {button}");
    }
    let seen = page.hidden("seen-address");
    let fields = [
        ("seen-address", &*seen),
        ("outcome-address", "not-passed"),
        ("note-address", "It is a flat"),
        ("do", "approve-next"),
    ];
    let sent = desk
        .send_from(&desk.officer, &page, "checks", &fields)
        .await;
    let page = desk.officer.get(sent.location()).await;
    assert!(page.has("You cannot approve it yet: Head office address check did not pass"));
    assert_eq!(state(&desk).await, State::Received);
}

#[tokio::test]
async fn a_changed_note_alone_shows_the_message_before_it_approves() {
    let desk = AtTheDesk::new().await;
    desk.service.pass_checks(&desk.reference).await;
    let page = desk.page().await;
    for shown in ["is approved” is sent to ", " (in English)", "1 account"] {
        let buttons = page.text.split("app-check-buttons").nth(1).unwrap();
        let beside = buttons.split("<details").next().unwrap();
        assert!(beside.contains(shown), "{shown}: {beside}");
    }
    let seen = page.hidden("seen-address");
    let fields = [
        ("seen-address", &*seen),
        ("outcome-address", "passed"),
        ("note-address", "A better note"),
        ("do", "approve-next"),
    ];
    let sent = desk
        .send_from(&desk.officer, &page, "checks", &fields)
        .await;
    assert_eq!(sent.location(), desk.at("decide/preview"), "{}", sent.text);
    assert_eq!(state(&desk).await, State::Received);
    assert!(part(&desk.page().await, "address").contains("A better note"));
}

#[tokio::test]
async fn a_note_and_half_typed_checks_survive_each_others_buttons() {
    let desk = AtTheDesk::new().await;
    let page = desk.page().await;
    let form = page.main().split("id=\"check-form\"").nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    let send = format!("formaction=\"{}\"", desk.at("notes"));
    assert!(
        form.contains("id=\"note\"") && form.contains(&send),
        "one form: {form}"
    );
    let both = [
        ("outcome-address", "passed"),
        ("note-authority", "Half a check"),
        ("note", "Half a note"),
    ];
    let typed = |page: &Page| {
        let area = page.text.split(" id=\"note\"").nth(1).unwrap();
        area.split("</textarea>")
            .next()
            .unwrap()
            .contains("Half a note")
    };
    let mut fields = both.to_vec();
    fields.push(("do", "save-address"));
    desk.send_from(&desk.officer, &page, "checks", &fields)
        .await;
    let page = desk.page().await;
    assert!(typed(&page) && part(&page, "authority").contains("Half a check"));
    assert!(part(&page, "address").contains(">Passed<"));

    let whole = [("note", "A whole note"), ("note-authority", "Half a check")];
    let added = desk.send_from(&desk.officer, &page, "notes", &whole).await;
    let page = desk.done(&desk.officer, &added).await;
    assert!(!typed(&page) && page.has("A whole note"));
    assert!(
        part(&page, "authority").contains("Half a check"),
        "{}",
        page.text
    );
    assert_eq!(desk.actions().await, ["submitted", "checked", "noted"]);

    // An empty note keeps the checks too.
    let fields = [("outcome-authority", "not-passed"), ("note", " ")];
    desk.send(&desk.officer, "notes", &fields).await;
    let page = desk.page().await;
    assert!(part(&page, "authority").contains("value=\"not-passed\" checked"));
}

#[tokio::test]
async fn a_colleagues_outcome_is_told_with_its_note() {
    let desk = AtTheDesk::new().await;
    let other = desk.service.officer(OfficerRole::SeniorOfficer).await;
    let opened = other.get(&desk.at("")).await;
    let theirs = [
        ("outcome-address", "not-passed"),
        ("note-address", "The shop moved to Worcester"),
    ];
    desk.send(&desk.officer, "checks", &theirs).await;
    let mine = [("seen-address", "0"), ("outcome-address", "passed")];
    let sent = desk.send_from(&other, &opened, "checks", &mine).await;
    let page = other.get(sent.location()).await;
    assert!(
        page.has(" saved “Did not pass” since you opened"),
        "{}",
        page.text
    );
    assert!(part(&page, "address").contains("The shop moved to Worcester"));
}

#[tokio::test]
async fn the_last_checks_approve_in_the_same_step_and_the_next_registration_opens() {
    let desk = AtTheDesk::new().await;
    let next = another(&desk).await;
    let all = with(&ALL_PASSED, ("do", "approve-next"));
    let sent = desk.send(&desk.officer, "checks", &all).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    assert!(
        sent.location()
            .starts_with(&format!("/desk/registrations/{next}?")),
        "{}",
        sent.location()
    );
    let page = desk.done(&desk.officer, &sent).await;
    let told = format!(
        "{}: The registration is approved. We will tell the applicant",
        desk.reference
    );
    assert!(page.has(&told) && page.has("The next registration is assigned to you."));
    assert!(page.has("Assigned to you.") && page.has(&format!("Go back to {}", desk.reference)));
    assert_eq!(state(&desk).await, State::Approved);
    // If no other registration is unassigned, the button leads to the queue, which says so.
    let at = format!("/desk/registrations/{next}");
    let page = desk.officer.get(&at).await;
    let fields: Vec<(&'static str, String)> = ["version", "seen"]
        .into_iter()
        .chain(ANSWERS_SEEN)
        .map(|name| (name, page.hidden(name)))
        .chain(all.iter().map(|(name, value)| (*name, (*value).to_owned())))
        .collect();
    let sent = desk.officer.post(&format!("{at}/checks"), &fields).await;
    assert!(sent.location().starts_with("/desk/queue?"), "{}", sent.text);
    let queue = desk.officer.get(sent.location()).await;
    assert!(queue.has(&format!("{next}: The registration is approved")));
    assert!(queue.has("No registration is unassigned."));
}

#[tokio::test]
async fn an_approval_without_the_next_stays_on_the_registration() {
    let desk = AtTheDesk::new().await;
    another(&desk).await;
    let all = with(&ALL_PASSED, ("do", "approve"));
    let sent = desk.send(&desk.officer, "checks", &all).await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("The registration is approved") && !page.has("The next registration"));
}

#[tokio::test]
async fn an_approval_that_lacks_a_check_saves_the_others_and_names_it() {
    let desk = AtTheDesk::new().await;
    let most = with(&ALL_PASSED[1..], ("do", "approve-next"));
    let sent = desk.send(&desk.officer, "checks", &most).await;
    assert_eq!(sent.location(), problems(&desk));
    let page = desk.officer.get(&problems(&desk)).await;
    assert!(page.has("<title>Error: "));
    assert!(page.has("You cannot approve it yet: SRA register check not done"));
    assert!(page.has("href=\"#outcome-sra-register\""));
    assert!(part(&page, "address").contains(">Passed<"));
    assert_eq!(state(&desk).await, State::Received);
    let rest = [ALL_PASSED[0], ("do", "approve")];
    let sent = desk.send(&desk.officer, "checks", &rest).await;
    desk.done(&desk.officer, &sent).await;
    assert_eq!(state(&desk).await, State::Approved);
}

#[tokio::test]
async fn one_press_alone_never_approves() {
    let desk = AtTheDesk::new().await;
    desk.service.pass_checks(&desk.reference).await;
    let page = desk.page().await;
    // The button at the top also leads to the preview of the message.
    assert!(page.has(">Approve and take the next<"));
    let sent = desk
        .send(&desk.officer, "checks", &[("do", "approve-next")])
        .await;
    assert_eq!(sent.location(), desk.at("decide/preview"));
    assert_eq!(state(&desk).await, State::Received);
    let preview = desk.officer.get(sent.location()).await;
    assert!(
        preview.has("Approve and take the next")
            && preview.has("This is what the applicant will read")
    );
}

#[tokio::test]
async fn an_approval_on_a_page_that_is_no_longer_true_is_refused_and_the_checks_stay() {
    let desk = AtTheDesk::new().await;
    let page = desk.page().await;
    let senior = desk.service.officer(OfficerRole::SeniorOfficer).await;
    // No check is about the name of a user.
    let renamed = [
        ("first_name", "Wen"),
        ("last_name", "Wyn"),
        ("email", "wen.1@hartwell.example"),
        ("mobile", "07700 900425"),
        ("role", "defence-lawyer"),
        ("administrator", "yes"),
        ("correction_reason", "They rang us"),
    ];
    let corrected = desk.send(&senior, "correct/user-1", &renamed).await;
    assert_eq!(corrected.status, 303, "{}", corrected.text);
    let all = with(&ALL_PASSED, ("do", "approve-next"));
    let stale = desk.send_from(&desk.officer, &page, "checks", &all).await;
    stale.assert_page(409);
    assert!(stale.has("has changed since you opened this page") && stale.has("They rang us"));
    assert_eq!(state(&desk).await, State::Received);
    assert!(part(&desk.page().await, "authority").contains(">Passed<"));
}

#[tokio::test]
async fn a_check_of_answers_that_a_colleague_has_corrected_meanwhile_is_not_saved() {
    let desk = AtTheDesk::new().await;
    let page = desk.page().await;
    let senior = desk.service.officer(OfficerRole::SeniorOfficer).await;
    let moved = [
        ("address_line_1", "2 New Street"),
        ("town", "Worcester"),
        ("postcode", "WR1 2ND"),
        ("correction_reason", "They moved"),
    ];
    desk.send(&senior, "correct/address", &moved).await;
    let [address, authority] = ["about-address", "about-authority"].map(|name| page.hidden(name));
    let both = [
        ("outcome-address", "passed"),
        ("note-address", "On the door"),
        ("about-address", &*address),
        ("outcome-authority", "passed"),
        ("about-authority", &*authority),
        ("do", "save"),
    ];
    let sent = desk.send_from(&desk.officer, &page, "checks", &both).await;
    let page = desk.officer.get(sent.location()).await;
    assert!(
        page.has("the answers have changed since you opened this page"),
        "{}",
        page.text
    );
    assert!(part(&page, "authority").contains(">Passed<"));
    let shown = part(&page, "address");
    assert!(shown.contains("On the door") && shown.contains("2 New Street"));
    assert!(shown.contains(">To do<"), "{shown}");
    let address = page.hidden("about-address");
    let again = [both[0], both[1], ("about-address", &*address), both[5]];
    let sent = desk.send_from(&desk.officer, &page, "checks", &again).await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(part(&page, "address").contains(">Passed<"));
}

#[tokio::test]
async fn the_second_press_of_a_double_click_neither_approves_again_nor_takes_another() {
    let desk = AtTheDesk::new().await;
    another(&desk).await;
    another(&desk).await;
    let page = desk.page().await;
    let all = with(&ALL_PASSED, ("do", "approve-next"));
    let first = desk.send_from(&desk.officer, &page, "checks", &all).await;
    assert_eq!(first.status, 303);
    let second = desk.send_from(&desk.officer, &page, "checks", &all).await;
    second.assert_page(409);
    let approved = desk.actions().await;
    assert_eq!(
        approved
            .iter()
            .filter(|action| *action == "approved")
            .count(),
        1
    );
    let queue = desk.officer.get("/desk/queue?whose=mine").await;
    assert_eq!(
        queue.text.matches("/desk/registrations/CP-").count(),
        1,
        "{}",
        queue.text
    );
}

#[tokio::test]
async fn a_colleagues_registration_is_asked_about_before_the_checks_approve_it() {
    let desk = AtTheDesk::new().await;
    let (_, colleague) = desk
        .service
        .officer_and_id(OfficerRole::SeniorOfficer)
        .await;
    let page = desk.officer.get(&desk.at("assign")).await;
    desk.send_from(
        &desk.officer,
        &page,
        "assign",
        &[("officer", colleague.as_str())],
    )
    .await;
    let all = with(&ALL_PASSED, ("do", "approve-next"));
    let asked = desk.send(&desk.officer, "checks", &all).await;
    asked.assert_page(200);
    assert!(asked.has("take it over?</h1>"), "{}", asked.text);
    assert_eq!(state(&desk).await, State::BeingChecked);
    let (address, body) = asked.first_form();
    let taken = desk.officer.post_body(&address, body).await;
    assert_eq!(taken.status, 303, "{}", taken.text);
    assert_eq!(state(&desk).await, State::Approved);
}
