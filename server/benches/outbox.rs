//! Measures how many messages a second are posted to the outbox and sent from it, and the time of a
//! claim while 1,000 and while 100,000 messages wait, on SQLite and on PostgreSQL. The transport
//! accepts every message at once, so only the outbox is measured.
//!
//! `TEST_POSTGRES_URL` is the address of a PostgreSQL server; `make bench` provides one.

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use mail::{Envelope, Failure, Mailer, Message, Sender};
use registration::identifiers::{Email, Reference};
use registration::language::Language;
use server::clock::{Clock, SystemClock};
use server::outbox::{Unrecorded, Worker};
use server::randomness::SystemRandomness;
use server::store::Subject;
use server::store::{NewMessage, Store};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The number of messages to send.
const SENT: u64 = 5_000;
/// The numbers of messages that wait when claims are measured.
const WAITING: [u64; 2] = [1_000, 100_000];
/// The number of claims to measure.
const CLAIMS: u32 = 50;

/// A transport that accepts every message.
struct Void;

#[async_trait]
impl Mailer for Void {
    async fn send(&self, _envelope: &Envelope) -> Result<(), Failure> {
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("outbox.db");
    measure("SQLite", &file.to_string_lossy()).await?;
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        println!("PostgreSQL is not measured: TEST_POSTGRES_URL is not set");
        return Ok(());
    };
    measure("PostgreSQL", &url).await
}

async fn measure(name: &str, address: &str) -> Outcome<()> {
    let store = Store::open(address).await?;
    let begun = now();
    for number in 0..SENT {
        store.outbox().post(&message(number)?).await?;
    }
    row(name, "messages posted a second", a_second(SENT, begun));
    let worker = Worker {
        outbox: store.outbox().clone(),
        access_links: store.access_links().clone(),
        assisted: store.assisted().clone(),
        officers: store.officers().clone(),
        mailer: Arc::new(Void),
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        unrecorded: Unrecorded::default(),
        sender: Arc::new(Sender {
            service: "http://127.0.0.1:3000".to_owned(),
            desk_email: "desk@justice.example".to_owned(),
            desk_telephone: "01632 960 000".to_owned(),
            desk_hours: "Monday to Friday, 9am to 5pm".to_owned(),
            desk_hours_in_welsh: "dydd Llun i ddydd Gwener, 9am i 5pm".to_owned(),
        }),
    };
    let begun = now();
    let mut sent = 0;
    while sent < SENT {
        sent += u64::try_from(worker.round().await?.sent)?;
    }
    row(name, "messages sent a second", a_second(SENT, begun));
    let mut posted = 0;
    for waiting in WAITING {
        fill(address, posted, waiting).await?;
        posted = waiting;
        let begun = now();
        for _ in 0..CLAIMS {
            let moment = SystemClock.now();
            let claimed = store.outbox().claim_messages(10, moment, moment).await?;
            if claimed.len() != 10 {
                return Err("fewer were claimed than wait".into());
            }
        }
        let each = begun.elapsed().as_secs_f64() * 1_000.0 / f64::from(CLAIMS);
        row(name, &format!("a claim of 10 among {waiting}, ms"), each);
    }
    store.close().await;
    Ok(())
}

/// Inserts waiting messages in one statement; posting each message by itself would take minutes.
async fn fill(address: &str, from: u64, to: u64) -> Outcome<()> {
    let numbers = format!(
        "with recursive numbers(number) as (select {from} union all \
         select number + 1 from numbers where number + 1 < {to}) "
    );
    let statement = format!(
        "insert into outbox (id, kind, subject, created_at, recipient, personalisation, next_attempt_at) \
         {numbers} select 'waiting-' || number, 'withdrawn', 'registration/CP', number, 'clerk@firm.example', \
         '{}', number from numbers",
        r#"{"kind":"withdrawn","reference":"CP-0000-0000"}"#
    );
    if address.starts_with("postgres") {
        let mut connection = PgConnection::connect(address).await?;
        connection.execute(AssertSqlSafe(statement)).await?;
        connection.execute("analyze outbox").await?;
    } else {
        let mut connection = SqliteConnection::connect(&format!("sqlite:{address}")).await?;
        connection.execute(AssertSqlSafe(statement)).await?;
    }
    Ok(())
}

fn message(number: u64) -> Outcome<NewMessage> {
    Ok(NewMessage {
        id: format!("message-{number}"),
        subject: Subject::Registration(Reference::from_random(0)),
        recipient: Email::parse("clerk@firm.example").map_err(|problem| problem.words)?,
        language: Language::English,
        message: Message::Withdrawn {
            reference: Reference::from_random(number),
        }
        .into(),
        at: SystemClock.now(),
    })
}

fn a_second(count: u64, begun: Instant) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a count of messages is small")]
    let count = count as f64;
    count / begun.elapsed().as_secs_f64()
}

fn row(name: &str, what: &str, figure: f64) {
    println!("{:<44} {figure:>8.1}", format!("{name}: {what}"));
}

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the real clock"
)]
fn now() -> Instant {
    Instant::now()
}
