//! Writes users in any format and checks that they are read back unchanged, apart from the spelling
//! of mobile numbers. A name may be read without a remark such as a title, if a note says so.

#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use registration::identifiers::Mobile;
use registration::spreadsheet::{Column, LONGEST_CELL, Mapping, Note};
use registration::text::tidy;
use registration::users::{Role, User};
use spreadsheet::read::{Limits, Reading, read, unwatched};
use spreadsheet::write::{self, Format};

/// The columns of a user's name.
const NAMES: [Column; 2] = [Column::FirstName, Column::LastName];

#[derive(Debug, Arbitrary)]
struct Written {
    format: u8,
    users: Vec<(String, String, bool, u16, u8, bool)>,
}

fuzz_target!(|written: Written| {
    let users: Vec<User> = written.users.iter().take(20).zip(0..).map(user).collect();
    let format = Format::ALL[usize::from(written.format) % Format::ALL.len()];
    let bytes = write::users(format, &users).expect("it is written");
    let read = read(
        &bytes,
        &Mapping::default(),
        &Limits::default(),
        &mut unwatched,
    );
    let Ok(Reading::Read(intake)) = read else {
        assert!(users.is_empty(), "not read: {read:?}");
        return;
    };
    assert_eq!(intake.rows.len(), users.len());
    for (read, written) in intake.rows.iter().zip(users) {
        let number = |user: &User| Mobile::check(&user.mobile).map_err(|_| user.mobile.clone());
        assert_eq!(number(&read.user), number(&written));
        let is_noted = |note: &Note| NAMES.iter().any(|name| note.column == Some(*name));
        if !read.notes.iter().any(is_noted) {
            assert_eq!(read.user.first_name, written.first_name);
            assert_eq!(read.user.last_name, written.last_name);
        }
        let unchecked = User {
            first_name: read.user.first_name.clone(),
            last_name: read.user.last_name.clone(),
            mobile: read.user.mobile.clone(),
            ..written
        };
        assert_eq!(read.user, unchecked);
    }
});

/// Creates a user whose names are any text that a cell can contain, tidied as every answer is
/// before it is stored. Control characters are left out: XML cannot express them, and no rule
/// accepts them.
fn user(
    ((first, last, abroad, mobile, role, yes), number): (
        &(String, String, bool, u16, u8, bool),
        usize,
    ),
) -> User {
    let writable =
        |letter: &char| !letter.is_control() && !matches!(letter, '\u{FFFE}' | '\u{FFFF}');
    let kept = |text: &str| {
        let letters = text.chars().filter(writable).take(LONGEST_CELL);
        letters.collect::<String>()
    };
    let tidied = |text: &str| {
        let text = tidy(&kept(text)).into_owned();
        // The reader skips rows that start with these texts, as examples of how to fill in the sheet.
        let is_example = ["e.g", "eg.", "eg:"]
            .iter()
            .any(|start| text.to_ascii_lowercase().starts_with(start));
        if is_example { String::new() } else { text }
    };
    let start = if *abroad { "+447700900" } else { "07700 900" };
    User {
        first_name: tidied(first),
        last_name: tidied(last),
        email: format!("user{number}@firm.example"),
        mobile: format!("{start}{:03}", mobile % 1_000),
        role: Role::ALL[usize::from(*role) % Role::ALL.len()]
            .key()
            .to_owned(),
        administrator: if *yes { "yes" } else { "no" }.to_owned(),
    }
}
