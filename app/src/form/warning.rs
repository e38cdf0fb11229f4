//! The warning below a field whose answer is valid but may be wrong. It never stops the person.

use leptos::prelude::*;

use super::FormState;
use crate::components::{element, following};

/// Renders the warning of a field, if it has one.
pub fn field_warning(form: FormState, field: &'static str) -> AnyView {
    following(move || {
        let warning = element("div").class("govuk-inset-text app-field-warning");
        form.warning(field).map(|words| warning.words(words).view())
    })
}
