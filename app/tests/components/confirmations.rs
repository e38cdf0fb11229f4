//! Renders our error summaries, banners, panels and buttons from govuk-frontend's fixtures.

use app::components::{
    Button, ButtonKind, ErrorSummary, LinkButton, NotificationBanner, Panel, SummaryLink,
};
use leptos::prelude::*;

use crate::fixtures::Options;

/// Returns the kind of button that the classes specify.
fn kind(options: Options) -> ButtonKind {
    match options
        .words("classes")
        .rsplit_once("--")
        .map(|(_, kind)| kind)
    {
        Some("secondary") => ButtonKind::Secondary,
        Some("warning") => ButtonKind::Warning,
        Some("inverse") => ButtonKind::Inverse,
        // No modifier class, or a modifier class that our component does not offer.
        _ => ButtonKind::Primary,
    }
}

pub fn button(options: Options, html: &str) -> AnyView {
    if html.starts_with("<a") {
        return view! {
            <LinkButton
                kind=kind(options)
                href=options.maybe("href").unwrap_or_else(|| "#".to_owned())
                start=options.is("isStartButton")
            >
                {options.inside("html", "text")}
            </LinkButton>
        }
        .into_any();
    }
    let button_type = options
        .maybe("type")
        .unwrap_or_else(|| "submit".to_owned())
        .leak();
    view! {
        <Button
            kind=kind(options)
            name=options.words("name")
            value=options.words("value")
            id=options.words("id")
            button_type
            prevent_double_click=options.is("preventDoubleClick")
        >
            {options.inside("html", "text")}
        </Button>
    }
    .into_any()
}

pub fn error_summary(options: Options, _: &str) -> AnyView {
    let problems: Vec<SummaryLink> = options
        .list("errorList")
        .into_iter()
        .map(|line| SummaryLink {
            href: line.words("href"),
            words: line.words("text"),
        })
        .collect();
    view! {
        <ErrorSummary
            problems
            title=options.words("titleText")
            description=options.words("descriptionText")
        />
    }
    .into_any()
}

pub fn notification_banner(options: Options, _: &str) -> AnyView {
    let title_id = options
        .maybe("titleId")
        .unwrap_or_else(|| "govuk-notification-banner-title".to_owned());
    let beyond = options.maybe("html").map(|_| options.inside("html", ""));
    view! {
        <NotificationBanner
            success=options.words("type") == "success"
            title=options.words("titleText")
            title_id
            heading=options.words("text")
        >
            {beyond}
        </NotificationBanner>
    }
    .into_any()
}

pub fn panel(options: Options, _: &str) -> AnyView {
    let title = options
        .maybe("titleText")
        .unwrap_or_else(|| options.words("titleHtml"));
    if options
        .maybe("text")
        .or_else(|| options.maybe("html"))
        .is_none()
    {
        return view! { <Panel title/> }.into_any();
    }
    view! { <Panel title>{options.inside("html", "text")}</Panel> }.into_any()
}
