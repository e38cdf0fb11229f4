//! Saving a draft and resuming it through the real router: by link, by code, and each case in which
//! the service refuses the link or the code.

use axum::http::{Request, header};

use mail::SentMessage;
use registration::resume::Code;

use crate::browser::Browser;
use crate::forms::{Fields, user};
use crate::page::Page;
use crate::test_service::TestService;

const CLERK: &str = "clerk@hartwell.example";
const OTHER: &str = "yusuf@hartwell.example";

/// The link, the code and the subject of an email that lets somebody resume a draft.
pub(super) struct AccessMessage {
    pub(super) link: String,
    pub(super) code: String,
    pub(super) subject: String,
}

/// Reads the link and the code in the newest message to an address.
pub(super) async fn access_message(service: &TestService, address: &str) -> AccessMessage {
    let newest = service.mail_to(address).await.into_iter().next().unwrap();
    let line = |test: fn(&str) -> bool| {
        newest
            .text
            .lines()
            .find(|line| test(line))
            .unwrap()
            .to_owned()
    };
    AccessMessage {
        link: line(|line| line.starts_with("http"))
            .strip_prefix("http://register.example")
            .unwrap()
            .to_owned(),
        code: line(|line| Code::parse(line).is_ok_and(|code| code.as_str() == line)),
        subject: newest.subject,
    }
}

/// Saves a draft for later with one answer and an email address; returns the request's identifier.
pub(super) async fn leave(browser: &Browser, address: &str) -> String {
    let answers = vec![
        ("name", "Hartwell Crane".to_owned()),
        ("later", "yes".to_owned()),
    ];
    browser
        .post("/api/organisation/name", &answers)
        .await
        .assert_leads_to("/save");
    ask(browser, "/save", address).await
}

pub(super) async fn ask(browser: &Browser, page: &str, address: &str) -> String {
    ask_in(browser, page, address, None).await
}

/// Requests a link and a code on this page. Selects a language only if `language` is given.
///
/// Returns the identifier of the request, or an empty string if the page shares the draft.
pub(super) async fn ask_in(
    browser: &Browser,
    page: &str,
    address: &str,
    language: Option<&str>,
) -> String {
    let mut fields: Fields = vec![("email", address.to_owned())];
    fields.extend(language.map(|code| ("language", code.to_owned())));
    let asked = browser.post(page, &fields).await;
    assert_eq!(asked.status, 303, "{}", asked.text);
    let code_page = asked.location().to_owned();
    if page == "/save/share" {
        // The code is in the colleague's email, so this page does not ask for it.
        assert_eq!(code_page, "/save/shared");
        let told = browser.get(&code_page).await;
        assert!(told.has("Tell your colleague to check their email"));
        return String::new();
    }
    assert!(
        code_page.starts_with("/return/code?request="),
        "{code_page}"
    );
    browser.get(&code_page).await.assert_page(200);
    code_page
        .strip_prefix("/return/code?request=")
        .unwrap()
        .to_owned()
}

pub(super) async fn enter(browser: &Browser, request: &str, code: &str) -> Page {
    let fields: Fields = vec![("request", request.to_owned()), ("code", code.to_owned())];
    browser.post("/return/code", &fields).await
}

/// Returns a code in the valid format that differs from the right code.
pub(super) fn wrong_code(right: &str) -> &'static str {
    ["BCDF-GHJK", "CDFG-HJKL"]
        .into_iter()
        .find(|code| *code != right)
        .unwrap()
}

pub(super) async fn press(browser: &Browser, link: &str) -> Page {
    let secret = link.rsplit('/').next().unwrap();
    browser.post_field("/return/link", "secret", secret).await
}

async fn has_the_answers(browser: &Browser) -> bool {
    browser
        .get("/organisation/name")
        .await
        .has("Hartwell Crane")
}

#[tokio::test]
async fn a_saved_draft_is_resumed_on_another_device_by_its_link() {
    let service = TestService::new().await;
    let (office, home) = (service.browser(), service.browser());
    leave(&office, CLERK).await;
    let access_message = access_message(&service, CLERK).await;
    assert_eq!(access_message.subject, "Confirm your email address");

    let page = home.get(&access_message.link).await;
    page.assert_page(200);
    assert_eq!(page.header(header::REFERRER_POLICY), "strict-origin");
    assert_eq!(
        home.cookie(),
        None,
        "a program that opens every link uses nothing up"
    );
    press(&home, &access_message.link)
        .await
        .assert_leads_to("/tasks");
    assert!(has_the_answers(&home).await);
    home.get("/tasks").await.assert_page(200);

    let again = press(&service.browser(), &access_message.link).await;
    again.assert_page(410);
    assert!(again.has("href=\"/return\""));
}

