//! Slow and stalled clients, over real sockets: none occupies a connection or memory for long, or
//! delays the end of the service.

use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::{Request, header};
use axum::routing::get;
use hyper::body::Frame;
use server::bytes_in_flight::{ByteLimits, BytesInFlight};
use server::http::connections::{ConnectionLimits, serve};
use server::http::{Pace, TrustedProxies};
use server::settings::LogFormat;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{interval, timeout};

use crate::browser::Browser;
use crate::logged::Log;
use crate::test_service::{Options, TestService};

/// The longest wait of a test. It is far longer than any test needs; it ends a test whose limit
/// does not work.
const PATIENCE: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(150);
const LONG: Duration = Duration::from_mins(10);

/// Returns limits so high that a test reaches only the limits that the test lowers.
fn patient() -> ConnectionLimits {
    ConnectionLimits {
        head: LONG,
        idle: LONG,
        write: LONG,
        age: LONG,
        stop: LONG,
        most: 100,
        most_from_place: 100,
    }
}

/// A router that serves on a socket until a test stops it.
struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Served {
    async fn start(router: Router, limits: ConnectionLimits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            let _dropped_or_sent = stopped.await;
        };
        let serving = serve(listener, router, limits, TrustedProxies::nobody(), stopped);
        Self {
            address,
            stop,
            serving: tokio::spawn(serving),
        }
    }

    async fn send(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        timeout(PATIENCE, self.serving).await.unwrap().unwrap();
    }
}

/// Reads what the server sends until it closes the connection.
async fn rest_of(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset also closes the connection.
    let _closed = timeout(PATIENCE, stream.read_to_end(&mut bytes))
        .await
        .unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads the first line of an answer on a connection that stays open.
async fn status_line(stream: &mut TcpStream) -> String {
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        let byte = timeout(PATIENCE, stream.read_u8()).await.unwrap().unwrap();
        line.push(byte);
    }
    String::from_utf8_lossy(&line).trim_end().to_owned()
}

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nHost: register.example\r\n\r\n";
const HALF_A_HEAD: &str = "GET /healthz HTTP/1.1\r\nHost: regis";
const STALLED_FORM: &str = "POST /api/organisation/name HTTP/1.1\r\nHost: register.example\r\n\
                            Content-Type: application/x-www-form-urlencoded\r\n\
                            Content-Length: 1000\r\nAccept: text/html\r\n\r\nname=Hart";

#[tokio::test]
async fn half_sent_heads_are_closed_and_make_room_for_whole_requests() {
    let service = TestService::new().await;
    let limits = ConnectionLimits {
        head: SHORT,
        most: 20,
        ..patient()
    };
    let served = Served::start(service.router(), limits).await;
    let mut half = Vec::new();
    for number in 0..20 {
        // A connection on which nothing is sent counts too.
        let text = if number % 2 == 0 { HALF_A_HEAD } else { "" };
        half.push(served.send(text).await);
    }
    let mut whole = served.send(HEALTH).await;
    assert_eq!(status_line(&mut whole).await, "HTTP/1.1 200 OK");
    for stream in half {
        assert_eq!(rest_of(stream).await, "");
    }
}

#[tokio::test]
async fn a_head_that_trickles_is_closed_at_its_deadline() {
    let service = TestService::new().await;
    let limits = ConnectionLimits {
        head: SHORT,
        ..patient()
    };
    let served = Served::start(service.router(), limits).await;
    let mut stream = served.send(HALF_A_HEAD).await;
    // Each byte would reset a limit on the time between bytes, but not a limit on the whole head.
    let mut pace = interval(SHORT / 10);
    let mut sent = 0;
    let trickle = async {
        while stream.write_all(b"a").await.is_ok() {
            sent += 1;
            pace.tick().await;
        }
    };
    timeout(PATIENCE, trickle).await.unwrap();
    assert!(sent < 1_000, "the head was refused for its length");
}

