//! Unusual files that people and their programs make: each must be read as an attentive colleague
//! would read it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic makes the test fail"
)]
#![expect(clippy::format_collect, reason = "speed does not matter in a test")]

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::*;
use registration::spreadsheet::{Column, HeadingChoice, Mapping, ReadOutcome, Refusal};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use spreadsheet::read::{Limits, Reading, outcome, read, unwatched};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEADINGS: [&str; 6] = [
    "First name",
    "Last name",
    "Email address",
    "Mobile number",
    "Role",
    "Organisation administrator",
];
const PEOPLE: [[&str; 6]; 3] = [
    [
        "Priya",
        "Iyer",
        "priya@firm.example",
        "07700 900101",
        "Advocate",
        "Yes",
    ],
    [
        "Wen",
        "Williams",
        "wen@firm.example",
        "07700 900102",
        "Defence lawyer",
        "No",
    ],
    [
        "Kofi",
        "Rees",
        "kofi@firm.example",
        "07700 900103",
        "Chambers clerk",
        "No",
    ],
];

/// The outcome of a file: the rows of the people who were read, the row and code of each problem,
/// and the codes of the notes.
#[derive(Debug, PartialEq, Eq)]
struct Made {
    people: Vec<u32>,
    problems: Vec<(u32, String)>,
    notes: Vec<String>,
}

fn made(bytes: &[u8]) -> Made {
    match of(bytes) {
        ReadOutcome::Read {
            people,
            problems,
            notes,
            ..
        } => Made {
            people: people.iter().map(|person| person.row).collect(),
            problems: problems
                .into_iter()
                .map(|problem| (problem.row, problem.code))
                .collect(),
            notes: notes
                .into_iter()
                .map(|note| note.code.into_owned())
                .collect(),
        },
        ReadOutcome::Refused { message, .. } => panic!("{message}"),
    }
}

fn of(bytes: &[u8]) -> ReadOutcome {
    outcome(
        bytes,
        &Mapping::default(),
        &Limits::default(),
        &mut unwatched,
    )
    .unwrap()
}

/// Asserts that all three people are read, at these rows and with these notes.
fn all_three(bytes: &[u8], rows: [u32; 3], notes: &[&str]) {
    let ReadOutcome::Read { people, .. } = of(bytes) else {
        panic!("not read");
    };
    let emails: Vec<&str> = people.iter().map(|person| person.email.as_str()).collect();
    assert_eq!(emails, PEOPLE.map(|person| person[2]));
    let mobiles: Vec<&str> = people.iter().map(|person| person.mobile.as_str()).collect();
    assert_eq!(mobiles, ["+447700900101", "+447700900102", "+447700900103"]);
    let found = made(bytes);
    assert_eq!(found.people, rows);
    assert_eq!(found.problems, []);
    assert_eq!(found.notes, notes);
}

fn lines(rows: &[&[&str]], separator: &str, end: &str) -> String {
    let lines: Vec<String> = rows.iter().map(|cells| cells.join(separator)).collect();
    lines.join(end)
}

fn list(separator: &str, end: &str) -> String {
    let rows: Vec<&[&str]> = std::iter::once(&HEADINGS)
        .chain(&PEOPLE)
        .map(<[&str; 6]>::as_slice)
        .collect();
    lines(&rows, separator, end)
}

type Written = Result<(), XlsxError>;

/// Makes a workbook with one sheet of these rows and applies `change` to the sheet.
fn workbook(rows: &[&[&str]], change: impl FnOnce(&mut Worksheet) -> Written) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    change(sheet).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn with_list(change: impl FnOnce(&mut Worksheet) -> Written) -> Vec<u8> {
    let rows: Vec<&[&str]> = std::iter::once(&HEADINGS)
        .chain(&PEOPLE)
        .map(<[&str; 6]>::as_slice)
        .collect();
    workbook(&rows, change)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it has the type of a change, which can fail"
)]
fn unchanged(_: &mut Worksheet) -> Written {
    Ok(())
}

#[test]
fn text_of_any_separator_line_end_and_encoding() {
    for separator in [",", ";", "\t", "|", ", "] {
        for end in ["\n", "\r\n", "\r"] {
            all_three(list(separator, end).as_bytes(), [2, 3, 4], &[]);
        }
    }
    let utf_16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(list("\t", "\r\n").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    all_three(&utf_16, [2, 3, 4], &[]);
    let trailing = list(",", ",,,,\r\n") + ",,,,\r\n" + &",,,,,,,,,\r\n".repeat(50);
    all_three(trailing.as_bytes(), [2, 3, 4], &[]);
}

#[test]
fn a_list_that_was_wrapped_up_once_more() {
    let whole_rows_quoted: String = list(",", "\n")
        .lines()
        .map(|line| format!("\"{line}\"\r\n"))
        .collect();
    all_three(
        whole_rows_quoted.as_bytes(),
        [2, 3, 4],
        &["rows-taken-apart"],
    );
    let lines = list(",", "\n");
    let rows: Vec<[&str; 1]> = ["Users of Hartwell, Crane", ""]
        .into_iter()
        .chain(lines.lines())
        .map(|line| [line])
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 1]>::as_slice).collect();
    all_three(
        &workbook(&rows, unchanged),
        [4, 5, 6],
        &["rows-taken-apart"],
    );

    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("users/list.csv", lines.as_bytes()),
        ("__MACOSX/users/._list.csv", b"x"),
        ("users/.DS_Store", b"x"),
    ] {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    let archive = archive.finish().unwrap().into_inner();
    all_three(&archive, [2, 3, 4], &["archive-opened"]);
}

#[test]
fn an_archive_of_several_spreadsheets_is_left_to_its_sender() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["leeds.csv", "london.csv"] {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(list(",", "\n").as_bytes()).unwrap();
    }
    let archive = archive.finish().unwrap().into_inner();
    assert_eq!(of(&archive), ReadOutcome::of(Err(&Refusal::Archive)));
}

