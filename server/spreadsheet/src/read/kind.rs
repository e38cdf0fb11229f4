//! Detects the format of a file from its content, never from its name.
//!
//! People rename files and select wrong files, and some systems give a file the extension of
//! another format. If a file is not a spreadsheet, the refusal names its type if the type is known,
//! to help the sender find the right file.

use std::io::{Cursor, Read};

use registration::spreadsheet::Refusal;
use zip::ZipArchive;

use crate::read::compound;
use crate::read::lock_file;
use crate::read::part_names::plain;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// xlsx and xlsm.
    Xlsx,
    /// Excel 5 and 95, and Excel 97 to 2003.
    Xls,
    /// OpenDocument, zipped.
    Ods,
    /// OpenDocument as a single XML file, not zipped.
    FlatOds,
    /// The XML of Excel 2003, often named `.xls`.
    ExcelXml,
    /// A web page with a table, often named `.xls`.
    Html,
    /// Text with any separator, in any encoding.
    Text,
}

/// Detects the format of a file. Refuses a file of any other format, an empty or damaged file, and
/// a file with a password.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return kind_of_archive(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return kind_of_compound(bytes);
    }
    if let Some((_, what)) = OTHER_FORMATS
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
    {
        return Err(not_a_spreadsheet(what));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Err(not_a_spreadsheet("a picture or a film"));
    }
    // A text file may start with BM too, so the reserved bytes of a bitmap's header must be zero.
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Err(not_a_spreadsheet("a picture"));
    }
    if is_sylk(bytes) {
        return Err(not_a_spreadsheet("a SYLK file"));
    }
    if let Some(what) = lock_file::what(bytes).or_else(|| text_of_another_kind(bytes)) {
        return Err(Refusal::Instead(what.to_owned()));
    }
    if ARCHIVES.iter().any(|start| bytes.starts_with(start)) {
        return Err(Refusal::Archive);
    }
    if EMAILS.iter().any(|start| bytes.starts_with(start)) {
        return Err(Refusal::Email);
    }
    kind_of_text(bytes)
}

const OTHER_FORMATS: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"RIFF", "a picture, a film or a sound"),
    (b"{\\rtf", "a Word document"),
    (b"\x00\x00\x1A\x00", "a Lotus 1-2-3 file"),
    (b"\x00\x00\x02\x00", "a Lotus 1-2-3 file"),
    (b"MIME-Version:", "a web archive (MHTML)"),
    (b"From: <Saved by", "a web archive (MHTML)"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\x09\x00\x04\x00", "a file of an Excel from before 1997"),
    (b"\x09\x02\x06\x00", "a file of an Excel from before 1997"),
    (b"\x09\x04\x06\x00", "a file of an Excel from before 1997"),
];

const ARCHIVES: &[&[u8]] = &[b"\x1F\x8B", b"7z\xBC\xAF", b"Rar!"];
const EMAILS: &[&[u8]] = &[b"Received: ", b"Return-Path: ", b"Delivered-To: "];

/// Returns whether the file is SYLK: its first line is `ID;P` with the name of a program, and its
/// second line begins with a record letter and a semicolon.
fn is_sylk(bytes: &[u8]) -> bool {
    let second = bytes
        .strip_prefix(b"ID;P")
        .and_then(|rest| rest.get(memchr::memchr(b'\n', rest)? + 1..));
    matches!(second, Some([b'B' | b'C' | b'F' | b'O' | b'P', b';', ..]))
}

fn not_a_spreadsheet(what: &str) -> Refusal {
    Refusal::NotASpreadsheet(Some(what.to_owned()))
}

fn kind_of_archive(bytes: &[u8]) -> Result<Kind, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if let Ok(entry) = archive.by_name("mimetype") {
        let mut mimetype = String::new();
        entry
            .take(100)
            .read_to_string(&mut mimetype)
            .map_err(|_| Refusal::Damaged)?;
        return match mimetype.trim() {
            "application/vnd.oasis.opendocument.spreadsheet"
            | "application/vnd.oasis.opendocument.spreadsheet-template" => Ok(Kind::Ods),
            "application/vnd.oasis.opendocument.text" => Err(not_a_spreadsheet("a text document")),
            _ => Err(not_a_spreadsheet("another kind of document")),
        };
    }
    let names: Vec<String> = archive
        .file_names()
        .flatten()
        .map(|name| plain(&name))
        .collect();
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    // A Mac sends a Numbers document by email as a zipped folder.
    let numbers = names.iter().any(|name| name.contains(".numbers/"));
    if has("xl/workbook.bin") {
        Err(Refusal::BinaryWorkbook)
    } else if has("xl/") {
        Ok(Kind::Xlsx)
    } else if has("word/") {
        Err(not_a_spreadsheet("a Word document"))
    } else if has("ppt/") {
        Err(not_a_spreadsheet("a presentation"))
    } else if has("index/") || has("index.zip") || numbers {
        Err(Refusal::AppleNumbers)
    } else if has("[content_types].xml") {
        // Any other Office package may be a workbook, because its parts may have any name.
        Ok(Kind::Xlsx)
    } else {
        Err(Refusal::Archive)
    }
}

