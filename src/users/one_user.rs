//! The user of a one-person organisation, who is the accountable person. The page asks only for a
//! mobile number.
//!
//! A self-employed barrister is an advocate and the organisation administrator. The pages about the
//! accountable person have asked for all other answers.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::accountable_person::{AccountablePersonContact, AccountablePersonName};
use crate::answers::Answers;
use crate::identifiers::Mobile;
use crate::problem::Problem;
use crate::users::{Role, User};

/// The answer to "What is the barrister’s mobile number?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct OneUser {
    /// The mobile number to which Common Platform sends its codes by text.
    #[validate(custom(function = "mobile"))]
    pub mobile: String,
}

impl OneUser {
    /// Creates the only user of the organisation.
    #[must_use]
    pub fn user(&self, name: &AccountablePersonName, contact: &AccountablePersonContact) -> User {
        User {
            mobile: self.mobile.clone(),
            role: Role::Advocate.key().to_owned(),
            administrator: "yes".to_owned(),
            ..User::from_accountable_person(name, contact)
        }
    }
}

impl Answers for OneUser {
    const FIELDS: &'static [&'static str] = &["mobile"];

    fn warnings(&self) -> Vec<Problem> {
        Mobile::warning(&self.mobile).into_iter().collect()
    }
}

fn mobile(typed: &str) -> Result<(), ValidationError> {
    Mobile::check(typed)?;
    Ok(())
}
