//! The pages of the audit: an auditor searches it, sees each change before and after, verifies a
//! chain, and downloads a history.

use axum::http::{Request, header};
use registration::desk::OfficerRole;
use registration::identifiers::Reference;
use server::casework::lifecycle::CaseAction;
use server::store::{Actor, NewView, OfficerId, Subject};

use crate::browser::Browser;
use crate::page::Page;
use crate::test_service::TestService;

/// The number of audit rows of an approved firm: the submission, its six checks and the approval.
const ROWS: usize = 8;

/// Registers a firm and has an officer approve it.
async fn approved(service: &TestService) -> (Reference, OfficerId) {
    let applicant = service.browser();
    applicant.register().await;
    let reference: Reference = service.store.registrations().list().await.unwrap()[0]
        .reference
        .parse()
        .unwrap();
    let (_, officer) = service.officer_and_id(OfficerRole::Officer).await;
    service
        .act_as(&officer.actor(), &reference, &CaseAction::Approve)
        .await;
    (reference, officer)
}

async fn from(browser: &Browser, source: &str, address: &str) -> Page {
    let request = Request::get(address)
        .header(header::ACCEPT, "text/html")
        .header("x-client", source);
    browser.send(request, "").await
}

#[tokio::test]
async fn the_audit_finds_each_action_with_actor_source_and_changes() {
    let service = TestService::new().await;
    let (reference, officer) = approved(&service).await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    let page = auditor
        .get(&format!("/desk/audit?subject={reference}"))
        .await;
    page.assert_page(200);
    let name = service
        .store
        .officers()
        .officer(&officer)
        .await
        .unwrap()
        .unwrap()
        .name;
    for words in [
        "Approved it",
        "was “Received”, is now “Approved”",
        "The applicant",
        &name,
        "3 September 2026 at 10:00am",
        &format!("registration/{reference}"),
        &format!("href=\"/desk/audit/history/{reference}.csv\""),
    ] {
        assert!(page.has(words), "{words}: {}", page.text);
    }
    // The newest row comes first.
    assert!(
        page.text.find("Approved it").unwrap() < page.text.rfind("Sent the registration").unwrap()
    );
}

#[tokio::test]
async fn each_filter_leaves_what_it_names() {
    let service = TestService::new().await;
    let (reference, officer) = approved(&service).await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    let rows = |page: &Page| page.text.matches("<tr").count().saturating_sub(1);
    let actor = officer.actor();
    for (query, count) in [
        // The approval also has a row in the chain of the organisation that it begins.
        (String::new(), ROWS + 1),
        (format!("subject={reference}"), ROWS),
        (format!("subject=registration/{reference}"), ROWS),
        ("subject=CP-0000-0000".to_owned(), 0),
        (format!("actor={actor}"), 2),
        ("actor=applicant&action=submitted".to_owned(), 1),
        ("actor=applicant&action=approved".to_owned(), 0),
        ("action=approved&from=3/9/2026&to=3/9/2026".to_owned(), 1),
        ("to=2/9/2026".to_owned(), 0),
        ("from=4/9/2026".to_owned(), 0),
    ] {
        let page = auditor.get(&format!("/desk/audit?{query}")).await;
        page.assert_page(200);
        // The search itself adds a row about the auditor.
        let own = page.text.matches("seen/officer/").count() / 2;
        assert_eq!(rows(&page) - own, count, "{query}: {}", page.text);
    }
}

#[tokio::test]
async fn a_day_that_cannot_be_read_is_told_at_its_field_and_nothing_is_lost() {
    let service = TestService::new().await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    for (query, words) in [
        ("from=soon&actor=applicant", "From must be a real date"),
        ("to=30/2/2026&actor=applicant", "To must be a real date"),
        (
            "from=2/9/2026&to=1/9/2026&actor=applicant",
            "To must be the same as or after From",
        ),
    ] {
        let page = auditor.get(&format!("/desk/audit?{query}")).await;
        page.assert_page(200);
        assert!(
            page.has("<title>Error: Audit") && page.has(words),
            "{query}"
        );
        assert!(page.has("value=\"applicant\" selected"), "{query}");
    }
    let huge = "x".repeat(6_000);
    let odd = [
        format!("subject={huge}"),
        "after=1-2".to_owned(),
        "after=x".to_owned(),
        "subject=%FF%00".to_owned(),
        "subject=a&subject=b".to_owned(),
    ];
    for query in odd {
        let page = auditor.get(&format!("/desk/audit?{query}")).await;
        assert!(!page.status.is_server_error(), "{query}: {}", page.status);
    }
}

