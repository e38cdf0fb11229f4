//! Checks every zipped file before it is read: how much it unpacks to, and what is in it.
//!
//! Each part is unpacked once, in chunks: a zip bomb, a part with entities or an endless text is
//! refused before it fills the memory. The same pass collects hidden rows and merged cells, which
//! calamine's cell reader does not report.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use memchr::memmem;
use registration::spreadsheet::{
    Exceeded, LONGEST_LIST, LONGEST_TEXT, MOST_PARTS, MOST_TEXTS, Refusal,
};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::read::limits::{Limits, Progress, Watch};
use crate::read::merged::Area;
use crate::read::reading::ReadError;
use crate::read::sheet_metadata::SheetMetadata;

/// An archive that passed the check.
pub(super) struct CheckedArchive<'b> {
    pub archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The hidden rows and merged cells, by the name of the part.
    pub metadata: HashMap<String, SheetMetadata>,
}

/// The most tags that programs write for a cell with content, end tags included. A cell that has
/// only a format takes one tag, so there may be more of those.
const TAGS_OF_CELL: usize = 6;
const CHUNK: usize = 64 * 1024;

/// Opens an archive and checks all its parts.
pub(super) fn open_checked<'b>(
    bytes: &'b [u8],
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<CheckedArchive<'b>, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(Refusal::Exceeds(Exceeded::Parts).into());
    }
    let mut metadata = HashMap::new();
    let mut budget = Budget {
        bytes: limits.inflated,
        tags: limits.cells.saturating_mul(TAGS_OF_CELL),
    };
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|fault| refusal(&fault))?;
        let name = part.name().map_err(|fault| refusal(&fault))?.into_owned();
        if is_picture(&name) {
            continue;
        }
        let found = check_part(part, &name, limits, &mut budget, watch)?;
        if found != SheetMetadata::default() {
            metadata.insert(name, found);
        }
    }
    Ok(CheckedArchive { archive, metadata })
}

fn refusal(fault: &ZipError) -> Refusal {
    match fault {
        ZipError::InvalidPassword => Refusal::PasswordProtected,
        ZipError::UnsupportedArchive(words) if *words == ZipError::PASSWORD_REQUIRED => {
            Refusal::PasswordProtected
        }
        _ => Refusal::Damaged,
    }
}

/// Whether a part holds an image, which no reader opens.
fn is_picture(name: &str) -> bool {
    [
        "xl/media/",
        "Pictures/",
        "Thumbnails/",
        "docProps/thumbnail",
    ]
    .iter()
    .any(|start| name.starts_with(start))
}

/// What the parts that are still to be checked may use together.
struct Budget {
    bytes: u64,
    tags: usize,
}

