//! The language of messages to an applicant: chosen with an email address or on "Check your
//! answers", stored with the draft, and used for every message of the registration, on both
//! databases.

use server::casework::lifecycle::CaseAction;

use crate::browser::Browser;
use crate::forms::Fields;
use crate::resume::{access_message, ask_in, enter, press};
use crate::status::{ask, desk, link, press as press_status, refuse};
use crate::test_service::{Options, TestService};

const CLERK: &str = "nia@hartwell.example";
const COLLEAGUE: &str = "wen@hartwell.example";
/// The email address of the organisation in the test forms.
const ORGANISATION: &str = "clerk@hartwell.example";
const ACCOUNTABLE: &str = "yusuf@hartwell.example";

const CONFIRM: &str = "Cadarnhau eich cyfeiriad e-bost";

async fn on_each_database() -> [TestService; 2] {
    let on = |postgres| {
        TestService::with(Options {
            postgres,
            ..Options::default()
        })
    };
    [on(false).await, on(true).await]
}

/// Returns the subject of the newest message to an address.
async fn subject(service: &TestService, address: &str) -> String {
    service.mail_to(address).await.remove(0).subject
}

/// Saves a browser's draft with an email address and a language, then confirms the address.
async fn save_in(service: &TestService, browser: &Browser, address: &str, language: &str) {
    let request = ask_in(browser, "/save", address, Some(language)).await;
    let code = access_message(service, address).await.code;
    enter(browser, &request, &code)
        .await
        .assert_leads_to("/tasks");
}

/// Creates a browser with a draft of a firm and one user.
async fn filled_in(service: &TestService) -> Browser {
    let browser = service.browser();
    browser.fill_in_firm().await;
    browser.add_user(1).await;
    browser
}

async fn submit(browser: &Browser) {
    browser
        .post_field("/api/submit", "sure", "yes")
        .await
        .assert_leads_to("/submitted");
}

async fn choose(browser: &Browser, language: &str) {
    browser
        .post_field("/email-language", "language", language)
        .await
        .assert_leads_to("/check-answers");
}

#[tokio::test]
async fn every_message_to_who_saved_in_welsh_is_in_welsh() {
    for service in on_each_database().await {
        let browser = filled_in(&service).await;
        let page = browser.get("/save").await;
        assert!(page.has("Which language should we use for emails?"));
        assert!(
            page.has("value=\"en\" checked") || page.has("checked value=\"en\""),
            "{}",
            page.text
        );
        save_in(&service, &browser, CLERK, "cy").await;
        assert_eq!(subject(&service, CLERK).await, CONFIRM);

        service.clock.move_on(26 * 24, 0);
        service.remind().await;
        let told = subject(&service, CLERK).await;
        assert!(
            told.starts_with("Bydd eich cofrestriad yn cael ei ddileu"),
            "{told}"
        );
        let home = service.browser();
        let request = ask_in(&home, "/return", CLERK, None).await;
        let returning = access_message(&service, CLERK).await;
        assert_eq!(returning.subject, "Dychwelyd i’ch cofrestriad");
        enter(&home, &request, &returning.code).await;

        submit(&home).await;
        let told = service.mail_to(CLERK).await.remove(0);
        assert!(
            told.subject.starts_with("Copi o’ch cofrestriad"),
            "{told:?}"
        );
        for (welsh, english) in [
            ("Math o sefydliad", "Kind of organisation"),
            ("Cwmni cyfreithwyr", "Solicitors’ firm"),
            ("Cyfeiriad y brif swyddfa", "Head office address"),
            ("Heb ei ddarparu", "Not provided"),
            ("dydd Llun i ddydd Gwener", "Monday to Friday"),
        ] {
            assert!(told.text.contains(welsh), "{welsh}: {}", told.text);
            assert!(!told.text.contains(english), "{english}: {}", told.text);
        }
        let told = subject(&service, ORGANISATION).await;
        assert!(
            told.starts_with("Rydym wedi derbyn eich cofrestriad"),
            "{told}"
        );

        desk(&service, &ask()).await;
        let told = service.mail_to(CLERK).await.remove(0);
        assert!(
            told.subject.starts_with("Mae arnom angen rhagor"),
            "{told:?}"
        );
        assert!(told.text.contains("Rhif SRA"), "{}", told.text);
        submit(&home).await;
        desk(&service, &refuse()).await;
        let told = service.mail_to(CLERK).await.remove(0);
        assert!(
            told.subject.ends_with("wedi’i gymeradwyo"),
            "{}",
            told.subject
        );
        assert!(
            told.text.contains("Ni allem ddod o hyd i’r sefydliad"),
            "{}",
            told.text
        );
        assert!(
            told.text.contains("Look at the register."),
            "an officer's own words"
        );
        desk(&service, &CaseAction::Undo("A mistake".to_owned())).await;
        let told = subject(&service, CLERK).await;
        assert!(told.ends_with("wedi’i ddadwneud"), "{told}");
        desk(&service, &CaseAction::Approve).await;
        let told = subject(&service, CLERK).await;
        assert!(told.starts_with("Mae eich cofrestriad"), "{told}");
        desk(&service, &CaseAction::Undo("A mistake".to_owned())).await;
        let told = subject(&service, CLERK).await;
        assert!(told.ends_with("wedi’i ddadwneud"), "{told}");
        home.post("/status/withdraw", &Fields::new()).await;
        let told = subject(&service, CLERK).await;
        assert!(told.ends_with("wedi’i dynnu’n ôl"), "{told}");

        // A new draft from this registration keeps the language.
        home.post("/status/start-again", &Fields::new()).await;
        assert!(home.get("/check-answers").await.has("Welsh (Cymraeg)"));
        ask_in(&home, "/return", CLERK, None).await;
        assert_eq!(subject(&service, CLERK).await, "Dychwelyd i’ch cofrestriad");
        assert!(
            service
                .mail_to(CLERK)
                .await
                .iter()
                .all(|sent| sent.html.contains("lang=\"cy\"")),
            "a message in another language"
        );
    }
}

