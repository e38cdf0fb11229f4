//! Reads names from cells, without titles, jobs and remarks.
//!
//! A note tells the sender about each change. A cell that does not name exactly one person gets a
//! problem and keeps its text.

use std::borrow::Cow;

use crate::left_words::is_left_word;
use crate::spreadsheet::bare_name::{BareName, Doubt, doubt};
use crate::spreadsheet::cell_problem::{noun, problem};
use crate::spreadsheet::job_words::{
    ends_with_job_or_surname, is_job_in_first_name, is_team_over_two_columns,
};
use crate::spreadsheet::name_order::NameOrder;
use crate::spreadsheet::name_words::{HONOURS_OR_NAMES, NOBODY_FIRST};
use crate::spreadsheet::{Cell, Column, IntakeRow, LONGEST_CELL, Note, bare_name, full_name};
use crate::text::{is_invisible, tidy};

/// Reads a first or a last name from a cell of a file.
pub(super) fn read(read: &mut IntakeRow, column: Column, cell: &Cell<'_>) {
    let text = cell.text();
    let tidied = tidy(&text);
    note_on_spaces(read, column, &text, &tidied);
    let name = without_quotes(&tidied);
    note_on_quotes(read, column, &tidied, name);
    let mut bare = BareName::of(name);
    let doubt = doubt_of(name, &bare).or_else(|| doubt_in_column(read, column, &bare.name));
    if let Some(doubt) = doubt {
        add_doubt(read, column, name, doubt);
        name.clone_into(column.field_mut(&mut read.user));
        return;
    }
    if column == Column::LastName {
        take_off_jobs(&mut bare);
    }
    note_on_honour(read, column, name);
    if bare.name != name {
        let words = format!("We read “{}” as “{}”", shortened(name), bare.name);
        let note = Note::on_cell(read.row, column, "name-read-as", words);
        read.notes.push(note);
        note_on_left(read, column, bare.left());
    }
    bare.name
        .as_ref()
        .clone_into(column.field_mut(&mut read.user));
}

/// Returns the reason why a text is not a name in this column, although it may be a name elsewhere.
fn doubt_in_column(read: &IntakeRow, column: Column, name: &str) -> Option<Doubt> {
    if column == Column::FirstName {
        return doubt_of_first_name(name);
    }
    // If the first name is in capitals too, "MP" may be a surname.
    let first = &read.user.first_name;
    let is_honour = HONOURS_OR_NAMES.contains(&name)
        && !SURNAMES_LIKE_HONOURS.contains(&name)
        && first.contains(char::is_lowercase);
    let is_generation = matches!(
        name,
        "II" | "III" | "IV" | "Jr" | "Jr." | "Jnr" | "Snr" | "Sr"
    );
    (is_honour || is_generation).then_some(Doubt::Title)
}

/// Returns the reason why a surname or another word is not a first name: "Clerk", "Accounts".
fn doubt_of_first_name(name: &str) -> Option<Doubt> {
    let is_nobody = is_left_word(name)
        || NOBODY_FIRST
            .iter()
            .any(|word| word.eq_ignore_ascii_case(name));
    if is_job_in_first_name(name) {
        return Some(Doubt::Job);
    }
    is_nobody.then_some(Doubt::Nobody)
}

/// Honours that are also surnames: "Jing MA". A note asks the sender to check them.
const SURNAMES_LIKE_HONOURS: [&str; 2] = ["BA", "MA"];

/// Adds a note if the text in the column of last names may be an honour instead.
fn note_on_honour(read: &mut IntakeRow, column: Column, name: &str) {
    let first = &read.user.first_name;
    if column == Column::LastName
        && SURNAMES_LIKE_HONOURS.contains(&name)
        && first.contains(char::is_lowercase)
    {
        let words = format!("Check that “{name}” is the last name of {first} and not a degree");
        let note = Note::on_cell(read.row, column, "name-or-honour", words);
        read.notes.push(note);
    }
}

/// Reads a first or a last name that a person typed on a page. Titles and remarks stay.
pub(super) fn read_typed(read: &mut IntakeRow, column: Column, text: &str) {
    let tidied = tidy(text);
    note_on_spaces(read, column, text, &tidied);
    let name = without_quotes(&tidied);
    note_on_quotes(read, column, &tidied, name);
    name.clone_into(column.field_mut(&mut read.user));
}