#[test]
fn tables_of_web_pages_and_the_xml_of_excel_2003_that_are_named_xls() {
    let cells = |name: &str, row: &[&str; 6]| -> String {
        row.iter()
            .map(|cell| format!("<{name}>{cell}</{name}>"))
            .collect()
    };
    let rows: String = PEOPLE
        .iter()
        .map(|person| format!("<tr>{}</tr>\r\n", cells("td", person)))
        .collect();
    let page = format!(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=utf-8></head>\
         <body><table border=1><tr>{}</tr>{rows}</table></body></html>",
        cells("th", &HEADINGS)
    );
    all_three(page.as_bytes(), [2, 3, 4], &[]);

    let rows: String = std::iter::once(&HEADINGS)
        .chain(&PEOPLE)
        .map(|row| {
            let cells: String = row
                .iter()
                .map(|cell| format!("<Cell><Data ss:Type=\"String\">{cell}</Data></Cell>"))
                .collect();
            format!("<Row>{cells}</Row>")
        })
        .collect();
    let xml = format!(
        "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n\
         <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Users\">\
         <Table>{rows}</Table></Worksheet></Workbook>"
    );
    all_three(xml.as_bytes(), [2, 3, 4], &[]);

    let rows: String = std::iter::once(&HEADINGS)
        .chain(&PEOPLE)
        .map(|row| {
            let cells: String = row
                .iter()
                .map(|cell| format!("<table:table-cell><text:p>{cell}</text:p></table:table-cell>"))
                .collect();
            format!("<table:table-row>{cells}</table:table-row>")
        })
        .collect();
    let flat = format!(
        "<?xml version=\"1.0\"?><office:document xmlns:office=\"o\" \
         office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body>\
         <office:spreadsheet><table:table table:name=\"Users\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document>"
    );
    all_three(flat.as_bytes(), [2, 3, 4], &[]);
}

#[test]
fn other_formats_are_refused_by_their_own_name() {
    let packed = |name: &str| {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.finish().unwrap().into_inner()
    };
    for (bytes, words) in [
        (packed("xl/workbook.bin"), "Excel binary workbook (xlsb)"),
        (packed("Index/Document.iwa"), "Export To, then Excel"),
        (packed("users.numbers/Index.zip"), "Export To, then Excel"),
        (packed("word/document.xml"), "it is a Word document"),
        (packed("photos/crane.jpg"), "an archive of other files"),
        (
            b"ID;PWXL;N;E\r\nC;Y1;X1;K\"First name\"\r\n".to_vec(),
            "SYLK",
        ),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n".to_vec(),
            "web archive",
        ),
        (
            b"Received: from mail.firm.example\r\n".to_vec(),
            "attached to it",
        ),
        (
            b"<html><body>Sign in to see your report</body></html>".to_vec(),
            "a web page",
        ),
        (b"\x00\x00\x1A\x00\x05\x10\x04\x00".to_vec(), "Lotus 1-2-3"),
    ] {
        match of(&bytes) {
            ReadOutcome::Refused { refusal, message } => {
                assert_eq!(refusal, "not-a-spreadsheet");
                assert!(message.contains(words), "{message}");
            }
            read @ ReadOutcome::Read { .. } => panic!("{words}: {read:?}"),
        }
    }
}

#[test]
fn headings_that_look_like_other_formats_are_headings() {
    for start in ["ID;Phone;", "BMI;", "ID;P;", "Received;"] {
        let list: Vec<String> = list(";", "\n").lines().map(str::to_owned).collect();
        let [headings, people @ ..] = list.as_slice() else {
            panic!("a list");
        };
        let cells = start.matches(';').count();
        let text: String = std::iter::once(format!("{start}{headings}\n"))
            .chain(
                people
                    .iter()
                    .map(|line| format!("{}{line}\n", "1;".repeat(cells))),
            )
            .collect();
        all_three(text.as_bytes(), [2, 3, 4], &[]);
    }
}

#[test]
fn workbooks_as_people_dress_them() {
    let titled = with_list(|sheet| {
        sheet.set_row_hidden(2)?;
        sheet.set_column_hidden(3)?;
        sheet.autofilter(0, 0, 3, 5)?;
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    });
    all_three(&titled, [2, 3, 4], &["rows-hidden"]);
    let far = with_list(|sheet| {
        sheet.write_string(1_000_000, 0, " ")?;
        sheet.write_string(0, 16_383, " ")?;
        Ok(())
    });
    all_three(&far, [2, 3, 4], &[]);
    let merged = with_list(|sheet| {
        sheet.merge_range(1, 4, 3, 4, "Advocate", &Format::new())?;
        Ok(())
    });
    all_three(&merged, [2, 3, 4], &["merged-read-as"; 2]);
    let ReadOutcome::Read { notes, .. } = of(&merged) else {
        panic!("not read");
    };
    let words = "We read the cell under “Role” as “Advocate”: it is merged with the one above";
    assert_eq!(notes[0].row, Some(3));
    assert_eq!(notes[0].column, Some(Column::Role));
    assert_eq!(notes[0].message, words);
    let beside = with_list(|sheet| {
        sheet.merge_range(1, 8, 3, 8, "Leeds", &Format::new())?;
        sheet.merge_range(4, 0, 5, 0, "Leeds office", &Format::new())?;
        Ok(())
    });
    all_three(&beside, [2, 3, 4], &["row-left-out"]);
}

#[test]
fn numbers_truths_links_and_formulas() {
    let numbers = with_list(|sheet| {
        for (row, mobile) in [
            (1, 7_700_900_101.0),
            (2, 447_700_900_102.0),
            (3, 7_700_900_103.0),
        ] {
            sheet.write_number(row, 3, mobile)?;
            sheet.write_boolean(row, 5, row == 1)?;
        }
        Ok(())
    });
    all_three(&numbers, [2, 3, 4], &["mobile-read-as"; 3]);
    let links = with_list(|sheet| {
        for (row, person) in (1..).zip(PEOPLE) {
            sheet.write_url_with_text(
                row,
                2,
                format!("mailto:{}", person[2]).as_str(),
                person[2],
            )?;
            let formula = Formula::new("=UPPER(A2)").set_result(person[0]);
            sheet.write_formula(row, 0, formula)?;
        }
        Ok(())
    });
    all_three(&links, [2, 3, 4], &[]);
    let broken = with_list(|sheet| {
        let date = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_datetime_with_format(1, 3, ExcelDateTime::from_ymd(2026, 2, 1)?, &date)?;
        sheet.write_formula(
            2,
            2,
            Formula::new("=VLOOKUP(A3,Z:Z,1,0)").set_result("#N/A"),
        )?;
        Ok(())
    });
    let found = made(&broken);
    assert_eq!(found.people, [4]);
    assert_eq!(
        found.problems,
        [(2, "cell-date".to_owned()), (3, "cell-error".to_owned())]
    );
}