#[tokio::test]
async fn a_conflict_found_on_submission_is_settled_from_the_answers() {
    for service in on_each_database().await {
        let browser = filled_in(&service).await;
        let page = browser.get("/check-answers").await;
        assert!(
            page.has("Language of emails") && page.has(">English<"),
            "{}",
            page.text
        );
        assert!(page.has("href=\"/email-language\""));
        let page = browser.get("/email-language").await;
        page.assert_page(200);
        for wrong in ["", "fr"] {
            let again = browser
                .post_field("/email-language", "language", wrong)
                .await;
            again.assert_page(200);
            assert!(again.has("Error: ") && again.has("href=\"#language\""));
            assert!(again.has("Select which language we should use for emails"));
        }
        choose(&browser, "cy").await;
        assert!(browser.get("/check-answers").await.has("Welsh (Cymraeg)"));
        submit(&browser).await;
        let told = subject(&service, ORGANISATION).await;
        assert!(told.starts_with("Rydym wedi derbyn"), "{told}");
        // Nobody confirmed an address, so the accountable person is asked.
        desk(&service, &ask()).await;
        let told = subject(&service, ACCOUNTABLE).await;
        assert!(told.starts_with("Mae arnom angen rhagor"), "{told}");
        let secret = link(&service, ACCOUNTABLE).await;
        assert_eq!(press_status(&service.browser(), &secret).await, 303);
        ask_in(&service.browser(), "/return", ACCOUNTABLE, None).await;
        let told = subject(&service, ACCOUNTABLE).await;
        assert_eq!(told, "Dychwelyd i’ch cofrestriad");
    }
}

#[tokio::test]
async fn a_colleague_has_a_language_of_their_own() {
    for service in on_each_database().await {
        let owner = filled_in(&service).await;
        save_in(&service, &owner, CLERK, "en").await;
        ask_in(&owner, "/save/share", COLLEAGUE, Some("cy")).await;
        let access_message = access_message(&service, COLLEAGUE).await;
        assert_eq!(access_message.subject, CONFIRM);
        let colleague = service.browser();
        press(&colleague, &access_message.link)
            .await
            .assert_leads_to("/tasks");
        assert!(colleague.get("/check-answers").await.has("Welsh (Cymraeg)"));
        assert!(owner.get("/check-answers").await.has(">English<"));

        // Each person has their own language; one choice does not change the other's.
        choose(&colleague, "en").await;
        choose(&colleague, "cy").await;
        choose(&owner, "cy").await;
        choose(&owner, "en").await;
        submit(&owner).await;
        let (to_owner, to_colleague) = (
            subject(&service, CLERK).await,
            subject(&service, COLLEAGUE).await,
        );
        assert!(
            to_owner.starts_with("Copy of your registration"),
            "{to_owner}"
        );
        assert!(to_colleague.starts_with("Copi o’ch"), "{to_colleague}");
        let told = subject(&service, ORGANISATION).await;
        assert!(told.starts_with("We received"), "{told}");
        desk(&service, &CaseAction::Approve).await;
        let to_colleague = subject(&service, COLLEAGUE).await;
        assert!(to_colleague.starts_with("Mae eich"), "{to_colleague}");
        assert!(subject(&service, CLERK).await.ends_with("is approved"));
    }
}

