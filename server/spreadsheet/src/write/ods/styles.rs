//! The styles of cells and columns in an ods file, the same as in xlsx.
//!
//! A style has a name, and each cell and column refers to its style by that name.

use std::collections::BTreeSet;
use std::io;

use quick_xml::events::{BytesText, Event};

use super::xml::Xml;
use crate::write::book::{Holds, RowKind, Sheet};

/// Writes every style that the sheets use.
pub(super) fn styles(xml: &mut Xml, book: &[Sheet]) -> io::Result<()> {
    xml.write_event(Event::Text(BytesText::from_escaped(STYLES)))?;
    widths(xml, book)
}

/// Returns the name of a cell's style, from the kind of its row and of its column.
pub(super) fn cell_style(kind: RowKind, holds: Holds) -> &'static str {
    match (kind, holds) {
        (RowKind::Title, _) => "title",
        (RowKind::Help, _) => "help",
        (RowKind::Headings, _) => "headings",
        (RowKind::Filled, Holds::Labels) => "labels",
        (RowKind::Filled, Holds::Answers) => "answers",
        (RowKind::Filled, Holds::Prose) => "prose",
    }
}

/// Returns the name of the style of a column with this width.
pub(super) fn width_style(width: u8) -> String {
    format!("width-{width}")
}

const STYLES: &str = r##"
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

fn widths(xml: &mut Xml, book: &[Sheet]) -> io::Result<()> {
    let columns = book.iter().flat_map(|sheet| &sheet.columns);
    let widths: BTreeSet<u8> = columns.map(|column| column.width).collect();
    for width in widths {
        // A character of the default font is about two millimetres wide.
        let millimetres = format!("{}mm", 2 * u16::from(width) + 3);
        xml.create_element("style:style")
            .with_attribute(("style:name", width_style(width).as_str()))
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
