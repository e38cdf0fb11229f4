//! Downloads: plain links with the right names and types, only for one's own draft. A downloaded
//! file can be uploaded again.

use axum::http::header;

use super::THREE;
use crate::forms::user;
use crate::test_service::TestService;

#[tokio::test]
async fn each_file_has_its_name_its_type_and_stays_in_no_cache() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("staff.csv", THREE).await;
    for (address, name) in [
        ("template", "common-platform-template"),
        ("users", "common-platform-users"),
        ("draft", "common-platform-registration"),
        ("rows-to-put-right", "rows-to-put-right"),
    ] {
        for (extension, media_type, begins) in [
            (
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "PK",
            ),
            (
                "ods",
                "application/vnd.oasis.opendocument.spreadsheet",
                "PK",
            ),
            ("csv", "text/csv; charset=utf-8", "\u{feff}"),
        ] {
            let page = browser
                .get(&format!("/download/{address}.{extension}"))
                .await;
            assert_eq!(page.status, 200, "{address}.{extension}");
            assert_eq!(page.header(header::CONTENT_TYPE), media_type);
            assert_eq!(
                page.header(header::CONTENT_DISPOSITION),
                format!("attachment; filename=\"{name}.{extension}\"")
            );
            assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
            assert!(page.text.starts_with(begins), "{address}.{extension}");
        }
    }
}

#[tokio::test]
async fn a_missing_page_has_a_way_out() {
    let service = TestService::new().await;
    let browser = service.browser();
    for address in [
        "/download/template.pdf",
        "/download/nothing.csv",
        "/download/users",
        "/download/rows-to-put-right.csv",
        "/download/registration.csv",
    ] {
        browser.get(address).await.assert_page(404);
    }
}

#[tokio::test]
async fn the_users_so_far_are_downloaded_and_uploaded_again_unchanged() {
    let service = TestService::new().await;
    let browser = service.browser();
    for (number, last_name) in [(1, "Iyer"), (2, "Rees"), (3, "Hughes")] {
        let mut fields = user(number);
        for (field, answer) in &mut fields {
            if *field == "last_name" {
                last_name.clone_into(answer);
            }
        }
        browser.post("/api/users/add", &fields).await;
    }
    let file = browser.get("/download/users.csv").await;
    let somebody = service.browser();
    somebody
        .upload_file("users.csv", file.text.as_bytes())
        .await
        .assert_leads_to("/users/upload/review");
    somebody
        .post("/api/users/upload/add", &[])
        .await
        .assert_leads_to("/users");
    assert_eq!(somebody.get("/download/users.csv").await.text, file.text);
}

#[tokio::test]
async fn a_submitted_registration_is_downloaded_under_its_reference() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    for page in ["/submitted", "/submitted/copy"] {
        assert!(
            browser
                .get(page)
                .await
                .has("href=\"/download/registration.xlsx\""),
            "{page}"
        );
    }
    let reference = service
        .store
        .registrations()
        .list()
        .await
        .unwrap()
        .remove(0)
        .reference;
    let page = browser.get("/download/registration.csv").await;
    assert_eq!(
        page.header(header::CONTENT_DISPOSITION),
        format!("attachment; filename=\"{reference}.csv\"")
    );
    let page = browser.get("/download/users.csv").await;
    assert_eq!(page.location(), "/already-submitted");
    assert_eq!(
        service
            .browser()
            .get("/download/registration.csv")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn after_an_expired_draft_nothing_is_downloaded() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    service.clock.move_on(24, 0);
    let page = browser.get("/download/users.csv").await;
    assert_eq!(page.location(), "/draft-expired");
    assert!(page.header(header::SET_COOKIE).contains("Max-Age=0"));
}
