//! Limits the bytes of requests that are in memory, both per client and in all, so that clients
//! cannot exhaust the memory. The bytes of a request count until the request is answered; those of
//! an upload, until the file has been read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

const MEGABYTE: usize = 1024 * 1024;

/// The limits on bytes in memory.
#[derive(Debug, Clone, Copy)]
pub struct ByteLimits {
    /// The maximum number of bytes of all requests together.
    pub in_all: usize,
    /// The maximum number of bytes of all requests from one client address.
    pub from_place: usize,
    /// The maximum number of bytes that count for one request. The further bytes of a larger
    /// request are read and dropped.
    pub of_request: usize,
}

impl Default for ByteLimits {
    fn default() -> Self {
        Self {
            in_all: 128 * MEGABYTE,
            from_place: 48 * MEGABYTE,
            of_request: 11 * MEGABYTE,
        }
    }
}

/// The counter of bytes in memory. All clones share one count.
#[derive(Debug, Clone, Default)]
pub struct BytesInFlight {
    limits: ByteLimits,
    counts: Arc<Mutex<Counts>>,
}

/// The bytes that count for one request. Dropping the share releases these bytes.
#[derive(Debug)]
pub struct Share {
    bytes: BytesInFlight,
    place: String,
    held: Mutex<usize>,
}

/// The error if a limit on bytes in memory is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many bytes are in memory")]
pub struct Full;

#[derive(Debug, Default)]
struct Counts {
    in_all: usize,
    from_place: HashMap<String, usize>,
}

impl BytesInFlight {
    /// Creates a counter with these limits.
    #[must_use]
    pub fn new(limits: ByteLimits) -> Self {
        Self {
            limits,
            counts: Arc::default(),
        }
    }

    /// Creates an empty share for a request from `place`, the client address.
    #[must_use]
    pub fn share(&self, place: &str) -> Share {
        Share {
            bytes: self.clone(),
            place: place.to_owned(),
            held: Mutex::default(),
        }
    }
}

impl Share {
    /// Adds bytes to the share. Bytes beyond the limit of one request do not count.
    ///
    /// # Errors
    /// When the limit of the client address or of all requests would be exceeded. The share then
    /// stays as it was.
    pub fn grow(&self, bytes: usize) -> Result<(), Full> {
        let limits = &self.bytes.limits;
        let mut held = locked(&self.held);
        let more = bytes.min(limits.of_request - (*held).min(limits.of_request));
        if more == 0 {
            return Ok(());
        }
        let mut counts = locked(&self.bytes.counts);
        let from_place = counts
            .from_place
            .get(&self.place)
            .copied()
            .unwrap_or_default();
        if counts.in_all + more > limits.in_all || from_place + more > limits.from_place {
            return Err(Full);
        }
        counts.in_all += more;
        counts
            .from_place
            .insert(self.place.clone(), from_place + more);
        *held += more;
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let held = *locked(&self.held);
        if held == 0 {
            return;
        }
        let mut counts = locked(&self.bytes.counts);
        counts.in_all -= held;
        if let Some(from_place) = counts.from_place.get_mut(&self.place) {
            *from_place -= held;
            if *from_place == 0 {
                counts.from_place.remove(&self.place);
            }
        }
    }
}

/// Locks a mutex, even if a thread panicked while it held the lock: no panic can leave a count half
/// changed.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_a_place_nor_all_places_hold_more_than_their_limit() {
        let bytes = BytesInFlight::new(ByteLimits {
            in_all: 10,
            from_place: 6,
            of_request: 4,
        });
        let (one, two, three) = (bytes.share("a"), bytes.share("a"), bytes.share("b"));
        // A request counts only up to its own limit.
        assert_eq!(one.grow(100), Ok(()));
        assert_eq!(one.grow(100), Ok(()));
        assert_eq!(two.grow(2), Ok(()));
        assert_eq!(two.grow(1), Err(Full));
        assert_eq!(three.grow(4), Ok(()));
        let four = bytes.share("c");
        assert_eq!(four.grow(1), Err(Full));
        drop(one);
        assert_eq!(four.grow(4), Ok(()));
        drop((two, three, four));
        assert!(locked(&bytes.counts).from_place.is_empty());
        assert_eq!(locked(&bytes.counts).in_all, 0);
    }
}