#[tokio::test]
async fn a_saved_draft_is_resumed_by_its_code_and_shows_its_end() {
    let service = TestService::new().await;
    let office = service.browser();
    let request = leave(&office, CLERK).await;
    let first = access_message(&service, CLERK).await;
    let spaced = first.code.replace('-', " ").to_lowercase();
    enter(&office, &request, &spaced)
        .await
        .assert_leads_to("/tasks");
    let saved = office.get("/save").await;
    assert!(saved.has("Your registration is saved") && saved.has(CLERK));
    assert!(saved.has("1 October 2026"), "{}", saved.text);

    service.clock.move_on(26 * 24, 0);
    service
        .store
        .drafts()
        .delete_expired(service.now())
        .await
        .unwrap();
    let home = service.browser();
    let request = ask(&home, "/return", CLERK).await;
    let second = access_message(&service, CLERK).await;
    assert_eq!(second.subject, "Return to your registration");
    assert!(
        service.mail_to(CLERK).await[0]
            .text
            .contains("1 October 2026")
    );
    enter(&home, &request, &second.code)
        .await
        .assert_leads_to("/tasks");
    assert!(has_the_answers(&home).await);
}

#[tokio::test]
async fn answers_that_are_wrong_are_kept_too_when_somebody_leaves() {
    let service = TestService::new().await;
    let browser = service.browser();
    let answers = vec![
        ("telephone", "12".to_owned()),
        ("email", String::new()),
        ("later", "yes".to_owned()),
    ];
    browser
        .post("/api/organisation/contact", &answers)
        .await
        .assert_leads_to("/save");
    assert!(
        browser
            .get("/organisation/contact")
            .await
            .has("value=\"12\"")
    );

    let mut half = user(1);
    half[2].1 = "no address".to_owned();
    half.push(("later", "yes".to_owned()));
    browser
        .post("/api/users/add", &half)
        .await
        .assert_leads_to("/save");
    assert!(browser.get("/users").await.has("no address"));
    let half = [
        ("email", "no address".to_owned()),
        ("later", "yes".to_owned()),
    ];
    browser
        .post("/api/users/add", &half)
        .await
        .assert_leads_to("/save");
    assert!(browser.get("/users/add").await.has("value=\"no address\""));
}