#[tokio::test]
async fn the_search_form_puts_no_name_into_an_address() {
    let service = TestService::new().await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    for subject in ["Siân Crâne", "wen@context.example", "crane", "officer/a b"] {
        let page = auditor.post_field("/desk/audit", "subject", subject).await;
        page.assert_page(200);
        assert!(page.has("Enter a reference, or a subject"), "{subject}");
    }
    let fields = [
        ("subject", "registration/CP-7K3M-9QXF".to_owned()),
        ("from", "3/9/2026".to_owned()),
    ];
    let led = auditor.post("/desk/audit", &fields).await;
    assert_eq!(led.status, 303);
    assert!(led.location().contains("CP-7K3M-9QXF"));
    auditor.get(led.location()).await.assert_page(200);
}

#[tokio::test]
async fn a_long_search_goes_on_where_the_page_before_ended() {
    let service = TestService::new().await;
    for look in 0..120 {
        let subject = Subject::Registration(Reference::from_random(look));
        let at = service.now();
        service
            .store
            .audit()
            .record_view(NewView {
                actor: &Actor::Officer(OfficerId::named("somebody")),
                subject: &subject,
                what: "page",
                source: None,
                at,
            })
            .await
            .unwrap();
    }
    let auditor = service.officer(OfficerRole::Auditor).await;
    let mut address = "/desk/audit?actor=officer/somebody".to_owned();
    let mut seen = Vec::new();
    for rows in [50, 50, 20] {
        let page = auditor.get(&address).await;
        let found: Vec<String> = page
            .text
            .split("subject=seen/registration/")
            .skip(1)
            .map(|rest| rest[..12].to_owned())
            .collect();
        assert_eq!(found.len(), rows, "{address}");
        seen.extend(found);
        let next = page.text.split("rel=\"next\"").count();
        if rows == 50 {
            assert_eq!(next, 2, "{address}");
            let link = page.text.split("after=").nth(1).unwrap();
            let after = link.split('"').next().unwrap();
            address = format!("/desk/audit?actor=officer/somebody&after={after}");
        } else {
            assert_eq!(next, 1);
            assert!(page.has("Go to the newest"));
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 120);
}

#[tokio::test]
async fn searches_and_exports_are_audited_with_their_source() {
    let service = TestService::new().await;
    let (reference, _) = approved(&service).await;
    let (auditor, id) = service.officer_and_id(OfficerRole::Auditor).await;
    for _ in 0..3 {
        from(&auditor, "192.0.2.9", "/desk/audit")
            .await
            .assert_page(200);
    }
    let own = id.subject().views();
    let rows = service.store.audit().audit_of(&own).await.unwrap();
    let [row] = rows.as_slice() else {
        panic!("{rows:?}")
    };
    assert_eq!(
        (row.source.as_deref(), &*row.actor),
        (Some("192.0.2.9"), &*id.actor().to_string())
    );
    let file = format!("/desk/audit/history/{reference}.json");
    let export = from(&auditor, "192.0.2.9", &file).await;
    let looks = service
        .store
        .audit()
        .audit_of(&Subject::Registration(reference).views())
        .await
        .unwrap();
    assert_eq!(looks[0].details, r#"{"what":"history"}"#);
    // The export includes its own audit row.
    assert!(export.has(r#""what": "history""#), "{}", export.text);
}

#[tokio::test]
async fn a_history_that_is_taken_away_twice_is_written_down_twice() {
    let service = TestService::new().await;
    let (reference, _) = approved(&service).await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    for extension in ["csv", "csv", "json"] {
        let file = format!("/desk/audit/history/{reference}.{extension}");
        assert_eq!(auditor.get(&file).await.status, 200);
    }
    let looks = Subject::Registration(reference).views();
    assert_eq!(
        service.store.audit().audit_of(&looks).await.unwrap().len(),
        3
    );
}

#[tokio::test]
async fn a_row_that_somebody_damaged_is_shown_as_unreadable_and_hides_nothing_else() {
    let service = TestService::new().await;
    let (reference, _) = approved(&service).await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    let officer = service.officer(OfficerRole::Officer).await;
    service
        .execute_on_sqlite(
            "drop trigger audit_is_never_updated; \
             update audit set at = 12.5 where action = 'approved'; \
             update audit set at = 'abc' where action = 'submitted'; \
             update audit set details_digest = x'00ff' where action = 'checked' and sequence = 2",
        )
        .await;
    let page = officer
        .get(&format!("/desk/registrations/{reference}"))
        .await;
    page.assert_page(200);
    assert!(page.has("Approved") && page.has("at a time that cannot be read"));
    assert!(page.has("it was changed outside this service (details_digest)"));
    let page = auditor
        .get(&format!(
            "/desk/audit/chain?subject=registration/{reference}"
        ))
        .await;
    page.assert_page(200);
    for words in [
        "This audit chain is broken",
        "Row 1 cannot be read: its column at holds a value that this service never writes",
        "Row 2 cannot be read: its column details_digest holds",
        &format!("Row {ROWS} cannot be read: its column at holds"),
    ] {
        assert!(page.has(words), "{words}: {}", page.text);
    }
    let page = auditor
        .get(&format!("/desk/audit?subject={reference}"))
        .await;
    page.assert_page(200);
    assert!(page.has("This row cannot be read") && page.has("Made a check"));
    for extension in ["csv", "json"] {
        let file = format!("/desk/audit/history/{reference}.{extension}");
        let page = auditor.get(&file).await;
        assert_eq!(page.status, 200, "{file}");
        assert!(page.has("approved") || page.has("Approved it"), "{file}");
    }
}

#[tokio::test]
async fn the_history_of_a_registration_is_a_file_of_csv_or_json() {
    let service = TestService::new().await;
    let (reference, _) = approved(&service).await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    let csv = auditor
        .get(&format!("/desk/audit/history/{reference}.csv"))
        .await;
    assert_eq!(csv.status, 200);
    assert_eq!(csv.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert_eq!(
        csv.header(header::CONTENT_DISPOSITION),
        format!("attachment; filename=\"history-{reference}.csv\"")
    );
    let lines: Vec<&str> = csv.text.trim_end().split("\r\n").collect();
    assert!(lines[0].ends_with("When (London time),Who,What,From where,Details,Chain,Row,Hash"));
    assert!(lines[1].starts_with("2026-09-03 10:00:"), "{}", lines[1]);
    assert!(
        !csv.text.contains("{\"\"") && !csv.text.contains("{\""),
        "no JSON: {}",
        csv.text
    );
    assert!(csv.text.contains(" → Approved"), "{}", csv.text);
    assert_eq!(lines.len(), ROWS + 2, "{}", csv.text);
    let json = auditor
        .get(&format!("/desk/audit/history/{reference}.json"))
        .await;
    let rows: serde_json::Value = serde_json::from_str(&json.text).unwrap();
    assert_eq!(rows[0]["action"], "submitted");
    assert_eq!(rows[ROWS - 1]["details"]["after"], "approved");
    assert_eq!(rows[0]["at"], "2026-09-03T09:00:00Z");
    assert_eq!(rows[ROWS - 1]["previous_hash"], rows[ROWS - 2]["hash"]);
    for file in ["CP-0000-0000.csv", "nothing", "x.csv"] {
        let page = auditor.get(&format!("/desk/audit/history/{file}")).await;
        assert_eq!(page.status, 404, "{file}");
    }
    let other = auditor
        .get(&format!("/desk/audit/history/{reference}.pdf"))
        .await;
    assert_eq!(other.status, 404);
}

#[tokio::test]
async fn a_chain_says_whether_it_holds() {
    let service = TestService::new().await;
    let (reference, _) = approved(&service).await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    let page = auditor
        .get(&format!(
            "/desk/audit/chain?subject=registration/{reference}"
        ))
        .await;
    page.assert_page(200);
    assert!(page.has("This audit chain is intact") && page.has(&format!("with {ROWS} rows")));
    for query in ["", "?subject=", "?subject=registration/CP-0000-0000"] {
        let page = auditor.get(&format!("/desk/audit/chain{query}")).await;
        page.assert_page(404);
        assert!(page.has("Audit chain not found"));
    }
}

#[tokio::test]
async fn submissions_of_applicants_are_audited_with_their_source() {
    let service = TestService::new().await;
    let applicant = service.browser();
    applicant.fill_in_firm().await;
    applicant.add_user(1).await;
    let request = Request::post("/api/submit")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-client", "203.0.113.4, 192.0.2.5");
    applicant
        .send(request, "")
        .await
        .assert_leads_to("/submitted");
    let listed = service.store.registrations().list().await.unwrap();
    let subject = Subject::parse(&format!("registration/{}", listed[0].reference)).unwrap();
    let rows = service.store.audit().audit_of(&subject).await.unwrap();
    assert_eq!(rows[0].source.as_deref(), Some("192.0.2.5"));
    let (_, breaks) = service
        .store
        .audit()
        .verify_chain(&subject.to_string())
        .await
        .unwrap();
    assert!(breaks.is_empty(), "{breaks:?}");
}
