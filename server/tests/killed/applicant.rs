//! An applicant who submits one registration after another and records what the service
//! acknowledged.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ureq::Agent;

use crate::forms::{Fields, encoded, pages_of_a_firm, user};
use crate::outage::assert_turned_away;

/// The state of one draft, as its applicant knows it from the answers of the service.
#[derive(Clone, Default)]
pub struct Known {
    /// The session cookie; `None` until an answer sets it.
    pub cookie: Option<String>,
    /// The last organisation name that the service acknowledged.
    pub name: Option<String>,
    /// A newer name that was sent but not acknowledged. It may or may not be stored.
    pub unsure_name: Option<String>,
    /// The fields that the service acknowledged, by the address of their page.
    pub pages: BTreeMap<&'static str, Fields>,
    /// The last names of the acknowledged users, in order.
    pub users: Vec<String>,
    /// The last names of users that were sent but not acknowledged.
    pub unsure_users: Vec<String>,
    /// Whether Submit was sent.
    pub submit_sent: bool,
}

/// The registrations that the service has acknowledged so far, and the draft that the applicant is
/// filling in.
#[derive(Clone, Default)]
pub struct Ledger {
    pub submitted: Vec<Known>,
    pub now: Known,
}

pub struct Applicant {
    pub now: Known,
    /// The registrations that the service acknowledged.
    pub submitted: Vec<Known>,
    /// The waits for the answers of the service.
    pub waits: Waits,
    /// A copy of what was acknowledged, for other threads.
    pub ledger: Arc<Mutex<Ledger>>,
    number: usize,
    sent: usize,
}

/// The times that an applicant waited for answers, by the kind of answer.
#[derive(Default)]
pub struct Waits {
    /// The waits for answers that acknowledged a form.
    pub acknowledged: Vec<Duration>,
    /// The waits for the page that says that the service is not available at the moment.
    pub turned_away: Vec<Duration>,
    /// The waits for a 502 from the proxy, which had no server for the request.
    pub without_server: Vec<Duration>,
    /// The waits for requests whose connection broke.
    pub cut_off: Vec<Duration>,
}

/// The service's answer to a form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The form was saved.
    Acknowledged,
    /// The form was not saved: the service answered that it is not available at the moment.
    TurnedAway,
}

/// The reason why a form was not acknowledged.
enum Interruption {
    /// The connection broke or the proxy had no server, usually because a program was killed.
    CutOff,
    /// The service answered that it is not available at the moment.
    TurnedAway,
}

impl Applicant {
    pub fn new(number: usize) -> Self {
        Self {
            now: Known::default(),
            submitted: Vec::new(),
            waits: Waits::default(),
            ledger: Arc::default(),
            number,
            sent: 0,
        }
    }

    /// Sends forms until one is not acknowledged, usually because the program is killed. Starts
    /// where the previous call stopped.
    pub fn send_forms_until_cut_off(&mut self, address: &str, answers: &Sender<Answer>) {
        let round = Round::begin(address, answers);
        while self.register(&round).is_ok() {
            self.submitted();
        }
        self.waits.add(round);
    }

    /// Sends forms until `stop` is set. Sends a form again if the service turned it away; panics if
    /// the connection broke.
    pub fn send_forms_until(&mut self, stop: &AtomicBool, address: &str, answers: &Sender<Answer>) {
        let round = Round::begin(address, answers);
        while !stop.load(Ordering::Relaxed) {
            match self.register(&round) {
                Ok(()) => self.submitted(),
                Err(Interruption::TurnedAway) => {}
                Err(Interruption::CutOff) => panic!("the program answered nothing"),
            }
        }
        self.waits.add(round);
    }

    /// Sends forms until `stop` is set. Waits a moment and sends a form again if the service turned
    /// it away or the connection broke.
    pub fn send_forms_patiently(
        &mut self,
        stop: &AtomicBool,
        address: &str,
        answers: &Sender<Answer>,
    ) {
        const BEFORE_THE_NEXT_ATTEMPT: Duration = Duration::from_millis(50);
        let round = Round::begin(address, answers);
        while !stop.load(Ordering::Relaxed) {
            match self.register(&round) {
                Ok(()) => self.submitted(),
                Err(_) => thread::sleep(BEFORE_THE_NEXT_ATTEMPT),
            }
        }
        self.waits.add(round);
    }

    fn submitted(&mut self) {
        let submitted = std::mem::take(&mut self.now);
        let mut ledger = self.ledger.lock().unwrap();
        ledger.now = Known::default();
        ledger.submitted.push(submitted.clone());
        self.submitted.push(submitted);
    }

