//! The warning below a field whose answer is valid but may be wrong. A warning never prevents
//! sending the form.

use leptos::prelude::*;

use super::FormState;
use crate::components::{element, following};

/// The end of the id of a warning. The id begins with the name of the field.
pub const WARNING: &str = "-warning";

/// Renders the warning about a field; renders nothing while there is none.
pub fn field_warning(form: FormState, field: &'static str) -> AnyView {
    following(move || {
        let warning = element("div")
            .attr("id", [field, WARNING].concat())
            .class("govuk-inset-text app-field-warning");
        form.warning(field).map(|words| warning.words(words).view())
    })
}
