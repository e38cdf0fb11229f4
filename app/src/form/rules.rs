//! The rules of a form, and the problems and warnings that they find.

use std::sync::Arc;

use registration::problem::Problem;

/// The rules of a form: a function from the fields, as JSON, to their problems and warnings.
/// Returns `None` if the fields cannot be parsed.
pub type Rules = Arc<dyn Fn(&str) -> Option<Validation> + Send + Sync>;

/// The problems and warnings that the rules find in a form.
#[derive(Debug, Clone, Default)]
pub struct Validation {
    /// The problems of the answers, each with the name of its field.
    pub problems: Vec<Problem>,
    /// The warnings about answers that are valid but may be wrong.
    pub warnings: Vec<Problem>,
}
