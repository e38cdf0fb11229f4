//! The status page through the real router. The applicant answers the desk's question and submits
//! again, withdraws, or starts again after a refusal. Nobody else sees the registration.

use registration::desk::OfficerRole;
use registration::desk::account::AccountStep;
use registration::form::Topic;
use registration::identifiers::Reference;
use registration::lifecycle::State;
use registration::more_information::Question;
use registration::refusal_reason::Refusal;
use server::casework::lifecycle::{ActionOutcome, CaseAction};
use server::settings::LogFormat;
use server::store::{AccountChange, Actor, OfficerId};

use crate::browser::Browser;
use crate::forms::{Fields, user};
use crate::logged::Log;
use crate::resume::{self, access_message};
use crate::test_service::TestService;

const ACCOUNTABLE: &str = "yusuf@hartwell.example";
const OWNER: &str = "nia@hartwell.example";
const COLLEAGUE: &str = "clerk@hartwell.example";
const QUESTION: &str = "Is 483452 the number of your Worcester office?";

pub(super) async fn reference(service: &TestService) -> Reference {
    let listed = service.store.registrations().list().await.unwrap();
    listed[0].reference.parse().unwrap()
}

/// Performs an officer's action on the only registration.
pub(super) async fn desk(service: &TestService, action: &CaseAction) -> ActionOutcome {
    let reference = reference(service).await;
    service.act(&reference, action).await
}

pub(super) fn ask() -> CaseAction {
    CaseAction::Ask(vec![Question::parse(Topic::SraNumber, QUESTION).unwrap()])
}

pub(super) fn refuse() -> CaseAction {
    CaseAction::Refuse(Refusal::parse("not-on-register", "Look at the register.").unwrap())
}

/// Returns the secret of the link in the newest message to an address.
pub(super) async fn link(service: &TestService, address: &str) -> String {
    let newest = service.mail_to(address).await.into_iter().next().unwrap();
    let before = "http://register.example/status/link/";
    let line = newest
        .text
        .lines()
        .find_map(|line| line.strip_prefix(before));
    line.unwrap().to_owned()
}

pub(super) async fn press(browser: &Browser, secret: &str) -> u16 {
    let pressed = browser.post_field("/status/link", "secret", secret).await;
    if pressed.status == 303 {
        assert_eq!(pressed.location(), "/status");
    }
    pressed.status.as_u16()
}

#[tokio::test]
async fn only_who_has_the_way_to_it_sees_where_it_stands() {
    let service = TestService::new().await;
    let applicant = service.browser();
    applicant.register().await;
    let page = applicant.get("/status").await;
    page.assert_page(200);
    let reference = reference(&service).await.to_string();
    for shown in [
        &*reference,
        "Hartwell Crane",
        "Received",
        "you sent the registration",
    ] {
        assert!(page.has(shown), "{shown}");
    }

    let stranger = service.browser();
    for address in [
        "/status".to_owned(),
        format!("/status?reference={reference}"),
    ] {
        let page = stranger.get(&address).await;
        page.assert_page(200);
        assert!(!page.has("Hartwell") && page.has("The reference alone is not enough"));
    }
    // The stranger's own draft, which was never submitted, leads to no registration either.
    stranger
        .post_field("/api/organisation/name", "name", "Mine")
        .await;
    assert!(!stranger.get("/status").await.has("Hartwell"));
    for address in ["/status/withdraw", "/status/start-again", "/status/address"] {
        let sent = stranger
            .post_field(address, "email", "me@firm.example")
            .await;
        assert_eq!(
            (sent.status.as_u16(), sent.location()),
            (303, "/status"),
            "{address}"
        );
    }
    for address in ["/status/withdraw", "/status/address"] {
        assert_eq!(stranger.get(address).await.location(), "/status");
    }
    assert!(applicant.get("/status").await.has("Received"));
}

#[tokio::test]
async fn the_desks_questions_stand_at_their_fields_and_keep_the_reference() {
    let service = TestService::new().await;
    service.browser().register().await;
    let reference = reference(&service).await;
    assert_eq!(
        desk(&service, &ask()).await,
        ActionOutcome::Done(State::MoreInformationNeeded)
    );

    // No email address is confirmed, so the desk's question goes to the accountable person.
    let secret = link(&service, ACCOUNTABLE).await;
    let browser = service.browser();
    browser
        .get(&format!("/status/link/{secret}"))
        .await
        .assert_page(200);
    assert_eq!(press(&browser, &secret).await, 303);
    let page = browser.get("/status").await;
    assert!(page.has("More information needed") && page.has(QUESTION));
    assert!(page.has("/organisation/registration-numbers#sra_number"));
    assert!(
        page.has(ACCOUNTABLE),
        "the address is confirmed by its link"
    );
    let tasks = browser.get("/tasks").await;
    assert!(tasks.has(QUESTION));
    let numbers = browser.get("/organisation/registration-numbers").await;
    assert!(numbers.has("id=\"sra_number-asked\"") && numbers.has(QUESTION));
    assert!(
        numbers.has("sra_number-asked\""),
        "the field names its question"
    );
    assert!(!browser.get("/organisation/name").await.has("-asked\""));

    // The applicant may change other answers too.
    let fields: Fields = vec![("sra_number", "483453".to_owned())];
    browser
        .post("/api/organisation/registration-numbers", &fields)
        .await
        .assert_leads_to("/tasks");
    browser.add_user(2).await;
    let check = browser.get("/check-answers").await;
    assert_eq!(check.text.matches(">Changed<").count(), 2, "{}", check.text);
    assert!(check.has("Send again"));
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
    assert!(browser.get("/submitted").await.has(reference.as_str()));
    let status = browser.get("/status").await;
    assert!(status.has("Received") && status.has("you sent it again"));
    let lifecycle = service.lifecycle(&reference).await;
    assert_eq!(
        (lifecycle.state, lifecycle.revision, lifecycle.users),
        (State::Received, 2, 2)
    );
    let kept = service
        .store
        .registrations()
        .registration(&reference)
        .await
        .unwrap()
        .unwrap();
    let number = kept.registration.organisation.sra_number.unwrap();
    assert_eq!(number.as_str(), "483453");
    browser
        .post("/api/users/add", &user(3))
        .await
        .assert_leads_to("/already-submitted");
}

