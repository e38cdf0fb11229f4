//! Finds the hidden rows, struck-through rows and merged cells of an Excel sheet, which calamine's
//! cell reader does not report.
//!
//! The sheet arrives in pieces. The result does not depend on where it was cut.

use memchr::{memchr, memchr_iter, memmem, memrchr_iter};

use crate::read::merged::Area;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::styles::{Struck, is_struck};

/// A scan of one sheet.
pub(super) struct SheetScan<'s> {
    struck: &'s Struck,
    words: [memmem::Finder<'static>; WORDS.len()],
    metadata: SheetMetadata,
    /// The last tag so far and the text after it, up to [`LONGEST_TAG`] bytes.
    open: Vec<u8>,
    /// The cell that is open.
    cell: Option<OpenCell>,
}

/// A cell whose end was not yet seen.
#[derive(Clone, Copy)]
struct OpenCell {
    row: u32,
    /// Whether the value of the cell is the index of a shared text.
    is_shared: bool,
}

/// The maximum length of a tag with the text after it, in bytes. The rest is not looked at.
const LONGEST_TAG: usize = 32 * 1024;

/// Words that the elements and attributes contain for which the scan looks. A piece without these words needs no full
/// scan, unless the workbook has struck-through styles or texts.
const WORDS: [&str; 4] = ["hidden", "ht", "strike", "mergeCell"];

impl<'s> SheetScan<'s> {
    pub(super) fn of(struck: &'s Struck) -> Self {
        Self {
            struck,
            words: WORDS.map(memmem::Finder::new),
            metadata: SheetMetadata::default(),
            open: Vec::new(),
            cell: None,
        }
    }

    /// Scans the next piece of the sheet.
    pub(super) fn push(&mut self, piece: &[u8]) {
        let first = memchr(b'<', piece).unwrap_or(piece.len());
        let (end_of_open, rest) = piece.split_at(first);
        self.lengthen_open(end_of_open);
        let Some(last) = memchr::memrchr(b'<', rest) else {
            return;
        };
        self.scan_open();
        let (whole, open) = rest.split_at(last);
        self.scan(whole);
        self.lengthen_open(open);
    }

    /// Scans the last tag and returns what was found.
    pub(super) fn finished(mut self) -> SheetMetadata {
        self.scan_open();
        self.metadata
    }

    fn lengthen_open(&mut self, text: &[u8]) {
        let room = LONGEST_TAG.saturating_sub(self.open.len());
        self.open
            .extend_from_slice(text.get(..room).unwrap_or(text));
    }

    fn scan_open(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        self.scan(&open);
        open.clear();
        self.open = open;
    }

    /// Scans tags, each with the whole text after it.
    fn scan(&mut self, text: &[u8]) {
        let has_word = || self.words.iter().any(|word| word.find(text).is_some());
        if self.struck.styles.is_empty() && self.struck.texts.is_empty() && !has_word() {
            self.take_last_cell(text);
            return;
        }
        let mut starts = memchr_iter(b'<', text).peekable();
        while let Some(start) = starts.next() {
            let end = starts.peek().copied().unwrap_or(text.len());
            if let Some(tag) = Tag::of(text.get(start + 1..end).unwrap_or_default()) {
                self.take(&tag);
            }
        }
    }

    /// Remembers the cell that is open at the end of a text, if a cell begins or ends in it.
    fn take_last_cell(&mut self, text: &[u8]) {
        let mut end = text.len();
        for start in memrchr_iter(b'<', text) {
            let tag = Tag::of(text.get(start + 1..end).unwrap_or_default());
            if let Some(tag) = tag.filter(|tag| tag.name == b"c") {
                self.cell = if tag.is_end { None } else { tag.opened_cell() };
                return;
            }
            end = start;
        }
    }

