//! The log lines of requests: each has the identifier of its request, and none has anything that a
//! person typed.

use axum::http::{Request, header};
use registration::desk::OfficerRole;
use serde_json::Value;
use server::http::REQUEST_ID;
use server::settings::LogFormat;

use crate::browser::Browser;
use crate::desk::enrolled::{Joined, PASSWORD, added, set_up};
use crate::forms::{Fields, pages_of_a_firm, user};
use crate::logged::Log;
use crate::page::Page;
use crate::resume::{access_message, wrong_code};
use crate::test_service::{Options, TestService};

/// The name of the span of a request.
const REQUEST: &str = "request";
/// Form fields with a key or a number that the service defines, not text that a person typed.
const NOT_TYPED: [&str; 14] = [
    "from",
    "kind",
    "role",
    "administrator",
    "authority",
    "terms_version",
    "format",
    "topic-1",
    "do",
    "decision",
    "version",
    "seen",
    "request",
    "satisfaction",
];

/// Returns the value of a field of the request's span in a log line; `None` if the line has no such
/// field.
fn of_request<'l>(line: &'l Value, field: &str) -> Option<&'l str> {
    let spans = line["spans"].as_array()?;
    let request = spans.iter().find(|span| span["name"] == REQUEST)?;
    request[field].as_str()
}

#[tokio::test]
async fn each_line_of_a_request_has_the_identifier_that_the_answer_names() {
    let service = TestService::with(Options {
        postgres: true,
        ..Options::default()
    })
    .await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    let log = Log::begin(LogFormat::Json, "trace");
    let mut seen = Vec::new();
    for (address, template) in [
        ("/organisation/name", "/organisation/name"),
        ("/users/77/change", "/users/{id}/change"),
        ("/return/link/abc", "/return/link/{secret}"),
        (
            "/desk/registrations/CP-7K3M-9QXF",
            "/desk/registrations/{reference}",
        ),
        ("/nowhere/Hartwell", "none"),
        ("/healthz", "/healthz"),
    ] {
        let page = browser.get(address).await;
        let id = page.header(REQUEST_ID).to_owned();
        assert!(id.len() > 12 && !seen.contains(&id), "{address}: {id}");
        let lines = log.take_lines();
        assert!(!lines.is_empty(), "{address}");
        for line in lines {
            assert_eq!(of_request(&line, "id"), Some(&*id), "{address}: {line}");
            assert_eq!(of_request(&line, "route"), Some(template), "{line}");
        }
        seen.push(id);
    }
    // A client cannot choose the identifier.
    let chosen = Request::get("/healthz").header(REQUEST_ID, "chosen");
    let page = browser.send(chosen, "").await;
    assert_ne!(page.header(REQUEST_ID), "chosen");
    // The log names the route of a server function, also in the lines of a fault.
    service.store.close().await;
    log.take_lines();
    let page = browser
        .post_field("/api/organisation/name", "name", "Hartwell")
        .await;
    page.assert_page(503);
    let lines = log.take_lines();
    let errors: Vec<_> = lines
        .iter()
        .filter(|line| line["level"] == "ERROR")
        .collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    for line in errors {
        assert_eq!(of_request(line, "id"), Some(page.header(REQUEST_ID)));
        assert_eq!(of_request(line, "route"), Some("/api/organisation/name"));
        assert_eq!(of_request(line, "method"), Some("POST"));
    }
}

#[tokio::test]
async fn calls_of_the_store_and_messages_have_spans() {
    let service = TestService::with(Options {
        postgres: true,
        ..Options::default()
    })
    .await;
    let browser = service.browser();
    let log = Log::begin(LogFormat::Json, "debug");
    browser.register().await;
    let names = |lines: Vec<Value>| -> Vec<String> {
        let spans = lines.iter().filter_map(|line| line["spans"].as_array());
        let names = spans.flatten().filter_map(|span| span["name"].as_str());
        names.map(ToOwned::to_owned).collect()
    };
    let names_of_requests = names(log.take_lines());
    for name in [REQUEST, "handler", "submit", "session_draft"] {
        assert!(
            names_of_requests.iter().any(|known| known == name),
            "{name}"
        );
    }
    assert!(!service.mail_to("clerk@hartwell.example").await.is_empty());
    let names_of_messages = names(log.take_lines());
    for name in ["message", "mark_sent"] {
        assert!(
            names_of_messages.iter().any(|known| known == name),
            "{name}"
        );
    }
}

/// A browser that notes what is typed into it.
pub struct Typist {
    pub browser: Browser,
    pub typed: Vec<String>,
}

impl Typist {
    fn new(browser: Browser) -> Self {
        Self {
            browser,
            typed: Vec::new(),
        }
    }

    fn note(&mut self, text: &str) {
        // Note each line of a text on its own. Leave out very short lines, which the log may
        // contain by chance.
        for part in text.lines().map(str::trim).filter(|part| part.len() > 3) {
            self.typed.push(part.to_owned());
        }
    }

