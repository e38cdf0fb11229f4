//! The result of a lookup that may find nothing, such as the lookup of a removed user.
//!
//! The data of a page is already an `Option`. An `Option` inside it would not work: JSON encodes
//! both `None` and `Some(None)` as `null`, so the page would be blank.

use serde::{Deserialize, Serialize};

/// The result of a lookup that may find nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lookup<T> {
    /// The value exists.
    Found(T),
    /// The value does not exist, or no longer exists.
    Missing,
}

#[cfg(feature = "ssr")]
impl<T> From<Option<T>> for Lookup<T> {
    fn from(found: Option<T>) -> Self {
        found.map_or(Self::Missing, Self::Found)
    }
}
