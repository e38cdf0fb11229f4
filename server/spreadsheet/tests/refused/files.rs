//! Hostile files, each with the kinds of refusal that it may get, or `read` if the file is only
//! large.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The divisor for the sizes of the files and for the limits: 1 in an optimised build, 20 in a
/// build without optimisation, which is about thirty times slower.
pub const FEWER: usize = if cfg!(debug_assertions) { 20 } else { 1 };

/// Lists each file: its name, the kinds of outcome that are right, and its bytes.
#[expect(clippy::too_many_lines, reason = "one list with an entry per file")]
pub fn all() -> Vec<(&'static str, &'static [&'static str], Vec<u8>)> {
    const TOO_LARGE: &[&str] = &["too-large"];
    const STRANGE: &[&str] = &["not-a-spreadsheet"];
    const READ: &[&str] = &["read"];
    const NOBODY: &[&str] = &["no-rows", "no-headings", "empty"];
    vec![
        ("bomb of one part", TOO_LARGE, bomb(1, 11)),
        ("bomb of forty parts", TOO_LARGE, bomb(40, 1)),
        ("bomb in an archive", TOO_LARGE, bomb_in_an_archive()),
        ("entities that draw in a file", STRANGE, entities()),
        ("entities of an ods", STRANGE, entities_of_ods()),
        (
            "a text without end",
            TOO_LARGE,
            workbook("", &format!("<si><t>{}</t></si>", "x".repeat(2_000_000))),
        ),
        (
            "shared texts without end",
            TOO_LARGE,
            workbook("", &"<si/>".repeat(1_100_000)),
        ),
        (
            "many long shared texts",
            READ,
            workbook(HEADINGS_AND_WEN, &many_shared_texts()),
        ),
        (
            "rows that reach to the last column",
            &["too-many-rows"],
            far_rows(),
        ),
        (
            "two hundred sheets of one part",
            NOBODY,
            sheets_of_one_part(),
        ),
        ("two hundred wide sheets", NOBODY, wide_sheets()),
        (
            "a sheet that repeats for ever",
            &["too-many-rows"],
            endless_ods(),
        ),
        (
            "cells without end in one row",
            TOO_LARGE,
            workbook(
                &format!("<row>{}</row>", "<c/>".repeat(20_000_000 / FEWER)),
                "",
            ),
        ),
        (
            "rows without end",
            TOO_LARGE,
            workbook(&"<row/>".repeat(15_000_000 / FEWER), ""),
        ),
        (
            "numbers without end",
            TOO_LARGE,
            workbook(&full_rows("<c><v>1</v></c>", 6_000_000), ""),
        ),
        (
            "tags without end in a shared text",
            TOO_LARGE,
            workbook(
                "",
                &format!("<si>{}</si>", "<t/>".repeat(15_000_000 / FEWER)),
            ),
        ),
        (
            "cells of an ods without end",
            TOO_LARGE,
            document(&"<table:table-cell/>".repeat(7_000_000 / FEWER)),
        ),
        (
            "elements in elements",
            &["not-a-spreadsheet", "no-headings", "empty", "too-large"],
            deep(),
        ),
        ("ten million commas", TOO_LARGE, vec![b','; 9_999_999]),
        (
            "ten million line ends",
            &["empty"],
            vec![b'\n'; 9_999_999 / FEWER],
        ),
        (
            "quotation marks alone",
            &["empty", "no-headings", "not-a-spreadsheet"],
            vec![b'"'; 9_999_999 / FEWER],
        ),
        (
            "one cell of ten megabytes",
            NOBODY,
            vec![b'x'; 9_999_999 / FEWER],
        ),
        ("eleven megabytes", TOO_LARGE, vec![b'x'; 11_000_000]),
        ("attributes without end", NOBODY, attributes()),
        ("cells that cover a whole page", NOBODY, covering_cells()),
        (
            "tables in tables",
            NOBODY,
            "<table><tr><td>".repeat(600_000 / FEWER).into_bytes(),
        ),
        ("an archive of ten thousand parts", TOO_LARGE, parts(11_000)),
        (
            "a workbook with a password",
            &["password-protected"],
            locked(),
        ),
        ("a workbook of holes", NOBODY, holes(65_535)),
        (
            "a workbook of as many holes as are let in",
            NOBODY,
            holes(7_700),
        ),
        (
            "a workbook that claims four thousand million rows",
            NOBODY,
            claimed_rows(0, u32::MAX),
        ),
        (
            "a workbook with a hundred sheets of the same records",
            STRANGE,
            sheets_of_the_same_records(100),
        ),
        (
            "a workbook with more sheets than it has cells",
            STRANGE,
            sheets_of_the_same_records(100_000 / FEWER),
        ),
        (
            "a workbook with a long text in many cells",
            TOO_LARGE,
            one_text_in_many_cells(20_000),
        ),
        (
            "a workbook with millions of formats",
            TOO_LARGE,
            many_formats(),
        ),
        (
            "a workbook whose last row comes before its first",
            NOBODY,
            claimed_rows(5, 1),
        ),
        (
            "a program",
            STRANGE,
            [b"\x7FELF\x02\x01".as_slice(), &[0; 5_000]].concat(),
        ),
        (
            "a picture",
            STRANGE,
            [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 5_000]].concat(),
        ),
        ("a PDF", STRANGE, b"%PDF-1.7\n".repeat(1_000)),
        ("noise", STRANGE, noise(1_000_000)),
        (
            "noise that begins like an archive",
            STRANGE,
            [b"PK\x03\x04".to_vec(), noise(1_000_000)].concat(),
        ),
        (
            "noise that begins like an xls",
            STRANGE,
            [
                b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(),
                noise(1_000_000),
            ]
            .concat(),
        ),
        ("nothing", &["empty"], Vec::new()),
    ]
}

