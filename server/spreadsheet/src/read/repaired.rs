//! Rewrites a workbook that calamine cannot open, with only its sheets, texts and styles, under the
//! part names that calamine looks for.
//!
//! Excel and LibreOffice open packages that calamine refuses: part names with backslashes or in
//! another case, texts under another name, parts in UTF-16, a list of sheets with entries that lead
//! to no sheet, a dimension of whole rows, rows out of order, or cells that refer to a missing
//! shared text. A workbook is rewritten only if it cannot be read as it is.

use std::borrow::Cow;
use std::io::{Cursor, Read, Write};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;
use quick_xml::events::{BytesStart, Event};
use registration::spreadsheet::Refusal;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::read::limits::{Limits, MAX_SHEETS};
use crate::read::markup::attribute;
use crate::read::part_names::plain;
use crate::read::rows_in_order;

/// Returns the workbook as a package of the usual shape.
///
/// # Errors
/// [`Refusal::Damaged`] if the workbook has no list of sheets or no sheet that can be found;
/// [`Refusal::Inflates`] if its parts unpack to more than the limit.
pub(super) fn package(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut parts = Parts::open(bytes, limits)?;
    let list = parts.list_of_sheets();
    let folder = list
        .rfind('/')
        .map_or("", |slash| &list[..=slash])
        .to_owned();
    let file = list.get(folder.len()..).unwrap_or_default();
    let workbook = parts.text(&list)?.ok_or(Refusal::Damaged)?;
    let relations = parts
        .text(&format!("{folder}_rels/{file}.rels"))?
        .unwrap_or_default();
    let relations = relations_of(&relations, &folder);

    let part_of = |kind: &str, name: &str| {
        let relation = relations.iter().find(|relation| relation.is(kind));
        relation.map_or_else(
            || plain(&[&folder, name].concat()),
            |relation| relation.target.clone(),
        )
    };
    let texts = parts.text(&part_of("sharedStrings", "sharedStrings.xml"))?;
    let count_of_texts = texts
        .as_deref()
        .map_or(0, |texts| elements(texts, "si").len());

    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let mut sheets = String::new();
    let mut links = String::new();
    let mut count = 0;
    for sheet in elements(&workbook, "sheet") {
        let of = relations
            .iter()
            .find(|relation| Some(&relation.id) == sheet.id.as_ref());
        let Some(relation) = of.filter(|relation| relation.is("worksheet") && count < MAX_SHEETS)
        else {
            continue;
        };
        let Some(text) = parts.text(&relation.target)? else {
            continue;
        };
        count += 1;
        let state = match sheet
            .state
            .as_deref()
            .map(str::to_ascii_lowercase)
            .as_deref()
        {
            Some("hidden") => "hidden",
            Some("veryhidden") => "veryHidden",
            _ => "visible",
        };
        let name =
            quick_xml::escape::escape(sheet.name.as_deref().unwrap_or_default()).into_owned();
        let entry = format!(
            "<sheet name=\"{name}\" sheetId=\"{count}\" state=\"{state}\" r:id=\"rId{count}\"/>"
        );
        sheets.push_str(&entry);
        links.push_str(&link(
            count,
            "worksheet",
            &format!("worksheets/sheet{count}.xml"),
        ));
        add(
            &mut package,
            &format!("xl/worksheets/sheet{count}.xml"),
            &rows_in_order::rows_in_order(&without_dimension(&text), count_of_texts),
        )?;
    }
    if count == 0 {
        return Err(Refusal::Damaged);
    }
    let styles = parts.text(&part_of("styles", "styles.xml"))?;
    for (number, (kind, name, text)) in (count + 1..).zip([
        ("sharedStrings", "sharedStrings.xml", texts),
        ("styles", "styles.xml", styles),
    ]) {
        if let Some(text) = text {
            links.push_str(&link(number, kind, name));
            add(&mut package, &format!("xl/{name}"), &text)?;
        }
    }
    let since_1904 = elements(&workbook, "workbookPr")
        .iter()
        .any(|properties| matches!(properties.since_1904.as_deref(), Some("1" | "true")));
    let properties = if since_1904 {
        "<workbookPr date1904=\"1\"/>"
    } else {
        ""
    };
    add(
        &mut package,
        "xl/workbook.xml",
        &format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\">{properties}<sheets>{sheets}</sheets></workbook>"
        ),
    )?;
    let list = |links: &str| format!("<Relationships xmlns=\"{PACKAGE}\">{links}</Relationships>");
    add(&mut package, "xl/_rels/workbook.xml.rels", &list(&links))?;
    let document = link(1, "officeDocument", "xl/workbook.xml");
    add(&mut package, "_rels/.rels", &list(&document))?;
    let written = package.finish().map_err(|_| Refusal::Damaged)?;
    Ok(written.into_inner())
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

