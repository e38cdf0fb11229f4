//! The name of the organisation, as it appears on its regulator's register.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::answers::Answers;
use crate::identifiers::OrganisationName;

/// The answer to "What is the name of your organisation?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct OrganisationNameAnswer {
    /// The name.
    #[validate(custom(function = "name"))]
    pub name: String,
}

impl Answers for OrganisationNameAnswer {
    const FIELDS: &'static [&'static str] = &["name"];
}

fn name(typed: &str) -> Result<(), ValidationError> {
    OrganisationName::check(typed)?;
    Ok(())
}
