//! Reads lists of people in the layouts that they arrive in. Each case says which users are read
//! from its rows, and which notes and problems the sender sees.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic makes the test fail"
)]

use registration::spreadsheet::{Mapping, ReadOutcome};
use spreadsheet::read::{Limits, outcome, unwatched};

const HEADINGS: &str = "First name,Last name,Email,Mobile,Role,Administrator";
const FULL: &str = "Name,Email,Mobile,Role,Administrator";
const REST: &str = "a@firm.example,07700 900101,Advocate,No";

/// Reads a list. Returns a line for each person ("2 Ann | Lee"), problem ("3 !name-job") and note
/// ("4 ~row-left-out"), sorted. Each line begins with the number of its row, which is 0 for a note
/// on the whole file.
fn read(text: &str) -> Vec<String> {
    let read = outcome(
        text.as_bytes(),
        &Mapping::default(),
        &Limits::default(),
        &mut unwatched,
    );
    let ReadOutcome::Read {
        people,
        problems,
        notes,
        ..
    } = read.unwrap()
    else {
        panic!("refused: {text}");
    };
    let people = people.iter().map(|person| {
        format!(
            "{} {} | {}",
            person.row, person.first_name, person.last_name
        )
    });
    let problems = problems
        .iter()
        .map(|problem| format!("{} !{}", problem.row, problem.code));
    let notes = notes
        .iter()
        .map(|note| format!("{} ~{}", note.row.unwrap_or(0), note.code));
    let mut lines: Vec<String> = people.chain(problems).chain(notes).collect();
    lines.sort();
    lines
}

#[track_caller]
fn assert_row(headings: &str, row: &str, expected: &[&str]) {
    let other = match headings {
        FULL => "Zoë Vale,z@firm.example,07700 900199,Advocate,No",
        _ => "Zoë,Vale,z@firm.example,07700 900199,Advocate,No",
    };
    let lines = read(&format!("{headings}\n{row}\n{other}\n"));
    let own: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("2 "))
        .collect();
    assert_eq!(own, expected, "{row}: {lines:?}");
}

#[test]
fn what_is_no_name_in_two_columns_is_a_problem() {
    for (names, expected) in [
        ("nan,nan", &["!name-empty", "!name-empty"][..]),
        ("NaN,Lee", &["!name-empty"]),
        ("TRUE,FALSE", &["!name-nobody", "!name-nobody"]),
        ("#N/A,#N/A", &["!cell-error", "!cell-error"]),
        ("Siân,KC", &["!name-title"]),
        ("Siân,Q.C.", &["!name-title"]),
        ("Esq,Lee", &["!name-title"]),
        ("Siân,JP", &["!name-title"]),
        ("Siân,III", &["!name-title"]),
        ("Siân,LEAVER", &["!name-nobody"]),
        ("Siân,Left", &["!name-nobody"]),
        ("Associate,Lee", &["!name-job"]),
        ("Siân,Partner", &["!name-job"]),
        ("Sales,Lee", &["!name-nobody"]),
        ("Si?n,Lee", &["!name-letter-lost"]),
        ("Siân,0wen", &["!name-letter-lost"]),
        ("Siân,Owen or Lee", &["!name-several"]),
        ("Siân,Left the firm", &["!name-nobody"]),
        ("IT,Support", &["!name-job"]),
    ] {
        assert_row(HEADINGS, &format!("{names},{REST}"), expected);
    }
}

#[test]
fn what_stands_beside_a_name_in_two_columns_is_taken_off_and_told() {
    let told = "~name-read-as";
    for (names, person, notes) in [
        ("Ann,Lee KC", "Ann | Lee", &[told][..]),
        ("Ann,Lee kc", "Ann | Lee", &[told]),
        ("Ann,LEE LEFT", "Ann | LEE", &["~name-left", told]),
        ("Ann,Lee RETIRED 2024", "Ann | Lee", &["~name-left", told]),
        ("LEAVER - Ann,Lee", "Ann | Lee", &["~name-left", told]),
        ("Ann aka Nan,Lee", "Ann | Lee", &[told]),
        ("Ann,Lee née Owen", "Ann | Lee", &[told]),
        ("Ann,Lee @ 5 Chambers", "Ann | Lee", &[told]),
        ("Ann,O&#39;Neill", "Ann | O'Neill", &[told]),
        ("\"\"\"Ann\"\"\",Lee", "Ann | Lee", &["~quotes-removed"]),
    ] {
        let expected: Vec<&str> = [person].iter().chain(notes).copied().collect();
        let mut expected = expected;
        expected.sort_unstable();
        assert_row(HEADINGS, &format!("{names},{REST}"), &expected);
    }
    for names in [
        "Nan,Owen",
        "Ma,Ba",
        "Ann,Chambers",
        "June,May",
        "Siân,Junior",
        "Ann,Head",
    ] {
        assert_row(
            HEADINGS,
            &format!("{names},{REST}"),
            &[&names.replace(',', " | ")],
        );
    }
}

