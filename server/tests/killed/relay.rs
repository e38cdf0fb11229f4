//! A test mail server that counts messages.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// A test mail server: it accepts everything, counts each message by its identifier, and reports
/// each step of the conversation.
pub struct Relay {
    pub url: String,
    taken: Arc<Mutex<HashMap<String, usize>>>,
    conversations: Arc<Mutex<Vec<JoinHandle<Option<()>>>>>,
    pub steps: Receiver<()>,
}

impl Relay {
    pub fn open() -> Self {
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

    /// Returns how often each message was accepted, by its identifier.
    pub fn taken(&self) -> HashMap<String, usize> {
        self.taken.lock().unwrap().clone()
    }

    /// Waits until the conversations with a killed program have ended; until then, this mail server
    /// may still accept a message from that program.
    pub fn hear_out(&self) {
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
