//! What tells people how things stand: summaries of errors, banners, panels, buttons.

use app::components::{
    Button, ButtonKind, ErrorSummary, LinkButton, NotificationBanner, Panel, SummaryLink,
};
use leptos::prelude::*;

use crate::fixtures::{Options, compare};

/// The kind of button that the classes ask for.
fn kind(options: Options) -> ButtonKind {
    match options
        .words("classes")
        .rsplit_once("--")
        .map(|(_, kind)| kind)
    {
        None => ButtonKind::Primary,
        Some("secondary") => ButtonKind::Secondary,
        Some("warning") => ButtonKind::Warning,
        Some("inverse") => ButtonKind::Inverse,
        Some(other) => panic!("there is no kind {other}"),
    }
}

#[test]
fn button() {
    compare(
        "button",
        &[
            "default",
            "secondary",
            "warning",
            "inverse",
            "name",
            "type",
            "value",
            "no type",
            "no data-prevent-double-click",
            "id",
            "prevent double click",
        ],
        |options| {
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
                    {options.words("text")}
                </Button>
            }
            .into_any()
        },
    );
}

#[test]
fn link_button() {
    compare(
        "button",
        &["link", "explicit link", "start link"],
        |options| {
            view! {
                <LinkButton href=options.words("href") start=options.is("isStartButton")>
                    {options.words("text")}
                </LinkButton>
            }
            .into_any()
        },
    );
}

#[test]
fn error_summary() {
    compare(
        "error-summary",
        &[
            "default",
            "without links",
            "mixed with and without links",
            "with description only",
            "with everything",
            "html as titleText",
            "description",
            "html as descriptionText",
            "error list with html as text",
            "error list with html as text link",
        ],
        |options| {
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
        },
    );
}

#[test]
fn notification_banner() {
    compare(
        "notification-banner",
        &[
            "default",
            "with text as html",
            "with type as success",
            "with long heading",
            "custom title",
            "title html as text",
            "custom title id",
            "custom title id with type as success",
            "custom text",
            "html as text",
            "with invalid type",
        ],
        |options| {
            let title_id = options
                .maybe("titleId")
                .unwrap_or_else(|| "govuk-notification-banner-title".to_owned());
            let files = [
                "government-strategy.pdf",
                "government-strategy-v2.pdf",
                "government-strategy-v3-FINAL.pdf",
                "government-strategy-v4-FINAL-v2.pdf",
            ];
            let links = files.map(|file| {
                view! {
                    <li>
                        <a href="#" class="govuk-notification-banner__link">
                            {file}
                        </a>
                    </li>
                }
            });
            let beyond = options.maybe("html").map(|_| {
                view! {
                    <h3 class="govuk-notification-banner__heading">
                        "This publication was withdrawn on 7 March 2014"
                    </h3>
                    <p class="govuk-body">"The following 4 files are available"</p>
                    <ul class="govuk-list govuk-list--bullet govuk-!-margin-bottom-0">
                        {links.collect_view()}
                    </ul>
                }
            });
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
        },
    );
}

#[test]
fn panel() {
    compare(
        "panel",
        &[
            "default",
            "title html as text",
            "body html as text",
            "body html",
        ],
        |options| {
            let title = options
                .maybe("titleText")
                .unwrap_or_else(|| options.words("titleHtml"));
            let body = match options.maybe("text") {
                Some(words) => words.into_any(),
                None => {
                    view! { "Your reference number" <br/> <strong>"HDJ2123F"</strong> }.into_any()
                }
            };
            view! { <Panel title>{body}</Panel> }.into_any()
        },
    );
    compare("panel", &["title with no body text"], |options| {
        view! { <Panel title=options.words("titleText")/> }.into_any()
    });
}