#[test]
fn full_names_with_jobs_honours_and_remarks_are_read_and_told() {
    for (name, person) in [
        ("Ann Lee LEFT", "Ann | Lee"),
        ("Left - Ann Lee", "Ann | Lee"),
        ("Ann Lee Trainee Solicitor", "Ann | Lee"),
        ("Counsel Ann Lee", "Ann | Lee"),
        ("\"Ann Lee, Head of Crime\"", "Ann | Lee"),
        ("\"Ann Lee, Esq., Barrister-at-Law\"", "Ann | Lee"),
        ("Ann Lee c/o Bob Roe", "Ann | Lee"),
        ("Ann Lee x2", "Ann | Lee"),
        ("Cover: Ann Lee", "Ann | Lee"),
        ("Ann Lee…", "Ann | Lee"),
        ("Ann Lee ?", "Ann | Lee"),
        ("- Ann Lee", "Ann | Lee"),
        ("Ann Lee <ann@firm.example>", "Ann | Lee"),
        ("\"\"\"Ann Lee\"\"\"", "Ann | Lee"),
    ] {
        let lines = read(&format!("{FULL}\n{name},{REST}\n"));
        assert!(lines.contains(&format!("2 {person}")), "{name}: {lines:?}");
        assert!(
            lines.contains(&"2 ~name-read-as".to_owned()),
            "{name}: {lines:?}"
        );
    }
    for (name, problem) in [
        ("Head of Crime", "2 !name-job"),
        ("Duty Solicitor", "2 !name-job"),
        ("Clerks’ Room", "2 !name-job"),
        ("John Solicitor", "2 !name-job"),
        ("Clerk Kent", "2 !name-job"),
        ("Test Test", "2 !name-nobody"),
        ("True False", "2 !name-nobody"),
    ] {
        let lines = read(&format!("{FULL}\n{name},{REST}\n"));
        assert!(lines.contains(&problem.to_owned()), "{name}: {lines:?}");
    }
}

#[test]
fn the_order_of_a_full_name_is_that_of_its_heading() {
    for heading in [
        "Surname Forename",
        "\"Last, First\"",
        "Name (surname first)",
        "Nachname Vorname",
        "NOM Prénom",
        "Cyfenw ac enw cyntaf",
    ] {
        for name in ["Bowen Anwen", "\"Bowen, Anwen\""] {
            let list = format!("{heading},Email,Mobile,Role,Administrator\n{name},{REST}\n");
            assert_eq!(
                read(&list),
                ["2 Anwen | Bowen", "2 ~name-read-as"],
                "{list}"
            );
        }
    }
    let list = format!("Forename Surname,Email,Mobile,Role,Administrator\nAnwen Bowen,{REST}\n");
    assert_eq!(read(&list), ["2 Anwen | Bowen", "2 ~name-read-as"]);
}

#[test]
fn a_heading_with_surnames_in_the_plural_does_not_say_how_many_there_are() {
    let headings = "Apellidos y nombre,Email,Mobile,Role,Administrator";
    for (name, expected) in [
        ("García López María", "2 !name-surnames"),
        ("García María", "2 María | García"),
        ("\"García López, María\"", "2 María | García López"),
        ("GARCÍA LÓPEZ María", "2 María | GARCÍA LÓPEZ"),
    ] {
        let lines = read(&format!(
            "{headings}\n{name},{REST}\nVale Zoë,z@firm.example,07700 900199,Advocate,No\n"
        ));
        assert!(
            lines.iter().any(|line| line == expected),
            "{name}: {lines:?}"
        );
    }
}