#[test]
fn headings_in_the_words_of_others() {
    for headings in [
        [
            "FORENAME",
            "SURNAME",
            "E_MAIL",
            "MOBILE-NUMBER",
            "user type",
            "ADMIN?",
        ],
        [
            "1. First name",
            "2. Surname",
            "3. Email",
            "4. Mobile",
            "5. Role",
            "6. Administrator",
        ],
        [
            "\u{feff}First\u{a0}name ",
            "Last\nname",
            "Email*",
            "Mob. no.",
            "Role / user type",
            "Admin (Yes/No)",
        ],
        [
            "Given names",
            "Family name",
            "Email ID",
            "Telephone",
            "Job title",
            "Authorised administrator",
        ],
        [
            "Enw cyntaf",
            "Cyfenw",
            "Cyfeiriad e-bost",
            "Rhif ffôn symudol",
            "Rôl",
            "Gweinyddwr",
        ],
    ] {
        let rows: Vec<&[&str]> = std::iter::once(&headings)
            .chain(&PEOPLE)
            .map(<[&str; 6]>::as_slice)
            .collect();
        all_three(&workbook(&rows, unchanged), [2, 3, 4], &[]);
        let two_rows: Vec<&[&str]> =
            std::iter::once(["Person", "", "Contact", "", "Access", ""].as_slice())
                .chain(rows)
                .collect();
        all_three(&workbook(&two_rows, unchanged), [3, 4, 5], &[]);
    }
}

#[test]
fn rows_that_are_nobody_are_left_out_and_told() {
    let [priya, wen, kofi] = &PEOPLE;
    let rows: [&[&str]; 14] = [
        &HEADINGS,
        &[
            "e.g. Jane",
            "Smith",
            "jane@firm.example",
            "07700 900199",
            "Advocate",
            "No",
        ],
        &["------", "------", "------", "------", "------", "------"],
        &["London office"],
        priya,
        wen,
        &["Leeds office:"],
        kofi,
        &["", "", "", "", "Defence lawyer", "No"],
        &["", "", "", "", "Defence lawyer", "No"],
        &["Total: 3"],
        &["* these left in May"],
        &["Total", "3"],
        &[
            "testfirst",
            "testlast",
            "test@test.com",
            "07700 900198",
            "Advocate",
            "No",
        ],
    ];
    let left_out = "row-left-out";
    let told = [
        "rows-left-out",
        left_out,
        left_out,
        left_out,
        left_out,
        left_out,
        left_out,
        left_out,
    ];
    all_three(&workbook(&rows, unchanged), [5, 6, 8], &told);
}

#[test]
fn two_tables_of_columns_that_are_not_asked_for() {
    let headings = [
        "No.",
        "Title",
        "First name(s)",
        "Known as",
        "Last name",
        "Work email",
        "CJSM email",
        "Work phone",
        "Mobile",
        "Role required",
        "Is admin?",
        "Notes",
    ];
    let rows: Vec<[String; 12]> = PEOPLE
        .iter()
        .map(|[first, last, email, mobile, role, admin]| {
            let cjsm = format!("{email}.cjsm.net");
            [
                "1",
                "Ms",
                first,
                "Pip",
                last,
                email,
                &cjsm,
                "020 7946 0991",
                mobile,
                role,
                admin,
                "",
            ]
            .map(str::to_owned)
        })
        .collect();
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = std::iter::once(headings.as_slice())
        .chain(rows.iter().map(Vec::as_slice))
        .collect();
    all_three(&workbook(&rows, unchanged), [2, 3, 4], &[]);
}

#[test]
fn a_hidden_list_beside_a_visible_one_is_not_read_and_told() {
    let mut workbook = Workbook::new();
    for (name, people) in [("Leavers", &PEOPLE[..1]), ("Staff", &PEOPLE[..])] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in (0..).zip(std::iter::once(&HEADINGS).chain(people)) {
            sheet.write_row(row, 0, *cells).unwrap();
        }
        sheet.set_hidden(name == "Leavers");
    }
    workbook
        .worksheet_from_name("Staff")
        .unwrap()
        .set_active(true);
    let bytes = workbook.save_to_buffer().unwrap();
    all_three(&bytes, [2, 3, 4], &["sheet-hidden-not-read"]);
    let ReadOutcome::Read { notes, .. } = of(&bytes) else {
        panic!("not read");
    };
    let words = "We did not read the hidden sheet “Leavers”, which has 1 user too (Priya Iyer): if they need accounts, \
                 upload it in a file of its own";
    assert_eq!(notes[0].message, words);
}

