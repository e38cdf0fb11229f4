//! The questions for the form on paper, drawn with the fields of the question pages, so that both
//! ask the same in the same words.

use leptos::prelude::*;
use registration::users::User;

use super::users::fields::user_fields;
use super::{accountable_person, organisation, sign};
use crate::form::{FormState, Question};

/// A part of the blank form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlankPart {
    /// The heading.
    pub title: &'static str,
    /// The questions, as the HTML of their pages.
    pub html: String,
}

/// Renders every part of the form, with space for this number of users.
#[must_use]
pub fn parts(users: usize) -> Vec<BlankPart> {
    Owner::new().with(|| {
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
            fields.extend(user_fields(User::default(), form));
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