#[test]
fn a_row_of_errors_is_one_problem() {
    for error in ["#N/A", "#REF!", "Err:502"] {
        let row = [error; 6].join(",");
        assert_row(HEADINGS, &row, &["!row-errors"]);
    }
    assert_row(HEADINGS, "nan,nan,nan,nan,nan,nan", &[]);
}

#[test]
fn footers_and_headings_of_sections_are_no_people() {
    for row in [
        "Total: 12,,,,,",
        "Total,12,,,,",
        "Summe,12,,,,",
        "Average,,,,,0.5",
        "Prepared by: Ann Lee,,ann@firm.example,,,",
        "Prepared by,Ann Lee,,,,",
        "Page 1 of 2,,,,,",
        "Seite 1 von 2,,,,,",
        "Version 3,,,,,",
        "Notes,,,,,",
        "Date,01/12/2026,,,,",
        "As at,30/11/2026,,,,",
        "N = 12,,,,,",
        "LEEDS,LEEDS,LEEDS,LEEDS,LEEDS,LEEDS",
        "Family team,,,,,No",
        "\"Please return to reception\",,,,,",
        "Author: Ann Lee,,,,,",
    ] {
        assert_row(HEADINGS, row, &["~row-left-out"]);
    }
    for names in [
        "Total,Khan",
        "Sum,Wong",
        "Page,Turner",
        "Key,Lee",
        "End,Vale",
    ] {
        let expected = names.replace(',', " | ");
        assert_row(HEADINGS, &format!("{names},{REST}"), &[&expected]);
    }
}

#[test]
fn letters_of_central_europe_and_of_other_alphabets_are_read_and_told() {
    for (encoding, name) in [
        (encoding_rs::WINDOWS_1250, "Łukasz,Woźniak"),
        (encoding_rs::ISO_8859_2, "Małgorzata,Żółkowska"),
        (encoding_rs::WINDOWS_1251, "Иван,Петров"),
        (encoding_rs::KOI8_U, "Елена,Сидорова"),
        (encoding_rs::WINDOWS_1253, "Ελένη,Παπαδοπούλου"),
        (encoding_rs::WINDOWS_1254, "Yiğit,Işık"),
        (encoding_rs::WINDOWS_1252, "Hélène,Muñoz"),
    ] {
        let list = format!("{HEADINGS}\n{name},{REST}\n");
        let bytes = encoding.encode(&list).0;
        let read = outcome(
            &bytes,
            &Mapping::default(),
            &Limits::default(),
            &mut unwatched,
        );
        let ReadOutcome::Read { people, notes, .. } = read.unwrap() else {
            panic!("refused: {name}");
        };
        let read = [people[0].first_name.as_str(), &people[0].last_name].join(",");
        assert_eq!(read, name);
        assert_eq!(notes[0].code, "encoding-guessed");
        assert!(notes[0].is_to_check() && notes[0].message.contains(&people[0].last_name));
    }
}

#[test]
fn a_section_of_people_who_have_left_is_told() {
    let list = format!(
        "{HEADINGS}\nAnn,Lee,{REST}\nLeavers,,,,,\nBob,Roe,b@firm.example,07700 900102,Advocate,No\n"
    );
    assert_eq!(
        read(&list),
        [
            "2 Ann | Lee",
            "3 ~row-left-out",
            "3 ~section-left",
            "4 Bob | Roe"
        ]
    );
}

#[test]
fn a_lost_letter_at_the_end_of_a_name_is_a_problem() {
    let lost = ["!name-letter-lost"].as_slice();
    for (names, expected) in [
        ("Jos?,Lee", lost),
        ("Zo?,Lee", lost),
        ("?ukasz,Lee", lost),
        ("Ann,?widerska", lost),
        ("Ann,0'Neill", lost),
        ("Ann,0’Brien", lost),
        ("Ann,Lee ?", &["Ann | Lee", "~name-read-as"]),
        ("Ann,Lee (Crime?)", &["Ann | Lee", "~name-read-as"]),
    ] {
        assert_row(HEADINGS, &format!("{names},{REST}"), expected);
    }
}