#[tokio::test]
async fn a_link_works_once_and_then_the_address_is_the_way() {
    let service = TestService::new().await;
    service.browser().register().await;
    desk(&service, &ask()).await;
    let secret = link(&service, ACCOUNTABLE).await;
    assert_eq!(press(&service.browser(), &secret).await, 303);
    assert_eq!(press(&service.browser(), &secret).await, 410);
    for foreign in ["", "00", &"ab".repeat(32)] {
        assert_eq!(press(&service.browser(), foreign).await, 410, "{foreign}");
    }
    for lost in ["/status/link", "/status/link/12"] {
        service.browser().get(lost).await.assert_page(410);
    }
    let returning = service.browser();
    let asked = returning.post_field("/return", "email", ACCOUNTABLE).await;
    let request = asked.location().rsplit('=').next().unwrap().to_owned();
    let code = access_message(&service, ACCOUNTABLE).await.code;
    let fields: Fields = vec![("request", request), ("code", code)];
    let opened = returning.post("/return/code", &fields).await;
    assert_eq!(opened.location(), "/status");
    assert!(returning.get("/status").await.has(QUESTION));
}

#[tokio::test]
async fn a_link_ends_after_28_days() {
    let service = TestService::new().await;
    service.browser().register().await;
    desk(&service, &ask()).await;
    let secret = link(&service, ACCOUNTABLE).await;
    service.clock.move_on(28 * 24, 0);
    assert_eq!(press(&service.browser(), &secret).await, 410);
}

#[tokio::test]
async fn an_address_is_confirmed_to_hear_of_it() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    let wrong = browser
        .post_field("/status/address", "email", "clerk")
        .await;
    wrong.assert_page(200);
    assert!(wrong.has("Error: "));
    browser.get("/status/address").await.assert_page(200);
    let asked = browser
        .post_field("/status/address", "email", "clerk@firm.example")
        .await;
    assert!(asked.location().starts_with("/return/code?request="));
    let newest = service.mail_to("clerk@firm.example").await.remove(0);
    let secret = newest
        .text
        .lines()
        .find_map(|line| line.strip_prefix("http://register.example/return/link/"));
    let opened = browser
        .post_field("/return/link", "secret", secret.unwrap())
        .await;
    assert_eq!(opened.location(), "/status");
    assert!(browser.get("/status").await.has("clerk@firm.example"));
    desk(&service, &CaseAction::Approve).await;
    let told = service.mail_to("clerk@firm.example").await.remove(0);
    assert!(told.subject.ends_with("is approved"), "{}", told.subject);
    assert!(service.mail_to(ACCOUNTABLE).await.is_empty());
}

#[tokio::test]
async fn it_is_withdrawn_after_a_question_and_can_be_begun_again() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    let (_, officer) = service.officer_and_id(OfficerRole::Officer).await;
    desk(&service, &CaseAction::Claim(officer)).await;
    let asks = browser.get("/status/withdraw").await;
    asks.assert_page(200);
    assert!(asks.has("Withdraw your registration?"));
    assert!(browser.get("/status").await.has("Being checked"));
    let sent = browser.post("/status/withdraw", &Fields::new()).await;
    assert_eq!(sent.location(), "/status");
    assert!(browser.get("/status").await.has("Withdrawn"));
    let told = service.mail_to(ACCOUNTABLE).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].subject.ends_with("is withdrawn"));
    // A second withdrawal changes nothing, and the desk can no longer decide.
    browser.post("/status/withdraw", &Fields::new()).await;
    assert_eq!(service.mail_to(ACCOUNTABLE).await.len(), 1);
    assert_eq!(
        desk(&service, &CaseAction::Approve).await,
        ActionOutcome::NotAllowed(State::Withdrawn)
    );

    let again = browser.post("/status/start-again", &Fields::new()).await;
    assert_eq!(again.location(), "/tasks");
    assert!(
        browser
            .get("/organisation/name")
            .await
            .has("Hartwell Crane")
    );
    assert!(browser.get("/users").await.has("Wen Williams 1"));
    assert!(!browser.get("/sign").await.has("value=\"Yusuf"));
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/check-answers");
    assert_eq!(service.store.registrations().list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_refused_applicant_reads_the_reason_and_starts_again() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    assert_eq!(
        desk(&service, &refuse()).await,
        ActionOutcome::Done(State::NotApproved)
    );
    let page = browser.get("/status").await;
    assert!(page.has("Not approved") && page.has("Look at the register."));
    assert!(page.has("action=\"/status/start-again\""));
    assert!(!page.has("/status/withdraw"));
    let told = service.mail_to(ACCOUNTABLE).await.remove(0);
    assert!(told.text.contains("Look at the register."));
    assert_eq!(
        desk(&service, &CaseAction::Undo("A mistake".to_owned())).await,
        ActionOutcome::Done(State::BeingChecked)
    );
    let page = browser.get("/status").await;
    assert!(
        page.has("the decision was undone (why: A mistake)") && !page.has("Look at the register.")
    );
}

