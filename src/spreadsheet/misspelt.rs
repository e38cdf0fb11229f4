//! Recognises headings with a misspelt word: "Emial", "Frist name".

use crate::spreadsheet::heading::recognised;
use crate::spreadsheet::heading_words::words;
use crate::spreadsheet::trust::Trust;
use crate::spreadsheet::{Column, Layout, Mapping, Meaning, normalised};

/// Gives each misspelt heading its meaning, if the table would otherwise lack the column.
pub(super) fn settle(layout: &mut Layout, mapping: &Mapping) {
    for at in 0..layout.headings.len() {
        let Some(heading) = layout.headings.get(at) else {
            return;
        };
        if heading.meaning.is_some() {
            continue;
        }
        let found = column(&heading.text, mapping);
        let Some(column) = found.filter(|column| layout.missing(mapping).contains(column)) else {
            continue;
        };
        if let Some(heading) = layout.headings.get_mut(at) {
            heading.meaning = Some(Meaning::Column(column));
        }
    }
}

/// Finds the column that an unknown heading means after its misspelt words are corrected. Returns
/// `None` if the heading is known or too long, if a person chose its meaning, or if the meaning of
/// the corrected words is not sure.
pub(super) fn column(heading: &str, mapping: &Mapping) -> Option<Column> {
    if heading.len() > LONGEST
        || recognised(heading, mapping).is_some()
        || mapping.meant(&normalised(heading)).is_some()
    {
        return None;
    }
    let corrected: Vec<String> = words(heading)
        .into_iter()
        .map(|word| {
            let own = WORDS.iter().find(|own| is_slip(&word, own));
            own.map_or(word, |own| (*own).to_owned())
        })
        .collect();
    match recognised(&corrected.join(" "), &Mapping::default())? {
        (Meaning::Column(column), trust) if trust >= Trust::Sure => Some(column),
        _ => None,
    }
}

/// The maximum length of a heading that is corrected, in bytes.
const LONGEST: usize = 60;

/// The words whose misspellings are corrected.
const WORDS: [&str; 11] = [
    "address",
    "administrator",
    "email",
    "family",
    "first",
    "forename",
    "mobile",
    "number",
    "organisation",
    "surname",
    "telephone",
];

/// Whether a word of at least five letters is another word with one typing error: a letter is
/// missing, added or wrong, or two neighbouring letters are swapped.
fn is_slip(word: &str, other: &str) -> bool {
    let (word, other): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    if word.len() < 5 || word == other || word.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = word.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (word, other) = (&word[same..], &other[same..]);
    match (word, other) {
        ([a, b, word @ ..], [c, d, other @ ..]) if a == d && b == c && word == other => true,
        ([_, rest @ ..], _) if rest == other => true,
        (_, [_, rest @ ..]) if rest == word => true,
        ([_, word @ ..], [_, other @ ..]) => word == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_with_one_slip_in_a_word_is_understood() {
        for (heading, expected) in [
            ("E-MAIL ADRESS", Some(Column::Email)),
            ("Emial", Some(Column::Email)),
            ("Frist name", Some(Column::FirstName)),
            ("Sirname", Some(Column::LastName)),
            ("Moblie number", Some(Column::Mobile)),
            ("Organisation administrater", Some(Column::Administrator)),
            ("Surname", None),
            ("Numbers", None),
            ("Adress", None),
            ("Home emial", None),
            ("Organisation", None),
            ("Administration", None),
            ("Lats name", None),
        ] {
            assert_eq!(column(heading, &Mapping::default()), expected, "{heading}");
        }
    }
}
