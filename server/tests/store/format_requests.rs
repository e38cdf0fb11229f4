//! Requests for the form in another format: each is stored with its message, and their number in an
//! hour is limited.

use registration::format_request::{
    FormatRequest, MAX_FORMAT_REQUESTS_FROM_CLIENT, MAX_IN_AN_HOUR,
};
use server::store::{FormatRequestOutcome, NewFormatRequest};

use crate::outbox::message;
use crate::test_store::at_hour;

fn new(number: u64, email: &str, telephone: &str, source: &str) -> NewFormatRequest {
    let typed = FormatRequest {
        format: "large-print".to_owned(),
        technology: "O’Dowd\r\n<b>&\"'".to_owned(),
        name: "Morag Ó Sé".to_owned(),
        email: email.to_owned(),
        telephone: telephone.to_owned(),
        ..FormatRequest::default()
    };
    NewFormatRequest {
        id: format!("request-{number:03}"),
        at: at_hour(1),
        request: typed.complete().unwrap(),
        source: (!source.is_empty()).then(|| source.to_owned()),
        message: (!email.is_empty()).then(|| message(number, 1)),
    }
}

contract! {
    async fn a_request_for_another_format_is_read_back_and_its_message_waits(store: &TestStore) {
        let kept = store.format_requests().add_format_request(&new(1, "Morag@firm.example", "", "")).await.unwrap();
        assert_eq!(kept, FormatRequestOutcome::Saved);
        let called = new(2, "", "01632 960 001", "192.0.2.1");
        assert_eq!(store.format_requests().add_format_request(&called).await.unwrap(), FormatRequestOutcome::Saved);
        let kept = store.format_requests().list().await.unwrap();
        assert_eq!(kept.len(), 2);
        assert_eq!(kept[0].technology, "O’Dowd\n<b>&\"'");
        assert_eq!(kept[0].email.as_deref(), Some("Morag@firm.example"));
        assert!(kept[1].telephone.is_some() && kept[1].email.is_none());
        assert_eq!(store.number("select count(*) from outbox").await, 1);
    }

    async fn one_person_is_heard_so_often_an_hour_by_any_spelling(store: &TestStore) {
        for number in 0..3 {
            let email = ["morag@firm.example", "MORAG@firm.example", "morag@firm.example.cjsm.net"][number];
            let new = new(number as u64, email, "", "");
            assert_eq!(store.format_requests().add_format_request(&new).await.unwrap(), FormatRequestOutcome::Saved);
        }
        let too_many = FormatRequestOutcome::TooMany { again_at: at_hour(2) };
        let mut another = new(3, "morag@firm.example", "", "");
        assert_eq!(store.format_requests().add_format_request(&another).await.unwrap(), too_many);
        assert_eq!(store.format_requests().list().await.unwrap().len(), MAX_IN_AN_HOUR);
        assert_eq!(store.number("select count(*) from outbox").await, 3);
        another.at = at_hour(2);
        assert_eq!(store.format_requests().add_format_request(&another).await.unwrap(), FormatRequestOutcome::Saved);
    }

    async fn a_clock_that_was_ahead_shuts_nobody_out_for_longer_than_an_hour(store: &TestStore) {
        for number in 0..3 {
            let mut ahead = new(number, "morag@firm.example", "", "192.0.2.1");
            ahead.at = at_hour(9_000);
            assert_eq!(store.format_requests().add_format_request(&ahead).await.unwrap(), FormatRequestOutcome::Saved);
        }
        let now = new(3, "morag@firm.example", "", "192.0.2.1");
        assert_eq!(store.format_requests().add_format_request(&now).await.unwrap(), FormatRequestOutcome::Saved);
    }

    async fn those_who_ask_for_another_format_at_once_are_counted_exactly(store: &TestStore) {
        let mut asking = tokio::task::JoinSet::new();
        for number in 0..20 {
            let store = store.shared();
            let new = new(number, "morag@firm.example", "", &format!("192.0.2.{number}"));
            asking.spawn(async move { store.format_requests().add_format_request(&new).await.unwrap() });
        }
        let outcomes = asking.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == FormatRequestOutcome::Saved).count(), MAX_IN_AN_HOUR);
    }

    async fn one_place_is_heard_so_often_an_hour(store: &TestStore) {
        for number in 0..=MAX_FORMAT_REQUESTS_FROM_CLIENT {
            let email = format!("clerk.{number}@firm.example");
            let outcome = store.format_requests().add_format_request(&new(number as u64, &email, "", "192.0.2.1")).await.unwrap();
            assert_eq!(outcome == FormatRequestOutcome::Saved, number < MAX_FORMAT_REQUESTS_FROM_CLIENT, "{number}");
        }
        let elsewhere = new(99, "clerk.99@firm.example", "", "192.0.2.2");
        assert_eq!(store.format_requests().add_format_request(&elsewhere).await.unwrap(), FormatRequestOutcome::Saved);
        assert_eq!(
            store.number("select count(*) from format_request where source_hash like '192%'").await,
            0
        );
    }
}
