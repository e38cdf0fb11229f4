//! Verification of a damaged audit: each kind of damage is reported with its row, on both
//! databases.

use registration::identifiers::Reference;
use server::store::{
    Actor, AuditSearch, ChainFault, Chains, FaultKind, NewView, OfficerId, RowPlace, SEALS, Subject,
};

use crate::test_store::{TestStore, at_hour};

/// Stores three unsealed chains of five page views each.
async fn kept(store: &TestStore) {
    for number in 1..=3 {
        for look in 1..=5_i64 {
            let actor = Actor::Officer(OfficerId::named(look.to_string()));
            let subject = subject(number);
            store
                .audit()
                .record_view(NewView {
                    actor: &actor,
                    subject: &subject,
                    what: "page",
                    source: Some("192.0.2.1"),
                    at: at_hour(look),
                })
                .await
                .unwrap();
        }
    }
}

fn subject(number: u64) -> Subject {
    Subject::Registration(Reference::from_random(number))
}

/// Returns the chain that the tests damage; the other two must verify.
fn chain() -> String {
    subject(1).views().to_string()
}

async fn verified(store: &TestStore) -> Vec<ChainFault> {
    let mut breaks = Vec::new();
    store
        .audit()
        .verify_audit(&mut |found| breaks.push(found))
        .await
        .unwrap();
    breaks
}

/// Drops the triggers that guard the audit, as somebody with access to the database could.
async fn unguarded(store: &TestStore) {
    for (trigger, table) in [
        ("audit_is_never_updated", "audit"),
        ("audit_is_never_deleted", "audit"),
        ("audit_seal_is_never_updated", "audit_seal"),
        ("audit_seal_is_never_deleted", "audit_seal"),
        ("audit_sealed_head_is_never_updated", "audit_sealed_head"),
        ("audit_sealed_head_is_never_deleted", "audit_sealed_head"),
    ] {
        store
            .execute_on_sqlite_or_postgres(
                format!("drop trigger {trigger}"),
                format!("drop trigger {trigger} on {table}"),
            )
            .await;
    }
    store
        .execute_on_sqlite_or_postgres(
            "drop trigger audit_value_is_never_deleted; \
             drop trigger audit_value_loses_its_address_alone"
                .to_owned(),
            "drop trigger audit_value_is_never_changed on audit_value".to_owned(),
        )
        .await;
}

/// Runs a statement in which `CHAIN` stands for the subject of the chain to damage.
async fn break_by(store: &TestStore, statement: &str) {
    let statement = statement.replace("CHAIN", &chain());
    store
        .execute_on_sqlite_or_postgres(statement.clone(), statement)
        .await;
}

fn broken(kind: FaultKind) -> ChainFault {
    ChainFault {
        subject: chain(),
        kind,
    }
}

