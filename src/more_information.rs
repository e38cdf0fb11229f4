//! The desk's questions to an applicant, each at the field that it is about.
//!
//! The list of topics is here; the officer's page, the message and the form use it.

use serde::{Deserialize, Serialize};

use crate::journey::{TASKS, USERS};
use crate::language::Language;
use crate::page::Page;
use crate::problem::Problem;
use crate::text::tidy;

/// The most characters of a question.
pub const MOST_CHARACTERS: usize = 500;
/// The most questions that the desk may ask at once.
pub const MOST_QUESTIONS: usize = 20;

macro_rules! topics {
    ($($(#[$doc:meta])* $topic:ident $key:literal $words:literal $welsh:literal, $place:expr, $field:literal;)*) => {
        /// The topic of a question.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Topic { $($(#[$doc])* #[serde(rename = $key)] $topic,)* }

        impl Topic {
            /// Every topic, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$topic,)*];

            /// Returns the key that forms and the store use.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$topic => $key,)* }
            }

            /// Returns the name that pages use.
            #[must_use]
            pub const fn words(self) -> &'static str {
                self.words_in(Language::English)
            }

            /// Returns the name in a language, for messages.
            #[must_use]
            pub const fn words_in(self, language: Language) -> &'static str {
                match self { $(Self::$topic => language.of($words, $welsh),)* }
            }

            /// Returns the path of the page on which it is answered.
            #[must_use]
            pub const fn path(self) -> &'static str {
                match self { $(Self::$topic => $place,)* }
            }

            /// Returns the name of the field; empty if the topic is the whole page.
            #[must_use]
            pub const fn field(self) -> &'static str {
                match self { $(Self::$topic => $field,)* }
            }
        }
    };
}

topics! {
    /// The kind of organisation.
    Kind "kind" "Kind of organisation" "Math o sefydliad", Page::OrganisationKind.path(), "kind";
    /// Its name.
    Name "name" "Name of the organisation" "Enw’r sefydliad", Page::OrganisationName.path(), "name";
    /// The address of its head office.
    Address "address" "Head office address" "Cyfeiriad y brif swyddfa", Page::OrganisationAddress.path(), "address_line_1";
    /// Its telephone number.
    Telephone "telephone" "Telephone number of the organisation" "Rhif ffôn y sefydliad", Page::OrganisationContact.path(), "telephone";
    /// Its e-mail address.
    Email "email" "Email address of the organisation" "Cyfeiriad e-bost y sefydliad", Page::OrganisationContact.path(), "email";
    /// Its SRA number.
    SraNumber "sra-number" "SRA number" "Rhif SRA", Page::RegistrationNumbers.path(), "sra_number";
    /// Its Bar number.
    BarNumber "bar-number" "Bar number" "Rhif Bar", Page::RegistrationNumbers.path(), "bar_number";
    /// Its LAA account numbers.
    LaaAccountNumbers "laa-account-numbers" "LAA account numbers" "Rhifau cyfrif LAA", Page::RegistrationNumbers.path(), "laa_account_numbers";
    /// Its first hearing.
    FirstHearing "first-hearing" "First hearing" "Gwrandawiad cyntaf", Page::FirstHearing.path(), "court";
    /// The accountable person's name.
    AccountablePerson "accountable-person" "Name of the accountable person" "Enw’r person atebol", Page::AccountablePersonName.path(), "first_name";
    /// Their job title.
    JobTitle "job-title" "Job title of the accountable person" "Teitl swydd y person atebol", Page::AccountablePersonName.path(), "job_title";
    /// Their e-mail address.
    AccountableEmail "accountable-email" "Email address of the accountable person" "Cyfeiriad e-bost y person atebol", Page::AccountablePersonContact.path(), "email";
    /// Their telephone number.
    AccountableTelephone "accountable-telephone" "Telephone number of the accountable person" "Rhif ffôn y person atebol", Page::AccountablePersonContact.path(), "telephone";
    /// The mobile number of a one-person organisation.
    Mobile "mobile" "Mobile number of the barrister" "Rhif ffôn symudol y bargyfreithiwr", Page::OneUser.path(), "mobile";
    /// The users.
    Users "users" "Users" "Defnyddwyr", USERS, "";
    /// The signature.
    Signature "signature" "Signature" "Llofnod", Page::Signature.path(), "full_name";
    /// Anything else.
    Other "other" "Something else" "Rhywbeth arall", TASKS, "";
}

impl Topic {
    /// Returns the topic with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|topic| topic.key() == key)
    }

    /// Returns the address of the field that answers it.
    #[must_use]
    pub fn address(self) -> String {
        match self.field() {
            "" => self.path().to_owned(),
            field => format!("{}#{field}", self.path()),
        }
    }
}

/// A question from the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The topic.
    pub topic: Topic,
    /// What the officer wants to know.
    pub asked: String,
}

impl Question {
    /// Parses a typed question.
    ///
    /// # Errors
    /// `question-empty` and `question-long`.
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
        if asked.chars().count() > MOST_CHARACTERS {
            return Err(Problem::new(
                field,
                "question-long",
                format!("Question must be {MOST_CHARACTERS} characters or less"),
            ));
        }
        Ok(Self { topic, asked })
    }
}

/// Returns the questions for a page, as pairs of a field's name and the question.
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
    fn every_topic_is_found_by_its_key_and_leads_to_a_page() {
        for topic in Topic::ALL {
            assert_eq!(Topic::from_key(topic.key()), Some(*topic));
            assert!(topic.address().starts_with('/'), "{topic:?}");
            if !topic.field().is_empty() {
                assert!(Page::from_path(topic.path()).is_some(), "{topic:?}");
            }
        }
        assert_eq!(Topic::from_key("nothing"), None);
    }

    #[test]
    fn a_question_says_something_and_not_too_much() {
        let long = "a".repeat(MOST_CHARACTERS + 1);
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