/// Copies a workbook and changes the text of each part.
fn changed(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..from.len() {
        let mut part = from.by_index(place).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(change(text).as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// Makes the list with three formulas and replaces their stored results with `saved`, as in files
/// from programs that do not calculate formulas.
fn with_formulas(saved: &str) -> Vec<u8> {
    let bytes = with_list(|sheet| {
        for (row, column, formula) in [(1, 2, "=LOWER(A2)"), (2, 4, "=E2"), (3, 0, "=B3")] {
            sheet.write_formula(row, column, Formula::new(formula).set_result("saved"))?;
        }
        Ok(())
    });
    changed(&bytes, |text| {
        let text = text.replace("<v>saved</v>", saved);
        if saved.starts_with("<v>") {
            text
        } else {
            text.replace(" t=\"str\"", "")
        }
    })
}

#[test]
fn formulas_without_a_saved_result_have_words_of_their_own() {
    const CODE: &str = "cell-not-calculated";
    let by_openpyxl = with_formulas("<v />");
    let without = with_formulas("");
    let cells = |person: &[&str; 6], formula: usize| -> String {
        (0..)
            .zip(person)
            .map(|(place, text)| {
                if place == formula {
                    return "<table:table-cell table:formula=\"of:=UPPER([.A1])\"/>".to_owned();
                }
                format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>")
            })
            .collect()
    };
    let rows: String = [
        (&HEADINGS, 9),
        (&PEOPLE[0], 2),
        (&PEOPLE[1], 4),
        (&PEOPLE[2], 0),
    ]
    .map(|(row, formula)| format!("<table:table-row>{}</table:table-row>", cells(row, formula)))
    .concat();
    let mut ods = ZipWriter::new(Cursor::new(Vec::new()));
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Users\">\
         {rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
    ] {
        ods.start_file(name, SimpleFileOptions::default()).unwrap();
        ods.write_all(text.as_bytes()).unwrap();
    }
    let ods = ods.finish().unwrap().into_inner();
    for (name, bytes) in [
        ("openpyxl", by_openpyxl),
        ("without", without),
        ("ods", ods),
    ] {
        let found = made(&bytes);
        assert_eq!(found.people, [] as [u32; 0], "{name}");
        let problems: Vec<(u32, &str)> = found
            .problems
            .iter()
            .map(|(row, code)| (*row, code.as_str()))
            .collect();
        assert_eq!(problems, [(2, CODE), (3, CODE), (4, CODE)], "{name}");
        assert_eq!(found.notes, ["formulas-not-calculated"], "{name}");
        let ReadOutcome::Read { problems, .. } = of(&bytes) else {
            panic!("not read");
        };
        let words = "Enter the email address: the cell holds a formula, and the file does not have its result";
        assert_eq!(problems[0].message, words, "{name}");
    }
    // If the stored result is an empty text, the cell counts as empty, not as uncalculated.
    let empty = made(&with_formulas("<v></v>"));
    assert!(
        empty.problems.iter().all(|(_, code)| code != CODE),
        "{empty:?}"
    );
    assert_eq!(empty.problems.len(), 3);
}

#[test]
fn people_who_are_formulas_alone_are_not_lost() {
    let rows: [&[&str]; 2] = [&HEADINGS, &PEOPLE[0]];
    let bytes = workbook(&rows, unchanged);
    let text = |cell: &str| format!("<c r=\"{cell}\"><f>Sheet2!{cell}</f></c>");
    let row: String = ["A3", "B3", "C3", "D3", "E3", "F3"].map(text).concat();
    let bytes = changed(&bytes, |text| {
        text.replace(
            "</sheetData>",
            &format!("<row r=\"3\">{row}</row></sheetData>"),
        )
    });
    let found = made(&bytes);
    assert_eq!(found.people, [2]);
    assert_eq!(found.problems.len(), 6, "{found:?}");
    assert_eq!(found.notes, ["formulas-not-calculated"]);
}

/// Makes a list with two columns that could be the role: a job title and an access type.
fn two_roles(rows: &[[&str; 2]]) -> String {
    let headings = "First name,Last name,Email,Mobile,Job title,Access type,Administrator\n";
    let rows = rows.iter().zip(PEOPLE).map(|([job, access], person)| {
        let [first, last, email, mobile, _, administrator] = person;
        format!("{first},{last},{email},{mobile},{job},{access},{administrator}\n")
    });
    std::iter::once(headings.to_owned()).chain(rows).collect()
}

#[test]
fn two_columns_that_could_be_the_role_are_their_senders_to_name() {
    let differ = two_roles(&[["Solicitor", "Advocate"], ["Clerk", "Chambers clerk"]]);
    let reading = read(
        differ.as_bytes(),
        &Mapping::default(),
        &Limits::default(),
        &mut unwatched,
    );
    let Ok(Reading::Unmapped(table, refusal)) = reading else {
        panic!("{reading:?}");
    };
    let both = ["Job title", "Access type"].map(str::to_owned);
    assert_eq!(
        refusal,
        Refusal::DuplicateHeading(Column::Role, both.to_vec())
    );
    assert_eq!(
        table.duplicate_column(&Mapping::default()),
        Some(Column::Role)
    );
    assert_eq!(table.rows.len(), 2);
    assert_eq!(of(differ.as_bytes()), ReadOutcome::of(Err(&refusal)));

    let mut mapping = Mapping::default();
    mapping.choose("Job title", HeadingChoice::Nothing);
    let reading = read(
        differ.as_bytes(),
        &mapping,
        &Limits::default(),
        &mut unwatched,
    );
    let Ok(Reading::Read(intake)) = reading else {
        panic!("{reading:?}");
    };
    assert_eq!(intake.rows[0].user.role, "advocate");
}

#[test]
fn two_columns_that_could_be_the_name_are_their_senders_to_name() {
    let text = "Name,Employee,Email,Mobile,Role,Admin\n\
                Leeds,Priya Iyer,priya@firm.example,07700 900101,Advocate,Yes\n";
    let reading = read(
        text.as_bytes(),
        &Mapping::default(),
        &Limits::default(),
        &mut unwatched,
    );
    let Ok(Reading::Unmapped(table, refusal)) = reading else {
        panic!("{reading:?}");
    };
    let both = ["Name", "Employee"].map(str::to_owned);
    assert_eq!(
        refusal,
        Refusal::DuplicateHeading(Column::FirstName, both.to_vec())
    );
    let claim = |place: usize| table.layout.headings[place].claims(Column::FirstName);
    assert!(claim(0) && claim(1) && !claim(2));
}

#[test]
fn two_columns_of_which_one_is_filled_in_are_read_as_one_and_told() {
    let same = two_roles(&[["Advocate", "Advocate"], ["Advocate", ""]]);
    assert_eq!(made(same.as_bytes()).notes, [] as [&str; 0]);
    let one_or_the_other = two_roles(&[["Advocate", ""], ["", "Chambers clerk"]]);
    let ReadOutcome::Read { people, notes, .. } = of(one_or_the_other.as_bytes()) else {
        panic!("not read");
    };
    assert_eq!(people.len(), 2);
    assert_eq!(notes[0].code, "columns-read-as-one");
    assert_eq!(
        notes[0].message,
        "We read the role from “Access type” where “Job title” is empty"
    );
}

/// Makes a list with this number of people; if `quoted`, every third cell is in quotation marks.
fn cells_of(people: usize, quoted: bool) -> Vec<Vec<String>> {
    let mut rows = vec![HEADINGS.map(str::to_owned).to_vec()];
    for n in 0..people {
        let row = [
            format!("P{n}"),
            "Lee".to_owned(),
            format!("p{n}@a.example"),
            format!("07700 900{n:03}"),
            "Advocate".to_owned(),
            if n == 0 { "yes" } else { "no" }.to_owned(),
        ];
        rows.push(row.to_vec());
    }
    if quoted {
        for cell in rows.iter_mut().flatten().step_by(3) {
            *cell = format!("\"{cell}\"");
        }
    }
    rows
}

/// Returns the list as text, with a quotation mark in front of one cell.
fn with_a_mark(
    mut rows: Vec<Vec<String>>,
    row: usize,
    column: usize,
    end: &str,
    separator: &str,
) -> String {
    rows[row][column].insert(0, '"');
    let lines: Vec<String> = rows.iter().map(|cells| cells.join(separator)).collect();
    lines.join(end)
}

/// Asserts that every person in the list is read unchanged, and that a note mentions the quotation
/// mark.
fn nobody_is_lost(text: &str, people: usize) {
    let ReadOutcome::Read {
        people: found,
        problems,
        notes,
        ..
    } = of(text.as_bytes())
    else {
        panic!("not read: {text}");
    };
    let expected: Vec<_> = (0..people)
        .map(|n| (format!("P{n}"), "Lee".to_owned(), format!("p{n}@a.example")))
        .collect();
    let found: Vec<_> = found
        .into_iter()
        .map(|user| (user.first_name, user.last_name, user.email))
        .collect();
    assert_eq!(found, expected, "{text}");
    assert!(problems.is_empty(), "{text}");
    let codes: Vec<&str> = notes.iter().map(|note| note.code.as_ref()).collect();
    assert_eq!(codes, ["quotes-ignored"], "{text}");
}

#[test]
fn a_quotation_mark_before_any_cell_loses_nobody_and_is_told() {
    for people in [1, 2, 10] {
        for row in 0..=people {
            for column in 0..6 {
                for end in ["\n", "\r\n"] {
                    let text = with_a_mark(cells_of(people, false), row, column, end, ",");
                    nobody_is_lost(&text, people);
                    nobody_is_lost(&(text + end), people);
                }
            }
        }
    }
    for row in 45..=50 {
        let text = with_a_mark(cells_of(50, false), row, 0, "\n", ",");
        nobody_is_lost(&text, 50);
    }
}

proptest! {
    #[test]
    fn any_quotation_mark_before_a_cell_of_a_good_file_loses_nobody_and_is_told(
        people in 1..70_usize,
        row in any::<prop::sample::Index>(),
        column in 0..6_usize,
        quoted in any::<bool>(),
        (separator, end) in (
            prop::sample::select(vec![",", ";", "\t", "|"]),
            prop::sample::select(vec!["\n", "\r\n", "\r"]),
        ),
    ) {
        let row = row.index(people + 1);
        let text = with_a_mark(cells_of(people, quoted), row, column, end, separator);
        nobody_is_lost(&text, people);
    }
}

/// Reads a list in which each person has only a full name. Returns the first and last name of each
/// person, and the code of each problem.
fn full_names(names: &[&str]) -> (Vec<[String; 2]>, Vec<String>) {
    let rows = names
        .iter()
        .enumerate()
        .map(|(n, name)| format!("\"{name}\",p{n}@firm.example,07700 900{n:03},Advocate,Yes\n"));
    let text = std::iter::once("Name,Email,Mobile,Role,Admin\n".to_owned())
        .chain(rows)
        .collect::<String>();
    let ReadOutcome::Read {
        people, problems, ..
    } = of(text.as_bytes())
    else {
        panic!("not read");
    };
    (
        people
            .into_iter()
            .map(|person| [person.first_name, person.last_name])
            .collect(),
        problems.into_iter().map(|problem| problem.code).collect(),
    )
}

#[test]
fn surnames_in_capitals_with_short_words_are_not_swapped() {
    let (people, problems) = full_names(&[
        "DE PRAT Ann",
        "Ann DE PRAT",
        "O BRIEN Ann",
        "NG Ann",
        "J R SMITH",
    ]);
    assert_eq!(problems, [] as [&str; 0]);
    let expected = [
        ["Ann", "DE PRAT"],
        ["Ann", "DE PRAT"],
        ["Ann", "O BRIEN"],
        ["Ann", "NG"],
        ["J R", "SMITH"],
    ];
    assert_eq!(people, expected);
}

#[test]
fn pronouns_and_departments_beside_a_name_are_not_more_people() {
    let (people, problems) = full_names(&[
        "Ann Lee (she/her)",
        "Lee, Ann she/her",
        "Ann Lee (Counselling & Guidance)",
        "Ann Lee - Crime/Fraud",
    ]);
    assert_eq!(problems, [] as [&str; 0]);
    assert_eq!(people, [["Ann", "Lee"]; 4]);
    let text = "First name,Last name,Email,Mobile,Role,Admin\n\
                Bob (he/him/his),Roe,b@firm.example,07700 900101,Advocate,Yes\n\
                Ann,Lee she/her,a@firm.example,07700 900102,Advocate,No\n";
    let ReadOutcome::Read {
        people, problems, ..
    } = of(text.as_bytes())
    else {
        panic!("not read");
    };
    assert!(problems.is_empty());
    assert_eq!(people[0].first_name, "Bob");
    assert_eq!(people[1].last_name, "Lee");
}

#[test]
fn honours_brackets_and_generations_are_not_names() {
    let (people, problems) = full_names(&[
        "Jeffery Smith MD",
        "(Sean Reilly)",
        "Bldr (Mrs).Momoh Ann Mary",
        "Smith, Jr., John",
        "Smith, John, III",
    ]);
    assert_eq!(problems, [] as [&str; 0]);
    let expected = [
        ["Jeffery", "Smith"],
        ["Sean", "Reilly"],
        ["Momoh Ann", "Mary"],
        ["John", "Smith Jr."],
        ["John", "Smith III"],
    ];
    assert_eq!(people, expected);
    for (name, code) in [
        ("Jeffery Smith XRZ", "name-letters"),
        ("Ann Lee)", "name-bracket"),
        ("Ann Lee; Bob Roe", "name-several"),
        ("Lee, Ann; Roe, Bob", "name-several"),
    ] {
        let (_, problems) = full_names(&[name]);
        assert!(problems.iter().any(|problem| problem == code), "{name}");
    }
    let text = "First name,Last name,Email,Mobile,Role,Admin\n\
                John,\"Smith, Jr.\",j@firm.example,07700 900101,Advocate,Yes\n";
    let ReadOutcome::Read { people, .. } = of(text.as_bytes()) else {
        panic!("not read");
    };
    assert_eq!(people[0].last_name, "Smith Jr.");
}

#[test]
fn errors_and_dates_in_text_are_nobodys_name() {
    let of_row = |row: &str, separator: &str| {
        let rows = [HEADINGS.join(","), row.to_owned(), String::new()];
        let text = rows.join("\n").replace(',', separator);
        let ReadOutcome::Read {
            people, problems, ..
        } = of(text.as_bytes())
        else {
            panic!("not read");
        };
        let problems: Vec<String> = problems
            .into_iter()
            .map(|problem| format!("{} {}: {}", problem.column, problem.code, problem.message))
            .collect();
        (people.len(), problems)
    };
    for separator in [",", "\t"] {
        for (row, problem) in [
            (
                "#NAME?,Lee,a@firm.example,07700 900001,Advocate,yes",
                "first_name cell-error: Enter the first name: the cell holds the error #NAME?",
            ),
            (
                "Err:502,Lee,a@firm.example,07700 900001,Advocate,yes",
                "first_name cell-error: Enter the first name: the cell holds the error Err:502",
            ),
            (
                "Ann,#N/A,a@firm.example,07700 900001,Advocate,yes",
                "last_name cell-error: Enter the last name: the cell holds the error #N/A",
            ),
            (
                "Ann,01/05/2026,a@firm.example,07700 900001,Advocate,yes",
                "last_name cell-date: Enter the last name: Excel has turned it into a date",
            ),
            (
                "Ann,Lee,a@firm.example,#N/A,Advocate,yes",
                "mobile cell-error: Enter the mobile number: the cell holds the error #N/A",
            ),
            (
                "Ann,Lee,a@firm.example,07700 900001,Advocate,#N/A",
                "administrator cell-error: Enter the answer yes or no: the cell holds the error #N/A",
            ),
        ] {
            assert_eq!(
                of_row(row, separator),
                (0, vec![problem.to_owned()]),
                "{row}"
            );
        }
    }
    let name = "Name,Email,Mobile,Role,Admin\n#N/A,a@firm.example,07700 900001,Advocate,yes\n";
    let both = [(2, "cell-error".to_owned()), (2, "cell-error".to_owned())];
    assert_eq!(made(name.as_bytes()).problems, both);
}

/// Copies a workbook; `change` returns the new name and bytes of each part, or `None` to leave the
/// part out.
fn repacked(bytes: &[u8], change: impl Fn(&str, String) -> Option<(String, Vec<u8>)>) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..from.len() {
        let mut part = from.by_index(place).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        if let Some((name, bytes)) = change(&name, text) {
            to.start_file(name, SimpleFileOptions::default()).unwrap();
            to.write_all(&bytes).unwrap();
        }
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn workbooks_that_other_programs_open_are_read() {
    let list = with_list(|_| Ok(()));
    let in_part = |part: &str, from: &str, to: &str| {
        repacked(&list, |name, text| {
            let text = if name.ends_with(part) {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            } else {
                text
            };
            Some((name.to_owned(), text.into_bytes()))
        })
    };
    for dimension in ["1:4", "A:F", "", "A1:", "F4:A1", "nonsense"] {
        let changed = in_part(
            "sheet1.xml",
            "<dimension ref=\"A1:F4\"/>",
            &format!("<dimension ref=\"{dimension}\"/>"),
        );
        all_three(&changed, [2, 3, 4], &[]);
    }
    let more = |sheet: &str| in_part("workbook.xml", "</sheets>", &format!("{sheet}</sheets>"));
    all_three(
        &more("<sheet name=\" \" sheetId=\"9\" state=\"veryHidden\" r:id=\"\"/>"),
        [2, 3, 4],
        &[],
    );
    all_three(
        &more("<sheet name=\"Gone\" sheetId=\"9\" r:id=\"rId99\"/>"),
        [2, 3, 4],
        &[],
    );
    all_three(
        &in_part(
            "workbook.xml",
            "sheetId=\"1\"",
            "sheetId=\"1\" state=\"show\"",
        ),
        [2, 3, 4],
        &[],
    );
    let with_macros = repacked(&list, |name, text| {
        let text = match name {
            "xl/workbook.xml" => text.replace(
                "</sheets>",
                "<sheet name=\"Macro1\" sheetId=\"7\" r:id=\"rId77\"/></sheets>",
            ),
            "xl/_rels/workbook.xml.rels" => text.replace(
                "</Relationships>",
                "<Relationship Id=\"rId77\" Type=\"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet\" \
                 Target=\"macrosheets/sheet1.xml\"/></Relationships>",
            ),
            _ => text,
        };
        Some((name.to_owned(), text.into_bytes()))
    });
    all_three(&with_macros, [2, 3, 4], &[]);
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let wide = repacked(&list, |name, text| {
            let marked = text.replace("UTF-8", "UTF-16");
            let letters = "\u{feff}".encode_utf16().chain(marked.encode_utf16());
            Some((name.to_owned(), letters.flat_map(order).collect()))
        });
        all_three(&wide, [2, 3, 4], &[]);
    }
    let renamed = |rename: fn(&str) -> String| {
        repacked(&list, |name, text| Some((rename(name), text.into_bytes())))
    };
    all_three(&renamed(|name| name.replace('/', "\\")), [2, 3, 4], &[]);
    all_three(&renamed(str::to_uppercase), [2, 3, 4], &[]);
    let texts_elsewhere = repacked(&list, |name, text| {
        let name = name.replace("sharedStrings.xml", "strings/text.xml");
        let text = text.replace(
            "Target=\"sharedStrings.xml\"",
            "Target=\"strings/text.xml\"",
        );
        Some((name, text.into_bytes()))
    });
    all_three(&texts_elsewhere, [2, 3, 4], &[]);
}

#[test]
fn rows_that_are_hidden_or_struck_through_in_any_way_are_told() {
    let list = with_list(|sheet| {
        let struck = Format::new().set_font_strikethrough();
        sheet.write_string_with_format(3, 0, PEOPLE[2][0], &struck)?;
        Ok(())
    });
    all_three(&list, [2, 3, 4], &["rows-struck-through"]);
    let list = with_list(|sheet| {
        let (plain, struck) = (Format::new(), Format::new().set_font_strikethrough());
        let name = PEOPLE[1][1];
        let (kept, old) = name.split_at(1);
        sheet.write_rich_string(2, 1, &[(&plain, kept), (&struck, old)])?;
        Ok(())
    });
    all_three(&list, [2, 3, 4], &["partly-struck-through"]);
    for off in ["val=\"0\"", "val='false'", "val = 'off'"] {
        let list = repacked(&list, |name, text| {
            let strike = format!("<strike {off}/>");
            Some((
                name.to_owned(),
                text.replace("<strike/>", &strike).into_bytes(),
            ))
        });
        all_three(&list, [2, 3, 4], &[]);
    }
    for mark in [
        "hidden='1'",
        "hidden = \"true\"",
        "ht=\"0\" customHeight=\"1\"",
        "ht='0'",
    ] {
        let hidden = changed(&with_list(|_| Ok(())), |text| {
            text.replace("<row r=\"3\"", &format!("<row r=\"3\" {mark}"))
        });
        all_three(&hidden, [2, 3, 4], &["rows-hidden"]);
    }
}

#[test]
fn a_list_below_many_rows_of_instructions_is_found() {
    for rows in [80, 300, 900] {
        let start: String = (0..rows)
            .map(|row| format!("Please read note {row}: complete all\n"))
            .collect();
        let text = start + &list(",", "\n");
        let found = made(text.as_bytes());
        assert_eq!(found.people, [rows + 2, rows + 3, rows + 4]);
    }
}

#[test]
fn two_lists_on_a_sheet_are_both_read() {
    let [priya, wen, kofi] = &PEOPLE;
    let swapped = |row: &[&str; 6]| -> Vec<String> {
        [row[1], row[0], row[2], row[3], row[5], row[4]]
            .map(str::to_owned)
            .to_vec()
    };
    let line = |row: &[&str; 6]| row.join(",");
    let below = [
        line(&HEADINGS),
        line(priya),
        String::new(),
        "Barristers".to_owned(),
        swapped(&HEADINGS).join(","),
        swapped(wen).join(","),
        swapped(kofi).join(","),
    ];
    let text = below.join("\n");
    all_three(
        text.as_bytes(),
        [2, 6, 7],
        &["row-left-out", "headings-again"],
    );
    let ReadOutcome::Read { people, .. } = of(text.as_bytes()) else {
        panic!("not read");
    };
    assert_eq!(people[1].first_name, "Wen");
    let beside = [
        [line(&HEADINGS), line(&HEADINGS)].join(",,"),
        [line(priya), line(wen)].join(",,"),
        [line(kofi), ",,,,,".to_owned()].join(",,"),
    ];
    let text = beside.join("\n");
    all_three(text.as_bytes(), [2, 2, 3], &[]);
}

#[test]
fn a_row_that_is_long_is_watched_as_many_short_ones_are() {
    let person = format!("Ann,Lee,{},x\n", "x,".repeat(10_000));
    let text = format!(
        "First name,Last name,{}Email\n{}",
        "x,".repeat(10_000),
        person.repeat(40)
    );
    let mut calls = 0;
    let mut watch = |_: spreadsheet::read::Progress| {
        calls += 1;
        Ok(())
    };
    let _ = outcome(
        text.as_bytes(),
        &Mapping::default(),
        &Limits::default(),
        &mut watch,
    );
    assert!(calls >= 40, "{calls}");
}

#[test]
fn a_column_of_serial_numbers_is_no_surname() {
    for heading in ["S/N", "S.N.", "S. No", "SN"] {
        for (one, two) in [("1", "2"), ("A", "B")] {
            let list = format!(
                "{heading},NAME,EMAIL ADDRESS,Mobile,Role,Administrator\n\
                 {one},Ann Lee,ann@firm.example,07700 900101,Advocate,No\n\
                 {two},Bob Roe,bob@firm.example,07700 900102,Advocate,No\n"
            );
            assert_eq!(names(&list), ["Ann/Lee", "Bob/Roe"], "{heading} {one}");
        }
    }
}

/// Returns the first and last name of each person in a list, with a slash between them.
fn names(list: &str) -> Vec<String> {
    match of(list.as_bytes()) {
        ReadOutcome::Read { people, .. } => people
            .into_iter()
            .map(|person| format!("{}/{}", person.first_name, person.last_name))
            .collect(),
        ReadOutcome::Refused { message, .. } => panic!("{message}"),
    }
}

#[test]
fn a_display_name_is_read_where_first_and_last_name_are_empty() {
    let list = "Name [displayName] Required,First name [givenName],Last name [surname],\
                User name [userPrincipalName] Required,Mobile,Role,Administrator\n\
                Ann Lee,,,ann@firm.example,07700 900101,Advocate,No\n\
                Robert Roe,Robert,,bob@firm.example,07700 900102,Advocate,No\n\
                Leeds team,Wen,Williams,wen@firm.example,07700 900103,Advocate,No\n";
    assert_eq!(names(list), ["Ann/Lee", "Robert/Roe", "Wen/Williams"]);
    assert_eq!(made(list.as_bytes()).notes, ["name-read-as"; 2]);
    let office = "Name,First name,Last name,Email,Mobile,Role,Administrator\n\
                  Leeds team,Wen,,wen@firm.example,07700 900103,Advocate,No\n";
    assert_eq!(made(office.as_bytes()).problems.len(), 1);
}

#[test]
fn a_person_whose_name_is_a_faint_heading_is_no_row_of_headings() {
    let people = (1..60).fold(String::new(), |list, n| {
        list + &format!("{n},Lycée Édouard,Nogent,Ann,Lee,F,02/12/99\n")
    });
    let list = format!(
        ",SCHOOL,TOWN,ELEVE PRENOM,ELEVE NOM,Sex,DOB\n{people}60,Lycée Édouard,Nogent,Manon,Job,F,02/12/99\n\
         61,Lycée Édouard,Nogent,Bob,Roe,M,07700 900101\n"
    );
    let reading = read(
        list.as_bytes(),
        &Mapping::default(),
        &Limits::default(),
        &mut unwatched,
    );
    let Ok(Reading::Unmapped(table, _)) = reading else {
        panic!("{reading:?}");
    };
    assert_eq!(table.layout.headings[1].text, "SCHOOL");
}

#[test]
fn headings_in_the_words_of_other_lists() {
    for (headings, person, name) in [
        (
            "Delegate first name,Delegate last name",
            "Ann,Lee",
            "Ann/Lee",
        ),
        ("Intern_Name,Office", "Ann Lee,Leeds", "Ann/Lee"),
        ("Attendee,Office", "Ann Lee,Leeds", "Ann/Lee"),
        ("Councillor,Ward", "\"Lee, Ann\",Leeds", "Ann/Lee"),
        ("Surname,Other names", "Lee,Ann Mary", "Ann Mary/Lee"),
        ("Frist name,Sirname", "Ann,Lee", "Ann/Lee"),
        (
            "First name,Other name(s),Surname",
            "Ann,Mary,Lee",
            "Ann/Lee",
        ),
    ] {
        let list = format!(
            "{headings},Email,Mobile,Role,Administrator\n\
             {person},ann@firm.example,07700 900101,Advocate,No\n"
        );
        assert_eq!(names(&list), [name], "{headings}");
    }
    for (email, mobile) in [
        ("Please leave your email address", "WhatsApp number"),
        ("Please share with us your e-mail", "mphone"),
        ("Emial", "Moblie number"),
        ("E-MAIL ADRESS", "WhatsApp"),
    ] {
        let list = format!(
            "First name,Last name,{email},hphone,{mobile},Role,Administrator\n\
             Ann,Lee,ann@firm.example,01632 960101,07700 900101,Advocate,No\n"
        );
        assert_eq!(names(&list), ["Ann/Lee"], "{email}");
        assert_eq!(made(list.as_bytes()).problems, [], "{email}");
    }
}

#[test]
fn a_refusal_lists_the_headings_and_not_the_title() {
    let list = "RLX26 Vendor Feedback Survey,,,\n\
                Firm,Town,Wer,Wann\n\
                Lee & Co,Leeds,ann@firm.example,today\n";
    let ReadOutcome::Refused { message, .. } = of(list.as_bytes()) else {
        panic!("read");
    };
    assert!(
        message.contains("It has “Firm”, “Town”, “Wer” and “Wann”"),
        "{message}"
    );
}

#[test]
fn a_misspelt_heading_is_told() {
    let list = "First name,Surname,Emial,Mobile,Role,Administrator\n\
                Ann,Lee,ann@firm.example,07700 900101,Advocate,No\n";
    let ReadOutcome::Read { notes, .. } = of(list.as_bytes()) else {
        panic!("not read");
    };
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].code, "heading-read-as");
    assert_eq!(notes[0].message, "We read the email address from “Emial”");
}