    fn take(&mut self, tag: &Tag<'_>) {
        match tag.name {
            b"c" if tag.is_end => self.cell = None,
            _ if tag.is_end => {}
            b"row" => self.take_row(tag),
            b"c" => {
                self.cell = tag.opened_cell();
                if self.has_struck_style(tag)
                    && let Some(row) = tag.attribute("r").and_then(|cell| row_of(&cell))
                {
                    self.metadata.strike(row);
                }
            }
            b"v" => {
                if let Some(cell) = self.cell.filter(|cell| cell.is_shared)
                    && !self.struck.texts.is_empty()
                    && let Ok(text) = std::str::from_utf8(tag.behind)
                    && let Ok(index) = text.trim().parse()
                    && self.struck.texts.contains(&index)
                {
                    self.metadata.strike_part(cell.row);
                }
            }
            // A text in the cell itself may have a part that is struck through.
            b"strike" => {
                if let Some(cell) = self.cell
                    && is_struck(tag.attribute("val").as_deref())
                {
                    self.metadata.strike_part(cell.row);
                }
            }
            b"mergeCell" => {
                let area = tag.attribute("ref").and_then(|area| Area::parse(&area));
                if let Some(area) = area {
                    self.metadata.merge(area);
                }
            }
            _ => {}
        }
    }

    fn take_row(&mut self, tag: &Tag<'_>) {
        let is_hidden = matches!(tag.attribute("hidden").as_deref(), Some("1" | "true"));
        let height = tag.attribute("ht").and_then(|height| height.parse().ok());
        let is_flat = height.is_some_and(|height: f64| height <= 0.0);
        let is_struck = self.has_struck_style(tag);
        if (is_hidden || is_flat || is_struck)
            && let Some(row) = tag.attribute("r").and_then(|row| row.parse().ok())
        {
            if is_hidden || is_flat {
                self.metadata.hide(row);
            }
            if is_struck {
                self.metadata.strike(row);
            }
        }
    }

    fn has_struck_style(&self, tag: &Tag<'_>) -> bool {
        let style = || tag.attribute("s")?.parse().ok();
        !self.struck.styles.is_empty()
            && style().is_some_and(|style| self.struck.styles.contains(&style))
    }
}

/// A tag.
struct Tag<'t> {
    /// Whether the tag is an end tag, such as `</c>`.
    is_end: bool,
    /// The name without its prefix.
    name: &'t [u8],
    /// The text between the angle brackets.
    inside: &'t [u8],
    /// The text up to the next tag.
    behind: &'t [u8],
}

impl<'t> Tag<'t> {
    /// Parses a tag with the text after it, from behind its `<`; `None` if the tag does not end
    /// within [`LONGEST_TAG`] bytes.
    fn of(text: &'t [u8]) -> Option<Self> {
        let text = text.get(..LONGEST_TAG - 1).unwrap_or(text);
        let (inside, behind) = text.split_at(memchr(b'>', text)?);
        let rest = inside.strip_prefix(b"/");
        let named = rest.unwrap_or(inside);
        let is_end_of_name = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        let length = named.iter().position(is_end_of_name);
        let name = named.get(..length.unwrap_or(named.len()))?;
        let colon = memchr(b':', name).map_or(0, |colon| colon + 1);
        Some(Self {
            is_end: rest.is_some(),
            name: name.get(colon..)?,
            inside,
            behind: behind.get(1..).unwrap_or_default(),
        })
    }

    /// Returns the cell that this tag opens; `None` if the cell has no content or no valid row.
    fn opened_cell(&self) -> Option<OpenCell> {
        if self.inside.ends_with(b"/") {
            return None;
        }
        Some(OpenCell {
            row: row_of(&self.attribute("r")?)?,
            is_shared: self.attribute("t").as_deref() == Some("s"),
        })
    }

    /// Returns the value of an attribute, in single or double quotation marks; `None` if the tag
    /// lacks it.
    fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = std::str::from_utf8(self.inside).ok()?;
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
}