fn check_part(
    mut part: impl Read,
    name: &str,
    limits: &Limits,
    budget: &mut Budget,
    watch: &mut Watch<'_>,
) -> Result<SheetMetadata, ReadError> {
    let markup = [".xml", ".rels", ".vml"]
        .iter()
        .any(|end| name.ends_with(end));
    let is_sheet = name.contains("worksheets/");
    let shared = name
        .ends_with("haredStrings.xml")
        .then(|| memmem::Finder::new("<si"));
    let is_list = ["workbook.xml", ".rels"]
        .iter()
        .any(|end| name.ends_with(end));
    let mut list_left = if is_list { LONGEST_LIST } else { usize::MAX };
    // `content.xml` is read twice, so its tags count double. Shared strings have a limit of their
    // own.
    let times = if name == "content.xml" { 2 } else { 1 };
    let mut tags_of_texts = limits.cells.saturating_mul(TAGS_OF_CELL);
    let mut metadata = SheetMetadata::default();
    let mut texts = 0;
    let mut chunk = vec![0; CHUNK];
    // The bytes at the end of the last chunk that may be the start of a tag.
    let mut kept = 0;
    let mut stretch = 0;
    let mut first = true;
    loop {
        let read = part
            .read(chunk.get_mut(kept..).unwrap_or_default())
            .map_err(|_| Refusal::Damaged)?;
        if read == 0 {
            return Ok(metadata);
        }
        budget.bytes = budget
            .bytes
            .checked_sub(read as u64)
            .ok_or(Refusal::Inflates)?;
        list_left = list_left
            .checked_sub(read)
            .ok_or(Refusal::Exceeds(Exceeded::List))?;
        watch(Progress { rows: 0, of: None })?;
        let filled = kept + read;
        let text = chunk.get(..filled).unwrap_or_default();
        let fresh = text.get(kept..).unwrap_or_default();
        kept = 0;
        if !markup {
            continue;
        }
        if first && declares_entities(text) {
            return Err(Refusal::NotASpreadsheet(Some(
                "a file that draws in other files".to_owned(),
            ))
            .into());
        }
        first = false;
        match memchr::memrchr(b'<', fresh) {
            Some(last) => stretch = fresh.len() - last,
            None => stretch += fresh.len(),
        }
        if stretch > LONGEST_TEXT {
            return Err(Refusal::Exceeds(Exceeded::Text).into());
        }
        let tags = memchr::memchr_iter(b'<', fresh).count();
        if let Some(finder) = &shared {
            texts += finder.find_iter(fresh).count();
            tags_of_texts = tags_of_texts
                .checked_sub(tags)
                .filter(|_| texts <= MOST_TEXTS)
                .ok_or(Refusal::Exceeds(Exceeded::Texts))?;
        } else {
            budget.tags = budget
                .tags
                .checked_sub(tags * times)
                .ok_or(Refusal::Exceeds(Exceeded::Cells(limits.cells / times)))?;
        }
        if is_sheet {
            // A tag that is split between two chunks is searched with the next chunk. If it is
            // longer than half a chunk, it is no tag.
            let cut = memchr::memrchr(b'<', text)
                .filter(|start| {
                    memchr::memchr(b'>', text.get(*start..).unwrap_or_default()).is_none()
                })
                .filter(|start| filled - start < CHUNK / 2);
            collect_metadata(
                text.get(..cut.unwrap_or(filled)).unwrap_or_default(),
                &mut metadata,
            );
            if let Some(start) = cut {
                chunk.copy_within(start..filled, 0);
                kept = filled - start;
            }
        }
    }
}

/// Whether a part has a document type declaration, which can declare entities: no spreadsheet
/// program writes one.
fn declares_entities(start: &[u8]) -> bool {
    memmem::find(start, b"<!DOCTYPE").is_some() || memmem::find(start, b"<!ENTITY").is_some()
}

fn collect_metadata(text: &[u8], metadata: &mut SheetMetadata) {
    for place in memmem::find_iter(text, b" hidden=\"") {
        let Some(tag) = tag_around(text, place) else {
            continue;
        };
        let row = (local_name(tag) == "row"
            && matches!(attribute(tag, "hidden"), Some("1" | "true")))
        .then(|| attribute(tag, "r")?.parse().ok())
        .flatten();
        if let Some(row) = row {
            metadata.hide(row);
        }
    }
    for place in memmem::find_iter(text, b"mergeCell ") {
        let Some(tag) = tag_around(text, place) else {
            continue;
        };
        if let Some(area) = attribute(tag, "ref").and_then(Area::parse) {
            metadata.merge(area);
        }
    }
}

fn tag_around(text: &[u8], place: usize) -> Option<&str> {
    let start = memchr::memrchr(b'<', text.get(..=place)?)?;
    let rest = text.get(start + 1..)?;
    let end = memchr::memchr(b'>', rest)?;
    std::str::from_utf8(rest.get(..end)?).ok()
}

fn local_name(tag: &str) -> &str {
    let name = tag.split([' ', '/']).next().unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split(' ')
        .find_map(|part| part.strip_prefix(name)?.strip_prefix("=\""))?
        .split('"')
        .next()
}
