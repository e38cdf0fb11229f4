//! The current Terms and Conditions, for anybody to read before registering.

use leptos::prelude::*;
use registration::terms::{CURRENT, Clause};

use super::layout::Column;

/// The heading of the page with the Terms and Conditions.
pub const TITLE: &str = "Terms and conditions";

/// The page with the Terms and Conditions, to read without signing.
#[component]
pub fn TermsAndConditions() -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">
                {format!("This is the version of {}.", CURRENT.version)}
                " Your organisation must accept it to register for Common Platform. You accept it near the end of your registration, not on this page."
            </p>
            <h2 class="govuk-heading-m">{CURRENT.title}</h2>
            <p class="govuk-body">{CURRENT.preamble}</p>
            <ol class="govuk-list govuk-list--number govuk-list--spaced">
                {CURRENT.clauses.iter().map(clause).collect_view()}
            </ol>
            <p class="govuk-body-s">
                "Contains public sector information licensed under the "
                <a
                    class="govuk-link"
                    href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
                >
                    "Open Government Licence v3.0"
                </a> "."
            </p>
        </Column>
    }
}

fn clause(clause: &'static Clause) -> impl IntoView {
    let points = (!clause.points.is_empty()).then(|| {
        view! {
            <ul class="govuk-list govuk-list--bullet">
                {clause.points.iter().map(|point| view! { <li>{*point}</li> }).collect_view()}
            </ul>
        }
    });
    view! {
        <li id=format!("clause-{}", clause.number)>
            {clause.text} {points}
        </li>
    }
}
