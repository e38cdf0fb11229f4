//! The result of a lookup that may find nothing, such as that of a user who was removed.
//!
//! An `Option` inside the `Option` of a page's data would not do: JSON writes `None` and
//! `Some(None)` both as `null`, and the page would be blank.

use serde::{Deserialize, Serialize};

/// The result of a lookup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lookup<T> {
    /// It was found.
    Found(T),
    /// It does not exist.
    Missing,
}

#[cfg(feature = "ssr")]
impl<T> From<Option<T>> for Lookup<T> {
    fn from(found: Option<T>) -> Self {
        found.map_or(Self::Missing, Self::Found)
    }
}
