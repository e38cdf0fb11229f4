//! The signature under the Terms and Conditions: the signatory's name, capacity and authority.
//!
//! The server adds the time and the SHA-256 of the text of the Terms; the server does not accept
//! these values from the browser.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::answers::Answers;
use crate::identifiers::{JobTitle, PersonName};
use crate::problem::Problem;

/// The answers of the page on which the Terms are signed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct Signature {
    /// The full name of the signatory, typed as the signature.
    #[validate(custom(function = "full_name"))]
    pub full_name: String,
    /// The capacity in which the person signs, such as `Accountable person`.
    #[validate(custom(function = "capacity"))]
    pub capacity: String,
    /// `yes` if the declaration of authority was ticked.
    #[validate(custom(function = "authority"))]
    pub authority: String,
    /// The version of the Terms that the page showed.
    pub terms_version: String,
}

impl Answers for Signature {
    const FIELDS: &'static [&'static str] =
        &["terms_version", "full_name", "capacity", "authority"];
    const BOXES: &'static [&'static str] = &["authority"];

    fn problems(&self, _context: &crate::context::Context) -> Vec<Problem> {
        let mut problems = crate::answers::ordered(self.validate(), Self::FIELDS);
        // A page that was never sent already has the problem of a missing signature.
        let is_answered = *self != Self::default();
        if is_answered && crate::terms::CURRENT.version != self.terms_version {
            problems.push(Problem::new(
                "authority",
                "terms-superseded",
                "Read and sign the current Terms and Conditions: they have changed",
            ));
        }
        problems
    }
}

fn full_name(typed: &str) -> Result<(), ValidationError> {
    PersonName::check_as(typed, "your full name")?;
    Ok(())
}

fn capacity(typed: &str) -> Result<(), ValidationError> {
    JobTitle::check(typed).map_err(|problem| {
        if typed.trim().is_empty() {
            Problem::new(
                "capacity",
                "capacity-empty",
                "Enter your role, like Accountable person or Partner",
            )
        } else {
            problem
        }
    })?;
    Ok(())
}

fn authority(ticked: &str) -> Result<(), ValidationError> {
    if ticked == "yes" {
        return Ok(());
    }
    Err(Problem::new(
        "authority",
        "authority-empty",
        "Confirm that you have the authority to accept the Terms and Conditions",
    )
    .into())
}
