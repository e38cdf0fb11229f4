//! Applicants who send forms all the time, with a record of the answers and the waits.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use server::store::Store;

use crate::applicant::{Answer, Applicant, Ledger, Waits};
use crate::kept;
use crate::outage::{in_seconds, of_a_hundred};

/// The number of applicants who send forms at the same time.
const APPLICANTS: usize = 4;
/// The longest wait for the page that says that the service is not available.
pub const TOLD_WITHIN: Duration = Duration::from_secs(2);

pub struct Load {
    stop: Arc<AtomicBool>,
    answers: Receiver<Answer>,
    applicants: Vec<JoinHandle<Applicant>>,
    ledgers: Vec<Arc<Mutex<Ledger>>>,
    acknowledged: usize,
}

/// The applicants after the load, with the number of forms that the service acknowledged.
pub struct Outcome {
    pub applicants: Vec<Applicant>,
    pub acknowledged: usize,
}

impl Load {
    pub fn begin(address: &str) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (acknowledged, answers) = mpsc::channel();
        let (mut applicants, mut ledgers) = (Vec::new(), Vec::new());
        for number in 0..APPLICANTS {
            let mut applicant = Applicant::new(number);
            ledgers.push(Arc::clone(&applicant.ledger));
            let (address, stop) = (address.to_owned(), Arc::clone(&stop));
            let acknowledged = acknowledged.clone();
            applicants.push(thread::spawn(move || {
                applicant.send_forms_patiently(&stop, &address, &acknowledged);
                applicant
            }));
        }
        Self {
            stop,
            answers,
            applicants,
            ledgers,
            acknowledged: 0,
        }
    }

    /// Waits until the service has acknowledged `answers` more forms.
    pub fn wait_for(&mut self, answers: usize) {
        const LIMIT: Duration = Duration::from_mins(1);
        self.acknowledged += acknowledged(self.answers.try_iter()) + answers;
        let mut left = answers;
        while left > 0 {
            left -= acknowledged([self.answers.recv_timeout(LIMIT).unwrap()]);
        }
    }

    /// Returns a copy of each applicant's ledger.
    pub fn ledgers(&self) -> Vec<Ledger> {
        let copy = |ledger: &Arc<Mutex<Ledger>>| ledger.lock().unwrap().clone();
        self.ledgers.iter().map(copy).collect()
    }

    pub fn end(self) -> Outcome {
        self.stop.store(true, Ordering::Relaxed);
        let applicants = self.applicants.into_iter();
        let applicants = applicants
            .map(|applicant| applicant.join().unwrap())
            .collect();
        Outcome {
            applicants,
            acknowledged: self.acknowledged + acknowledged(self.answers.iter()),
        }
    }
}

impl Outcome {
    /// Asserts that the database has everything that was acknowledged, once and whole.
    pub async fn assert_kept(&self, database: &str) {
        let store = Store::open(database).await.unwrap();
        kept::assert_registrations(&store, &self.applicants).await;
        kept::assert_drafts(&store, &self.applicants).await;
        store.close().await;
    }

    /// Returns the waits of one kind of all applicants, the shortest first.
    pub fn waits(&self, kind: impl Fn(&Waits) -> &Vec<Duration>) -> Vec<Duration> {
        let applicants = self.applicants.iter();
        let mut waits: Vec<Duration> = applicants
            .flat_map(|applicant| kind(&applicant.waits))
            .copied()
            .collect();
        waits.sort_unstable();
        waits
    }

    /// Asserts that each page that says that the service is not available came within
    /// `TOLD_WITHIN`, and that the service answered every request.
    pub fn assert_told(&self) {
        let longest = self.waits(|waits| &waits.turned_away).pop();
        assert!(longest.unwrap_or_default() < TOLD_WITHIN, "{longest:?}");
        assert_eq!(self.cut_off(), 0);
    }

    /// Returns how many requests got no answer from the service.
    pub fn cut_off(&self) -> usize {
        self.waits(|waits| &waits.cut_off).len() + self.waits(|waits| &waits.without_server).len()
    }

    /// Returns how many pages said that the service is not available.
    pub fn turned_away(&self) -> usize {
        self.waits(|waits| &waits.turned_away).len()
    }

    /// Returns the counts and the waits, for the report.
    pub fn in_words(&self) -> String {
        let mut waits = self.waits(|waits| &waits.acknowledged);
        waits.extend(self.waits(|waits| &waits.turned_away));
        let registrations: usize = self
            .applicants
            .iter()
            .map(|applicant| applicant.submitted.len())
            .sum();
        format!(
            "{} answers acknowledged and found again, {registrations} of them registrations; {} \
             pages with 503, {} requests without an answer; the longest wait {}, p99 {}",
            self.acknowledged,
            self.turned_away(),
            self.cut_off(),
            in_seconds(of_a_hundred(&mut waits, 100)),
            in_seconds(of_a_hundred(&mut waits, 99)),
        )
    }
}

fn acknowledged(answers: impl IntoIterator<Item = Answer>) -> usize {
    let acknowledged = |answer: &Answer| *answer == Answer::Acknowledged;
    answers.into_iter().filter(acknowledged).count()
}
