//! What deserves a second look at a field though nothing is wrong with it: said below, never in the way.

use leptos::prelude::*;

use super::FormState;

/// The warning of a field, if it has one.
#[component]
pub fn FieldWarning(
    /// The form that the field is in.
    form: FormState,
    /// The name of the field.
    field: &'static str,
) -> impl IntoView {
    move || {
        form.warning(field).map(|words| {
            view! { <div class="govuk-inset-text app-field-warning">{words}</div> }
        })
    }
}
