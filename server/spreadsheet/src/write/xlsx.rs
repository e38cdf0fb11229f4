//! Writes sheets as xlsx.
//!
//! Every cell is written as text and every answer column is formatted as text, so that Excel leaves
//! answers as people typed them. The creation date is fixed, so that the same answers always give
//! the same bytes.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::book::{Choice, Holds, RowKind, Sheet};
use super::fault::WriteFault;

/// Writes a workbook with these sheets.
pub(super) fn write(book: &[Sheet]) -> Result<Vec<u8>, WriteFault> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2020, 9, 29)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title("Register for Common Platform")
            .set_creation_datetime(&created),
    );
    let looks = Looks::new();
    for sheet in book {
        write_sheet(workbook.add_worksheet(), sheet, &looks)?;
    }
    Ok(workbook.save_to_buffer()?)
}

struct Looks {
    title: Format,
    help: Format,
    heading: Format,
    label: Format,
    answer: Format,
    prose: Format,
}

/// The index of Excel's built-in number format for text (`@`).
const EXCELS_TEXT: u8 = 49;

impl Looks {
    fn new() -> Self {
        let text = Format::new()
            .set_num_format_index(EXCELS_TEXT)
            .set_align(FormatAlign::Top);
        Self {
            title: text.clone().set_bold().set_font_size(16),
            help: text
                .clone()
                .set_italic()
                .set_font_color(Color::RGB(0x50_5A_5F))
                .set_text_wrap(),
            heading: text
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0xF3_F2_F1))
                .set_border_bottom(FormatBorder::Medium),
            label: text.clone().set_bold().set_text_wrap(),
            prose: text.clone().set_text_wrap(),
            answer: text,
        }
    }

    fn of(&self, kind: RowKind, holds: Holds) -> &Format {
        match (kind, holds) {
            (RowKind::Title, _) => &self.title,
            (RowKind::Help, _) => &self.help,
            (RowKind::Headings, _) => &self.heading,
            (RowKind::Filled, Holds::Labels) => &self.label,
            (RowKind::Filled, Holds::Answers) => &self.answer,
            (RowKind::Filled, Holds::Prose) => &self.prose,
        }
    }
}

fn write_sheet(sheet: &mut Worksheet, of: &Sheet, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(of.name)?;
    for (place, column) in (0..).zip(&of.columns) {
        sheet.set_column_width(place, f64::from(column.width))?;
        sheet.set_column_format(place, looks.of(RowKind::Filled, column.holds))?;
        if column.holds == Holds::Answers {
            // Without this, Excel marks every telephone number as an error.
            let error = IgnoreError::NumberStoredAsText;
            sheet.ignore_error_range(0, place, LAST_ROW, place, error)?;
        }
    }
    for (place, row) in (0..).zip(&of.rows) {
        for ((column, text), look) in (0..).zip(&row.cells).zip(&of.columns) {
            let look = looks.of(row.kind, look.holds);
            sheet.write_string_with_format(place, column, text, look)?;
        }
        // Excel computes the height of wrapped rows itself, but other programs do not.
        match of.lines(row) {
            1 => {}
            lines => {
                let lines = u8::try_from(lines).unwrap_or(MAX_LINES).min(MAX_LINES);
                sheet.set_row_height(place, LINE * f64::from(lines))?;
            }
        }
    }
    if of.frozen > 0 {
        sheet.set_freeze_panes(of.frozen, 0)?;
        sheet.set_repeat_rows(0, of.frozen - 1)?;
    }
    for choice in &of.choices {
        offer(sheet, choice)?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The height of a line, in points.
const LINE: f64 = 15.0;
/// The maximum number of lines that fit into the highest row that Excel allows.
const MAX_LINES: u8 = 27;

/// The index of the last row of a sheet in Excel, from 0.
const LAST_ROW: u32 = 1_048_575;

fn offer(sheet: &mut Worksheet, choice: &Choice) -> Result<(), XlsxError> {
    let list = DataValidation::new()
        .allow_list_strings(&choice.options)?
        .set_error_title("Choose from the list")?
        .set_error_message(choice.words)?;
    sheet.add_data_validation(
        choice.first,
        choice.column,
        choice.last,
        choice.column,
        &list,
    )?;
    Ok(())
}