    fn publish(&self) {
        self.ledger.lock().unwrap().now = self.now.clone();
    }

    fn register(&mut self, round: &Round) -> Result<(), Interruption> {
        let pages = pages_of_a_firm("");
        let users = 3 + self.number;
        for (page, fields) in pages
            .into_iter()
            .filter(|(page, _)| *page != "/api/organisation/name")
        {
            if !self.now.pages.contains_key(page) {
                round.send(&mut self.now.cookie, page, &fields)?;
                self.now.pages.insert(page, fields);
                self.publish();
            }
        }
        while self.now.users.len() < users {
            self.name_the_organisation(round)?;
            self.add_user(round)?;
        }
        self.now.submit_sent = true;
        round.send(&mut self.now.cookie, "/api/submit", &Fields::new())?;
        Ok(())
    }

    /// Replaces the organisation's name.
    fn name_the_organisation(&mut self, round: &Round) -> Result<(), Interruption> {
        self.sent += 1;
        let name = format!("Firm {} name {}", self.number, self.sent);
        let fields = vec![("from", "task".to_owned()), ("name", name.clone())];
        self.now.unsure_name = Some(name.clone());
        round.send(&mut self.now.cookie, "/api/organisation/name", &fields)?;
        self.now.unsure_name = None;
        self.now.name = Some(name);
        self.publish();
        Ok(())
    }

    fn add_user(&mut self, round: &Round) -> Result<(), Interruption> {
        self.sent += 1;
        let mut fields = user(self.sent);
        let administrator = fields.iter_mut().find(|(name, _)| *name == "administrator");
        "yes".clone_into(&mut administrator.unwrap().1);
        let last_name = format!("Williams {}", self.sent);
        self.now.unsure_users.push(last_name);
        round.send(&mut self.now.cookie, "/api/users/add", &fields)?;
        self.now.users.extend(self.now.unsure_users.pop());
        self.publish();
        Ok(())
    }
}

struct Round<'a> {
    agent: Agent,
    address: &'a str,
    answers: &'a Sender<Answer>,
    waits: RefCell<Waits>,
}

impl Waits {
    fn add(&mut self, round: Round<'_>) {
        let waits = round.waits.into_inner();
        self.acknowledged.extend(waits.acknowledged);
        self.turned_away.extend(waits.turned_away);
        self.without_server.extend(waits.without_server);
        self.cut_off.extend(waits.cut_off);
    }
}

impl<'a> Round<'a> {
    fn begin(address: &'a str, answers: &'a Sender<Answer>) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)));
        Self {
            agent: config.build().into(),
            address,
            answers,
            waits: RefCell::default(),
        }
    }

    fn send(
        &self,
        cookie: &mut Option<String>,
        page: &str,
        fields: &Fields,
    ) -> Result<(), Interruption> {
        let request = self
            .agent
            .post(format!("{}{page}", self.address))
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookie.as_deref().unwrap_or_default());
        let begun = now();
        let Ok(mut response) = request.send(encoded(fields)) else {
            self.waits.borrow_mut().cut_off.push(begun.elapsed());
            return Err(Interruption::CutOff);
        };
        if response.status() == 502 {
            self.waits.borrow_mut().without_server.push(begun.elapsed());
            return Err(Interruption::CutOff);
        }
        if response.status().is_server_error() {
            assert_turned_away(page, &mut response);
            self.waits.borrow_mut().turned_away.push(begun.elapsed());
            let _nobody_may_listen = self.answers.send(Answer::TurnedAway);
            return Err(Interruption::TurnedAway);
        }
        assert_eq!(response.status(), 303, "{page}");
        let location = response.headers()["location"].to_str().unwrap();
        let expected = match page {
            "/api/submit" => "/submitted",
            "/api/users/add" => "/users",
            _ => location,
        };
        assert_eq!(location, expected, "{page}");
        assert_ne!(
            format!("/api{location}"),
            page,
            "a right answer was found wrong"
        );
        assert!(
            !matches!(location, "/draft-expired" | "/already-submitted"),
            "{page}: {location}"
        );
        if let Some(set) = response.headers().get("set-cookie") {
            *cookie = set.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        self.waits.borrow_mut().acknowledged.push(begun.elapsed());
        // This fails only if the test has already failed and no longer counts the answers.
        let _nobody_may_listen = self.answers.send(Answer::Acknowledged);
        Ok(())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the drill measures real elapsed time"
)]
fn now() -> Instant {
    Instant::now()
}
