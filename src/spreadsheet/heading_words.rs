//! The words of a heading that matter: without "What is the user's", "work", "required", a number.
//!
//! People and forms wrap the name of a column in a question or in an instruction. Words that say
//! nothing about the column are dropped; a word that makes it another column ("manager") stays.

use crate::spreadsheet::heading::Trust;
use crate::spreadsheet::{Column, Meaning};

/// Finds the meaning of a heading by its words, without those that say nothing.
pub(super) fn meaning(
    heading: &str,
    meaning_of: impl Fn(&str) -> Option<(Meaning, Trust)>,
) -> Option<(Meaning, Trust)> {
    let mut words = words(heading);
    if words.len() > MOST_WORDS {
        return None;
    }
    let number = number_of(&mut words);
    let before = words.len();
    words.retain(|word| !EMPTY.contains(&word.as_str()));
    let emptied = words.len();
    words.retain(|word| !NARROWING.contains(&word.as_str()));
    if words.is_empty() || (before == words.len() && number.is_none()) {
        return None;
    }
    let (meaning, trust) = meaning_of(&words.concat())?;
    let trust = if words.len() < emptied {
        trust.min(Trust::Sure)
    } else {
        trust
    };
    match number {
        None | Some(1) => Some((meaning, trust)),
        Some(_) if !can_be_second(meaning) => None,
        Some(_) if trust >= Trust::Sure => Some((meaning, Trust::Spare)),
        Some(_) => Some((meaning, Trust::Last)),
    }
}

/// Splits a heading at a bracket, a colon, a line end or a dash between spaces; returns what stands
/// before it and the remark. `None` if it has no remark.
pub(super) fn parts(heading: &str) -> Option<(&str, &str)> {
    let dash = [" - ", " – ", " — "]
        .iter()
        .filter_map(|dash| heading.find(dash).map(|at| (at, dash.len())));
    let sign = heading
        .char_indices()
        .find(|(_, letter)| matches!(letter, '(' | '[' | ':' | '\n' | '\r' | '–' | '—'))
        .map(|(at, letter)| (at, letter.len_utf8()));
    let (at, length) = dash.chain(sign).min()?;
    let (bare, rest) = heading.split_at(at);
    let rest = rest.get(length..).unwrap_or_default();
    let remark = rest.split([')', ']']).next().unwrap_or_default();
    (!bare.trim().is_empty()).then_some((bare.trim(), remark.trim()))
}

/// Whether a remark makes the column another thing: "E-mail 1 - Label", "Phone (type)".
pub(super) fn is_other_thing(remark: &str) -> bool {
    let words = words(remark);
    matches!(words.as_slice(), [only] if OTHER_THINGS.contains(&only.as_str()))
}

/// Whether a heading has no word that says what its column holds: "User details".
pub(super) fn says_nothing(heading: &str) -> bool {
    let words = words(heading);
    let says_nothing = |word: &String| {
        let word = word.as_str();
        EMPTY.contains(&word) || NARROWING.contains(&word) || matches!(word, "details" | "name")
    };
    words.iter().all(says_nothing)
}

/// Whether a row can have two columns of this kind, of which the second is read if the first does
/// not help.
const fn can_be_second(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Column(Column::Email | Column::Mobile))
}

/// The most words of a heading; a longer one is a sentence.
const MOST_WORDS: usize = 14;

/// Splits a heading into words in small letters, also at a capital inside: `mobilePhone`.
fn words(heading: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for letter in heading.chars() {
        let inside = before.is_lowercase() && letter.is_uppercase();
        if (inside || !letter.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Takes the number of a heading out of its words: 2 in "Phone 2 - Value" and in `phone2`.
fn number_of(words: &mut Vec<String>) -> Option<u32> {
    let digits = |word: &str| word.parse::<u32>().ok().filter(|number| *number < 10);
    if let Some(at) = words.iter().position(|word| digits(word).is_some()) {
        return digits(&words.remove(at));
    }
    let last = words.last_mut()?;
    let bare = last.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = last.get(bare.len()..).and_then(digits)?;
    if bare.is_empty() {
        return None;
    }
    *last = bare.to_owned();
    Some(number)
}

/// Words that say nothing about a column.
const EMPTY: [&str; 106] = [
    "a",
    "access",
    "activation",
    "add",
    "all",
    "an",
    "and",
    "applicable",
    "are",
    "be",
    "c",
    "can",
    "choose",
    "code",
    "codes",
    "colleague",
    "common",
    "compulsory",
    "cp",
    "cpp",
    "current",
    "do",
    "does",
    "each",
    "employee",
    "employees",
    "enter",
    "field",
    "fill",
    "for",
    "from",
    "full",
    "give",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "i",
    "if",
    "in",
    "indicate",
    "insert",
    "is",
    "it",
    "legal",
    "link",
    "list",
    "login",
    "mandatory",
    "may",
    "me",
    "mfa",
    "must",
    "my",
    "n",
    "need",
    "needed",
    "needs",
    "new",
    "of",
    "on",
    "one",
    "optional",
    "or",
    "person",
    "platform",
    "please",
    "proposed",
    "provide",
    "required",
    "requires",
    "s",
    "security",
    "select",
    "she",
    "should",
    "signin",
    "sms",
    "specify",
    "staff",
    "state",
    "text",
    "texts",
    "the",
    "their",
    "them",
    "they",
    "this",
    "tick",
    "to",
    "user",
    "users",
    "value",
    "values",
    "we",
    "what",
    "whats",
    "when",
    "where",
    "which",
    "who",
    "will",
    "you",
    "your",
];

/// Words that narrow a column down and can be left out: it may stand beside another of its kind.
const NARROWING: [&str; 8] = [
    "business",
    "contact",
    "main",
    "official",
    "primary",
    "professional",
    "valid",
    "work",
];

/// Remarks that make a column another thing than what stands before them.
const OTHER_THINGS: [&str; 16] = [
    "category",
    "count",
    "date",
    "domain",
    "kind",
    "label",
    "prefix",
    "preference",
    "status",
    "suffix",
    "type",
    "types",
    "verified",
    "initial",
    "initials",
    "phonetic",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spreadsheet::normalised;

    #[test]
    fn a_heading_is_split_into_words_where_people_and_programs_split_them() {
        for (heading, expected) in [
            ("What is the user’s e-mail?", "what is the user s e mail"),
            ("mobilePhone", "mobile phone"),
            ("name.givenName", "name given name"),
            ("UPN", "upn"),
            ("", ""),
        ] {
            assert_eq!(words(heading).join(" "), expected);
        }
    }

    #[test]
    fn a_remark_begins_at_a_bracket_a_colon_or_a_dash() {
        for (heading, parts_of_it) in [
            ("Email (work)", Some(("Email", "work"))),
            ("Mobile: for codes", Some(("Mobile", "for codes"))),
            ("Role – choose one", Some(("Role", "choose one"))),
            ("E-mail", None),
            ("(2) Surname", None),
        ] {
            assert_eq!(parts(heading), parts_of_it, "{heading}");
        }
    }

    #[test]
    fn the_lists_hold_each_word_once_and_as_words_are_compared() {
        let mut seen = std::collections::HashSet::new();
        for word in EMPTY.iter().chain(&NARROWING).chain(&OTHER_THINGS) {
            assert!(seen.insert(*word), "{word}");
            assert_eq!(normalised(word), *word);
        }
    }
}
