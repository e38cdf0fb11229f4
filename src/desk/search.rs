//! The rules of the desk's search. Names, e-mail addresses and typed searches are normalised in the
//! same way, so that they can be compared. Numbers and postcodes are stored without spaces.
//!
//! A registration has several phrases. A search matches a phrase if the phrase has the text of the
//! search at the beginning of a word: `hart`, `crane` and `crane co` all find `hartwell crane co
//! llp`. Words are also found by their middle, and by a spelling that differs in one letter.

use std::collections::{BTreeSet, HashSet};

use super::accents::push_without_accents;
pub use super::codes::dialled;
pub use super::codes::is_label;
use super::codes::{
    codes, mistyped_reference, quoted_reference, with_numbers_dialled, without_label,
};
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
/// The minimum length, in characters, of a word that is found by its middle or searched for with
/// another spelling.
const MIN_LONG_WORD: usize = 4;
/// The maximum length, in characters, of a word that is searched for with another spelling. Longer
/// words would have too many spellings.
const MAX_RESPELT: usize = 30;
/// The minimum length of an end of a word, in characters; see [`ends_of_word`].
pub const MIN_END: usize = 3;

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

    /// Returns the words that can also be found by their middle: words of 4 to 60 letters.
    /// Addresses and numbers cannot be found by their middle.
    #[must_use]
    pub fn long_words(&self) -> BTreeSet<String> {
        let words = self.0.iter().flat_map(|phrase| phrase.split(' '));
        words
            .filter(|word| word.chars().all(char::is_alphabetic))
            .filter(|word| {
                let length = word.chars().count();
                (MIN_LONG_WORD..=MAX_ENTRY_CHARACTERS).contains(&length)
            })
            .map(str::to_owned)
            .collect()
    }
}

/// Returns the phrases by which an email address is found, beside the address itself: `@` and the
/// domain, and the words of the part before the `@`.
#[must_use]
pub fn parts_of_address(address: &str) -> Vec<String> {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return Vec::new();
    };
    vec![["@", domain].concat(), words(local).join(" ")]
}

/// Returns the ends of a word that begin after its first letter, such as `artwell` to `ell` of
/// `hartwell`. A text from the middle of the word is the beginning of one of these ends.
#[must_use]
pub fn ends_of_word(word: &str) -> Vec<&str> {
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let last = starts.len().saturating_sub(MIN_END - 1);
    starts
        .get(1..last)
        .unwrap_or_default()
        .iter()
        .map(|at| &word[*at..])
        .collect()
}

/// Returns all texts that differ from a word by one letter left out, added, replaced or swapped
/// with its neighbour.
///
/// Numbers get only digits, and words without digits only letters. Short and very long words, and
/// words with signs that no name or domain has, have no other spellings.
#[must_use]
pub fn other_spellings(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = word.chars().collect();
    let is_plain = |letter: &char| letter.is_alphanumeric() || matches!(letter, '@' | '.' | '-');
    if !(MIN_LONG_WORD..=MAX_RESPELT).contains(&letters.len()) || !letters.iter().all(is_plain) {
        return BTreeSet::new();
    }
    let digits = letters
        .iter()
        .filter(|letter| letter.is_ascii_digit())
        .count();
    let alphabet: Vec<char> = ('0'..='9')
        .filter(|_| digits > 0)
        .chain(('a'..='z').filter(|_| digits < letters.len()))
        .collect();
    let mut spellings = BTreeSet::new();
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        let mut add = |middle: &[char], after: &[char]| {
            spellings.insert([before, middle, after].concat().iter().collect::<String>());
        };
        for letter in &alphabet {
            add(&[*letter], after);
        }
        if let [next, rest @ ..] = after {
            add(&[], rest);
            for letter in &alphabet {
                add(&[*letter], rest);
            }
            if let [second, rest @ ..] = rest {
                add(&[*second, *next], rest);
            }
        }
    }
    spellings.remove(word);
    spellings
}

/// A parsed search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// The reference of a registration, if the search text has one.
    pub reference: Option<Reference>,
    /// The text in the search that looks like a reference but has a mistake, if there is one.
    pub mistyped: Option<String>,
    /// Each reading of the search text as a number, a postcode, a domain or a part of a reference,
    /// spelt as in the index; the likeliest first.
    pub codes: Vec<String>,
    /// The normalised words: at least one and at most six.
    pub words: Vec<String>,
}

impl SearchQuery {
    /// Parses a typed search; `None` if it has neither a letter nor a digit.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().take(MAX_TEXT_CHARACTERS).collect();
        let typed = without_label(&typed);
        let mut words = words(&with_numbers_dialled(typed));
        words.truncate(MAX_WORDS);
        if words.is_empty() {
            return None;
        }
        Some(Self {
            reference: quoted_reference(typed),
            mistyped: mistyped_reference(typed),
            codes: codes(typed),
            words,
        })
    }

    /// Returns a search for the same words, with each email address split into its parts. The new
    /// search has no reference and no codes.
    ///
    /// The parts are words, so they can be found with another spelling.
    #[must_use]
    pub fn with_addresses_in_parts(&self) -> Self {
        let mut parts: Vec<String> = self
            .words
            .iter()
            .flat_map(|word| words(&word.replacen('@', " @", 1)))
            .collect();
        parts.truncate(MAX_WORDS);
        Self {
            reference: None,
            mistyped: None,
            codes: Vec::new(),
            words: parts,
        }
    }

    /// Returns the search without the words that may precede a number, such as `SRA`; `None` if it
    /// has no such words, or only such words.
    #[must_use]
    pub fn without_labels(&self) -> Option<Self> {
        let words: Vec<String> = self
            .words
            .iter()
            .filter(|word| !is_label(word))
            .cloned()
            .collect();
        (!words.is_empty() && words.len() < self.words.len()).then(|| Self {
            words,
            codes: Vec::new(),
            ..self.clone()
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
        for (typed, words) in [
            ("SRA 316713", "316713"),
            ("Ref: CP-7K3M-9QXF", "cp 7k3m 9qxf"),
            ("Bar Chambers", "bar chambers"),
            ("No 5 Chambers", "no 5 chambers"),
            ("@Firm.example", "@firm.example"),
        ] {
            assert_eq!(
                SearchQuery::parse(typed).unwrap().phrase(),
                words,
                "{typed}"
            );
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

    #[test]
    fn an_address_is_found_by_its_domain_and_by_the_part_before_it() {
        assert_eq!(
            parts_of_address("Jane.O'Dowd@crane.example"),
            ["@crane.example", "jane odowd"]
        );
        assert!(parts_of_address("no address").is_empty());
    }

    #[test]
    fn the_ends_of_a_word_begin_after_its_first_letter() {
        assert_eq!(ends_of_word("crane"), ["rane", "ane"]);
        assert_eq!(ends_of_word("élan"), ["lan"]);
        for short in ["", "a", "cra"] {
            assert!(ends_of_word(short).is_empty(), "{short}");
        }
    }

    #[test]
    fn one_mistake_of_each_sort_is_another_spelling() {
        let spellings = other_spellings("crnae");
        for meant in ["crane", "crae", "crnaue", "crnaz", "xcrnae", "crnaes"] {
            assert!(spellings.contains(meant), "{meant}");
        }
        assert!(!spellings.contains("crnae") && !spellings.contains("carne"));
        assert!(
            other_spellings("1234")
                .iter()
                .all(|number| number.parse::<u64>().is_ok())
        );
        assert!(other_spellings("llp").is_empty());
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