    async fn post(&mut self, address: &str, fields: &[(&'static str, String)]) -> Page {
        for (field, value) in fields {
            if !NOT_TYPED.contains(field) {
                self.note(value);
            }
        }
        self.browser.post(address, fields).await
    }

    async fn post_field(&mut self, address: &str, field: &'static str, value: &str) -> Page {
        self.post(address, &[(field, value.to_owned())]).await
    }

    /// Opens a page of the desk and sends the page's form to the address `to`.
    async fn send(&mut self, page: &str, to: &str, fields: &[(&'static str, &str)]) -> Page {
        let shown = self.browser.get(page).await;
        let mut all: Fields = ["version", "seen"]
            .map(|name| (name, shown.hidden(name)))
            .to_vec();
        all.extend(
            fields
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        self.post(to, &all).await
    }
}

/// Registers a firm as an applicant, saves and resumes, asks for another format, and gives
/// feedback.
pub async fn applicants_journey(service: &TestService) -> Typist {
    const EMAIL: &str = "zenobia@quillfeather.example";
    let mut applicant = Typist::new(service.browser());
    let wrong = [
        ("name", String::new()),
        ("postcode", "QZ9 nonsense".to_owned()),
    ];
    applicant.post("/api/organisation/address", &wrong).await;
    for (address, fields) in pages_of_a_firm("Quillfeather & Thistlewood LLP") {
        assert_eq!(applicant.post(address, &fields).await.status, 303);
    }
    applicant.post("/api/users/add", &user(1)).await;
    applicant
        .post_field("/api/users/search", "search", "Thistle")
        .await;
    let file = "First name,Last name,Email,Mobile,Role,Admin\n\
                Araminta,Featherstonehaugh,araminta@quillfeather.example,07700 900733,Advocate,No\n\
                Peregrine,Cholmondeley,not an address,07700 900734,Wizard,No\n";
    applicant
        .browser
        .upload_file("feathers.csv", file.as_bytes())
        .await;
    for typed in [
        "feathers.csv",
        "Araminta",
        "Featherstonehaugh",
        "araminta@",
        "900733",
        "Cholmondeley",
        "not an address",
        "Wizard",
    ] {
        applicant.note(typed);
    }
    applicant
        .browser
        .get("/users/upload/review")
        .await
        .assert_page(200);
    applicant.post("/api/users/upload/discard", &[]).await;

    let save = [("email", EMAIL.to_owned())];
    let asked = applicant.post("/save", &save).await;
    let request = asked.location().rsplit('=').next().unwrap().to_owned();
    let sent = access_message(service, EMAIL).await;
    let wrong = wrong_code(&sent.code);
    for code in [wrong, &sent.code] {
        let fields = [("request", request.clone()), ("code", code.to_owned())];
        applicant.post("/return/code", &fields).await;
    }
    applicant.post_field("/return", "email", EMAIL).await;
    let sent = access_message(service, EMAIL).await;
    let secret = sent.link.rsplit('/').next().unwrap().to_owned();
    applicant.browser.get(&sent.link).await.assert_page(200);
    applicant
        .post_field("/return/link", "secret", &secret)
        .await;
    applicant.browser.get(&sent.link).await;
    let cookie = applicant.browser.cookie().unwrap();
    applicant.note(cookie.split('=').next_back().unwrap());
    let submitted = applicant.post("/api/submit", &[]).await;
    submitted.assert_leads_to("/submitted");
    let format = [
        ("format", "braille"),
        ("technology", "a refreshable display"),
        ("name", "Ermintrude Quill"),
        ("email", "ermintrude@quillfeather.example"),
    ];
    let format = format.map(|(field, value)| (field, value.to_owned()));
    applicant.post("/other-formats/request", &format).await;
    let feedback = [
        ("satisfaction", "satisfied"),
        ("words", "The feathers were ruffled"),
    ];
    let feedback = feedback.map(|(field, value)| (field, value.to_owned()));
    applicant.post("/feedback", &feedback).await;
    applicant
}

/// Sets up the account of an officer, mistypes, signs in, and works on the registration.
pub async fn officers_journey(service: &TestService) -> Typist {
    let (id, email, link) = added(service, OfficerRole::Officer).await;
    let mut officer = Typist::new(service.browser());
    officer.note(link.secret());
    officer.note(PASSWORD);
    officer.note(&email);
    let (app, _) = set_up(service, &officer.browser, &link).await;
    officer.note(&app);
    let joined = Joined {
        service,
        browser: service.browser(),
        id,
        email: email.clone(),
        secret: app,
        recovery_codes: Vec::new(),
    };
    service.clock.move_on(0, 1);
    for password in ["correct horse battery", PASSWORD] {
        let fields = [("email", email.clone()), ("password", password.to_owned())];
        officer.post("/desk/sign-in", &fields).await;
    }
    let code = joined.code();
    let wrong = if code == "135791" { "135792" } else { "135791" };
    for code in [wrong, &code] {
        officer.post_field("/desk/sign-in/code", "code", code).await;
    }
    officer.browser.get("/desk/account").await.assert_page(200);
    let unknown = [
        ("email", "stranger@quillfeather.example".to_owned()),
        ("password", "open sesame to me".to_owned()),
    ];
    officer.post("/desk/sign-in", &unknown).await;
    let cookie = officer.browser.cookie().unwrap();
    for pair in cookie.split("; ") {
        officer.note(pair.split('=').next_back().unwrap());
    }

    let search = [("search", "Thistlewood".to_owned())];
    let found = officer.post("/desk/queue", &search).await;
    assert_eq!(found.status, 303, "{}", found.text);
    officer.browser.get(found.location()).await.assert_page(200);
    let reference = service.only_registration().await;
    let at = format!("/desk/registrations/{reference}");
    officer.browser.get(&at).await.assert_page(200);
    officer
        .post_field(&format!("{at}/notes"), "note", "Rang Zenobia back")
        .await
        .assert_leads_to(&format!("{at}?done=note"));
    let correction = [
        ("address_line_1", "52 Assize Street"),
        ("town", "Malvern"),
        ("postcode", "WR1 2NE"),
        ("correction_reason", "They moved next door"),
    ];
    let page = format!("{at}/correct/address");
    let corrected = officer.send(&page, &page, &correction).await;
    assert_eq!(corrected.status, 303, "{}", corrected.text);
    let question = [
        ("topic-1", "name"),
        ("asked-1", "Is Quillfeather one word?"),
        ("do", "send"),
    ];
    let page = format!("{at}/ask");
    let asked = officer.send(&page, &page, &question).await;
    assert_eq!(asked.status, 303, "{}", asked.text);
    officer
}

/// Adds an officer as an administrator.
async fn administrators_journey(service: &TestService) -> Typist {
    let mut administrator = Typist::new(service.officer(OfficerRole::Administrator).await);
    let person = [
        ("name", "Bartholomew Quill".to_owned()),
        ("email", "bartholomew@desk.example".to_owned()),
        ("role", "officer".to_owned()),
    ];
    let added = administrator.post("/desk/people/add", &person).await;
    assert_eq!(added.status, 303, "{}", added.text);
    administrator
}

#[tokio::test]
async fn nothing_that_anybody_typed_on_a_whole_journey_is_in_the_log() {
    for (format, postgres) in [(LogFormat::Text, false), (LogFormat::Json, true)] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let log = Log::begin(format, "trace,tower_http=trace,ureq=trace");
        let applicant = applicants_journey(&service).await;
        let officer = officers_journey(&service).await;
        let administrator = administrators_journey(&service).await;
        service.mail_to("zenobia@quillfeather.example").await;
        service.remind().await;
        // Faults are logged too.
        service.store.close().await;
        for browser in [&applicant.browser, &officer.browser] {
            for address in [
                "/organisation/name",
                "/status",
                "/desk/queue?search=Thistlewood",
            ] {
                browser.get(address).await;
            }
        }
        let text = log.text();
        assert!(
            text.contains("sign-in-failed") && text.contains("ERROR"),
            "{text}"
        );
        let people = [applicant, officer, administrator];
        let typed = people.into_iter().flat_map(|person| person.typed);
        for value in typed {
            let found = text.lines().find(|line| has_word(line, &value));
            assert_eq!(found, None, "{value:?} is in the log");
        }
    }
}

/// Returns whether a log line contains this value after its time. A value of digits does not count
/// inside a longer number or identifier.
pub fn has_word(line: &str, value: &str) -> bool {
    let begins = line.find("INFO").into_iter().chain(line.find("WARN"));
    let begins = begins.chain(line.find("ERROR")).chain(line.find("DEBUG"));
    let begin = begins.chain(line.find("TRACE")).min().unwrap_or_default();
    let line = &line[begin..];
    line.match_indices(value).any(|(place, _)| {
        let before = line[..place].chars().next_back();
        let after = line[place + value.len()..].chars().next();
        let joins = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_hexdigit());
        !(value.bytes().all(|byte| byte.is_ascii_digit()) && (joins(before) || joins(after)))
    })
}

#[tokio::test]
async fn an_address_that_no_route_has_is_not_logged() {
    let service = TestService::new().await;
    let log = Log::begin(LogFormat::Text, "trace");
    let browser = service.browser();
    browser.get("/Hartwell?secret=Crane").await.assert_page(404);
    let odd = Request::builder()
        .method("HARTWELL")
        .uri("/users")
        .header(header::ACCEPT, "text/html");
    browser.send(odd, "").await;
    let text = log.text();
    assert!(text.contains("answered"), "{text}");
    for typed in ["Hartwell", "Crane", "HARTWELL"] {
        assert!(!text.contains(typed), "{text}");
    }
}
