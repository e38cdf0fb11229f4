//! The contact details of the organisation as a whole, for the Common Platform Desk and the courts.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::answers::Answers;
use crate::identifiers::{Email, Telephone};
use crate::problem::Problem;

/// The answer to "How can we contact your organisation?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct OrganisationContact {
    /// The main telephone number.
    #[validate(custom(function = "telephone"))]
    pub telephone: String,
    /// The main e-mail address.
    #[validate(custom(function = "email"))]
    pub email: String,
}

impl Answers for OrganisationContact {
    const FIELDS: &'static [&'static str] = &["telephone", "email"];

    fn warnings(&self) -> Vec<Problem> {
        let telephone = Telephone::warning(&self.telephone).into_iter();
        telephone.chain(Email::warning(&self.email)).collect()
    }
}

fn telephone(typed: &str) -> Result<(), ValidationError> {
    Telephone::check(typed)?;
    Ok(())
}

fn email(typed: &str) -> Result<(), ValidationError> {
    Email::check(typed)?;
    Ok(())
}
