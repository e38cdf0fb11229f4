//! Uploads: a file is imported and shown, or refused with a reason. A refused file leaves the rows
//! of an earlier file as they were.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;

use axum::http::{Request, header};

use super::THREE;
use crate::test_service::TestService;

#[tokio::test]
async fn a_file_is_read_and_nobody_is_added_yet() {
    let service = TestService::new().await;
    let browser = service.browser();
    let page = browser.upload_file("staff.csv", THREE).await;
    page.assert_leads_to("/users/upload/review");
    assert!(page.location().ends_with("?begun=yes"));
    let page = browser.get("/users/upload/review").await;
    page.assert_page(200);
    assert!(page.has("<h1 class=\"govuk-heading-l\">Check staff.csv</h1>"));
    assert!(page.has("Error: Check staff.csv"));
    assert!(page.has("Row 3: Enter an email address in the correct format"));
    assert!(page.has("name=\"email-1-3\""));
    assert!(!page.has("name=\"email-0-2\""), "row 2 is right");
    let page = browser.get("/users").await;
    assert!(page.has("You have not added any users"));
    assert!(
        page.has(
            "You have not finished with staff.csv: 1 user is ready to add and 2 rows have problems."
        ),
        "{}",
        page.text
    );
    assert!(
        browser
            .get("/check-answers")
            .await
            .has("You have not finished with staff.csv")
    );
}

#[tokio::test]
async fn pasted_cells_are_read_like_a_file() {
    let service = TestService::new().await;
    let browser = service.browser();
    let cells = "Name\tEmail\tMobile\tRole\tAdmin\r\nPriya Iyer\tpriya@firm.example\t07700 900673\tAdvocate\tYes\r\n";
    browser
        .upload(&[("file", Some(""), b""), ("cells", None, cells.as_bytes())])
        .await
        .assert_leads_to("/users/upload/review");
    let page = browser.get("/users/upload/review").await;
    assert!(page.has("Check the cells that you pasted"));
    assert!(page.has("We read “Priya Iyer” as first name “Priya” and last name “Iyer”"));
    assert!(page.has("Add 1 user to your list"));
}

#[tokio::test]
async fn an_unreadable_file_is_refused_at_the_field_with_its_reason() {
    let service = TestService::new().await;
    let huge = vec![b'x'; 10_000_001];
    for (name, content, words) in [
        ("empty.csv", &b""[..], "The selected file is empty"),
        (
            "letter.pdf",
            b"%PDF-1.7 \n",
            "The selected file must be a spreadsheet: it is",
        ),
        (
            "cut.xlsx",
            b"PK\x03\x04 cut off",
            "The selected file is damaged or was cut off",
        ),
        (
            "huge.csv",
            &huge,
            "The selected file must be smaller than 10MB",
        ),
        (
            "nobody.csv",
            b"First name,Last name,Email,Mobile,Role,Administrator\n",
            "The selected file must have at least one user",
        ),
    ] {
        let browser = service.browser();
        browser
            .upload_file(name, content)
            .await
            .assert_leads_to("/users/upload?refused=yes");
        let page = browser.get("/users/upload?refused=yes").await;
        page.assert_page(200);
        assert!(page.has(words), "{name}: {}", page.text);
        assert!(page.has("id=\"file-error\""), "{name}");
        assert!(page.has("<a href=\"#file\">"), "{name}");
        assert!(
            !browser.get("/users/upload").await.has("file-error"),
            "{name}: who comes back begins anew"
        );
    }
}

#[tokio::test]
async fn a_file_that_takes_longer_than_the_limit_is_refused_by_it_and_leaves_the_rows_that_wait() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("waits.csv", THREE).await;
    let mut slow = "First name,Last name,Email,Mobile,Role,Administrator\n".to_owned();
    for number in 0..600 {
        writeln!(
            slow,
            "Wen,Williams,wen{number}@firm.example,07700 900102,Advocate,No"
        )
        .unwrap();
    }
    // The clock moves forward each time the import reads it, so the test does not wait.
    service.clock.step.store(11_000, Ordering::SeqCst);
    let answer = browser
        .upload(&[
            ("file", Some("slow.csv"), slow.as_bytes()),
            ("cells", None, b""),
        ])
        .await;
    service.clock.step.store(0, Ordering::SeqCst);
    answer.assert_leads_to("/users/upload?refused=yes");
    let page = browser.get("/users/upload?refused=yes").await;
    page.assert_page(200);
    let words = "The selected file took longer than 20 seconds to read. Remove any sheets, columns and rows \
                 that are not needed";
    assert!(page.has(words), "{}", page.text);
    assert!(page.has("id=\"file-error\"") && page.has("<a href=\"#file\">"));
    assert!(page.has("You have not finished with waits.csv"));
    assert!(
        browser
            .get("/users/upload/review")
            .await
            .has("Check waits.csv")
    );

    // If the clock stands still, the same file is imported.
    browser
        .upload_file("slow.csv", slow.as_bytes())
        .await
        .assert_leads_to("/users/upload/review");
}

