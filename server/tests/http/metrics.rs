//! The metrics for Prometheus, which have a router of their own because they are served on a
//! separate address.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use registration::desk::OfficerRole;
use server::security_event::SecurityEvent;
use server::settings::LogFormat;
use tower::ServiceExt;

use crate::forms::user;
use crate::logged::Log;
use crate::test_service::{Options, TestService};

/// Returns the metrics that Prometheus would collect now.
pub(super) async fn collected(service: &TestService) -> String {
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let response = service.metrics.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[track_caller]
pub(super) fn assert_series(text: &str, series: &str, value: &str) {
    let line = format!("registration_{series} {value}");
    assert!(text.lines().any(|known| known == line), "{line} in {text}");
}

#[tokio::test]
async fn requests_are_counted_by_the_template_of_their_route() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.fill_in_firm().await;
    browser.post("/api/users/add", &user(1)).await;
    for id in ["77", "78"] {
        browser.get(&format!("/users/{id}/change")).await;
    }
    browser.get("/nowhere").await;
    let odd = Request::builder().method("ODD").uri("/users");
    browser.send(odd, "").await;
    let text = collected(&service).await;
    let count = |labels: &str| format!("http_request_duration_seconds_count{{{labels}}}");
    for (labels, value) in [
        (r#"method="POST",route="/api/users/add",status="303""#, "1"),
        (
            r#"method="GET",route="/users/{id}/change",status="404""#,
            "2",
        ),
        (r#"method="GET",route="none",status="404""#, "1"),
        (r#"method="other",route="/users",status="405""#, "1"),
    ] {
        assert_series(&text, &count(labels), value);
    }
    for typed in ["Hartwell", "nowhere", "ODD", "77/change"] {
        assert!(!text.contains(typed), "{typed} in {text}");
    }
}

#[tokio::test]
async fn the_state_of_the_service_is_told_on_either_database() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        let empty = collected(&service).await;
        for series in [
            "drafts",
            "queue_overdue",
            "imports_running",
            "outbox_oldest_seconds",
        ] {
            assert_series(&empty, series, "0");
        }
        assert_series(&empty, "database_up", "1");
        assert_series(&empty, "security_events_total{event=\"forbidden\"}", "0");
        assert!(
            empty.contains("registration_build_info{version="),
            "{empty}"
        );

        service.browser().register().await;
        service.browser().fill_in_firm().await;
        let officer = service.officer(OfficerRole::Officer).await;
        officer.get("/desk/people").await.assert_page(403);
        let upload = service.browser();
        upload.upload_file("a.pdf", b"%PDF-1.7").await;
        // The database is queried at most once in fifteen seconds.
        assert_series(&collected(&service).await, "drafts", "0");
        service.clock.move_on(0, 5);
        let text = collected(&service).await;
        let posted = service.store.outbox().rows(10).await.unwrap().len();
        assert_ne!(posted, 0);
        let waiting = "outbox_messages{state=\"waiting\"}";
        assert_series(&text, waiting, &posted.to_string());
        for (series, value) in [
            ("drafts", "2"),
            ("registrations{state=\"received\"}", "1"),
            ("registrations{state=\"approved\"}", "0"),
            ("queue{working_days=\"0\"}", "1"),
            ("outbox_messages{state=\"dead\"}", "0"),
            ("outbox_oldest_seconds", "300"),
            ("imports_total{outcome=\"refused\"}", "1"),
            ("security_events_total{event=\"forbidden\"}", "1"),
        ] {
            assert_series(&text, series, value);
        }
        // A connection may be on its way back to the pool, so the test does not check the numbers.
        for state in ["in-use", "idle", "most"] {
            let series = format!("registration_database_connections{{state=\"{state}\"}} ");
            assert!(text.contains(&series), "{series} in {text}");
        }
        // Ten days later the registration is overdue and the messages were sent.
        service.clock.move_on(10 * 24, 0);
        service.mail_to("yusuf@hartwell.example").await;
        let text = collected(&service).await;
        assert_series(&text, "queue_overdue", "1");
        assert_series(&text, "outbox_messages{state=\"waiting\"}", "0");
        assert_series(&text, "outbox_oldest_seconds", "0");

        service.store.close().await;
        service.clock.move_on(0, 5);
        let text = collected(&service).await;
        assert_series(&text, "database_up", "0");
        assert!(text.ends_with("# EOF\n"));
    }
}

#[tokio::test]
async fn a_database_that_fails_is_asked_no_more_often_than_one_that_answers() {
    let log = Log::begin(LogFormat::Text, "error");
    let service = TestService::new().await;
    service.store.close().await;
    let failures = || log.text().matches("the state of the database").count();
    for _ in 0..20 {
        assert_series(&collected(&service).await, "database_up", "0");
    }
    assert_eq!(failures(), 1);
    service.clock.move_on(0, 1);
    collected(&service).await;
    assert_eq!(failures(), 2);
}

#[tokio::test]
async fn a_page_that_could_not_be_hydrated_is_counted() {
    let service = TestService::new().await;
    let series = "pages_not_hydrated_total";
    assert_series(&collected(&service).await, series, "0");
    for _ in 0..2 {
        let page = service.browser().post("/not-hydrated", &[]).await;
        assert_eq!(page.status, 204);
    }
    assert_series(&collected(&service).await, series, "2");
}

#[tokio::test]
async fn metrics_are_not_at_the_address_of_the_service() {
    let service = TestService::new().await;
    service.browser().get("/metrics").await.assert_page(404);
}

/// Returns the names in a text that begin with `registration_`.
fn names(text: &str) -> BTreeSet<&str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let words = text.split(|letter| !is_part(letter));
    words
        .filter(|word| word.starts_with("registration_"))
        .collect()
}

#[tokio::test]
async fn alerts_dashboard_and_documentation_name_metrics_that_exist() {
    let service = TestService::new().await;
    service.browser().register().await;
    let upload = service.browser();
    upload.upload_file("a.pdf", b"%PDF-1.7").await;
    service.clock.move_on(0, 5);
    let collected = collected(&service).await;
    let known = names(&collected);
    let documentation = include_str!("../../../docs/operations.md");
    let alerts = include_str!("../../../docs/operations/alerts.yml");
    let files = [
        alerts,
        include_str!("../../../docs/operations/alerts_test.yml"),
        include_str!("../../../docs/operations/dashboard.json"),
        documentation,
    ];
    // These names have the same prefix, but belong to database roles and to the database of a
    // restored backup.
    let not_metrics = [
        "registration_owner",
        "registration_service",
        "registration_restored",
    ];
    for name in files.into_iter().flat_map(names) {
        let begins = |series: &&str| series.starts_with(name);
        assert!(
            not_metrics.contains(&name) || known.iter().any(begins),
            "{name} is not collected: {known:?}"
        );
    }
    for name in known {
        let ends = ["_bucket", "_count", "_sum"]
            .iter()
            .find_map(|end| name.strip_suffix(end));
        let name = ends.unwrap_or(name);
        assert!(
            documentation.contains(name),
            "docs/operations.md lacks {name}"
        );
    }
    for alert in alerts
        .lines()
        .filter_map(|line| line.split("- alert: ").nth(1))
    {
        assert!(documentation.contains(&format!("| {alert} |")), "{alert}");
    }
    for event in SecurityEvent::ALL {
        let key = format!("`{}`", event.key());
        assert!(
            documentation.contains(&key),
            "docs/operations.md lacks {key}"
        );
    }
}
