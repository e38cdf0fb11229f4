//! The record of who viewed which data: each view is an audit row in a separate chain, even if
//! other officers view or decide at the same time.

use std::time::Duration;

use server::clock::Moment;
use server::current_request::{self, CurrentRequest};
use server::store::{Actor, AuditRow, NewView, OfficerId, Subject};
use tokio::task::JoinSet;

use crate::test_store::{TestStore, at_hour};

const SUBJECT: &str = "registration/CP-7K3M-9QXF";
const CHAIN: &str = "seen/registration/CP-7K3M-9QXF";

fn minutes(minutes: u64) -> Moment {
    at_hour(0).plus(Duration::from_mins(minutes))
}

async fn look(store: &TestStore, actor: &str, what: &str, source: Option<&str>, at: Moment) {
    let actor = Actor::parse(actor).unwrap();
    store
        .audit()
        .record_view(NewView {
            actor: &actor,
            subject: &subject(),
            what,
            source,
            at,
        })
        .await
        .unwrap();
}

fn subject() -> Subject {
    Subject::parse(SUBJECT).unwrap()
}

/// Asserts that each row contains the hash of the row before it.
fn assert_chained(subject: &str, rows: &[AuditRow]) {
    let mut previous = String::new();
    for (row, sequence) in rows.iter().zip(1..) {
        assert_eq!((row.sequence, &row.previous_hash), (sequence, &previous));
        assert_eq!(row.entry(subject).hash(), row.hash);
        previous.clone_from(&row.hash);
    }
}

contract! {
    async fn a_look_tells_who_when_what_and_from_where(store: &TestStore) {
        look(store, "officer/7", "page", Some("192.0.2.1"), minutes(0)).await;
        let rows = store.audit().audit_of(&subject().views()).await.unwrap();
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.actor.as_str(), row.action.as_str(), row.at), ("officer/7", "seen", minutes(0).millis()));
        assert_eq!((row.details.as_str(), row.source.as_deref()), (r#"{"what":"page"}"#, Some("192.0.2.1")));
        assert!(store.audit().audit_of(&subject()).await.unwrap().is_empty(), "the chain of changes is left alone");
    }

    async fn a_page_that_is_loaded_again_within_ten_minutes_is_one_look(store: &TestStore) {
        // The actor, the page, the source, the minutes since the start, and the number of rows
        // afterwards.
        let looks = [
            ("officer/7", "page", Some("192.0.2.1"), 0, 1),
            ("officer/7", "page", Some("192.0.2.1"), 9, 1),
            ("officer/7", "page", Some("192.0.2.2"), 9, 2),
            ("officer/7", "page", None, 9, 3),
            ("officer/7", "history", Some("192.0.2.1"), 9, 4),
            ("officer/8", "page", Some("192.0.2.1"), 9, 5),
            ("officer/7", "page", Some("192.0.2.1"), 10, 6),
            ("officer/7", "page", Some("192.0.2.1"), 19, 6),
        ];
        for (actor, what, source, after, rows) in looks {
            look(store, actor, what, source, minutes(after)).await;
            let chain = store.audit().audit_of(&subject().views()).await.unwrap();
            assert_eq!(chain.len(), rows, "{actor} {what} {source:?} {after}");
        }
        assert_chained(CHAIN, &store.audit().audit_of(&subject().views()).await.unwrap());
    }

    async fn a_file_that_is_taken_away_is_written_each_time(store: &TestStore) {
        for _ in 0..3 {
            store.audit().record_download(NewView { actor: &Actor::Officer(OfficerId::named("7")), subject: &subject(), what: "history", source: Some("192.0.2.1"), at: minutes(0) }).await.unwrap();
        }
        // An earlier page view does not suppress the row of a download.
        look(store, "officer/7", "history", Some("192.0.2.1"), minutes(1)).await;
        store.audit().record_download(NewView { actor: &Actor::Officer(OfficerId::named("7")), subject: &subject(), what: "history", source: Some("192.0.2.1"), at: minutes(1) }).await.unwrap();
        let rows = store.audit().audit_of(&subject().views()).await.unwrap();
        assert_eq!(rows.len(), 4);
        assert_chained(CHAIN, &rows);
    }

    async fn of_many_who_look_at_once_each_is_written_and_the_chain_holds(store: &TestStore) {
        let mut looking = JoinSet::new();
        for officer in 0..24 {
            let shared = store.shared();
            looking.spawn(async move {
                let actor = Actor::Officer(OfficerId::named(officer.to_string()));
                shared.audit().record_view(NewView { actor: &actor, subject: &subject(), what: "page", source: None, at: minutes(0) }).await.unwrap();
            });
        }
        looking.join_all().await;
        let rows = store.audit().audit_of(&subject().views()).await.unwrap();
        assert_eq!(rows.len(), 24);
        assert_chained(CHAIN, &rows);
    }

    async fn a_change_is_kept_with_where_its_request_came_from(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let new = store.submission(&draft, 1).await;
        current_request::within(CurrentRequest::from_source(Some("192.0.2.7".to_owned())), store.registrations().submit(&new)).await.unwrap();
        let subject = Subject::Registration(new.reference);
        let rows = store.audit().audit_of(&subject).await.unwrap();
        assert_eq!(rows[0].source.as_deref(), Some("192.0.2.7"));
        assert_chained(&subject.to_string(), &rows);
    }
}
