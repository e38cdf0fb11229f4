//! Whether two organisations are called nearly the same, so that an officer should look whether they are one.
//!
//! Left out are capitals, accents, punctuation, the form of a company and the words that half of all firms and chambers
//! have. What is left is the same, is mistyped, or is most of the other.

use std::collections::BTreeSet;

/// Words that say how an organisation is constituted.
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
/// Words that tell few organisations of the field apart.
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
/// From so many characters on, two may be mistyped instead of one.
const LONG: usize = 9;

/// Whether two names are nearly the same.
#[must_use]
pub fn nearly_same(one: &str, other: &str) -> bool {
    let (one, other) = (telling_words(one), telling_words(other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let (joined, other_joined) = (one.concat(), other.concat());
    let shorter = joined.chars().count().min(other_joined.chars().count());
    let mistyped = match shorter {
        0..=3 => 0,
        4..LONG => 1,
        _ => 2,
    };
    distance(&joined, &other_joined) <= mistyped || overlap(&one, &other)
}

/// The words of a name that tell it from others, in small letters without accents.
pub(super) fn telling_words(name: &str) -> Vec<String> {
    let plain: String = name
        .chars()
        .filter(|letter| !matches!(letter, '\'' | '’' | '‘' | '.'))
        .flat_map(|letter| without_accent(letter).to_lowercase())
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
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

/// At least two words in common, and most of those that there are.
fn overlap(one: &[String], other: &[String]) -> bool {
    let one: BTreeSet<&String> = one.iter().collect();
    let other: BTreeSet<&String> = other.iter().collect();
    let shared = one.intersection(&other).count();
    let all = one.union(&other).count();
    shared >= 2 && 3 * shared >= 2 * all
}

/// How many characters are to be put in, taken out or replaced to make one text of another.
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

/// The letter below the accents of the languages whose names are met most.
const fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'Á' | 'À' | 'Â' | 'Ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'Í' | 'Î' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'Ó' | 'Ô' | 'Ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'Ú' | 'Û' | 'Ü' => 'u',
        'ŵ' | 'Ŵ' => 'w',
        'ŷ' | 'ý' | 'Ŷ' => 'y',
        'ç' | 'Ç' => 'c',
        'ñ' | 'Ñ' => 'n',
        other => other,
    }
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
