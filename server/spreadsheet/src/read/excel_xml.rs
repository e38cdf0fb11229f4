//! Reads "XML Spreadsheet 2003", the XML format of Excel 2003. Reporting programs still write it,
//! often with the file extension `.xls`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::ControlFlow;

use quick_xml::events::BytesStart;
use registration::spreadsheet::{Cell, LONGEST_CELL, MAX_COLUMNS, Refusal, SheetHead};

use crate::read::encoding::decoded;
use crate::read::markup::{attribute, number};
use crate::read::merged::Area;
use crate::read::sheet_metadata::SheetMetadata;
use crate::read::sink::RowSink;
use crate::read::xml_sheets::{Found, MAX_ROWS, Visitor, XmlFormat, XmlSheets, rows_of, walk};

/// An opened XML Spreadsheet 2003 workbook.
pub(super) struct ExcelXml<'b> {
    text: Cow<'b, str>,
    sheets: XmlSheets,
}

impl<'b> ExcelXml<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        let (text, _) = decoded(bytes)?;
        let sheets = XmlSheets::collect(|visit| walk::<Format>(text.as_bytes(), visit))?;
        Ok(Self { text, sheets })
    }

    pub(super) fn heads(&self) -> Vec<SheetHead<'static>> {
        self.sheets.heads()
    }

    pub(super) fn rows(&self, wanted: usize, take: &mut RowSink<'_>) -> Result<(), Refusal> {
        walk::<Format>(self.text.as_bytes(), &mut rows_of(wanted, take))
    }

    pub(super) fn metadata(&self, sheet: usize) -> Option<&SheetMetadata> {
        self.sheets.metadata(sheet)
    }
}

/// The state of the parser: the parts of the current sheet, row and cell read so far.
#[derive(Default)]
struct Format {
    sheets: usize,
    row: u32,
    /// The number of empty rows below this row that share its format (`ss:Span`).
    spanned: u32,
    row_hidden: bool,
    row_struck: bool,
    /// The name of the style whose definition is being read.
    style: String,
    struck: HashSet<String>,
    column: usize,
    cells: Vec<Cell<'static>>,
    kind: String,
    text: String,
    within: Within,
    in_comment: bool,
}

/// The element whose text is being read.
#[derive(Default, PartialEq, Eq)]
enum Within {
    #[default]
    Nothing,
    Data,
    Visible,
}