const HEADINGS_AND_WEN: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>First name</t></is></c><c r="B1" t="inlineStr"><is><t>Last name</t></is></c><c r="C1" t="inlineStr"><is><t>Email</t></is></c><c r="D1" t="inlineStr"><is><t>Mobile</t></is></c><c r="E1" t="inlineStr"><is><t>Role</t></is></c><c r="F1" t="inlineStr"><is><t>Admin</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Wen</t></is></c><c r="B2" t="inlineStr"><is><t>Williams</t></is></c></row>"#;

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let quick = SimpleFileOptions::default().compression_level(Some(1));
    for (name, content) in parts {
        writer.start_file(*name, quick).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const LIST: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const PACKAGE: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &[u8] = br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// Makes a workbook of one sheet with these rows and these shared strings.
fn workbook(rows: &str, shared: &str) -> Vec<u8> {
    packed(&[
        ("_rels/.rels", PACKAGE),
        ("xl/workbook.xml", LIST.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes(),
        ),
        (
            "xl/sharedStrings.xml",
            format!("<sst>{shared}</sst>").as_bytes(),
        ),
    ])
}

/// Makes a zip bomb of `parts` equal parts, each of `pieces` times ten megabytes. One part is
/// compressed, and the others are copies of it.
fn bomb(parts: usize, pieces: usize) -> Vec<u8> {
    let piece = b"<row/>\n".repeat(1_428_571);
    let once = packed(&[("xl/worksheets/sheet1.xml", piece.repeat(pieces).as_slice())]);
    let mut source = zip::ZipArchive::new(Cursor::new(once)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for part in 1..=parts {
        let name = format!("xl/worksheets/sheet{part}.xml");
        let copied = source.by_index(0).unwrap();
        writer.raw_copy_file_rename(copied, name).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn bomb_in_an_archive() -> Vec<u8> {
    packed(&[("users.csv", &vec![b'\n'; 11_000_000])])
}

fn entities() -> Vec<u8> {
    let sheet = br#"<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>"#;
    packed(&[
        ("xl/workbook.xml", sheet),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn entities_of_ods() -> Vec<u8> {
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", br#"<!DOCTYPE x [<!ENTITY a "aaaa">]><office:document-content>&a;</office:document-content>"#),
    ])
}

fn many_shared_texts() -> String {
    (0..900_000 / FEWER).fold(String::new(), |mut text, number| {
        write!(text, "<si><t>{number:070}</t></si>").unwrap();
        text
    })
}

fn far_rows() -> Vec<u8> {
    let rows = (3..250_000 / FEWER).fold(HEADINGS_AND_WEN.to_owned(), |mut rows, row| {
        write!(rows, r#"<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>"#).unwrap();
        rows
    });
    workbook(&rows, "")
}

fn sheets_of_one_part() -> Vec<u8> {
    let sheets = (0..200).fold(String::new(), |mut sheets, number| {
        write!(
            sheets,
            r#"<sheet name="S{number}" sheetId="{number}" r:id="rId1"/>"#
        )
        .unwrap();
        sheets
    });
    let list = format!(r#"<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>"#);
    let rows = "<row/>".repeat(500_000 / FEWER);
    packed(&[
        ("_rels/.rels", PACKAGE),
        ("xl/workbook.xml", list.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes(),
        ),
    ])
}

fn wide_sheets() -> Vec<u8> {
    let (mut sheets, mut relations) = (String::new(), String::new());
    for number in 0..200 / FEWER {
        write!(
            sheets,
            r#"<sheet name="S{number}" sheetId="{number}" r:id="rId{number}"/>"#
        )
        .unwrap();
        write!(
            relations,
            r#"<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        )
        .unwrap();
    }
    let list = format!(r#"<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>"#);
    let relations = format!("<Relationships>{relations}</Relationships>");
    let rows = (1..61).fold(String::new(), |mut rows, row| {
        write!(
            rows,
            r#"<row r="{row}"><c r="XFD{row}" t="s"><v>0</v></c></row>"#
        )
        .unwrap();
        rows
    });
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let shared = format!("<sst><si><t>{}</t></si></sst>", "y".repeat(900_000));
    let names: Vec<String> = (0..200 / FEWER)
        .map(|number| format!("xl/worksheets/sheet{number}.xml"))
        .collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", PACKAGE),
        ("xl/workbook.xml", list.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
    ];
    parts.extend(names.iter().map(|name| (name.as_str(), sheet.as_bytes())));
    packed(&parts)
}

/// Repeats a cell about `count` times, in rows that stay within the limit of columns.
fn full_rows(cell: &str, count: usize) -> String {
    let width = 16_000;
    format!("<row>{}</row>", cell.repeat(width)).repeat(count / FEWER / width)
}

/// Makes an ods document of one row with these cells.
fn document(cells: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="S"><table:table-row>{cells}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    packed(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

fn endless_ods() -> Vec<u8> {
    let cells = [
        "First name",
        "Last name",
        "Email",
        "Mobile",
        "Role",
        "Admin",
    ]
    .map(|heading| format!("<table:table-cell><text:p>{heading}</text:p></table:table-cell>"));
    let content = format!(
        r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="S"><table:table-row>{}</table:table-row><table:table-row table:number-rows-repeated="4000000000"><table:table-cell table:number-columns-repeated="16000"/><table:table-cell table:number-columns-repeated="4000000000"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#,
        cells.concat()
    );
    packed(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

fn deep() -> Vec<u8> {
    workbook(&"<row><c><is>".repeat(1_000_000 / FEWER), "")
}

fn attributes() -> Vec<u8> {
    let mut page = "<table><tr><td".to_owned();
    for number in 0..1_300_000 / FEWER {
        write!(page, " {number:x}").unwrap();
    }
    (page + ">A</td></tr></table>").into_bytes()
}

fn covering_cells() -> Vec<u8> {
    let first = "<td rowspan=1000000 colspan=300>A</td>".repeat(300);
    format!(
        "<table><tr>{first}</tr>{}</table>",
        "<tr><td>".repeat(1_000_000 / FEWER)
    )
    .into_bytes()
}

fn parts(count: usize) -> Vec<u8> {
    let names: Vec<String> = (0..count).map(|number| format!("xl/p{number}")).collect();
    let parts: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), b"x".as_slice()))
        .collect();
    packed(&parts)
}

fn compound(stream: &str, content: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream)
        .unwrap()
        .write_all(content)
        .unwrap();
    file.into_inner().into_inner()
}

fn locked() -> Vec<u8> {
    compound("/EncryptedPackage", &noise(5_000))
}

/// Makes an xls with two cells, one in the first row and one in `last_row`.
fn holes(last_row: u16) -> Vec<u8> {
    one_sheet(last_row, None)
}

/// Makes an xls with two cells and a Dimensions record that claims these rows.
fn claimed_rows(first: u32, after_last: u32) -> Vec<u8> {
    one_sheet(1, Some([first, after_last]))
}

/// Makes an xls that lists one sheet of two cells this many times.
fn sheets_of_the_same_records(sheets: usize) -> Vec<u8> {
    workbook_of_old(sheets, 7_700, None)
}

/// Makes an xls with one sheet of two cells, one in the first row and one in `last_row`. If
/// `claimed` is given, a Dimensions record claims these rows.
fn one_sheet(last_row: u16, claimed: Option<[u32; 2]>) -> Vec<u8> {
    workbook_of_old(1, last_row, claimed)
}

fn workbook_of_old(sheets: usize, last_row: u16, claimed: Option<[u32; 2]>) -> Vec<u8> {
    let number = |row: u16, column: u16| {
        let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        old_record(0x0203, &[place, 1.0_f64.to_le_bytes().to_vec()].concat())
    };
    let dimensions = claimed.map_or_else(Vec::new, |[first, after_last]| {
        let columns = [0, 0, 0, 1, 0, 0];
        let rows = [first.to_le_bytes(), after_last.to_le_bytes()].concat();
        old_record(0x0200, &[&rows[..], &columns].concat())
    });
    let cells = [dimensions, number(0, 0), number(last_row, 255)].concat();
    old_workbook(sheets, &[], &cells)
}

/// Makes an xls with one shared text, which this many cells use.
fn one_text_in_many_cells(cells: u16) -> Vec<u8> {
    let letters = 8_000_u16;
    let text = [
        &[1, 0, 0, 0, 1, 0, 0, 0][..],
        &letters.to_le_bytes(),
        &[0],
        &vec![b'x'; usize::from(letters)],
    ]
    .concat();
    let cell = |row: u16| old_record(0x00FD, &[&row.to_le_bytes()[..], &[0; 8]].concat());
    let used: Vec<u8> = (0..cells).flat_map(cell).collect();
    old_workbook(1, &old_record(0x00FC, &text), &used)
}

/// Makes an xls with these records of shared texts and of cells. The workbook lists its only sheet
/// `sheets` times.
fn old_workbook(sheets: usize, texts: &[u8], cells: &[u8]) -> Vec<u8> {
    let begin = |what: u16| {
        old_record(
            0x0809,
            &[&0x0600_u16.to_le_bytes()[..], &what.to_le_bytes(), &[0; 12]].concat(),
        )
    };
    let end = old_record(0x000A, &[]);
    let globals = |sheet_at: u32| {
        let sheet = [&sheet_at.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat();
        let listed = old_record(0x0085, &sheet).repeat(sheets);
        [begin(5), listed, texts.to_vec(), end.clone()].concat()
    };
    let sheet_at = u32::try_from(globals(0).len()).unwrap();
    let sheet = [begin(0x10), cells.to_vec(), end.clone()].concat();
    compound("/Workbook", &[globals(sheet_at), sheet].concat())
}

fn old_record(kind: u16, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap();
    [&kind.to_le_bytes(), &length.to_le_bytes(), body].concat()
}

/// Makes an xlsx whose styles have six million cell formats, or one million in a build without optimisation.
fn many_formats() -> Vec<u8> {
    let formats = "<xf/>".repeat(6_000_000 / FEWER.min(6));
    let styles = format!("<styleSheet><cellXfs>{formats}</cellXfs></styleSheet>");
    packed(&[
        ("_rels/.rels", PACKAGE),
        ("xl/workbook.xml", LIST.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        (
            "xl/worksheets/sheet1.xml",
            b"<worksheet><sheetData/></worksheet>",
        ),
        ("xl/styles.xml", styles.as_bytes()),
    ])
}

/// Returns pseudo-random bytes, the same every time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[0]
    })
    .take(length)
    .collect()
}
