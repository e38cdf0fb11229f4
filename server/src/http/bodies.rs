//! Limits the bodies of requests: each must arrive at a minimum pace, and limits apply to the
//! memory of all bodies together and of the bodies from one client. A client that is too slow gets
//! status 408; a body for which there is no memory gets 503.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

use super::client_address::client_address;
use super::pace::Pace;
use super::state::Service;
use crate::bytes_in_flight::Share;
use crate::security_event::{self, SecurityEvent};

/// The key under which the bytes of clients with an unknown address are counted.
const NOWHERE: &str = "nowhere";
/// The largest body that is read to its end, in bytes, after it was refused for lack of memory. A
/// browser shows the answer only once it has sent the whole body.
const MAX_DRAINED: usize = 64 * 1024 * 1024;
/// The seconds after which a client may try again if memory was short.
const AGAIN_AFTER: HeaderValue = HeaderValue::from_static("60");

/// Applies the limits to the body of a request.
pub(super) async fn watch(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let place = client_address(&service, &parts);
    let in_flight = &service.context.bytes_in_flight;
    let share = Arc::new(in_flight.share(place.as_deref().unwrap_or(NOWHERE)));
    let refused = Arc::new(OnceLock::new());
    let body = Body::new(WatchedBody {
        body,
        pace: service.pace,
        share: Arc::clone(&share),
        refused: Arc::clone(&refused),
        begun: Instant::now(),
        timer: Box::pin(sleep(service.pace.grace)),
        read: 0,
    });
    parts.extensions.insert(share);
    let response = next.run(Request::from_parts(parts, body)).await;
    match refused.get() {
        None => response,
        Some(Refused::TooSlow) => {
            security_event::record(SecurityEvent::LimitReached, "a body that comes too slowly");
            StatusCode::REQUEST_TIMEOUT.into_response()
        }
        Some(Refused::NoRoom) => {
            security_event::record(SecurityEvent::LimitReached, "memory for bodies");
            let again = [(header::RETRY_AFTER, AGAIN_AFTER)];
            (StatusCode::SERVICE_UNAVAILABLE, again).into_response()
        }
    }
}

/// The reason why a body was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Refused {
    #[error("the body comes too slowly")]
    TooSlow,
    #[error("there is no room for the body")]
    NoRoom,
}

struct WatchedBody {
    body: Body,
    pace: Pace,
    share: Arc<Share>,
    /// The reason, set once the body is refused.
    refused: Arc<OnceLock<Refused>>,
    begun: Instant,
    timer: Pin<Box<Sleep>>,
    read: usize,
}

impl WatchedBody {
    fn count(&mut self, bytes: usize) {
        self.read = self.read.saturating_add(bytes);
        let seconds = self.read
            / usize::try_from(self.pace.bytes_a_second)
                .unwrap_or(1)
                .max(1);
        let allowed = self.pace.grace + Duration::from_secs(seconds as u64);
        self.timer.as_mut().reset(self.begun + allowed);
        if self.share.grow(bytes).is_err() {
            self.refuse(Refused::NoRoom);
        }
    }

    fn refuse(&self, refused: Refused) -> Refused {
        *self.refused.get_or_init(|| refused)
    }
}

impl HttpBody for WatchedBody {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.get_mut();
        loop {
            let frame = match Pin::new(&mut this.body).poll_frame(context) {
                Poll::Ready(frame) => frame,
                Poll::Pending if this.timer.as_mut().poll(context).is_ready() => {
                    let refused = this.refuse(Refused::TooSlow);
                    return Poll::Ready(Some(Err(refused.into())));
                }
                Poll::Pending => return Poll::Pending,
            };
            if let Some(Ok(frame)) = &frame
                && let Some(bytes) = frame.data_ref()
            {
                this.count(bytes.len());
            }
            match this.refused.get() {
                None => return Poll::Ready(frame.map(|frame| frame.map_err(Into::into))),
                Some(_) if frame.is_some() && this.read < MAX_DRAINED => {}
                Some(refused) => return Poll::Ready(Some(Err((*refused).into()))),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream() && self.refused.get().is_none()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
