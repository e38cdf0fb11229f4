//! A problem with an answer, in words for the person who gave it.
//!
//! Every rule of the form reports its problems in this type: a stable code for machines, the
//! field, and words in the style of the GOV.UK Design System ("Enter …", "… must be …") that
//! say how to put it right.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use validator::ValidationError;

/// A problem with one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The name of the field on its page, such as `postcode`.
    pub field: Cow<'static, str>,
    /// A code that never changes, such as `postcode-format`, for tests and machines.
    pub code: Cow<'static, str>,
    /// One sentence without a full stop that says how to put the answer right.
    pub words: Cow<'static, str>,
}

impl Problem {
    /// Makes a problem of a field.
    pub fn new(
        field: impl Into<Cow<'static, str>>,
        code: impl Into<Cow<'static, str>>,
        words: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            field: field.into(),
            code: code.into(),
            words: words.into(),
        }
    }

    /// Returns the same problem at another field.
    #[must_use]
    pub fn at(self, field: impl Into<Cow<'static, str>>) -> Self {
        Self {
            field: field.into(),
            ..self
        }
    }

    /// Returns the same problem in other words.
    #[must_use]
    pub fn saying(self, words: impl Into<Cow<'static, str>>) -> Self {
        Self {
            words: words.into(),
            ..self
        }
    }
}

impl From<Problem> for ValidationError {
    fn from(problem: Problem) -> Self {
        ValidationError {
            code: problem.code,
            message: Some(problem.words),
            params: std::collections::HashMap::new(),
        }
    }
}
