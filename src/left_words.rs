//! Words which say that a person has left, or that a number or an address is no longer in use.
//!
//! The rules for spreadsheets, telephone numbers and email addresses share this list.

/// The contexts in which a word says that a person has left. Each value includes the values before
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// In a remark.
    InRemark,
    /// Also alone, in place of a name.
    Alone,
    /// Also at the beginning or the end of a name. "Leaver" may be a surname there, which the
    /// caller must check.
    BesideName,
}

/// Words which say that a person has left, in lower case, each with its contexts.
const LEFT: [(&str, Strength); 32] = [
    ("left", Strength::BesideName),
    ("leaver", Strength::BesideName),
    ("leavers", Strength::BesideName),
    ("leaves", Strength::BesideName),
    ("leaving", Strength::BesideName),
    ("resigned", Strength::BesideName),
    ("retired", Strength::BesideName),
    ("retiring", Strength::BesideName),
    ("deceased", Strength::BesideName),
    ("inactive", Strength::BesideName),
    ("disabled", Strength::BesideName),
    ("suspended", Strength::BesideName),
    ("dismissed", Strength::BesideName),
    ("departed", Strength::BesideName),
    ("terminated", Strength::BesideName),
    ("archived", Strength::BesideName),
    ("deactivated", Strength::BesideName),
    ("ex-employee", Strength::BesideName),
    ("former", Strength::Alone),
    ("retires", Strength::InRemark),
    ("no longer", Strength::InRemark),
    ("do not use", Strength::InRemark),
    ("not here", Strength::InRemark),
    ("ex", Strength::InRemark),
    ("made redundant", Strength::InRemark),
    ("formerly employed", Strength::InRemark),
    ("ex-staff", Strength::InRemark),
    ("gadael", Strength::InRemark),
    ("ymddeol", Strength::InRemark),
    ("ausgeschieden", Strength::InRemark),
    ("ehemalig", Strength::InRemark),
    ("parti", Strength::InRemark),
];

/// Words which say that a number or an address is no longer in use, in lower case. They say nothing
/// about a person.
const OUT_OF_USE: [&str; 10] = [
    "old",
    "previous",
    "expired",
    "disconnected",
    "out of use",
    "not in use",
    "not used",
    "unused",
    "cancelled",
    "dead",
];

/// Whether a remark says that a person has left.
pub(crate) fn says_left(remark: &str) -> bool {
    let remark = remark.to_lowercase();
    LEFT.iter().any(|(left, _)| contains_words(&remark, left))
}

/// Whether a remark beside a number or an address says that it is no longer in use.
pub(crate) fn says_out_of_use(remark: &str) -> bool {
    let lower = remark.to_lowercase();
    OUT_OF_USE.iter().any(|words| contains_words(&lower, words)) || says_left(remark)
}

/// Whether a word at the end or at the beginning of a name says that the person has left.
pub(crate) fn is_left_word(word: &str) -> bool {
    LEFT.iter().any(|(left, strength)| {
        *strength == Strength::BesideName && left.eq_ignore_ascii_case(word)
    })
}

/// Returns the words which, alone in place of a name, say that the person has left.
pub(crate) fn left_alone() -> impl Iterator<Item = &'static str> {
    let alone = LEFT
        .iter()
        .filter(|(_, strength)| *strength != Strength::InRemark);
    alone.map(|(left, _)| *left)
}

/// Whether a text contains these words as whole words.
fn contains_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text
            .get(at + words.len()..)
            .and_then(|behind| behind.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_whole_and_in_any_case() {
        for remark in ["left 2024", "Leaver", "has RETIRED", "no longer in use"] {
            assert!(says_left(remark), "{remark}");
            assert!(says_out_of_use(remark), "{remark}");
        }
        for remark in ["old", "Previous number", "not in use"] {
            assert!(!says_left(remark), "{remark}");
            assert!(says_out_of_use(remark), "{remark}");
        }
        for remark in ["Cleft Lane", "Harold", "Partner", "work", ""] {
            assert!(!says_left(remark), "{remark}");
            assert!(!says_out_of_use(remark), "{remark}");
        }
    }

    #[test]
    fn a_remark_is_not_always_a_word_beside_a_name() {
        assert!(is_left_word("LEAVER"));
        assert!(!is_left_word("former"));
        assert!(left_alone().any(|word| word == "former"));
        assert!(!left_alone().any(|word| word == "parti"));
    }

    #[test]
    fn the_words_are_in_lower_case() {
        let words = LEFT.iter().map(|(word, _)| word).chain(&OUT_OF_USE);
        for word in words {
            assert_eq!(word.to_lowercase(), *word);
        }
    }
}
