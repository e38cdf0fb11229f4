//! Tests a full disk under load: no acknowledged answer is lost, nothing is stored in part, each
//! answer says within two seconds whether the form was saved, and the service recovers without a
//! restart.
//!
//! Root mounts a small file system and fills it. Other users cannot mount one; their tests limit
//! the size of files (SQLite) or use a trigger that fails like a full disk (PostgreSQL).

use std::path::Path;
use std::process::{Command, Stdio};

use server::store::Store;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::runtime::Handle;

use crate::outage::{Outage, logging_to, under_load};
use crate::program::Program;
use crate::small_disk::SmallDisk;
use crate::{databases, postgres, site};

/// SQL that creates a trigger on each table. The trigger does nothing until `NO_ROOM` runs.
const TRIGGERS: &str = "create function no_room() returns trigger language plpgsql as $$ begin \
                        return new; end $$; do $$ declare name text; begin for name in select \
                        tablename from pg_tables where schemaname = current_schema() loop execute \
                        format('create trigger no_room before insert or update on %I for each row \
                        execute function no_room()', name); end loop; end $$";
/// SQL that makes the trigger fail with PostgreSQL's error code for a full disk.
const NO_ROOM: &str = "create or replace function no_room() returns trigger language plpgsql as $$ \
                       begin raise exception 'no space left on device' using errcode = \
                       'disk_full'; end $$";
/// SQL that makes the trigger do nothing again.
const ROOM: &str = "create or replace function no_room() returns trigger language plpgsql as $$ \
                    begin return new; end $$";
/// SQL that drops the schema of a test.
const DROP_SCHEMA: &str =
    "do $$ begin execute format('drop schema %I cascade', current_schema()); end $$";
/// The size of the small file system, in megabytes.
const MEGABYTES: u32 = 32;

#[tokio::test]
async fn a_full_disk_loses_nothing_on_sqlite() {
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    let Some(disk) = SmallDisk::mount(MEGABYTES) else {
        return file_size_limit().await;
    };
    let database = disk.path().join("registration.db");
    let database = database.to_str().unwrap();
    // The log is on the full disk too.
    let command = logging_to(&disk.path().join("log"));
    let program = Program::launch(command, database, &site, &[]);
    let outage = Outage {
        name: "SQLite, disk full",
        database,
        begin: &|_| disk.fill(),
        end: &|_| disk.make_room(),
    };
    under_load(&outage, program).await;
}

#[tokio::test]
async fn a_file_that_may_not_grow_loses_nothing_on_sqlite() {
    file_size_limit().await;
}

/// Tests an outage in which the program's files may not grow, as with `ulimit -f`.
async fn file_size_limit() {
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    let database = databases::sqlite_in(&folder);
    // At the limit, the kernel sends SIGXFSZ, which would end the program. The shell ignores it.
    let mut command = Command::new("bash");
    command
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_registration"))
        .stderr(Stdio::null());
    let program = Program::launch(command, &database, &site, &[]);
    let outage = Outage {
        name: "SQLite, no file may grow",
        database: &database,
        begin: &|program| limit_files_of(program, "4096"),
        end: &|program| limit_files_of(program, "unlimited"),
    };
    under_load(&outage, program).await;
}

fn limit_files_of(program: &Program, bytes: &str) {
    let limited = Command::new("prlimit")
        .args(["--pid", &program.id(), &format!("--fsize={bytes}:")])
        .status();
    assert!(limited.unwrap().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_loses_nothing_on_postgres() {
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    let Some(disk) = SmallDisk::mount(MEGABYTES) else {
        return failing_trigger(&site).await;
    };
    let url = postgres::schema().await;
    let space = format!("small_{}", std::process::id());
    let owned = Command::new("chown")
        .arg("postgres")
        .arg(disk.path())
        .status();
    assert!(owned.unwrap().success());
    let place = disk.path().display();
    execute(
        &url,
        &format!("create tablespace {space} location '{place}'"),
    )
    .await;
    let database = format!("{url}%20-c%20default_tablespace%3D{space}");
    let program = Program::start(&database, &site);
    let outage = Outage {
        name: "PostgreSQL, disk full",
        database: &database,
        begin: &|_| disk.fill(),
        end: &|_| disk.make_room(),
    };
    under_load(&outage, program).await;
    // PostgreSQL cannot start if the folder of a tablespace is missing, so the tablespace is
    // dropped before the disk is unmounted.
    execute(&url, DROP_SCHEMA).await;
    execute(&url, &format!("drop tablespace {space}")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_finds_no_room_loses_nothing_on_postgres() {
    let folder = databases::folder();
    failing_trigger(&site::write_in(folder.path())).await;
}

/// Tests an outage in which a trigger rejects each insert and update as if the disk were full.
async fn failing_trigger(site: &Path) {
    let database = postgres::schema().await;
    Store::open(&database).await.unwrap().close().await;
    execute(&database, TRIGGERS).await;
    let program = Program::start(&database, site);
    let run = |statements: &str| {
        tokio::task::block_in_place(|| {
            Handle::current().block_on(execute(&database, statements));
        });
    };
    let outage = Outage {
        name: "PostgreSQL, no room for rows",
        database: &database,
        begin: &|_| run(NO_ROOM),
        end: &|_| run(ROOM),
    };
    under_load(&outage, program).await;
}

pub async fn execute(url: &str, statement: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}
