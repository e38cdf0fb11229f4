//! The paper form as an HTML page to print, with a heading for each part and room to write.

use app::service::Contact;
use leptos::prelude::*;

use super::part::Part;
use super::{TITLE, form, opening};

/// Renders the page's content, for the main landmark.
pub fn page(contact: &Contact) -> AnyView {
    let opening: Vec<_> = opening(contact)
        .into_iter()
        .map(|words| view! { <p class="govuk-body">{words}</p> })
        .collect();
    let parts = parts(form());
    view! {
        <div class="govuk-grid-row">
            <div class="govuk-grid-column-full app-blank-form">
                <h1 class="govuk-heading-l">{TITLE}</h1>
                <p class="govuk-body app-screen-only">
                    "Print this page, or "
                    <a class="govuk-link" href="/blank-form.odt">
                        "download the form as an OpenDocument text (ODT)"
                    </a> " to fill in on a computer."
                </p>
                {opening}
                {parts}
            </div>
        </div>
    }
    .into_any()
}

/// Renders the parts. A question and its answer become one block, which is never split between two
/// pages.
fn parts(parts: &[Part]) -> Vec<AnyView> {
    parts
        .chunk_by(belong_together)
        .map(|chunk| match chunk {
            [first, ..] if is_asking(first) && chunk.len() > 1 => {
                let inside = ungrouped(chunk);
                view! { <div class="app-blank-form__block">{inside}</div> }.into_any()
            }
            others => ungrouped(others).into_any(),
        })
        .collect()
}

/// Returns whether two parts belong to one question or to one list.
fn belong_together(one: &Part, next: &Part) -> bool {
    (is_answer(next) && (is_asking(one) || is_answer(one))) || (is_item(one) && is_item(next))
}

/// Returns whether a part may ask for an answer: a question, or the heading of a page with one
/// question.
fn is_asking(part: &Part) -> bool {
    matches!(part, Part::Question(_) | Part::Heading { level: 3.., .. })
}

fn is_answer(part: &Part) -> bool {
    matches!(part, Part::Hint(_) | Part::Answer(_) | Part::Choice(_))
}

/// Renders parts one after the other. Consecutive list lines become one list.
fn ungrouped(parts: &[Part]) -> Vec<AnyView> {
    parts
        .chunk_by(|one, next| is_item(one) && is_item(next))
        .map(|chunk| match chunk {
            [one] if !is_item(one) => part(one),
            items => list(items),
        })
        .collect()
}

fn is_item(part: &Part) -> bool {
    matches!(part, Part::Item { .. })
}

/// Renders a list, whose lines may contain nested lists.
fn list(items: &[Part]) -> AnyView {
    let is_nested = |item: &Part| matches!(item, Part::Item { nested: true, .. });
    let lines: Vec<_> = items
        .chunk_by(|_, next| is_nested(next))
        .map(|chunk| {
            let (line, within) = chunk.split_at(1);
            let words = line.iter().map(words).collect_view();
            let within = (!within.is_empty()).then(|| {
                let items = within.iter().map(part).collect_view();
                view! { <ul class="govuk-list govuk-list--bullet">{items}</ul> }
            });
            view! { <li>{words} {within}</li> }
        })
        .collect();
    let is_numbered = matches!(
        items.first(),
        Some(Part::Item {
            number: Some(_),
            ..
        })
    );
    if is_numbered {
        view! { <ol class="govuk-list govuk-list--number govuk-list--spaced">{lines}</ol> }
            .into_any()
    } else {
        view! { <ul class="govuk-list govuk-list--bullet">{lines}</ul> }.into_any()
    }
}

fn words(part: &Part) -> Option<String> {
    match part {
        Part::Item { words, .. } => Some(words.clone()),
        _ => None,
    }
}

fn part(part: &Part) -> AnyView {
    match part {
        Part::Heading { level: 2, words } => {
            view! { <h2 class="govuk-heading-l">{words.clone()}</h2> }.into_any()
        }
        Part::Heading { level: 3, words } => {
            view! { <h3 class="govuk-heading-m">{words.clone()}</h3> }.into_any()
        }
        Part::Heading { words, .. } => {
            view! { <h4 class="govuk-heading-s">{words.clone()}</h4> }.into_any()
        }
        Part::Paragraph(words) => view! { <p class="govuk-body">{words.clone()}</p> }.into_any(),
        Part::Item { words, .. } => view! { <li>{words.clone()}</li> }.into_any(),
        Part::Question(words) => {
            view! { <p class="govuk-body govuk-!-font-weight-bold app-blank-form__question">{words.clone()}</p> }
                .into_any()
        }
        Part::Hint(words) => view! { <p class="govuk-hint">{words.clone()}</p> }.into_any(),
        Part::Answer(1) => view! { <div class="app-blank-form__answer"></div> }.into_any(),
        Part::Answer(_) => {
            view! { <div class="app-blank-form__answer app-blank-form__answer--tall"></div> }
                .into_any()
        }
        Part::Choice(words) => {
            view! { <p class="govuk-body app-blank-form__choice">"☐ " {words.clone()}</p> }
                .into_any()
        }
    }
}
