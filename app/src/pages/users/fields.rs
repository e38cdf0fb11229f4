//! The fields for a user, shared by the pages that add and change a user.

use leptos::prelude::*;
use registration::answers::Answers;
use registration::organisation::OrganisationKind;
use registration::users::{Role, User};

use crate::components::{Choice, InputWidth, LabelSize, Radios, TextInput};
use crate::form::{FormState, Validation, field_warning};

/// Renders the six fields for a user, with the roles for a kind of organisation.
///
/// The fields have no `autocomplete="off"`, because with that attribute browsers do not restore
/// typed text after Back or Forward.
pub(in crate::pages) fn user_fields(
    user: User,
    kind: Option<OrganisationKind>,
    form: FormState,
) -> Vec<AnyView> {
    let roles = Role::offered(kind, &user.role)
        .into_iter()
        .map(|role| Choice::new(role.key(), role.words()).hint(role.hint()))
        .collect();
    vec![
        view! {
            <TextInput
                name="first_name"
                label="First name"
                hint="If they have only one name, enter it as the last name and a hyphen (-) here"
                width=InputWidth::TwoThirds
                value=user.first_name
                problem=form.problem("first_name")
                spellcheck=false
            />
        }
        .into_any(),
        view! {
            <TextInput
                name="last_name"
                label="Last name"
                width=InputWidth::TwoThirds
                value=user.last_name
                problem=form.problem("last_name")
                spellcheck=false
            />
        }
        .into_any(),
        view! {
            <TextInput
                name="email"
                label="Email address"
                hint="Each user needs an address of their own. We’ll send their activation link here"
                input_type="email"
                value=user.email
                problem=form.problem("email")
                note=form.warning_id("email")
                spellcheck=false
            />
        }
        .into_any(),
        field_warning(form, "email"),
        view! {
            <TextInput
                name="mobile"
                label="Mobile number"
                hint="Common Platform will text a code to it when they activate their account"
                input_type="tel"
                width=InputWidth::Twenty
                value=user.mobile
                problem=form.problem("mobile")
                note=form.warning_id("mobile")
            />
        }
        .into_any(),
        field_warning(form, "mobile"),
        view! {
            <Radios
                name="role"
                label="Role"
                label_size=LabelSize::Medium
                choices=roles
                value=user.role
                problem=form.problem("role")
            />
        }
        .into_any(),
        view! {
            <Radios
                name="administrator"
                label="Is this user an organisation administrator?"
                label_size=LabelSize::Medium
                hint="Administrators add, change and remove your organisation’s users. You need at least one"
                inline=true
                choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
                value=user.administrator
                problem=form.problem("administrator")
            />
        }
        .into_any(),
    ]
}

/// Checks the fields of a form with the rules for a single user.
pub(super) fn rules_of_row(fields: &str) -> Option<Validation> {
    let user: User = crate::json::read(fields)?;
    Some(Validation {
        problems: user.problems_of_row(),
        warnings: user.warnings(),
    })
}