#[tokio::test]
async fn an_address_with_a_problem_is_shown_with_what_was_typed() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .post_field("/api/organisation/name", "name", "Hartwell Crane")
        .await;
    for page in ["/save", "/save/share", "/return"] {
        let answer = browser.post_field(page, "email", "clerk<at>firm").await;
        answer.assert_page(200);
        assert!(
            answer.has("<title>Error: ") && answer.has("clerk&lt;at&gt;firm"),
            "{}",
            answer.text
        );
        assert!(answer.has("href=\"#email\""));
        let empty = browser.post_body(page, "").await;
        assert!(empty.has("Enter an email address"), "{}", empty.text);
    }
    assert!(service.store.outbox().rows(9).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_wrong_code_says_so_and_after_ten_a_new_one_is_needed() {
    let service = TestService::new().await;
    let browser = service.browser();
    let request = leave(&browser, CLERK).await;
    let right = access_message(&service, CLERK).await.code;
    let wrong = wrong_code(&right);
    for code in ["", "12345678", "abcdefgh"] {
        enter(&browser, &request, code).await.assert_page(200);
    }
    for _ in 0..10 {
        let page = enter(&browser, &request, wrong).await;
        assert!(
            page.has("The code is not right") && page.has(wrong),
            "{}",
            page.text
        );
    }
    let page = enter(&browser, &request, &right).await;
    assert!(page.has("You have tried too many codes"), "{}", page.text);

    let request = ask(&browser, "/save", CLERK).await;
    let right = access_message(&service, CLERK).await.code;
    enter(&browser, &request, &right)
        .await
        .assert_leads_to("/tasks");
}

#[tokio::test]
async fn after_ten_minutes_neither_link_nor_code_works() {
    let service = TestService::new().await;
    let browser = service.browser();
    let request = leave(&browser, CLERK).await;
    // The ten minutes begin when the message is sent, even if it waited in the outbox.
    service.clock.move_on(1, 0);
    let access_message = access_message(&service, CLERK).await;
    service.clock.move_on(0, 10);
    assert!(
        enter(&browser, &request, &access_message.code)
            .await
            .has("The code is not right")
    );
    press(&browser, &access_message.link).await.assert_page(410);
}

#[tokio::test]
async fn the_answer_does_not_reveal_whether_an_address_is_known() {
    let service = TestService::new().await;
    let request = leave(&service.browser(), CLERK).await;
    let code = access_message(&service, CLERK).await.code;
    enter(&service.browser(), &request, &code).await;
    let stranger = service.browser();
    let mut pages = Vec::new();
    for address in [CLERK, OTHER] {
        let request = ask(&stranger, "/return", address).await;
        let code_page = stranger
            .get(&format!("/return/code?request={request}"))
            .await;
        let wrong = enter(&stranger, &request, "ZZZZ-ZZZZ").await;
        let blank = |page: &Page| {
            // The page shows the address that this person typed, known or not.
            assert!(page.has(&format!("saved with {address}, we have sent")));
            let text = page.text.replace(&request, "").replace(address, "");
            let main = text.split("<main").nth(1).unwrap().to_owned();
            (page.status, main)
        };
        pages.push((blank(&code_page), blank(&wrong)));
    }
    assert_eq!(pages[0], pages[1]);
    assert!(service.mail_to(OTHER).await.is_empty());
}

#[tokio::test]
async fn too_many_requests_are_told_when_to_try_again() {
    let service = TestService::new().await;
    let browser = service.browser();
    for _ in 0..5 {
        ask(&browser, "/return", OTHER).await;
    }
    let page = browser.post_field("/return", "email", OTHER).await;
    page.assert_page(429);
    assert!(page.has("3 September 2026 at 11:01am"), "{}", page.text);
    service.clock.move_on(1, 1);
    ask(&browser, "/return", OTHER).await;
}

#[tokio::test]
async fn one_address_gets_so_many_messages_in_a_day_and_no_more() {
    let service = TestService::new().await;
    let browser = service.browser();
    for number in 0..15 {
        if number % 5 == 0 {
            service.clock.move_on(1, 0);
        }
        ask(&browser, "/return", OTHER).await;
    }
    service.clock.move_on(1, 0);
    let page = browser.post_field("/return", "email", OTHER).await;
    page.assert_page(429);
    ask(&browser, "/return", CLERK).await;
    service.clock.move_on(22, 1);
    ask(&browser, "/return", OTHER).await;
}

#[tokio::test]
async fn a_code_is_taken_with_what_cannot_be_seen_around_it() {
    let service = TestService::new().await;
    let browser = service.browser();
    let request = leave(&browser, CLERK).await;
    let code = access_message(&service, CLERK).await.code;
    let pasted = format!("\u{200b}{}\u{2060} {}\u{feff}", &code[..3], &code[3..]);
    enter(&browser, &request, &pasted)
        .await
        .assert_leads_to("/tasks");
}

#[tokio::test]
async fn one_place_asks_for_so_many_and_the_proxy_names_the_place() {
    let service = TestService::new().await;
    let browser = service.browser();
    let asked = async |number: usize, place: &str| {
        let request = Request::post("/return")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header("x-client", format!("spoofed, {place}"));
        let body = format!("email=clerk.{number}%40firm.example");
        browser.send(request, body).await.status.as_u16()
    };
    for number in 0..30 {
        // The limit per source counts a whole IPv6 /64 network as one source.
        assert_eq!(asked(number, &format!("2001:db8::{number:x}")).await, 303);
    }
    assert_eq!(asked(30, "2001:db8::ffff").await, 429);
    assert_eq!(asked(31, "2001:db8:0:1::1").await, 303);
    assert_eq!(asked(32, "192.0.2.1").await, 303);
}

#[tokio::test]
async fn a_colleague_shares_the_draft_and_either_sees_what_the_other_saved() {
    let service = TestService::new().await;
    let (owner, colleague) = (service.browser(), service.browser());
    let request = leave(&owner, CLERK).await;
    let code = access_message(&service, CLERK).await.code;
    enter(&owner, &request, &code).await;
    ask(&owner, "/save/share", OTHER).await;
    let access_message = access_message(&service, OTHER).await;
    press(&colleague, &access_message.link)
        .await
        .assert_leads_to("/tasks");
    assert!(has_the_answers(&colleague).await);
    colleague
        .post_field("/api/organisation/name", "name", "By the colleague")
        .await;
    assert!(
        owner
            .get("/organisation/name")
            .await
            .has("By the colleague")
    );
    let saved = colleague.get("/save").await;
    assert!(saved.has(CLERK) && saved.has(OTHER));
    for browser in [&owner, &colleague] {
        let tasks = browser.get("/tasks").await;
        assert!(tasks.has("Your registration is saved."));
    }
}

#[tokio::test]
async fn a_draft_is_thrown_away_once_it_was_asked_and_for_everybody() {
    let service = TestService::new().await;
    let (owner, colleague) = (service.browser(), service.browser());
    leave(&owner, CLERK).await;
    let access_message = access_message(&service, CLERK).await;
    press(&colleague, &access_message.link).await;
    let page = owner.get("/save/throw-away").await;
    assert!(page.has("You cannot undo this"));
    assert!(
        has_the_answers(&owner).await,
        "to be asked destroys nothing"
    );
    owner
        .post("/save/throw-away", &Fields::new())
        .await
        .assert_leads_to("/thrown-away");
    assert_eq!(owner.cookie(), None);
    owner.get("/thrown-away").await.assert_page(200);
    let page = colleague.get("/organisation/name").await;
    assert_eq!(page.location(), "/draft-expired");
    owner
        .post("/save/throw-away", &Fields::new())
        .await
        .assert_leads_to("/tasks");
}

#[tokio::test]
async fn with_whom_a_draft_is_shared_cannot_throw_it_away() {
    const COLLEAGUE: &str = "colleague@hartwell.example";
    let service = TestService::new().await;
    let (owner, again, colleague) = (service.browser(), service.browser(), service.browser());
    leave(&owner, CLERK).await;
    press(&again, &access_message(&service, CLERK).await.link).await;
    ask(&owner, "/save/share", COLLEAGUE).await;
    press(&colleague, &access_message(&service, COLLEAGUE).await.link)
        .await
        .assert_leads_to("/tasks");
    let link = "href=\"/save/throw-away\"";
    for own in [&owner, &again] {
        assert!(own.get("/save").await.has(link));
    }
    assert!(!colleague.get("/save").await.has(link));
    let led = colleague.get("/save/throw-away").await;
    assert_eq!(led.location(), "/save");
    colleague
        .post("/save/throw-away", &Fields::new())
        .await
        .assert_leads_to("/save");
    assert!(has_the_answers(&owner).await);
    again
        .post("/save/throw-away", &Fields::new())
        .await
        .assert_leads_to("/thrown-away");
    assert!(!has_the_answers(&owner).await);
}

#[tokio::test]
async fn a_link_says_when_another_registration_of_this_browser_would_be_left() {
    let service = TestService::new().await;
    leave(&service.browser(), CLERK).await;
    let access_message = access_message(&service, CLERK).await;
    let browser = service.browser();
    assert!(
        !browser
            .get(&access_message.link)
            .await
            .has("holds another registration")
    );
    browser
        .post_field("/api/organisation/name", "name", "Another")
        .await;
    assert!(
        browser
            .get(&access_message.link)
            .await
            .has("holds another registration")
    );
}

#[tokio::test]
async fn without_a_draft_there_is_nothing_to_save() {
    let service = TestService::new().await;
    let browser = service.browser();
    for page in ["/save", "/save/share", "/save/throw-away"] {
        assert_eq!(browser.get(page).await.location(), "/tasks", "{page}");
    }
    browser
        .post_field("/save", "email", CLERK)
        .await
        .assert_leads_to("/tasks");
    browser
        .post_field("/api/organisation/name", "name", "Gone")
        .await;
    service.clock.move_on(24, 0);
    assert_eq!(browser.get("/save").await.location(), "/draft-expired");
    let browser = service.browser();
    browser.register().await;
    assert_eq!(browser.get("/save").await.location(), "/already-submitted");
    browser
        .post("/save/throw-away", &Fields::new())
        .await
        .assert_leads_to("/already-submitted");
}

#[tokio::test]
async fn links_that_are_altered_or_cut_lead_to_a_way_out() {
    let service = TestService::new().await;
    let browser = service.browser();
    for link in ["/return/link", "/return/link/12ab", "/return/link/%00"] {
        let page = browser.get(link).await;
        assert!(
            matches!(page.status.as_u16(), 404 | 410),
            "{link}: {}",
            page.status
        );
        assert!(page.has("<h1"), "{link}");
    }
    press(&browser, &format!("/return/link/{}", "ab".repeat(32)))
        .await
        .assert_page(410);
    press(&browser, "/return/link/x").await.assert_page(410);
    assert!(
        enter(&browser, "unknown", "WDJB-MJHT")
            .await
            .has("You have tried too many codes")
    );
}

#[tokio::test]
async fn three_days_before_a_draft_ends_its_people_are_told_once() {
    let service = TestService::new().await;
    let browser = service.browser();
    let request = leave(&browser, CLERK).await;
    let code = access_message(&service, CLERK).await.code;
    enter(&browser, &request, &code).await;
    let unsaved = service.browser();
    unsaved
        .post_field("/api/organisation/name", "name", "Not saved")
        .await;

    service.clock.move_on(24 * 24, 0);
    service.remind().await;
    assert_eq!(service.mail_to(CLERK).await.len(), 1);
    service.clock.move_on(24, 1);
    service.remind().await;
    service.remind().await;
    let messages = service.mail_to(CLERK).await;
    assert_eq!(messages.len(), 2);
    assert_eq!(
        messages[0].subject,
        "Your registration will be deleted after 1 October 2026"
    );
    assert!(
        messages[0]
            .text
            .contains("http://register.example/return\n")
    );
}

#[tokio::test]
async fn another_sites_form_does_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    leave(&browser, CLERK).await;
    for page in [
        "/save",
        "/save/throw-away",
        "/return",
        "/return/code",
        "/return/link",
    ] {
        let request = Request::post(page)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header("sec-fetch-site", "cross-site");
        assert_eq!(
            browser.send(request, "email=a%40firm.example").await.status,
            403,
            "{page}"
        );
    }
    assert!(has_the_answers(&browser).await);
}

