//! Fields and addresses that no page of this service sends: repeated, unknown, damaged or hostile.
//! Each gets the right status and, in a browser, a page with a way out. A form that cannot be read
//! changes no saved answer.

use axum::http::{Request, header};
use registration::desk::OfficerRole;

use crate::browser::Browser;
use crate::forms::{Fields, user};
use crate::test_service::{Options, TestService};

const NAME: &str = "/api/organisation/name";

async fn begun(service: &TestService) -> Browser {
    let browser = service.browser();
    browser.post_field(NAME, "name", "Hartwell").await;
    browser
}

#[tokio::test]
async fn an_unreadable_form_changes_nothing() {
    let service = TestService::new().await;
    let browser = begun(&service).await;
    for body in [
        &b"name=One&name=Two"[..],
        b"name[a]=One",
        b"name[]=One",
        b"name[0]=One&name[1]=Two",
        b"name=\xff\xfe",
    ] {
        let shown = String::from_utf8_lossy(body);
        let page = browser.post_body(NAME, body.to_vec()).await;
        assert_eq!(page.status, 400, "{shown}");
        page.assert_page(400);
        assert!(
            browser.get("/organisation/name").await.has("Hartwell"),
            "{shown}"
        );
        let request = Request::post(NAME).header(header::ACCEPT, "application/json");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let page = browser.send(request, body.to_vec()).await;
        assert!(!page.status.is_success(), "{shown}");
        assert!(page.has("Unreadable"), "{shown}: {}", page.text);
    }
}

