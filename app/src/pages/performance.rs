//! The page with the published figures about the service, and the feedback page. Only the server
//! renders them.

use leptos::prelude::*;
use registration::feedback::{FEEDBACK, Feedback, Satisfaction};
use registration::problem::Problem;

use crate::components::{
    Button, Choice, InsetText, LabelSize, Panel, Radios, Textarea, element, text,
};
use crate::form::FormState;
use crate::pages::desk::{Chart, chart_table, chart_view};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// A published figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedFigure {
    /// The key of the figure, for addresses and ids.
    pub key: &'static str,
    /// The heading of the figure.
    pub title: &'static str,
    /// A description of what the figure measures.
    pub meaning: &'static str,
    /// The overall value of the figure, in a sentence.
    pub said: String,
    /// The chart of the figure.
    pub chart: Chart,
    /// The headings of the table.
    pub headings: Vec<&'static str>,
    /// The rows of the table, one for each month.
    pub rows: Vec<Vec<String>>,
}

/// Renders the page with the published figures. `since` is the first day counted, as display text;
/// `None` if nothing has been counted yet.
pub fn performance_page(since: Option<&str>, figures: Vec<PublishedFigure>) -> ServerPage {
    const TITLE: &str = "How this service performs";
    let mut parts = vec![
        heading(TITLE),
        paragraph(
            "Government services publish these four figures. The figures are not about any one person or organisation. We do not show numbers from 1 to 4, or shares that would give them away. A chart has a gap for a month without a number.",
        ),
    ];
    let counted = match since {
        Some(since) => format!("Counted since {since}."),
        None => {
            "Nothing has been counted yet. Counting begins with the first registration.".to_owned()
        }
    };
    parts.push(view! { <InsetText>{text(counted)}</InsetText> }.into_any());
    parts.extend(figures.into_iter().map(figure));
    parts.push(paragraph_of(vec![outside_link(
        FEEDBACK,
        "Tell us what you think of this service",
    )]));
    server_page(TITLE, Some("/"), form_with(None), parts)
}

fn figure(shown: PublishedFigure) -> AnyView {
    let words = crate::components::ChartWords {
        id: shown.key,
        title: shown.title.to_owned(),
        description: shown.said.clone(),
    };
    let said = element("strong").words(shown.said).view();
    let mut parts = vec![
        subheading(shown.title),
        paragraph(shown.meaning),
        paragraph_of(vec![said]),
    ];
    parts.extend(chart_view(&words, &shown.chart));
    if !shown.rows.is_empty() {
        parts.push(chart_table(shown.title, shown.headings, shown.rows));
        let heard = element("span")
            .class("govuk-visually-hidden")
            .words([": ", shown.title].concat());
        let address = [
            registration::performance::PERFORMANCE,
            "/",
            shown.key,
            ".csv",
        ];
        let link = element("a")
            .class("govuk-link")
            .attr("href", address.concat())
            .words("Download CSV")
            .child(heard.view());
        parts.push(paragraph_of(vec![link.view()]));
    }
    element("section")
        .class("govuk-!-margin-top-7")
        .children(parts)
        .view()
}

/// Renders the feedback page with the typed answers and their problems.
///
/// The page has no Back link, because the banner of every page leads to it.
pub fn feedback_page(feedback: Feedback, problems: Vec<Problem>) -> ServerPage {
    const TITLE: &str = "Give feedback on this service";
    let form = FormState::new(problems, Vec::new());
    let choices = Satisfaction::ALL
        .map(|satisfaction| Choice::new(satisfaction.key(), satisfaction.words()))
        .to_vec();
    let parts = vec![
        heading(TITLE),
        paragraph("We keep what you say without your name, your organisation or the time."),
        view! {
            <form method="post" action=FEEDBACK novalidate>
                <Radios
                    name="satisfaction"
                    label="How satisfied are you with this service?"
                    label_size=LabelSize::Medium
                    choices
                    value=feedback.satisfaction
                    problem=form.problem("satisfaction")
                />
                <Textarea
                    name="words"
                    label="How could we improve this service? (optional)"
                    label_size=LabelSize::Medium
                    hint="Do not include personal details, such as a name, a telephone number or a reference. We cannot reply"
                    value=feedback.words
                    problem=form.problem("words")
                />
                <Button prevent_double_click=true>{text("Send feedback")}</Button>
            </form>
        }
        .into_any(),
    ];
    server_page(TITLE, None, form, parts)
}

/// Renders the page shown after feedback was sent.
pub fn feedback_sent_page() -> ServerPage {
    const TITLE: &str = "Thank you for your feedback";
    let parts = vec![
        view! { <Panel title=TITLE/> }.into_any(),
        paragraph("It helps us to make the service better."),
        paragraph_of(vec![outside_link(
            registration::performance::PERFORMANCE,
            "See how this service performs",
        )]),
        paragraph_of(vec![outside_link("/", "Go to the start page")]),
    ];
    server_page(TITLE, None, form_with(None), parts)
}
