//! Compares the names of two organisations. If the names are nearly the same, an officer should
//! check whether both are the same organisation.
//!
//! The comparison ignores capitals, accents, punctuation, the legal form and words that many firms
//! and chambers share. Two names are nearly the same if the remaining words are equal, differ by
//! one or two typing errors, or mostly overlap.

use std::collections::BTreeSet;

use unicode_normalization::char::is_combining_mark;

use super::accents::push_without_accents;
use crate::identifiers::OrganisationName;

/// Words of an organisation's legal form, and two small words that names often leave out.
const FORMS: [&str; 13] = [
    "ltd",
    "limited",
    "llp",
    "lp",
    "plc",
    "co",
    "company",
    "and",
    "the",
    "partnership",
    "cyf",
    "cyfyngedig",
    "inc",
];
/// Words that are common in the names of law firms and chambers, and so do not distinguish two
/// names.
const COMMON: [&str; 12] = [
    "solicitors",
    "solicitor",
    "law",
    "legal",
    "lawyers",
    "chambers",
    "chamber",
    "barristers",
    "barrister",
    "advocates",
    "associates",
    "services",
];
/// Names of at least this length, in characters, may differ by two typing errors instead of one.
const LONG: usize = 9;

/// Whether two names of organisations are nearly the same; `false` if a name has no words except
/// those in `FORMS`.
#[must_use]
pub fn nearly_same(one: &str, other: &str) -> bool {
    let (one, other) = (distinctive_words(one), distinctive_words(other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let (joined, other_joined) = (one.concat(), other.concat());
    let lengths = [&joined, &other_joined].map(|name| name.chars().count());
    let shorter = lengths[0].min(lengths[1]);
    let mistyped = match shorter {
        0..=3 => 0,
        4..LONG => 1,
        _ => 2,
    };
    let may_be_mistyped = lengths[0].abs_diff(lengths[1]) <= mistyped;
    (may_be_mistyped && distance(&joined, &other_joined) <= mistyped) || overlap(&one, &other)
}

/// Returns the distinctive words of a name, in lower case and without accents.
///
/// If no word is distinctive, returns all words except those in `FORMS`.
pub(super) fn distinctive_words(name: &str) -> Vec<String> {
    let letters = name
        .chars()
        .take(OrganisationName::LIMIT)
        .filter(|letter| !matches!(letter, '\'' | '’' | '‘' | '.'))
        .flat_map(char::to_lowercase);
    let mut plain = String::new();
    for letter in letters {
        if letter.is_alphanumeric() {
            push_without_accents(letter, &mut plain);
        } else if !is_combining_mark(letter) {
            plain.push(' ');
        }
    }
    let words = || {
        plain
            .split_whitespace()
            .filter(|word| !FORMS.contains(word))
    };
    let telling: Vec<String> = words()
        .filter(|word| !COMMON.contains(word))
        .map(str::to_owned)
        .collect();
    if telling.is_empty() {
        words().map(str::to_owned).collect()
    } else {
        telling
    }
}

/// Whether two names share at least two words, and the shared words are at least two thirds of all
/// different words of the two names together.
fn overlap(one: &[String], other: &[String]) -> bool {
    let one: BTreeSet<&String> = one.iter().collect();
    let other: BTreeSet<&String> = other.iter().collect();
    let shared = one.intersection(&other).count();
    let all = one.union(&other).count();
    shared >= 2 && 3 * shared >= 2 * all
}

/// Returns the edit distance of two texts: insertions, deletions and replacements of characters.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = place + 1;
        for (at, against) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *against);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_nearly_the_same_or_not() {
        let cases = [
            ("Hartwell Crane & Co LLP", "HARTWELL CRANE LIMITED", true),
            ("Hartwell Crane", "Hartwel Crane Solicitors Ltd", true),
            ("Hartwell-Crane", "Hartwell and Crane", true),
            ("O’Dowd Law", "ODowd Solicitors", true),
            ("O'Dowd", "O’Dowd & Co.", true),
            ("Cyfreithwyr Tŵr Gwyn Cyf", "Cyfreithwyr Twr Gwyn", true),
            ("ÒÌ", "òì", true),
            ("ØÅÙ", "oau", true),
            ("Sio\u{302}n Løw", "SION LOW", true),
            ("5 Assize Chambers", "5 Assize Court Chambers", true),
            ("Crane Hartwell Moss", "Hartwell Crane Moss LLP", true),
            ("Hartwell Crane", "Hartwell Stone", false),
            ("Hartwell", "Cartwright", false),
            ("5 Assize Chambers", "9 Bridge Chambers", false),
            ("Legal Services Ltd", "Law Chambers Ltd", false),
            ("The Law Company", "Law Company Ltd", true),
            ("Bo", "Bi", false),
            ("Moss & Co", "Moss LLP", true),
            ("Moss LLP", "Ross LLP", true),
            ("Ltd", "Limited", false),
            ("", "Hartwell", false),
            ("&&&", "!!!", false),
        ];
        for (one, other, expected) in cases {
            assert_eq!(nearly_same(one, other), expected, "{one} | {other}");
            assert_eq!(nearly_same(other, one), expected, "{other} | {one}");
        }
    }

    proptest! {
        #[test]
        fn any_two_names_can_be_compared_and_each_way_alike(one in ".{0,80}", other in ".{0,80}") {
            prop_assert_eq!(nearly_same(&one, &other), nearly_same(&other, &one));
        }
    }
}
