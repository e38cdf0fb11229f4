//! The page on which an applicant answers the desk's questions in words.

use leptos::prelude::*;
use registration::journey::TASKS;
use registration::lifecycle::QUESTIONS;
use registration::more_information::Question;
use registration::problem::Problem;

use crate::components::{Button, LabelSize, Textarea, text};
use crate::form::{FormState, hidden_field};
use crate::pages::prose::{heading, link, paragraph, paragraph_of};
use crate::pages::server_page::{ServerPage, server_page};

/// Renders a field for the answer to each question. `questions` contain the answers as typed.
pub fn questions_page(questions: Vec<Question>, problems: Vec<Problem>) -> ServerPage {
    const TITLE: &str = "Answer the questions of the Common Platform Desk";
    let form = FormState::new(problems, Vec::new());
    let fields = (1..)
        .zip(questions)
        .map(|(number, question)| field(number, question, form))
        .collect_view();
    let parts = vec![
        heading(TITLE),
        paragraph(
            "Answer in your own words. If an answer on your form must change, change it there too.",
        ),
        view! {
            <form action=QUESTIONS method="post" novalidate>
                {fields}
                <Button prevent_double_click=true>{text("Save your answers")}</Button>
            </form>
        }
        .into_any(),
    ];
    server_page(TITLE, Some(TASKS), form, parts)
}

fn field(number: usize, question: Question, form: FormState) -> AnyView {
    let name = format!("answer-{number}");
    let at = question.topic.address();
    let change = (at != TASKS).then(|| {
        let words = ["Change: ", question.topic.words()].concat();
        paragraph_of(vec![link(at, words)])
    });
    view! {
        {hidden_field(format!("asked-{number}"), question.asked.clone())}
        <div class="app-lines">
            <Textarea
                name=name.clone()
                label=question.asked
                label_size=LabelSize::Medium
                hint=question.topic.words()
                rows=3
                value=question.answer
                problem=form.problem(name)
            />
        </div>
        {change}
    }
    .into_any()
}