/// Reads a cell with a full name, to fill in a missing first or last name. Does nothing if the row
/// has both names. `order` is the order in the heading of the column.
pub(super) fn read_full(read: &mut IntakeRow, cell: &Cell<'_>, order: NameOrder) {
    let text = cell.text();
    let whole: String = text.chars().take(LONGEST_CELL).collect();
    let whole = tidy(&whole);
    let name = without_quotes(&whole);
    let has_first = !read.user.first_name.is_empty();
    let has_last = !read.user.last_name.is_empty();
    if has_first && has_last {
        return;
    }
    let bare = BareName::of(name);
    let may_have_honour = full_name::ends_with_letters(&bare.name);
    let doubt = doubt_of(name, &bare)
        .or_else(|| may_have_honour.then_some(Doubt::Letters))
        .or_else(|| {
            let may_be_job = order == NameOrder::FirstName && ends_with_job_or_surname(&bare.name);
            may_be_job.then_some(Doubt::JobOrSurname)
        })
        .or_else(|| {
            let is_unclear = order == NameOrder::Surnames
                && full_name::has_surnames_of_unclear_length(&bare.name);
            is_unclear.then_some(Doubt::Surnames)
        });
    if let Some(doubt) = doubt {
        let column = if has_first {
            Column::LastName
        } else {
            Column::FirstName
        };
        add_doubt(read, column, name, doubt);
        name.clone_into(column.field_mut(&mut read.user));
        return;
    }
    let split = match order {
        NameOrder::FirstName => full_name::read(name),
        NameOrder::Surname | NameOrder::Surnames => full_name::read_surname_first(name),
    };
    for (column, part) in [
        (Column::FirstName, &split.first),
        (Column::LastName, &split.last),
    ] {
        let of_part = bare_name::doubt(part)
            .or_else(|| doubt_of_first_name(part).filter(|_| column == Column::FirstName));
        if let Some(found @ (Doubt::Nobody | Doubt::Number | Doubt::Job | Doubt::Lost)) = of_part {
            add_doubt(read, column, part, found);
        }
    }
    if !has_first {
        read.user.first_name = split.first;
    }
    if !has_last {
        read.user.last_name = split.last;
    }
    let words = format!(
        "We read “{whole}” as first name “{}” and last name “{}”",
        read.user.first_name, read.user.last_name
    );
    let note = Note::on_cell(read.row, Column::FirstName, "name-read-as", words);
    read.notes.push(note);
    note_on_left(read, Column::FirstName, split.left.as_deref());
}

/// Adds a problem if the two names together name a team ("IT", "Support"). Otherwise shortens a
/// first name that ends with the last name, or a last name that begins with the first name.
///
/// For example, "John Smith" beside "Smith" becomes "John".
pub(super) fn settle(read: &mut IntakeRow) {
    let user = &read.user;
    let (first, last) = (user.first_name.as_str(), user.last_name.as_str());
    if is_team_over_two_columns(first, last) {
        let whole = user.full_name();
        add_doubt(read, Column::FirstName, &whole, Doubt::Job);
        return;
    }
    let user = &read.user;
    let (first, last) = (user.first_name.as_str(), user.last_name.as_str());
    if first.is_empty() || last.is_empty() || first.len() == last.len() {
        return;
    }
    let (column, kept) = if let Some(rest) = first.strip_suffix(last) {
        (Column::FirstName, rest)
    } else if let Some(rest) = last.strip_prefix(first) {
        (Column::LastName, rest)
    } else {
        return;
    };
    // Compares whole words only: "Annable" beside "Ann" stays.
    if !kept.starts_with(' ') && !kept.ends_with(' ') {
        return;
    }
    let kept = kept.trim().to_owned();
    let words = format!("We read “{}” as “{kept}”", shortened(read.text(column)));
    let note = Note::on_cell(read.row, column, "name-read-as", words);
    read.notes.push(note);
    *column.field_mut(&mut read.user) = kept;
}

/// Removes an apostrophe that an export wrote before a name, and quotation marks around the name,
/// which are never part of it.
fn without_quotes(tidied: &str) -> &str {
    let tidied = without_text_mark(tidied);
    let mut marks = [('“', '”'), ('"', '"'), ('„', '“'), ('«', '»')].into_iter();
    let inside = marks.find_map(|(open, close)| {
        let inside = tidied.strip_prefix(open)?.strip_suffix(close)?.trim();
        (!inside.is_empty() && !inside.contains([open, close])).then_some(inside)
    });
    inside.unwrap_or(tidied)
}

/// Removes an apostrophe before a capital letter: "'Ann". It stays in names such as "'t Hooft".
fn without_text_mark(tidied: &str) -> &str {
    tidied
        .strip_prefix(['\'', '`'])
        .filter(|name| name.starts_with(char::is_uppercase) && !name.ends_with(['\'', '`']))
        .unwrap_or(tidied)
}

/// Removes the text after a comma in a last name: "Smith, Partner". A generation stays, without the
/// comma: "Smith, Jr.".
fn take_off_jobs(bare: &mut BareName<'_>) {
    let Some((name, behind)) = bare.name.split_once(',') else {
        return;
    };
    let (mut name, mut behind) = (name.trim().to_owned(), behind.trim());
    let (part, rest) = behind.split_once(',').unwrap_or((behind, ""));
    if !name.is_empty() && full_name::is_generation(part.trim()) {
        name = [&name, " ", part.trim()].concat();
        behind = rest.trim();
    }
    if !name.is_empty() {
        if !behind.is_empty() {
            bare.taken_off.push(behind.to_owned());
        }
        bare.name = Cow::Owned(name);
        bare.take_off_honours();
    }
}

