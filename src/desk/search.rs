//! The rules of the desk's search. Names, e-mail addresses and typed searches are normalised in the
//! same way, so that they can be compared. Numbers and postcodes are stored without spaces.
//!
//! A registration has several phrases. A search matches a phrase if the phrase has the text of the
//! search at the beginning of a word: `hart`, `crane` and `crane co` all find `hartwell crane co
//! llp`.

use std::collections::{BTreeSet, HashSet};

use super::accents::push_without_accents;
use crate::identifiers::{OrganisationName, Reference};
use crate::text::{in_one_form, squeezed};

/// The maximum number of words in a search; further words are ignored.
const MAX_WORDS: usize = 6;
/// The maximum length of an index entry, in characters.
const MAX_ENTRY_CHARACTERS: usize = 60;
/// The number of characters of a text that are compared; no valid name or address is longer.
const MAX_TEXT_CHARACTERS: usize = 500;
/// The maximum number of index entries for a phrase. Each word starts an entry, and even a name of
/// the maximum length has no more words.
const MAX_STARTS: usize = OrganisationName::LIMIT / 2 + 1;
/// The separator between phrases that are stored in one text.
const BETWEEN: &str = " / ";
/// The maximum length of a number or a postcode, in characters without spaces.
const MAX_CODE_CHARACTERS: usize = 8;

/// The texts by which a registration can be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrases(Vec<String>);

impl Phrases {
    /// Makes the phrases of a registration.
    ///
    /// `names` are names and e-mail addresses. `codes` are numbers and postcodes; people space them
    /// differently, so their spaces are removed.
    #[must_use]
    pub fn of<'a>(
        names: impl IntoIterator<Item = &'a str>,
        codes: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let names = names.into_iter().map(|name| words(name).join(" "));
        let codes = codes.into_iter().map(|code| squeezed(code).to_lowercase());
        let mut seen = HashSet::new();
        let phrases = names
            .chain(codes)
            .filter(|phrase| !phrase.is_empty() && seen.insert(phrase.clone()));
        Self(phrases.collect())
    }

    /// Joins the phrases into one text, so that a space precedes each word.
    #[must_use]
    pub fn text(&self) -> String {
        [" ", &self.0.join(BETWEEN)].concat()
    }

    /// Splits a text from [`text`](Self::text) into phrases.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let phrases = text.trim_start().split(BETWEEN);
        Self(
            phrases
                .filter(|phrase| !phrase.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }

    /// Returns the index entries: for each word of a phrase, the phrase from that word to its end.
    ///
    /// An entry is cut to 60 characters.
    #[must_use]
    pub fn entries(&self) -> BTreeSet<String> {
        let of_phrase = |phrase: &str| {
            let starts = phrase.match_indices(' ').map(|(at, _)| at + 1);
            let starts: Vec<usize> = std::iter::once(0).chain(starts).take(MAX_STARTS).collect();
            let entry = |at: usize| {
                phrase[at..]
                    .chars()
                    .take(MAX_ENTRY_CHARACTERS)
                    .collect::<String>()
            };
            starts.into_iter().map(entry).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(|phrase| of_phrase(phrase)).collect()
    }
}

/// A parsed search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// The reference of a registration, if the search text is a reference.
    pub reference: Option<Reference>,
    /// The words joined without spaces, if there are several and together they may be a number or a
    /// postcode.
    pub code: Option<String>,
    /// The normalised words: at least one and at most six.
    pub words: Vec<String>,
}

impl SearchQuery {
    /// Parses a typed search; `None` if it has neither a letter nor a digit.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let mut words = words(typed);
        words.truncate(MAX_WORDS);
        if words.is_empty() {
            return None;
        }
        let bare: String = words.concat();
        let has_digit = bare.bytes().any(|byte| byte.is_ascii_digit());
        let is_code = words.len() > 1 && has_digit && bare.len() <= MAX_CODE_CHARACTERS;
        Some(Self {
            reference: Reference::parse(typed).ok(),
            code: is_code.then_some(bare),
            words,
        })
    }

    /// Joins the words into one phrase.
    #[must_use]
    pub fn phrase(&self) -> String {
        self.words.join(" ")
    }
}

/// Returns the normalised form by which a name is sorted.
#[must_use]
pub fn sorted_as(name: &str) -> String {
    words(name).join(" ")
}

