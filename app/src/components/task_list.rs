//! The task list: the parts of a registration, with the status of each part.

use leptos::prelude::*;

use super::element::element;
use super::tag::{Tag, TagColour};
use super::words::{Words, joined};

/// The status of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskStatus {
    /// Completed. Shown as plain text, so that the other tasks stand out.
    Completed,
    /// Not completed, whether started or not.
    Incomplete,
    /// Not started.
    NotStarted,
    /// Started.
    InProgress,
    /// Started, and some of its answers are wrong.
    Problem,
    /// Blocked until another task is completed.
    CannotStartYet,
    /// Any other status, as a tag with this text and colour.
    Tag(Words, TagColour),
}

/// A task of the list.
#[derive(Debug, Clone)]
pub struct Task {
    /// The title, which says what to do.
    title: Words,
    /// The address of the first page of the task; empty while the task cannot be started.
    href: Words,
    /// The hint, which explains the task.
    hint: Words,
    /// The status of the task.
    status: TaskStatus,
}

impl Task {
    /// Creates a task. `href` is the address of its first page.
    pub fn new(title: impl Into<Words>, href: impl Into<Words>, status: TaskStatus) -> Self {
        Self {
            title: title.into(),
            href: href.into(),
            hint: Words::Borrowed(""),
            status,
        }
    }

    /// Creates a task that cannot be started yet.
    pub fn not_yet(title: impl Into<Words>) -> Self {
        Self::new(title, "", TaskStatus::CannotStartYet)
    }

    /// Adds a hint, which explains the task.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// A list of tasks, with a link and a status for each.
#[component]
pub fn TaskList(
    /// The tasks, in the recommended order.
    tasks: Vec<Task>,
    /// The prefix of the ids, which must differ if a page has several lists.
    #[prop(into, default = Words::Borrowed("task-list"))]
    id_prefix: Words,
) -> AnyView {
    let items = tasks
        .into_iter()
        .enumerate()
        .map(|(at, task)| item(task, &[&id_prefix, "-", &(at + 1).to_string()].concat()));
    element("ul")
        .class("govuk-task-list")
        .children(items)
        .view()
}

/// Renders one task. The whole row can be clicked, unless the task cannot be started.
fn item(task: Task, id: &str) -> AnyView {
    let Task {
        title,
        href,
        hint,
        status,
    } = task;
    let status_id = joined(id, "-status");
    let hint_id = (!hint.is_empty()).then(|| joined(id, "-hint"));
    let (class, name) = if href.is_empty() {
        ("govuk-task-list__item", element("div").words(title))
    } else {
        let described_by = match &hint_id {
            Some(hint_id) => [hint_id.as_str(), " ", &status_id].concat(),
            None => status_id.clone(),
        };
        let link = element("a")
            .class("govuk-link govuk-task-list__link")
            .attr("href", href)
            .attr("aria-describedby", described_by)
            .words(title);
        (
            "govuk-task-list__item govuk-task-list__item--with-link",
            link,
        )
    };
    let hint = hint_id.map(|hint_id| {
        element("div")
            .attr("id", hint_id)
            .class("govuk-task-list__hint")
            .words(hint)
            .view()
    });
    let name = element("div")
        .class("govuk-task-list__name-and-hint")
        .child(name.view())
        .children(hint);
    element("li")
        .class(class)
        .child(name.view())
        .child(status_view(status, status_id))
        .view()
}

/// Renders the status of a task, as plain text or as a tag.
fn status_view(status: TaskStatus, id: String) -> AnyView {
    let (words, colour) = match status {
        TaskStatus::Completed => {
            let status = element("div")
                .class("govuk-task-list__status")
                .attr("id", id);
            return status.words("Completed").view();
        }
        TaskStatus::CannotStartYet => {
            let class = "govuk-task-list__status govuk-task-list__status--cannot-start-yet";
            return element("div")
                .class(class)
                .attr("id", id)
                .words("Cannot start yet")
                .view();
        }
        TaskStatus::Incomplete => (Words::Borrowed("Incomplete"), TagColour::Blue),
        TaskStatus::NotStarted => (Words::Borrowed("Not started"), TagColour::Blue),
        TaskStatus::InProgress => (Words::Borrowed("In progress"), TagColour::Teal),
        TaskStatus::Problem => (Words::Borrowed("There is a problem"), TagColour::Red),
        TaskStatus::Tag(words, colour) => (words, colour),
    };
    let tag = view! { <Tag words colour/> }.into_any();
    element("div")
        .class("govuk-task-list__status")
        .attr("id", id)
        .child(tag)
        .view()
}