contract! {
    async fn what_nobody_broke_holds_with_and_without_seals(store: &TestStore) {
        assert!(verified(store).await.is_empty());
        kept(store).await;
        assert!(verified(store).await.is_empty());
        let seal = store.audit().seal_audit(at_hour(6), Chains::Recent).await.unwrap().unwrap();
        assert_eq!((seal.number, seal.heads, seal.previous_hash.as_str()), (1, 3, ""));
        // No chain has grown since the last seal.
        assert_eq!(store.audit().seal_audit(at_hour(7), Chains::All).await.unwrap(), None);
        store.audit().record_view(NewView { actor: &Actor::Officer(OfficerId::named("9")), subject: &Subject::Batch(1), what: "page", source: None, at: at_hour(8) }).await.unwrap();
        let next = store.audit().seal_audit(at_hour(9), Chains::Recent).await.unwrap().unwrap();
        assert_eq!((next.number, next.heads, &next.previous_hash), (2, 1, &seal.hash));
        let mut breaks = Vec::new();
        let walked = store.audit().verify_audit(&mut |found| breaks.push(found)).await.unwrap();
        assert_eq!(breaks, []);
        assert_eq!((walked.rows, walked.chains, walked.seals), (16, 4, 2));
        assert_eq!(walked.sealed_at, Some(at_hour(9).millis()));
        assert!(store.audit().has_seal(&seal.hash).await.unwrap());
        assert!(!store.audit().has_seal("noted").await.unwrap());
    }

    async fn rows_of_long_ago_are_sealed_when_every_chain_is_compared(store: &TestStore) {
        kept(store).await;
        assert_eq!(store.audit().seal_audit(at_hour(100), Chains::Recent).await.unwrap(), None);
        let seal = store.audit().seal_audit(at_hour(100), Chains::All).await.unwrap().unwrap();
        assert_eq!(seal.heads, 3);
    }

    async fn the_database_refuses_to_change_or_delete_a_seal(store: &TestStore) {
        kept(store).await;
        store.audit().seal_audit(at_hour(6), Chains::All).await.unwrap();
        for statement in [
            "update audit_seal set at = 0",
            "delete from audit_seal",
            "update audit_sealed_head set sequence = 1",
            "delete from audit_sealed_head",
        ] {
            let error = store.execute(statement).await.unwrap_err();
            assert!(error.to_string().contains("append-only"), "{statement}: {error}");
        }
    }

    async fn a_row_whose_contents_were_changed_is_named(store: &TestStore) {
        kept(store).await;
        unguarded(store).await;
        for (table, column) in [
            ("audit", "actor"),
            ("audit", "action"),
            ("audit", "details_digest"),
            ("audit", "source_digest"),
            ("audit_value", "details_key"),
            ("audit_value", "details"),
            ("audit_value", "source_key"),
            ("audit_value", "source"),
        ] {
            let statement = format!("update {table} set {column} = {column} || 'x' where subject = 'CHAIN' and sequence = 3");
            break_by(store, &statement).await;
            assert_eq!(verified(store).await, [broken(FaultKind::Changed(3))], "{column}");
            let back = format!(
                "update {table} set {column} = substr({column}, 1, length({column}) - 1) \
                 where subject = 'CHAIN' and sequence = 3"
            );
            break_by(store, &back).await;
            assert!(verified(store).await.is_empty(), "{column}");
        }
        break_by(store, "update audit set at = at + 1 where subject = 'CHAIN' and sequence = 3").await;
        break_by(store, "update audit_value set source = null where subject = 'CHAIN' and sequence = 5").await;
        let both = [broken(FaultKind::Changed(3)), broken(FaultKind::Changed(5))];
        assert_eq!(verified(store).await, both);
        // Verifying one chain: first the damaged one, then an intact one.
        assert_eq!(store.audit().verify_chain(&chain()).await.unwrap().1, both);
        let whole = subject(2).views().to_string();
        let (walked, breaks) = store.audit().verify_chain(&whole).await.unwrap();
        assert_eq!((walked.rows, walked.chains, breaks.len()), (5, 1, 0));
    }

    async fn a_value_that_was_deleted_is_named_unless_its_chain_says_that_it_was_erased(store: &TestStore) {
        kept(store).await;
        unguarded(store).await;
        break_by(store, "delete from audit_value where subject = 'CHAIN' and sequence in (2, 4)").await;
        assert_eq!(verified(store).await, [broken(FaultKind::ValuesMissing(2, 4))]);
        let whole = subject(2).views().to_string();
        break_by(store, &format!("update audit_value set source = null, source_key = null where subject = '{whole}' and sequence = 5")).await;
        let missing = ChainFault { subject: whole, kind: FaultKind::ValuesMissing(5, 5) };
        assert_eq!(verified(store).await, [broken(FaultKind::ValuesMissing(2, 4)), missing]);
    }

    async fn a_row_that_was_written_anew_with_its_hash_is_told_by_the_one_after_it(store: &TestStore) {
        kept(store).await;
        unguarded(store).await;
        break_by(store, "update audit set hash = 'x' where subject = 'CHAIN' and sequence = 3").await;
        assert_eq!(verified(store).await, [broken(FaultKind::Changed(3)), broken(FaultKind::NotFollowing(4))]);
    }

    async fn rows_that_are_missing_in_the_middle_are_named(store: &TestStore) {
        kept(store).await;
        unguarded(store).await;
        break_by(store, "delete from audit where subject = 'CHAIN' and sequence in (2, 3)").await;
        assert_eq!(verified(store).await, [broken(FaultKind::Missing(2, 3))]);
        break_by(store, "delete from audit where subject = 'CHAIN' and sequence = 1").await;
        assert_eq!(verified(store).await, [broken(FaultKind::Missing(1, 3))]);
    }

    async fn a_row_that_was_put_in_is_named(store: &TestStore) {
        const COPY: &str = "insert into audit (subject, sequence, at, actor, action, details_digest, previous_hash, hash, source_digest) \
                            select subject, PLACE, at, actor, action, details_digest, previous_hash, hash, source_digest \
                            from audit where subject = 'CHAIN' and sequence = 4";
        kept(store).await;
        break_by(store, &COPY.replace("PLACE", "6")).await;
        assert_eq!(verified(store).await, [broken(FaultKind::NotFollowing(6)), broken(FaultKind::Changed(6))]);
        break_by(store, &COPY.replace("PLACE", "0")).await;
        let all = [FaultKind::BeforeFirst(0), FaultKind::NotFollowing(6), FaultKind::Changed(6)];
        assert_eq!(verified(store).await, all.map(broken));
    }

    async fn an_end_that_was_cut_off_is_told_by_the_seal(store: &TestStore) {
        kept(store).await;
        store.audit().seal_audit(at_hour(6), Chains::Recent).await.unwrap();
        unguarded(store).await;
        break_by(store, "delete from audit where subject = 'CHAIN' and sequence >= 4").await;
        break_by(store, "delete from audit_value where subject = 'CHAIN' and sequence >= 4").await;
        let cut_off = broken(FaultKind::CutOff { after: 3, sealed: 5 });
        assert_eq!(verified(store).await, std::slice::from_ref(&cut_off));
        assert_eq!(store.audit().verify_chain(&chain()).await.unwrap().1, [cut_off]);
        // New rows in place of the deleted ones are detected too, although their hashes form a
        // valid chain.
        for hour in [7, 8] {
            store.audit().record_view(NewView { actor: &Actor::Officer(OfficerId::named("forger")), subject: &subject(1), what: "page", source: None, at: at_hour(hour) }).await.unwrap();
        }
        assert_eq!(verified(store).await, [broken(FaultKind::NotAsSealed(5))]);
        store.audit().seal_audit(at_hour(9), Chains::All).await.unwrap();
        assert_eq!(verified(store).await, [broken(FaultKind::NotAsSealed(5))], "a later seal hides nothing");
    }

    async fn rows_that_were_deleted_without_their_values_leave_a_gap(store: &TestStore) {
        kept(store).await;
        unguarded(store).await;
        break_by(store, "delete from audit where subject = 'CHAIN'").await;
        store.audit().record_view(NewView { actor: &Actor::Somebody, subject: &subject(1), what: "page", source: None, at: at_hour(7) }).await.unwrap();
        assert_eq!(verified(store).await, [broken(FaultKind::Missing(1, 5))]);
    }

    async fn a_chain_that_is_gone_is_told_by_the_seal(store: &TestStore) {
        kept(store).await;
        store.audit().seal_audit(at_hour(6), Chains::Recent).await.unwrap();
        unguarded(store).await;
        break_by(store, "delete from audit where subject = 'CHAIN'").await;
        assert_eq!(verified(store).await, [broken(FaultKind::Gone(5))]);
        assert_eq!(store.audit().verify_chain(&chain()).await.unwrap().1, [broken(FaultKind::Gone(5))]);
    }

    async fn a_seal_that_was_changed_or_is_missing_is_named(store: &TestStore) {
        kept(store).await;
        let mut last = String::new();
        for hour in 6..10 {
            store.audit().record_view(NewView { actor: &Actor::Officer(OfficerId::named("9")), subject: &Subject::Batch(1), what: "page", source: None, at: at_hour(hour) }).await.unwrap();
            last = store.audit().seal_audit(at_hour(hour), Chains::Recent).await.unwrap().unwrap().hash;
        }
        unguarded(store).await;
        let seals = |kind| ChainFault { subject: SEALS.to_owned(), kind };
        store.execute("update audit_sealed_head set sequence = 1 where seal = 2").await.unwrap();
        // The changed head names another row, so verification may report further faults too.
        assert!(verified(store).await.contains(&seals(FaultKind::Changed(2))));
        store.execute("delete from audit_sealed_head where seal = 2").await.unwrap();
        store.execute("delete from audit_seal where number = 2").await.unwrap();
        assert_eq!(verified(store).await, [seals(FaultKind::Missing(2, 2))]);
        // Verification cannot tell that the last seals are gone, but somebody who noted the last
        // hash can.
        assert!(store.audit().has_seal(&last).await.unwrap());
        store.execute("delete from audit_sealed_head where seal = 4").await.unwrap();
        store.execute("delete from audit_seal where number = 4").await.unwrap();
        assert!(!store.audit().has_seal(&last).await.unwrap());
    }

    async fn seals_that_were_deleted_and_left_their_heads_are_named(store: &TestStore) {
        kept(store).await;
        for hour in 6..9 {
            store.audit().record_view(NewView { actor: &Actor::Officer(OfficerId::named("9")), subject: &Subject::Batch(1), what: "page", source: None, at: at_hour(hour) }).await.unwrap();
            store.audit().seal_audit(at_hour(hour), Chains::All).await.unwrap().unwrap();
        }
        unguarded(store).await;
        let seals = |kind| ChainFault { subject: SEALS.to_owned(), kind };
        store.execute("delete from audit_seal where number = 3").await.unwrap();
        assert_eq!(verified(store).await, [seals(FaultKind::HeadsWithoutSeal(3, 3))]);
        store.execute("delete from audit_seal").await.unwrap();
        assert_eq!(verified(store).await, [seals(FaultKind::HeadsWithoutSeal(1, 3))]);
        // The next seal covers every chain again, and hides nothing.
        let next = store.audit().seal_audit(at_hour(9), Chains::All).await.unwrap().unwrap();
        assert_eq!((next.number, next.heads), (4, 4));
        assert_eq!(verified(store).await, [seals(FaultKind::Missing(1, 3))]);
    }

    async fn how_many_chains_a_seal_says_it_has_is_how_many_it_has(store: &TestStore) {
        kept(store).await;
        store.audit().seal_audit(at_hour(6), Chains::All).await.unwrap().unwrap();
        unguarded(store).await;
        store.execute("update audit_seal set heads = 2").await.unwrap();
        assert_eq!(verified(store).await, [ChainFault { subject: SEALS.to_owned(), kind: FaultKind::Changed(1) }]);
    }

    async fn chains_of_long_ago_are_sealed_piece_by_piece(store: &TestStore) {
        kept(store).await;
        let late = at_hour(1_000);
        // A piece contains whole chains. Each call seals at most two pieces here, and the next call
        // goes on after them.
        let first = store.audit().seal_missed(late, 2, 3).await.unwrap();
        assert_eq!(first.iter().map(|seal| seal.heads).collect::<Vec<_>>(), [1, 1]);
        let second = store.audit().seal_missed(late, 2, 3).await.unwrap();
        assert_eq!(second.iter().map(|seal| seal.heads).collect::<Vec<_>>(), [1]);
        // The next call starts with the first chain again. At first no chain has grown since it was
        // sealed; then one has.
        assert_eq!(store.audit().seal_missed(late, 10, 3).await.unwrap(), []);
        store.audit().record_view(NewView { actor: &Actor::Officer(OfficerId::named("9")), subject: &subject(1), what: "page", source: None, at: at_hour(8) }).await.unwrap();
        assert_eq!(store.audit().seal_missed(late, 10, 1_000).await.unwrap().len(), 1);
        assert!(verified(store).await.is_empty());
        unguarded(store).await;
        break_by(store, "delete from audit where subject = 'CHAIN'").await;
        assert_eq!(verified(store).await, [broken(FaultKind::Gone(6))]);
    }

    async fn a_registration_without_a_chain_is_named_though_nothing_was_sealed(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        let new = store.submission(&draft, 1).await;
        store.registrations().submit(&new).await.unwrap();
        assert!(verified(store).await.is_empty());
        unguarded(store).await;
        store.execute("delete from audit").await.unwrap();
        let subject = Subject::Registration(new.reference);
        let gone = [ChainFault { subject: subject.to_string(), kind: FaultKind::WithoutChain }];
        assert_eq!(verified(store).await, gone);
        assert_eq!(store.audit().verify_chain(&subject.to_string()).await.unwrap().1, gone);
        assert!(store.audit().verify_chain("registration/CP-0000-0000").await.unwrap().1.is_empty());
    }

    async fn what_is_searched_is_found_newest_first_page_by_page(store: &TestStore) {
        kept(store).await;
        let all = store.audit().search_audit(&AuditSearch::default(), 100).await.unwrap();
        assert_eq!(all.len(), 15);
        assert!(all.iter().zip(&all[1..]).all(|(newer, older)| {
            (newer.row.at, &newer.subject) > (older.row.at, &older.subject)
        }));
        // The pages of seven rows add up to the whole result.
        let mut paged = Vec::new();
        let mut after: Option<RowPlace> = None;
        loop {
            let search = AuditSearch { after: after.clone(), ..AuditSearch::default() };
            let page = store.audit().search_audit(&search, 7).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.place());
            paged.extend(page);
        }
        assert_eq!(paged, all);
        let searches = [
            (AuditSearch { subjects: vec![chain()], ..AuditSearch::default() }, 5),
            (AuditSearch { subjects: vec![chain(), subject(1).to_string()], ..AuditSearch::default() }, 5),
            (AuditSearch { actor: Some("officer/2".to_owned()), ..AuditSearch::default() }, 3),
            (AuditSearch { action: Some("seen".to_owned()), ..AuditSearch::default() }, 15),
            (AuditSearch { action: Some("approved".to_owned()), ..AuditSearch::default() }, 0),
            (AuditSearch { from: Some(at_hour(4)), ..AuditSearch::default() }, 6),
            (AuditSearch { until: Some(at_hour(4)), ..AuditSearch::default() }, 9),
            (
                AuditSearch {
                    subjects: vec![chain()],
                    actor: Some("officer/2".to_owned()),
                    action: Some("seen".to_owned()),
                    from: Some(at_hour(2)),
                    until: Some(at_hour(3)),
                    after: None,
                },
                1,
            ),
        ];
        for (search, count) in searches {
            let found = store.audit().search_audit(&search, 100).await.unwrap();
            assert_eq!(found.len(), count, "{search:?}");
        }
        assert_eq!(store.audit().audit_actions().await.unwrap(), ["seen"]);
    }

    async fn two_servers_that_seal_at_once_leave_one_chain_of_seals(store: &TestStore) {
        kept(store).await;
        let (one, other) = (store.shared(), store.shared());
        let (one, other) = tokio::join!(
            tokio::spawn(async move { one.audit().seal_audit(at_hour(6), Chains::Recent).await.unwrap() }),
            tokio::spawn(async move { other.audit().seal_audit(at_hour(6), Chains::Recent).await.unwrap() }),
        );
        let seals = [one.unwrap(), other.unwrap()];
        assert_eq!(seals.iter().flatten().count(), 1, "{seals:?}");
        assert!(verified(store).await.is_empty());
    }
}

