//! The desk's questions to an applicant, each about one topic: a topic of the form, or "other".

use serde::{Deserialize, Serialize};

use crate::form::Topic;
use crate::organisation::OrganisationKind;
use crate::page::Page;
use crate::problem::Problem;
use crate::text::tidy_lines;

/// The maximum length of a question, in characters.
pub const MAX_QUESTION_CHARACTERS: usize = 500;
/// The maximum length of an answer in the applicant's own words, in characters.
pub const MAX_ANSWER_CHARACTERS: usize = 2_000;
/// The maximum number of questions that the desk may ask at once.
pub const MAX_QUESTIONS: usize = 20;

/// A question from the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The topic that the question is about.
    pub topic: Topic,
    /// The text of the question.
    pub asked: String,
    /// The answer in words: typed by the applicant, or recorded by the desk; empty if there is
    /// none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
}

/// Returns the topics that the desk can ask an organisation of this kind about: those of its form,
/// and [`Topic::Other`].
pub fn topics_of(kind: OrganisationKind) -> impl Iterator<Item = Topic> {
    Topic::ALL.into_iter().filter(move |topic| match topic {
        Topic::Users => !kind.is_one_person(),
        Topic::Mobile => kind.is_one_person(),
        Topic::Other => true,
        topic => topic.fields().any(|field| field.is_asked_of(kind)),
    })
}

/// Parses an answer to a question, as typed. An empty answer is allowed.
///
/// # Errors
/// `answer-long` if the text is longer than [`MAX_ANSWER_CHARACTERS`]; the problem is at `field`.
pub fn parse_answer(field: &str, typed: &str) -> Result<String, Problem> {
    let answer = tidy_lines(typed);
    if answer.chars().count() > MAX_ANSWER_CHARACTERS {
        return Err(Problem::new(
            field.to_owned(),
            "answer-long",
            format!("Answer must be {MAX_ANSWER_CHARACTERS} characters or less"),
        ));
    }
    Ok(answer)
}

impl Question {
    /// Parses a typed question.
    ///
    /// # Errors
    /// `question-empty` if nothing was typed, `question-long` if the text is longer than
    /// [`MAX_QUESTION_CHARACTERS`].
    pub fn parse(topic: Topic, typed: &str) -> Result<Self, Problem> {
        let asked = tidy_lines(typed);
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
        Ok(Self {
            topic,
            asked,
            answer: String::new(),
        })
    }

    /// Whether two questions have the same topic and text; their answers may differ.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        (self.topic, &self.asked) == (other.topic, &other.asked)
    }
}

/// Returns the questions that have no answer in words.
pub fn without_answer(asked: &[Question]) -> impl Iterator<Item = &Question> {
    asked.iter().filter(|question| question.answer.is_empty())
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
    fn only_what_the_form_of_an_organisation_has_can_be_asked_about() {
        for kind in OrganisationKind::ALL {
            let topics: Vec<Topic> = topics_of(kind).collect();
            assert!(topics.contains(&Topic::Other) && topics.contains(&Topic::Name));
            assert_eq!(topics.contains(&Topic::Users), !kind.is_one_person());
            assert_eq!(topics.contains(&Topic::Mobile), kind.is_one_person());
        }
    }

    #[test]
    fn an_answer_keeps_its_lines_and_is_not_too_long() {
        assert_eq!(
            parse_answer("a", " One \r\ntwo "),
            Ok("One\ntwo".to_owned())
        );
        assert_eq!(parse_answer("a", ""), Ok(String::new()));
        let long = parse_answer("a", &"x".repeat(MAX_ANSWER_CHARACTERS + 1)).unwrap_err();
        assert_eq!((&*long.field, &*long.code), ("a", "answer-long"));
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