#[tokio::test]
async fn the_language_can_be_changed_from_any_browser_of_the_person() {
    let service = TestService::new().await;
    let office = filled_in(&service).await;
    let home = service.browser();
    ask_in(&office, "/save", CLERK, Some("en")).await;
    press(&home, &access_message(&service, CLERK).await.link).await;
    // `office` began the draft and never opened a link, but its choice counts too.
    choose(&office, "cy").await;
    assert!(home.get("/check-answers").await.has("Welsh (Cymraeg)"));
    ask_in(&service.browser(), "/return", CLERK, None).await;
    assert_eq!(subject(&service, CLERK).await, "Dychwelyd i’ch cofrestriad");
    choose(&home, "en").await;
    submit(&office).await;
    let told = subject(&service, CLERK).await;
    assert!(told.starts_with("Copy of your registration"), "{told}");
}

#[tokio::test]
async fn an_address_that_is_given_after_sending_has_its_own_language() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    let page = browser.get("/status/address").await;
    assert!(page.has("Which language should we use for emails?"));
    ask_in(&browser, "/status/address", CLERK, Some("cy")).await;
    let access_message = access_message(&service, CLERK).await;
    assert_eq!(access_message.subject, CONFIRM);
    press(&browser, &access_message.link).await;
    desk(&service, &CaseAction::Approve).await;
    let told = subject(&service, CLERK).await;
    assert!(told.starts_with("Mae eich cofrestriad"), "{told}");
}

#[tokio::test]
async fn a_language_that_there_is_not_is_asked_again_and_an_address_stays() {
    let service = TestService::new().await;
    let browser = filled_in(&service).await;
    for page in ["/save", "/save/share"] {
        let fields: Fields = vec![
            ("email", "clerk@".to_owned()),
            ("language", "xx".to_owned()),
        ];
        let again = browser.post(page, &fields).await;
        again.assert_page(200);
        for shown in ["value=\"clerk@\"", "href=\"#email\"", "href=\"#language\""] {
            assert!(again.has(shown), "{page} {shown}: {}", again.text);
        }
        let fields: Fields = vec![
            ("email", "clerk@".to_owned()),
            ("language", "cy".to_owned()),
        ];
        let again = browser.post(page, &fields).await;
        let welsh = again.text.split("value=\"cy\"").next().unwrap().len();
        let checked = again.text.find("checked").unwrap();
        assert!(
            checked.abs_diff(welsh) < 60,
            "the choice is lost: {}",
            again.text
        );
    }
    assert!(service.store.outbox().rows(9).await.unwrap().is_empty());
}

#[tokio::test]
async fn without_a_draft_or_once_it_was_sent_there_is_no_language_to_choose() {
    let service = TestService::new().await;
    let stranger = service.browser();
    stranger
        .get("/email-language")
        .await
        .assert_leads_to("/tasks");
    stranger
        .post_field("/email-language", "language", "cy")
        .await
        .assert_leads_to("/tasks");
    assert!(
        !stranger
            .get("/check-answers")
            .await
            .has("Language of emails")
    );
    let browser = service.browser();
    browser.register().await;
    browser
        .post_field("/email-language", "language", "cy")
        .await
        .assert_leads_to("/already-submitted");
    let late = filled_in(&service).await;
    service.clock.move_on(24, 0);
    late.post_field("/email-language", "language", "cy")
        .await
        .assert_leads_to("/draft-expired");
}

#[tokio::test]
async fn a_request_for_another_format_is_acknowledged_in_welsh() {
    for service in on_each_database().await {
        let browser = service.browser();
        let path = "/other-formats/request";
        assert!(
            browser
                .get(path)
                .await
                .has("Which language should we use for emails?")
        );
        let fields: Fields = [
            ("format", "braille"),
            ("name", "Nia Rees"),
            ("email", CLERK),
            ("language", "cy"),
        ]
        .map(|(field, value)| (field, value.to_owned()))
        .to_vec();
        browser
            .post(path, &fields)
            .await
            .assert_leads_to("/other-formats/requested");
        let told = subject(&service, CLERK).await;
        assert_eq!(told, "Rydym wedi derbyn eich cais am fformat arall");
        let kept = service.store.format_requests().list().await.unwrap();
        assert_eq!(kept[0].language, "cy");
        let mut wrong = fields.clone();
        wrong[3].1 = "xx".to_owned();
        let again = browser.post(path, &wrong).await;
        assert!(again.has("href=\"#language\"") && again.has("value=\"Nia Rees\""));
    }
}
