//! The rules of a form, and what they find in its fields.

use std::sync::Arc;

use registration::problem::Problem;

/// The rules of a form: a function that takes its fields as JSON and returns what it finds in
/// them. Returns `None` if the fields cannot be parsed.
pub type Rules = Arc<dyn Fn(&str) -> Option<Validation> + Send + Sync>;

/// The problems and warnings that the rules find in a form.
#[derive(Debug, Clone, Default)]
pub struct Validation {
    /// The problems.
    pub problems: Vec<Problem>,
    /// The warnings about answers that are valid but may be wrong.
    pub warnings: Vec<Problem>,
}
