//! The `settings.xml` of an ods file: which rows of a sheet stay in view.
//!
//! OpenDocument does not define view settings; these are the names that LibreOffice, Excel and
//! other programs use.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::xml::Xml;
use crate::write::book::Sheet;

/// Writes `settings.xml`.
pub(super) fn settings(book: &[Sheet]) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    nested(
        &mut xml,
        &[
            (
                "office:document-settings",
                &[
                    (
                        "xmlns:office",
                        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
                    ),
                    (
                        "xmlns:config",
                        "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
                    ),
                    ("xmlns:ooo", "http://openoffice.org/2004/office"),
                    ("office:version", "1.2"),
                ],
            ),
            ("office:settings", &[]),
            (
                "config:config-item-set",
                &[("config:name", "ooo:view-settings")],
            ),
            (
                "config:config-item-map-indexed",
                &[("config:name", "Views")],
            ),
            ("config:config-item-map-entry", &[]),
        ],
        &|xml| {
            // Programs ignore a view without an identifier.
            item(xml, "ViewId", "string", "view1")?;
            nested(
                xml,
                &[("config:config-item-map-named", &[("config:name", "Tables")])],
                &|xml| book.iter().try_for_each(|sheet| view(xml, sheet)),
            )
        },
    )?;
    Ok(xml.into_inner())
}

type Element<'t> = (&'t str, &'t [(&'t str, &'t str)]);

fn nested(
    xml: &mut Xml,
    elements: &[Element<'_>],
    inside: &dyn Fn(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let Some(((name, attributes), rest)) = elements.split_first() else {
        return inside(xml);
    };
    xml.create_element(*name)
        .with_attributes(attributes.iter().copied())
        .write_inner_content(|xml| nested(xml, rest, inside))?;
    Ok(())
}

fn view(xml: &mut Xml, sheet: &Sheet) -> io::Result<()> {
    if sheet.frozen == 0 {
        return Ok(());
    }
    let frozen = sheet.frozen.to_string();
    xml.create_element("config:config-item-map-entry")
        .with_attribute(("config:name", sheet.name))
        .write_inner_content(|xml| {
            for (name, kind, value) in [
                ("HorizontalSplitMode", "short", "0"),
                ("VerticalSplitMode", "short", FROZEN),
                ("HorizontalSplitPosition", "int", "0"),
                ("VerticalSplitPosition", "int", &frozen),
                ("ActiveSplitRange", "short", BELOW),
                ("PositionLeft", "int", "0"),
                ("PositionRight", "int", "0"),
                ("PositionTop", "int", "0"),
                ("PositionBottom", "int", &frozen),
            ] {
                item(xml, name, kind, value)?;
            }
            Ok(())
        })?;
    Ok(())
}

fn item(xml: &mut Xml, name: &str, kind: &str, value: &str) -> io::Result<()> {
    xml.create_element("config:config-item")
        .with_attribute(("config:name", name))
        .with_attribute(("config:type", kind))
        .write_text_content(BytesText::new(value))?;
    Ok(())
}

/// The split mode in which the part above the split stays in view.
const FROZEN: &str = "2";
/// The pane with the cursor: the pane below the split.
const BELOW: &str = "2";
