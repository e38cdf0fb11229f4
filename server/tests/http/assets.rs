//! `/assets`: files with a hash in their name, compressed if the browser accepts that.

use axum::http::{Request, header};

use crate::site::{STYLES, STYLES_BR};
use crate::test_service::TestService;

const STYLESHEET: &str = "/assets/generic.0a1b2c3d.css";

#[tokio::test]
async fn a_file_with_its_hash_in_its_name_is_kept_for_a_year() {
    let service = TestService::new().await;
    let page = service.browser().get(STYLESHEET).await;
    assert_eq!((page.status.as_u16(), page.text.as_str()), (200, STYLES));
    assert_eq!(
        page.header(header::CACHE_CONTROL),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(page.header(header::CONTENT_TYPE), "text/css; charset=utf-8");
    let wasm = service.browser().get("/assets/app.0a1b2c3d.wasm").await;
    assert_eq!(wasm.header(header::CONTENT_TYPE), "application/wasm");
}

#[tokio::test]
async fn files_with_a_plain_name_are_kept_for_an_hour() {
    let service = TestService::new().await;
    for address in [
        "/favicon.svg",
        "/robots.txt",
        "/brand-govuk/images/favicon.svg",
    ] {
        let page = service.browser().get(address).await;
        assert_eq!(page.status, 200, "{address}");
        assert_eq!(
            page.header(header::CACHE_CONTROL),
            "public, max-age=3600",
            "{address}"
        );
    }
}

#[tokio::test]
async fn brotli_is_sent_to_whoever_takes_it_and_caches_know() {
    let service = TestService::new().await;
    let browser = service.browser();
    let request = Request::get(STYLESHEET).header(header::ACCEPT_ENCODING, "gzip, deflate, br");
    let page = browser.send(request, "").await;
    assert_eq!(page.text, STYLES_BR);
    assert_eq!(page.header(header::CONTENT_ENCODING), "br");
    assert_eq!(page.header(header::CONTENT_TYPE), "text/css; charset=utf-8");
    assert!(
        page.header(header::VARY)
            .to_lowercase()
            .contains("accept-encoding")
    );
    let request = Request::get(STYLESHEET).header(header::ACCEPT_ENCODING, "deflate, br;q=0");
    let page = browser.send(request, "").await;
    assert_eq!(
        (page.text.as_str(), page.header(header::CONTENT_ENCODING)),
        (STYLES, "")
    );
}

#[tokio::test]
async fn a_file_that_is_not_there_is_kept_by_no_cache() {
    let service = TestService::new().await;
    let browser = service.browser();
    for address in [
        "/assets/app.ffffffff.wasm",
        "/brand-govuk/nothing.svg",
        "/assets",
    ] {
        let page = browser.send(Request::get(address), "").await;
        assert_eq!(page.status, 404, "{address}");
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store", "{address}");
        browser.get(address).await.assert_page(404);
    }
}

#[tokio::test]
async fn nothing_beside_the_folder_is_served() {
    let service = TestService::new().await;
    let browser = service.browser();
    for address in [
        "/assets/../manifest.json",
        "/assets/%2e%2e/manifest.json",
        "/assets/..%2fmanifest.json",
        "/assets/%2e%2e%2f%2e%2e%2fregistration.db",
        "/manifest.json",
        "/registration.db",
    ] {
        let page = browser.send(Request::get(address), "").await;
        assert!(page.status.is_client_error(), "{address}: {}", page.status);
        assert!(!page.has("wasm\":"), "{address}");
    }
}

#[tokio::test]
async fn the_webassembly_of_the_desk_is_loaded_by_its_pages_alone() {
    let service = TestService::new().await;
    let browser = service.browser();
    for (address, of_the_desk) in [
        ("/", false),
        ("/organisation/kind", false),
        ("/privacy", false),
        ("/help", false),
        ("/desk/sign-in", true),
    ] {
        let page = browser.get(address).await;
        assert_eq!(page.status, 200, "{address}");
        let files = [
            "/assets/desk-start.0a1b2c3d.js",
            "/assets/desk.0a1b2c3d.wasm",
        ];
        for file in files {
            assert_eq!(page.has(file), of_the_desk, "{address}: {file}");
        }
        if of_the_desk {
            assert!(!page.has("/assets/app.0a1b2c3d.wasm"), "{address}");
        }
    }
}
