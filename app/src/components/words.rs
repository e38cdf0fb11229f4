//! The type of all text that components accept, and helpers for it.
//!
//! Fixed text and text from a draft have the same type, so that each component is compiled only
//! once.

use std::borrow::Cow;

/// Text on a page: fixed (`"Postcode"`) or made at run time (a `String`).
///
/// An optional text that is empty is not rendered.
pub type Words = Cow<'static, str>;

/// Returns the text; `None` if it is empty.
pub(super) fn given(words: Words) -> Option<Words> {
    if words.is_empty() { None } else { Some(words) }
}

/// Joins two strings, such as an id and its suffix or a class and its modifier.
pub(super) fn joined(first: &str, second: &str) -> String {
    let mut whole = String::with_capacity(first.len() + second.len());
    whole.push_str(first);
    whole.push_str(second);
    whole
}
