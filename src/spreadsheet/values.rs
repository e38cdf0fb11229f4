//! Decides the meaning of columns by their values, where the headings are ambiguous.
//!
//! A heading "Username" may stand above sign-in names or email addresses, and "Name" above one
//! column or two. Only the values show which.

use crate::spreadsheet::heading::recognised;
use crate::spreadsheet::layout::looks_like_data;
use crate::spreadsheet::trust::Trust;
use crate::spreadsheet::{Cell, Column, Heading, Layout, Mapping, Meaning, SheetHead, normalised};
use crate::text::tidy;

/// Corrects the meaning of ambiguous headings by the values below them. Does nothing if the layout
/// has no row of headings.
pub(super) fn settle(layout: &mut Layout, head: &SheetHead<'_>, mapping: &Mapping) {
    let Some(heading_row) = layout.heading_row else {
        return;
    };
    let below = || {
        let rows = head.rows.iter().filter(|(row, _)| *row > heading_row);
        rows.map(|(_, cells)| cells.as_slice()).take(MAX_ROWS)
    };
    let is_email = |place: usize| mostly(below(), place, |text| text.contains('@'));
    let mut no_email = layout.places(Column::Email).is_empty();
    for heading in &mut layout.headings {
        let name = normalised(&heading.text);
        let signs_in = SIGN_IN.iter().any(|word| name == *word);
        if no_email && signs_in && is_email(heading.place) {
            heading.meaning = Some(Meaning::Column(Column::Email));
            no_email = false;
            continue;
        }
        let is_sign_in_name = heading.meaning == Some(Meaning::FullName)
            && signs_in
            && mostly(below(), heading.place, |text| !text.contains(' '));
        let is_serial_number =
            is_faint_name(heading, mapping) && mostly(below(), heading.place, is_serial);
        if is_sign_in_name || is_serial_number {
            heading.meaning = None;
        }
    }
    split_name(layout, below);
}

/// Whether a heading means a name with little certainty.
fn is_faint_name(heading: &Heading, mapping: &Mapping) -> bool {
    let is_name = matches!(
        heading.meaning,
        Some(Meaning::FullName | Meaning::Column(Column::FirstName | Column::LastName))
    );
    is_name
        && recognised(&heading.text, mapping).is_some_and(|(meaning, trust)| {
            Some(meaning) == heading.meaning && trust <= Trust::Faint
        })
}

/// Whether a text is a serial number and not a name: a number, a single letter, or a code like
/// "A12".
fn is_serial(text: &str) -> bool {
    let is_code =
        text.contains(|letter: char| letter.is_ascii_digit()) && !text.contains([' ', '@']);
    is_code
        || text
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .count()
            == 1
}

/// The maximum number of rows whose values are examined.
const MAX_ROWS: usize = 50;

/// Headings of columns of sign-in names.
const SIGN_IN: [&str; 14] = [
    "account",
    "accountname",
    "id",
    "login",
    "loginid",
    "loginname",
    "logonname",
    "signin",
    "signinname",
    "user",
    "userid",
    "userlogin",
    "username",
    "usernames",
];

/// Splits a heading "Name" above two columns, the second without a heading, into first and last
/// name.
///
/// The last names come first if only the first column is in capitals. Nothing changes if the first
/// column has whole names or either column has no names. If a third column without a heading has
/// names too, the heading loses its meaning.
fn split_name<'h, 't: 'h, R>(layout: &mut Layout, below: impl Fn() -> R)
where
    R: Iterator<Item = &'h [Cell<'t>]>,
{
    let Some(first) = layout
        .full_name()
        .filter(|_| layout.full_names().count() == 1 && !layout.has_both_names())
    else {
        return;
    };
    let second = first + 1;
    let headed = |place: usize| {
        let mut headings = layout.headings.iter();
        headings.any(|heading| heading.place == place && !heading.text.is_empty())
    };
    let is_name = |place: usize| {
        mostly(below(), place, |text| {
            !looks_like_data(text) && text.contains(char::is_alphabetic)
        })
    };
    // If the first column has full names, the second column has something else, such as jobs.
    let whole = mostly(below(), first, |text| text.contains(' '));
    if headed(second) || whole || !is_name(second) || !is_name(first) {
        return;
    }
    if is_name(second + 1) && !headed(second + 1) {
        // If a third column also holds names without a heading, nobody can tell which is which. The
        // heading loses its meaning, so the sender is asked.
        for heading in &mut layout.headings {
            if heading.place == first {
                heading.meaning = None;
            }
        }
        return;
    }
    let in_capitals = |place: usize| {
        mostly(below(), place, |text| {
            text.chars().count() > 2 && !text.contains(char::is_lowercase)
        })
    };
    let (one, other) = if in_capitals(first) && !in_capitals(second) {
        (Column::LastName, Column::FirstName)
    } else {
        (Column::FirstName, Column::LastName)
    };
    layout.headings.retain(|heading| heading.place != second);
    let at = layout
        .headings
        .iter()
        .position(|heading| heading.place == first);
    if let Some(at) = at {
        if let Some(heading) = layout.headings.get_mut(at) {
            heading.meaning = Some(Meaning::Column(one));
        }
        let beside = Heading {
            place: second,
            text: String::new(),
            meaning: Some(Meaning::Column(other)),
        };
        layout.headings.insert(at + 1, beside);
    }
}

