//! The outbox worker: how it handles each kind of refusal, and that no message is lost.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use mail::{Envelope, Failure, Mailer, Sender};
use registration::identifiers::Email;
use registration::retention::Periods;
use server::clock::{Clock, Moment};
use server::outbox::{Round, Unrecorded, Worker};
use server::randomness::SystemRandomness;
use server::store::{MessageState, NewMessage, Store};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinSet;

use crate::outbox::{message, post};
use crate::test_store::at_hour;

/// A clock that the test moves.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn at(moment: Moment) -> Self {
        Self(AtomicI64::new(moment.millis()))
    }

    pub fn set(&self, moment: Moment) {
        self.0.store(moment.millis(), Ordering::SeqCst);
    }

    pub fn move_on(&self, minutes: i64) {
        self.0.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        Moment::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// A mailer whose answer depends on the recipient's address; it counts the messages that it
/// accepted.
struct TestMailer {
    clock: Arc<TestClock>,
    taken: Mutex<HashMap<String, usize>>,
    is_away: AtomicUsize,
    slow_minutes: AtomicI64,
    /// The number of accepted messages at which the mailer waits for the test.
    pauses_at: AtomicUsize,
    paused: Notify,
    goes_on: Notify,
}

#[async_trait]
impl Mailer for TestMailer {
    async fn send(&self, envelope: &Envelope) -> Result<(), Failure> {
        self.clock.move_on(self.slow_minutes.load(Ordering::SeqCst));
        let words = || "said so".to_owned();
        if self.is_away.load(Ordering::SeqCst) > 0 {
            return Err(Failure::Unreachable(words()));
        }
        match envelope.to.as_str().split_once('.').map(|(_, rest)| rest) {
            Some("1@firm.example") => return Err(Failure::Temporary(words())),
            Some("2@firm.example") => return Err(Failure::Permanent(words())),
            Some("3@firm.example") => return Err(Failure::Unreachable(words())),
            _ => {}
        }
        *self
            .taken
            .lock()
            .unwrap()
            .entry(envelope.id.clone())
            .or_default() += 1;
        let accepted = self.taken.lock().unwrap().len();
        if accepted == self.pauses_at.load(Ordering::SeqCst) {
            self.paused.notify_one();
            self.goes_on.notified().await;
        }
        Ok(())
    }
}

struct Test {
    clock: Arc<TestClock>,
    mailer: Arc<TestMailer>,
    worker: Worker,
}

fn test(store: &Store) -> Test {
    let clock = Arc::new(TestClock::at(at_hour(0)));
    let mailer = Arc::new(TestMailer {
        clock: Arc::clone(&clock),
        taken: Mutex::default(),
        is_away: AtomicUsize::new(0),
        slow_minutes: AtomicI64::new(0),
        pauses_at: AtomicUsize::new(usize::MAX),
        paused: Notify::new(),
        goes_on: Notify::new(),
    });
    let worker = worker(store, Arc::clone(&mailer) as _, Arc::clone(&clock) as _);
    Test {
        clock,
        mailer,
        worker,
    }
}

/// Makes the worker of a store.
pub fn worker(store: &Store, mailer: Arc<dyn Mailer>, clock: Arc<dyn Clock>) -> Worker {
    Worker {
        outbox: store.outbox().clone(),
        access_links: store.access_links().clone(),
        assisted: store.assisted().clone(),
        officers: store.officers().clone(),
        mailer,
        clock,
        randomness: Arc::new(SystemRandomness),
        unrecorded: Unrecorded::default(),
        sender: Arc::new(Sender {
            service: "https://register.example".to_owned(),
            desk_email: "desk@justice.example".to_owned(),
            desk_telephone: "01632 960 000".to_owned(),
            desk_hours: "Monday to Friday, 9am to 5pm".to_owned(),
            desk_hours_in_welsh: "dydd Llun i ddydd Gwener, 9am i 5pm".to_owned(),
        }),
    }
}

impl Test {
    fn taken(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.mailer.taken.lock().unwrap().keys().cloned().collect();
        ids.sort();
        ids
    }

    fn times(&self) -> usize {
        self.mailer.taken.lock().unwrap().values().sum()
    }
}

/// Creates a message; the last digit of `number` decides the mailer's answer. Each number has its
/// own recipient.
fn poisoned(number: u64, at: Moment) -> NewMessage {
    let mut new = message(number, 0);
    new.id = format!("message-{number}-{}", at.millis());
    new.recipient = Email::parse(&format!("clerk-{number}.{}@firm.example", number % 10)).unwrap();
    new.at = at;
    new
}

contract! {
    async fn what_was_sent_while_the_database_failed_is_not_sent_again_and_the_rest_at_once(store: &TestStore) {
        let now = at_hour(0);
        for number in [10, 14, 15, 16, 17] {
            store.outbox().post(&poisoned(number, now)).await.unwrap();
        }
        let test = test(store);
        test.mailer.pauses_at.store(3, Ordering::SeqCst);
        let failing = async {
            test.mailer.paused.notified().await;
            store.execute("alter table outbox rename to outbox_away").await.unwrap();
            test.mailer.goes_on.notify_one();
        };
        let (round, ()) = tokio::join!(test.worker.round(), failing);
        assert!(round.is_err());
        assert!(test.worker.round().await.is_err(), "it does not go on before it has recorded");
        store.execute("alter table outbox_away rename to outbox").await.unwrap();
        let round = test.worker.round().await.unwrap();
        assert_eq!(round, Round { claimed: 2, sent: 2, unreachable: false });
        assert_eq!((test.taken().len(), test.times()), (5, 5));
        let sent = store.number("select count(*) from outbox where state = 'sent'").await;
        assert_eq!(sent, 5);
    }

    async fn what_can_be_sent_is_sent_once_and_the_rest_keeps_its_reason(store: &TestStore) {
        post(store, 3).await;
        let test = test(store);
        let round = test.worker.round().await.unwrap();
        assert_eq!(round, Round { claimed: 3, sent: 1, unreachable: false });
        assert_eq!(test.taken(), ["message-0000"]);
        let rows = store.outbox().rows(9).await.unwrap();
        let states: Vec<_> = rows.iter().map(|row| (row.state, row.tries)).collect();
        assert_eq!(states, [(MessageState::Sent, 0), (MessageState::Waiting, 1), (MessageState::Dead, 1)]);
        assert_eq!(rows[1].last_error.as_deref(), Some("said so"));
        assert_eq!(test.worker.round().await.unwrap().claimed, 0);
    }

    async fn a_message_that_is_refused_again_and_again_is_dead_in_the_end(store: &TestStore) {
        store.outbox().post(&message(1, 0)).await.unwrap();
        let test = test(store);
        let mut minutes = 0;
        while store.outbox().dead_messages().await.unwrap().is_empty() {
            assert!(minutes < 4 * 24 * 60, "it is tried for ever");
            test.worker.round().await.unwrap();
            test.clock.move_on(30);
            minutes += 30;
        }
        assert_eq!(store.outbox().dead_messages().await.unwrap()[0].tries, 20);
        assert!(minutes > 2 * 24 * 60, "a weekend must not be enough: {minutes}");
    }

    async fn while_nobody_can_be_reached_no_message_is_blamed(store: &TestStore) {
        post(store, 1).await;
        for number in 4..8 {
            store.outbox().post(&message(number, 0)).await.unwrap();
        }
        let test = test(store);
        test.mailer.is_away.store(1, Ordering::SeqCst);
        for _ in 0..30 {
            let round = test.worker.round().await.unwrap();
            assert_eq!((round.sent, round.unreachable), (0, true));
            test.clock.move_on(1);
        }
        assert!(store.outbox().rows(9).await.unwrap().iter().all(|row| row.tries == 0));
        test.mailer.is_away.store(0, Ordering::SeqCst);
        test.clock.move_on(1);
        assert_eq!(test.worker.round().await.unwrap().sent, 5);
        assert_eq!(test.times(), 5);
    }

    async fn a_message_at_which_the_other_side_breaks_goes_behind_the_others(store: &TestStore) {
        store.outbox().post(&message(3, 0)).await.unwrap();
        for number in 4..8 {
            store.outbox().post(&message(number, 0)).await.unwrap();
        }
        let test = test(store);
        assert!(test.worker.round().await.unwrap().unreachable);
        assert_eq!(test.worker.round().await.unwrap().sent, 4);
        assert!(test.worker.round().await.unwrap().claimed == 0);
    }

    async fn whatever_is_wrong_with_some_messages_the_others_wait_no_longer_than_it_takes_to_try_them(store: &TestStore) {
        let test = test(store);
        // The last digit decides the mailer's answer: with 0, the message is accepted; with 1, it
        // is refused for now; with 2, it is refused permanently; with 3, the server is unreachable.
        let kind = |number: u64| number % 10;
        let mut posted = 0;
        for seed in [1_u64, 7, 13] {
            let numbers: Vec<u64> = (0..24)
                .map(|place| 1_000 * seed + 10 * place + [3, 3, 1, 0, 2, 3][usize::try_from(place * seed % 6).unwrap()])
                .collect();
            for number in &numbers {
                store.outbox().post(&poisoned(*number, test.clock.now())).await.unwrap();
            }
            posted += numbers.iter().filter(|number| kind(**number) == 0).count();
            let breaking = numbers.iter().filter(|number| kind(**number) == 3).count();
            // Each message at which the server is unreachable delays the other messages by one
            // round at most.
            for _ in 0..=breaking {
                test.worker.round().await.unwrap();
            }
            assert_eq!(test.taken().len(), posted, "{seed}");
            // If only such messages are left, the worker cannot tell that the server works; a new
            // message is still sent in the first round after it is queued.
            for _ in 0..40 {
                test.clock.move_on(1);
                test.worker.round().await.unwrap();
            }
            store.outbox().post(&poisoned(1_000 * seed + 990, test.clock.now())).await.unwrap();
            posted += 1;
            test.worker.round().await.unwrap();
            assert_eq!(test.taken().len(), posted, "{seed}");
        }
        // In the end, only the messages at fault are given up.
        for _ in 0..7 * 12 {
            test.clock.move_on(120);
            store.outbox().post(&poisoned(990_000, test.clock.now())).await.unwrap();
            while test.worker.round().await.unwrap().claimed > 0 {}
        }
        let rows = store.outbox().rows(999).await.unwrap();
        assert!(rows.iter().all(|row| matches!(row.state, MessageState::Sent | MessageState::Dead)), "{rows:?}");
    }

    async fn two_workers_send_each_message_once(store: &TestStore) {
        for number in 100..220 {
            store.outbox().post(&message(number, 0)).await.unwrap();
        }
        let test = test(store);
        let mut working = JoinSet::new();
        for _ in 0..2 {
            let worker = test.worker.clone();
            working.spawn(async move { while worker.round().await.unwrap().claimed > 0 {} });
        }
        working.join_all().await;
        assert_eq!((test.taken().len(), test.times()), (120, 120));
    }

    async fn a_worker_too_slow_for_its_claim_leaves_the_rest_to_others(store: &TestStore) {
        for number in 100..110 {
            store.outbox().post(&message(number, 0)).await.unwrap();
        }
        let test = test(store);
        test.mailer.slow_minutes.store(3, Ordering::SeqCst);
        let round = test.worker.round().await.unwrap();
        assert_eq!((round.claimed, round.sent), (10, 3));
        test.mailer.slow_minutes.store(0, Ordering::SeqCst);
        assert_eq!(test.worker.round().await.unwrap().sent, 7);
        assert_eq!((test.taken().len(), test.times()), (10, 10));
    }

    async fn a_clock_that_jumps_loses_nothing(store: &TestStore) {
        for number in 100..110 {
            store.outbox().post(&message(number, 0)).await.unwrap();
        }
        let test = test(store);
        store.outbox().claim_messages(4, at_hour(0), at_hour(1)).await.unwrap();
        test.clock.move_on(-24 * 60);
        assert_eq!(test.worker.round().await.unwrap().claimed, 0);
        test.clock.move_on(50 * 24 * 60);
        assert_eq!(test.worker.round().await.unwrap().sent, 10);
    }

    async fn a_clock_that_was_a_year_ahead_holds_no_message_back(store: &TestStore) {
        let year = 365 * 24;
        for number in 100..110 {
            store.outbox().post(&message(number, year)).await.unwrap();
        }
        store.outbox().claim_messages(4, at_hour(year), at_hour(year + 1)).await.unwrap();
        let mut refused = message(200, 0);
        refused.at = at_hour(5);
        store.outbox().post(&refused).await.unwrap();
        let test = test(store);
        assert_eq!(test.worker.round().await.unwrap().claimed, 0);
        server::outbox::tidy(store.outbox(), store.access_links(), &Periods::default(), at_hour(0)).await.unwrap();
        assert_eq!(test.worker.round().await.unwrap().sent, 10);
        assert_eq!((test.taken().len(), test.times()), (10, 10));
        // A message that is due in six hours, the longest normal wait, is not sent early.
        assert!(!test.taken().contains(&"message-0200".to_owned()));
    }

    async fn a_worker_that_is_told_to_stop_has_sent_what_it_began_and_keeps_nothing(store: &TestStore) {
        for number in 100..110 {
            store.outbox().post(&message(number, 0)).await.unwrap();
        }
        let test = test(store);
        let (stop, stopped) = oneshot::channel::<()>();
        let worker = test.worker.clone();
        let running = tokio::spawn(async move {
            worker.run(async { drop(stopped.await) }).await;
        });
        // Posting a message wakes the running worker.
        store.outbox().post(&message(110, 0)).await.unwrap();
        while test.taken().len() < 11 {
            tokio::task::yield_now().await;
        }
        stop.send(()).unwrap();
        running.await.unwrap();
        assert_eq!((test.taken().len(), test.times()), (11, 11));
        let rows = store.outbox().rows(99).await.unwrap();
        assert!(rows.iter().all(|row| row.state == MessageState::Sent), "{rows:?}");
    }
}
