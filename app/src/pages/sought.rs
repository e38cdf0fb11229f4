//! What a page asks for though it may not be there, such as a user who was removed.
//!
//! An `Option` within the `Option` of a page's answer would not do: JSON writes both kinds of nothing as
//! `null`, and the page would be blank.

use serde::{Deserialize, Serialize};

/// What was found, or that it is nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sought<T> {
    /// It is there.
    Found(T),
    /// There is none.
    Nowhere,
}

#[cfg(feature = "ssr")]
impl<T> From<Option<T>> for Sought<T> {
    fn from(found: Option<T>) -> Self {
        found.map_or(Self::Nowhere, Self::Found)
    }
}
