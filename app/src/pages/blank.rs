//! The questions of the blank paper form. They are rendered with the fields of the question pages,
//! so that paper and pages have the same wording.

use leptos::prelude::*;
use registration::users::User;

use super::users::fields::user_fields;
use super::{accountable_person, organisation, sign};
use crate::form::{FormState, Question};
use crate::shell::with_own_owner;

/// A part of the blank paper form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlankPart {
    /// The heading of the part.
    pub title: &'static str,
    /// The questions of the part, as HTML.
    pub html: String,
}

/// Renders every part of the blank form, with space for `users` users.
#[must_use]
pub fn parts(users: usize) -> Vec<BlankPart> {
    with_own_owner(|| {
        let part = |title, fields: Vec<Vec<AnyView>>| BlankPart {
            title,
            html: fields
                .into_iter()
                .flatten()
                .map(RenderHtml::to_html)
                .collect(),
        };
        let user = |number: usize| {
            let heading = super::prose::heading(format!("User {number}"));
            let form = FormState::new(Vec::new(), Vec::new());
            let mut fields = vec![heading];
            fields.extend(user_fields(User::default(), None, form));
            fields
        };
        vec![
            part(
                "Your organisation",
                vec![
                    organisation::kind::fields(Question::blank()),
                    organisation::name::fields(Question::blank()),
                    organisation::address::fields(Question::blank()),
                    organisation::contact::fields(Question::blank()),
                    organisation::registration_numbers::fields(Question::blank()),
                    organisation::first_hearing::fields(Question::blank()),
                ],
            ),
            part(
                "The accountable person",
                vec![
                    accountable_person::name::fields(Question::blank()),
                    accountable_person::contact::fields(Question::blank()),
                ],
            ),
            part("Users who need accounts", (1..=users).map(user).collect()),
            part(
                "Terms and Conditions",
                vec![sign::fields(Question::blank())],
            ),
        ]
    })
}
