//! The pages on which an organisation manages its people: only those who manage it now get in, the
//! last administrator and the accountable person stay until somebody takes over, and a refused form
//! keeps what was typed.

use axum::http::header;
use registration::desk::OfficerRole;
use registration::desk::account::AccountStep;
use registration::desk::sent_on::TypedDay;
use registration::lifetimes::{MEMBER_IDLE_MINUTES, MEMBER_SESSION_HOURS};
use registration::membership::path::{
    ACCOUNTABLE, ADD, CANCEL, MEMBERS, ORGANISATIONS, SIGN_IN, SIGN_OUT,
};
use server::casework::lifecycle::CaseAction;
use server::clock::Clock;
use server::store::{AccountChange, Actor, OpenOrganisation};

use crate::browser::Browser;
use crate::forms::Fields;
use crate::page::Page;
use crate::resume::{AccessMessage, access_message, wrong_code};
use crate::status::{desk, reference};
use crate::test_service::TestService;

const ADMINISTRATOR: &str = "wen.1@hartwell.example";
const ACCOUNTABLE_PERSON: &str = "yusuf@hartwell.example";
const USER: &str = "wen.2@hartwell.example";

/// Registers a firm with two users and approves it.
async fn approved() -> TestService {
    let service = TestService::new().await;
    let applicant = service.browser();
    applicant.fill_in_firm().await;
    applicant.add_user(1).await;
    applicant.add_user(2).await;
    applicant
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
    desk(&service, &CaseAction::Approve).await;
    service
}

async fn organisation(service: &TestService) -> OpenOrganisation {
    let reference = reference(service).await;
    let lifecycle = service.lifecycle(&reference).await;
    let organisations = service.store.organisations();
    let id = organisations.of_registration(&lifecycle.id).await.unwrap();
    let found = organisations.organisation(&id.unwrap()).await.unwrap();
    found.unwrap()
}

/// Returns the address of a page about the member with this email address.
async fn page_of(service: &TestService, email: &str, what: &str) -> String {
    let organisation = organisation(service).await;
    let (member, _) = organisation
        .members
        .iter()
        .find(|(_, stored)| {
            stored
                .details
                .as_ref()
                .is_some_and(|details| details.email.as_str() == email)
        })
        .unwrap();
    format!("/members/{member}/{what}")
}

async fn id_of(service: &TestService, email: &str) -> String {
    let page = page_of(service, email, "").await;
    page.split('/').nth(2).unwrap().to_owned()
}

/// Asks for a link and a code; returns the request and the message.
async fn asked(service: &TestService, browser: &Browser, email: &str) -> (String, AccessMessage) {
    let page = browser.post_field(SIGN_IN, "email", email).await;
    let request = page.location().split('=').nth(1).unwrap().to_owned();
    browser.get(page.location()).await.assert_page(200);
    (request, access_message(service, email).await)
}

async fn enter(browser: &Browser, request: &str, code: &str) -> Page {
    let fields: Fields = vec![("request", request.to_owned()), ("code", code.to_owned())];
    browser.post("/members/sign-in/code", &fields).await
}

/// Returns a browser in which somebody has signed in with the code.
async fn signed_in(service: &TestService, email: &str) -> Browser {
    let browser = service.browser();
    let (request, message) = asked(service, &browser, email).await;
    enter(&browser, &request, &message.code)
        .await
        .assert_leads_to(ORGANISATIONS);
    browser.get(ORGANISATIONS).await.assert_leads_to(MEMBERS);
    browser
}

/// Returns the fields of a day that many days from now.
fn in_days(service: &TestService, days: i64) -> Fields {
    let day = service.clock.now().plus_hours(24 * days);
    let typed = TypedDay::of(day.calendar_date().unwrap());
    vec![
        ("day-day", typed.day),
        ("day-month", typed.month),
        ("day-year", typed.year),
    ]
}

