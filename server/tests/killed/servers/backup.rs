//! Tests that a backup made under load and restored elsewhere has every answer that was
//! acknowledged before the backup began, and that its audit verifies.

use std::path::Path;
use std::process::Command;

use server::store::Store;

use super::cluster::{programs, succeeded};
use super::ledger;
use super::load::Load;
use super::of_drill;
use crate::program::Program;
use crate::{databases, site};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_has_what_was_acknowledged_on_sqlite() {
    let folder = databases::folder();
    let copy = |from: &str, number: u64| {
        let to = folder.path().join(format!("restored-{number}.db"));
        let to = to.to_str().unwrap().to_owned();
        let order = format!(".backup '{to}'");
        let copied = Command::new("sqlite3").args([from, &order]).output();
        succeeded(copied.unwrap(), "sqlite3");
        to
    };
    let database = databases::sqlite_in(&folder);
    back_up("SQLite", &database, &site::write_in(folder.path()), copy).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_has_what_was_acknowledged_on_postgres() {
    let folder = databases::folder();
    let server = std::env::var("TEST_POSTGRES_URL").unwrap();
    let of_server = server.strip_suffix("/postgres").unwrap();
    let of_test = |name: &str| format!("backup_{}_{name}", std::process::id());
    let run = |program: &str, arguments: &[&str]| {
        let ran = Command::new(programs().join(program))
            .args(arguments)
            .output();
        succeeded(ran.unwrap(), program);
    };
    let create = |name: &str| {
        run("createdb", &["--maintenance-db", &server, name]);
        format!("{of_server}/{name}")
    };
    let file = folder.path().join("registration.dump");
    let file = file.to_str().unwrap();
    let copy = |from: &str, number: u64| {
        run(
            "pg_dump",
            &["--format", "custom", "--file", file, "--dbname", from],
        );
        let to = create(&of_test(&number.to_string()));
        run("pg_restore", &["--exit-on-error", "--dbname", &to, file]);
        to
    };
    let database = create(&of_test("source"));
    back_up(
        "PostgreSQL",
        &database,
        &site::write_in(folder.path()),
        copy,
    )
    .await;
}

/// Backs up a database under load several times, and checks each copy. `copy` copies the database
/// and returns the address of the copy.
async fn back_up(engine: &str, database: &str, site: &Path, copy: impl Fn(&str, u64) -> String) {
    let backups = of_drill("DRILL_BACKUPS", 2);
    let program = Program::start(database, site);
    let mut load = Load::begin(&program.address);
    let (mut registrations, mut drafts) = (0, 0);
    for backup in 0..backups {
        load.wait_for(120);
        let acknowledged = load.ledgers();
        let restored = copy(database, backup);
        let store = Store::open(&restored).await.unwrap();
        for ledger in &acknowledged {
            ledger::assert_at_least(&store, ledger).await;
            registrations += ledger.submitted.len();
            drafts += usize::from(ledger.now.cookie.is_some());
        }
        store.close().await;
        let verified = Command::new(env!("CARGO_BIN_EXE_registration"))
            .args(["audit", "verify", "--database", &restored])
            .output();
        succeeded(verified.unwrap(), "registration audit verify");
    }
    let outcome = load.end();
    outcome.assert_kept(database).await;
    println!(
        "{engine}: {backups} backups under load had {registrations} registrations and {drafts} \
         drafts that were acknowledged before; {}",
        outcome.in_words()
    );
    let expected = usize::try_from(backups).unwrap();
    assert!(
        registrations >= expected,
        "too little was sent to prove anything"
    );
    assert_eq!(
        (outcome.cut_off(), outcome.turned_away()),
        (0, 0),
        "a backup was noticed"
    );
}
