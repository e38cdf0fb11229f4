//! The audit of an older version is carried over to its second generation when the database is
//! opened: valid rows and seals still verify, and each fault is reported as before.

use std::fmt::Write;
use std::path::Path;

use server::randomness::sha256;
use server::store::{ChainFault, FaultKind, SEALS, Store, Subject};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::test_store::at_hour;
use crate::{databases, postgres};

/// The number of the migration that begins the second generation of the audit.
const CARRIED: i64 = 40;
const ADDRESS: &str = "192.0.2.1";
/// The hash of the first row of the first chain, as computed by the old version.
const FIRST_HASH: &str = "c94202e07e0f60bb6d2a5cddfe81d2d3560d6ae4c031dafa51c734dba084f416";

/// A row of the first generation, with its hash.
struct OldRow {
    subject: String,
    sequence: i64,
    details: String,
    source: Option<&'static str>,
    previous_hash: String,
    hash: String,
}

fn old_row(chain: u64, sequence: i64, previous_hash: &str) -> OldRow {
    let subject = format!("desk/chain-{chain}");
    let details = format!(r#"{{"words":"Siân O'Neill {chain}-{sequence}"}}"#);
    let source = (sequence > 1).then_some(ADDRESS);
    let mut text = String::new();
    let (number, at) = (sequence.to_string(), sequence.to_string());
    let columns = [
        &*subject,
        &number,
        &at,
        "officer/7",
        "noted",
        &details,
        previous_hash,
    ];
    for column in columns.into_iter().chain(source) {
        writeln!(text, "{}:{column}", column.len()).unwrap();
    }
    OldRow {
        subject,
        sequence,
        details,
        source,
        previous_hash: previous_hash.to_owned(),
        hash: sha256(text.as_bytes()),
    }
}

/// Returns three chains of four rows each.
fn old_rows() -> Vec<OldRow> {
    let mut rows: Vec<OldRow> = Vec::new();
    for chain in 1..=3 {
        for sequence in 1..=4 {
            let before = rows.last().filter(|_| sequence > 1);
            let previous = before.map_or_else(String::new, |row| row.hash.clone());
            rows.push(old_row(chain, sequence, &previous));
        }
    }
    rows
}

/// Returns the hash of a first-generation seal of these heads (the last rows of all chains).
fn old_seal(number: i64, previous_hash: &str, heads: &[&OldRow]) -> String {
    let mut text = format!("{number} {number} {previous_hash}\n");
    for (position, head) in (1..).zip(heads) {
        let OldRow {
            subject,
            sequence,
            hash,
            ..
        } = head;
        let length = subject.len();
        writeln!(text, "{position} {length}:{subject} {sequence} {hash}").unwrap();
    }
    sha256(text.as_bytes())
}

/// Returns the SQL that inserts the old rows and two seals, and the hashes of these seals.
fn old_content() -> (String, [String; 2]) {
    let mut sql = String::new();
    let rows = old_rows();
    for row in &rows {
        let OldRow {
            subject,
            sequence,
            details,
            source,
            previous_hash,
            hash,
        } = row;
        let details = details.replace('\'', "''");
        let source = source.map_or_else(|| "null".to_owned(), |source| format!("'{source}'"));
        writeln!(
            sql,
            "insert into audit values ('{subject}', {sequence}, {sequence}, 'officer/7', 'noted', \
             '{details}', '{previous_hash}', '{hash}', {source});"
        )
        .unwrap();
    }
    let mut seals: Vec<String> = Vec::new();
    for (number, sequence) in [(1, 2), (2, 4)] {
        let heads: Vec<&OldRow> = rows.iter().filter(|row| row.sequence == sequence).collect();
        let previous = seals.last().cloned().unwrap_or_default();
        let hash = old_seal(number, &previous, &heads);
        for (position, head) in (1..).zip(&heads) {
            let OldRow { subject, hash, .. } = head;
            writeln!(
                sql,
                "insert into audit_sealed_head values ({number}, {position}, '{subject}', \
                 {sequence}, '{hash}');"
            )
            .unwrap();
        }
        writeln!(
            sql,
            "insert into audit_seal values ({number}, {number}, 3, '{previous}', '{hash}');"
        )
        .unwrap();
        seals.push(hash);
    }
    (sql, [seals.remove(0), seals.remove(0)])
}

/// Creates a database with the migrations before `CARRIED` and the old rows, and damages its audit.
///
/// Returns the hashes of the seals.
async fn old_database(address: &str, damage: &str) -> [String; 2] {
    let (content, seals) = old_content();
    let is_postgres = address.starts_with("postgres");
    let engine = if is_postgres { "postgres" } else { "sqlite" };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(engine);
    let old = databases::folder();
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        let number: i64 = name.split('_').next().unwrap().parse().unwrap();
        if number < CARRIED {
            std::fs::copy(file.path(), old.path().join(name)).unwrap();
        }
    }
    let migrations = Migrator::new(old.path()).await.unwrap();
    let damage = if damage.is_empty() {
        String::new()
    } else {
        unguarded(damage, is_postgres)
    };
    let sql = AssertSqlSafe(format!("{content}{damage}"));
    if is_postgres {
        let mut connection = PgConnection::connect(address).await.unwrap();
        migrations.run(&mut connection).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    } else {
        let url = format!("sqlite:{address}?mode=rwc");
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        migrations.run(&mut connection).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
    seals
}

/// Returns the SQL that drops the audit's triggers, damages the audit, and restores the triggers
/// that the migration expects.
fn unguarded(damage: &str, is_postgres: bool) -> String {
    let tables = ["audit", "audit_sealed_head", "audit_seal"];
    let mut sql = String::new();
    for table in tables {
        for guard in ["updated", "deleted"] {
            let on = if is_postgres { " on " } else { "" };
            let named = if is_postgres { table } else { "" };
            write!(sql, "drop trigger {table}_is_never_{guard}{on}{named};").unwrap();
        }
    }
    write!(sql, "{damage};").unwrap();
    for table in tables {
        let refuses = if table == "audit" {
            "audit"
        } else {
            "audit_seal"
        };
        let body = if is_postgres {
            format!("for each statement execute function {refuses}_refuses_change();")
        } else {
            "begin select raise(abort, 'append-only'); end;".to_owned()
        };
        write!(
            sql,
            "create trigger {table}_is_never_updated before update on {table} {body}"
        )
        .unwrap();
    }
    sql
}

async fn verified(store: &Store) -> Vec<ChainFault> {
    let mut breaks = Vec::new();
    let audit = store.audit();
    let walked = audit.verify_audit(&mut |found| breaks.push(found)).await;
    walked.unwrap();
    breaks
}

fn broken(kinds: &[FaultKind]) -> Vec<ChainFault> {
    let in_chain = |kind: &FaultKind| ChainFault {
        subject: "desk/chain-2".to_owned(),
        kind: *kind,
    };
    kinds.iter().map(in_chain).collect()
}

#[tokio::test]
async fn an_audit_that_verified_is_carried_over_with_its_values_and_its_noted_seals() {
    let folder = databases::folder();
    for address in [databases::sqlite_in(&folder), postgres::schema().await] {
        let seals = old_database(&address, "").await;
        let store = Store::open(&address).await.unwrap();
        assert_eq!(verified(&store).await, []);
        for seal in &seals {
            assert!(store.audit().has_seal(seal).await.unwrap());
        }
        let found = store
            .audit()
            .search_audit(&server::store::AuditSearch::default(), 100)
            .await
            .unwrap();
        for old in old_rows() {
            let row = found
                .iter()
                .find(|found| (&found.subject, found.row.sequence) == (&old.subject, old.sequence));
            let row = &row.unwrap().row;
            assert_eq!(row.details, old.details);
            assert_eq!(row.source.as_deref(), old.source);
            assert_ne!(row.hash, old.hash, "the old hash tells the values");
        }
        let told = store.audit().audit_of(&Subject::Retention).await.unwrap();
        assert_eq!(told[0].action, "carried-over");
        assert_eq!(told[0].details, r#"{"faults":0,"rows":12,"seals":2}"#);
        // New rows and seals follow the old ones.
        let chains = server::store::Chains::All;
        let next = store.audit().seal_audit(at_hour(1), chains).await.unwrap();
        assert_eq!(next.unwrap().number, 3);
        store.close().await;
        let again = Store::open(&address).await.unwrap();
        assert_eq!(verified(&again).await, []);
        let told = again.audit().audit_of(&Subject::Retention).await.unwrap();
        assert_eq!(told.len(), 1, "it happens once");
        again.close().await;
    }
}

#[tokio::test]
async fn two_that_open_an_old_audit_at_once_carry_it_over_once() {
    let folder = databases::folder();
    for address in [databases::sqlite_in(&folder), postgres::schema().await] {
        old_database(&address, "").await;
        let (one, other) = tokio::join!(Store::open(&address), Store::open(&address));
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!(verified(&one).await, []);
        let told = other.audit().audit_of(&Subject::Retention).await.unwrap();
        assert_eq!(told.len(), 1);
    }
}

/// Each case is an SQL statement that damages the audit, with the faults that verification reports.
#[tokio::test]
async fn a_fault_of_an_old_audit_is_carried_over_and_not_healed() {
    use FaultKind::{BeforeFirst, Changed, CutOff, Gone, Missing, NotAsSealed, NotFollowing};
    let forged = old_row(2, 4, &"ab".repeat(32)).hash;
    let copy = "insert into audit select subject, PLACE, at, actor, action, details, \
                previous_hash, hash, source from audit where subject = 'desk/chain-2' and \
                sequence = 4";
    let of_chain = "where subject = 'desk/chain-2' and sequence";
    let cases: [(String, Vec<ChainFault>); 9] = [
        (
            format!("update audit set details = '{{}}' {of_chain} = 3"),
            broken(&[Changed(3)]),
        ),
        (
            format!("update audit set source = null {of_chain} = 2"),
            broken(&[Changed(2)]),
        ),
        (
            format!("update audit set hash = 'x' {of_chain} = 2"),
            broken(&[Changed(2), NotFollowing(3), NotAsSealed(2)]),
        ),
        (
            format!("delete from audit {of_chain} = 3"),
            broken(&[Missing(3, 3)]),
        ),
        (
            format!("delete from audit {of_chain} >= 3"),
            broken(&[CutOff {
                after: 2,
                sealed: 4,
            }]),
        ),
        (
            "delete from audit where subject = 'desk/chain-2'".to_owned(),
            broken(&[Gone(4)]),
        ),
        (copy.replace("PLACE", "0"), broken(&[BeforeFirst(0)])),
        (
            copy.replace("PLACE", "5"),
            broken(&[NotFollowing(5), Changed(5)]),
        ),
        (
            // A row that was rewritten with a hash that matches its contents.
            format!(
                "update audit set previous_hash = '{}', hash = '{forged}' {of_chain} = 4",
                "ab".repeat(32)
            ),
            broken(&[NotFollowing(4), NotAsSealed(4)]),
        ),
    ];
    for (damage, breaks) in cases {
        let folder = databases::folder();
        for address in [databases::sqlite_in(&folder), postgres::schema().await] {
            old_database(&address, &damage).await;
            let store = Store::open(&address).await.unwrap();
            assert_eq!(verified(&store).await, breaks, "{damage}");
            let told = store.audit().audit_of(&Subject::Retention).await.unwrap();
            assert_eq!(told[0].action, "carried-over");
            store.close().await;
        }
    }
}

#[tokio::test]
async fn a_broken_seal_of_an_old_audit_is_carried_over_and_not_healed() {
    let seals = |kind| {
        vec![ChainFault {
            subject: SEALS.to_owned(),
            kind,
        }]
    };
    let cases = [
        (
            "update audit_seal set at = 9 where number = 1",
            seals(FaultKind::Changed(1)),
        ),
        (
            "delete from audit_seal where number = 1",
            seals(FaultKind::Missing(1, 1)),
        ),
        (
            "update audit_seal set heads = 2 where number = 2",
            seals(FaultKind::Changed(2)),
        ),
    ];
    for (damage, breaks) in cases {
        let folder = databases::folder();
        for address in [databases::sqlite_in(&folder), postgres::schema().await] {
            old_database(&address, damage).await;
            let store = Store::open(&address).await.unwrap();
            assert_eq!(verified(&store).await, breaks, "{damage}");
            store.close().await;
        }
    }
}

/// SQLite can store a value of any type in any column; this row has a value of the wrong type.
#[tokio::test]
async fn an_old_row_that_cannot_be_read_stays_as_it_is() {
    let folder = databases::folder();
    let address = databases::sqlite_in(&folder);
    let damage = "update audit set details = x'00ff' where subject = 'desk/chain-2' and sequence \
                  = 3";
    old_database(&address, damage).await;
    let store = Store::open(&address).await.unwrap();
    let unreadable = FaultKind::Unreadable(3, "details_digest");
    assert_eq!(verified(&store).await, broken(&[unreadable]));
}

#[test]
fn the_hashes_of_old_rows_are_those_of_the_old_version() {
    assert_eq!(old_rows()[0].hash, FIRST_HASH);
}
