//! The resources of the process that operations need: the database, the clock, random bytes, the
//! cookie's name, the limits on files and the metrics.

use std::sync::Arc;

use registration::beginning::Beginning;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::bytes_in_flight::BytesInFlight;
use crate::clock::Clock;
use crate::cookie::CookieName;
use crate::current_request;
use crate::metrics::Metrics;
use crate::randomness::Randomness;
use crate::secret_keys::SecretKeys;
use crate::security_event::{self, SecurityEvent};
use crate::store::{Store, StoreError};

/// How many files are read at once; others wait for their turn.
const IMPORTS_AT_ONCE: usize = 2;

/// The resources that operations of applicants and officers need.
#[derive(Clone)]
pub struct AppContext {
    /// The database.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of random bytes.
    pub randomness: Arc<dyn Randomness>,
    /// The name of the applicant's cookie.
    pub cookie: CookieName,
    /// The permits for reading files.
    pub import_permits: ImportPermits,
    /// Whether places are limited in what they may begin.
    pub place_limits: PlaceLimits,
    /// The keys that seal secrets.
    pub secret_keys: SecretKeys,
    /// The bytes of requests that are in memory.
    pub bytes_in_flight: BytesInFlight,
    /// The metrics of the process.
    pub metrics: Metrics,
}

/// Whether places are limited in what they may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceLimits {
    /// Each place has its limits.
    Kept,
    /// There are none: only this machine reaches the service, such as a developer’s tests.
    Lifted,
}

impl AppContext {
    /// Counts that the place of the current request begins something. Returns `false` if it has done
    /// so too often; then it must not begin.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn may_begin(&self, what: Beginning) -> Result<bool, StoreError> {
        if self.place_limits == PlaceLimits::Lifted {
            return Ok(true);
        }
        let place = current_request::source();
        // Every request has a source; what has none counts together, so that nothing is uncounted.
        let place = place.as_deref().unwrap_or_default();
        let now = self.clock.now();
        let may_begin = self.store.beginnings().count(what, place, now).await?;
        if !may_begin {
            security_event::record(SecurityEvent::LimitReached, what.key());
        }
        Ok(may_begin)
    }
}

/// The permits for reading files, one for each file that is being read.
#[derive(Debug, Clone)]
pub struct ImportPermits(Arc<Semaphore>);

impl ImportPermits {
    /// Waits for a free permit. Returns `None` if the semaphore is closed, which never happens.
    pub(crate) async fn acquire(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0).acquire_owned().await.ok()
    }
}

impl Default for ImportPermits {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(IMPORTS_AT_ONCE)))
    }
}
