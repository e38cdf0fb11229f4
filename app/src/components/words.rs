//! The text that components take, and the few things done with it.
//!
//! One type for fixed words and for words of a draft, so that each component is compiled once.

use std::borrow::Cow;

/// Words on a page: fixed (`"Postcode"`) or made at run time (a `String`).
///
/// Optional words are left out when they are empty.
pub type Words = Cow<'static, str>;

/// The words, unless they are empty.
pub(super) fn given(words: Words) -> Option<Words> {
    if words.is_empty() { None } else { Some(words) }
}

/// Two pieces as one: an id and its suffix, a class and its modifier.
pub(super) fn joined(first: &str, second: &str) -> String {
    let mut whole = String::with_capacity(first.len() + second.len());
    whole.push_str(first);
    whole.push_str(second);
    whole
}