/// SQLite stores a value of any type in any column; PostgreSQL refuses a wrong type.
#[tokio::test]
async fn a_row_with_a_column_of_another_type_is_named_and_the_rest_is_still_walked() {
    let store = TestStore::on_sqlite().await;
    kept(&store).await;
    unguarded(&store).await;
    // A column of row 3, and a value of the wrong type for it.
    for (table, column, value) in [
        ("audit", "at", "'abc'"),
        ("audit", "at", "12.5"),
        ("audit", "actor", "x'00ff'"),
        ("audit", "details_digest", "x'00ff'"),
        ("audit_value", "details", "x'00ff'"),
        ("audit_value", "source", "x'00ff'"),
        ("audit_value", "source_key", "x'00ff'"),
        ("audit", "hash", "x'00ff'"),
    ] {
        let damage = format!(
            "create table was as select * from {table} where subject = 'CHAIN' and sequence = 3; \
             update {table} set {column} = {value} where subject = 'CHAIN' and sequence = 3"
        );
        break_by(&store, &damage).await;
        let told = [broken(FaultKind::Unreadable(3, column))];
        assert_eq!(verified(&store).await, told, "{column} {value}");
        assert_eq!(store.audit().verify_chain(&chain()).await.unwrap().1, told);
        let rows = store.audit().audit_of(&subject(1).views()).await.unwrap();
        assert_eq!((rows.len(), &*rows[2].unreadable), (5, &[column][..]));
        assert!(rows[2].cannot_be_read().unwrap().contains(column));
        let found = store
            .audit()
            .search_audit(&AuditSearch::default(), 100)
            .await
            .unwrap();
        assert_eq!(found.len(), 15, "{column} {value}");
        store.audit().audit_actions().await.unwrap();
        break_by(
            &store,
            &format!(
                "update {table} set {column} = (select {column} from was) \
                 where subject = 'CHAIN' and sequence = 3; drop table was"
            ),
        )
        .await;
        assert!(verified(&store).await.is_empty(), "{column} {value}");
    }
}

