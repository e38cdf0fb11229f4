//! Messages by GOV.UK Notify’s HTTP API, sent to a fake server. The tests verify what Notify itself
//! verifies: the signed token and the payload.
#![expect(clippy::unwrap_used, reason = "a panic makes the test fail")]

#[path = "fixtures/envelopes.rs"]
mod envelopes;
#[path = "fixtures/sender.rs"]
mod sender;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use envelopes::{envelope, welsh_envelope};
use hmac::{Hmac, KeyInit, Mac};
use mail::{FailedDeliveries, Mailer, Notify, NotifyKey};
use serde_json::Value;
use sha2::Sha256;

const SERVICE: &str = "26785a09-ab16-4eb0-8407-a37497a57506";
const SECRET: &str = "3d844edf-8d35-48ac-975b-e847b4f122b0";
const TEMPLATE: &str = "f33517ff-2a88-4f6e-b855-c550268ce08a";

/// A request that the fake server received.
struct Request {
    line: String,
    headers: Vec<(String, String)>,
    payload: Value,
}

impl Request {
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).unwrap()
    }

    /// Returns the claims of the token, after a check of its signature.
    fn claims(&self) -> Value {
        let token = self
            .header("authorization")
            .strip_prefix("Bearer ")
            .unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(signed.as_bytes());
        mac.verify_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap())
            .unwrap();
        let (header, claims) = signed.split_once('.').unwrap();
        let read = |part| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(part).unwrap());
        assert_eq!(read(header).unwrap()["alg"], "HS256");
        read(claims).unwrap()
    }
}

/// Starts a fake server that answers one request with `status` and `words`. Returns the server's
/// address, and a thread handle whose `join` returns the request.
fn stand_in(status: &'static str, words: &'static str) -> (String, JoinHandle<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answering = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let request = read(&stream);
        let length = words.len();
        write!(
            &stream,
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{words}"
        )
        .unwrap();
        request
    });
    (address, answering)
}

fn read(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut next = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let line = next();
    let mut headers = Vec::new();
    loop {
        let header = next();
        let Some((name, value)) = header.split_once(": ") else {
            break;
        };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Request {
        line,
        headers,
        payload: serde_json::from_slice(&body).unwrap_or_default(),
    }
}

fn notify(address: &str) -> Notify {
    let key = NotifyKey::parse(&format!("live-{SERVICE}-{SECRET}")).unwrap();
    Notify::new(address, key, TEMPLATE)
}

#[tokio::test]
async fn a_message_is_what_notify_asks_for_under_a_token_that_was_just_signed() {
    for envelope in [
        envelope("clerk@firm.example"),
        welsh_envelope("clerc@cwmni.example"),
    ] {
        let (address, answering) = stand_in("201 CREATED", "{}");
        notify(&address).send(&envelope).await.unwrap();
        let request = answering.join().unwrap();
        assert_eq!(request.line, "POST /v2/notifications/email HTTP/1.1");
        assert_eq!(request.header("content-type"), "application/json");
        let claims = request.claims();
        assert_eq!(claims["iss"], SERVICE);
        assert_eq!(claims["iat"], envelope.at);

        let payload = &request.payload;
        assert_eq!(payload["email_address"], envelope.to.as_str());
        assert_eq!(payload["template_id"], TEMPLATE);
        assert_eq!(payload["reference"], envelope.id.as_str());
        let told = &payload["personalisation"];
        assert_eq!(told["subject"], envelope.letter.subject.as_str());
        assert_eq!(told["body"], mail::as_markdown(&envelope.letter));
        assert_eq!(payload.as_object().unwrap().len(), 4);
        assert_eq!(told.as_object().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_refusal_of_notify_fails_that_message_alone_or_is_temporary() {
    for (status, words, expected) in [
        (
            "400 BAD REQUEST",
            r#"{"errors":[{"error":"ValidationError"}]}"#,
            "refused for good",
        ),
        (
            "400 BAD REQUEST",
            r#"{"errors":[{"error":"BadRequestError","message":"Can't send to this recipient using a team-only API key"}]}"#,
            "refused for now",
        ),
        (
            "403 FORBIDDEN",
            r#"{"errors":[{"error":"AuthError"}]}"#,
            "down",
        ),
        (
            "429 TOO MANY REQUESTS",
            r#"{"errors":[{"error":"RateLimitError"}]}"#,
            "down",
        ),
        (
            "500 INTERNAL SERVER ERROR",
            r#"{"errors":[{"error":"Exception"}]}"#,
            "refused for now",
        ),
        ("503 SERVICE UNAVAILABLE", "", "down"),
    ] {
        let (address, answering) = stand_in(status, words);
        let failure = notify(&address)
            .send(&envelope("clerk@firm.example"))
            .await
            .unwrap_err();
        assert_eq!(failure.kind(), expected, "{status}");
        assert!(failure.to_string().contains(words), "{failure}");
        answering.join().unwrap();
    }
}

#[tokio::test]
async fn a_notify_that_hangs_up_is_unreachable_and_one_that_is_not_there_is_down() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let hanging_up = std::thread::spawn(move || drop(listener.accept().unwrap()));
    for expected in ["unreachable", "down"] {
        let failed = notify(&address).send(&envelope("clerk@firm.example")).await;
        assert_eq!(failed.unwrap_err().kind(), expected);
    }
    hanging_up.join().unwrap();
}

#[tokio::test]
async fn messages_that_were_not_delivered_are_asked_for_page_by_page() {
    const LAST: &str = "740e5834-3a29-46b4-9a6f-16142fde533a";
    let (address, answering) = stand_in(
        "200 OK",
        r#"{"notifications": [
            {"id": "1", "reference": "m1", "status": "permanent-failure", "body": "Dear",
             "email_address": "clerk@firm.example", "created_at": "2026-09-03T09:00:00.000000Z"},
            {"id": "2", "reference": null, "status": "permanent-failure", "created_at": "x"},
            {"id": "3", "reference": "m3", "status": "delivered", "created_at": "x"},
            {"id": "4", "reference": "m4", "status": "temporary-failure", "created_at": "x"},
            {"id": "740e5834-3a29-46b4-9a6f-16142fde533a", "reference": "m5",
             "status": "technical-failure", "created_at": "x"}
        ], "links": {}}"#,
    );
    let page = notify(&address).failed_deliveries(None, 5).await.unwrap();
    let request = answering.join().unwrap();
    assert_eq!(
        request.line,
        "GET /v2/notifications?template_type=email&status=permanent-failure&\
         status=temporary-failure&status=technical-failure HTTP/1.1"
    );
    assert_eq!(request.claims()["iat"], 5);
    let found: Vec<(&str, bool)> = page
        .messages
        .iter()
        .map(|failed| (&*failed.id, failed.came_back))
        .collect();
    assert_eq!(found, [("m1", true), ("m4", true), ("m5", false)]);
    assert_eq!(page.messages[0].accepted, "2026-09-03T09:00:00.000000Z");
    assert_eq!(page.next.as_deref(), Some(LAST));

    let (address, answering) = stand_in("200 OK", r#"{"notifications": [], "links": {}}"#);
    let page = notify(&address).failed_deliveries(Some(LAST), 5).await;
    assert_eq!(page.unwrap(), FailedDeliveries::default());
    let line = answering.join().unwrap().line;
    assert!(line.contains(&format!("&older_than={LAST} ")), "{line}");
    for (status, words) in [("403 FORBIDDEN", "{}"), ("200 OK", "<html>")] {
        let (address, answering) = stand_in(status, words);
        assert!(notify(&address).failed_deliveries(None, 5).await.is_err());
        answering.join().unwrap();
    }
}
