//! After `kill -9` during sending, no message is lost, no unsent message is marked as sent, and
//! each kill causes at most one message to be sent twice.
//!
//! The real program sends by SMTP to a test server that counts messages. A fixed pseudo-random
//! sequence decides at which step of the conversation the test kills the program: before, while or
//! after the server accepts a message. A claim lasts ten minutes, so the test ends the claims of a
//! killed program with a statement instead of waiting.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use mail::Message;
use registration::identifiers::{Email, Reference};
use registration::language::Language;
use server::clock::{Clock, SystemClock};
use server::store::{MessageState, NewMessage, Store, Subject};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::Moments;
use crate::program::Program;
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

fn message(number: u64) -> NewMessage {
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

/// A test mail server: it accepts everything, counts each message by its identifier, and reports
/// each step of the conversation.
struct Relay {
    url: String,
    taken: Arc<Mutex<HashMap<String, usize>>>,
    conversations: Arc<Mutex<Vec<JoinHandle<Option<()>>>>>,
    steps: Receiver<()>,
}

impl Relay {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let taken = Arc::new(Mutex::new(HashMap::new()));
        // Every step is reported, so the test can kill the program at a chosen step.
        let (step, steps) = mpsc::channel();
        let counted = Arc::clone(&taken);
        let conversations = Arc::new(Mutex::new(Vec::new()));
        let begun = Arc::clone(&conversations);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (counted, step) = (Arc::clone(&counted), step.clone());
                // Each thread is in the list before it reports a step, so `hear_out` waits for the
                // thread.
                let mut begun = begun.lock().unwrap();
                begun.push(thread::spawn(move || {
                    converse(&stream.unwrap(), &counted, &step)
                }));
            }
        });
        Self {
            url,
            taken,
            conversations,
            steps,
        }
    }

    fn taken(&self) -> HashMap<String, usize> {
        self.taken.lock().unwrap().clone()
    }

    /// Waits until the conversations with a killed program have ended; until then, this mail server
    /// may still accept a message from that program.
    fn hear_out(&self) {
        let conversations = std::mem::take(&mut *self.conversations.lock().unwrap());
        for conversation in conversations {
            conversation.join().unwrap();
        }
        while self.steps.try_recv().is_ok() {}
    }
}

/// Speaks SMTP with a program until either side closes the connection.
fn converse(
    stream: &TcpStream,
    counted: &Mutex<HashMap<String, usize>>,
    step: &Sender<()>,
) -> Option<()> {
    let mut writer = stream;
    let mut lines = BufReader::new(stream).lines();
    let mut say = |words: &str| writer.write_all(format!("{words}\r\n").as_bytes()).ok();
    say("220 relay")?;
    loop {
        let line = lines.next()?.ok()?;
        step.send(()).ok()?;
        match line.split([' ', ':']).next().unwrap_or_default() {
            "DATA" => {
                say("354 go on")?;
                let mut id = String::new();
                loop {
                    let line = lines.next()?.ok()?;
                    if let Some(found) = line.strip_prefix("Message-ID: <") {
                        found.split('@').next().unwrap().clone_into(&mut id);
                    }
                    if line == "." {
                        break;
                    }
                }
                // The message counts as accepted now, even if the program never reads the answer.
                *counted.lock().unwrap().entry(id).or_default() += 1;
                step.send(()).ok()?;
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
}
