//! The paper form as OpenDocument text: headings, and framed paragraphs to type into.
//!
//! The document is written with the XML and zip crates that also write the spreadsheets. The files
//! in its package have a fixed date, so the same questions make the same bytes.

use std::io::{self, Cursor, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::TITLE;
use super::part::Part;

/// The reason why the document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum OdtFault {
    /// The XML could not be written.
    #[error("the form cannot be written: {0}")]
    Xml(#[from] io::Error),
    /// The zip package could not be written.
    #[error("the form cannot be packed: {0}")]
    Package(#[from] zip::result::ZipError),
}

/// Returns the bytes of a document with these paragraphs and this form.
pub(super) fn document(opening: &[String], form: &[Part]) -> Result<Vec<u8>, OdtFault> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT);
    // `mimetype` is the first file and not compressed, so that programs recognise the package by
    // its first bytes.
    let stored = deflated.compression_method(CompressionMethod::Stored);
    for (name, options, bytes) in [
        ("mimetype", stored, MEDIA_TYPE.as_bytes()),
        ("META-INF/manifest.xml", deflated, MANIFEST.as_bytes()),
        ("content.xml", deflated, &content(opening, form)?),
        ("styles.xml", deflated, STYLES.as_bytes()),
        ("meta.xml", deflated, &meta()?),
    ] {
        package.start_file(name, options)?;
        package.write_all(bytes)?;
    }
    Ok(package.finish()?.into_inner())
}

type Xml = Writer<Vec<u8>>;

fn content(opening: &[String], form: &[Part]) -> io::Result<Vec<u8>> {
    let mut xml = declared()?;
    xml.create_element("office:document-content")
        .with_attributes([
            (
                "xmlns:office",
                "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            ),
            (
                "xmlns:text",
                "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
            ),
            ("office:version", "1.2"),
        ])
        .write_inner_content(|xml| {
            xml.create_element("office:body")
                .write_inner_content(|xml| {
                    xml.create_element("office:text")
                        .write_inner_content(|xml| {
                            heading(xml, 1, TITLE)?;
                            for words in opening {
                                paragraph(xml, "Text", words)?;
                            }
                            form.iter().try_for_each(|part| write(xml, part))
                        })?;
                    Ok(())
                })?;
            Ok(())
        })?;
    Ok(xml.into_inner())
}

fn write(xml: &mut Xml, part: &Part) -> io::Result<()> {
    match part {
        Part::Heading { level, words } => heading(xml, *level, words),
        Part::Paragraph(words) => paragraph(xml, "Text", words),
        Part::Item {
            number,
            words,
            nested,
        } => {
            let before = number.map_or_else(|| "•".to_owned(), |number| format!("{number}."));
            let style = if *nested { "NestedItem" } else { "Item" };
            paragraph(xml, style, &format!("{before} {words}"))
        }
        Part::Question(words) => paragraph(xml, "Question", words),
        Part::Hint(words) => paragraph(xml, "Hint", words),
        Part::Answer(lines) => (0..*lines).try_for_each(|_| paragraph(xml, "Answer", "")),
        Part::Choice(words) => paragraph(xml, "Choice", &format!("☐ {words}")),
    }
}

fn heading(xml: &mut Xml, level: u8, words: &str) -> io::Result<()> {
    let (style, level) = (format!("Heading{level}"), level.to_string());
    xml.create_element("text:h")
        .with_attribute(("text:style-name", style.as_str()))
        .with_attribute(("text:outline-level", level.as_str()))
        .write_text_content(BytesText::new(words))?;
    Ok(())
}

fn paragraph(xml: &mut Xml, style: &str, words: &str) -> io::Result<()> {
    xml.create_element("text:p")
        .with_attribute(("text:style-name", style))
        .write_text_content(BytesText::new(words))?;
    Ok(())
}

fn meta() -> io::Result<Vec<u8>> {
    let mut xml = declared()?;
    xml.create_element("office:document-meta")
        .with_attributes([
            (
                "xmlns:office",
                "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            ),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("office:version", "1.2"),
        ])
        .write_inner_content(|xml| {
            xml.create_element("office:meta")
                .write_inner_content(|xml| {
                    xml.create_element("dc:title")
                        .write_text_content(BytesText::new(TITLE))?;
                    xml.create_element("dc:language")
                        .write_text_content(BytesText::new("en-GB"))?;
                    Ok(())
                })?;
            Ok(())
        })?;
    Ok(xml.into_inner())
}

fn declared() -> io::Result<Xml> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(xml)
}

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"#;

/// The styles of the document: large letters, wide spacing, and frames for the answers.
const STYLES: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2">
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="3mm"/><style:text-properties fo:font-family="Arial" fo:font-size="14pt" fo:language="en" fo:country="GB"/></style:default-style>
<style:style style:name="Text" style:family="paragraph"/>
<style:style style:name="Heading1" style:family="paragraph" style:default-outline-level="1"><style:text-properties fo:font-size="24pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading2" style:family="paragraph" style:default-outline-level="2"><style:paragraph-properties fo:margin-top="10mm" fo:keep-with-next="always"/><style:text-properties fo:font-size="20pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading3" style:family="paragraph" style:default-outline-level="3"><style:paragraph-properties fo:margin-top="8mm" fo:keep-with-next="always"/><style:text-properties fo:font-size="17pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading4" style:family="paragraph" style:default-outline-level="4"><style:paragraph-properties fo:margin-top="6mm" fo:keep-with-next="always"/><style:text-properties fo:font-size="14pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Question" style:family="paragraph"><style:paragraph-properties fo:margin-top="4mm" fo:margin-bottom="1mm" fo:keep-with-next="always"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Hint" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="2mm" fo:keep-with-next="always"/><style:text-properties fo:color="#484949"/></style:style>
<style:style style:name="Answer" style:family="paragraph"><style:paragraph-properties fo:border="0.5mm solid #0b0c0c" fo:padding="2mm" fo:margin-bottom="0mm"/></style:style>
<style:style style:name="Choice" style:family="paragraph"><style:paragraph-properties fo:margin-left="5mm" fo:margin-bottom="2mm"/></style:style>
<style:style style:name="Item" style:family="paragraph"><style:paragraph-properties fo:margin-left="5mm"/></style:style>
<style:style style:name="NestedItem" style:family="paragraph"><style:paragraph-properties fo:margin-left="12mm"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin="20mm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"/></office:master-styles>
</office:document-styles>
"##;