#[tokio::test]
async fn a_copy_of_what_was_sent_goes_to_confirmed_addresses_alone() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    browser.add_user(1).await;
    ask(&browser, "/save", CLERK).await;
    let confirmed = access_message(&service, CLERK).await;
    press(&browser, &confirmed.link)
        .await
        .assert_leads_to("/tasks");
    ask(&browser, "/save/share", OTHER).await;
    browser
        .post("/api/submit", &Fields::new())
        .await
        .assert_leads_to("/submitted");

    let messages = service.mail_to(CLERK).await;
    let is_copy =
        |message: &&SentMessage| message.subject.starts_with("Copy of your registration CP-");
    let copy = messages.iter().find(is_copy).unwrap();
    assert!(copy.text.contains("Hartwell Crane & Co LLP") && copy.text.contains("WR1 2ND"));
    let [(_, first_name), ..] = &user(1)[..] else {
        panic!("a user has no name")
    };
    assert!(!copy.text.contains(first_name), "users stay out of e-mail");
    let to_other = service.mail_to(OTHER).await;
    assert!(
        to_other
            .iter()
            .all(|sent| !sent.subject.starts_with("Copy"))
    );
}

#[tokio::test]
async fn saving_says_where_the_email_went_how_to_come_back_and_that_it_is_saved() {
    let service = TestService::new().await;
    let browser = service.browser();
    let request = leave(&browser, CLERK).await;
    let page = format!("/return/code?request={request}");
    let told = "We have sent an email to clerk@hartwell.example.";
    assert!(browser.get(&page).await.has(told));
    let wrong = enter(&browser, &request, "BCDF-GHJK").await;
    assert!(wrong.has(told), "{}", wrong.main());
    assert!(!browser.get("/return/code?request=none").await.has("clerk@"));

    let message = access_message(&service, CLERK).await;
    let text = service.mail_to(CLERK).await.remove(0).text;
    assert!(text.contains("If you want to come back later"));
    assert!(text.contains("http://register.example/return\n"), "{text}");
    enter(&browser, &request, &message.code)
        .await
        .assert_leads_to("/tasks");
    let tasks = browser.get("/tasks").await;
    let after_heading = tasks.main().split("</h1>").nth(1).unwrap();
    let first = after_heading.split("<h2").next().unwrap();
    assert!(first.contains("Your registration is saved."), "{first}");
    assert!(first.contains("Return to a saved registration"));
}