#[tokio::test]
async fn an_idle_connection_is_closed_and_a_second_half_head_sooner() {
    let service = TestService::new().await;
    for (limits, then) in [
        (
            ConnectionLimits {
                idle: SHORT,
                ..patient()
            },
            "",
        ),
        (
            ConnectionLimits {
                head: SHORT,
                ..patient()
            },
            HALF_A_HEAD,
        ),
        // A connection is closed at twice its age.
        (
            ConnectionLimits {
                age: SHORT,
                ..patient()
            },
            "",
        ),
    ] {
        let served = Served::start(service.router(), limits).await;
        let mut stream = served.send(HEALTH).await;
        assert_eq!(status_line(&mut stream).await, "HTTP/1.1 200 OK");
        stream.write_all(then.as_bytes()).await.unwrap();
        let rest = rest_of(stream).await;
        assert_eq!(rest.matches("HTTP/1.1").count(), 0, "{rest}");
    }
}

#[tokio::test]
async fn an_old_connection_answers_its_next_request_before_it_closes() {
    let service = TestService::new().await;
    let age = Duration::from_secs(2);
    let limits = ConnectionLimits { age, ..patient() };
    let served = Served::start(service.router(), limits).await;
    let mut stream = served.send(HEALTH).await;
    let mut first = Vec::new();
    let until_old = timeout(age, stream.read_to_end(&mut first)).await;
    assert!(until_old.is_err(), "an idle connection was closed");
    let first = String::from_utf8_lossy(&first).to_ascii_lowercase();
    assert!(first.starts_with("http/1.1 200 ok"), "{first}");
    assert!(!first.contains("connection: close"), "{first}");
    stream.write_all(HEALTH.as_bytes()).await.unwrap();
    let last = rest_of(stream).await.to_ascii_lowercase();
    assert!(last.starts_with("http/1.1 200 ok"), "{last}");
    assert!(last.contains("connection: close"), "{last}");
}

/// Returns the kinds of the security events that were logged since the last call.
fn security_events(log: &Log) -> Vec<String> {
    let lines = log.take_lines();
    let kinds = lines
        .iter()
        .filter_map(|line| line["fields"]["event"].as_str());
    kinds.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_stalled_body_is_answered_with_408() {
    let service = TestService::with(Options {
        pace: Pace {
            grace: SHORT,
            ..Pace::default()
        },
        ..Options::default()
    })
    .await;
    let log = Log::begin(LogFormat::Json, "error");
    let served = Served::start(service.router(), patient()).await;
    for path in [
        "/api/organisation/name",
        "/return",
        "/desk/sign-in",
        "/nowhere",
    ] {
        let request = STALLED_FORM.replace("/api/organisation/name", path);
        let answer = rest_of(served.send(&request).await).await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{path}: {answer}");
        assert!(answer.contains("<h1"), "{path}: {answer}");
        assert_eq!(security_events(&log), ["limit-reached"], "{path}");
    }
    let upload = STALLED_FORM.replace("/api/organisation/name", "/api/users/upload");
    let upload = upload.replace(
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=b",
    );
    let answer = rest_of(served.send(&upload).await).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

/// A body that never ends. Its channel closes when the body is dropped.
struct Endless {
    _told: mpsc::Sender<()>,
}

impl HttpBody for Endless {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let piece = Bytes::from(vec![b'a'; 64 * 1024]);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }
}

#[tokio::test]
async fn a_client_that_reads_nothing_does_not_keep_the_answer_waiting() {
    let (told, mut dropped) = mpsc::channel(1);
    let answer = move || async move { Body::new(Endless { _told: told }) };
    let router = Router::new().route("/", get(answer));
    let limits = ConnectionLimits {
        write: SHORT,
        ..patient()
    };
    let served = Served::start(router, limits).await;
    let reads_nothing = served.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    // The channel closes once the router and the answer are dropped.
    let (stop, serving) = (served.stop, served.serving);
    stop.send(()).unwrap();
    timeout(PATIENCE, dropped.recv()).await.unwrap();
    timeout(PATIENCE, serving).await.unwrap().unwrap();
    drop(reads_nothing);
}

#[tokio::test]
async fn the_service_stops_whatever_its_clients_do() {
    let service = TestService::new().await;
    let limits = ConnectionLimits {
        stop: SHORT,
        ..patient()
    };
    let served = Served::start(service.router(), limits).await;
    let mut idle = served.send(HEALTH).await;
    assert_eq!(status_line(&mut idle).await, "HTTP/1.1 200 OK");
    let _half = served.send(HALF_A_HEAD).await;
    let _stalled = served.send(STALLED_FORM).await;
    served.stop().await;
}

/// A body in pieces, which a test sends one by one.
struct Pieces(mpsc::Receiver<Bytes>);

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let piece = self.0.poll_recv(context);
        piece.map(|piece| piece.map(|piece| Ok(Frame::data(piece))))
    }
}

