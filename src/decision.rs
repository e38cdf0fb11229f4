//! What the desk decides, and the reasons for which it does not approve a registration.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::problem::Problem;
use crate::text::tidy;

/// The most characters of an officer's words for the applicant.
pub const MOST_CHARACTERS: usize = 1_000;

macro_rules! reasons {
    ($($(#[$doc:meta])* $reason:ident $key:literal $words:literal, $welsh:literal;)*) => {
        /// Why a registration is not approved.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Reason { $($(#[$doc])* #[serde(rename = $key)] $reason,)* }

        impl Reason {
            /// Every reason, in the order of the page.
            pub const ALL: &'static [Self] = &[$(Self::$reason,)*];

            /// The word that forms and the store keep.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$reason => $key,)* }
            }

            /// What officers and applicants read.
            #[must_use]
            pub const fn words(self) -> &'static str {
                self.words_in(Language::English)
            }

            /// The same in a language.
            #[must_use]
            pub const fn words_in(self, language: Language) -> &'static str {
                match self { $(Self::$reason => language.of($words, $welsh),)* }
            }
        }
    };
}

reasons! {
    /// No register has the organisation.
    NotOnRegister "not-on-register" "We could not find the organisation on the public registers",
        "Ni allem ddod o hyd i’r sefydliad ar y cofrestrau cyhoeddus";
    /// A register says something else.
    NumbersDiffer "numbers-differ" "The registration numbers do not belong to this organisation",
        "Nid yw’r rhifau cofrestru yn perthyn i’r sefydliad hwn";
    /// The accountable person may not answer for it.
    NoAuthority "no-authority" "We could not confirm that the accountable person can act for the organisation",
        "Ni allem gadarnhau bod y person atebol yn gallu gweithredu ar ran y sefydliad";
    /// It defends nobody.
    NotDefence "not-defence" "The organisation does not take part in the defence of criminal cases in England and Wales",
        "Nid yw’r sefydliad yn cymryd rhan yn y gwaith o amddiffyn achosion troseddol yng Nghymru a Lloegr";
    /// It is registered already.
    AlreadyRegistered "already-registered" "The organisation already has accounts, or another registration of it is being dealt with",
        "Mae gan y sefydliad gyfrifon eisoes, neu rydym yn delio â chofrestriad arall ganddo";
    /// Nobody answered.
    NoAnswer "no-answer" "We did not get an answer to our questions",
        "Ni chawsom ateb i’n cwestiynau";
    /// Anything else, which the officer's own words say.
    Other "other" "Another reason", "Rheswm arall";
}

impl Reason {
    /// The reason of this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.key() == key)
    }
}

/// Why a registration is not approved, as its applicant is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason from the list.
    pub reason: Reason,
    /// The officer's own words; empty where the reason says enough.
    pub words: String,
}

impl Refusal {
    /// Reads a refusal as it was chosen and typed.
    ///
    /// # Errors
    /// When no reason was chosen, when another reason is not told, or when too much was typed.
    pub fn parse(reason: &str, words: &str) -> Result<Self, Problem> {
        let Some(reason) = Reason::from_key(reason) else {
            return Err(Problem::new(
                "reason",
                "reason-empty",
                "Select why the registration is not approved",
            ));
        };
        let words = tidy(words).into_owned();
        if words.is_empty() && reason == Reason::Other {
            return Err(Problem::new(
                "words",
                "words-empty",
                "Enter the reason in words for the applicant",
            ));
        }
        if words.chars().count() > MOST_CHARACTERS {
            return Err(Problem::new(
                "words",
                "words-long",
                format!("Words for the applicant must be {MOST_CHARACTERS} characters or less"),
            ));
        }
        Ok(Self { reason, words })
    }

    /// What the applicant reads on pages.
    #[must_use]
    pub fn told(&self) -> String {
        self.told_in(Language::English)
    }

    /// What the applicant reads in a language; the officer's own words are as the officer wrote them.
    #[must_use]
    pub fn told_in(&self, language: Language) -> String {
        let reason = self.reason.words_in(language);
        match (self.reason, self.words.as_str()) {
            (Reason::Other, words) => words.to_owned(),
            (_, "") => reason.to_owned(),
            (_, words) => format!("{reason}. {words}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_has_a_reason_that_can_be_told() {
        let long = "a".repeat(MOST_CHARACTERS + 1);
        let cases = [
            ("", "Because", Some("reason-empty")),
            ("unknown", "", Some("reason-empty")),
            ("other", "  ", Some("words-empty")),
            ("no-answer", long.as_str(), Some("words-long")),
            ("no-answer", "", None),
            ("other", "It moved abroad", None),
        ];
        for (reason, words, code) in cases {
            assert_eq!(
                Refusal::parse(reason, words)
                    .err()
                    .map(|problem| problem.code.to_string()),
                code.map(str::to_owned),
                "{reason} {words}"
            );
        }
    }

    #[test]
    fn the_applicant_reads_the_reason_and_the_words() {
        let told = |reason, words| Refusal::parse(reason, words).unwrap().told();
        assert_eq!(
            told("no-answer", "Write to us."),
            "We did not get an answer to our questions. Write to us."
        );
        assert_eq!(told("other", "It moved."), "It moved.");
        let in_welsh = Refusal::parse("no-answer", "Write to us.").unwrap();
        assert_eq!(
            in_welsh.told_in(Language::Welsh),
            "Ni chawsom ateb i’n cwestiynau. Write to us."
        );
        for reason in Reason::ALL {
            assert_ne!(reason.words(), reason.words_in(Language::Welsh));
        }
    }
}
