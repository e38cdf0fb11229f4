//! The checks on the page of a registration: saving one outcome or several, outcomes that are out
//! of date, and approving with the same form.

use registration::desk::OfficerRole;
use registration::identifiers::Reference;
use registration::lifecycle::State;

use super::AtTheDesk;
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
        assert_eq!(sent.location(), desk.at(""), "{words}");
        // The problems stay for a reload, and are the officer's own.
        for _ in 0..2 {
            let page = desk.page().await;
            page.assert_page(200);
            assert!(page.has(words) && page.has("<title>Error: "), "{words}");
            assert!(page.has("href=\"#outcome-address\"") || page.has("href=\"#note-address\""));
            assert!(page.has(note.trim()));
        }
        let other = desk.service.officer(OfficerRole::Officer).await;
        assert!(!other.get(&desk.at("")).await.has("<title>Error: "));
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
async fn the_old_address_of_a_check_leads_to_its_place() {
    let desk = AtTheDesk::new().await;
    let old = desk.officer.get(&desk.at("checks/address")).await;
    assert_eq!(old.location(), desk.at("") + "#check-address");
    desk.officer
        .get(&desk.at("checks/tea"))
        .await
        .assert_page(404);
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
    let fields: Vec<(&'static str, String)> = [
        ("version", page.hidden("version")),
        ("seen", page.hidden("seen")),
    ]
    .into_iter()
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
    assert_eq!(sent.location(), desk.at(""));
    let page = desk.page().await;
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
    let moved = [
        ("address_line_1", "2 New Street"),
        ("town", "Worcester"),
        ("postcode", "WR1 2ND"),
        ("correction_reason", "They moved"),
    ];
    let corrected = desk.send(&senior, "correct/address", &moved).await;
    assert_eq!(corrected.status, 303, "{}", corrected.text);
    let all = with(&ALL_PASSED, ("do", "approve-next"));
    let stale = desk.send_from(&desk.officer, &page, "checks", &all).await;
    stale.assert_page(409);
    assert!(stale.has("has changed since you opened this page") && stale.has("They moved"));
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
    assert!(page.has("the answers have changed since you opened this page"));
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
