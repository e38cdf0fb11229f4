//! Welsh words inside an English text. Screen readers pronounce them as Welsh.

use super::element::{Element, element};
use super::words::Words;

/// The name of the Welsh language in Welsh.
const CYMRAEG: &str = "Cymraeg";

/// Adds a text to an element. Marks the first `Cymraeg` in the text as Welsh.
#[must_use]
pub fn with_welsh(element_of: Element, words: Words) -> Element {
    let Some((before, after)) = words.split_once(CYMRAEG) else {
        return element_of.words(words);
    };
    let name = element("span").attr("lang", "cy").words(CYMRAEG);
    element_of
        .words(before.to_owned())
        .child(name.view())
        .words(after.to_owned())
}
