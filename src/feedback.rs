//! Feedback about the service: its form, the scores and the limits.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::text::tidy;

/// Path of the feedback form.
pub const FEEDBACK: &str = "/feedback";
/// Path of the confirmation page after feedback was sent.
pub const FEEDBACK_SENT: &str = "/feedback/sent";
/// The maximum length of a suggestion for improvement, in characters.
pub const MAX_FEEDBACK_CHARACTERS: usize = 1_200;
/// The maximum number of times that one client address may send feedback in an hour.
pub const MAX_FEEDBACK_FROM_CLIENT: usize = 10;

crate::keyed! {
    /// A level of satisfaction with the service.
    pub enum Satisfaction {
        /// Score 5.
        VerySatisfied = "very-satisfied",
        /// Score 4.
        Satisfied = "satisfied",
        /// Score 3.
        Neither = "neither",
        /// Score 2.
        Dissatisfied = "dissatisfied",
        /// Score 1.
        VeryDissatisfied = "very-dissatisfied",
    }
}

/// Feedback on the service, as chosen and typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// The key of the chosen satisfaction.
    #[serde(default)]
    pub satisfaction: String,
    /// The suggestion for improvement, as typed.
    #[serde(default)]
    pub words: String,
}

/// Valid feedback on the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompleteFeedback {
    /// The person's satisfaction with the service.
    pub satisfaction: Satisfaction,
    /// The suggestion for improvement; empty if nothing was typed.
    pub words: String,
}

impl Satisfaction {
    /// Returns the score, from 1 (very dissatisfied) to 5 (very satisfied).
    #[must_use]
    pub const fn score(self) -> u8 {
        match self {
            Self::VerySatisfied => 5,
            Self::Satisfied => 4,
            Self::Neither => 3,
            Self::Dissatisfied => 2,
            Self::VeryDissatisfied => 1,
        }
    }

    /// Returns the text shown to people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::VerySatisfied => "Very satisfied",
            Self::Satisfied => "Satisfied",
            Self::Neither => "Neither satisfied nor dissatisfied",
            Self::Dissatisfied => "Dissatisfied",
            Self::VeryDissatisfied => "Very dissatisfied",
        }
    }

    /// Whether a score counts as satisfied.
    #[must_use]
    pub const fn is_satisfied(score: i64) -> bool {
        score >= Self::Satisfied.score() as i64
    }
}

impl Feedback {
    /// Validates the feedback.
    ///
    /// # Errors
    /// `satisfaction-empty` if nothing was chosen or the choice is unknown, `words-long` if the
    /// suggestion is longer than [`MAX_FEEDBACK_CHARACTERS`].
    pub fn complete(&self) -> Result<CompleteFeedback, Vec<Problem>> {
        let mut problems = Vec::new();
        let chosen = Satisfaction::from_key(&self.satisfaction);
        if chosen.is_none() {
            problems.push(Problem::new(
                "satisfaction",
                "satisfaction-empty",
                "Select how satisfied you are with the service",
            ));
        }
        let words = tidy(&self.words).into_owned();
        if words.chars().count() > MAX_FEEDBACK_CHARACTERS {
            problems.push(Problem::new(
                "words",
                "words-long",
                format!(
                    "How we could improve must be {MAX_FEEDBACK_CHARACTERS} characters or less"
                ),
            ));
        }
        match chosen {
            Some(satisfaction) if problems.is_empty() => Ok(CompleteFeedback {
                satisfaction,
                words,
            }),
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feedback_says_how_satisfied_somebody_is_and_not_too_much() {
        let long = "a".repeat(MAX_FEEDBACK_CHARACTERS + 1);
        let cases = [
            ("", "", Err("satisfaction")),
            ("delighted", "", Err("satisfaction")),
            ("satisfied", long.as_str(), Err("words")),
            ("", long.as_str(), Err("satisfaction words")),
            ("neither", "  Larger letters. ", Ok((3, "Larger letters."))),
            ("very-satisfied", "", Ok((5, ""))),
        ];
        for (satisfaction, words, expected) in cases {
            let feedback = Feedback {
                satisfaction: satisfaction.to_owned(),
                words: words.to_owned(),
            };
            let found = feedback.complete();
            let found = found
                .as_ref()
                .map(|complete| (complete.satisfaction.score(), &*complete.words))
                .map_err(|problems| {
                    let fields: Vec<&str> =
                        problems.iter().map(|problem| &*problem.field).collect();
                    fields.join(" ")
                });
            assert_eq!(
                found,
                expected.map_err(str::to_owned),
                "{satisfaction} {words}"
            );
        }
    }
}
