//! The shared resources of the process, such as the database, the clock, the source of random bytes
//! and the metrics.

use std::sync::Arc;

use registration::limited_operation::LimitedOperation;

use crate::address_lookup::AddressLookup;
use crate::bytes_in_flight::BytesInFlight;
use crate::clock::Clock;
use crate::cookie::CookieName;
use crate::current_request;
use crate::metrics::Metrics;
use crate::randomness::Randomness;
use crate::reading_queue::ReadingQueue;
use crate::secret_keys::SecretKeys;
use crate::security_event::{self, SecurityEvent};
use crate::store::{Store, StoreError};

/// The resources that operations of applicants and officers need.
pub struct AppContext {
    /// The stores of the database.
    pub store: Store,
    /// The clock, which tests can replace.
    pub clock: Arc<dyn Clock>,
    /// The source of random bytes, which tests can replace.
    pub randomness: Arc<dyn Randomness>,
    /// The name of the applicant's cookie.
    pub cookie: CookieName,
    /// The queue of the spreadsheets that wait to be read.
    pub reading_queue: ReadingQueue,
    /// Whether each client address has limits, such as on new drafts.
    pub client_limits: ClientLimits,
    /// The keys that encrypt secrets in the database.
    pub secret_keys: SecretKeys,
    /// The counter of the bytes of requests in memory.
    pub bytes_in_flight: BytesInFlight,
    /// The metrics of the process.
    pub metrics: Metrics,
    /// The address service, if the settings name one.
    pub address_lookup: Option<Arc<dyn AddressLookup>>,
}

/// The limits of client addresses, such as on new drafts: in force, or lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientLimits {
    /// Each client address has limits.
    Kept,
    /// There are no limits, because only this machine can reach the service, as in a developer’s
    /// tests.
    Lifted,
}

impl AppContext {
    /// Counts an operation against the limit of the current request's client address. Returns
    /// `false`, and records a security event, if the address has reached its limit. If there are no
    /// limits, counts nothing and returns `true`.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn may_begin(&self, what: LimitedOperation) -> Result<bool, StoreError> {
        if self.client_limits == ClientLimits::Lifted {
            return Ok(true);
        }
        let place = current_request::source();
        // Every request should have a source. Requests without a source share one count, so that
        // these requests have a limit too.
        let place = place.as_deref().unwrap_or_default();
        let now = self.clock.now();
        let may_begin = self
            .store
            .operation_limits()
            .count(what, place, now)
            .await?;
        if !may_begin {
            security_event::record(SecurityEvent::LimitReached, what.key());
        }
        Ok(may_begin)
    }
}
