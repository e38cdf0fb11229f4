//! The pages that ask an applicant for more information: the officer writes questions about
//! answers, previews the message and sends it.

use leptos::prelude::*;
use registration::form::Topic;
use registration::more_information::MAX_QUESTIONS;

use super::address;
use super::parts::{Preview, Stale, preview, seen_fields, stale_banner};
use crate::components::{
    Button, ButtonKind, Choice, LabelSize, LinkButton, Select, Textarea, text,
};
use crate::form::{FormState, hidden_field};
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, paragraph};

/// A question to the applicant, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuestionRow {
    /// The key of the topic that the question is about.
    pub topic: String,
    /// The text of the question.
    pub asked: String,
}

/// The data for the pages that ask for more information.
pub struct QuestionsView {
    /// The reference of the registration.
    pub reference: String,
    /// The topics that can be asked about.
    pub topics: Vec<Topic>,
    /// The typed questions.
    pub rows: Vec<QuestionRow>,
    /// The version of the registration when the officer opened the page.
    pub version: i64,
    /// The sequence number of the registration's latest audit row when the officer opened the page.
    pub seen: i64,
    /// The events since the page was opened, if they prevented sending.
    pub stale: Option<Stale>,
    /// The problems of the form.
    pub form: FormState,
}

/// Renders the page on which the officer writes questions.
pub fn ask_page(shown: QuestionsView) -> DeskPage {
    const TITLE: &str = "Ask for more information";
    let mut parts: Vec<AnyView> = stale_banner(shown.stale, true).into_iter().collect();
    parts.push(heading(TITLE));
    parts.push(paragraph(
        "The registration reopens, with each question beside its answer. The target clock stops until the applicant sends it again.",
    ));
    let form = shown.form;
    let count = shown.rows.len();
    let rows = shown
        .rows
        .into_iter()
        .enumerate()
        .map(|(place, row)| question((place + 1, count), row, &shown.topics, form))
        .collect_view();
    let more = (count < MAX_QUESTIONS).then(|| {
        view! {
            <Button kind=ButtonKind::Secondary name="do" value="add">
                {text("Add another question")}
            </Button>
        }
    });
    let action = address(&shown.reference, "ask");
    parts.push(
        view! {
            <form action=action method="post" novalidate>
                {seen_fields(shown.version, shown.seen)}
                {rows}
                <div class="govuk-button-group">
                    <Button name="do" value="preview">{text("Preview the message")}</Button>
                    {more}
                </div>
            </form>
        }
        .into_any(),
    );
    DeskPage::new(TITLE, MenuEntry::Queue, parts)
        .back(address(&shown.reference, ""))
        .form(form)
}

fn question(
    (number, count): (usize, usize),
    row: QuestionRow,
    topics: &[Topic],
    form: FormState,
) -> AnyView {
    let choices = topic_choices(topics);
    let (topic, asked) = (format!("topic-{number}"), format!("asked-{number}"));
    let remove = (count > 1).then(|| {
        view! {
            <Button kind=ButtonKind::Secondary name="do" value=format!("remove-{number}")>
                {text(format!("Remove question {number}"))}
            </Button>
        }
    });
    view! {
        <fieldset class="govuk-fieldset app-question">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
                {format!("Question {number}")}
            </legend>
            <Select
                name=topic.clone()
                label="What is it about?"
                choices
                value=row.topic
                problem=form.problem(topic)
            />
            <Textarea
                name=asked.clone()
                label="What do you want to know?"
                label_size=LabelSize::Normal
                rows=3
                value=row.asked
                problem=form.problem(asked)
            />
            {remove}
        </fieldset>
    }
    .into_any()
}

/// Returns the choices for the topic of a question.
pub(super) fn topic_choices(topics: &[Topic]) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", "Select")];
    choices.extend(
        topics
            .iter()
            .map(|topic| Choice::new(topic.key(), topic.words())),
    );
    choices
}

/// Renders the page that previews the message to the applicant.
pub fn ask_preview_page(shown: QuestionsView, message: Preview) -> DeskPage {
    const TITLE: &str = "Check the message before you send it";
    let fields: Vec<AnyView> = shown
        .rows
        .into_iter()
        .enumerate()
        .flat_map(|(place, row)| {
            let number = place + 1;
            [
                hidden_field(format!("topic-{number}"), row.topic),
                hidden_field(format!("asked-{number}"), row.asked),
            ]
        })
        .collect();
    let action = address(&shown.reference, "ask");
    let change = action.clone();
    let parts = vec![
        heading(TITLE),
        preview(message),
        view! {
            <form action=action method="post" novalidate>
                {seen_fields(shown.version, shown.seen)}
                {fields}
                <div class="govuk-button-group">
                    <Button name="do" value="send-next" prevent_double_click=true>
                        {text("Send the questions and take the next")}
                    </Button>
                    <Button kind=ButtonKind::Secondary name="do" value="send" prevent_double_click=true>
                        {text("Send the questions")}
                    </Button>
                    <LinkButton href=change kind=ButtonKind::Secondary>
                        {text("Change the questions")}
                    </LinkButton>
                </div>
            </form>
        }
        .into_any(),
    ];
    DeskPage::new(TITLE, MenuEntry::Queue, parts).back(address(&shown.reference, "ask"))
}