#[tokio::test]
async fn nothing_sent_is_said_and_begins_no_draft() {
    let service = TestService::new().await;
    let browser = service.browser();
    for cells in ["", " \r\n\t"] {
        browser
            .upload(&[("file", Some(""), b""), ("cells", None, cells.as_bytes())])
            .await
            .assert_leads_to("/users/upload?unanswered=yes");
    }
    assert_eq!(browser.cookie(), None);
    let page = browser.get("/users/upload?unanswered=yes").await;
    assert!(page.has("Select a file or paste cells"));
}

#[tokio::test]
async fn pasted_cells_that_are_refused_are_still_there() {
    let service = TestService::new().await;
    let browser = service.browser();
    let cells = b"First name\tEmail\r\n";
    for fields in [
        vec![("cells", None, &cells[..])],
        vec![
            ("file", Some("staff.csv"), THREE),
            ("cells", None, &cells[..]),
        ],
    ] {
        browser
            .upload(&fields)
            .await
            .assert_leads_to("/users/upload?refused=yes");
        let page = browser.get("/users/upload?refused=yes").await;
        assert!(page.has("First name\tEmail"), "{}", page.text);
    }
    let page = browser.get("/users/upload?refused=yes").await;
    assert!(page.has("Select a file or paste cells, not both"));
}

#[tokio::test]
async fn a_refused_file_leaves_the_one_that_waits() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("staff.csv", THREE).await;
    browser.upload_file("letter.pdf", b"%PDF-1.7").await;
    let page = browser.get("/users/upload").await;
    assert!(page.has("You have not finished with staff.csv"));
    assert!(page.has("href=\"/users/upload/review\""));
    let page = browser.get("/users/upload/review").await;
    assert!(page.has("Check staff.csv"));
}

#[tokio::test]
async fn of_two_files_the_later_is_read() {
    let service = TestService::new().await;
    let browser = service.browser();
    let other = String::from_utf8_lossy(THREE).replace("Priya", "Prunella");
    browser.upload_file("first.csv", THREE).await;
    let ways = tokio::join!(
        browser.upload_file("second.csv", other.as_bytes()),
        browser.upload_file("second.csv", other.as_bytes()),
    );
    for page in [ways.0, ways.1] {
        assert_eq!(page.status, 303, "{}", page.text);
    }
    let page = browser.get("/users/upload/ready").await;
    assert!(page.has("Prunella") && !page.has("Priya"));
}

#[tokio::test]
async fn nobody_sees_the_file_of_somebody_else() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("staff.csv", THREE).await;
    let other = service.browser();
    other.add_user(1).await;
    for address in [
        "review", "ready", "left-out", "notes", "add", "discard", "columns",
    ] {
        let page = other.get(&format!("/users/upload/{address}")).await;
        assert_eq!(page.status, 302, "{address}");
        assert_eq!(page.location(), "/users/upload", "{address}");
    }
    let page = other.get("/download/rows-to-put-right.csv").await;
    assert_eq!(page.status, 404);
}

#[tokio::test]
async fn an_expired_draft_is_told_and_the_file_waits_in_a_new_one() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.add_user(1).await;
    service.clock.move_on(24, 0);
    browser
        .upload_file("staff.csv", THREE)
        .await
        .assert_leads_to("/draft-expired");
    assert!(
        browser
            .get("/users/upload/review")
            .await
            .has("Check staff.csv")
    );
    service.clock.move_on(24, 0);
    let page = browser.get("/users/upload/review").await;
    assert_eq!(page.location(), "/draft-expired");
}

#[tokio::test]
async fn after_submitting_nothing_is_read() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.register().await;
    browser
        .upload_file("staff.csv", THREE)
        .await
        .assert_leads_to("/already-submitted");
    for address in ["rows", "columns", "add", "discard", "stop"] {
        browser
            .post(&format!("/api/users/upload/{address}"), &[])
            .await
            .assert_leads_to("/already-submitted");
    }
}

#[tokio::test]
async fn another_sites_form_and_another_kind_of_body_are_refused() {
    let service = TestService::new().await;
    let browser = service.browser();
    let request = Request::post("/api/users/upload")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    browser.send(request, "cells=a").await.assert_page(400);
    let request = Request::post("/api/users/upload")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    browser
        .send(request, "--x\r\nbroken")
        .await
        .assert_page(400);
    let request = Request::post("/api/users/upload")
        .header(header::ACCEPT, "text/html")
        .header(header::ORIGIN, "https://elsewhere.example")
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    browser.send(request, "--x--\r\n").await.assert_page(403);
}