/// Whether more than half of the filled cells of a column match `is_so`.
fn mostly<'h, 't: 'h>(
    rows: impl Iterator<Item = &'h [Cell<'t>]>,
    place: usize,
    is_so: impl Fn(&str) -> bool,
) -> bool {
    let mut filled = 0;
    let mut like = 0;
    for cell in rows.filter_map(|cells| cells.get(place)) {
        let text = cell.text();
        let text = tidy(&text);
        if !text.is_empty() {
            filled += 1;
            like += usize::from(is_so(&text));
        }
    }
    filled > 0 && like * 2 > filled
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::spreadsheet::Mapping;

    fn layout(rows: &[&[&'static str]]) -> Layout {
        let rows = rows.iter().zip(1..).map(|(cells, row)| {
            let cell = |text: &&'static str| Cell::Text(Cow::Borrowed(*text));
            (row, cells.iter().map(cell).collect())
        });
        let head = SheetHead {
            rows: rows.collect(),
            ..SheetHead::default()
        };
        Layout::of(&head, &Mapping::default())
    }

    #[test]
    fn a_sign_in_name_that_is_an_address_is_read_as_one() {
        let signed_in = |value: &'static str| {
            layout(&[
                &["Username", "First name", "Last name", "Mobile"],
                &[value, "Priya", "Iyer", "07700 900673"],
            ])
        };
        assert_eq!(signed_in("priya@firm.example").places(Column::Email), [0]);
        let other = signed_in("priya.iyer");
        assert!(other.places(Column::Email).is_empty());
        let alone = layout(&[
            &["Username", "Email", "Mobile"],
            &["priya.iyer", "priya@firm.example", "07700 900673"],
        ]);
        assert_eq!(alone.full_name(), None);
    }

    #[test]
    fn a_faint_name_above_serial_numbers_is_no_name() {
        for serials in [["1", "2"], ["A", "B"], ["A.", "B."], ["E01", "E-02"]] {
            for heading in ["sn", "Known as", "Member"] {
                let read = layout(&[
                    &[heading, "mail", "mobile"],
                    &[serials[0], "a@firm.example", "07700 900101"],
                    &[serials[1], "b@firm.example", "07700 900102"],
                ]);
                assert_eq!(read.headings[0].meaning, None, "{heading} {serials:?}");
            }
        }
        let read = layout(&[
            &["sn", "mail", "mobile"],
            &["Iyer", "a@firm.example", "07700 900101"],
            &["J", "b@firm.example", "07700 900102"],
        ]);
        assert_eq!(read.places(Column::LastName), [0]);
    }

    #[test]
    fn a_name_over_two_columns_is_first_and_last_name() {
        let people = |first: &'static str, last: &'static str| {
            layout(&[
                &["Name", "", "Email", "Mobile"],
                &[first, last, "a@firm.example", "07700 900101"],
            ])
        };
        let read = people("Asha", "ap Gwilym");
        assert_eq!(read.places(Column::FirstName), [0]);
        assert_eq!(read.places(Column::LastName), [1]);
        let read = people("OKAFOR", "Asha");
        assert_eq!(read.places(Column::FirstName), [1]);
        assert_eq!(read.places(Column::LastName), [0]);
        let read = people("Asha Okafor", "");
        assert_eq!(read.full_name(), Some(0));
        let read = people("Asha Okafor", "Solicitor");
        assert_eq!(read.full_name(), Some(0));
    }

    #[test]
    fn a_name_over_three_columns_is_its_senders_to_name() {
        let read = layout(&[
            &["Name", "", "", "Email"],
            &["Ms", "Asha", "Okafor", "a@firm.example"],
        ]);
        assert_eq!(read.full_name(), None);
        assert!(read.places(Column::FirstName).is_empty());
    }
}
