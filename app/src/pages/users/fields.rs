//! The fields of one user, the same where a user is added and where one is changed.

use leptos::prelude::*;
use registration::users::{Role, User};

use crate::components::{Choice, InputWidth, LabelSize, Radios, TextInput};
use crate::form::{FieldWarning, FormState};

/// The six answers about a user. Nothing is filled in by the browser: they are about somebody else.
#[component]
pub fn UserFields(
    /// The answers so far.
    user: User,
    /// The problems beside the fields.
    form: FormState,
) -> impl IntoView {
    let roles =
        Role::ALL.into_iter().map(|role| Choice::new(role.key(), role.words()).hint(role.hint())).collect();
    view! {
        <TextInput
            name="first_name"
            label="First name"
            width=InputWidth::TwoThirds
            value=user.first_name
            problem=form.problem("first_name")
            autocomplete="off"
            spellcheck=false
        />
        <TextInput
            name="last_name"
            label="Last name"
            width=InputWidth::TwoThirds
            value=user.last_name
            problem=form.problem("last_name")
            autocomplete="off"
            spellcheck=false
        />
        <TextInput
            name="email"
            label="Email address"
            hint="Each user needs an address of their own. The link to activate the account goes to it"
            input_type="email"
            value=user.email
            problem=form.problem("email")
            autocomplete="off"
            spellcheck=false
        />
        <FieldWarning form field="email"/>
        <TextInput
            name="mobile"
            label="Mobile number"
            hint="Common Platform texts a code to it when the account is activated"
            input_type="tel"
            width=InputWidth::Twenty
            value=user.mobile
            problem=form.problem("mobile")
            autocomplete="off"
        />
        <FieldWarning form field="mobile"/>
        <Radios
            name="role"
            label="Role"
            label_size=LabelSize::Medium
            choices=roles
            value=user.role
            problem=form.problem("role")
        />
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
}