/// Returns the row number of a cell reference such as `B12`.
fn row_of(cell: &str) -> Option<u32> {
    cell.trim_start_matches(|letter: char| letter.is_ascii_alphabetic())
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn scanned(pieces: &[&[u8]], struck: &Struck) -> SheetMetadata {
        let mut scan = SheetScan::of(struck);
        for piece in pieces {
            scan.push(piece);
        }
        scan.finished()
    }

    fn partly_struck(sheet: &str) -> Vec<u32> {
        scanned(&[sheet.as_bytes()], &Struck::default()).partly_struck_rows
    }

    #[test]
    fn a_text_in_the_cell_is_struck_through_unless_its_value_says_off() {
        let cell = |strike: &str| {
            format!(
                "<row r=\"7\"><c r=\"B7\" t=\"inlineStr\"><is><r><rPr>{strike}</rPr><t>Ann</t></r></is></c></row>"
            )
        };
        for strike in [
            "<strike/>",
            "<strike />",
            "<x:strike/>",
            "<strike val=\"1\"/>",
            "<strike val='true'/>",
            "<strike\n val = \"on\"></strike>",
        ] {
            assert_eq!(partly_struck(&cell(strike)), [7], "{strike}");
        }
        for strike in [
            "<strike val=\"0\"/>",
            "<strike val='0'/>",
            "<strike val=\"false\"/>",
            "<strike val='false' />",
            "<strike val=\"off\"/>",
            "<x:strike val='off'></x:strike>",
            "<strike\n val = \"0\"/>",
            "<b/>",
        ] {
            assert!(partly_struck(&cell(strike)).is_empty(), "{strike}");
        }
    }

    #[test]
    fn a_strike_counts_only_inside_a_cell() {
        for sheet in [
            "<c r=\"A1\"><v>1</v></c><dxf><font><strike/></font></dxf>",
            "<c r=\"A1\"/><strike/>",
            "<strike/>",
        ] {
            assert!(partly_struck(sheet).is_empty(), "{sheet}");
        }
    }

    #[test]
    fn a_cell_of_many_struck_texts_is_read_once() {
        let struck = "<r><rPr><strike val=\"0\"/></rPr><t>x</t></r>".repeat(300_000);
        let sheet = format!("<c r=\"A9\"><is>{struck}<rPr><strike/></rPr></is></c>");
        assert_eq!(partly_struck(&sheet), [9]);
    }

    #[test]
    fn rows_cells_and_areas_are_found_with_any_prefix() {
        let sheet = "<x:row\n r='2' hidden='1'><x:c r='A2' s='4'/></x:row><row r=\"3\" ht=\"0\"/>\
            <row r=\"4\" ht=\"15\" s=\"4\"><c t='s' r='A4'><v> 7 </v></c><c r=\"B4\"><v>8</v></c></row>\
            <row r=\"5\"><x:c r=\"C5\" t=\"s\"><x:v>8</x:v></x:c></row><x:mergeCell ref='B2:B7'/>";
        let struck = Struck {
            styles: HashSet::from([4]),
            texts: HashSet::from([8]),
        };
        let found = scanned(&[sheet.as_bytes()], &struck);
        assert_eq!(found.hidden_rows, [2, 3]);
        assert_eq!(found.struck_rows, [2, 4]);
        assert_eq!(found.partly_struck_rows, [5]);
        assert_eq!(found.merged, [Area::parse("B2:B7").unwrap()]);
    }

    /// Parts of a sheet, some of them broken.
    const PARTS: [&str; 16] = [
        "<row r=\"2\" hidden=\"1\">",
        "<row r=\"3\" s=\"4\" ht='0'>",
        "</row>",
        "<c r=\"A2\" t=\"s\">",
        "<x:c r='B33' s='4'>",
        "<c r=\"C4\" t=\"inlineStr\"/>",
        "<v>7</v>",
        "<v>8",
        "</c>",
        "</x:c>",
        "<is><r><rPr><strike/>",
        "<x:strike val='off'/>",
        "Ann > hidden strike",
        "<",
        "<mergeCell ref=\"A1:A4\"/>",
        "<mergeCell ",
    ];

    proptest! {
        #[test]
        fn the_result_does_not_depend_on_where_the_sheet_is_cut(
            parts in prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..30),
            fill in prop::sample::select(vec![0, 10, LONGEST_TAG - 2, LONGEST_TAG + 7]),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
            has_struck in any::<bool>(),
        ) {
            let mut sheet = parts.concat();
            let place = sheet.len() / 2;
            sheet.insert_str(place, &" ".repeat(fill));
            let struck = if has_struck {
                Struck { styles: HashSet::from([4]), texts: HashSet::from([8]) }
            } else {
                Struck::default()
            };
            let whole = scanned(&[sheet.as_bytes()], &struck);
            let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(sheet.len() + 1)).collect();
            places.extend([0, sheet.len()]);
            places.sort_unstable();
            let pieces: Vec<&[u8]> = places.windows(2).map(|pair| &sheet.as_bytes()[pair[0]..pair[1]]).collect();
            prop_assert_eq!(scanned(&pieces, &struck), whole.clone());
            let bytes: Vec<&[u8]> = sheet.as_bytes().chunks(1).collect();
            prop_assert_eq!(scanned(&bytes, &struck), whole);
        }
    }
}
