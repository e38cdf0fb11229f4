//! Tests that hourly work is done exactly once: a server is killed in the middle of the work, and
//! three servers that start at once do the rest.

use std::time::Duration;

use server::clock::{Clock, SystemClock};
use server::randomness::{SessionToken, SystemRandomness};
use server::store::{NewSession, Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::three::Three;
use super::until;
use crate::program::Program;
use crate::{databases, postgres, site};

/// The number of drafts that have expired. As many others expire within a day.
const DRAFTS: i64 = 300;
/// SQL that counts the drafts for which a reminder was queued.
const REMINDED: &str = "select count(*) from draft where reminded_at is not null";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hourly_work_is_done_once_by_three_servers_even_if_one_is_killed() {
    let database = postgres::schema().await;
    let store = Store::open(&database).await.unwrap();
    let now = SystemClock.now();
    for number in 0..2 * DRAFTS {
        let is_over = number % 2 == 0;
        let hours = if is_over { -1 } else { 24 };
        let session = NewSession {
            token: SessionToken::new(&SystemRandomness).unwrap().hash(),
            ends: now.plus_hours(24),
            draft_ends: now.plus_hours(hours),
        };
        let id = format!("draft-{number}");
        let drafts = store.drafts();
        drafts
            .begin_draft(&id, &session, now.plus_hours(-48))
            .await
            .unwrap();
    }
    let mut connection = PgConnection::connect(&database).await.unwrap();
    let confirmed = "insert into draft_address (draft_id, mailbox, email, confirmed_at) select id, \
                     id || '@firm.example', id || '@firm.example', 0 from draft";
    let done = sqlx::query(AssertSqlSafe(confirmed))
        .execute(&mut connection)
        .await;
    assert_eq!(done.unwrap().rows_affected(), 2 * DRAFTS.unsigned_abs());
    let mut number = async |statement: &str| -> i64 {
        let statement = AssertSqlSafe(statement.to_owned());
        sqlx::query_scalar(statement)
            .fetch_one(&mut connection)
            .await
            .unwrap()
    };

    // Kill the first server in the middle of the work.
    let folder = databases::folder();
    let first = Program::start(&database, &site::write_in(folder.path()));
    let mut reminded = 0;
    while reminded == 0 {
        reminded = number(REMINDED).await;
    }
    first.kill();
    let by_first = number(REMINDED).await;
    assert!(by_first < DRAFTS, "the work had ended before the kill");

    let three = Three::start_on(database, &[]);
    while number(REMINDED).await < DRAFTS {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // The servers also answer while they do the work that follows the reminders, such as the seal
    // of the audit.
    let addresses: Vec<String> = (0..3).map(|server| three.address_of(server)).collect();
    until(Duration::from_secs(10), "all servers answer", || {
        let ready =
            |address: &String| super::browser::Browser::new(address).get("/readyz").status == 200;
        addresses.iter().all(ready)
    });
    assert_eq!(
        number("select count(*) from draft where id like 'draft-%'").await,
        DRAFTS
    );
    let reminders = "select count(*) from outbox where subject like 'draft/draft-%'";
    assert_eq!(number(reminders).await, DRAFTS);
    let drafts = "select count(distinct subject) from outbox where subject like 'draft/draft-%'";
    assert_eq!(number(drafts).await, DRAFTS);
    println!(
        "Hourly work of three servers: {DRAFTS} reminders, {by_first} of them by a killed server; each once"
    );
    store.close().await;
}
