//! The `content.xml` of an ods file: the rows of each sheet and its drop-down lists.
//!
//! Answer columns are formatted as text down to the last row. Each cell with a drop-down list is
//! written, even if it is blank, because OpenDocument attaches a list to cells and not to a range.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::styles::{self, cell_style, width_style};
use super::xml::Xml;
use crate::write::book::{Choice, RowKind, Sheet};

/// Writes `content.xml`.
pub(super) fn content(book: &[Sheet]) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("office:document-content")
        .with_attributes(NAMESPACES)
        .write_inner_content(|xml| {
            xml.create_element("office:automatic-styles")
                .write_inner_content(|xml| styles::styles(xml, book))?;
            xml.create_element("office:body")
                .write_inner_content(|xml| {
                    xml.create_element("office:spreadsheet")
                        .write_inner_content(|xml| sheets(xml, book))?;
                    Ok(())
                })?;
            Ok(())
        })?;
    Ok(xml.into_inner())
}

const NAMESPACES: [(&str, &str); 8] = [
    (
        "xmlns:office",
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    ),
    (
        "xmlns:style",
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    ),
    (
        "xmlns:text",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    ),
    (
        "xmlns:table",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    ),
    (
        "xmlns:fo",
        "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    ),
    (
        "xmlns:number",
        "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    ),
    ("xmlns:of", "urn:oasis:names:tc:opendocument:xmlns:of:1.2"),
    ("office:version", "1.2"),
];

fn sheets(xml: &mut Xml, book: &[Sheet]) -> io::Result<()> {
    xml.create_element("table:content-validations")
        .write_inner_content(|xml| {
            for (number, sheet) in book.iter().enumerate() {
                for choice in &sheet.choices {
                    list(xml, number, sheet, choice)?;
                }
            }
            Ok(())
        })?;
    for (number, sheet) in book.iter().enumerate() {
        xml.create_element("table:table")
            .with_attribute(("table:name", sheet.name))
            .with_attribute(("table:style-name", "sheet"))
            .write_inner_content(|xml| table(xml, number, sheet))?;
    }
    Ok(())
}

fn list_name(sheet: usize, choice: &Choice) -> String {
    format!("list-{sheet}-{}", choice.column)
}

fn list(xml: &mut Xml, number: usize, sheet: &Sheet, choice: &Choice) -> io::Result<()> {
    let options: Vec<String> = choice
        .options
        .iter()
        .map(|option| format!("\"{}\"", option.replace('"', "\"\"")))
        .collect();
    let condition = format!("of:cell-content-is-in-list({})", options.join(";"));
    let first = format!(
        "'{}'.{}{}",
        sheet.name,
        column_letter(choice.column),
        choice.first + 1
    );
    xml.create_element("table:content-validation")
        .with_attribute(("table:name", list_name(number, choice).as_str()))
        .with_attribute(("table:condition", condition.as_str()))
        .with_attribute(("table:allow-empty-cell", "true"))
        .with_attribute(("table:display-list", "unsorted"))
        .with_attribute(("table:base-cell-address", first.as_str()))
        .write_inner_content(|xml| {
            xml.create_element("table:error-message")
                .with_attribute(("table:message-type", "stop"))
                .with_attribute(("table:display", "true"))
                .with_attribute(("table:title", "Choose from the list"))
                .write_inner_content(|xml| paragraph(xml, choice.words))?;
            Ok(())
        })?;
    Ok(())
}

/// Returns the letter of one of the first 26 columns; the form has fewer.
fn column_letter(column: u16) -> char {
    ('A'..='Z').nth(usize::from(column)).unwrap_or('A')
}

fn table(xml: &mut Xml, number: usize, sheet: &Sheet) -> io::Result<()> {
    for column in &sheet.columns {
        xml.create_element("table:table-column")
            .with_attribute(("table:style-name", width_style(column.width).as_str()))
            .with_attribute((
                "table:default-cell-style-name",
                cell_style(RowKind::Filled, column.holds),
            ))
            .write_empty()?;
    }
    let at = |column: usize, row: u32| {
        sheet
            .choices
            .iter()
            .find(|choice| {
                usize::from(choice.column) == column && (choice.first..=choice.last).contains(&row)
            })
            .map(|choice| list_name(number, choice))
    };
    let mut next = 0;
    for (place, row) in (0..).zip(&sheet.rows) {
        next = place + 1;
        xml.create_element("table:table-row")
            .with_attribute(("table:style-name", "row"))
            .write_inner_content(|xml| {
                for ((column, text), of) in row.cells.iter().enumerate().zip(&sheet.columns) {
                    let style = cell_style(row.kind, of.holds);
                    cell(xml, style, at(column, place).as_deref(), text)?;
                }
                Ok(())
            })?;
    }
    let end = sheet.choices.iter().map(|choice| choice.last + 1).max();
    let blank = end.unwrap_or(0).saturating_sub(next);
    if blank > 0 {
        xml.create_element("table:table-row")
            .with_attribute(("table:style-name", "row"))
            .with_attribute(("table:number-rows-repeated", blank.to_string().as_str()))
            .write_inner_content(|xml| {
                for (column, of) in sheet.columns.iter().enumerate() {
                    let style = cell_style(RowKind::Filled, of.holds);
                    cell(xml, style, at(column, next).as_deref(), "")?;
                }
                Ok(())
            })?;
    }
    Ok(())
}

fn cell(xml: &mut Xml, style: &str, list: Option<&str>, text: &str) -> io::Result<()> {
    let element = xml
        .create_element("table:table-cell")
        .with_attribute(("table:style-name", style))
        .with_attributes(list.map(|list| ("table:content-validation-name", list)));
    if text.is_empty() {
        element.write_empty()?;
    } else {
        element
            .with_attribute(("office:value-type", "string"))
            .write_inner_content(|xml| paragraph(xml, text))?;
    }
    Ok(())
}

fn paragraph(xml: &mut Xml, text: &str) -> io::Result<()> {
    xml.create_element("text:p")
        .write_text_content(BytesText::new(text))?;
    Ok(())
}
