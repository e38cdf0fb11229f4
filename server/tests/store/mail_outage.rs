//! Tests three days without a mail server: no message is lost, given up or counted as refused, and
//! each is sent once and in order when the server is back. Messages with an expired link are not
//! sent.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use mail::{Envelope, Failure, Mailer};
use registration::identifiers::Email;
use registration::language::Language;
use registration::retention::Periods;
use server::clock::Clock;
use server::outbox::{self, Pace};
use server::store::{
    AccessRequestOutcome, AddressConfirmation, MessageState, NewAccessRequest, RequestedDraft,
};

use crate::outbox::message;
use crate::test_store::{TestStore, at_hour};
use crate::worker::{TestClock, worker};

/// The length of the outage of the mail server, in hours.
const HOURS: i64 = 3 * 24;
/// The longest time between two attempts to send while the mail server is down.
const LONGEST: Duration = Duration::from_mins(1);

/// A mail server that can be down; it records the messages that it accepts.
#[derive(Default)]
struct TestServer {
    is_down: AtomicBool,
    attempts: AtomicUsize,
    accepted: Mutex<Vec<Envelope>>,
}

#[async_trait]
impl Mailer for TestServer {
    async fn send(&self, envelope: &Envelope) -> Result<(), Failure> {
        self.attempts.fetch_add(1, Ordering::SeqCst);
        if self.is_down.load(Ordering::SeqCst) {
            return Err(Failure::Down("nobody listens".to_owned()));
        }
        self.accepted.lock().unwrap().push(envelope.clone());
        Ok(())
    }
}

/// Requests an access link to a new draft, at this hour.
async fn ask_for_link(store: &TestStore, number: u64, hour: i64) {
    let request = NewAccessRequest {
        id: format!("request-{number}"),
        email: Email::parse(&format!("asker.{number}@firm.example")).unwrap(),
        source: None,
        at: at_hour(hour),
        drafts: vec![RequestedDraft {
            draft: store.begin(number).await,
            access_link: format!("way-in-{number}"),
            message: format!("link-{number}"),
            language: Language::English,
        }],
        confirms: AddressConfirmation::Address,
    };
    let asked = store.access_links().request_access_links(&request).await;
    assert_eq!(asked.unwrap(), AccessRequestOutcome::Posted);
}

contract! {
    async fn three_days_without_a_mail_server_lose_no_message_and_keep_the_order(store: &TestStore) {
        let clock = Arc::new(TestClock::at(at_hour(0)));
        let server = Arc::new(TestServer::default());
        server.is_down.store(true, Ordering::SeqCst);
        let worker = worker(store, Arc::clone(&server) as _, Arc::clone(&clock) as _);
        ask_for_link(store, 1, 0).await;
        let mut pace = Pace::default();
        let mut longest = Duration::ZERO;
        for hour in 0..HOURS {
            // The messages go to two recipients in turn, so the test also checks the order across
            // recipients.
            let mut new = message(u64::try_from(hour).unwrap(), hour);
            new.recipient = Email::parse(&format!("clerk.{}@firm.example", hour % 2)).unwrap();
            store.outbox().post(&new).await.unwrap();
            // In the first hour, the clock moves by the worker's own waits.
            let until = at_hour(hour + 1);
            while clock.now() < until {
                let (round, wait) = worker.paced_round(&mut pace).await.unwrap();
                assert_eq!(round.sent, 0);
                longest = longest.max(wait);
                if hour == 0 {
                    clock.set(clock.now().plus(wait));
                } else {
                    clock.set(until);
                }
            }
            let attempts = server.attempts.load(Ordering::SeqCst);
            assert!(hour > 0 || attempts < 70, "an hour has {attempts} attempts");
            outbox::tidy(store.outbox(), store.access_links(), &Periods::default(), clock.now()).await.unwrap();
        }
        assert_eq!(longest, LONGEST);
        let rows = store.outbox().rows(999).await.unwrap();
        assert!(rows.iter().all(|row| (row.state, row.tries) == (MessageState::Waiting, 0)), "{rows:?}");
        let (waiting, oldest) = store.outbox().waiting().await.unwrap().unwrap();
        assert_eq!((waiting, oldest), (u64::try_from(HOURS).unwrap(), at_hour(0)), "the desk sees them");

        ask_for_link(store, 2, HOURS).await;
        server.is_down.store(false, Ordering::SeqCst);
        while worker.paced_round(&mut pace).await.unwrap().0.claimed > 0 {}
        let accepted = server.accepted.lock().unwrap().clone();
        let ids: Vec<&str> = accepted.iter().map(|envelope| envelope.id.as_str()).collect();
        let mut expected: Vec<String> = (0..HOURS).map(|number| format!("message-{number:04}")).collect();
        // The link that was requested three days ago is not sent; the link that was requested a
        // moment ago is.
        expected.push("link-2".to_owned());
        assert_eq!(ids, expected);
        let rows = store.outbox().rows(999).await.unwrap();
        assert!(rows.iter().all(|row| row.state == MessageState::Sent), "{rows:?}");
        assert_eq!(store.outbox().waiting().await.unwrap(), None);
    }
}
