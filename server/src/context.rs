//! The resources of the process that operations need: the database, the clock, random bytes, the
//! cookie's name and the permits for reading files.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::clock::Clock;
use crate::cookie::CookieName;
use crate::randomness::Randomness;
use crate::store::Store;

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
