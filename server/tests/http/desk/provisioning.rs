//! Provisioning: an approved registration is listed with its users, one or more accounts are
//! changed at once, and a change from a stale page is refused.

use registration::desk::OfficerRole;
use registration::identifiers::Reference;
use server::casework::lifecycle::CaseAction;
use server::store::Subject;

use crate::browser::Browser;
use crate::forms::Fields;
use crate::page::Page;
use crate::test_service::TestService;

/// Registers a firm with this many users and approves it.
pub async fn approved(service: &TestService, users: usize) -> Reference {
    let browser = service.browser();
    browser.fill_in_firm().await;
    for number in 1..=users {
        browser.add_user(number).await;
    }
    let known = service.store.registrations().list().await.unwrap();
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
    let listed = service.store.registrations().list().await.unwrap();
    let new = listed.iter().find(|listed| {
        known
            .iter()
            .all(|known| known.reference != listed.reference)
    });
    let reference: Reference = new.unwrap().reference.parse().unwrap();
    service.act(&reference, &CaseAction::Approve).await;
    reference
}

/// Returns the value of a hidden field of a page.
pub fn hidden(page: &Page, name: &str) -> String {
    let after = page
        .text
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap_or_else(|| panic!("no {name}: {}", page.text));
    after.split('"').next().unwrap().to_owned()
}

/// Returns the fields of the form for these accounts, with the version that the page shows now.
pub async fn form(
    officer: &Browser,
    reference: Reference,
    users: &[&str],
    step: &str,
    reason: &str,
) -> Vec<(&'static str, String)> {
    let page = officer.get(&format!("/desk/set-up/{reference}")).await;
    let mut fields = vec![
        ("version", hidden(&page, "version")),
        ("step", step.to_owned()),
        ("reason", reason.to_owned()),
    ];
    fields.extend(users.iter().map(|user| ("user", (*user).to_owned())));
    fields
}

/// Sends the form for these accounts, and confirms the change on the confirmation page.
pub async fn changed(officer: &Browser, address: &str, fields: &[(&'static str, String)]) -> Page {
    let asked = officer.post(address, fields).await;
    asked.assert_leads_to(&format!("{address}/change"));
    let asks = officer.get(asked.location()).await;
    asks.assert_page(200);
    confirmed(officer, &asks).await
}

/// Sends the form of the confirmation page `asks`.
pub async fn confirmed(officer: &Browser, asks: &Page) -> Page {
    let (action, body) = asks.first_form();
    officer.post_body(&action, body).await
}

#[tokio::test]
async fn an_approved_registration_waits_in_set_up_and_leaves_it_when_that_is_undone() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let page = officer.get("/desk/set-up").await;
    page.assert_page(200);
    assert!(page.has("No organisations are waiting for accounts."));
    let reference = approved(&service, 2).await;
    let page = officer.get("/desk/set-up").await;
    assert!(page.has("Hartwell Crane &amp; Co LLP") && page.has(reference.as_str()));
    let of_organisation = officer.get(&format!("/desk/set-up/{reference}")).await;
    of_organisation.assert_page(200);
    for shown in [
        "Wen Williams 1",
        "Wen Williams 2",
        "wen.2@hartwell.example",
        "To be made since 3 September 2026",
    ] {
        assert!(of_organisation.has(shown), "{shown}");
    }
    service
        .act(&reference, &CaseAction::Undo("A mistake".to_owned()))
        .await;
    assert!(
        officer
            .get("/desk/set-up")
            .await
            .has("No organisations are waiting")
    );
    officer
        .get(&format!("/desk/set-up/{reference}"))
        .await
        .assert_page(404);
}

#[tokio::test]
async fn accounts_are_changed_one_or_several_at_once() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let reference = approved(&service, 3).await;
    let address = format!("/desk/set-up/{reference}");
    let sent = form(&officer, reference, &["1", "3"], "send", "").await;
    let page = changed(&officer, &address, &sent).await;
    page.assert_leads_to(&format!("{address}?done=sent&count=2"));
    let page = officer.get(page.location()).await;
    assert!(page.has("2 accounts marked as sent"));
    assert!(page.has("The link works until 1 October 2026"));
    let failed = form(&officer, reference, &["2"], "fail", "The address is in use").await;
    changed(&officer, &address, &failed).await;
    assert!(officer.get(&address).await.has("The address is in use"));
    let all = form(&officer, reference, &["all"], "activate", "").await;
    let page = changed(&officer, &address, &all).await;
    page.assert_leads_to(&format!("{address}?done=activated&count=3"));
    let lifecycle = service.lifecycle(&reference).await;
    assert_eq!((lifecycle.users, lifecycle.activated), (3, 3));
    let audit = service
        .store
        .audit()
        .audit_of(&Subject::Registration(reference))
        .await
        .unwrap();
    let actions: Vec<&str> = audit.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(
        actions[8..],
        ["accounts-sent", "accounts-failed", "accounts-activated"]
    );
    assert!(audit[9].details.contains("\"before\":\"to-be-made\""));
}

