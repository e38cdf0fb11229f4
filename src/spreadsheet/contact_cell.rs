//! Reads email addresses and mobile numbers from cells, even if a cell also has other words: "M
//! 07700 900123 T 01632 960001", "E: ann@firm.example (work)".

use crate::identifiers::{E164, Email, Mobile};
use crate::left_words::says_out_of_use;
use crate::spreadsheet::cell_problem::problem;
use crate::spreadsheet::{Cell, Column, IntakeRow, Note};
use crate::text::tidy;

/// Reads the email address in a cell and stores it in the row; stores the tidied text if no single
/// address is found.
pub(super) fn read_email(read: &mut IntakeRow, cell: &Cell<'_>) {
    let text = cell.text();
    let typed = tidy(&text);
    // The untidied text is checked first, because tidying makes a no-break space an ordinary space.
    let whole = Email::check(&text).ok();
    let bare = typed.trim_matches(|letter: char| !letter.is_alphanumeric());
    let address = whole
        .or_else(|| Email::check(bare).ok())
        .or_else(|| Email::check(only_address(&typed)?).ok());
    let Some(address) = address else {
        read.user.email = typed.into_owned();
        return;
    };
    if address.as_ref() != typed.as_ref() && are_words_out_of_use(&typed) {
        let fault = problem(Column::Email, "email-out-of-use", Email::OUT_OF_USE);
        read.faults.push(fault);
        read.user.email = typed.into_owned();
        return;
    }
    if address.as_ref() != typed.as_ref() {
        let words = format!("We read “{typed}” as {address}");
        let note = Note::on_cell(read.row, Column::Email, "email-read-as", words);
        read.notes.push(note);
    }
    read.user.email = address.into_owned();
}

/// Whether the words beside the addresses in a text say that an address is no longer in use.
fn are_words_out_of_use(typed: &str) -> bool {
    // The words before angle brackets are a name, not a remark: "Peter Leaver
    // <peter@firm.example>".
    let behind = typed.rsplit_once('>').map_or(typed, |(_, behind)| behind);
    let words = behind.split(' ').filter(|word| !word.contains('@'));
    says_out_of_use(&words.collect::<Vec<_>>().join(" "))
}

/// Returns the only email address in a text; `None` if there is none or there are several different
/// ones.
fn only_address(typed: &str) -> Option<&str> {
    let is_around = |letter: char| {
        letter.is_whitespace()
            || matches!(
                letter,
                '(' | ')'
                    | '<'
                    | '>'
                    | '['
                    | ']'
                    | '"'
                    | '“'
                    | '”'
                    | '„'
                    | '«'
                    | '»'
                    | ','
                    | ';'
                    | ':'
                    | '|'
            )
    };
    let bare = |word: &'_ str| -> Option<(usize, usize)> {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let at = word.find('@')?;
        (at > 0 && at + 1 < word.len()).then_some((at, word.len()))
    };
    let mut addresses = typed
        .split(is_around)
        .filter(|word| bare(word).is_some())
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
    let first = addresses.next()?;
    addresses
        .all(|other| other.eq_ignore_ascii_case(first))
        .then_some(first)
}

/// Reads the mobile number in a cell and stores it in the row; stores the tidied text if the cell
/// has no mobile number or several.
pub(super) fn read_mobile(read: &mut IntakeRow, cell: &Cell<'_>) {
    let text = cell.text();
    let typed = tidy(&text);
    let familiar = |typed: &str| matches!(typed.bytes().next(), Some(b'0' | b'+' | b'('));
    match Mobile::check(&typed) {
        Ok(number) if !familiar(&typed) => {
            let read_as = number.national();
            if read_as != typed {
                let words = format!("We read {typed} as {read_as}");
                let note = Note::on_cell(read.row, Column::Mobile, "mobile-read-as", words);
                read.notes.push(note);
            }
            read.user.mobile = read_as;
        }
        Ok(_) => {
            let bare = Mobile::bare(&typed);
            if bare != typed {
                let words = format!("We read “{typed}” as {bare}");
                let note = Note::on_cell(read.row, Column::Mobile, "mobile-read-as", words);
                read.notes.push(note);
            }
            read.user.mobile = bare.into_owned();
        }
        Err(_) => read_mobile_among_words(read, &text, typed.into_owned()),
    }
}

