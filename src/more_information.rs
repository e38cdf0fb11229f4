//! The desk's questions to an applicant, each about one topic of the form.

use serde::{Deserialize, Serialize};

use crate::form::Topic;
use crate::page::Page;
use crate::problem::Problem;
use crate::text::tidy;

/// The maximum length of a question, in characters.
pub const MAX_QUESTION_CHARACTERS: usize = 500;
/// The maximum number of questions that the desk may ask at once.
pub const MAX_QUESTIONS: usize = 20;

/// A question from the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The topic that the question is about.
    pub topic: Topic,
    /// The text of the question.
    pub asked: String,
}

impl Question {
    /// Parses a typed question.
    ///
    /// # Errors
    /// `question-empty` if nothing was typed, `question-long` if the text is longer than
    /// [`MAX_QUESTION_CHARACTERS`].
    pub fn parse(topic: Topic, typed: &str) -> Result<Self, Problem> {
        let asked = tidy(typed).into_owned();
        let field = topic.key();
        if asked.is_empty() {
            return Err(Problem::new(
                field,
                "question-empty",
                format!("Enter what you want to know about: {}", topic.words()),
            ));
        }
        if asked.chars().count() > MAX_QUESTION_CHARACTERS {
            return Err(Problem::new(
                field,
                "question-long",
                format!("Question must be {MAX_QUESTION_CHARACTERS} characters or less"),
            ));
        }
        Ok(Self { topic, asked })
    }
}

/// Returns the questions about the topics of a page, as pairs of field name and question.
#[must_use]
pub fn at_fields(questions: &[Question], page: Page) -> Vec<(String, String)> {
    questions
        .iter()
        .filter(|question| question.topic.path() == page.path())
        .map(|question| (question.topic.field().to_owned(), question.asked.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_says_something_and_not_too_much() {
        let long = "a".repeat(MAX_QUESTION_CHARACTERS + 1);
        let cases = [
            ("  \n ", Some("question-empty")),
            (long.as_str(), Some("question-long")),
            ("Which of your offices is this?", None),
        ];
        for (typed, code) in cases {
            let parsed = Question::parse(Topic::Address, typed);
            assert_eq!(
                parsed.err().map(|problem| problem.code.to_string()),
                code.map(str::to_owned),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_question_stands_at_its_field_alone() {
        let question = Question::parse(Topic::SraNumber, "Is it 6 digits?").unwrap();
        let questions = [question];
        assert_eq!(
            at_fields(&questions, Page::RegistrationNumbers),
            [("sra_number".to_owned(), "Is it 6 digits?".to_owned())]
        );
        assert!(at_fields(&questions, Page::OrganisationName).is_empty());
    }
}
