//! An applicant who submits one registration after another and records what the service
//! acknowledged.

use std::collections::BTreeMap;
use std::sync::mpsc::Sender;
use std::time::Duration;

use ureq::Agent;

use crate::forms::{Fields, encoded, pages_of_a_firm, user};

/// The state of one draft, as its applicant knows it from the answers of the service.
#[derive(Default)]
pub struct Known {
    /// The cookie, as soon as an answer has set it.
    pub cookie: Option<String>,
    /// The last organisation name that the service acknowledged.
    pub name: Option<String>,
    /// A newer name that the service has not acknowledged.
    pub unsure_name: Option<String>,
    /// The pages that the service acknowledged, by address.
    pub pages: BTreeMap<&'static str, Fields>,
    /// The last names of the acknowledged users, in order.
    pub users: Vec<String>,
    /// The last names of users that were sent but not acknowledged.
    pub unsure_users: Vec<String>,
    /// Whether Submit was sent.
    pub submit_sent: bool,
}

pub struct Applicant {
    pub now: Known,
    /// The registrations that the service acknowledged.
    pub submitted: Vec<Known>,
    number: usize,
    sent: usize,
}

/// The error of a request during which the program was killed.
struct CutOff;

impl Applicant {
    pub fn new(number: usize) -> Self {
        Self {
            now: Known::default(),
            submitted: Vec::new(),
            number,
            sent: 0,
        }
    }

    /// Sends forms until the program is killed, starting where the previous run stopped.
    pub fn send_forms_until_cut_off(&mut self, address: &str, acknowledged: &Sender<()>) {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)));
        let agent: Agent = config.build().into();
        let round = Round {
            agent,
            address,
            acknowledged,
        };
        while self.register(&round).is_ok() {
            let submitted = std::mem::take(&mut self.now);
            self.submitted.push(submitted);
        }
    }

    fn register(&mut self, round: &Round) -> Result<(), CutOff> {
        let pages = pages_of_a_firm("");
        let users = 3 + self.number;
        for (page, fields) in pages
            .into_iter()
            .filter(|(page, _)| *page != "/api/organisation/name")
        {
            if !self.now.pages.contains_key(page) {
                round.send(&mut self.now.cookie, page, &fields)?;
                self.now.pages.insert(page, fields);
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
    fn name_the_organisation(&mut self, round: &Round) -> Result<(), CutOff> {
        self.sent += 1;
        let name = format!("Firm {} name {}", self.number, self.sent);
        let fields = vec![("from", "task".to_owned()), ("name", name.clone())];
        self.now.unsure_name = Some(name.clone());
        round.send(&mut self.now.cookie, "/api/organisation/name", &fields)?;
        self.now.unsure_name = None;
        self.now.name = Some(name);
        Ok(())
    }

    fn add_user(&mut self, round: &Round) -> Result<(), CutOff> {
        self.sent += 1;
        let mut fields = user(self.sent);
        let administrator = fields.iter_mut().find(|(name, _)| *name == "administrator");
        "yes".clone_into(&mut administrator.unwrap().1);
        let last_name = format!("Williams {}", self.sent);
        self.now.unsure_users.push(last_name);
        round.send(&mut self.now.cookie, "/api/users/add", &fields)?;
        self.now.users.extend(self.now.unsure_users.pop());
        Ok(())
    }
}

struct Round<'a> {
    agent: Agent,
    address: &'a str,
    acknowledged: &'a Sender<()>,
}

impl Round<'_> {
    fn send(&self, cookie: &mut Option<String>, page: &str, fields: &Fields) -> Result<(), CutOff> {
        let request = self
            .agent
            .post(format!("{}{page}", self.address))
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookie.as_deref().unwrap_or_default());
        let Ok(response) = request.send(encoded(fields)) else {
            return Err(CutOff);
        };
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
        // This fails only if the test has already failed and no longer counts the answers.
        let _nobody_may_listen = self.acknowledged.send(());
        Ok(())
    }
}
