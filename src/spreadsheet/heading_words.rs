//! The significant words of a heading, without "What is the user's", "work", "required" or a
//! number.
//!
//! People and forms wrap the name of a column in a question or an instruction. Words that say
//! nothing about the column are dropped. A word that changes the meaning, such as "manager", stays.

use crate::spreadsheet::trust::Trust;
use crate::spreadsheet::{Column, Meaning};

/// Finds the meaning of a heading by its significant words; `None` if no word can be dropped, if
/// the other words have no known meaning, or if the heading has more than [`MAX_WORDS`] words.
///
/// A number above 1 is accepted only in headings for email addresses and mobile numbers.
pub(super) fn meaning(
    heading: &str,
    meaning_of: impl Fn(&str) -> Option<(Meaning, Trust)>,
) -> Option<(Meaning, Trust)> {
    let mut words = words(heading);
    if words.len() > MAX_WORDS {
        return None;
    }
    let number = number_of(&mut words);
    let before = words.len();
    drop_type(&mut words);
    words.retain(|word| !EMPTY.contains(&word.as_str()));
    let of_person = words.iter().any(|word| is_person(word));
    words.retain(|word| !is_person(word));
    if of_person && matches!(words.as_slice(), [only] if OF_LIST.contains(&only.as_str())) {
        return None;
    }
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

/// Splits a heading into its name and a remark, which may be empty.
///
/// The remark follows the first bracket, colon, line end or dash. A hyphen counts only between
/// spaces. Returns `None` if the heading has no such sign, or no name before it.
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

/// Whether a remark says that the column does not hold what its heading names: a column "Phone
/// (type)" holds types, not numbers.
pub(super) fn is_other_thing(remark: &str) -> bool {
    let words = words(remark);
    matches!(words.as_slice(), [only] if OTHER_THINGS.contains(&only.as_str()))
}

/// Whether no word of a heading describes the content of its column: "User details".
pub(super) fn says_nothing(heading: &str) -> bool {
    let words = words(heading);
    let says_nothing = |word: &String| {
        let word = word.as_str();
        EMPTY.contains(&word)
            || NARROWING.contains(&word)
            || is_person(word)
            || matches!(word, "details" | "name")
    };
    words.iter().all(says_nothing)
}

/// Whether a word is one of [`PEOPLE`], in the singular or plural: "Delegate", "Interns".
fn is_person(word: &str) -> bool {
    PEOPLE.contains(&word)
        || word
            .strip_suffix('s')
            .is_some_and(|one| PEOPLE.contains(&one))
}

/// Whether a table may have two columns with this meaning. The second column is read in rows in
/// which the first column has no plausible value.
const fn can_be_second(meaning: Meaning) -> bool {
    matches!(meaning, Meaning::Column(Column::Email | Column::Mobile))
}

/// The maximum number of words of a heading; a longer text is a sentence.
const MAX_WORDS: usize = 14;

/// Splits a heading into lower-case words, also before a capital inside a word: `mobilePhone`.
pub(super) fn words(heading: &str) -> Vec<String> {
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

/// Removes a number below 10 from the words of a heading and returns it: 2 in "Phone 2 - Value" and
/// in `phone2`. Returns `None` if there is no such number.
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

/// Removes the verb "type" from the words of an instruction: "Please type your email". The noun
/// stays: "Email type", "Type of user".
fn drop_type(words: &mut Vec<String>) {
    let at = usize::from(words.first().is_some_and(|first| first == "please"));
    let is = |at: usize, sought: &[&str]| {
        words
            .get(at)
            .is_some_and(|word| sought.contains(&word.as_str()))
    };
    if is(at, &["type"]) && is(at + 1, &["in", "the", "their", "your"]) {
        words.remove(at);
    }
}

/// Words that say nothing about a column.
const EMPTY: [&str; 112] = [
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
    "confirm",
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
    "leave",
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
    "share",
    "she",
    "should",
    "signin",
    "sms",
    "specify",
    "staff",
    "state",
    "supply",
    "text",
    "texts",
    "the",
    "their",
    "them",
    "they",
    "this",
    "tick",
    "to",
    "us",
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
    "with",
    "you",
    "your",
];

/// Words that people use for the users in a list. A word for somebody who may not be a user, such
/// as "client", "debtor", "parent" or "manager", is not listed.
const PEOPLE: [&str; 13] = [
    "applicant",
    "associate",
    "attendee",
    "candidate",
    "councillor",
    "delegate",
    "intern",
    "member",
    "nominee",
    "participant",
    "partner",
    "pupil",
    "trainee",
];

/// Words that lose their meaning beside a word for people: a "Candidate number" is not a telephone
/// number, and a "Member type" is not a role.
const OF_LIST: [&str; 3] = ["group", "number", "type"];

/// Words that narrow the meaning of a column, such as "main". These words can be dropped, but
/// another column may then have the same meaning.
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

/// Remarks which say that a column does not hold what its heading names; see [`is_other_thing`].
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
        for word in EMPTY
            .iter()
            .chain(&PEOPLE)
            .chain(&NARROWING)
            .chain(&OTHER_THINGS)
        {
            assert!(seen.insert(*word), "{word}");
            assert_eq!(normalised(word), *word);
        }
    }
}
