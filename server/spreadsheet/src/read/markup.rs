//! Helpers that the XML readers share. They read attributes, cut to one character more than the
//! rules accept, and resolve character references.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart};
use registration::spreadsheet::LONGEST_CELL;

/// Returns the value of an attribute, cut to one character more than the rules accept; `None` if it
/// is missing or malformed. `name` includes the prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.chars().take(LONGEST_CELL + 1).collect())
}

/// Returns the value of an attribute as a whole number; `None` if it is missing or not a number.
pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

/// Resolves a reference such as `&amp;` or `&#233;`; returns an empty string for an unknown
/// reference.
pub(super) fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    match reference.xml10_content().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}
