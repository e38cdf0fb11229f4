//! Checks a zipped file before it is read: its unpacked size, and the content of its parts.
//!
//! The check unpacks every part except pictures, in pieces. It refuses zip bombs, overlong texts,
//! and parts that declare entities, before they fill the memory. `sheet_scan` looks at each piece
//! of a sheet in the same pass.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use memchr::memmem;
use registration::spreadsheet::{
    Exceeded, LONGEST_LIST, LONGEST_TEXT, MAX_PARTS, MAX_TEXTS, Refusal,
};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::read::limits::{Limits, Progress, Watch};
use crate::read::part_names::plain;
use crate::read::reading::ReadError;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::sheet_scan::SheetScan;
use crate::read::styles::{self, Struck};

/// An archive that passed the check.
pub(super) struct CheckedArchive<'b> {
    pub archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The hidden rows, struck-through rows and merged cells, by the normalised name of the part.
    pub metadata: HashMap<String, SheetMetadata>,
}

/// The maximum number of tags, end tags included, that programs write for a cell with content. A
/// cell with only a format has one tag, so a file may have more such cells than the limit on cells.
const TAGS_OF_CELL: usize = 6;
/// The size of the pieces in which a part is unpacked, in bytes.
const PIECE: usize = 64 * 1024;
/// The number of bytes at the end of a piece that are searched again with the next piece, because a piece may end
/// within a word that is searched for.
const OVERLAP: usize = STRIKE.len() - 1;
/// The element for strikethrough, in styles and in texts.
const STRIKE: &[u8] = b"strike";

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
    let mut struck = Struck {
        styles: styles::struck(&mut archive),
        ..Struck::default()
    };
    let mut metadata = HashMap::new();
    let mut budget = Budget {
        bytes: limits.inflated,
        tags: limits.cells.saturating_mul(TAGS_OF_CELL),
    };
    for (place, name) in parts_to_check(&mut archive)? {
        let part = archive.by_index(place).map_err(|fault| refusal(&fault))?;
        let mut check = Check {
            limits,
            struck: &struck,
            budget: &mut budget,
            watch: &mut *watch,
        };
        let found = check.part(part, &name)?;
        if found.mentions_strike {
            struck.texts = styles::struck_texts(&mut archive);
        }
        if found.metadata != SheetMetadata::default() {
            metadata.insert(name, found.metadata);
        }
    }
    Ok(CheckedArchive { archive, metadata })
}

/// Returns the index and the normalised name of each part except images. The shared texts come
/// first, because sheets refer to them.
fn parts_to_check(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
) -> Result<Vec<(usize, String)>, Refusal> {
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|fault| refusal(&fault))?;
        let name = plain(&part.name().map_err(|fault| refusal(&fault))?);
        if !is_picture(&name) {
            parts.push((place, name));
        }
    }
    parts.sort_by_key(|(_, name)| !styles::has_shared_texts(name));
    Ok(parts)
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