/// Reads the mobile number in a cell that also has a landline, an extension or words.
///
/// If the cell has several mobile numbers, adds a problem that asks the sender for only one number.
fn read_mobile_among_words(read: &mut IntakeRow, text: &str, typed: String) {
    let mut mobiles: Vec<E164> = Vec::new();
    for number in numbers(text) {
        if let Ok(mobile) = Mobile::check(&number)
            && !mobiles.contains(&mobile)
        {
            mobiles.push(mobile);
        }
    }
    match mobiles.as_slice() {
        [] => {}
        [_] if says_out_of_use(&typed) => {
            let fault = problem(Column::Mobile, "mobile-out-of-use", Mobile::OUT_OF_USE);
            read.faults.push(fault);
        }
        [mobile] => {
            read.user.mobile = mobile.national();
            let words = format!("We read “{typed}” as {}", read.user.mobile);
            let note = Note::on_cell(read.row, Column::Mobile, "mobile-read-as", words);
            read.notes.push(note);
            return;
        }
        _ => {
            let words = "Enter only one mobile number, like 07700 900 982";
            read.faults
                .push(problem(Column::Mobile, "mobile-two", words));
        }
    }
    read.user.mobile = typed;
}

/// Returns the telephone numbers with at least [`FEWEST_DIGITS`] digits in a text.
///
/// A number that touches a letter is skipped, because the letter may stand for a digit. If only a
/// space separates two numbers, the second begins at its zero or plus sign.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    let mut run = String::new();
    let mut touched = false;
    let mut before = ' ';
    for letter in text.chars().chain(['\n']) {
        let belongs = letter.is_ascii_digit()
            || matches!(
                letter,
                '+' | '.' | '(' | ')' | '-' | '\u{2010}'..='\u{2015}' | '\u{a0}' | ' ' | '\t'
            );
        if belongs {
            if letter.is_ascii_digit() && before.is_alphabetic() {
                touched = true;
            }
            run.push(letter);
        } else {
            // A letter after the last digit rules the number out.
            if before.is_ascii_digit() && letter.is_alphabetic() {
                touched = true;
            }
            end_run(&mut run, touched, &mut numbers);
            touched = false;
        }
        before = letter;
    }
    numbers
}

/// Splits a run of digits and signs into numbers, adds the numbers with enough digits to `numbers`,
/// and clears the run. A run that touched a letter adds none.
fn end_run(run: &mut String, touched: bool, numbers: &mut Vec<String>) {
    let digits_of = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    if !touched {
        let mut number = String::new();
        for part in run.split([' ', '\t', '\u{a0}']) {
            let part = part.trim_matches(|letter: char| {
                !(letter.is_ascii_digit() || matches!(letter, '+' | '(' | ')'))
            });
            let begins = part.trim_start_matches('(').starts_with(['0', '+']);
            if begins && digits_of(&number) >= fewest_digits(&number) {
                numbers.push(std::mem::take(&mut number));
            }
            if !part.is_empty() {
                if !number.is_empty() {
                    number.push(' ');
                }
                number.push_str(part);
            }
        }
        numbers.push(number);
    }
    run.clear();
    numbers.retain(|number| digits_of(number) >= FEWEST_DIGITS);
}

/// Returns the minimum number of digits of a complete telephone number that begins like `number`.
fn fewest_digits(number: &str) -> usize {
    if number.starts_with("00") {
        FEWEST_DIGITS + 3
    } else if number.contains('+') {
        FEWEST_DIGITS + 1
    } else {
        FEWEST_DIGITS
    }
}

/// The minimum number of digits of a complete telephone number.
const FEWEST_DIGITS: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_among_words() {
        for (text, found) in [
            ("07700 900123", &["07700 900123"][..]),
            ("07700 900123 ext 12", &["07700 900123"]),
            (
                "M 07700900128 T 01632960001",
                &["07700900128", "01632960001"],
            ),
            ("07700900144 07700900145", &["07700900144", "07700900145"]),
            (
                "07700 900 144 +44 7700 900145",
                &["07700 900 144", "+44 7700 900145"],
            ),
            (
                "07700 900126\n01632 960002",
                &["07700 900126", "01632 960002"],
            ),
            ("07700 900132 - not Fridays", &["07700 900132"]),
            (
                "07700 900140 & 01632 960003",
                &["07700 900140", "01632 960003"],
            ),
            ("tel:+447700900142", &["+447700900142"]),
            ("O7700 900673", &[]),
            ("07700 900abc", &[]),
            ("07700 9OO146", &[]),
            ("12 34", &[]),
        ] {
            assert_eq!(numbers(text), found, "{text}");
        }
    }

    #[test]
    fn the_only_address_among_words_is_found() {
        for (text, address) in [
            ("ann@firm.example (work)", Some("ann@firm.example")),
            ("E: ann@firm.example", Some("ann@firm.example")),
            ("\"ann@firm.example\"", Some("ann@firm.example")),
            (
                "work ann@firm.example ANN@firm.example",
                Some("ann@firm.example"),
            ),
            ("ann@firm.example; bob@firm.example", None),
            ("ann @ firm.example", None),
            ("ann", None),
        ] {
            assert_eq!(only_address(text), address, "{text}");
        }
    }
}
