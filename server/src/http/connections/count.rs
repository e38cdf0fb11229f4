//! Counts the connections of each client address, so that one client cannot use all of them.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::http::client_address::client_key;

/// The number of connections by client address.
#[derive(Debug, Clone, Default)]
pub(super) struct ClientCounts(Arc<Mutex<HashMap<String, usize>>>);

/// A counted connection. Dropping this value ends the count.
#[derive(Debug)]
pub(super) struct Counted {
    counts: ClientCounts,
    place: Option<String>,
}

/// The error for a client address that has reached its limit of connections.
#[derive(Debug)]
pub(super) struct TooMany;

impl ClientCounts {
    /// Counts a connection of the address `peer`, if the address has a limit (`most`). Returns an
    /// error if the address already has that many connections.
    pub(super) fn count(&self, peer: IpAddr, most: Option<usize>) -> Result<Counted, TooMany> {
        let place = most.map(|_| client_key(peer));
        if let (Some(place), Some(most)) = (&place, most) {
            let mut counts = self.locked();
            let count = counts.entry(place.clone()).or_default();
            if *count >= most {
                return Err(TooMany);
            }
            *count += 1;
        }
        Ok(Counted {
            counts: self.clone(),
            place,
        })
    }

    /// Locks the counts, even if a thread panicked while it held the lock: no panic can leave a
    /// count half changed.
    fn locked(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let Some(place) = &self.place else {
            return;
        };
        let mut counts = self.counts.locked();
        if let Some(count) = counts.get_mut(place) {
            *count -= 1;
            if *count == 0 {
                counts.remove(place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_no_more_connections_than_it_may_have() {
        let counts = ClientCounts::default();
        let peer: IpAddr = "2001:db8:1:2::1".parse().unwrap();
        let neighbour: IpAddr = "2001:db8:1:2:ffff::9".parse().unwrap();
        let stranger: IpAddr = "2001:db8:1:3::1".parse().unwrap();
        let first = counts.count(peer, Some(2)).unwrap();
        let _second = counts.count(neighbour, Some(2)).unwrap();
        assert!(counts.count(peer, Some(2)).is_err());
        assert!(counts.count(stranger, Some(2)).is_ok());
        assert!(counts.count(peer, None).is_ok());
        drop(first);
        assert!(counts.count(peer, Some(2)).is_ok());
        assert_eq!(counts.locked().len(), 1);
    }
}