#[tokio::test]
async fn characters_that_were_damaged_on_the_way_are_a_wrong_answer() {
    let service = TestService::new().await;
    let browser = begun(&service).await;
    for body in ["name=%ff%fe", "name=%C3%28", "name=Hart%80well"] {
        browser
            .post_body(NAME, body)
            .await
            .assert_leads_to("/organisation/name");
        let page = browser.get("/organisation/name").await;
        assert!(
            page.has("must not include characters that cannot be printed"),
            "{body}"
        );
        assert!(page.has("\u{fffd}"), "{body}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_form_changes_nothing() {
    let service = TestService::new().await;
    let browser = begun(&service).await;
    for (kind, body) in [
        ("application/json", "{\"name\":\"Other\"}"),
        ("text/plain", "name=Other"),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nOther\r\n--x--",
        ),
    ] {
        let request = Request::post(NAME).header(header::CONTENT_TYPE, kind);
        let page = browser
            .send(request.header(header::ACCEPT, "text/html"), body)
            .await;
        page.assert_page(400);
        assert!(
            browser.get("/organisation/name").await.has("Hartwell"),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn unknown_fields_are_passed_over() {
    let service = TestService::new().await;
    let browser = begun(&service).await;
    for body in [
        "name=Lloyd&other=1&__proto__=2",
        "name=Lloyd&",
        "&&name=Lloyd",
        "name=Lloyd&draft_id=1",
    ] {
        browser
            .post_body(NAME, body)
            .await
            .assert_leads_to("/organisation/address");
        assert!(
            browser.get("/organisation/name").await.has("Lloyd"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn damaged_percent_signs_are_text() {
    let service = TestService::new().await;
    let browser = begun(&service).await;
    for (body, kept) in [
        ("name=100%", "100%"),
        ("name=%zz", "%zz"),
        ("name=a%2", "a%2"),
        ("name=a+b", "a b"),
    ] {
        let page = browser.post_body(NAME, body).await;
        assert_eq!(page.status, 303, "{body}");
        let page = browser.get("/organisation/name").await;
        assert!(page.has(&format!("value=\"{kept}\"")), "{body}");
    }
}

#[tokio::test]
async fn a_user_without_an_identifier_is_not_read() {
    let service = TestService::new().await;
    let browser = begun(&service).await;
    browser
        .post("/api/users/change", &user(1))
        .await
        .assert_page(400);
    browser
        .post_field("/api/users/remove", "remove", "yes")
        .await
        .assert_page(400);
    assert!(!browser.get("/users").await.has("Williams 1"));
}

#[tokio::test]
async fn a_nul_character_is_a_wrong_answer_in_either_database() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let browser = begun(&service).await;
        browser
            .post_field(NAME, "name", "a\0b")
            .await
            .assert_leads_to("/organisation/name");
        let page = browser.get("/organisation/name").await;
        assert!(
            page.has("must not include characters that cannot be printed"),
            "{}",
            page.text
        );

        let mut fields = user(1);
        fields.retain(|(name, _)| *name != "last_name");
        fields.push(("last_name", "Will\0iams".to_owned()));
        let page = browser.post("/api/users/add", &fields).await;
        assert_eq!(page.status, 303, "{}", page.text);
        let page = browser.get(page.location()).await;
        page.assert_page(200);
        assert!(page.has("must not include characters that cannot be printed"));

        for fields in [[("id", "\0".to_owned()), ("remove", "yes".to_owned())]] {
            browser
                .post("/api/users/remove", &fields)
                .await
                .assert_leads_to("/users");
            browser
                .post("/api/users/change", &fields)
                .await
                .assert_leads_to("/users");
        }
        for words in ["words=a%00b", "words=a\0b"] {
            let page = browser.post_body("/api/users/search", words).await;
            page.assert_leads_to("/users");
        }
        browser.get("/users").await.assert_page(200);
        // The typed text `%00` is not a NUL character, so it is kept.
        browser
            .post_body(NAME, "name=%2500")
            .await
            .assert_leads_to("/organisation/address");
        assert!(browser.get("/organisation/name").await.has("value=\"%00\""));
    }
}

#[tokio::test]
async fn a_nul_character_breaks_no_form_or_address_of_the_server_alone_in_either_database() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let applicant = service.browser();
        applicant.register().await;
        let reference = service.only_registration().await;
        let officer = service.officer(OfficerRole::SeniorOfficer).await;
        let at = |below: &str| format!("/desk/registrations/{reference}/{below}");
        let noted = officer.post_field(&at("notes"), "note", "Rang\0them").await;
        assert_eq!(noted.status, 303, "{}", noted.text);
        let page = officer
            .get(&format!("/desk/registrations/{reference}"))
            .await;
        assert!(page.has("Rang\u{fffd}them") && !page.has("\0"));

        for below in ["checks", "decide", "ask", "correct/name", "undo"] {
            let form = if below == "checks" { "decide" } else { below };
            let page = officer.get(&at(form)).await;
            let mut fields: Fields = vec![
                ("version", page.hidden("version")),
                ("seen", page.hidden("seen")),
            ];
            for name in ["note", "words", "reason", "name", "question-0"] {
                fields.push((name, "a\0b".to_owned()));
            }
            fields.push(("note-address", "a\0b".to_owned()));
            fields.push(("outcome-address", "passed".to_owned()));
            fields.push(("decision", "refuse".to_owned()));
            let answer = officer.post(&at(below), &fields).await;
            assert!(answer.status.as_u16() < 500, "{below}: {}", answer.text);
        }
        let anybody = service.browser();
        for (address, body) in [
            ("/desk/sign-in", "email=a%00b%40desk.example&password=a%00b"),
            ("/return", "email=a%00b%40desk.example"),
            ("/feedback", "satisfaction=very-satisfied&words=a%00b"),
        ] {
            let answer = anybody.post_body(address, body).await;
            assert!(answer.status.as_u16() < 500, "{address}: {}", answer.text);
        }
        for address in [
            "/desk/queue?search=a%00b",
            "/desk/queue?whose=a%00b",
            "/desk/people/a%00b",
            "/desk/format-requests/a%00b",
            "/desk/set-up?search=a%00b",
            "/return/link/a%00b",
        ] {
            let answer = officer.get(address).await;
            assert!(answer.status.as_u16() < 500, "{address}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn hostile_text_is_kept_as_text_in_either_database() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let browser = begun(&service).await;
        for typed in [
            "'; drop table draft; --",
            "\u{202e}gnirts desrever",
            "a\r\nSet-Cookie: registration=x",
            "{{7*7}} ${7*7} <%= 7*7 %>",
            "\u{ffff}\u{fdd0}\u{feff}",
            "\u{1f468}\u{200d}\u{2696}\u{fe0f}",
        ] {
            let page = browser.post_field(NAME, "name", typed).await;
            assert_eq!(page.status, 303, "{typed}");
            assert_eq!(page.headers.get_all(header::SET_COOKIE).iter().count(), 0);
            browser.get(page.location()).await.assert_page(200);
        }
    }
}

#[tokio::test]
async fn hostile_addresses_are_answered_with_a_page() {
    let service = TestService::new().await;
    let browser = begun(&service).await;
    for address in [
        "/nowhere",
        "/%00",
        "/%ff",
        "/..%2f..%2fetc%2fpasswd",
        "/tasks/extra",
        "/organisation",
        "/users/1/change/2",
        "//evil.example",
        "/errors/fault",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
    ] {
        let page = browser.get(address).await;
        page.assert_page(404);
        assert!(!page.has("<script>alert"), "{address}");
    }
    for address in [
        "/tasks?a=%00",
        "/tasks?%ff=%ff",
        "/organisation/name?from=%0d%0a",
        "/organisation/name?from=<script>alert(1)</script>",
        "/users?unanswered=%00&page=%00",
    ] {
        let page = browser
            .get(&address.replace('<', "%3C").replace('>', "%3E"))
            .await;
        page.assert_page(200);
        assert!(!page.has("<script>alert"), "{address}");
    }
    let long = format!("/tasks?{}", "a".repeat(60_000));
    browser.get(&long).await.assert_page(200);
}
