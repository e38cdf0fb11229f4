//! Response headers: a browser runs only this service's scripts, and caches no answers.

use axum::http::{HeaderName, Method, Request, header};

use crate::page::Page;
use crate::test_service::{Options, TestService};

fn assert_secure(page: &Page, address: &str) {
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ] {
        assert_eq!(page.header(name), value, "{address}");
    }
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    ] {
        assert!(policy.contains(part), "{address}: {policy}");
    }
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
}

/// Returns the nonce in a page's content security policy.
fn nonce_of(page: &Page) -> String {
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    let nonce = policy.split("'nonce-").nth(1).unwrap();
    nonce.split('\'').next().unwrap().to_owned()
}

#[tokio::test]
async fn every_script_of_a_page_carries_the_nonce_of_its_policy() {
    let service = TestService::new().await;
    let browser = service.browser();
    for address in [
        "/",
        "/tasks",
        "/organisation/name",
        "/help",
        "/nowhere",
        "/draft-expired",
    ] {
        let page = browser.get(address).await;
        assert_secure(&page, address);
        let policy = page.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("'wasm-unsafe-eval'") && policy.contains("form-action 'self'"));
        let nonce = nonce_of(&page);
        assert!(nonce.len() >= 16, "{nonce}");
        let scripts = page.text.split("<script").skip(1);
        let tags: Vec<&str> = scripts
            .map(|rest| rest.split('>').next().unwrap())
            .collect();
        assert!(tags.len() >= 2, "{address}");
        for tag in tags {
            assert!(
                tag.contains(&format!("nonce=\"{nonce}\"")),
                "{address}: <script{tag}>"
            );
        }
        assert!(
            !page.has(" style=\"") && !page.has("<style"),
            "{address} has inline styles"
        );
        assert!(
            !page.has(" onclick=") && !page.has("javascript:"),
            "{address}"
        );
    }
}

#[tokio::test]
async fn no_two_pages_have_one_nonce() {
    let service = TestService::new().await;
    let browser = service.browser();
    let (one, other) = (browser.get("/tasks").await, browser.get("/tasks").await);
    assert_ne!(nonce_of(&one), nonce_of(&other));
    let (one, other) = (browser.get("/help").await, browser.get("/help").await);
    assert_ne!(nonce_of(&one), nonce_of(&other));
}

#[tokio::test]
async fn no_answer_is_cached_or_runs_foreign_scripts() {
    let service = TestService::new().await;
    let browser = service.browser();
    let answers = [
        (
            "a form",
            browser
                .post_field("/api/organisation/name", "name", "A")
                .await,
        ),
        (
            "a call",
            browser
                .call("/api/organisation/name", &[("name", "A".to_owned())])
                .await,
        ),
        (
            "no function",
            browser.post_field("/api/nothing", "name", "A").await,
        ),
        ("health", browser.get("/healthz").await),
        ("readiness", browser.get("/readyz").await),
        ("weaknesses", browser.get("/.well-known/security.txt").await),
    ];
    for (what, answer) in answers {
        assert_secure(&answer, what);
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{what}");
    }
    for address in ["/assets/start.0a1b2c3d.js", "/favicon.svg", "/robots.txt"] {
        assert_secure(&browser.get(address).await, address);
    }
}

#[tokio::test]
async fn https_alone_is_asked_for_where_https_is_served() {
    let plain = TestService::new().await.browser().get("/").await;
    assert_eq!(plain.header(header::STRICT_TRANSPORT_SECURITY), "");
    let service = TestService::with(Options {
        over_https: true,
        ..Options::default()
    })
    .await;
    for address in ["/", "/nowhere", "/healthz", "/assets/start.0a1b2c3d.js"] {
        let page = service.browser().get(address).await;
        let value = page.header(header::STRICT_TRANSPORT_SECURITY);
        assert_eq!(value, "max-age=63072000; includeSubDomains", "{address}");
    }
}

#[tokio::test]
async fn a_trace_sends_nothing_back() {
    let service = TestService::new().await;
    for address in [
        "/",
        "/tasks",
        "/api/organisation/name",
        "/desk",
        "/healthz",
        "/assets/start.0a1b2c3d.js",
    ] {
        let request = Request::builder().method(Method::TRACE).uri(address);
        let request = request.header("x-probe", "what-came-in");
        let answer = service.browser().send(request, "").await;
        assert!(answer.status.is_client_error(), "{address}");
        assert!(!answer.has("what-came-in"), "{address}");
    }
}
