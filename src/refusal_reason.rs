//! The desk's reasons for refusing a registration, and the message to the applicant.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::problem::Problem;
use crate::text::tidy_lines;

/// The maximum length of an officer's message to the applicant, in characters.
pub const MAX_REFUSAL_CHARACTERS: usize = 1_000;

crate::keyed! {
    /// A reason for refusing a registration.
    #[derive(Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum RefusalReason {
        /// No public register lists the organisation.
        NotOnRegister = "not-on-register",
        /// The registration numbers do not belong to the organisation.
        NumbersDiffer = "numbers-differ",
        /// The desk could not confirm that the accountable person may act for the organisation.
        NoAuthority = "no-authority",
        /// The organisation does not defend criminal cases in England and Wales.
        NotDefence = "not-defence",
        /// The organisation has accounts already, or another registration in progress.
        AlreadyRegistered = "already-registered",
        /// The applicant did not answer the desk's questions.
        NoAnswer = "no-answer",
        /// Another reason, in the officer's own words.
        Other = "other",
    }
}

impl RefusalReason {
    /// Returns the reason in English, as shown to officers and applicants.
    #[must_use]
    pub const fn words(self) -> &'static str {
        self.words_in(Language::English)
    }

    /// Returns the reason in a language, as shown to officers and applicants.
    #[must_use]
    pub const fn words_in(self, language: Language) -> &'static str {
        let (english, welsh) = match self {
            Self::NotOnRegister => (
                "We could not find the organisation on the public registers",
                "Ni allem ddod o hyd i’r sefydliad ar y cofrestrau cyhoeddus",
            ),
            Self::NumbersDiffer => (
                "The registration numbers do not belong to this organisation",
                "Nid yw’r rhifau cofrestru yn perthyn i’r sefydliad hwn",
            ),
            Self::NoAuthority => (
                "We could not confirm that the accountable person can act for the organisation",
                "Ni allem gadarnhau bod y person atebol yn gallu gweithredu ar ran y sefydliad",
            ),
            Self::NotDefence => (
                "The organisation does not take part in the defence of criminal cases in England and Wales",
                "Nid yw’r sefydliad yn cymryd rhan yn y gwaith o amddiffyn achosion troseddol yng Nghymru a Lloegr",
            ),
            Self::AlreadyRegistered => (
                "The organisation already has accounts, or another registration of it is being dealt with",
                "Mae gan y sefydliad gyfrifon eisoes, neu rydym yn delio â chofrestriad arall ganddo",
            ),
            Self::NoAnswer => (
                "We did not get an answer to our questions",
                "Ni chawsom ateb i’n cwestiynau",
            ),
            Self::Other => ("Another reason", "Rheswm arall"),
        };
        language.of(english, welsh)
    }
}

/// A refusal, as shown to the applicant: a reason and the officer's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, chosen from the list.
    pub reason: RefusalReason,
    /// The officer's own words; empty if the officer added none.
    pub words: String,
}

impl Refusal {
    /// Parses a refusal from the chosen reason and the typed words.
    ///
    /// # Errors
    /// `reason-empty` if no reason was chosen, `words-empty` if the reason is
    /// [`RefusalReason::Other`] and nothing was typed, `words-long` if the words are longer than
    /// [`MAX_REFUSAL_CHARACTERS`].
    pub fn parse(reason: &str, words: &str) -> Result<Self, Problem> {
        let Some(reason) = RefusalReason::from_key(reason) else {
            return Err(Problem::new(
                "reason",
                "reason-empty",
                "Select why the registration is not approved",
            ));
        };
        let words = tidy_lines(words);
        if words.is_empty() && reason == RefusalReason::Other {
            return Err(Problem::new(
                "words",
                "words-empty",
                "Enter the reason for the applicant",
            ));
        }
        if words.chars().count() > MAX_REFUSAL_CHARACTERS {
            return Err(Problem::new(
                "words",
                "words-long",
                format!(
                    "Message to the applicant must be {MAX_REFUSAL_CHARACTERS} characters or less"
                ),
            ));
        }
        Ok(Self { reason, words })
    }

    /// Returns the message to the applicant, in English.
    #[must_use]
    pub fn message(&self) -> String {
        self.message_in(Language::English)
    }

    /// Returns the message to the applicant in a language: the reason and the officer's own words,
    /// or only the words for [`RefusalReason::Other`]. The words are not translated.
    #[must_use]
    pub fn message_in(&self, language: Language) -> String {
        let reason = self.reason.words_in(language);
        match (self.reason, self.words.as_str()) {
            (RefusalReason::Other, words) => words.to_owned(),
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
        let long = "a".repeat(MAX_REFUSAL_CHARACTERS + 1);
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
        let told = |reason, words| Refusal::parse(reason, words).unwrap().message();
        assert_eq!(
            told("no-answer", "Write to us."),
            "We did not get an answer to our questions. Write to us."
        );
        assert_eq!(told("other", "It moved."), "It moved.");
        let in_welsh = Refusal::parse("no-answer", "Write to us.").unwrap();
        assert_eq!(
            in_welsh.message_in(Language::Welsh),
            "Ni chawsom ateb i’n cwestiynau. Write to us."
        );
        for reason in RefusalReason::ALL {
            assert_ne!(reason.words(), reason.words_in(Language::Welsh));
        }
    }
}
