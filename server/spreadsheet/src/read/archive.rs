//! Checks a zipped file before it is read: its unpacked size, and the content of its parts.
//!
//! The check unpacks every part except pictures, in chunks. It refuses zip bombs, overlong texts,
//! and parts that declare entities, before they fill the memory. The same pass collects hidden
//! rows, struck-through rows and merged cells, which calamine's cell reader does not report.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};

use memchr::memmem;
use registration::spreadsheet::{
    Exceeded, LONGEST_LIST, LONGEST_TEXT, MAX_PARTS, MAX_TEXTS, Refusal,
};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::read::limits::{Limits, Progress, Watch};
use crate::read::merged::Area;
use crate::read::part_names::plain;
use crate::read::reading::ReadError;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::styles;

/// An archive that passed the check.
pub(super) struct CheckedArchive<'b> {
    pub archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The hidden rows, struck-through rows and merged cells, by the normalised name of the part.
    pub metadata: HashMap<String, SheetMetadata>,
}

/// The maximum number of tags, end tags included, that programs write for a cell with content. A
/// cell with only a format has one tag, so a file may have more such cells than the limit on cells.
const TAGS_OF_CELL: usize = 6;
const CHUNK: usize = 64 * 1024;

/// Opens an archive and checks all its parts except images.
pub(super) fn open_checked<'b>(
    bytes: &'b [u8],
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<CheckedArchive<'b>, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(Refusal::Exceeds(Exceeded::Parts).into());
    }
    let struck = Struck {
        styles: styles::struck(&mut archive),
        texts: styles::struck_texts(&mut archive),
    };
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
        let mut check = Check {
            limits,
            struck: &struck,
            budget: &mut budget,
            watch: &mut *watch,
        };
        let found = check.part(part, &plain(&name))?;
        if found != SheetMetadata::default() {
            metadata.insert(plain(&name), found);
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

/// Returns whether a part is an image, judged by its folder. The readers open no images.
fn is_picture(name: &str) -> bool {
    let name = plain(name);
    [
        "xl/media/",
        "pictures/",
        "thumbnails/",
        "docprops/thumbnail",
    ]
    .iter()
    .any(|start| name.starts_with(start))
}

/// The styles and texts of a workbook that are struck through.
struct Struck {
    /// The indexes of the cell styles with strikethrough.
    styles: HashSet<u32>,
    /// The indexes of the shared texts of which a part is struck through.
    texts: HashSet<u32>,
}

/// The bytes and tags that the parts not yet checked may use together.
struct Budget {
    bytes: u64,
    tags: usize,
}

/// The check of one part, with the limits that all parts share.
struct Check<'c, 'w> {
    limits: &'c Limits,
    struck: &'c Struck,
    budget: &'c mut Budget,
    watch: &'c mut Watch<'w>,
}

impl Check<'_, '_> {
    fn part(&mut self, mut part: impl Read, name: &str) -> Result<SheetMetadata, ReadError> {
        let (limits, budget) = (self.limits, &mut *self.budget);
        let markup = [".xml", ".rels", ".vml"]
            .iter()
            .any(|end| name.ends_with(end));
        let is_sheet = name.contains("worksheets/");
        let shared = name
            .ends_with("haredstrings.xml")
            .then(|| memmem::Finder::new("<si"));
        let is_list = ["workbook.xml", ".rels"]
            .iter()
            .any(|end| name.ends_with(end));
        let mut list_left = if is_list { LONGEST_LIST } else { usize::MAX };
        let mut formats_left = if name.ends_with("styles.xml") {
            MAX_FORMATS
        } else {
            usize::MAX
        };
        // `content.xml` is read twice, so its tags count double. Shared strings have a limit of their
        // own.
        let times = if name == "content.xml" { 2 } else { 1 };
        let mut tags_of_texts = limits.cells.saturating_mul(TAGS_OF_CELL);
        let mut metadata = SheetMetadata::default();
        let mut texts = 0;
        let mut chunk = vec![0; CHUNK];
        // The number of bytes at the end of the last chunk that may be the start of a tag.
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
            (self.watch)(Progress { rows: 0, of: None })?;
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
            formats_left = formats_left.checked_sub(tags).ok_or(Refusal::Inflates)?;
            if let Some(finder) = &shared {
                texts += finder.find_iter(fresh).count();
                tags_of_texts = tags_of_texts
                    .checked_sub(tags)
                    .filter(|_| texts <= MAX_TEXTS)
                    .ok_or(Refusal::Exceeds(Exceeded::Texts))?;
            } else {
                budget.tags = budget
                    .tags
                    .checked_sub(tags * times)
                    .ok_or(Refusal::Exceeds(Exceeded::Cells(limits.cells / times)))?;
            }
            if is_sheet {
                // A tag that is split between two chunks is searched together with the next chunk.
                // Text longer than half a chunk without `>` does not count as a tag.
                let cut = memchr::memrchr(b'<', text)
                    .filter(|start| {
                        memchr::memchr(b'>', text.get(*start..).unwrap_or_default()).is_none()
                    })
                    .filter(|start| filled - start < CHUNK / 2);
                let whole = text.get(..cut.unwrap_or(filled)).unwrap_or_default();
                collect_metadata(whole, self.struck, &mut metadata);
                if let Some(start) = cut {
                    chunk.copy_within(start..filled, 0);
                    kept = filled - start;
                }
            }
        }
    }
}