fn link(number: usize, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"rId{number}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
}

fn add(package: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str) -> Result<(), Refusal> {
    package
        .start_file(name, SimpleFileOptions::default())
        .map_err(|_| Refusal::Damaged)?;
    package
        .write_all(text.as_bytes())
        .map_err(|_| Refusal::Damaged)
}

/// The parts of the package, by their normalised names.
struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<(String, usize)>,
    bytes_left: u64,
}

impl<'b> Parts<'b> {
    fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        let names = (0..archive.len()).filter_map(|place| {
            let name = archive.name_for_index(place)?.ok()?;
            Some((plain(&name), place))
        });
        Ok(Self {
            names: names.collect(),
            archive,
            bytes_left: limits.inflated,
        })
    }

    /// Returns the text of a part; `None` if there is no such part.
    fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let name = plain(name);
        let Some((_, place)) = self.names.iter().find(|(own, _)| *own == name) else {
            return Ok(None);
        };
        let part = self
            .archive
            .by_index(*place)
            .map_err(|_| Refusal::Damaged)?;
        let mut bytes = Vec::new();
        part.take(self.bytes_left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|_| Refusal::Damaged)?;
        self.bytes_left = self
            .bytes_left
            .checked_sub(bytes.len() as u64)
            .ok_or(Refusal::Inflates)?;
        Ok(Some(in_utf_8(&bytes)))
    }

    /// Returns the name of the part with the list of sheets, from the relationships of the package;
    /// `xl/workbook.xml` if the relationships do not name it.
    fn list_of_sheets(&mut self) -> String {
        let relations = self.text("_rels/.rels").ok().flatten().unwrap_or_default();
        relations_of(&relations, "")
            .into_iter()
            .find(|relation| relation.is("officeDocument"))
            .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target)
    }
}

/// A relationship from one part to another.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Relation {
    fn is(&self, kind: &str) -> bool {
        let own = self.kind.rsplit('/').next().unwrap_or_default();
        own.eq_ignore_ascii_case(kind)
    }
}

fn relations_of(text: &str, folder: &str) -> Vec<Relation> {
    let relations = elements(text, "Relationship").into_iter();
    let of = relations.filter_map(|element| {
        let target = element.target?.replace('\\', "/");
        let target = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => within(folder, &target),
        };
        Some(Relation {
            id: element.id?,
            kind: element.kind?,
            target: plain(&target),
        })
    });
    of.collect()
}

/// Resolves the name of a part relative to a folder: `../xl/a.xml` in `docs/` becomes `xl/a.xml`.
fn within(folder: &str, target: &str) -> String {
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in target.split('/') {
        match name {
            ".." => {
                names.pop();
            }
            "." | "" => {}
            name => names.push(name),
        }
    }
    names.join("/")
}

/// The attributes of an element that the rewriting needs.
#[derive(Default)]
struct Element {
    id: Option<String>,
    name: Option<String>,
    state: Option<String>,
    kind: Option<String>,
    target: Option<String>,
    since_1904: Option<String>,
}