/// Splits a text into normalised words, for comparisons.
///
/// The words are in lower case, without accents and apostrophes. An e-mail address is one word and
/// keeps its accents and apostrophes.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let text: String = text.chars().take(MAX_TEXT_CHARACTERS).collect();
    let text = in_one_form(&text);
    let mut words = Vec::new();
    for piece in text.split_whitespace() {
        if piece.contains('@') {
            let address = piece.trim_matches(|letter| "<>,;:\"'()".contains(letter));
            words.push(address.to_lowercase());
            continue;
        }
        let mut word = String::new();
        for letter in piece.chars().flat_map(char::to_lowercase) {
            match letter {
                '\'' | '’' | '‘' | '`' | 'ʼ' | '\u{300}'..='\u{36F}' => {}
                letter if letter.is_alphanumeric() => push_without_accents(letter, &mut word),
                _ if word.is_empty() => {}
                _ => words.push(std::mem::take(&mut word)),
            }
        }
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_compared_without_case_accents_and_signs() {
        let cases: [(&str, &[&str]); 7] = [
            (
                "Hartwell Crane & Co LLP",
                &["hartwell", "crane", "co", "llp"],
            ),
            ("Ní-Dhomhnaill", &["ni", "dhomhnaill"]),
            ("O’Dowd's", &["odowds"]),
            ("Siôn Ŵyn", &["sion", "wyn"]),
            ("<Clerk@Firm.example>,", &["clerk@firm.example"]),
            ("WR1 2ND", &["wr1", "2nd"]),
            (" & — ", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn a_phrase_is_found_from_each_of_its_words_on() {
        let phrases = Phrases::of(
            ["Hartwell Crane LLP", "hartwell crane llp", "&"],
            ["WR1 2ND"],
        );
        let entries: Vec<String> = phrases.entries().into_iter().collect();
        assert_eq!(
            entries,
            ["crane llp", "hartwell crane llp", "llp", "wr12nd"]
        );
        assert_eq!(phrases.text(), " hartwell crane llp / wr12nd");
        assert_eq!(Phrases::of_text(&phrases.text()), phrases);
        assert_eq!(Phrases::of_text(" "), Phrases::default());
    }

    #[test]
    fn a_search_text_is_a_reference_a_number_or_words() {
        let reference = Reference::from_random(12_345);
        let sought = SearchQuery::parse(&reference.as_str().to_lowercase()).unwrap();
        assert_eq!(sought.reference, Some(reference));
        let cases = [
            ("WR1 2ND", Some("wr12nd")),
            ("1a 234b", Some("1a234b")),
            ("483452", None),
            ("Crane LLP", None),
            ("5 Essex Chambers", None),
        ];
        for (typed, code) in cases {
            let sought = SearchQuery::parse(typed).unwrap();
            assert_eq!(sought.code.as_deref(), code, "{typed}");
        }
        assert_eq!(SearchQuery::parse(" & "), None);
        assert_eq!(
            SearchQuery::parse("a b c d e f g h").unwrap().words.len(),
            MAX_WORDS
        );
    }

    #[test]
    fn a_name_is_found_whatever_its_letters_were_written_with() {
        for (one, other) in [
            ("Gri\u{fb03}n", "griffin"),
            ("\u{ff21}\u{ff44}\u{ff41}", "ada"),
            ("Zoe\u{308}", "zo\u{eb}"),
            ("Nguy\u{1ec5}n", "nguyen"),
            ("\u{1d400}da@firm.example", "ada@firm.example"),
        ] {
            assert_eq!(words(one), words(other), "{one}");
        }
    }

    proptest! {
        #[test]
        fn every_indexed_text_is_found_as_it_was_typed(text in any::<String>()) {
            let phrases = Phrases::of([&*text], []);
            for word in words(&text) {
                let text = phrases.text();
                prop_assert!(text.contains(&[" ", &word].concat()), "{word} in {text}");
                let short: String = word.chars().take(MAX_ENTRY_CHARACTERS).collect();
                let mut entries = phrases.entries().into_iter();
                prop_assert!(entries.any(|entry| entry.starts_with(&short)));
            }
            prop_assert_eq!(Phrases::of_text(&phrases.text()), phrases);
        }
    }
}
