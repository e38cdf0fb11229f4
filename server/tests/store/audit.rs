//! The audit trail: each subject has a hash chain, each hash covers every column, and rows cannot
//! be changed.

use server::store::{Entry, Subject};

use crate::test_store::at_hour;

fn entry() -> Entry {
    Entry {
        subject: "registration/CP-0000-0000".to_owned(),
        sequence: 1,
        at: at_hour(0),
        actor: "applicant".to_owned(),
        action: "submitted".to_owned(),
        details_digest: "5a".repeat(32),
        source_digest: None,
        previous_hash: String::new(),
    }
}

contract! {
    async fn the_first_row_of_a_registration_tells_who_did_what_and_when(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let new = store.submission(&draft, 1).await;
        store.registrations().submit(&new).await.unwrap();
        let subject = Subject::Registration(new.reference);
        let rows = store.audit().audit_of(&subject).await.unwrap();
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.sequence, row.at), (1, at_hour(2).millis()));
        assert_eq!((row.actor.as_str(), row.action.as_str()), ("applicant", "submitted"));
        assert_eq!(row.previous_hash, "");
        let details: serde_json::Value = serde_json::from_str(&row.details).unwrap();
        assert_eq!(details["users"], 3);
        assert_eq!(details["terms_sha256"], new.terms_sha256);
        assert!(!row.details.contains("hartwell"), "answers do not belong in the trail");
    }

    async fn the_hash_of_a_row_is_that_of_what_is_kept(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let new = store.submission(&draft, 1).await;
        store.registrations().submit(&new).await.unwrap();
        let subject = Subject::Registration(new.reference);
        let rows = store.audit().audit_of(&subject).await.unwrap();
        let row = rows.into_iter().next().unwrap();
        assert_eq!((&row.source, &row.source_digest), (&None, &None));
        assert_eq!(row.entry(&subject.to_string()).hash(), row.hash);
    }

    async fn the_database_refuses_to_change_or_delete_a_row(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        store.registrations().submit(&store.submission(&draft, 1).await).await.unwrap();
        for statement in [
            "update audit set actor = 'nobody'",
            "update audit set hash = hash",
            "delete from audit",
            "delete from audit where sequence = 1",
        ] {
            let error = store.execute(statement).await.unwrap_err();
            assert!(error.to_string().contains("append-only"), "{statement}: {error}");
        }
        assert_eq!(store.number("select count(*) from audit where actor = 'applicant'").await, 1);
    }

    async fn one_place_of_a_chain_is_taken_once(store: &TestStore) {
        let insert = "insert into audit (subject, sequence, at, actor, action, details_digest, previous_hash, hash) \
                      values ('desk/settings', 1, 0, 'a', 'b', '{}', '', 'c')";
        store.execute(insert).await.unwrap();
        store.execute(insert).await.unwrap_err();
        assert_eq!(store.audit().audit_of(&Subject::Settings).await.unwrap().len(), 1);
        assert!(store.audit().audit_of(&Subject::Batch(1)).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn postgres_refuses_to_truncate_the_trail() {
    let store = crate::test_store::TestStore::on_postgres().await;
    let error = store.execute("truncate audit").await.unwrap_err();
    assert!(error.to_string().contains("append-only"), "{error}");
}

#[test]
fn the_hash_is_of_every_column_and_of_where_each_begins() {
    let original = entry().hash();
    assert_eq!(original.len(), 64);
    assert_eq!(original, entry().hash());
    let others = [
        Entry {
            subject: "registration/CP-0000-0001".to_owned(),
            ..entry()
        },
        Entry {
            sequence: 2,
            ..entry()
        },
        Entry {
            at: at_hour(1),
            ..entry()
        },
        Entry {
            actor: "officer".to_owned(),
            ..entry()
        },
        Entry {
            action: "decided".to_owned(),
            ..entry()
        },
        Entry {
            details_digest: "a5".repeat(32),
            ..entry()
        },
        Entry {
            source_digest: Some("a5".repeat(32)),
            ..entry()
        },
        Entry {
            previous_hash: original.clone(),
            ..entry()
        },
        // A letter moved from one column to the next changes the hash.
        Entry {
            actor: "applicants".to_owned(),
            action: "ubmitted".to_owned(),
            ..entry()
        },
        Entry {
            actor: "applicant\n9:submitted".to_owned(),
            action: String::new(),
            ..entry()
        },
    ];
    let mut hashes: Vec<String> = others.iter().map(Entry::hash).collect();
    hashes.push(original);
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), others.len() + 1);
}
