//! The export of spans by OTLP, to a test collector that returns everything that it has received.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

use server::http::REQUEST_ID;
use server::span_export::SpanExport;
use tracing_subscriber::layer::SubscriberExt;

use crate::logs::{applicants_journey, has_word, officers_journey};
use crate::test_service::{Options, TestService};

/// The first line of a request that ends the collector.
const END: &str = "GET /end HTTP/1.1";

/// A collector on a socket of this machine.
struct Collector {
    address: SocketAddr,
    collecting: JoinHandle<String>,
}

impl Collector {
    fn start() -> Self {
        Self::that_answers("200 OK".to_owned())
    }

    fn that_answers(head: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let collecting = thread::spawn(move || collect(&listener, &head));
        Self {
            address,
            collecting,
        }
    }

    /// Stops the collector and returns everything that it received.
    fn end(self) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(stream, "{END}\r\n\r\n").unwrap();
        self.collecting.join().unwrap()
    }
}

fn collect(listener: &TcpListener, accepted: &str) -> String {
    let mut received = String::new();
    for stream in listener.incoming() {
        let (first, body) = answer(stream.unwrap(), accepted);
        if first == END {
            break;
        }
        assert_eq!(first, "POST /v1/traces HTTP/1.1");
        received.push_str(&String::from_utf8_lossy(&body));
    }
    received
}

/// Answers a request with this head; returns the first line and the body of the request.
fn answer(mut stream: TcpStream, head: &str) -> (String, Vec<u8>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let rest = "content-length: 0\r\nconnection: close\r\n\r\n";
    write!(stream, "HTTP/1.1 {head}\r\n{rest}").unwrap();
    (first.trim().to_owned(), body)
}

#[tokio::test]
async fn the_spans_of_a_journey_reach_the_collector_without_what_was_typed() {
    let collector = Collector::start();
    let service = TestService::with(Options {
        postgres: true,
        ..Options::default()
    })
    .await;
    let export = SpanExport::begin(&format!("http://{}/", collector.address)).unwrap();
    let (id, people) = {
        let subscriber = tracing_subscriber::registry().with(export.layer());
        let _exporting = tracing::subscriber::set_default(subscriber);
        let applicant = applicants_journey(&service).await;
        let officer = officers_journey(&service).await;
        let page = applicant.browser.get("/users/77/change").await;
        (page.header(REQUEST_ID).to_owned(), [applicant, officer])
    };
    export.end();
    let received = collector.end();
    for sent in [
        "registration",
        "request",
        "handler",
        "session_draft",
        "/users/{id}/change",
        &id,
    ] {
        assert!(received.contains(sent), "{sent} is missing");
    }
    for value in people.into_iter().flat_map(|person| person.typed) {
        assert!(!has_word(&received, &value), "{value:?} was exported");
    }
}

#[test]
fn an_address_that_is_none_or_not_encrypted_is_refused() {
    for address in [
        "",
        "not an address",
        "127.0.0.1:4318",
        "http://not an address",
        "http://collector.example:4318",
        "ftp://127.0.0.1:4318",
    ] {
        assert!(SpanExport::begin(address).is_err(), "{address}");
    }
}

#[tokio::test]
async fn spans_do_not_follow_a_redirect_to_another_address() {
    let other = Collector::start();
    let moved = format!("307 Moved\r\nlocation: http://{}/v1/traces", other.address);
    let collector = Collector::that_answers(moved);
    let export = SpanExport::begin(&format!("http://{}", collector.address)).unwrap();
    {
        let subscriber = tracing_subscriber::registry().with(export.layer());
        let _exporting = tracing::subscriber::set_default(subscriber);
        let service = TestService::with(Options::default()).await;
        service.browser().get("/").await;
    }
    export.end();
    assert!(!collector.end().is_empty());
    assert_eq!(other.end(), "");
}
