//! Reads the parts of an xlsx: the sheet, the shared strings, the list of sheets, the number
//! formats, and the relationships.
//!
//! The input is the parts themselves, separated by zero bytes, and the target zips them. A mutation
//! of the input then changes what is read; a mutation of a zip file would mostly break the archive.

#![no_main]

use libfuzzer_sys::fuzz_target;

const SHARED: &[u8] = br#"<sst><si><t>First name</t></si><si><t>Last name</t></si><si><t>Email</t></si><si><t>Mobile</t></si><si><t>Role</t></si><si><t>Admin</t></si><si><t>Wen</t></si></sst>"#;
const WORKBOOK: &[u8] = br#"<workbook xmlns:r="r"><sheets><sheet name="Users" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const STYLES: &[u8] =
    br#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
const PACKAGE: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

fuzz_target!(init: fuzzed::let_calamine_panic(), |input: &[u8]| {
    let [sheet, shared, workbook, styles, relations] =
        fuzzed::parts(input, [b"", SHARED, WORKBOOK, STYLES, RELATIONS]);
    fuzzed::read_file(&fuzzed::packed(&[
        ("_rels/.rels", PACKAGE),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", shared),
        ("xl/styles.xml", styles),
    ]));
});
