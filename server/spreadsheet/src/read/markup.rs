//! What the readers of XML share: attributes and references, no longer than a rule looks.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart};
use registration::spreadsheet::LONGEST_CELL;

/// The value of an attribute, by its name with its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.chars().take(LONGEST_CELL + 1).collect())
}

/// The value of an attribute that is a whole number.
pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

/// The letters that a reference such as `&amp;` or `&#233;` stands for; none for one that is not known.
pub(super) fn letter(reference: &BytesRef<'_>) -> String {
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