#[tokio::test]
async fn missing_and_impossible_answers_are_explained_and_typed_text_stays() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::SeniorOfficer).await;
    let reference = approved(&service, 2).await;
    let address = format!("/desk/set-up/{reference}");
    for (users, step, reason, said) in [
        (&[][..], "send", "", "Select an account"),
        (&["1"], "fail", " ", "Enter why it failed"),
        (
            &["1"],
            "send",
            "Bounced",
            "Select “Mark as failed”, or delete the reason",
        ),
        (
            &["1"],
            "make-again",
            "",
            "Wen Williams 1’s account is to be made: it cannot be marked as to be made",
        ),
        (&["1"], "forget", "", "Select a state for the accounts"),
        (&["9"], "send", "", "Select an account"),
        (
            &["all"],
            "make-again",
            "",
            "None of these accounts can be marked as to be made",
        ),
        (
            &["1"],
            "fail",
            &"x".repeat(301),
            "Why it failed must be 300 characters or less",
        ),
    ] {
        let fields = form(&officer, reference, users, step, reason).await;
        let page = officer.post(&address, &fields).await;
        page.assert_page(200);
        assert!(
            page.has("There is a problem") && page.has(said),
            "{said}: {}",
            page.text
        );
        assert!(page.has("<title>Error: "), "{said}");
        if users == ["1"] {
            assert!(page.has("value=\"1\" checked"), "{said}");
        }
    }
    let lifecycle = service.lifecycle(&reference).await;
    assert_eq!(lifecycle.begun, 0, "nothing was changed");
}

#[tokio::test]
async fn of_two_officers_who_change_the_same_accounts_one_is_told_what_has_changed() {
    let service = TestService::new().await;
    let one = service.officer(OfficerRole::Officer).await;
    let other = service.officer(OfficerRole::Officer).await;
    let reference = approved(&service, 2).await;
    let address = format!("/desk/set-up/{reference}");
    let first = form(&one, reference, &["1"], "activate", "").await;
    let second = form(&other, reference, &["1"], "fail", "Bounced").await;
    changed(&one, &address, &first)
        .await
        .assert_leads_to(&format!("{address}?done=activated&count=1"));
    let page = other.post(&address, &second).await;
    page.assert_page(409);
    assert!(page.has("this registration or its accounts have changed"));
    assert!(page.has("value=\"Bounced\"") && page.has("Activated 3 September 2026"));
    let lifecycle = service.lifecycle(&reference).await;
    assert_eq!((lifecycle.begun, lifecycle.activated), (1, 1));
}

#[tokio::test]
async fn links_about_to_expire_are_counted_and_listed() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let reference = approved(&service, 2).await;
    let address = format!("/desk/set-up/{reference}");
    let sent = form(&officer, reference, &["1"], "send", "").await;
    changed(&officer, &address, &sent).await;
    for (days, lists) in [
        (0, "sent"),
        (22, "sent"),
        (23, "about-to-lapse"),
        (27, "about-to-lapse"),
        (28, "lapsed"),
    ] {
        let service_now = service.now();
        service.clock.move_on(days * 24, 0);
        // A session does not last this long, so another officer signs in.
        let officer = service.officer(OfficerRole::Auditor).await;
        for list in ["sent", "about-to-lapse", "lapsed", "failed", "activated"] {
            let page = officer.get(&format!("/desk/set-up?list={list}")).await;
            page.assert_page(200);
            assert_eq!(page.has("Wen Williams 1"), list == lists, "{days} {list}");
            assert!(!page.has("Wen Williams 2"), "{days} {list}");
        }
        let page = officer.get("/desk/set-up").await;
        let warns = page.has("1 activation link is about to expire");
        assert_eq!(warns, lists == "about-to-lapse", "{days}");
        let queue = officer.get("/desk/queue").await;
        assert_eq!(
            queue.has("1 activation link is about to expire"),
            warns,
            "{days}"
        );
        let (listed, count) = service
            .store
            .provisioning()
            .about_to_lapse(10, service.now())
            .await
            .unwrap();
        assert_eq!((listed.len(), count > 0), (usize::from(warns), warns));
        service.clock.move_on(-days * 24, 0);
        assert_eq!(service.now(), service_now);
    }
}

#[tokio::test]
async fn lists_are_searched_by_organisation_and_reference_and_nothing_typed_breaks_them() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let reference = approved(&service, 1).await;
    for (words, found) in [
        ("hartwell", true),
        ("HARTWELL CRANE", true),
        (&reference.as_str()[3..7], true),
        ("nobody", false),
        ("100%", false),
        ("\0", false),
        ("'; drop table registration", false),
        (reference.as_str(), true),
    ] {
        let led = officer.post_field("/desk/set-up", "words", words).await;
        let address = led.location();
        assert!(
            words == reference.as_str() || !address.contains("words="),
            "{address}"
        );
        let page = officer.get(address).await;
        page.assert_page(200);
        assert_eq!(officer.get(address).await.text.len(), page.text.len());
        assert_eq!(
            page.has(&format!("/desk/set-up/{reference}")),
            found,
            "{words}"
        );
    }
    for strange in [
        "?list=nowhere",
        "?page=0",
        "?page=999999999999",
        "?page=x",
        "?words=a&words=b",
    ] {
        let page = officer.get(&format!("/desk/set-up{strange}")).await;
        page.assert_page(200);
    }
}

#[tokio::test]
async fn an_auditor_sees_accounts_and_changes_none() {
    let service = TestService::new().await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    let reference = approved(&service, 1).await;
    let page = auditor.get(&format!("/desk/set-up/{reference}")).await;
    page.assert_page(200);
    assert!(!page.has("Mark as sent"));
    let page = auditor.get("/desk/set-up").await;
    assert!(!page.has("Make a batch"));
}
