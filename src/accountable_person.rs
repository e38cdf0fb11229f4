//! The answers to the question pages about the accountable person, who is responsible for the
//! organisation's use of Common Platform.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::answers::{Answers, ordered};
use crate::context::Context;
use crate::identifiers::shared_mailbox::warning_of_person;
use crate::identifiers::{Email, JobTitle, PersonName, Telephone, is_no_name};
use crate::problem::Problem;

/// The answer to "Who is the accountable person?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct AccountablePersonName {
    /// First name.
    #[validate(custom(function = "first_name"))]
    pub first_name: String,
    /// Last name.
    #[validate(custom(function = "last_name"))]
    pub last_name: String,
    /// Job title.
    #[validate(custom(function = "job_title"))]
    pub job_title: String,
}

impl Answers for AccountablePersonName {
    const FIELDS: &'static [&'static str] = &["first_name", "last_name", "job_title"];

    fn problems(&self, _context: &Context) -> Vec<Problem> {
        let own = ordered(self.validate(), Self::FIELDS);
        no_name_at_all(&self.first_name, &self.last_name)
            .into_iter()
            .chain(own)
            .collect()
    }
}

/// The answer to "How can we contact the accountable person?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct AccountablePersonContact {
    /// E-mail address.
    #[validate(custom(function = "email"))]
    pub email: String,
    /// Telephone number: a UK landline, a UK mobile or a number outside the UK.
    #[validate(custom(function = "telephone"))]
    pub telephone: String,
}

impl Answers for AccountablePersonContact {
    const FIELDS: &'static [&'static str] = &["email", "telephone"];

    fn warnings(&self) -> Vec<Problem> {
        let email = warning_of_person(&self.email).into_iter();
        email.chain(Telephone::warning(&self.telephone)).collect()
    }
}

/// Validates a first name. Every page with a first name uses this rule.
///
/// # Errors
/// The problem from `PersonName::check_part` with the noun "a first name".
pub fn first_name(typed: &str) -> Result<(), ValidationError> {
    PersonName::check_part(typed, "a first name")?;
    Ok(())
}

/// Validates a last name. Every page with a last name uses this rule.
///
/// # Errors
/// The problem from `PersonName::check_part` with the noun "a last name".
pub fn last_name(typed: &str) -> Result<(), ValidationError> {
    PersonName::check_part(typed, "a last name")?;
    Ok(())
}

/// Returns a problem if both names are a single dash, because then the person has no name at all.
pub(crate) fn no_name_at_all(first: &str, last: &str) -> Option<Problem> {
    (is_no_name(first) && is_no_name(last))
        .then(|| Problem::new("last_name", "name-empty", "Enter a last name"))
}

fn job_title(typed: &str) -> Result<(), ValidationError> {
    JobTitle::check(typed)?;
    Ok(())
}

fn email(typed: &str) -> Result<(), ValidationError> {
    Email::check(typed)?;
    Ok(())
}

fn telephone(typed: &str) -> Result<(), ValidationError> {
    Telephone::check(typed)?;
    Ok(())
}
