//! The question page that asks for the kind of organisation.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::answers::Answers;
use crate::organisation::OrganisationKind;
use crate::problem::Problem;

/// The answer to "What kind of organisation is it?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct KindOfOrganisation {
    /// The key of the kind; empty if none was chosen.
    #[validate(custom(function = "chosen"))]
    pub kind: String,
}

impl KindOfOrganisation {
    /// Returns the chosen kind; `None` if none was chosen.
    #[must_use]
    pub fn chosen(&self) -> Option<OrganisationKind> {
        OrganisationKind::from_key(&self.kind)
    }
}

impl Answers for KindOfOrganisation {
    const FIELDS: &'static [&'static str] = &["kind"];
}

fn chosen(key: &str) -> Result<(), ValidationError> {
    if OrganisationKind::from_key(key).is_some() {
        return Ok(());
    }
    Err(Problem::new(
        "kind",
        "kind-empty",
        "Select what kind of organisation you are registering",
    )
    .into())
}
