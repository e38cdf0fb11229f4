//! Splits a full name in one cell: "Crane, Harriet", "Ms Harriet Crane", "Ludwig van Beethoven".
//!
//! The result is a guess, so the person who sent the file is always told how the name was read.

use crate::text::tidy;

/// Splits a name into first and last name.
///
/// A single word is a last name; a missing part is empty.
pub(super) fn split(whole: &str) -> (String, String) {
    let whole = tidy(whole);
    let whole = without_honours(&whole);
    if let Some((last, first)) = whole.split_once(',') {
        let first = without_title(first.trim());
        return (first.to_owned(), last.trim().to_owned());
    }
    let name = without_title(whole);
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() < 2 {
        return (String::new(), name.to_owned());
    }
    let last_from = words
        .iter()
        .enumerate()
        .skip(1)
        .find(|(_, word)| is_particle(word))
        .map_or(words.len() - 1, |(place, _)| place);
    (words[..last_from].join(" "), words[last_from..].join(" "))
}

/// Removes honours from the end of a name: "Harriet Crane KC" becomes "Harriet Crane".
fn without_honours(name: &str) -> &str {
    let mut name = name;
    while let Some((rest, last)) = name.rsplit_once([' ', ',']) {
        let bare: String = last.chars().filter(|letter| *letter != '.').collect();
        if !HONOURS.contains(&bare.as_str()) {
            break;
        }
        name = rest.trim_end_matches([' ', ',']);
    }
    name
}

/// Honours in their usual case; in any other they could be names.
const HONOURS: [&str; 9] = ["KC", "QC", "OBE", "MBE", "CBE", "JP", "Esq", "LLB", "LLM"];

fn without_title(name: &str) -> &str {
    let Some((title, rest)) = name.split_once(' ') else {
        return name;
    };
    let bare = title.trim_end_matches('.').to_lowercase();
    if TITLES.contains(&bare.as_str()) {
        rest.trim()
    } else {
        name
    }
}

const TITLES: [&str; 14] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "rev",
    "hon",
];

fn is_particle(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "van"
            | "von"
            | "der"
            | "den"
            | "de"
            | "da"
            | "di"
            | "du"
            | "la"
            | "le"
            | "al"
            | "bin"
            | "ibn"
            | "ap"
            | "ab"
            | "st"
            | "st."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_apart_as_a_colleague_would() {
        for (whole, first, last) in [
            ("Harriet Crane", "Harriet", "Crane"),
            ("Crane, Harriet", "Harriet", "Crane"),
            ("Crane, Ms Harriet", "Harriet", "Crane"),
            ("Mr. J Smith", "J", "Smith"),
            ("Mary Ann Smith", "Mary Ann", "Smith"),
            ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
            ("Siân ap Rhys", "Siân", "ap Rhys"),
            ("Dr Kofi van Rees KC", "Kofi", "van Rees"),
            ("D'Arcy Berg, K.C., OBE", "D'Arcy", "Berg"),
            ("Berg KC, D'Arcy", "D'Arcy", "Berg KC"),
            ("KC", "", "KC"),
            ("Cher", "", "Cher"),
            ("", "", ""),
        ] {
            assert_eq!(split(whole), (first.to_owned(), last.to_owned()), "{whole}");
        }
    }
}
