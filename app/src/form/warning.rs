//! What deserves a second look at a field though nothing is wrong with it: said below, never in the way.

use leptos::prelude::*;

use super::FormState;
use crate::components::{element, following};

/// The warning of a field, if it has one.
pub fn field_warning(form: FormState, field: &'static str) -> AnyView {
    following(move || {
        let warning = element("div").class("govuk-inset-text app-field-warning");
        form.warning(field).map(|words| warning.words(words).view())
    })
}
