//! The stream of a connection. Reading fails if the client takes too long over the head of a
//! request or stays idle for too long. Writing fails if the client reads nothing for too long.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

use super::ConnectionLimits;

/// A TCP stream with time limits for its client.
pub(super) struct TimedStream {
    stream: TcpStream,
    limits: ConnectionLimits,
    progress: Arc<Progress>,
    /// The number of requests that had been served when the current wait began.
    served: usize,
    reading: Phase,
    read_timer: Pin<Box<Sleep>>,
    is_writing: bool,
    write_timer: Pin<Box<Sleep>>,
}

/// The progress of a connection's requests, shared with the service.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Whether a request is being served. The stream then has no read limit, because the body has
    /// limits of its own.
    pub(super) is_serving: AtomicBool,
    /// The number of requests that have been served.
    pub(super) served: AtomicUsize,
}

/// The data that the client is expected to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The next request, of which no byte has arrived.
    Idle,
    /// The rest of a request's head.
    Head,
}

impl TimedStream {
    /// Wraps a new connection, and begins to wait for its first request.
    pub(super) fn new(
        stream: TcpStream,
        limits: ConnectionLimits,
        progress: Arc<Progress>,
    ) -> Self {
        Self {
            stream,
            limits,
            progress,
            served: 0,
            // A client that connects has a request to send, so its head is expected at once.
            reading: Phase::Head,
            read_timer: Box::pin(sleep(limits.head)),
            is_writing: false,
            write_timer: Box::pin(sleep(limits.write)),
        }
    }

    fn expect(&mut self, phase: Phase, within: Duration) {
        self.reading = phase;
        self.read_timer.as_mut().reset(Instant::now() + within);
    }

    fn written<T>(
        &mut self,
        context: &mut Context<'_>,
        outcome: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.is_writing = false;
            return outcome;
        }
        if !self.is_writing {
            self.is_writing = true;
            let deadline = Instant::now() + self.limits.write;
            self.write_timer.as_mut().reset(deadline);
        }
        ready!(self.write_timer.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for TimedStream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut this.stream).poll_read(context, buffer);
        if this.progress.is_serving.load(Ordering::Relaxed) {
            return outcome;
        }
        let served = this.progress.served.load(Ordering::Relaxed);
        if served != this.served {
            this.served = served;
            this.expect(Phase::Idle, this.limits.idle);
        }
        if this.reading == Phase::Idle && buffer.filled().len() > before {
            this.expect(Phase::Head, this.limits.head);
        }
        if outcome.is_ready() {
            return outcome;
        }
        ready!(this.read_timer.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncWrite for TimedStream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let outcome = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.written(context, outcome)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let outcome = Pin::new(&mut this.stream).poll_write_vectored(context, slices);
        this.written(context, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
