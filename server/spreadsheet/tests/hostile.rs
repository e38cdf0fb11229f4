//! Broken, endless and malicious files: each is read, or refused with the right kind of refusal,
//! and none crashes the program.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic makes the test fail"
)]
#![expect(clippy::format_collect, reason = "speed does not matter in a test")]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;

use proptest::prelude::*;
use registration::form::Field;
use registration::spreadsheet::{Column, Exceeded, Mapping, Refusal};
use spreadsheet::read::{Limits, ReadError, Reading, Stop, read, results, unwatched};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEADINGS: &str =
    "First name,Last name,Email address,Mobile number,Role,Organisation administrator";

fn refused(bytes: &[u8], limits: &Limits) -> Option<Refusal> {
    match read(bytes, &Mapping::default(), limits, &mut unwatched) {
        Ok(Reading::Read(_)) => None,
        Ok(Reading::Unmapped(_, refusal)) | Err(ReadError::Refused(refusal)) => Some(refusal),
        Err(ReadError::Stopped) => panic!("nobody said stop"),
    }
}

fn kind(bytes: &[u8]) -> &'static str {
    refused(bytes, &Limits::default()).map_or("read", |refusal| refusal.kind())
}

fn users(count: usize) -> String {
    let mut text = format!("{HEADINGS}\n");
    for n in 0..count {
        let row = format!("Wen,Williams,wen{n}@firm.example,07700 900425,Advocate,Yes");
        writeln!(text, "{row}").unwrap();
    }
    text
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document(table: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>
        <office:spreadsheet><table:table table:name="S">{table}</table:table></office:spreadsheet>
        </office:body></office:document-content>"#
    );
    archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn headings_that_are_missing_or_doubled_and_lists_of_nobody_are_refused_by_kind() {
    for (text, expected) in [
        (
            "First name,Last name,Email,Role,Admin\nA,B,a@firm.example,Advocate,Yes\n",
            "missing-heading",
        ),
        (
            "First name,Last name,Email,Email,Mobile,Role,Admin\nA,B,a@firm.example,b@firm.example,07700 900001,Advocate,Yes\n",
            "duplicate-heading",
        ),
        (
            "First name,Last name,Email,Mobile,Role,Admin\n,,,,,\n",
            "no-rows",
        ),
        ("Dear desk\nOur users are on the way\n", "no-headings"),
        (" \n\n", "empty"),
    ] {
        assert_eq!(kind(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn a_thousand_users_are_read_and_one_more_is_refused_with_the_count() {
    assert_eq!(refused(users(1_000).as_bytes(), &Limits::default()), None);
    assert_eq!(
        refused(users(1_001).as_bytes(), &Limits::default()),
        Some(Refusal::TooMany(1_001))
    );
}

#[test]
fn more_rows_or_bytes_than_are_taken_are_refused() {
    let text = users(20);
    let rows = Limits {
        rows: 10,
        ..Limits::default()
    };
    assert_eq!(refused(text.as_bytes(), &rows), Some(Refusal::TooManyRows));
    let bytes = Limits {
        bytes: 100,
        ..Limits::default()
    };
    assert_eq!(refused(text.as_bytes(), &bytes), Some(Refusal::TooLarge));
}

#[test]
fn an_archive_beyond_the_limit_is_refused_before_it_is_read() {
    let bomb = archive(&[("xl/workbook.xml", &vec![b' '; 300_000])]);
    assert!(bomb.len() < 3_000);
    let limits = Limits {
        inflated: 200_000,
        ..Limits::default()
    };
    assert_eq!(refused(&bomb, &limits), Some(Refusal::Inflates));
    let endless_text = archive(&[("xl/sharedStrings.xml", &vec![b'x'; 2_000_000])]);
    assert_eq!(
        refused(&endless_text, &Limits::default()),
        Some(Refusal::Exceeds(Exceeded::Text))
    );
}

#[test]
fn a_sheet_without_end_is_refused_in_the_words_of_the_limit_that_it_passes() {
    let limits = Limits {
        cells: 10_000,
        ..Limits::default()
    };
    let row = |cells: String| format!("<row>{cells}</row>");
    for (rows, exceeded) in [
        (row("<c/>".repeat(16_385)), Exceeded::Columns),
        (
            row("<c><v>1</v></c>".repeat(16_385)),
            Exceeded::Cells(10_000),
        ),
        ("<row/>".repeat(60_001), Exceeded::Cells(10_000)),
        (
            row("<c/>".repeat(30_000)).repeat(2),
            Exceeded::Cells(10_000),
        ),
    ] {
        assert_eq!(
            refused(&workbook(&rows), &limits),
            Some(Refusal::Exceeds(exceeded))
        );
    }
    let cell = "<table:table-cell/>";
    let table = format!("<table:table-row>{}</table:table-row>", cell.repeat(30_000));
    assert_eq!(
        refused(&document(&table), &limits),
        Some(Refusal::Exceeds(Exceeded::Cells(5_000)))
    );
    let below = r#"<row r="1048577"><c r="A1048577"><v>1</v></c></row>"#;
    assert_eq!(
        refused(&workbook(below), &limits),
        Some(Refusal::TooManyRows)
    );
    let commas = format!("{HEADINGS}\n{}\n", ",".repeat(16_384));
    assert_eq!(
        refused(commas.as_bytes(), &limits),
        Some(Refusal::Exceeds(Exceeded::Columns))
    );
}

#[test]
fn columns_to_the_last_and_a_million_rows_that_only_have_a_format_are_read() {
    let head: String = Column::ALL
        .iter()
        .map(|column| {
            format!(
                "<c t=\"inlineStr\"><is><t>{}</t></is></c>",
                column.heading()
            )
        })
        .collect();
    let person: String = [
        "Wen",
        "Lee",
        "wen@firm.example",
        "07700 900123",
        "Advocate",
        "Yes",
    ]
    .iter()
    .map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"))
    .collect();
    let formatted = "<c s=\"1\"/>".repeat(16_384 - 6);
    let most = if cfg!(debug_assertions) {
        100_000
    } else {
        1_048_575
    };
    let empty: String = (3..most)
        .map(|row| format!("<row r=\"{row}\" spans=\"1:6\" s=\"1\" customFormat=\"1\"/>"))
        .collect();
    let rows = format!("<row>{head}{formatted}</row><row>{person}{formatted}</row>{empty}");
    assert_eq!(refused(&workbook(&rows), &Limits::default()), None);
}

#[test]
fn a_part_that_draws_in_other_files_is_refused() {
    let part =
        br#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><workbook>&e;</workbook>"#;
    assert_eq!(
        kind(&archive(&[("xl/workbook.xml", part)])),
        "not-a-spreadsheet"
    );
}

#[test]
fn a_row_that_repeats_for_ever_is_too_many_rows() {
    let cells: String = Column::ALL
        .iter()
        .map(|column| {
            format!(
                "<table:table-cell><text:p>{}</text:p></table:table-cell>",
                column.heading()
            )
        })
        .collect::<Vec<_>>()
        .concat();
    let endless = document(&format!(
        "<table:table-row>{cells}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"4000000000\">\
         <table:table-cell table:number-columns-repeated=\"4000000000\"><text:p>x</text:p>\
         </table:table-cell></table:table-row>"
    ));
    assert_eq!(kind(&endless), "too-many-rows");
}

/// Makes a workbook of one sheet with these rows.
fn workbook(rows: &str) -> Vec<u8> {
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            r#"<Relationships><Relationship Id="rId1" Type="{kinds}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    archive(&[
        (
            "_rels/.rels",
            relation("officeDocument", "xl/workbook.xml").as_bytes(),
        ),
        (
            "xl/workbook.xml",
            br#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relation("worksheet", "worksheets/sheet1.xml").as_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn rows_of_a_workbook_that_go_back_are_put_in_order() {
    let cell = |place: &str, text: &str| {
        format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    };
    let row = |row: u32, texts: [&str; 6]| {
        let cells = ["A", "B", "C", "D", "E", "F"].into_iter().zip(texts);
        let cells: String = cells
            .map(|(column, text)| cell(&format!("{column}{row}"), text))
            .collect();
        format!(r#"<row r="{row}">{cells}</row>"#)
    };
    let headings = row(
        1,
        [
            "First name",
            "Last name",
            "Email",
            "Mobile",
            "Role",
            "Admin",
        ],
    );
    let user = |number: u32, name: &str| {
        let email = format!("{name}@firm.example").to_lowercase();
        row(
            number,
            [name, "Lee", &email, "07700 900101", "Advocate", "No"],
        )
    };
    // A row is out of order among the first rows, or only after the rows that are searched for
    // headings.
    let early = [headings.clone(), user(7, "Wen"), user(5, "Kofi")].concat();
    let blanks: String = (8..1_500)
        .map(|number| row(number, ["Total", "1", "", "", "", ""]))
        .collect();
    let late = [headings, user(7, "Wen"), blanks, user(5, "Kofi")].concat();
    for rows in [early, late] {
        let read = read(
            &workbook(&rows),
            &Mapping::default(),
            &Limits::default(),
            &mut unwatched,
        );
        let Ok(Reading::Read(intake)) = read else {
            panic!("{read:?}");
        };
        let people: Vec<_> = intake
            .rows
            .iter()
            .map(|row| (row.row, row.user.first_name.as_str()))
            .collect();
        assert_eq!(people, [(5, "Kofi"), (7, "Wen")]);
    }
}

#[test]
fn results_whose_rows_go_back_are_put_in_order() {
    let row = |row: u32, email: &str, status: &str| {
        format!(
            r#"<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{email}</t></is></c><c r="B{row}" t="inlineStr"><is><t>{status}</t></is></c></row>"#
        )
    };
    let blanks: String = (8..1_500).map(|number| row(number, "", "")).collect();
    let rows = [
        row(1, "Email", "Status"),
        row(7, "wen@firm.example", "Sent"),
        blanks,
        row(5, "kofi@firm.example", "Failed"),
    ];
    let read = results(
        &workbook(&rows.concat()),
        &Limits::default(),
        &mut unwatched,
    );
    let rows = read.unwrap().unwrap();
    let rows: Vec<_> = rows.iter().map(|row| (row.row, &*row.status)).collect();
    assert_eq!(rows, [(5, "Failed"), (7, "Sent")]);
}

#[test]
fn a_cell_whose_text_is_not_in_the_workbook_is_a_problem() {
    let heading = |column: &str, text: &str| {
        format!(r#"<c r="{column}1" t="inlineStr"><is><t>{text}</t></is></c>"#)
    };
    let headings: String = [
        "First name",
        "Last name",
        "Email",
        "Mobile",
        "Role",
        "Admin",
    ]
    .into_iter()
    .zip(["A", "B", "C", "D", "E", "F"])
    .map(|(text, column)| heading(column, text))
    .collect();
    let rows = format!(
        r#"<row r="1">{headings}</row><row r="2"><c r="A2" t="s"><v>99</v></c><c r="B2" t="inlineStr"><is><t>Lee</t></is></c></row>"#
    );
    let read = read(
        &workbook(&rows),
        &Mapping::default(),
        &Limits::default(),
        &mut unwatched,
    );
    let Ok(Reading::Read(intake)) = read else {
        panic!("{read:?}");
    };
    let faults: Vec<_> = intake.rows[0]
        .faults
        .iter()
        .map(|fault| (fault.field.as_ref(), fault.code.as_ref()))
        .collect();
    assert_eq!(faults, [("first_name", "cell-error")]);
    assert_eq!(intake.rows[0].user.last_name, "Lee");
}

#[test]
fn a_document_with_a_password_says_so() {
    let locked = archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        (
            "META-INF/manifest.xml",
            b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>",
        ),
        ("content.xml", b"noise"),
    ]);
    assert_eq!(kind(&locked), "password-protected");
}

#[test]
fn the_watch_ends_a_reading() {
    let text = users(600);
    for (stop, expected) in [
        (Stop::TimeIsUp, ReadError::Refused(Refusal::TooSlow)),
        (Stop::Abandoned, ReadError::Stopped),
    ] {
        let ended = read(
            text.as_bytes(),
            &Mapping::default(),
            &Limits::default(),
            &mut |_| Err(stop),
        );
        assert_eq!(ended, Err(expected));
    }
}

#[test]
fn the_watch_ends_the_search_for_headings() {
    // Each row may have headings, so each row is searched.
    let row = "Email,Name,".repeat(500);
    let bytes = [row.as_str(), "\n"].concat().repeat(60);
    let mut calls = 0;
    let ended = read(
        bytes.as_bytes(),
        &Mapping::default(),
        &Limits::default(),
        &mut |_| {
            calls += 1;
            if calls < 60 {
                Ok(())
            } else {
                Err(Stop::TimeIsUp)
            }
        },
    );
    assert_eq!(ended, Err(ReadError::Refused(Refusal::TooSlow)));
    assert_eq!(calls, 60);
}

#[test]
fn a_page_1_alone_is_read_and_told() {
    let text = "Organisation name,Hartwell Crane\nPostcode,wr1 2nd\nSRA number,614207\nEmail,crime@hartwellcrane.example\n";
    let Ok(Reading::Read(intake)) = read(
        text.as_bytes(),
        &Mapping::default(),
        &Limits::default(),
        &mut unwatched,
    ) else {
        panic!("not read");
    };
    let page = intake.organisation.unwrap();
    assert_eq!(page.get(Field::Postcode), "WR1 2ND");
    assert_eq!(intake.notes[0].code, "users-not-in-file");
}

fn every_file() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .collect()
}

/// Found by fuzzing: splitting this page gives the same rows again, so the reader used to split
/// them endlessly.
#[test]
fn rows_that_stand_in_one_cell_each_are_taken_apart_once() {
    let page = b"<html><table><tr><th>First name<th>Last name<th>Email<th>Mobile<th>Role<th>Admin\
        @.<table>;<p>;<p>";
    let _read_or_refused = refused(page, &Limits::default());
}

#[test]
fn a_file_that_was_cut_off_anywhere_is_read_or_refused() {
    for file in every_file() {
        for part in 0..40 {
            let cut = file.get(..file.len() * part / 40).unwrap();
            let _ = refused(cut, &Limits::default());
        }
    }
}

#[test]
fn every_file_that_fuzzing_kept_is_read_or_refused() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut files = 0;
    for target in ["any", "text", "markup"] {
        for entry in std::fs::read_dir(corpus.join(target)).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            let _ = refused(&bytes, &Limits::default());
            files += 1;
        }
    }
    assert!(files > 500, "{files}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_file_with_any_bytes_changed_is_read_or_refused(
        file in 0..19_usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let mut files = every_file();
        let place = file % files.len();
        let mut bytes = files.swap_remove(place);
        for (place, byte) in changes {
            if !bytes.is_empty() {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
        }
        let _ = refused(&bytes, &Limits::default());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-zA-Z@.,;\"\t\r\n|= éë’\u{0}]{0,400}") {
        let _ = refused(text.as_bytes(), &Limits::default());
        let _ = refused(format!("{HEADINGS}\n{text}").as_bytes(), &Limits::default());
    }
}
