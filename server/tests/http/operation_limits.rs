//! Limits on how often one client address may begin a draft, an import or a sign-in, or try a code.
//! A person without WebAssembly gets a page that says that there were too many requests.

use axum::http::{Request, header, request::Builder};
use registration::desk::OfficerRole;
use registration::limited_operation::LimitedOperation;
use server::http::MAX_REPORTS_FROM_CLIENT;
use server::signing_in::single_sign_on::{Provider, RequiredContext};

use crate::browser::Browser;
use crate::metrics::{assert_series, collected};
use crate::test_service::{Options, TestService};

const PLACE: &str = "192.0.2.1";
const NAME: &str = "/api/organisation/name";

fn form_from(place: &str, path: &str) -> Builder {
    Request::post(path)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-client", place)
}

/// Begins an operation as often as one network address may begin it. Asserts that further attempts
/// are refused from this address only, and that one more is accepted after a minute.
async fn assert_limited<F>(service: &TestService, what: LimitedOperation, begin: &F)
where
    F: AsyncFn(Browser, &'static str) -> crate::page::Page,
{
    for number in 0..what.most() {
        let page = begin(service.browser(), PLACE).await;
        assert_ne!(page.status, 429, "{what:?} {number}");
    }
    for _ in 0..20 {
        let page = begin(service.browser(), PLACE).await;
        page.assert_page(429);
        assert!(page.has("There have been too many requests from your network"));
        assert!(page.headers.get(header::SET_COOKIE).is_none());
    }
    assert_ne!(begin(service.browser(), "192.0.2.2").await.status, 429);
    service.clock.move_on(0, 1);
    assert_ne!(begin(service.browser(), PLACE).await.status, 429);
    assert_eq!(begin(service.browser(), PLACE).await.status, 429);
}

#[tokio::test]
async fn one_place_begins_only_so_many_drafts() {
    let service = TestService::new().await;
    let begin =
        async |browser: Browser, place| browser.send(form_from(place, NAME), "name=Hartwell").await;
    assert_limited(&service, LimitedOperation::Draft, &begin).await;
    // Another network address can begin a draft, and this address can still read pages.
    let elsewhere = service.browser();
    let page = begin(elsewhere, "192.0.2.3").await;
    assert_eq!(page.status, 303);
    let reader = Request::get("/tasks").header("x-client", PLACE);
    service.browser().send(reader, "").await.assert_page(200);
}

#[tokio::test]
async fn webassembly_is_told_of_the_limit_too() {
    let service = TestService::new().await;
    let begin = async || {
        let request = Request::post(NAME)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        service.browser().send(request, "name=Hartwell").await
    };
    for _ in 0..LimitedOperation::Draft.most() {
        assert!(begin().await.status.is_success());
    }
    let page = begin().await;
    assert!(page.status == 429 && page.has("TooMany"), "{}", page.text);
}

#[tokio::test]
async fn one_place_begins_only_so_many_imports() {
    let service = TestService::new().await;
    let owner = service.browser();
    owner.post_field(NAME, "name", "Hartwell").await;
    let cookie = owner.cookie();
    let begin = async |browser: Browser, place| {
        // All uploads use one draft, so that the limit on drafts is not reached first.
        browser.take_cookie(cookie.clone());
        let request = Request::post("/api/users/upload")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .header("x-client", place);
        let body = "--b\r\nContent-Disposition: form-data; name=\"cells\"\r\n\r\nWen\r\n--b--\r\n";
        browser.send(request, body).await
    };
    assert_limited(&service, LimitedOperation::Import, &begin).await;
}

#[tokio::test]
async fn one_place_begins_only_so_many_sign_ins_with_a_passkey() {
    let service = TestService::new().await;
    let begin = async |browser: Browser, place| {
        let request = form_from(place, "/desk/sign-in/passkey/begin");
        browser.send(request, "to=").await
    };
    assert_limited(&service, LimitedOperation::Passkey, &begin).await;
}

#[tokio::test]
async fn one_place_asks_the_department_only_so_often() {
    let service = TestService::with(Options {
        department: Some(Provider {
            name: "the department".to_owned(),
            // Nothing listens on this port.
            issuer: "http://127.0.0.1:9".to_owned(),
            client: "desk".to_owned(),
            secret: "secret".to_owned(),
            back: "http://register.example/desk/sign-in/department/back".to_owned(),
            required: RequiredContext::default(),
        }),
        ..Options::default()
    })
    .await;
    let begin = async |browser: Browser, place| {
        let request = form_from(place, "/desk/sign-in/department");
        browser.send(request, "to=").await
    };
    assert_limited(&service, LimitedOperation::SingleSignOn, &begin).await;
}

#[tokio::test]
async fn one_place_tries_only_so_many_codes_over_all_addresses() {
    let service = TestService::new().await;
    let begin = async |browser: Browser, place| {
        // No access request has this identifier, so only the limit of the client address applies.
        let body = "request=0123456789abcdef&code=BCDF-GHJK";
        browser.send(form_from(place, "/return/code"), body).await
    };
    assert_limited(&service, LimitedOperation::AccessCode, &begin).await;
    // A text that does not have the format of a code is not counted, so it is not refused.
    let typed = form_from(PLACE, "/return/code");
    let page = service.browser().send(typed, "request=1&code=12").await;
    page.assert_page(200);
}

#[tokio::test]
async fn an_officer_is_told_of_the_limit_on_imports_and_no_form_is_left() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    let cookie = officer.cookie();
    let key_in = async || {
        officer.take_cookie(cookie.clone());
        let fields = [
            ("file", Some("users.csv"), &b"First name\nWen\n"[..]),
            ("again", None, &b"yes"[..]),
        ];
        officer.upload_to("/desk/take-in/file", &fields).await
    };
    for _ in 0..LimitedOperation::Import.most() {
        assert_eq!(key_in().await.status, 303);
    }
    let forms = async || {
        let forms = service.store.assisted().forms(500, service.now());
        forms.await.unwrap().len()
    };
    let before = forms().await;
    key_in().await.assert_page(429);
    assert_eq!(forms().await, before);
}

#[tokio::test]
async fn one_place_reports_only_so_many_pages_that_could_not_be_hydrated() {
    let service = TestService::new().await;
    let report = async |place, body: &'static str| {
        let request = Request::post("/not-hydrated").header("x-client", place);
        service.browser().send(request, body).await.status
    };
    for _ in 0..MAX_REPORTS_FROM_CLIENT + 20 {
        assert_eq!(report(PLACE, "").await, 204);
    }
    assert_eq!(report("192.0.2.2", "").await, 204);
    let text = collected(&service).await;
    let series = "pages_not_hydrated_total";
    assert_series(&text, series, &(MAX_REPORTS_FROM_CLIENT + 1).to_string());
    let large = "x".repeat(2_000).leak();
    assert_eq!(report("192.0.2.3", large).await, 413);
}