const BOUNDARY: &str = "multipart/form-data; boundary=between";

fn upload_from(place: &str) -> axum::http::request::Builder {
    Request::post("/api/users/upload")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, BOUNDARY)
        .header("x-client", place)
}

fn csv(rows: usize) -> Bytes {
    let row = "Wen,Williams,wen@hartwell.example\r\n";
    let head = "--between\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n\
                First name,Last name,Email\r\n";
    Bytes::from([head, &row.repeat(rows)].concat())
}

/// Uploads half a file and stalls. Returns once the server has read that half.
async fn stalled_upload(browser: Browser, place: &str) -> (mpsc::Sender<Bytes>, JoinHandle<u16>) {
    let (pieces, body) = mpsc::channel(1);
    pieces.send(csv(1_000)).await.unwrap();
    let request = upload_from(place);
    let body = Body::new(Pieces(body));
    let uploading = tokio::spawn(async move { browser.send(request, body).await.status.as_u16() });
    // The channel has room for one piece, so once the second piece is sent, the server has read the
    // first piece.
    pieces.send(Bytes::new()).await.unwrap();
    (pieces, uploading)
}

#[tokio::test]
async fn uploads_hold_only_so_much_memory_however_many_stall() {
    let half = csv(1_000).len();
    let limits = ByteLimits {
        in_all: 3 * half,
        from_place: 2 * half,
        of_request: half,
    };
    let service = TestService::with(Options {
        bytes_in_flight: BytesInFlight::new(limits),
        ..Options::default()
    })
    .await;
    let end = "\r\n--between--\r\n";
    let whole = Bytes::from([csv(1_000), end.into()].concat());
    let upload = |place: &'static str| {
        let browser = service.browser();
        let whole = whole.clone();
        async move { browser.send(upload_from(place), whole).await }
    };
    let one = stalled_upload(service.browser(), "192.0.2.1").await;
    let two = stalled_upload(service.browser(), "192.0.2.1").await;
    // This client address has used up its memory, but another address has not.
    let log = Log::begin(LogFormat::Json, "error");
    let refused = upload("192.0.2.1").await;
    refused.assert_page(503);
    assert_eq!(security_events(&log), ["limit-reached"]);
    assert_eq!(refused.header(header::RETRY_AFTER), "60");
    assert_eq!(upload("192.0.2.2").await.status, 303);
    let three = stalled_upload(service.browser(), "192.0.2.2").await;
    upload("192.0.2.3").await.assert_page(503);
    // Requests without a body are still answered.
    service.browser().get("/").await.assert_page(200);
    for (pieces, uploading) in [one, two, three] {
        pieces
            .send(Bytes::from_static(end.as_bytes()))
            .await
            .unwrap();
        drop(pieces);
        assert_eq!(uploading.await.unwrap(), 303);
    }
    assert_eq!(upload("192.0.2.1").await.status, 303);
}

#[tokio::test]
async fn two_lengths_are_refused_and_chunks_outweigh_a_length() {
    let service = TestService::new().await;
    let served = Served::start(service.router(), patient()).await;
    let head = "POST /api/organisation/name HTTP/1.1\r\nHost: register.example\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nAccept: text/html\r\n";
    let lengths = "Content-Length: 9\r\nContent-Length: 100\r\n\r\nname=Hart";
    let answer = rest_of(served.send(&[head, lengths, HEALTH].concat()).await).await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    let chunks = "Transfer-Encoding: chunked\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n\
                  9\r\nname=Hart\r\n0\r\n\r\n";
    let answer = rest_of(served.send(&[head, chunks].concat()).await).await;
    assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
    served.stop().await;
}