fn joiner(service: &TestService, days: i64) -> Fields {
    let mut fields: Fields = [
        ("first_name", "Ola"),
        ("last_name", "Okafor"),
        ("email", "ola@hartwell.example"),
        ("mobile", "07700 900321"),
        ("role", "advocate"),
        ("administrator", "yes"),
        ("engagement", "employee"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec();
    fields.extend(in_days(service, days));
    fields
}

#[tokio::test]
async fn only_who_manages_the_organisation_gets_in() {
    let service = approved().await;
    // Nobody who is not signed in sees or changes anything.
    let stranger = service.browser();
    for address in [
        MEMBERS,
        ORGANISATIONS,
        ADD,
        ACCOUNTABLE,
        &page_of(&service, USER, "remove").await,
        &page_of(&service, USER, "administrator").await,
    ] {
        stranger.get(address).await.assert_leads_to(SIGN_IN);
    }
    for address in [
        ADD,
        ACCOUNTABLE,
        CANCEL,
        ORGANISATIONS,
        &page_of(&service, USER, "remove").await,
        &page_of(&service, USER, "administrator").await,
    ] {
        let answer = stranger.post(address, &Fields::new()).await;
        answer.assert_leads_to(SIGN_IN);
    }
    // A user who is neither administrator nor accountable gets the same answer, but no message.
    for email in [USER, "stranger@elsewhere.example"] {
        let page = stranger.post_field(SIGN_IN, "email", email).await;
        assert!(
            page.location()
                .starts_with("/members/sign-in/code?request=")
        );
        assert_eq!(service.mail_to(email).await.len(), 0, "{email}");
    }
    let wrong = stranger.post_field(SIGN_IN, "email", "nobody").await;
    wrong.assert_page(200);
    assert!(wrong.has("Error: ") && wrong.has("nobody"));
    // The administrator and the accountable person see the list, with a code or with a link.
    let administrator = signed_in(&service, ADMINISTRATOR).await;
    let page = administrator.get(MEMBERS).await;
    page.assert_page(200);
    for shown in [
        "Wen Williams 1",
        "Wen Williams 2",
        "is the only administrator",
        "No account",
    ] {
        assert!(page.has(shown), "{shown}");
    }
    let accountable = service.browser();
    let (request, message) = asked(&service, &accountable, ACCOUNTABLE_PERSON).await;
    accountable.get(&message.link).await.assert_page(200);
    let secret = message.link.rsplit('/').next().unwrap();
    let used = accountable
        .post_field("/members/sign-in/link", "secret", secret)
        .await;
    used.assert_leads_to(ORGANISATIONS);
    // Both work once.
    let again = service
        .browser()
        .post_field("/members/sign-in/link", "secret", secret)
        .await;
    assert_eq!(again.status, 410);
    let again = enter(&service.browser(), &request, &message.code).await;
    assert!(again.has("The code is not right"));
    accountable
        .get(ORGANISATIONS)
        .await
        .assert_leads_to(MEMBERS);
    accountable.get(MEMBERS).await.assert_page(200);
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_old_or_signed_out_or_the_person_no_longer_manages() {
    let service = approved().await;
    let (request, message) = asked(&service, &service.browser(), ADMINISTRATOR).await;
    for _ in 0..10 {
        let wrong = enter(&service.browser(), &request, wrong_code(&message.code)).await;
        wrong.assert_page(200);
    }
    let many = enter(&service.browser(), &request, &message.code).await;
    assert!(many.has("You have tried too many codes"));
    let browser = signed_in(&service, ADMINISTRATOR).await;
    for _ in 0..MEMBER_SESSION_HOURS * 60 / 29 {
        browser.get(MEMBERS).await.assert_page(200);
        service.clock.move_on(0, 29);
    }
    browser.get(MEMBERS).await.assert_page(200);
    service.clock.move_on(0, 25);
    browser.get(MEMBERS).await.assert_leads_to(SIGN_IN);
    let idle = signed_in(&service, ADMINISTRATOR).await;
    service.clock.move_on(0, i64::from(MEMBER_IDLE_MINUTES));
    idle.get(MEMBERS).await.assert_leads_to(SIGN_IN);
    let out = signed_in(&service, ADMINISTRATOR).await;
    let cookie = out.cookie();
    out.post(SIGN_OUT, &Fields::new())
        .await
        .assert_leads_to(SIGN_IN);
    out.take_cookie(cookie);
    out.get(MEMBERS).await.assert_leads_to(SIGN_IN);
    // Whoever is removed is out at once.
    let accountable = signed_in(&service, ACCOUNTABLE_PERSON).await;
    let administrator = signed_in(&service, ADMINISTRATOR).await;
    let mut fields = in_days(&service, 0);
    fields.push(("administrator", id_of(&service, USER).await));
    let remove = page_of(&service, ADMINISTRATOR, "remove").await;
    let removed = accountable.post(&remove, &fields).await;
    assert!(
        removed.location().starts_with("/members?done=removed"),
        "{}",
        removed.text
    );
    let page = administrator.get(MEMBERS).await;
    assert!(page.has("You do not manage an organisation"));
}

#[tokio::test]
async fn the_cookie_outlives_the_browser_only_on_a_device_of_ones_own() {
    let service = approved().await;
    for (remember, outlives) in [("yes", true), ("no", false), ("", false)] {
        let browser = service.browser();
        let (request, message) = asked(&service, &browser, ADMINISTRATOR).await;
        let fields: Fields = vec![
            ("request", request),
            ("code", message.code),
            ("remember", remember.to_owned()),
        ];
        let page = browser.post("/members/sign-in/code", &fields).await;
        let cookie = page.header(header::SET_COOKIE);
        assert!(cookie.starts_with("members="), "{cookie}");
        assert_eq!(cookie.contains("Max-Age"), outlives, "{remember}: {cookie}");
    }
}

#[tokio::test]
async fn people_are_added_removed_and_handed_over_to() {
    let service = approved().await;
    let browser = signed_in(&service, ADMINISTRATOR).await;
    // What is wrong comes back with its problem, and nothing typed is lost.
    let mut wrong = joiner(&service, 0);
    wrong.retain(|(name, _)| !matches!(*name, "mobile" | "day-month" | "engagement"));
    let page = browser.post(ADD, &wrong).await;
    page.assert_page(200);
    for shown in [
        "Error: ",
        "Okafor",
        "ola@hartwell.example",
        "Select how the person works for you",
        "The date of the change must include a month",
    ] {
        assert!(page.has(shown), "{shown}");
    }
    let known: Fields = joiner(&service, 0)
        .into_iter()
        .map(|(name, value)| {
            (
                name,
                if name == "email" {
                    USER.to_owned()
                } else {
                    value
                },
            )
        })
        .collect();
    let page = browser.post(ADD, &known).await;
    assert!(
        page.has("Wen Williams 2 is on your list already"),
        "{}",
        page.main()
    );
    // Nobody removes the last administrator without naming another.
    let remove = page_of(&service, ADMINISTRATOR, "remove").await;
    assert!(
        browser
            .get(&remove)
            .await
            .has("Who will be an administrator?")
    );
    let page = browser.post(&remove, &in_days(&service, 3)).await;
    page.assert_page(200);
    assert!(page.has("Choose who will be an administrator"));
    // A person joins, who is told about late but kindly.
    let added = browser.post(ADD, &joiner(&service, -4)).await;
    added.assert_leads_to("/members?done=added&late=4");
    let page = browser.get(added.location()).await;
    assert!(page.has("You told us 4 days after the change"));
    assert!(page.has("Ola Okafor") && !page.has("is the only administrator"));
    // The accountable person hands over to them from a later day and leaves.
    let mut fields = in_days(&service, 10);
    fields.push(("accountable", id_of(&service, "ola@hartwell.example").await));
    let page = browser.post(ACCOUNTABLE, &fields).await;
    assert!(page.has("leaves the organisation"));
    fields.push(("leaves", "yes".to_owned()));
    browser
        .post(ACCOUNTABLE, &fields)
        .await
        .assert_leads_to("/members?done=handed-over&late=0");
    let page = browser.get(MEMBERS).await;
    assert!(page.has("becomes the accountable person") && page.has("Cancel this change"));
    // Who takes over cannot leave before, and the plan can be cancelled as one.
    let ola = page_of(&service, "ola@hartwell.example", "remove").await;
    let page = browser.post(&ola, &in_days(&service, 5)).await;
    page.assert_page(200);
    let events = browser.get(MEMBERS).await.hidden("events");
    let fields: Fields = vec![("events", events)];
    browser
        .post(CANCEL, &fields)
        .await
        .assert_leads_to("/members?done=cancelled&late=0");
    assert!(browser.get(MEMBERS).await.has("No change is planned"));
    let page = browser.post(CANCEL, &fields).await;
    assert!(page.has("Choose a change that is still to come"));
    // Somebody is made an administrator and stops again.
    let wen = page_of(&service, USER, "administrator").await;
    let taken = browser.post(&wen, &in_days(&service, 0)).await;
    taken.assert_leads_to("/members?done=handed-over&late=0");
    let taken = browser.post(&wen, &in_days(&service, 0)).await;
    taken.assert_leads_to("/members?done=handed-over&late=0");
    // A member of another organisation, or nobody's, is not there.
    for what in ["remove", "administrator"] {
        let page = browser.get(&format!("/members/somebody/{what}")).await;
        assert_eq!(page.status, 404);
        let page = browser
            .post(&format!("/members/somebody/{what}"), &in_days(&service, 0))
            .await;
        assert_eq!(page.status, 404);
    }
}

#[tokio::test]
async fn a_change_of_an_account_that_was_made_is_a_task_of_the_desk() {
    let service = approved().await;
    let reference = reference(&service).await;
    let activated = AccountChange {
        place: None,
        step: AccountStep::Activate,
        reason: None,
        actor: &Actor::CommandLine,
        at: service.clock.now(),
    };
    let lifecycle = service.lifecycle(&reference).await;
    let provisioning = service.store.provisioning();
    provisioning
        .set_accounts(&lifecycle, activated)
        .await
        .unwrap();
    let browser = signed_in(&service, ADMINISTRATOR).await;
    let wen = page_of(&service, USER, "administrator").await;
    browser.post(&wen, &in_days(&service, -2)).await;
    let officer = service.officer(OfficerRole::Officer).await;
    let list = "/desk/set-up?list=to-change";
    let page = officer.get(list).await;
    page.assert_page(200);
    for shown in [
        "Wen Williams 2",
        "becomes an administrator",
        "reported 2 days late",
    ] {
        assert!(page.has(shown), "{shown}");
    }
    let organisations = service.store.organisations();
    let (tasks, count) = organisations.accounts_to_change("", (10, 0)).await.unwrap();
    assert_eq!(count, 1);
    let key = format!("{}/{}", tasks[0].organisation_id, tasks[0].event);
    // Who may only read set-up sees the list, and marks nothing.
    let auditor = service.officer(OfficerRole::Auditor).await;
    let page = auditor.get(list).await;
    assert!(page.has("Wen Williams 2") && !page.has("Mark as changed"));
    let refused = auditor
        .post_field("/desk/set-up/changes", "change", &key)
        .await;
    assert_eq!(refused.status, 403);
    for (sent, count) in [(&*key, 1), (&*key, 0), ("nobody/1", 0), ("", 0)] {
        let marked = officer
            .post_field("/desk/set-up/changes", "change", sent)
            .await;
        marked.assert_leads_to(&format!("{list}&done=changed&count={count}"));
    }
    assert!(officer.get(list).await.has("No accounts must be changed"));
    // Somebody who leaves has no account to change any more, but one to end.
    let remove = page_of(&service, USER, "remove").await;
    browser.post(&remove, &in_days(&service, 0)).await;
    let page = officer.get("/desk/set-up?list=to-end").await;
    assert!(page.has("Wen Williams 2") && page.has("the person has left"));
}
