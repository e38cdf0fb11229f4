//! A problem with an answer, in words for the person who typed the answer.
//!
//! Every rule of the form returns its problems in this type: a stable code for machines, the field,
//! and a message in the style of the GOV.UK Design System ("Enter …", "… must be …") that says how
//! to correct the answer.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use validator::ValidationError;

/// A problem with one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The name of the field on its page, such as `postcode`.
    pub field: Cow<'static, str>,
    /// A stable code for tests and machines, such as `postcode-format`.
    pub code: Cow<'static, str>,
    /// The message, which says how to correct the answer. It does not end with a full stop.
    pub words: Cow<'static, str>,
}

impl Problem {
    /// Creates a problem with a field.
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

    /// Returns the same problem for another field.
    #[must_use]
    pub fn at(self, field: impl Into<Cow<'static, str>>) -> Self {
        Self {
            field: field.into(),
            ..self
        }
    }

    /// Returns the same problem with another message.
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