#[tokio::test]
async fn accounts_are_counted_until_all_work() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    desk(&service, &CaseAction::Approve).await;
    let reference = reference(&service).await;
    for (step, shown) in [
        (AccountStep::Send, "0 of 1 users"),
        (AccountStep::Activate, "Every user has activated"),
    ] {
        let lifecycle = service.lifecycle(&reference).await;
        let now = service.now();
        service
            .store
            .provisioning()
            .set_accounts(
                &lifecycle,
                AccountChange {
                    place: None,
                    step,
                    reason: None,
                    actor: &Actor::Officer(OfficerId::named("A")),
                    at: now,
                },
            )
            .await
            .unwrap();
        assert!(browser.get("/status").await.has(shown), "{shown}");
    }
}

#[tokio::test]
async fn a_submitted_registration_cannot_be_deleted_by_its_applicant() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    desk(&service, &ask()).await;
    assert_eq!(browser.get("/save/throw-away").await.location(), "/status");
    let sent = browser.post("/save/throw-away", &Fields::new()).await;
    assert_eq!(sent.location(), "/status");
    assert!(browser.get("/status").await.has("More information needed"));
}

#[tokio::test]
async fn somebody_with_whom_it_is_shared_follows_it_but_cannot_withdraw_it() {
    let service = TestService::new().await;
    let (owner, colleague) = (service.browser(), service.browser());
    owner.fill_in_firm().await;
    owner.add_user(1).await;
    let request = resume::ask(&owner, "/save", OWNER).await;
    let code = access_message(&service, OWNER).await.code;
    resume::enter(&owner, &request, &code).await;
    service.clock.move_on(0, 1);
    resume::ask(&owner, "/save/share", COLLEAGUE).await;
    let shared = access_message(&service, COLLEAGUE).await;
    resume::press(&colleague, &shared.link).await;
    owner
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");

    let page = colleague.get("/status").await;
    assert!(page.has("Received") && !page.has("href=\"/status/withdraw\""));
    assert!(page.has("Ask the person who started this registration to withdraw it."));
    assert_eq!(
        colleague.get("/status/withdraw").await.location(),
        "/status"
    );
    let log = Log::begin(LogFormat::Json, "error");
    let sent = colleague.post("/status/withdraw", &Fields::new()).await;
    assert_eq!(sent.location(), "/status");
    let events = log.take_lines();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["fields"]["event"], "forbidden");
    drop(log);
    assert!(owner.get("/status").await.has("Received"));

    // The owner can withdraw the registration, also from another browser.
    let home = service.browser();
    let request = resume::ask(&home, "/return", OWNER).await;
    let code = access_message(&service, OWNER).await.code;
    resume::enter(&home, &request, &code).await;
    assert!(home.get("/status").await.has("href=\"/status/withdraw\""));
    home.post("/status/withdraw", &Fields::new()).await;
    assert!(owner.get("/status").await.has("Withdrawn"));
}

#[tokio::test]
async fn a_question_about_the_users_is_on_their_page_and_its_task_needs_action() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    let reference = service.only_registration().await;
    let asked = "Who is the administrator?";
    desk(
        &service,
        &CaseAction::Ask(vec![Question {
            topic: Topic::Users,
            asked: asked.to_owned(),
            answer: String::new(),
        }]),
    )
    .await;
    let tasks = browser.get("/tasks").await;
    assert!(tasks.has(asked) && tasks.has("href=\"/users\""));
    assert_eq!(tasks.text.matches("Action needed").count(), 1);
    let list = browser.get("/users").await;
    assert!(list.has(asked) && list.has("See all questions"));

    let again = browser.post("/api/submit", &Fields::new()).await;
    again.assert_leads_to("/check-answers?unanswered=yes");
    assert!(browser.get(again.location()).await.has(asked));
    let lifecycle = service.lifecycle(&reference).await;
    assert_eq!(lifecycle.state, State::MoreInformationNeeded);

    browser.add_user(2).await;
    assert!(!browser.get("/tasks").await.has("Action needed"));
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");
}