/// Returns the reason why a text is not the name of one person; `None` if it may be a name.
///
/// In a remark beside the name, a number, an email address, several people, a lone bracket, a lost
/// letter or the word "Leaver" is no reason: "Ann Lee (she/her)". Other reasons apply to the whole
/// text. The name without its remarks is checked as well: "TBC (London)".
fn doubt_of(whole: &str, bare: &BareName<'_>) -> Option<Doubt> {
    if !bare.is_changed() {
        return doubt(whole);
    }
    let beside = |found: &Doubt| {
        matches!(
            found,
            Doubt::Number
                | Doubt::Email
                | Doubt::Several
                | Doubt::Bracket
                | Doubt::Lost
                | Doubt::Leaver
        )
    };
    doubt(whole)
        .filter(|found| !beside(found))
        .or_else(|| doubt(&bare.with_titles))
        .or_else(|| doubt(&bare.name))
}

fn add_doubt(read: &mut IntakeRow, column: Column, text: &str, doubt: Doubt) {
    let (code, why) = match doubt {
        Doubt::Nobody => ("name-nobody", "is not a name"),
        Doubt::Number => ("name-number", "is a number"),
        Doubt::Email => ("name-email", "is an email address"),
        Doubt::Several => ("name-several", "names more than one person"),
        Doubt::Title => ("name-title", "is a title or an honour"),
        Doubt::Job => ("name-job", "is a job or a team"),
        Doubt::Lost => (
            "name-letter-lost",
            "has a question mark or a digit in the place of a letter",
        ),
        Doubt::Surnames => ("name-surnames", "may begin with one surname or two"),
        Doubt::Leaver => (
            "name-leaver",
            "ends with a word which may say that the person has left",
        ),
        Doubt::JobOrSurname => (
            "name-job-or-surname",
            "ends with a word that may be a job or the surname",
        ),
        Doubt::Markup => ("name-markup", "has signs of a web page"),
        Doubt::Bracket => ("name-bracket", "has a bracket without its counterpart"),
        Doubt::Letters => ("name-letters", "ends with letters that may not be a name"),
    };
    let words = format!(
        "Enter the {} of one person: “{}” {why}",
        noun(column),
        shortened(text)
    );
    if !read.faults.iter().any(|fault| fault.field == column.key()) {
        read.faults.push(problem(column, code, words));
    }
}

fn note_on_left(read: &mut IntakeRow, column: Column, left: Option<&str>) {
    if let Some(left) = left {
        let words = format!(
            "The file says “{}” beside this name: leave the row out if the person needs no account",
            shortened(left)
        );
        let note = Note::on_cell(read.row, column, "name-left", words);
        read.notes.push(note);
    }
}

fn note_on_quotes(read: &mut IntakeRow, column: Column, tidied: &str, name: &str) {
    if name != tidied {
        let words = if without_text_mark(tidied) == tidied {
            format!(
                "We took the quotation marks from around the {}",
                noun(column)
            )
        } else {
            format!("We took the apostrophe from before the {}", noun(column))
        };
        let note = Note::on_cell(read.row, column, "quotes-removed", words);
        read.notes.push(note);
    }
}

fn note_on_spaces(read: &mut IntakeRow, column: Column, text: &str, tidied: &str) {
    if text.trim_matches(' ') == tidied {
        return;
    }
    let hidden = text
        .chars()
        .any(|letter| is_invisible(letter) || (letter.is_whitespace() && letter != ' '));
    let words = if text.trim().contains(['\n', '\r']) {
        format!("We read the line break in the {} as a space", noun(column))
    } else if hidden {
        format!("We took hidden characters out of the {}", noun(column))
    } else {
        format!("We took spaces out of the {}", noun(column))
    };
    let note = Note::on_cell(read.row, column, "spaces-removed", words);
    read.notes.push(note);
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubt_is_about_the_name_and_not_about_its_remarks() {
        for (text, expected) in [
            ("Ann Lee (she/her)", None),
            ("Ann Lee she/her", None),
            ("Bob (he/him/his)", None),
            ("Bob he/him", None),
            ("Lee [they/them]", None),
            ("Lee, Ann (she/her)", None),
            ("Ann Lee (Director of Counseling & Guidance)", None),
            ("Ann Lee (Crime/Fraud)", None),
            ("Ann Lee - Crime & Fraud", None),
            ("Ravi s/o Kumar (he/him)", None),
            ("she/her", Some(Doubt::Several)),
            ("Mr & Mrs Smith (she/her)", Some(Doubt::Several)),
            ("Mr & Mrs Smith", Some(Doubt::Several)),
            ("John (Partner) and Jane (Clerk)", Some(Doubt::Several)),
            ("John/Jane (Partners)", Some(Doubt::Several)),
            ("John and Jane - Partners", Some(Doubt::Several)),
            ("Ann Lee; Bob Roe (Partners)", Some(Doubt::Several)),
            ("(Ann Lee)", None),
            ("(Ann Lee", Some(Doubt::Bracket)),
            ("Ann (Nan)) Lee", Some(Doubt::Bracket)),
            ("Ann Lee (Partner", None),
            ("TBC (London)", Some(Doubt::Nobody)),
            ("Mr (London)", Some(Doubt::Title)),
        ] {
            assert_eq!(doubt_of(text, &BareName::of(text)), expected, "{text}");
        }
    }
}
