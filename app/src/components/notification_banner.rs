//! The notification banner: news that is not about an answer on this page, such as the confirmation
//! of a change.
//!
//! A page must not show a banner and an error summary at the same time.

use leptos::html::Div;
use leptos::prelude::*;

use super::words::{Words, given};

/// A banner with news that is not about an answer on the page.
#[component]
pub fn NotificationBanner(
    /// Whether the banner confirms something that the person has just done.
    #[prop(optional)]
    success: bool,
    /// The title of the banner, if it is neither `Important` nor `Success`.
    #[prop(into, optional)]
    title: Words,
    /// The id of the title, which must differ if a page has two banners.
    #[prop(into, default = Words::Borrowed("govuk-notification-banner-title"))]
    title_id: Words,
    /// The news, in one sentence.
    #[prop(into, optional)]
    heading: Words,
    /// A reference to the node, so that the page can focus a success banner.
    #[prop(optional)]
    node_ref: NodeRef<Div>,
    /// The content below the heading, if any.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let (class, role, usual_title) = if success {
        (
            "govuk-notification-banner govuk-notification-banner--success",
            "alert",
            "Success",
        )
    } else {
        ("govuk-notification-banner", "region", "Important")
    };
    let title = given(title).unwrap_or(Words::Borrowed(usual_title));
    let heading = given(heading)
        .map(|words| view! { <p class="govuk-notification-banner__heading">{words}</p> });
    let labelled_by = title_id.clone();
    view! {
        <div
            class=class
            role=role
            aria-labelledby=labelled_by
            data-module="govuk-notification-banner"
            node_ref=node_ref
        >
            <div class="govuk-notification-banner__header">
                <h2 class="govuk-notification-banner__title" id=title_id>
                    {title}
                </h2>
            </div>
            <div class="govuk-notification-banner__content">
                {heading} {children.map(|children| children())}
            </div>
        </div>
    }
    .into_any()
}
