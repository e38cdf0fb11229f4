//! The address of the head office: Common Platform needs its first line, town and postcode.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::answers::Answers;
use crate::identifiers::{AddressLine, Postcode, Town};
use crate::problem::Problem;

/// The answer to "What is the address of your head office?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct OrganisationAddress {
    /// Building and street.
    #[validate(custom(function = "first_line"))]
    pub address_line_1: String,
    /// The second line of the address; may be empty.
    #[validate(custom(function = "second_line"))]
    pub address_line_2: String,
    /// Town or city.
    #[validate(custom(function = "town"))]
    pub town: String,
    /// County; may be empty.
    #[validate(custom(function = "county"))]
    pub county: String,
    /// A full UK postcode in any spelling.
    #[validate(custom(function = "postcode"))]
    pub postcode: String,
}

impl Answers for OrganisationAddress {
    const FIELDS: &'static [&'static str] = &[
        "address_line_1",
        "address_line_2",
        "town",
        "county",
        "postcode",
    ];

    fn warnings(&self) -> Vec<Problem> {
        Postcode::warning(&self.postcode).into_iter().collect()
    }
}

fn first_line(typed: &str) -> Result<(), ValidationError> {
    AddressLine::check(typed)?;
    Ok(())
}

fn second_line(typed: &str) -> Result<(), ValidationError> {
    AddressLine::check_optional(typed, "the second line of the address")?;
    Ok(())
}

fn county(typed: &str) -> Result<(), ValidationError> {
    AddressLine::check_optional(typed, "the county")?;
    Ok(())
}

fn town(typed: &str) -> Result<(), ValidationError> {
    Town::check(typed)?;
    Ok(())
}

fn postcode(typed: &str) -> Result<(), ValidationError> {
    Postcode::check(typed)?;
    Ok(())
}
