//! The resources that every action on a registration needs.

use crate::clock::Clock;
use crate::context::AppContext;
use crate::randomness::Randomness;
use crate::store::Store;

/// The store, the clock and the source of random bytes for an action on a registration.
#[derive(Clone, Copy)]
pub struct CaseContext<'a> {
    /// The stores of the database.
    pub store: &'a Store,
    /// The clock, for the time of the action.
    pub clock: &'a dyn Clock,
    /// The source of random bytes, for new identifiers and links.
    pub randomness: &'a dyn Randomness,
}

impl AppContext {
    /// Returns the part of this context that an action on a registration needs.
    #[must_use]
    pub fn case_context(&self) -> CaseContext<'_> {
        CaseContext {
            store: &self.store,
            clock: self.clock.as_ref(),
            randomness: self.randomness.as_ref(),
        }
    }
}
