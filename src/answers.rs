//! What every page of questions has in common: answers as typed, and the problems in them.
//!
//! The same type is the argument of the page's server function, what the browser checks while a person
//! types, and what the store keeps. Rules of single fields hang on the type through `validator`; its
//! errors are an unordered map, so each page names its fields in the order in which they stand.

use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::draft::Context;
use crate::problem::Problem;

/// The answers of one page, as typed, right or wrong.
pub trait Answers: Validate {
    /// Every field, in the order in which they stand on the page.
    const FIELDS: &'static [&'static str];

    /// Those of them that are boxes to tick: a browser sends nothing of one that is not ticked.
    const BOXES: &'static [&'static str] = &[];

    /// What is wrong with these answers, in the order of the page.
    ///
    /// `context` is what other pages asked: some rules hang on it, such as which registration numbers
    /// a kind of organisation must give.
    fn problems(&self, _context: &Context) -> Vec<Problem> {
        ordered(self.validate(), Self::FIELDS)
    }

    /// What deserves a second look though nothing is wrong with it, in the order of the page.
    fn warnings(&self) -> Vec<Problem> {
        Vec::new()
    }
}

/// The errors of `validator` as problems, in the order of the page.
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
