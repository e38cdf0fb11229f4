//! The trait of every question page's answers: the answers as typed, and their problems.
//!
//! One type serves three purposes: it is the argument of the page's server function, the value that
//! the browser checks while a person types, and the value that the store keeps. `validator`
//! attributes on the type hold the rules of single fields. Its errors are an unordered map, so each
//! type lists its fields in page order.

use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::context::Context;
use crate::problem::Problem;

/// The answers of one page, as typed, right or wrong.
pub trait Answers: Validate {
    /// Every field, in page order.
    const FIELDS: &'static [&'static str];

    /// The fields that are checkboxes: a browser does not send one that is not ticked.
    const BOXES: &'static [&'static str] = &[];

    /// Returns what is wrong with these answers, in page order.
    ///
    /// `context` holds the answers of other pages that some rules depend on, such as the kind of
    /// organisation, which decides the registration numbers that must be given.
    fn problems(&self, _context: &Context) -> Vec<Problem> {
        ordered(self.validate(), Self::FIELDS)
    }

    /// Returns warnings about valid answers that deserve a second look, in page order.
    fn warnings(&self) -> Vec<Problem> {
        Vec::new()
    }
}

/// Turns the errors of `validator` into problems, in page order.
#[must_use]
pub fn ordered(outcome: Result<(), ValidationErrors>, fields: &[&'static str]) -> Vec<Problem> {
    let Err(errors) = outcome else {
        return Vec::new();
    };
    let errors = errors.errors();
    fields
        .iter()
        .flat_map(|field| {
            let found = match errors.get(*field) {
                Some(ValidationErrorsKind::Field(found)) => found.as_slice(),
                _ => &[],
            };
            found.iter().map(|error| {
                let words = error.message.clone().unwrap_or_default();
                Problem::new(*field, error.code.clone(), words)
            })
        })
        .collect()
}
