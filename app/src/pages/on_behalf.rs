//! The line above each page of a form that an officer keys in. It names the organisation.

use leptos::prelude::AnyView;

use super::prose::outside_link;
use crate::components::{element, text};
use crate::keyed_form::KeyedForm;

/// Renders the line, with links that leave the form.
pub(crate) fn on_behalf_line(form: &KeyedForm) -> AnyView {
    let organisation = if form.organisation.trim().is_empty() {
        "Organisation not named yet"
    } else {
        form.organisation.trim()
    };
    let tag = element("strong")
        .class("govuk-tag govuk-tag--purple")
        .words("For the desk");
    let name = element("strong")
        .attr("id", "keyed-organisation")
        .words(organisation.to_owned());
    let desk = [registration::desk::ASSISTED, "/", &form.draft].concat();
    let parts = vec![
        tag.view(),
        text(" "),
        name.view(),
        text(". "),
        outside_link(desk, "Leave this form"),
        text(" or "),
        outside_link(registration::desk::ASSISTED, "see all forms"),
    ];
    let line = element("p")
        .class("govuk-body govuk-!-margin-top-3 govuk-!-margin-bottom-0")
        .children(parts);
    element("div")
        .class("govuk-width-container")
        .child(line.view())
        .view()
}
