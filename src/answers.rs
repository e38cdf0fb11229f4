//! The trait that the answers of every question page implement.
//!
//! Each page has one type for three purposes: the argument of the page's server function, the value
//! that the browser validates while a person types, and the value that the store saves. Most rules
//! for single fields are `validator` attributes on the type. `validator` returns its errors in an
//! unordered map, so each type lists its fields in page order.

use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::context::Context;
use crate::problem::Problem;

/// The answers of one page, as typed, valid or not.
pub trait Answers: Validate {
    /// The names of all fields, in page order.
    const FIELDS: &'static [&'static str];

    /// The names of the checkboxes. A browser does not send a checkbox that is not ticked.
    const BOXES: &'static [&'static str] = &[];

    /// Returns the problems of these answers, in page order.
    ///
    /// Some rules depend on answers from other pages, which are in `context`. For example, the kind
    /// of organisation decides which registration numbers are required.
    fn problems(&self, _context: &Context) -> Vec<Problem> {
        ordered(self.validate(), Self::FIELDS)
    }

    /// Returns warnings about valid answers that may be mistakes, in page order.
    fn warnings(&self) -> Vec<Problem> {
        Vec::new()
    }

    /// Returns the warnings of [`warnings`](Self::warnings), and those that depend on `context`.
    fn warnings_in(&self, _context: &Context) -> Vec<Problem> {
        self.warnings()
    }
}

/// Converts the errors of `validator` into problems, in the order of `fields`.
///
/// Errors of any other field are dropped.
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
