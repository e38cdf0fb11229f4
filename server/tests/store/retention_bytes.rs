//! After the erasure, no personal value remains in the bytes of the database: neither in its files,
//! its write-ahead log nor a dump. All other data can still be read and verified.
//!
//! The events before the erasure are random.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use registration::lifecycle::State;
use registration::lifetimes::ANSWERS_DAYS;
use registration::retention::Periods;
use server::store::{AuditSearch, REWRITING_HOUR, StoredLifecycle};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::retention::{checked, decided, noted, officer, seen, submitted, verified};
use crate::test_store::{TestStore, at_hour, named};

/// An event that concerns a registration, between its submission and the erasure.
#[derive(Debug, Clone, Copy)]
enum Event {
    Noted,
    Checked,
    Seen,
    /// Another draft is saved with the name of the same organisation.
    Drafted,
    Sealed,
}

/// The history of a registration: its events, and whether it is due for erasure at the end.
#[derive(Debug, Clone)]
struct History {
    mark: String,
    events: Vec<Event>,
    is_due: bool,
}

fn history() -> impl Strategy<Value = History> {
    let event = prop_oneof![
        Just(Event::Noted),
        Just(Event::Checked),
        Just(Event::Seen),
        Just(Event::Drafted),
        Just(Event::Sealed),
    ];
    ("[A-Z][a-z]{9,12}", vec(event, 0..8), any::<bool>()).prop_map(|(mark, events, is_due)| {
        History {
            mark: format!("{mark}zq"),
            events,
            is_due,
        }
    })
}

/// Returns random histories of a few registrations; the first registration is due for erasure.
fn histories(runner: &mut TestRunner) -> Vec<History> {
    let mut histories = vec(history(), 2..5).new_tree(runner).unwrap().current();
    histories[0].is_due = true;
    histories
}

async fn happened(store: &TestStore, about: &StoredLifecycle, event: Event, hour: i64) {
    let words = format!("about {} of it", about.organisation);
    match event {
        Event::Noted => {
            // Add at most one note to each registration.
            if store.casework().notes(&about.id).await.unwrap().is_empty() {
                noted(store, about, &words).await;
            }
        }
        Event::Checked => checked(store, about, &words).await,
        Event::Seen => seen(store, about, hour).await,
        Event::Drafted => {
            let drafts = store.drafts();
            drafts
                .save_page("draft-99", &named(&words), at_hour(hour))
                .await
                .unwrap();
        }
        Event::Sealed => {
            let chains = server::store::Chains::All;
            store
                .audit()
                .seal_audit(at_hour(hour), chains)
                .await
                .unwrap();
        }
    }
}

/// Carries out the events of the histories and erases what is due; returns the registrations.
async fn lived(store: &TestStore, histories: &[History]) -> Vec<StoredLifecycle> {
    officer(store).await;
    store.begin(99).await;
    let mut registrations = Vec::new();
    for (number, history) in (1..).zip(histories) {
        registrations.push(submitted(store, number, &history.mark).await);
    }
    let longest = histories.iter().map(|history| history.events.len()).max();
    for at in 0..longest.unwrap_or_default() {
        for (about, history) in registrations.iter().zip(histories) {
            if let Some(event) = history.events.get(at) {
                let hour = 4 + i64::try_from(at).unwrap();
                happened(store, about, *event, hour).await;
            }
        }
    }
    for (about, history) in registrations.iter().zip(histories) {
        if history.is_due {
            decided(store, about, State::NotApproved, 20).await;
        }
    }
    let late = at_hour(21 + ANSWERS_DAYS * 24);
    let periods = Periods::default();
    store.drafts().delete_expired(late).await.unwrap();
    let outbox = store.outbox();
    server::outbox::tidy(outbox, store.access_links(), &periods, late)
        .await
        .unwrap();
    store.retention().erase_due(&periods, late).await.unwrap();
    let night = (0..24)
        .map(|hours| late.plus_hours(hours))
        .find(|moment| moment.london_hour() == REWRITING_HOUR)
        .unwrap();
    store.retention().settle(night).await.unwrap();
    registrations
}

async fn assert_the_rest_reads(store: &TestStore, histories: &[History], all: &[StoredLifecycle]) {
    assert_eq!(verified(store).await.0, []);
    for (about, history) in all.iter().zip(histories) {
        let kept = store
            .registrations()
            .registration(&about.reference)
            .await
            .unwrap();
        assert_eq!(kept.is_none(), history.is_due);
        assert!(
            store
                .casework()
                .lifecycle(&about.reference)
                .await
                .unwrap()
                .is_some()
        );
        if let Some(kept) = kept {
            let name = kept.registration.organisation.name;
            assert!(name.as_str().contains(&history.mark));
        }
    }
    store.registrations().list().await.unwrap();
    store
        .audit()
        .search_audit(&AuditSearch::default(), 100)
        .await
        .unwrap();
}

