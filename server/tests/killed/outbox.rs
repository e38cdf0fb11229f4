//! `kill -9` in the middle of sending: no message is lost, none is called sent that was not, and a kill
//! sends at most one twice.
//!
//! The real program sends by SMTP to a stand-in that counts. It is killed at a moment of the conversation
//! that a fixed sequence says: before a message was taken, while it is, or after. That the claims of a dead
//! program end is left to a statement in place of ten minutes of waiting.

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
use server::store::{MessageState, NewMessage, Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::Moments;
use crate::program::Program;
use crate::{databases, postgres, site};

/// How often the program is killed, and how many messages it has to send.
const KILLS: usize = 20;
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
        store.post(&message(number)).await.unwrap();
    }
    let relay = Relay::open();
    let mut moments = Moments(0x9e37_79b9_7f4a_7c15);
    for kill in 0..KILLS {
        let program = sending(database, site, &relay);
        // The steps of a message's conversation are five: every one of them is met.
        for _ in 0..moments.next_between(6, 50) {
            relay.steps.recv().unwrap();
        }
        program.kill();
        relay.hear_out();
        let taken = relay.taken();
        for row in store.outbox(i64::MAX).await.unwrap() {
            assert!(
                row.state != MessageState::Sent || taken.contains_key(&row.id),
                "called sent and never sent: {}",
                row.id
            );
        }
        // What a kill sends twice is sent the second time by a program after it, not always by the next.
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
    assert!(store.dead_messages().await.unwrap().is_empty());
    store.close().await;
}

fn message(number: u64) -> NewMessage {
    NewMessage {
        id: format!("{number:032x}"),
        subject: "registration/CP-0000-0000".to_owned(),
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
            ("REGISTRATION_PUBLIC_ADDRESS", "http://register.example"),
        ],
    )
}

async fn unsent(store: &Store) -> usize {
    let rows = store.outbox(i64::MAX).await.unwrap();
    rows.iter()
        .filter(|row| row.state != MessageState::Sent)
        .count()
}

/// The claims of the dead program end.
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

/// A stand-in for a mail server: takes everything, counts each message by its identifier, and tells of each
/// step of the conversation.
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
        // Each step waits until it was heard, so that the program is killed just there.
        let (step, steps) = mpsc::channel();
        let counted = Arc::clone(&taken);
        let conversations = Arc::new(Mutex::new(Vec::new()));
        let begun = Arc::clone(&conversations);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (counted, step) = (Arc::clone(&counted), step.clone());
                // Listed before its first step can be heard: nobody hears out a list without it.
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

    /// Waits for the end of what a program that was killed has said: until then a message may still be
    /// taken that belongs to its kill.
    fn hear_out(&self) {
        let conversations = std::mem::take(&mut *self.conversations.lock().unwrap());
        for conversation in conversations {
            conversation.join().unwrap();
        }
        while self.steps.try_recv().is_ok() {}
    }
}

/// Speaks SMTP with a program, until either hangs up.
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
                // From here on it is taken, whether the program hears so or not.
                *counted.lock().unwrap().entry(id).or_default() += 1;
                step.send(()).ok()?;
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
}
