//! Tests a read-only database. On SQLite, the program ends at its start and prints the reason. On
//! PostgreSQL, a running program turns forms away, and recovers without a restart when the database
//! can be written again.

use std::process::{Command, Stdio};

use server::store::Store;

use crate::full::execute;
use crate::outage::{Outage, under_load};
use crate::program::Program;
use crate::small_disk::SmallDisk;
use crate::{databases, postgres, site};

/// The size of the file system that is made read-only, in megabytes.
const MEGABYTES: u32 = 8;

#[tokio::test]
async fn a_file_that_cannot_be_written_ends_the_start_with_the_reason_on_sqlite() {
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    let disk = SmallDisk::mount(MEGABYTES);
    let place = disk.as_ref().map_or(folder.path(), SmallDisk::path);
    let database = place.join("registration.db");
    Store::open(database.to_str().unwrap())
        .await
        .unwrap()
        .close()
        .await;
    // Root may write any file, but not on a file system that is read-only.
    match &disk {
        Some(disk) => disk.make_read_only(),
        None => set_mode(&database, "0444"),
    }
    let started = Command::new(env!("CARGO_BIN_EXE_registration"))
        .args(["serve", "--listen", "127.0.0.1:0", "--database"])
        .arg(&database)
        .arg("--site")
        .arg(&site)
        .env(
            "REGISTRATION_SECRETS_KEY",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        )
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let words = String::from_utf8(started.stderr).unwrap();
    assert!(!started.status.success(), "{words}");
    assert!(
        words.contains("readonly database") || words.contains("unable to open"),
        "{words}"
    );
}

fn set_mode(file: &std::path::Path, mode: &str) {
    let set = Command::new("chmod").arg(mode).arg(file).status();
    assert!(set.unwrap().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_only_reads_loses_nothing_on_postgres() {
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    let url = postgres::schema().await;
    // This test has its own role, so the setting and the closing of the role's connections affect
    // no other test.
    let role = format!("reads_{}", std::process::id());
    execute(&url, &format!("create role {role} superuser login")).await;
    let (before, after) = url.split_once("://postgres@").unwrap();
    let database = format!("{before}://{role}@{after}");
    let program = Program::start(&database, &site);
    // The setting applies to new connections, as after a restart of the server. It is committed
    // before the old connections end: a connection that opens in between would have the old value.
    let set = |value: &str| {
        let setting = format!("alter role {role} set default_transaction_read_only = {value}");
        let ending = format!(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = '{role}'"
        );
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async {
                execute(&url, &setting).await;
                execute(&url, &ending).await;
            });
        });
    };
    let outage = Outage {
        name: "PostgreSQL, only reading",
        database: &database,
        begin: &|_| set("on"),
        end: &|_| set("off"),
    };
    under_load(&outage, program).await;
}