#[tokio::test]
async fn a_row_whose_place_is_no_place_is_named_and_its_chain_goes_on() {
    let store = TestStore::on_sqlite().await;
    kept(&store).await;
    unguarded(&store).await;
    break_by(
        &store,
        "update audit set sequence = 'abc' where subject = 'CHAIN' and sequence = 5",
    )
    .await;
    break_by(
        &store,
        "update audit set subject = x'00ff' where subject = 'CHAIN' and sequence = 3",
    )
    .await;
    let told = verified(&store).await;
    assert_eq!(told[0], broken(FaultKind::Missing(3, 3)));
    let misplaced: Vec<(&str, &str)> = told[1..]
        .iter()
        .map(|found| match found.kind {
            FaultKind::Misplaced { column, .. } => (found.subject.as_str(), column),
            kind => panic!("{kind}"),
        })
        .collect();
    assert_eq!(
        misplaced,
        [("no subject", "subject"), (&*chain(), "sequence")]
    );
    // The number of the next row follows both the last valid sequence number and the last number
    // with values.
    store
        .audit()
        .record_view(NewView {
            actor: &Actor::Officer(OfficerId::named("9")),
            subject: &subject(1),
            what: "page",
            source: None,
            at: at_hour(9),
        })
        .await
        .unwrap();
    let rows = store.audit().audit_of(&subject(1).views()).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.sequence).collect::<Vec<_>>(),
        [1, 2, 4, 6, 0]
    );
    store
        .audit()
        .seal_audit(at_hour(10), Chains::All)
        .await
        .unwrap();
    let mut and_its_place = told.clone();
    and_its_place.insert(1, broken(FaultKind::Missing(5, 5)));
    assert_eq!(verified(&store).await, and_its_place);
}

#[tokio::test]
async fn a_seal_or_a_head_with_a_column_of_another_type_is_named() {
    for statement in [
        "update audit_seal set at = 'abc'",
        "update audit_seal set hash = x'00ff'",
        "update audit_sealed_head set position = 'abc' where position = 2",
        "update audit_sealed_head set sequence = 12.5 where position = 2",
        "update audit_sealed_head set hash = x'00ff' where position = 2",
        "update audit_sealed_head set subject = x'00ff' where position = 2",
    ] {
        let store = TestStore::on_sqlite().await;
        kept(&store).await;
        store
            .audit()
            .seal_audit(at_hour(6), Chains::All)
            .await
            .unwrap();
        unguarded(&store).await;
        store.execute(statement).await.unwrap();
        let changed = ChainFault {
            subject: SEALS.to_owned(),
            kind: FaultKind::Changed(1),
        };
        assert!(verified(&store).await.contains(&changed), "{statement}");
    }
}
