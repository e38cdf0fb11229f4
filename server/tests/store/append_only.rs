//! Append-only tables can be neither overwritten nor emptied. SQLite’s `insert or replace` does not
//! fire a delete trigger, and PostgreSQL’s `truncate` does not fire a row trigger, so each database
//! needs a guard of its own.

use registration::desk::{Note, OfficerRole};
use registration::identifiers::Email;
use server::store::{Actor, Chains, NewNote, NewOfficer, NewView, OfficerId, Subject};

use crate::test_store::{TestStore, at_hour};

/// Stores a registration with two page views and two notes, and seals the audit twice.
async fn kept(store: &TestStore) {
    let draft = store.begin_signed(1).await;
    let new = store.submission(&draft, 1).await;
    store.registrations().submit(&new).await.unwrap();
    store
        .audit()
        .seal_audit(at_hour(2), Chains::All)
        .await
        .unwrap();
    let officer = NewOfficer {
        id: "7".to_owned(),
        name: "Officer".to_owned(),
        email: Email::parse("officer@desk.example").unwrap(),
        role: OfficerRole::Officer,
        at: at_hour(0),
    };
    assert!(store.officers().add_officer(&officer).await.unwrap());
    let lifecycle = store
        .casework()
        .lifecycle(&new.reference)
        .await
        .unwrap()
        .unwrap();
    for hour in [3, 4] {
        let note = NewNote {
            id: format!("note-{hour}"),
            note: Note::parse("They rang back.").unwrap(),
            officer: OfficerId::named("7"),
            at: at_hour(hour),
        };
        store.casework().add_note(&lifecycle, &note).await.unwrap();
        let subject = Subject::Registration(new.reference);
        store
            .audit()
            .record_view(NewView {
                actor: &Actor::Officer(OfficerId::named("7")),
                subject: &subject,
                what: "page",
                source: None,
                at: at_hour(hour),
            })
            .await
            .unwrap();
    }
    store
        .audit()
        .seal_audit(at_hour(5), Chains::All)
        .await
        .unwrap();
}

async fn assert_refused(store: &TestStore, statement: &'static str) {
    match store.execute(statement).await {
        Ok(rows) => panic!("{statement}: {rows}"),
        Err(error) => assert!(
            error.to_string().contains("append-only"),
            "{statement}: {error}"
        ),
    }
}

#[tokio::test]
async fn sqlite_refuses_to_replace_a_row_by_its_key_or_its_place() {
    let store = TestStore::on_sqlite().await;
    kept(&store).await;
    for statement in [
        "insert or replace into audit select * from audit",
        "replace into audit select subject, sequence, 0, actor, action, details_digest, previous_hash, hash, source_digest from audit",
        "insert or replace into audit (rowid, subject, sequence, at, actor, action, details_digest, previous_hash, hash) \
         values (2, 'another', 1, 0, 'a', 'b', '{}', '', 'c')",
        "insert or replace into audit (rowid, subject, sequence, at, actor, action, details_digest, previous_hash, hash) \
         values (-1, 'another', 1, 0, 'a', 'b', '{}', '', 'c')",
        "insert or replace into audit select subject, cast(sequence as text), 0, actor, action, details_digest, \
         previous_hash, hash, source_digest from audit",
        "insert into audit select * from audit where true on conflict (subject, sequence) do update set at = 0",
        "insert or replace into audit_seal select number, 0, heads, previous_hash, hash, null from audit_seal",
        "insert or replace into audit_seal (rowid, number, at, heads, previous_hash, hash) \
         values (1, 77, 0, 0, '', '')",
        "insert or replace into audit_seal (rowid, number, at, heads, previous_hash, hash) \
         values (-1, 77, 0, 0, '', '')",
        "insert or replace into audit_sealed_head select seal, position, subject, 1, hash from audit_sealed_head",
        "insert or replace into audit_sealed_head (rowid, seal, position, subject, sequence, hash) \
         values (1, 77, 1, 'a', 1, 'b')",
        "insert or replace into audit_sealed_head (rowid, seal, position, subject, sequence, hash) \
         values (0, 77, 1, 'a', 1, 'b')",
        "insert or replace into audit_value select * from audit_value",
        "replace into audit_value select subject, sequence, details_key, '{}', null, null from audit_value",
        "insert into audit_value select * from audit_value where true on conflict (subject, sequence) do update set \
         details = '{}'",
        "update audit_value set details = '{}'",
        "update audit_value set source = null, source_key = null",
        "delete from audit_value",
        "update audit_generation set generation = 1",
        "delete from audit_generation",
        "insert into audit_generation values (2, 1)",
        "insert or replace into audit_generation values (1, 1)",
        "insert or replace into registration_note select id, registration_id, officer_id, noted_at, 'Other' \
         from registration_note",
        "insert or replace into registration_note (rowid, id, registration_id, officer_id, noted_at, words) \
         select 1, 'another', registration_id, officer_id, 0, 'Other' from registration_note limit 1",
        "insert or replace into registration_note (rowid, id, registration_id, officer_id, noted_at, words) \
         select -1, 'another', registration_id, officer_id, 0, 'Other' from registration_note limit 1",
    ] {
        assert_refused(&store, statement).await;
    }
    // New rows are still accepted.
    store
        .audit()
        .record_view(NewView {
            actor: &Actor::Officer(OfficerId::named("7")),
            subject: &Subject::Batch(1),
            what: "page",
            source: None,
            at: at_hour(6),
        })
        .await
        .unwrap();
    store
        .audit()
        .seal_audit(at_hour(7), Chains::All)
        .await
        .unwrap();
    let mut breaks = Vec::new();
    store
        .audit()
        .verify_audit(&mut |found| breaks.push(found))
        .await
        .unwrap();
    assert_eq!(breaks, []);
}

#[tokio::test]
async fn postgres_refuses_to_empty_a_table_alone_or_with_what_it_hangs_on() {
    let store = TestStore::on_postgres().await;
    kept(&store).await;
    for statement in [
        "truncate audit",
        "truncate audit_seal",
        "truncate audit_sealed_head",
        "truncate audit_value",
        "delete from audit_value",
        "update audit_value set details = '{}'",
        "update audit_value set source = null, source_key = null",
        "insert into audit_value select * from audit_value on conflict (subject, sequence) do update set details = ''",
        "update audit_generation set generation = 1",
        "delete from audit_generation",
        "truncate audit_generation",
        "insert into audit_generation values (2, 1)",
        "truncate registration_note",
        "truncate registration cascade",
        "truncate officer cascade",
        "insert into audit select * from audit on conflict (subject, sequence) do update set at = 0",
        "insert into registration_note select * from registration_note on conflict (id) do update set words = ''",
    ] {
        assert_refused(&store, statement).await;
    }
}