fn kind_of_compound(bytes: &[u8]) -> Result<Kind, Refusal> {
    let file = compound::open(bytes)?;
    if file.exists("/EncryptedPackage") {
        Err(Refusal::PasswordProtected)
    } else if file.is_stream("/Workbook") || file.is_stream("/Book") {
        Ok(Kind::Xls)
    } else if file.exists("/WordDocument") {
        Err(not_a_spreadsheet("a Word document"))
    } else if file.exists("/PowerPoint Document") {
        Err(not_a_spreadsheet("a presentation"))
    } else if file.exists("/__properties_version1.0") {
        Err(Refusal::Email)
    } else {
        Err(Refusal::NotASpreadsheet(None))
    }
}

/// The number of bytes at the start of a text that are searched for signs of a format.
const START: usize = 4_000;

fn kind_of_text(bytes: &[u8]) -> Result<Kind, Refusal> {
    let start = bytes.get(..START).unwrap_or(bytes);
    let markup: String = start
        .iter()
        .filter(|byte| byte.is_ascii_graphic())
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    if !markup.starts_with('<') {
        return Ok(Kind::Text);
    }
    let has = |mark: &str| markup.contains(mark);
    if has("urn:schemas-microsoft-com:office:spreadsheet") && has("<?xml") {
        return Ok(Kind::ExcelXml);
    }
    if has("<office:document") {
        return if has("application/vnd.oasis.opendocument.spreadsheet") {
            Ok(Kind::FlatOds)
        } else {
            Err(not_a_spreadsheet("another kind of document"))
        };
    }
    let elements = elements(start);
    let is_page = |name: &String| {
        matches!(
            name.as_str(),
            "html"
                | "head"
                | "meta"
                | "body"
                | "style"
                | "div"
                | "table"
                | "center"
                | "font"
                | "p"
                | "span"
                | "script"
                | "link"
                | "title"
                | "base"
        )
    };
    // In XML, the first element shows the type. HTML may be a fragment, so any element of a page
    // counts.
    let page = if has("<?xml") {
        elements.first().is_some_and(is_page)
    } else {
        has("<!doctypehtml") || elements.iter().any(is_page)
    };
    if page {
        Ok(Kind::Html)
    } else if has("<?xml") || has("<!doctype") {
        Err(not_a_spreadsheet("an XML file"))
    } else {
        Ok(Kind::Text)
    }
}

/// Returns the names of the elements at the start of a file, in lower case. NUL bytes are skipped,
/// so that UTF-16 works too.
fn elements(start: &[u8]) -> Vec<String> {
    let letters: Vec<u8> = start.iter().copied().filter(|byte| *byte != 0).collect();
    let mut names = Vec::new();
    for at in memchr::memchr_iter(b'<', &letters) {
        let name: String = letters
            .iter()
            .skip(at + 1)
            .take_while(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_' | b'.')
            })
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
        if !name.is_empty() {
            names.push(name);
        }
    }
    names
}

/// Describes a text file of people or events that is not a table, such as a vCard; `None` for any
/// other text.
fn text_of_another_kind(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let begins = |words: &[u8]| {
        start
            .get(..words.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(words))
    };
    if begins(b"BEGIN:VCARD") {
        Some(
            "a file of contacts (vCard). In the program that it comes from, export the contacts as CSV",
        )
    } else if begins(b"BEGIN:VCALENDAR") {
        Some("a calendar, which has no list of users")
    } else if begins(b"dn: ") || begins(b"version: 1\ndn:") || begins(b"version: 1\r\ndn:") {
        Some(
            "a file of a directory (LDIF). In the program that it comes from, export the people as CSV",
        )
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_spreadsheet_is_named_by_its_type() {
        for (bytes, what) in [
            (&b"%PDF-1.7\n..."[..], "a PDF"),
            (b"\x89PNG\r\n\x1a\n", "a picture"),
            (b"<?xml version=\"1.0\"?><invoice/>", "an XML file"),
            (
                b"<?xml version=\"1.0\"?><people><header/><table/></people>",
                "an XML file",
            ),
            (b"MIME-Version: 1.0\nX: y", "a web archive (MHTML)"),
            (b"{\\rtf1\\ansi", "a Word document"),
        ] {
            assert_eq!(kind(bytes), Err(not_a_spreadsheet(what)));
        }
        assert_eq!(kind(b""), Err(Refusal::Empty));
        assert_eq!(kind(b"PK\x03\x04 cut off"), Err(Refusal::Damaged));
        assert_eq!(kind(b"\xD0\xCF\x11\xE0 cut off"), Err(Refusal::Damaged));
        assert_eq!(kind(b"First name,Last name"), Ok(Kind::Text));
    }
}
