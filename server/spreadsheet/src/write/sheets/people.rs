//! Page 2 of the form: a row for each user below the headings.
//!
//! The help is above the headings, so that the reader does not take it for a user.

use registration::identifiers::Mobile;
use registration::registration::{Person, Registration};
use registration::spreadsheet::{Column as Field, escaped_as_text};
use registration::text::tidy;
use registration::users::{MAX_USERS, Role, User};

use crate::write::Format;
use crate::write::book::{Choice, Column, Holds, Row, RowKind, Sheet};

/// Builds the sheet of users.
pub(in crate::write) fn users(format: Format, users: &[User]) -> Sheet {
    let mut rows = vec![
        Row::new(RowKind::Help, Field::ALL.map(Field::help)),
        Row::new(RowKind::Headings, Field::ALL.map(Field::heading)),
    ];
    rows.extend(
        users
            .iter()
            .map(|user| Row::new(RowKind::Filled, texts(format, user))),
    );
    Sheet {
        name: "User details - input",
        columns: Field::ALL.map(column).to_vec(),
        choices: choices(0, users.len().max(MAX_USERS)),
        rows,
        frozen: HEAD,
    }
}

/// Converts the people of a registration into users for the sheet.
pub(in crate::write) fn users_of_registration(registration: &Registration) -> Vec<User> {
    registration.people.iter().map(user).collect()
}

/// Returns the column for a field of a user.
pub(super) fn column(field: Field) -> Column {
    let width = match field {
        Field::FirstName | Field::LastName | Field::Mobile => 22,
        Field::Email => 42,
        Field::Role => 20,
        Field::Administrator => 30,
    };
    Column {
        width,
        holds: Holds::Answers,
    }
}

/// The number of rows above the users: help and headings.
pub(super) const HEAD: u32 = 2;

/// Returns the drop-down lists of a table of users that starts at the column with the index
/// `shift`.
pub(super) fn choices(shift: u16, rows: usize) -> Vec<Choice> {
    let last = HEAD + u32::try_from(rows).unwrap_or(u32::MAX >> 12) - 1;
    let choice = |column, options, words| Choice {
        column: shift + column,
        first: HEAD,
        last,
        options,
        words,
    };
    vec![
        choice(
            4,
            Role::ALL.map(Role::words).to_vec(),
            "Choose one of the four roles from the list",
        ),
        choice(
            5,
            vec![yes_no(true), yes_no(false)],
            "Choose Yes or No from the list",
        ),
    ]
}

/// Returns the cells of a user.
pub(super) fn texts(format: Format, user: &User) -> [String; 6] {
    let role = user.role().map_or(user.role.as_str(), |role| role.words());
    let administrator = match user.administrator.as_str() {
        "yes" => yes_no(true),
        "no" => yes_no(false),
        typed => typed,
    };
    let texts = [
        &user.first_name,
        &user.last_name,
        &user.email,
        &mobile(format, &user.mobile),
        role,
        administrator,
    ];
    match format {
        Format::Csv => texts.map(str::to_owned),
        Format::Xlsx | Format::Ods => texts.map(|text| escaped_as_text(&tidy(text)).into_owned()),
    }
}

/// Formats a UK mobile number for csv with a space, so that no program reads it as a number and
/// drops its leading zero. In other formats, and if the number is not valid, the text stays as it
/// is.
fn mobile(format: Format, typed: &str) -> String {
    match Mobile::check(typed) {
        Ok(number) if format == Format::Csv => number.national(),
        _ => typed.to_owned(),
    }
}

const fn yes_no(yes: bool) -> &'static str {
    if yes { "Yes" } else { "No" }
}

fn user(person: &Person) -> User {
    User {
        first_name: person.first_name.to_string(),
        last_name: person.last_name.to_string(),
        email: person.email.to_string(),
        mobile: person.mobile.to_string(),
        role: person.role.key().to_owned(),
        administrator: if person.administrator { "yes" } else { "no" }.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(mobile: &str) -> User {
        User {
            first_name: "Priya".to_owned(),
            last_name: " '=Iyer".to_owned(),
            email: "priya@firm.example".to_owned(),
            mobile: mobile.to_owned(),
            role: "chambers-clerk".to_owned(),
            administrator: "yes".to_owned(),
        }
    }

    #[test]
    fn cells_say_what_people_say() {
        assert_eq!(
            texts(Format::Xlsx, &user("07700900123")),
            [
                "Priya",
                "''=Iyer",
                "priya@firm.example",
                "07700900123",
                "Chambers clerk",
                "Yes"
            ]
        );
    }

    #[test]
    fn a_number_in_csv_has_a_space_that_keeps_its_zero() {
        for (typed, cell) in [
            ("07700900123", "07700 900123"),
            ("+447700900123", "07700 900123"),
            ("+33 6 39 98 12 34", "+33639981234"),
            ("0770", "0770"),
        ] {
            assert_eq!(texts(Format::Csv, &user(typed))[3], cell);
        }
    }

    #[test]
    fn lists_are_offered_under_their_headings() {
        for (shift, choice) in [(0, 4), (1, 5)] {
            let [role, administrator] = choices(shift, 1_000).try_into().unwrap();
            assert_eq!(usize::from(role.column - shift), Field::Role.index());
            assert_eq!(role.column, choice);
            assert_eq!(
                usize::from(administrator.column - shift),
                Field::Administrator.index()
            );
            assert_eq!((role.first, role.last), (2, 1_001));
        }
    }
}