/// Returns whether a part is an image, judged by the folder in its normalised name. The readers
/// open no images.
fn is_picture(name: &str) -> bool {
    [
        "xl/media/",
        "pictures/",
        "thumbnails/",
        "docprops/thumbnail",
    ]
    .iter()
    .any(|start| name.starts_with(start))
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

/// The result of checking a part.
#[derive(Default)]
struct Found {
    metadata: SheetMetadata,
    /// Whether the part has the shared texts, and the word `strike` among them.
    mentions_strike: bool,
}

impl Check<'_, '_> {
    fn part(&mut self, mut part: impl Read, name: &str) -> Result<Found, ReadError> {
        let (limits, budget) = (self.limits, &mut *self.budget);
        let markup = [".xml", ".rels", ".vml"]
            .iter()
            .any(|end| name.ends_with(end));
        let mut sheet =
            (markup && name.contains("worksheets/")).then(|| SheetScan::of(self.struck));
        let mut shared = styles::has_shared_texts(name).then(SharedTexts::new);
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
        let mut piece = vec![0; OVERLAP + PIECE];
        let mut stretch = 0;
        let mut first = true;
        loop {
            let read = fill(&mut part, piece.get_mut(OVERLAP..).unwrap_or_default())?;
            if read == 0 {
                return Ok(Found {
                    metadata: sheet.map(SheetScan::finished).unwrap_or_default(),
                    mentions_strike: shared.is_some_and(|shared| shared.mention_strike),
                });
            }
            budget.bytes = budget
                .bytes
                .checked_sub(read as u64)
                .ok_or(Refusal::Inflates)?;
            list_left = list_left
                .checked_sub(read)
                .ok_or(Refusal::Exceeds(Exceeded::List))?;
            (self.watch)(Progress { rows: 0, of: None })?;
            if !markup {
                continue;
            }
            let text = piece.get(..OVERLAP + read).unwrap_or_default();
            let fresh = text.get(OVERLAP..).unwrap_or_default();
            if first && declares_entities(fresh) {
                return Err(Refusal::NotASpreadsheet(Some(
                    "a file that draws in other files".to_owned(),
                ))
                .into());
            }
            first = false;
            stretch += memchr::memchr(b'<', fresh).unwrap_or(fresh.len());
            if stretch > LONGEST_TEXT {
                return Err(Refusal::Exceeds(Exceeded::Text).into());
            }
            if let Some(last) = memchr::memrchr(b'<', fresh) {
                stretch = fresh.len() - last;
            }
            let tags = memchr::memchr_iter(b'<', fresh).count();
            formats_left = formats_left.checked_sub(tags).ok_or(Refusal::Inflates)?;
            if let Some(shared) = &mut shared {
                shared.count(text);
                tags_of_texts = tags_of_texts
                    .checked_sub(tags)
                    .filter(|_| shared.texts <= MAX_TEXTS)
                    .ok_or(Refusal::Exceeds(Exceeded::Texts))?;
            } else {
                budget.tags = budget
                    .tags
                    .checked_sub(tags * times)
                    .ok_or(Refusal::Exceeds(Exceeded::Cells(limits.cells / times)))?;
            }
            if let Some(sheet) = &mut sheet {
                sheet.push(fresh);
            }
            piece.copy_within(read..read + OVERLAP, 0);
        }
    }
}

/// Fills a piece from a part. Returns the number of bytes, which is less than the size of the piece only at the end of
/// the part.
fn fill(part: &mut impl Read, piece: &mut [u8]) -> Result<usize, Refusal> {
    let mut filled = 0;
    while let Some(rest) = piece.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match part.read(rest).map_err(|_| Refusal::Damaged)? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// The shared texts of a workbook, counted while they are unpacked.
struct SharedTexts {
    starts: memmem::Finder<'static>,
    strikes: memmem::Finder<'static>,
    /// The number of texts.
    texts: usize,
    mention_strike: bool,
}

impl SharedTexts {
    fn new() -> Self {
        Self {
            starts: memmem::Finder::new(START_OF_TEXT),
            strikes: memmem::Finder::new(STRIKE),
            texts: 0,
            mention_strike: false,
        }
    }

    /// Counts the texts that begin in a piece. `text` is the piece with the overlap before it.
    fn count(&mut self, text: &[u8]) {
        // A start tag that is wholly in the overlap was counted with the previous piece.
        let uncounted = text.get(OVERLAP + 1 - START_OF_TEXT.len()..);
        self.texts += self.starts.find_iter(uncounted.unwrap_or_default()).count();
        self.mention_strike = self.mention_strike || self.strikes.find(text).is_some();
    }
}

const START_OF_TEXT: &[u8] = b"<si";

/// The maximum number of tags that describe formats. Excel allows 65,490 cell formats, each with a
/// few tags. calamine stores about 250 bytes for each.
const MAX_FORMATS: usize = 500_000;

/// Returns whether the start of a part has a document type or declares an entity. No spreadsheet
/// program writes either.
fn declares_entities(start: &[u8]) -> bool {
    memmem::find(start, b"<!DOCTYPE").is_some() || memmem::find(start, b"<!ENTITY").is_some()
}
