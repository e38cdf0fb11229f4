//! Writes sheets as ods: a zip archive of a few XML files.
//!
//! The writer uses the XML and zip crates that the reader needs anyway. The files in the archive
//! have a fixed date, so that the same answers always give the same bytes.

mod content;
mod settings;
mod styles;
mod xml;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::book::Sheet;
use super::fault::WriteFault;

/// Writes a document with these sheets.
pub(super) fn write(book: &[Sheet]) -> Result<Vec<u8>, WriteFault> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT);
    // `mimetype` must be the first file and not compressed, so that programs can detect the format
    // from the first bytes.
    let stored = deflated.compression_method(CompressionMethod::Stored);
    for (name, options, bytes) in [
        ("mimetype", stored, MEDIA_TYPE.as_bytes()),
        ("META-INF/manifest.xml", deflated, MANIFEST.as_bytes()),
        ("content.xml", deflated, &content::content(book)?),
        ("styles.xml", deflated, STYLES.as_bytes()),
        ("settings.xml", deflated, &settings::settings(book)?),
        ("meta.xml", deflated, META.as_bytes()),
    ] {
        package.start_file(name, options)?;
        package.write_all(bytes)?;
    }
    Ok(package.finish()?.into_inner())
}

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"#;

/// The page layout for printing: landscape, and all columns on one page.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2">
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm" style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Default" style:page-layout-name="page"/></office:master-styles>
</office:document-styles>
"#;

const META: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.2"><office:meta><dc:title>Register for Common Platform</dc:title><meta:creation-date>2020-09-29T00:00:00</meta:creation-date></office:meta></office:document-meta>
"#;
