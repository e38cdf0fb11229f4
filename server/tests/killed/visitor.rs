//! A test visitor: one connection of a browser without scripts. The visitor stores cookies, does
//! not follow redirects, and records the time of each request by route.

use std::collections::BTreeMap;
use std::time::Duration;

use ureq::http::Response;
use ureq::{Agent, Body};

use crate::forms::{Fields, encoded};
use crate::now;

/// The times of all requests, by route.
pub type Times = BTreeMap<&'static str, Vec<Duration>>;

pub struct Visitor {
    pub times: Times,
    address: String,
    agent: Agent,
    cookies: BTreeMap<String, String>,
}

/// An answer, read to its end.
pub struct Answered {
    pub status: u16,
    pub location: String,
    pub text: String,
}

impl Visitor {
    pub fn new(address: &str) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)));
        Self {
            times: Times::default(),
            address: address.to_owned(),
            agent: config.build().into(),
            cookies: BTreeMap::new(),
        }
    }

    /// Deletes the browser's cookies, so the service no longer recognises it.
    pub fn forget_cookies(&mut self) {
        self.cookies.clear();
    }

    /// Moves the time of the last request of a route to another route.
    pub fn rename_last(&mut self, route: &str, other: &'static str) {
        let time = self.times.get_mut(route).and_then(Vec::pop);
        self.times.entry(other).or_default().extend(time);
    }

    pub fn get(&mut self, route: &'static str, path: &str) -> Answered {
        let request = self
            .agent
            .get(format!("{}{path}", self.address))
            .header("accept", "text/html")
            .header("cookie", self.cookie_header());
        let begun = now();
        let answer = request.call();
        self.answered(route, answer, begun)
    }

    pub fn post(&mut self, route: &'static str, path: &str, fields: &Fields) -> Answered {
        self.send(
            route,
            path,
            "application/x-www-form-urlencoded",
            encoded(fields),
        )
    }

    /// Sends a body of the content type `kind`.
    pub fn send(&mut self, route: &'static str, path: &str, kind: &str, body: String) -> Answered {
        let request = self
            .agent
            .post(format!("{}{path}", self.address))
            .header("accept", "text/html")
            .header("content-type", kind)
            .header("cookie", self.cookie_header());
        let begun = now();
        let answer = request.send(body);
        self.answered(route, answer, begun)
    }

    fn answered(
        &mut self,
        route: &'static str,
        answer: Result<Response<Body>, ureq::Error>,
        begun: std::time::Instant,
    ) -> Answered {
        let mut answer = answer.unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        self.times.entry(route).or_default().push(begun.elapsed());
        for set in answer.headers().get_all("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let status = answer.status().as_u16();
        assert!(status < 500, "{route}: {status} {text}");
        let location = answer.headers().get("location");
        Answered {
            status,
            location: location.map_or_else(String::new, |at| at.to_str().unwrap().to_owned()),
            text,
        }
    }

    fn cookie_header(&self) -> String {
        let pairs = self.cookies.iter();
        pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }
}

impl Answered {
    /// Returns the text between two marks; `None` if a mark is missing.
    pub fn between(&self, before: &str, after: &str) -> Option<&str> {
        let (_, rest) = self.text.split_once(before)?;
        rest.split_once(after).map(|(found, _)| found)
    }
}
