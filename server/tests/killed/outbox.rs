//! After `kill -9` during sending, no message is lost, no unsent message is marked as sent, and
//! each kill causes at most one message to be sent twice.
//!
//! The real program sends by SMTP to a test server that counts messages. A fixed pseudo-random
//! sequence decides at which step of the conversation the test kills the program: before, while or
//! after the server accepts a message. A claim lasts ten minutes, so the test ends the claims of a
//! killed program with a statement instead of waiting.

use std::path::Path;

use mail::Message;
use registration::identifiers::{Email, Reference};
use registration::language::Language;
use server::clock::{Clock, SystemClock};
use server::store::{MessageState, NewMessage, Store, Subject};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::Moments;
use crate::program::Program;
use crate::relay::Relay;
use crate::{databases, postgres, site};

/// The number of kills.
const KILLS: usize = 20;
/// The number of messages to send.
const MESSAGES: u64 = 300;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_worker_loses_no_message_on_sqlite() {
    let folder = databases::folder();
    kill_while_sending(
        &databases::sqlite_in(&folder),
        &site::write_in(folder.path()),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_worker_loses_no_message_on_postgres() {
    let folder = databases::folder();
    kill_while_sending(&postgres::schema().await, &site::write_in(folder.path())).await;
}

async fn kill_while_sending(database: &str, site: &Path) {
    let store = Store::open(database).await.unwrap();
    for number in 0..MESSAGES {
        store.outbox().post(&message(number)).await.unwrap();
    }
    let relay = Relay::open();
    let mut moments = Moments(0x9e37_79b9_7f4a_7c15);
    for kill in 0..KILLS {
        let program = sending(database, site, &relay);
        // A message takes five steps, so the kills cover every step.
        for _ in 0..moments.next_between(6, 50) {
            relay.steps.recv().unwrap();
        }
        program.kill();
        relay.hear_out();
        let taken = relay.taken();
        for row in store.outbox().rows(i64::MAX).await.unwrap() {
            assert!(
                row.state != MessageState::Sent || taken.contains_key(&row.id),
                "called sent and never sent: {}",
                row.id
            );
        }
        // Any later run of the program may send again the message that a kill interrupted, so the
        // number of messages sent twice is compared with the number of earlier kills.
        let twice: usize = taken.values().map(|times| times - 1).sum();
        assert!(twice <= kill, "{kill} kills sent {twice} twice");
        end_claims(database).await;
    }
    let program = sending(database, site, &relay);
    while relay.taken().len() < usize::try_from(MESSAGES).unwrap() {
        relay.steps.recv().unwrap();
    }
    while unsent(&store).await > 0 {
        tokio::task::yield_now().await;
    }
    program.kill();

    let taken = relay.taken();
    assert_eq!(taken.len(), usize::try_from(MESSAGES).unwrap());
    let twice: usize = taken.values().map(|times| times - 1).sum();
    assert!(twice <= KILLS, "{twice} were sent twice by {KILLS} kills");
    println!("{KILLS} kills, {MESSAGES} messages, {twice} sent twice");
    assert!(store.outbox().dead_messages().await.unwrap().is_empty());
    store.close().await;
}

/// Creates a message to a separate address, with an identifier by which the test mail server counts
/// it.
pub fn message(number: u64) -> NewMessage {
    NewMessage {
        id: format!("{number:032x}"),
        subject: Subject::Registration(Reference::from_random(0)),
        recipient: Email::parse(&format!("clerk.{number}@firm.example")).unwrap(),
        language: Language::English,
        message: Message::Withdrawn {
            reference: Reference::from_random(number),
        }
        .into(),
        at: SystemClock.now(),
    }
}

fn sending(database: &str, site: &Path, relay: &Relay) -> Program {
    Program::start_with(
        database,
        site,
        &[
            ("REGISTRATION_MAIL", "smtp"),
            ("REGISTRATION_SMTP_URL", &relay.url),
            ("REGISTRATION_PUBLIC_ADDRESS", "http://localhost:3000"),
        ],
    )
}

async fn unsent(store: &Store) -> usize {
    let rows = store.outbox().rows(i64::MAX).await.unwrap();
    rows.iter()
        .filter(|row| row.state != MessageState::Sent)
        .count()
}

/// Ends the claims of the killed program.
async fn end_claims(database: &str) {
    let statement = "update outbox set next_attempt_at = 0 where state = 'claimed'";
    if database.starts_with("postgres") {
        let mut connection = PgConnection::connect(database).await.unwrap();
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
    } else {
        let mut connection = SqliteConnection::connect(&format!("sqlite:{database}"))
            .await
            .unwrap();
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
    }
}