/// The maximum number of tags that describe formats. Excel allows 65,490 cell formats, each with a
/// few tags. calamine stores about 250 bytes for each.
const MAX_FORMATS: usize = 500_000;

/// Returns whether the start of a part has a document type or declares an entity. No spreadsheet
/// program writes either.
fn declares_entities(start: &[u8]) -> bool {
    memmem::find(start, b"<!DOCTYPE").is_some() || memmem::find(start, b"<!ENTITY").is_some()
}

fn collect_metadata(text: &[u8], struck: &Struck, metadata: &mut SheetMetadata) {
    // Search for the attributes `hidden` and `ht` first, which is faster than parsing every tag.
    // They count only on a `row`.
    let hidden = memmem::find_iter(text, b" hidden");
    let mut places: Vec<usize> = hidden.chain(memmem::find_iter(text, b" ht")).collect();
    places.sort_unstable();
    for place in places {
        let Some(tag) = tag_around(text, place).filter(|tag| local_name(tag) == "row") else {
            continue;
        };
        let is_hidden = matches!(attribute(tag, "hidden").as_deref(), Some("1" | "true"));
        let height = attribute(tag, "ht").and_then(|height| height.parse::<f64>().ok());
        if (is_hidden || height.is_some_and(|height| height <= 0.0))
            && let Some(row) = attribute(tag, "r").and_then(|row| row.parse().ok())
        {
            metadata.hide(row);
        }
    }
    if !struck.styles.is_empty() {
        for place in memmem::find_iter(text, b" s=") {
            let Some(tag) = tag_around(text, place) else {
                continue;
            };
            let style = attribute(tag, "s").and_then(|style| style.parse().ok());
            let row = match local_name(tag) {
                "c" => attribute(tag, "r").and_then(|cell| row_of(&cell)),
                "row" => attribute(tag, "r").and_then(|row| row.parse().ok()),
                _ => None,
            };
            if let Some(row) =
                row.filter(|_| style.is_some_and(|style| struck.styles.contains(&style)))
            {
                metadata.strike(row);
            }
        }
    }
    if !struck.texts.is_empty() {
        for place in memmem::find_iter(text, b" t=\"s\"") {
            let Some(tag) = tag_around(text, place).filter(|tag| local_name(tag) == "c") else {
                continue;
            };
            let index = text_index_behind(text, place);
            if index.is_some_and(|index| struck.texts.contains(&index))
                && let Some(row) = attribute(tag, "r").and_then(|cell| row_of(&cell))
            {
                metadata.strike_part(row);
            }
        }
    }
    // A text in the cell itself may have a part that is struck through.
    for place in memmem::find_iter(text, b"<strike") {
        let before = text.get(..place).unwrap_or_default();
        let cell = memmem::rfind(before, b"<c ").and_then(|start| tag_around(text, start + 1));
        if let Some(row) = cell.and_then(|tag| row_of(&attribute(tag, "r")?)) {
            metadata.strike_part(row);
        }
    }
    for place in memmem::find_iter(text, b"mergeCell ") {
        let Some(tag) = tag_around(text, place) else {
            continue;
        };
        if let Some(area) = attribute(tag, "ref").and_then(|reference| Area::parse(&reference)) {
            metadata.merge(area);
        }
    }
}

/// Returns the number in the `v` element that follows a place in a tag.
fn text_index_behind(text: &[u8], place: usize) -> Option<u32> {
    let rest = text.get(place..place.saturating_add(200).min(text.len()))?;
    let start = memchr::memchr(b'>', rest)? + 1;
    let value = rest.get(start..)?.strip_prefix(b"<v>")?;
    let value = value.get(..memchr::memchr(b'<', value)?)?;
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}

fn tag_around(text: &[u8], place: usize) -> Option<&str> {
    let start = memchr::memrchr(b'<', text.get(..=place)?)?;
    let rest = text.get(start + 1..)?;
    let end = memchr::memchr(b'>', rest)?;
    std::str::from_utf8(rest.get(..end)?).ok()
}

fn local_name(tag: &str) -> &str {
    let name = tag
        .split([' ', '/', '\n', '\r', '\t'])
        .next()
        .unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

/// Returns the row number of a cell reference such as `B12`.
fn row_of(cell: &str) -> Option<u32> {
    cell.trim_start_matches(|letter: char| letter.is_ascii_alphabetic())
        .parse()
        .ok()
}

/// Returns the value of an attribute, in single or double quotation marks; `None` if the tag lacks
/// it.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest.get(..at)?.chars().next_back();
        let behind = rest.get(at + name.len()..)?;
        let value = behind.trim_start().strip_prefix('=').map(str::trim_start);
        if before.is_some_and(char::is_whitespace)
            && let Some(value) = value
            && let Some(mark) = value
                .chars()
                .next()
                .filter(|mark| matches!(mark, '"' | '\''))
        {
            return value.get(1..)?.split(mark).next().map(str::to_owned);
        }
        rest = behind;
    }
}
