//! The page of the open questions of a registration. An officer records answers that came by telephone, and withdraws,
//! adds and closes questions.

use leptos::prelude::*;
use registration::form::Topic;
use registration::more_information::Question;

use super::address;
use super::ask::topic_choices;
use super::parts::{Stale, seen_fields, stale_banner};
use crate::components::{Button, ButtonKind, LabelSize, Select, Textarea, element, text};
use crate::form::{FormState, hidden_field};
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, paragraph, subheading};

/// The data for the page of the open questions.
pub struct OpenQuestionsView {
    /// The reference of the registration.
    pub reference: String,
    /// The questions.
    pub questions: Vec<OpenQuestion>,
    /// The topics that can be asked about.
    pub topics: Vec<Topic>,
    /// The new question, as typed: the key of its topic and its text.
    pub new: (String, String),
    /// The version of the registration when the officer opened the page.
    pub version: i64,
    /// The sequence number of the registration's latest audit row when the officer opened the page.
    pub seen: i64,
    /// The events since the page was opened, if they prevented saving.
    pub stale: Option<Stale>,
    /// The state of the form, with its problems.
    pub form: FormState,
}

/// A question on the page.
pub struct OpenQuestion {
    /// The question, with the answer as the desk has recorded or typed it.
    pub question: Question,
    /// The answer that the applicant has typed but not sent; empty if there is none, or if it equals the recorded
    /// answer.
    pub unsent: String,
    /// Whether the question is ticked to be withdrawn.
    pub is_withdrawn: bool,
}

/// Renders the page of the open questions.
pub fn open_questions_page(shown: OpenQuestionsView) -> DeskPage {
    const TITLE: &str = "Questions to the applicant";
    let form = shown.form;
    let mut parts: Vec<AnyView> = stale_banner(shown.stale, true).into_iter().collect();
    parts.push(heading(TITLE));
    parts.push(paragraph(
        "Record an answer that came by telephone or letter, withdraw a question, or ask another. If you need no more answers, close the questions: you can then correct answers and decide.",
    ));
    let questions = (1..)
        .zip(shown.questions)
        .map(|(number, question)| open(number, question, form))
        .collect_view();
    let (topic, asked) = shown.new;
    let action = address(&shown.reference, "questions");
    parts.push(
        view! {
            <form action=action method="post" novalidate>
                {seen_fields(shown.version, shown.seen)}
                {questions}
                {subheading("Ask another question (optional)")}
                <Select
                    name="topic"
                    label="What is it about?"
                    choices=topic_choices(&shown.topics)
                    value=topic
                    problem=form.problem("topic")
                />
                <Textarea
                    name="asked"
                    label="What do you want to know?"
                    label_size=LabelSize::Normal
                    rows=3
                    value=asked
                    problem=form.problem("asked")
                />
                <div class="govuk-button-group">
                    <Button name="do" value="save" prevent_double_click=true>
                        {text("Save changes")}
                    </Button>
                    <Button
                        name="do"
                        value="close"
                        kind=ButtonKind::Secondary
                        prevent_double_click=true
                    >
                        {text("Save and close the questions")}
                    </Button>
                </div>
            </form>
        }
        .into_any(),
    );
    DeskPage::new(TITLE, MenuEntry::Queue, parts)
        .back(address(&shown.reference, ""))
        .form(form)
}

fn open(number: usize, shown: OpenQuestion, form: FormState) -> AnyView {
    let OpenQuestion {
        question,
        unsent,
        is_withdrawn,
    } = shown;
    let (answer, withdraw) = (format!("answer-{number}"), format!("withdraw-{number}"));
    let input = element("input")
        .class("govuk-checkboxes__input")
        .attr("id", withdraw.clone())
        .attr("name", withdraw.clone())
        .attr("type", "checkbox")
        .attr("value", "yes")
        .flag("checked", is_withdrawn);
    let label = element("label")
        .class("govuk-label govuk-checkboxes__label")
        .attr("for", withdraw)
        .words(format!("Withdraw question {number}"));
    let item = element("div")
        .class("govuk-checkboxes__item")
        .child(input.view())
        .child(label.view());
    let checkbox = element("div")
        .class("govuk-checkboxes govuk-checkboxes--small govuk-form-group")
        .child(item.view());
    view! {
        <fieldset class="govuk-fieldset app-question">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
                {format!("Question {number}: {}", question.topic.words())}
            </legend>
            <p class="govuk-body app-lines">{question.asked.clone()}</p>
            {(!unsent.is_empty()).then(|| element("p")
                .class("govuk-inset-text app-lines")
                .words(format!("The applicant has typed, and not sent: {unsent}"))
                .view())}
            {hidden_field(format!("topic-{number}"), question.topic.key())}
            {hidden_field(format!("asked-{number}"), question.asked)}
            <Textarea
                name=answer.clone()
                label="Answer"
                hint="What the applicant told you by telephone or letter"
                rows=3
                value=question.answer
                problem=form.problem(answer)
            />
            {checkbox.view()}
        </fieldset>
    }
    .into_any()
}
