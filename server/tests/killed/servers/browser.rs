//! A browser that stores cookies and measures how long each answer takes.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;
use ureq::Agent;

use crate::forms::{Fields, encoded};

pub struct Browser {
    agent: Agent,
    address: String,
    place: &'static str,
    cookies: BTreeMap<String, String>,
}

pub struct Answer {
    pub status: u16,
    pub location: String,
    pub text: String,
    pub took: Duration,
}

impl Browser {
    pub fn new(address: &str) -> Self {
        Self::from_place(address, "203.0.113.7")
    }

    /// Makes a browser whose requests name `place` as the client address in `X-Forwarded-For`.
    pub fn from_place(address: &str, place: &'static str) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            // Each request opens a new connection, so the proxy sends it to the next server in
            // turn.
            .max_idle_connections(0)
            .timeout_global(Some(Duration::from_secs(30)));
        Self {
            agent: config.build().into(),
            address: address.to_owned(),
            place,
            cookies: BTreeMap::new(),
        }
    }

    /// Sends the following requests to another server, with the same cookies.
    pub fn at(&mut self, address: &str) -> &mut Self {
        address.clone_into(&mut self.address);
        self
    }

    pub fn get(&mut self, path: &str) -> Answer {
        let begun = Instant::now();
        let request = self
            .agent
            .get(format!("{}{path}", self.address))
            .header("accept", "text/html")
            .header("x-forwarded-for", self.place)
            .header("cookie", self.cookie());
        let answer = request.call();
        self.read(answer, begun)
    }

    pub fn post(&mut self, path: &str, fields: &Fields) -> Answer {
        self.send(
            path,
            "application/x-www-form-urlencoded",
            encoded(fields).as_bytes(),
        )
    }

    /// Uploads a spreadsheet with this file name.
    pub fn upload(&mut self, name: &str, content: &[u8]) -> Answer {
        const BOUNDARY: &str = "----between-the-parts";
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send("/api/users/upload", &kind, &body)
    }

    fn send(&mut self, path: &str, kind: &str, body: &[u8]) -> Answer {
        let begun = Instant::now();
        let request = self
            .agent
            .post(format!("{}{path}", self.address))
            .header("accept", "text/html")
            .header("content-type", kind)
            .header("x-forwarded-for", self.place)
            .header("cookie", self.cookie());
        let answer = request.send(body);
        self.read(answer, begun)
    }

    fn cookie(&self) -> String {
        let pairs = self.cookies.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn read(
        &mut self,
        answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
        begun: Instant,
    ) -> Answer {
        let mut answer = answer.unwrap();
        for set in answer.headers().get_all("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let location = answer.headers().get("location");
        Answer {
            status: answer.status().as_u16(),
            location: location.map_or_else(String::new, |to| to.to_str().unwrap().to_owned()),
            text: answer.body_mut().read_to_string().unwrap(),
            took: begun.elapsed(),
        }
    }
}

impl Answer {
    /// Asserts that the answer redirects to an address.
    #[track_caller]
    pub fn assert_leads_to(&self, address: &str) {
        assert_eq!(
            (self.status, &*self.location),
            (303, address),
            "{}",
            self.text
        );
    }
}