/// Returns whether the bytes contain a text, in upper or lower case.
fn has(bytes: &[u8], text: &str) -> bool {
    let lower = bytes.to_ascii_lowercase();
    String::from_utf8_lossy(&lower).contains(&text.to_lowercase())
}

fn assert_gone(bytes: &[u8], place: &str, histories: &[History]) {
    for history in histories {
        let is_there = has(bytes, &history.mark);
        assert!(
            !(history.is_due && is_there),
            "{} is in {place}",
            history.mark
        );
    }
    assert!(!has(bytes, "192.0.2.77"), "the address is in {place}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_any_history_no_value_is_left_in_the_files_of_sqlite() {
    let mut runner = TestRunner::new(Config::default());
    for _ in 0..12 {
        let histories = histories(&mut runner);
        let store = TestStore::on_sqlite().await;
        let all = lived(&store, &histories).await;
        for end in ["", "-wal"] {
            let path = PathBuf::from(format!("{}{end}", store.address()));
            let bytes = fs::read(&path).unwrap_or_default();
            assert_gone(&bytes, &path.display().to_string(), &histories);
        }
        let file = fs::read(store.address()).unwrap();
        let kept = histories.iter().find(|history| !history.is_due);
        assert!(
            kept.is_none_or(|kept| has(&file, &kept.mark)),
            "what is looked for is found"
        );
        assert_the_rest_reads(&store, &histories, &all).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_any_history_no_value_is_left_in_a_dump_or_the_files_of_postgres() {
    let mut runner = TestRunner::new(Config::default());
    for _ in 0..3 {
        let histories = histories(&mut runner);
        let store = TestStore::at_postgres(database().await).await;
        let all = lived(&store, &histories).await;
        let mut connection = PgConnection::connect(store.address()).await.unwrap();
        let dump = dump(store.address());
        assert_gone(&dump, "the dump", &histories);
        let kept = histories.iter().find(|history| !history.is_due);
        assert!(
            kept.is_none_or(|kept| has(&dump, &kept.mark)),
            "what is looked for is found"
        );
        for (path, bytes) in files_after_vacuum(&mut connection).await {
            assert_gone(&bytes, &path.display().to_string(), &histories);
        }
        assert_the_rest_reads(&store, &histories, &all).await;
    }
}

/// Creates a database that no other test uses.
///
/// PostgreSQL cannot remove deleted rows while another transaction in the same database may still
/// see them.
async fn database() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let url = std::env::var("TEST_POSTGRES_URL").unwrap();
    let made = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("bytes_{}_{made}", std::process::id());
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let create = format!("create database {name} template template0");
    let create = sqlx::query(AssertSqlSafe(create));
    create.execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let (server, _) = url.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}

/// Dumps a PostgreSQL database with the newest installed `pg_dump`.
fn dump(address: &str) -> Vec<u8> {
    let mut programs: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .unwrap()
        .map(|version| version.unwrap().path().join("bin/pg_dump"))
        .collect();
    programs.sort();
    let dumped = Command::new(programs.last().unwrap())
        .args(["--dbname", address])
        .output()
        .unwrap();
    assert!(
        dumped.status.success(),
        "{:?}",
        String::from_utf8_lossy(&dumped.stderr)
    );
    dumped.stdout
}

/// Rewrites the tables of a database, as described in docs/operations.md, and reads every file.
async fn files_after_vacuum(connection: &mut PgConnection) -> Vec<(PathBuf, Vec<u8>)> {
    let tables: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'public'")
            .fetch_all(&mut *connection)
            .await
            .unwrap();
    for table in tables {
        let vacuum = format!("vacuum (full, analyze) {table}");
        let vacuum = sqlx::query(AssertSqlSafe(vacuum));
        vacuum.execute(&mut *connection).await.unwrap();
    }
    let checkpoint = sqlx::query("checkpoint");
    checkpoint.execute(&mut *connection).await.unwrap();
    let folder: String = sqlx::query_scalar("show data_directory")
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    let files: Vec<String> = sqlx::query_scalar(
        "select pg_relation_filepath(oid) from pg_class where pg_relation_filepath(oid) is not null",
    )
    .fetch_all(&mut *connection)
    .await
    .unwrap();
    assert!(files.len() > 100, "{files:?}");
    let read = |file: String| {
        let path = Path::new(&folder).join(file);
        let bytes = fs::read(&path).unwrap();
        (path, bytes)
    };
    files.into_iter().map(read).collect()
}
