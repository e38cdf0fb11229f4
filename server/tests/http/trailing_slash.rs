//! A slash at the end of an address leads to the page without the slash.

use app::pages::content::ContentPage;
use axum::http::{Request, header};

use crate::pages::OF_THE_FORM;
use crate::test_service::TestService;

#[tokio::test]
async fn a_slash_at_the_end_leads_to_the_page() {
    let service = TestService::new().await;
    let browser = service.browser();
    let content = ContentPage::ALL.map(ContentPage::path);
    let others = ["/return", "/status", "/desk", "/desk/sign-in", "/healthz"];
    for page in OF_THE_FORM.into_iter().chain(content).chain(others) {
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        let query = if query.is_empty() {
            String::new()
        } else {
            ["?", query].concat()
        };
        let answer = browser.get(&[path, "/", &query].concat()).await;
        assert_eq!(answer.status, 308, "{page}");
        assert_eq!(answer.location(), page);
    }
}

#[tokio::test]
async fn a_slash_after_the_secret_of_a_link_leads_to_the_link() {
    let service = TestService::new().await;
    let browser = service.browser();
    let secret = "0123456789abcdef".repeat(4);
    for link in ["/return/", "/status/", "/desk/join/", "/sign-form/"] {
        let link = [link, &secret].concat();
        let answer = browser.get(&[&link, "/"].concat()).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (308, &*link));
    }
}

#[tokio::test]
async fn a_form_keeps_its_method() {
    let service = TestService::new().await;
    let answer = service
        .browser()
        .post_field("/api/organisation/name/", "name", "A")
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (308, "/api/organisation/name")
    );
}

#[tokio::test]
async fn no_slash_leads_to_another_host() {
    let service = TestService::new().await;
    let browser = service.browser();
    for address in ["//evil.example/", "///evil.example//", "/%5Cevil.example/"] {
        let request = Request::get(address).header(header::ACCEPT, "text/html");
        let answer = browser.send(request, "").await;
        let leads_to = answer.location();
        assert!(
            leads_to.starts_with('/') && !leads_to.starts_with("//"),
            "{address}: {leads_to}"
        );
        assert!(!leads_to.starts_with("/\\"), "{address}: {leads_to}");
    }
}
