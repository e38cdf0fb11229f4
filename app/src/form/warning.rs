//! What deserves a second look at a field though nothing is wrong with it: said below, never in the way.

use leptos::prelude::*;

use super::FormState;

/// The warning of a field, if it has one.
pub fn field_warning(form: FormState, field: &'static str) -> AnyView {
    let warning = move || {
        form.warning(field).map(|words| {
            view! { <div class="govuk-inset-text app-field-warning">{words}</div> }
        })
    };
    warning.into_any()
}
