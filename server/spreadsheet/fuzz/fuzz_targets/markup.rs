//! Reads unzipped files of markup: web pages with tables, XML Spreadsheet 2003, and OpenDocument in
//! a single XML file.

#![no_main]

use libfuzzer_sys::fuzz_target;

const PAGE: &[u8] =
    b"<html><table><tr><th>First name<th>Last name<th>Email<th>Mobile<th>Role<th>Admin";
const EXCEL: &[u8] =
    b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">";
const DOCUMENT: &[u8] =
    b"<office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">";

fuzz_target!(init: fuzzed::let_calamine_panic(), |bytes: &[u8]| {
    let Some((kind, markup)) = bytes.split_first() else {
        return;
    };
    let (start, end): (_, &[u8]) = match kind % 3 {
        0 => (PAGE, b""),
        1 => (EXCEL, b"</Workbook>"),
        _ => (DOCUMENT, b"</office:document>"),
    };
    fuzzed::read_file(&[start, markup, end].concat());
});
