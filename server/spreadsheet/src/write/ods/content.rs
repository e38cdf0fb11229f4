//! The sheets of an ods: their looks, their lists to choose from, their rows.
//!
//! Columns for answers are formatted as text down to the last row; cells with a list are written out,
//! because in this format a list belongs to cells and not to a range.

use std::collections::BTreeSet;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::write::book::{Choice, Column, Holds, RowKind, Sheet};

/// The bytes of `content.xml`.
pub(super) fn content(book: &[Sheet]) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("office:document-content")
        .with_attributes(NAMESPACES)
        .write_inner_content(|xml| {
            xml.create_element("office:automatic-styles")
                .write_inner_content(|xml| {
                    xml.write_event(Event::Text(BytesText::from_escaped(LOOKS)))?;
                    widths(xml, book)
                })?;
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

type Xml = Writer<Vec<u8>>;

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

/// The same looks as in xlsx.
const LOOKS: &str = r##"
<number:text-style style:name="text"><number:text-content/></number:text-style>
<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>
<style:style style:name="row" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>
<style:style style:name="title" style:family="table-cell" style:data-style-name="text"><style:text-properties fo:font-size="16pt" fo:font-weight="bold"/></style:style>
<style:style style:name="help" style:family="table-cell" style:data-style-name="text"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/><style:text-properties fo:color="#505a5f" fo:font-style="italic"/></style:style>
<style:style style:name="headings" style:family="table-cell" style:data-style-name="text"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" fo:background-color="#f3f2f1" fo:border-bottom="1.5pt solid #000000"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="labels" style:family="table-cell" style:data-style-name="text"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="answers" style:family="table-cell" style:data-style-name="text"><style:table-cell-properties style:vertical-align="top"/></style:style>
<style:style style:name="prose" style:family="table-cell" style:data-style-name="text"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>
"##;

fn look(kind: RowKind, holds: Holds) -> &'static str {
    match (kind, holds) {
        (RowKind::Title, _) => "title",
        (RowKind::Help, _) => "help",
        (RowKind::Headings, _) => "headings",
        (RowKind::Filled, Holds::Labels) => "labels",
        (RowKind::Filled, Holds::Answers) => "answers",
        (RowKind::Filled, Holds::Prose) => "prose",
    }
}

fn width_name(column: Column) -> String {
    format!("width-{}", column.width)
}

fn widths(xml: &mut Xml, book: &[Sheet]) -> io::Result<()> {
    let columns = book.iter().flat_map(|sheet| &sheet.columns);
    let widths: BTreeSet<u8> = columns.map(|column| column.width).collect();
    for width in widths {
        // A character of the usual font is about two millimetres wide.
        let millimetres = format!("{}mm", 2 * u16::from(width) + 3);
        let column = Column {
            width,
            holds: Holds::Answers,
        };
        xml.create_element("style:style")
            .with_attribute(("style:name", width_name(column).as_str()))
            .with_attribute(("style:family", "table-column"))
            .write_inner_content(|xml| {
                xml.create_element("style:table-column-properties")
                    .with_attribute(("style:column-width", millimetres.as_str()))
                    .write_empty()?;
                Ok(())
            })?;
    }
    Ok(())
}

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

/// The letter of one of the first 26 columns, which are more than the form has.
fn column_letter(column: u16) -> char {
    ('A'..='Z').nth(usize::from(column)).unwrap_or('A')
}

fn table(xml: &mut Xml, number: usize, sheet: &Sheet) -> io::Result<()> {
    for column in &sheet.columns {
        xml.create_element("table:table-column")
            .with_attribute(("table:style-name", width_name(*column).as_str()))
            .with_attribute((
                "table:default-cell-style-name",
                look(RowKind::Filled, column.holds),
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
                    let style = look(row.kind, of.holds);
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
                    let style = look(RowKind::Filled, of.holds);
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