impl XmlFormat for Format {
    const ROOTS: &'static [&'static str] = &["Workbook"];

    fn start(&mut self, tag: &BytesStart<'_>, visit: &mut Visitor<'_>) -> ControlFlow<()> {
        match tag.local_name().as_ref() {
            "Worksheet" => {
                self.sheets += 1;
                self.row = 0;
                self.spanned = 0;
                let name = attribute(tag, "ss:Name").unwrap_or_default();
                return visit(Found::Sheet {
                    name,
                    hidden: false,
                });
            }
            "Row" => {
                let next = self.row.saturating_add(self.spanned).saturating_add(1);
                self.row = number(tag, "ss:Index").unwrap_or(next).max(next);
                self.spanned = number(tag, "ss:Span").unwrap_or(0);
                let height =
                    attribute(tag, "ss:Height").and_then(|height| height.parse::<f64>().ok());
                self.row_hidden = attribute(tag, "ss:Hidden").as_deref() == Some("1")
                    || height.is_some_and(|height| height <= 0.0);
                self.row_struck = false;
                self.see_style(tag);
                self.column = 0;
                self.cells.clear();
            }
            "Style" => self.style = attribute(tag, "ss:ID").unwrap_or_default(),
            "Font" if attribute(tag, "ss:StrikeThrough").as_deref() == Some("1") => {
                self.struck.insert(self.style.clone());
            }
            "S" if self.within == Within::Data => self.row_struck = true,
            "Cell" => {
                self.see_style(tag);
                return self.start_cell(tag, visit);
            }
            "Data" if !self.in_comment => {
                self.kind = attribute(tag, "ss:Type").unwrap_or_default();
                self.text.clear();
                self.within = Within::Data;
            }
            "Comment" => self.in_comment = true,
            "Visible" => {
                self.text.clear();
                self.within = Within::Visible;
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn text(&mut self, text: &str) {
        // No rule accepts more than `LONGEST_CELL` characters, and a character has at most four
        // bytes.
        if self.within != Within::Nothing && self.text.len() <= LONGEST_CELL * 4 {
            self.text.extend(text.chars().take(LONGEST_CELL + 1));
        }
    }

    fn end(&mut self, name: &str, visit: &mut Visitor<'_>) -> ControlFlow<()> {
        match name {
            "Data" if self.within == Within::Data => {
                self.within = Within::Nothing;
                if self.cells.len() < MAX_COLUMNS {
                    let cell = self.cell();
                    self.cells.push(cell);
                }
            }
            "Comment" => self.in_comment = false,
            "Visible" if self.within == Within::Visible => {
                self.within = Within::Nothing;
                if self.text.trim() != "SheetVisible" {
                    return visit(Found::SheetHidden);
                }
            }
            "Row" => return self.end_row(visit),
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

impl Format {
    /// Marks the row as struck through if the style of this tag, a row or a cell, is struck
    /// through.
    fn see_style(&mut self, tag: &BytesStart<'_>) {
        if !self.struck.is_empty() {
            let style = attribute(tag, "ss:StyleID");
            self.row_struck |= style.is_some_and(|style| self.struck.contains(&style));
        }
    }

    fn start_cell(&mut self, tag: &BytesStart<'_>, visit: &mut Visitor<'_>) -> ControlFlow<()> {
        // Columns count from 1. A cell without an index follows the cell before it.
        if let Some(place) = number(tag, "ss:Index").and_then(|place| place.checked_sub(1)) {
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            self.column = place.max(self.column).min(MAX_COLUMNS);
        }
        let first = self.column;
        let across = number(tag, "ss:MergeAcross").unwrap_or(0);
        let across = usize::try_from(across).unwrap_or(usize::MAX);
        self.column = first
            .saturating_add(across)
            .saturating_add(1)
            .min(MAX_COLUMNS);
        if first < MAX_COLUMNS {
            self.cells.resize(first.max(self.cells.len()), Cell::Empty);
        }
        match number(tag, "ss:MergeDown") {
            Some(down) if down > 0 => visit(Found::Merged(Area {
                first_row: self.row,
                last_row: self.row.saturating_add(down),
                column: first,
            })),
            _ => ControlFlow::Continue(()),
        }
    }

    fn cell(&mut self) -> Cell<'static> {
        let text = std::mem::take(&mut self.text);
        let number = || text.trim().parse().ok().map(Cell::Number);
        let cell = match self.kind.as_str() {
            "Number" => number(),
            "Boolean" => Some(Cell::Logical(text.trim() == "1")),
            "DateTime" => {
                let day = text.split('T').next().unwrap_or_default();
                Some(Cell::Date(Cow::Owned(day.to_owned())))
            }
            "Error" => Some(Cell::Error(Cow::Owned(text.clone()))),
            _ => None,
        };
        match cell {
            Some(cell) => cell,
            None if text.is_empty() => Cell::Empty,
            None => Cell::Text(Cow::Owned(text)),
        }
    }

    fn end_row(&mut self, visit: &mut Visitor<'_>) -> ControlFlow<()> {
        let Some(sheet) = self.sheets.checked_sub(1) else {
            return ControlFlow::Continue(());
        };
        if self.row > MAX_ROWS || Cell::all_blank(&self.cells) {
            return ControlFlow::Continue(());
        }
        visit(Found::Row {
            sheet,
            row: self.row,
            hidden: self.row_hidden,
            struck: self.row_struck,
            cells: &self.cells,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workbook(sheets: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
             <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
             xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">{sheets}</Workbook>"
        )
    }

    #[test]
    fn cells_and_rows_stand_where_they_say() {
        let text = workbook(
            "<Worksheet ss:Name=\"Old\"><Table/><WorksheetOptions><Visible>SheetHidden</Visible>\
             </WorksheetOptions></Worksheet>\
             <Worksheet ss:Name=\"Users\"><Table>\
             <Row ss:Index=\"3\"><Cell><Data ss:Type=\"String\">Zoë &amp; Co</Data><Comment><Data>x</Data>\
             </Comment></Cell><Cell ss:Index=\"4\" ss:MergeDown=\"2\"><Data ss:Type=\"Number\">7700900123\
             </Data></Cell></Row>\
             <Row ss:Span=\"2\" ss:Hidden=\"1\"><Cell ss:MergeAcross=\"1\"><Data ss:Type=\"Boolean\">1</Data>\
             </Cell><Cell><Data ss:Type=\"DateTime\">2026-02-01T00:00:00.000</Data></Cell></Row>\
             <Row><Cell/><Cell><Data ss:Type=\"Error\">#N/A</Data></Cell></Row></Table></Worksheet>",
        );
        let book = ExcelXml::open(text.as_bytes()).unwrap();
        let heads = book.heads();
        assert_eq!(
            heads.iter().map(|head| head.hidden).collect::<Vec<_>>(),
            [true, false]
        );
        assert_eq!(heads[1].name.as_deref(), Some("Users"));
        let texts: Vec<(u32, Vec<_>)> = heads[1]
            .rows
            .iter()
            .map(|(row, cells)| (*row, cells.iter().map(Cell::text).collect()))
            .collect();
        let cells =
            |texts: &[&'static str]| texts.iter().map(|text| Cow::Borrowed(*text)).collect();
        assert_eq!(
            texts,
            [
                (3, cells(&["Zoë & Co", "", "", "7700900123"])),
                (4, cells(&["TRUE", "", "2026-02-01"])),
                (7, cells(&["", "#N/A"])),
            ]
        );
        let metadata = book.metadata(1).unwrap();
        assert_eq!(metadata.hidden_rows, [4]);
        assert_eq!(
            (metadata.merged[0].first_row, metadata.merged[0].last_row),
            (3, 5)
        );
    }

    #[test]
    fn a_workbook_that_was_cut_off_is_damaged() {
        let text = workbook("<Worksheet ss:Name=\"Users\">");
        let cut = text.strip_suffix("</Workbook>").unwrap();
        assert_eq!(ExcelXml::open(cut.as_bytes()).err(), Some(Refusal::Damaged));
    }
}