impl Element {
    fn of(tag: &BytesStart<'_>) -> Self {
        let mut element = Self {
            name: attribute(tag, "name"),
            state: attribute(tag, "state"),
            kind: attribute(tag, "Type"),
            target: attribute(tag, "Target"),
            since_1904: attribute(tag, "date1904"),
            ..Self::default()
        };
        for found in tag.attributes().flatten() {
            if found.key.local_name().as_ref().eq_ignore_ascii_case("id") {
                let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                element.id = value.ok().map(Cow::into_owned);
            }
        }
        element
    }
}

fn elements(text: &str, name: &str) -> Vec<Element> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == name => {
                found.push(Element::of(&tag));
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// Decodes a part and removes its XML declaration. The first bytes or the declaration show the
/// encoding.
fn in_utf_8(bytes: &[u8]) -> String {
    let encoding = match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => named_encoding(bytes).unwrap_or(UTF_8),
    };
    // If there is a byte order mark, `decode` prefers it to the declared encoding.
    let (text, _, _) = encoding.decode(bytes);
    let body = text.trim_start();
    match body
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
    {
        Some((_, body)) => body.to_owned(),
        None => body.to_owned(),
    }
}

fn named_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..200).unwrap_or(bytes);
    let at = memmem::find(start, b"encoding=")? + b"encoding=".len();
    let mark = start.get(at).filter(|mark| matches!(mark, b'"' | b'\''))?;
    let rest = start.get(at + 1..)?;
    let label = rest.get(..memchr::memchr(*mark, rest)?)?;
    // A declaration that is readable in single bytes is not UTF-16, whatever encoding it names.
    Encoding::for_label(label).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

/// Removes the dimension of a sheet: the dimension is only a hint, and some programs write an
/// invalid dimension.
fn without_dimension(text: &str) -> Cow<'_, str> {
    let start = text.get(..4_000).unwrap_or(text);
    let Some(at) = start
        .find("dimension ")
        .or_else(|| start.find("dimension/"))
    else {
        return Cow::Borrowed(text);
    };
    let (Some(open), Some(close)) = (start[..at].rfind('<'), text[at..].find('>')) else {
        return Cow::Borrowed(text);
    };
    let end = at + close + 1;
    let (before, tag, mut rest) = (&text[..open], &text[open..end], &text[end..]);
    if !tag.ends_with("/>")
        && let Some(close) = rest
            .find('>')
            .filter(|_| rest.trim_start().starts_with("</"))
    {
        rest = &rest[close + 1..];
    }
    Cow::Owned([before, rest].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_in_the_encoding_that_it_has() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>Zoë</a>";
        let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(order).collect()
        };
        for bytes in [
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
            [b"\xFF\xFE".to_vec(), wide(u16::to_le_bytes)].concat(),
            text.as_bytes().to_vec(),
            b"<?xml version='1.0' encoding='windows-1252'?><a>Zo\xEB</a>".to_vec(),
        ] {
            assert_eq!(in_utf_8(&bytes), "<a>Zoë</a>");
        }
    }

    #[test]
    fn names_are_found_from_their_folder() {
        assert_eq!(within("xl/", "worksheets/a.xml"), "xl/worksheets/a.xml");
        assert_eq!(within("xl/", "../b.xml"), "b.xml");
        assert_eq!(within("", "./c.xml"), "c.xml");
    }

    #[test]
    fn the_dimension_goes_and_nothing_else() {
        for (text, kept) in [
            (
                "<worksheet><dimension ref=\"1:3\" /><sheetData/>",
                "<worksheet><sheetData/>",
            ),
            ("<w><x:dimension ref=\"\"></x:dimension><d/>", "<w><d/>"),
            ("<w><d/>", "<w><d/>"),
        ] {
            assert_eq!(without_dimension(text), kept);
        }
    }
}
