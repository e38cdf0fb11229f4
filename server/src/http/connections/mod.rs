//! Accepts connections and serves them. A client has time limits for sending the head of a request,
//! for reading the answer and for staying idle, and the number of connections is limited. The
//! limits on a request's body are in `http/bodies.rs`.

mod count;
mod stream;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use tower::ServiceExt;

use self::count::{ClientCounts, Counted};
use self::stream::{Progress, TimedStream};
use super::trusted_proxies::TrustedProxies;
use crate::current_request::{self, CurrentRequest};
use crate::security_event::{self, SecurityEvent};

/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 64 * 1024;
/// The pause after the system refused to accept a connection, for example because no file handle is
/// free.
const ACCEPT_PAUSE: Duration = Duration::from_secs(1);

/// The limits on connections.
#[derive(Debug, Clone, Copy)]
pub struct ConnectionLimits {
    /// The longest time for the head of a request to arrive, from its first byte.
    pub head: Duration,
    /// The longest time that a connection may wait for a request. Common proxies close an idle
    /// connection sooner, so they do not send a request on a connection that the service is
    /// closing.
    pub idle: Duration,
    /// The longest time for which a client may read no byte of an answer.
    pub write: Duration,
    /// The age from which the next answer on a connection is its last. An idle connection of this
    /// age stays open, so that no request meets a connection that the service is closing. At twice
    /// this age every connection is closed.
    pub age: Duration,
    /// During shutdown, the longest time for the current requests.
    pub stop: Duration,
    /// The largest number of connections. Further connections wait in the system's queue.
    pub most: usize,
    /// The largest number of connections from one client address, unless the address is a trusted
    /// proxy or this machine.
    pub most_from_place: usize,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            idle: Duration::from_secs(150),
            write: Duration::from_secs(30),
            age: Duration::from_mins(15),
            stop: Duration::from_secs(10),
            // Below 1,024, which is usually the limit on open files.
            most: 800,
            most_from_place: 200,
        }
    }
}

/// Serves until `stop` is ready, then waits until all current requests are answered, but no longer
/// than `limits.stop`.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: ConnectionLimits,
    proxies: TrustedProxies,
    stop: impl Future<Output = ()>,
) {
    let permits = Arc::new(Semaphore::new(limits.most));
    let places = ClientCounts::default();
    let (stopping, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        while connections.try_join_next().is_some() {}
        let accepted = async {
            let permit = Arc::clone(&permits).acquire_owned().await.ok();
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let is_counted = !peer.ip().to_canonical().is_loopback() && !proxies.trust(peer.ip());
        let Ok(counted) = places.count(peer.ip(), is_counted.then_some(limits.most_from_place))
        else {
            refused(peer).await;
            continue;
        };
        let connection = Connection {
            stream,
            peer,
            limits,
            _counted: counted,
        };
        let (router, stopped) = (router.clone(), stopped.clone());
        connections.spawn(async move {
            let _permit = permit;
            connection.serve(router, stopped).await;
        });
    }
    drop(listener);
    let _nobody_may_listen = stopping.send(true);
    let all = async { while connections.join_next().await.is_some() {} };
    if timeout(limits.stop, all).await.is_err() {
        tracing::warn!(
            left = connections.len(),
            "connections were closed before their requests were answered"
        );
    }
    connections.shutdown().await;
}

/// Records a security event for a connection that was refused because its client has too many.
async fn refused(peer: SocketAddr) {
    let current = CurrentRequest::from_source(Some(peer.ip().to_canonical().to_string()));
    let recording = async { security_event::record(SecurityEvent::LimitReached, "connections") };
    current_request::within(current, recording).await;
}

struct Connection {
    stream: TcpStream,
    peer: SocketAddr,
    limits: ConnectionLimits,
    _counted: Counted,
}

impl Connection {
    async fn serve(self, router: Router, mut stopped: watch::Receiver<bool>) {
        let progress = Arc::new(Progress::default());
        let stream = TimedStream::new(self.stream, self.limits, Arc::clone(&progress));
        let (peer, age, begun) = (self.peer, self.limits.age, Instant::now());
        let service = service_fn(move |request: Request<Incoming>| {
            let (router, progress) = (router.clone(), Arc::clone(&progress));
            async move {
                progress.is_serving.store(true, Ordering::Relaxed);
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(ConnectInfo(peer));
                let mut answer: Result<_, Infallible> = router.oneshot(request).await;
                if begun.elapsed() >= age
                    && let Ok(answer) = &mut answer
                {
                    let close = HeaderValue::from_static("close");
                    answer.headers_mut().insert(CONNECTION, close);
                }
                progress.served.fetch_add(1, Ordering::Relaxed);
                progress.is_serving.store(false, Ordering::Relaxed);
                answer
            }
        });
        let mut connection = pin!(
            http1::Builder::new()
                .timer(TokioTimer::new())
                // `TimedStream` applies the separate limits for an idle connection and a half-sent
                // head. hyper needs a timeout too, because without one it does not read from an
                // idle connection.
                .header_read_timeout(self.limits.idle)
                .max_buf_size(LARGEST_HEAD)
                .serve_connection(TokioIo::new(stream), service)
        );
        tokio::select! {
            // Ignore the error, which the client caused: it disconnected, or did not send HTTP.
            _ = connection.as_mut() => return,
            _ = stopped.wait_for(|stopped| *stopped) => {}
            () = sleep(age * 2) => return,
        }
        connection.as_mut().graceful_shutdown();
        let _too_slow_or_ended = timeout(age, connection).await;
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek};

    use super::*;
    use crate::log::to_writer;
    use crate::settings::LogFormat;

    #[tokio::test]
    async fn a_connection_that_is_refused_is_a_security_event_with_its_source() {
        let mut file = tempfile::tempfile().unwrap();
        let writer = Arc::new(file.try_clone().unwrap());
        let _logging =
            tracing::subscriber::set_default(to_writer(LogFormat::Json, "error", writer));
        refused("[::ffff:192.0.2.7]:4711".parse().unwrap()).await;
        let mut logged = String::new();
        file.rewind().unwrap();
        file.read_to_string(&mut logged).unwrap();
        for expected in [r#""event":"limit-reached""#, r#""source":"192.0.2.7""#] {
            assert!(logged.contains(expected), "{logged}");
        }
    }
}