#[test]
fn surnames_that_look_like_remarks_stay() {
    for (name, expected) in [
        ("Mary Ann Nee", "Mary Ann | Nee"),
        ("Chua Nee Hock", "Chua Nee | Hock"),
        ("Jean Aka Koffi", "Jean Aka | Koffi"),
        ("Mary Smith Nee Jones", "Mary | Smith"),
        ("Mary Smith nee Jones", "Mary | Smith"),
        ("Mary Smith aka Jones", "Mary | Smith"),
        ("\"Leaver, Peter John\"", "Peter John | Leaver"),
        ("Ann Mary Heads", "Ann Mary | Heads"),
        ("Sarah Jane Lee Senior Clerk", "Sarah Jane | Lee"),
        ("Ram Bahadur Kc", "Ram Bahadur | Kc"),
        ("Tal Or Cohen", "Tal Or | Cohen"),
        ("Junior Chambers", "Junior | Chambers"),
        ("Law Chambers", "Law | Chambers"),
        ("Judge Law", "Judge | Law"),
        ("Rachel True", "Rachel | True"),
        ("Sian&nbsp; Lee", "Sian | Lee"),
        ("Ann&#8203; Lee", "Ann | Lee"),
        ("D&amp;#39;Arcy Lee", "D'Arcy | Lee"),
    ] {
        let expected = [expected, "~name-read-as"];
        assert_row(FULL, &format!("{name},{REST}"), &expected);
    }
    for name in ["Sarah Jane Clerk", "Ann Lee Judge"] {
        let row = format!("{name},{REST}");
        assert_row(FULL, &row, &["!name-empty", "!name-job-or-surname"]);
    }
    assert_row(
        FULL,
        &format!("Ann Mary Leaver,{REST}"),
        &["!name-empty", "!name-leaver"],
    );
    assert_row(
        FULL,
        &format!("Ann Mary Lee (Leaver),{REST}"),
        &["Ann Mary | Lee", "~name-left", "~name-read-as"],
    );
    let list = format!("Surname Forename,Email,Mobile,Role,Administrator\nClerk Mary Ann,{REST}\n");
    assert_eq!(read(&list), ["2 Mary Ann | Clerk", "2 ~name-read-as"]);
    for (names, expected) in [
        ("Rachel,True", &["Rachel | True"][..]),
        ("Peter,Leaver", &["Peter | Leaver"]),
        ("Jane,Clerk", &["Jane | Clerk"]),
        ("Jing,MA", &["Jing | MA", "~name-or-honour"]),
        ("Clerk,Lee", &["!name-job"]),
        ("Leaver,Lee", &["!name-nobody"]),
    ] {
        assert_row(HEADINGS, &format!("{names},{REST}"), expected);
    }
}

#[test]
fn people_whose_names_begin_remarks_are_not_left_out() {
    let mut differing = Vec::new();
    let two_columns = (HEADINGS, "Zoë,Vale,z@firm.example,,Advocate,No");
    let one_column = (FULL, "Zoë Vale,z@firm.example,,Advocate,No");
    let with_status = format!("Status,{HEADINGS}");
    let status = (
        with_status.as_str(),
        ",Zoë,Vale,z@firm.example,,Advocate,No",
    );
    for ((headings, other), row, is_person) in [
        (two_columns, "Legend,Okafor,l@firm.example,,,", true),
        (two_columns, "Date,Kimiko,d@firm.example,,,", true),
        (two_columns, "End,Vale,e@firm.example,,,", true),
        (two_columns, "Prepared by,Ann Lee,a@firm.example,,,", false),
        (two_columns, "Date of issue,1 May,a@firm.example,,,", false),
        (two_columns, "Notes,,,,,", false),
        (two_columns, "Suma,Rao,,,,", true),
        (two_columns, "Antal,Kovács,,,,", true),
        (two_columns, "Total,Khan,,,,", true),
        (two_columns, "Total: 12,users,,,,", false),
        (one_column, "Date Kimiko,d@firm.example,,,", true),
        (one_column, "Total Khan,,,,", true),
        (one_column, "Total users,,,,", false),
        (one_column, "End of list,a@firm.example,,,", false),
        (status, "Signed,Ann,Lee,,,,", true),
        (status, "Prepared by,Ann Lee,,,,,", false),
    ] {
        let lines = read(&format!("{headings}\n{row}\n{other}\n"));
        let is_left_out = lines.iter().any(|line| line == "2 ~row-left-out");
        if is_left_out == is_person {
            differing.push(row);
        }
    }
    assert_eq!(differing, [""; 0]);
}
