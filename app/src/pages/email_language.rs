//! The question about the language of emails, and a page with only this question.
//!
//! Only the server renders the page, so it works the same without scripts and adds nothing to the
//! WebAssembly.

use leptos::prelude::*;
use registration::journey;
use registration::language::{EMAIL_LANGUAGE, LANGUAGE, Language};
use registration::problem::Problem;

use crate::components::{Button, Choice, LabelSize, Radios, text};
use crate::keyed_form;
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// The text of the question.
pub const QUESTION: &str = "Which language should we use for emails?";

/// Renders the page with the question. `chosen` is the selected language; `problem` is the problem
/// with the choice, if there is one.
pub fn email_language_page(chosen: Language, problem: Option<Problem>) -> ServerPage {
    let form = form_with(problem);
    let question = view! {
        <Radios
            name=LANGUAGE
            label=QUESTION
            label_size=LabelSize::Large
            label_is_heading=true
            hint="Choose the language of the pages at the top of each page"
            choices=choices()
            value=chosen.code()
            problem=form.problem(LANGUAGE)
        />
    };
    let parts = vec![
        view! {
            <form action=keyed_form::address(EMAIL_LANGUAGE.into()) method="post" novalidate>
                {question}
                <Button prevent_double_click=true>{text("Save and continue")}</Button>
            </form>
        }
        .into_any(),
    ];
    server_page(QUESTION, Some(journey::CHECK_ANSWERS), form, parts)
}

/// Renders the question as one field of a larger form.
pub fn language_question(
    question: &'static str,
    chosen: Language,
    problem: Signal<Option<String>>,
) -> AnyView {
    view! {
        <Radios
            name=LANGUAGE
            label=question
            choices=choices()
            value=chosen.code()
            problem
        />
    }
    .into_any()
}

fn choices() -> Vec<Choice> {
    Language::ALL
        .map(|language| Choice::new(language.code(), language.words()))
        .to_vec()
}