#[test]
fn of_two_columns_of_full_names_the_filled_one_is_read() {
    let list = "Name,Employee,Email,Mobile,Role,Admin\n\
                ,Priya Iyer,priya@firm.example,07700 900101,Advocate,Yes\n\
                Wen Williams,,wen@firm.example,07700 900102,Advocate,No\n\
                Kofi Rees,Kofi Rees,kofi@firm.example,07700 900103,Advocate,No\n";
    assert_eq!(names(list), ["Priya/Iyer", "Wen/Williams", "Kofi/Rees"]);
}

#[test]
fn columns_that_contradict_each_other_are_refused_below_any_number_of_lists() {
    let mut list = String::new();
    for number in 0..120 {
        list.push_str("First name,Last name,Email,Mobile,Role,Admin\n");
        let _ = writeln!(
            list,
            "Wen,Williams,wen{number}@firm.example,07700 900101,Advocate,No"
        );
    }
    let contradicting = "Name,Employee,Email,Mobile,Role,Admin\n\
                         Leeds,Priya Iyer,priya@firm.example,07700 900101,Advocate,Yes\n";
    list.push_str(contradicting);
    list.push_str("First name,Last name,Email,Mobile,Role,Admin\n");
    assert!(matches!(of(list.as_bytes()), ReadOutcome::Refused { .. }));
}

#[test]
fn an_apostrophe_that_an_export_wrote_before_a_text_is_no_part_of_it() {
    let list = "First name,Last name,Email,Mobile,Role,Admin\n\
                'Ann,'Lee,'ann@firm.example,'07700 900101,Advocate,Yes\n\
                Jan,'t Hooft,jan@firm.example,07700 900102,Advocate,No\n";
    assert_eq!(names(list), ["Ann/Lee", "Jan/'t Hooft"]);
    let made = made(list.as_bytes());
    assert_eq!(made.problems, []);
    assert_eq!(made.people, [2, 3]);
    let mut told = made.notes;
    told.sort();
    assert_eq!(told[..2], ["email-read-as", "mobile-read-as"]);
    assert_eq!(told[2..], ["quotes-removed"; 2]);
}
