//! Finds the cell styles and the shared texts with strikethrough in an Excel workbook.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::read::markup::{attribute, number};
use crate::read::part_names::plain;

/// The cell styles and texts of a workbook that are struck through.
#[derive(Debug, Default)]
pub(super) struct Struck {
    /// The indexes of the cell styles with strikethrough.
    pub styles: HashSet<u32>,
    /// The indexes of the shared texts of which a part is struck through.
    pub texts: HashSet<u32>,
}

/// Whether a part with this normalised name has the texts that the cells of a workbook share.
pub(super) fn has_shared_texts(name: &str) -> bool {
    name.ends_with("haredstrings.xml")
}

/// Whether an element `strike` with this value of `val` strikes through.
pub(super) fn is_struck(val: Option<&str>) -> bool {
    let is_off = |val: &str| {
        ["0", "false", "off"]
            .iter()
            .any(|off| val.trim().eq_ignore_ascii_case(off))
    };
    !val.is_some_and(is_off)
}

/// Returns the indexes of the cell styles with strikethrough.
///
/// The styles serve only for a note to the sender, so an unreadable part gives an empty set and no
/// error.
pub(super) fn struck(archive: &mut ZipArchive<Cursor<&[u8]>>) -> HashSet<u32> {
    let name = archive
        .file_names()
        .flatten()
        .map(|name| name.to_string())
        .find(|name| plain(name).ends_with("/styles.xml") && plain(name).starts_with("xl"));
    let Some(name) = name else {
        return HashSet::new();
    };
    let mut text = String::new();
    let read = archive
        .by_name(&name)
        .ok()
        .and_then(|part| part.take(MAX_BYTES).read_to_string(&mut text).ok());
    match read {
        Some(_) if text.contains("strike") => of_styles(&text),
        _ => HashSet::new(),
    }
}

/// Returns the indexes of the shared texts of which a part is struck through. An unreadable part
/// gives an empty set, as in [`struck`].
pub(super) fn struck_texts(archive: &mut ZipArchive<Cursor<&[u8]>>) -> HashSet<u32> {
    let name = archive
        .file_names()
        .flatten()
        .map(|name| name.to_string())
        .find(|name| has_shared_texts(&plain(name)));
    let Some(part) = name.and_then(|name| archive.by_name(&name).ok()) else {
        return HashSet::new();
    };
    let mut text = Vec::new();
    if part
        .take(MAX_BYTES_OF_TEXTS)
        .read_to_end(&mut text)
        .is_err()
    {
        return HashSet::new();
    }
    of_texts(&String::from_utf8_lossy(&text))
}

fn of_texts(text: &str) -> HashSet<u32> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut found = HashSet::new();
    let mut texts = 0_u32;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().as_ref() {
                "si" => texts += 1,
                "strike" if is_on(&tag) => {
                    found.insert(texts.saturating_sub(1));
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

fn is_on(tag: &BytesStart<'_>) -> bool {
    is_struck(attribute(tag, "val").as_deref())
}

/// The maximum number of bytes of the shared texts that are read.
const MAX_BYTES_OF_TEXTS: u64 = 20_000_000;

/// The maximum number of bytes of the styles part that are read.
const MAX_BYTES: u64 = 5_000_000;

fn of_styles(text: &str) -> HashSet<u32> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut within = Within::Other;
    let mut fonts: HashSet<u32> = HashSet::new();
    let mut found = HashSet::new();
    let (mut font, mut style) = (0_u32, 0_u32);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                match (tag.local_name().as_ref(), within) {
                    ("fonts", _) => within = Within::Fonts,
                    ("cellXfs", _) => within = Within::Cells,
                    ("font", Within::Fonts) => font += 1,
                    ("strike", Within::Fonts) if is_on(&tag) => {
                        fonts.insert(font.saturating_sub(1));
                    }
                    ("xf", Within::Cells) => {
                        if number(&tag, "fontId").is_some_and(|font| fonts.contains(&font)) {
                            found.insert(style);
                        }
                        style += 1;
                    }
                    _ => {}
                }
            }
            Ok(Event::End(tag)) if matches!(tag.local_name().as_ref(), "fonts" | "cellXfs") => {
                within = Within::Other;
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The list in the styles part that is being read.
#[derive(Clone, Copy)]
enum Within {
    Fonts,
    Cells,
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_struck_through_by_their_font() {
        let text = "<styleSheet><fonts><font/><font><b/><strike/></font><font><strike val=\"0\"/></font>\
            </fonts><cellStyleXfs><xf fontId=\"1\"/></cellStyleXfs>\
            <cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/><xf fontId=\"2\"/></cellXfs></styleSheet>";
        assert_eq!(of_styles(text), HashSet::from([1]));
    }
}
