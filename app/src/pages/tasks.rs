//! The task list: the tasks, the status of each task, and the next step.

use std::borrow::Cow;

use leptos::prelude::*;
use registration::journey::Status;
use registration::lifecycle::{QUESTIONS, STATUS};
use serde::{Deserialize, Serialize};

use super::layout::{Content, loaded, page};
use super::prose::{
    heading, link, list, outside_link, paragraph, paragraph_of, sign_out_link, subheading,
};
use crate::components::{InsetText, TagColour, Task, TaskList, TaskStatus, element};
use crate::fault::Fault;
use crate::keyed_form;

const TITLE: &str = "Your registration";

/// The data for the task list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Progress {
    completed: usize,
    tasks: Vec<Entry>,
    /// The note about returning to the draft or to the desk: its text, and the address and text of its link.
    next_step: Option<[Cow<'static, str>; 3]>,
    /// Whether the draft is saved with an email address. The note is then above the tasks, otherwise below them.
    is_saved: bool,
    /// The desk's questions. Each question has the address of the page that answers it, a topic and
    /// a text.
    questions: Vec<[String; 3]>,
    /// Whether the desk has reopened the registration after it was submitted.
    is_reopened: bool,
}

/// A task: its name, the address of its first page, and its status.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Entry {
    words: Cow<'static, str>,
    start: Cow<'static, str>,
    status: Status,
}

/// The page with the task list.
#[component]
pub fn TasksPage() -> AnyView {
    loaded(
        || (LoadProgress {}, String::new()),
        |progress: Progress| {
            let Progress {
                completed,
                tasks,
                mut next_step,
                is_saved,
                questions,
                is_reopened,
            } = progress;
            let mut tasks = tasks.into_iter().map(task);
            let mut group = |title, prefix: &'static str| {
                let tasks: Vec<Task> = tasks.by_ref().take(2).collect();
                [
                    subheading(title),
                    view! { <TaskList tasks id_prefix=prefix/> }.into_any(),
                ]
            };
            let done = [
                "You have completed ",
                &completed.to_string(),
                " of 4 required tasks.",
            ];
            let mut parts = vec![heading(TITLE)];
            if is_saved {
                parts.extend(next_step.take().map(inset));
            }
            if is_reopened {
                parts.push(desk_questions(questions));
            }
            parts.push(paragraph(done.concat()));
            parts.extend(group("Your organisation", "organisation"));
            parts.extend(group("People", "people"));
            parts.extend(group("Sign and submit", "submit"));
            parts.extend(next_step.map(inset));
            if !keyed_form::is_keyed() {
                parts.push(sign_out_link());
            }
            page(Content {
                title: TITLE.into(),
                back: Some("/".to_owned()),
                parts,
                ..Content::default()
            })
        },
    )
}

/// Renders a note with a link.
fn inset([words, address, link]: [Cow<'static, str>; 3]) -> AnyView {
    let inset = vec![
        paragraph(words),
        paragraph_of(vec![outside_link(address, link)]),
    ];
    view! { <InsetText>{inset}</InsetText> }.into_any()
}

/// Renders the desk's questions, for which a submitted registration was reopened.
fn desk_questions(questions: Vec<[String; 3]>) -> AnyView {
    let questions = questions
        .into_iter()
        .map(|[address, about, asked]| {
            let asked = element("span")
                .class("app-lines")
                .words([": ", &asked].concat());
            vec![link(address, about), asked.view()].into_any()
        })
        .collect();
    let inset = vec![
        paragraph("The Common Platform Desk needs to know more before it can decide:"),
        list(questions),
        paragraph(
            "Answer the questions or change your answers, then send your registration again. It keeps its reference.",
        ),
        paragraph_of(vec![outside_link(
            QUESTIONS,
            "Answer the questions in your own words",
        )]),
        paragraph_of(vec![outside_link(
            STATUS,
            "Check the progress of your registration",
        )]),
    ];
    view! { <InsetText>{inset}</InsetText> }.into_any()
}

fn task(entry: Entry) -> Task {
    let status = match entry.status {
        Status::NotStarted => TaskStatus::NotStarted,
        Status::Incomplete => TaskStatus::Incomplete,
        Status::Problem => TaskStatus::Problem,
        Status::ActionNeeded => TaskStatus::Tag("Action needed".into(), TagColour::Yellow),
        Status::Completed => TaskStatus::Completed,
        Status::CannotStartYet => return Task::not_yet(entry.words),
    };
    Task::new(entry.words, entry.start, status)
}

/// Returns the note above or below the tasks.
///
/// The note tells an officer that they fill in the form for an organisation. It tells an applicant
/// how to return to the draft. An applicant gets no note before the first answer is saved, or
/// after the first submission.
#[cfg(feature = "ssr")]
fn next_step(
    draft: &registration::draft::Draft,
    kept_until: Option<String>,
    is_saved: bool,
) -> Option<[Cow<'static, str>; 3]> {
    use registration::desk::ASSISTED_FORM;
    use registration::lifetimes::APPLICANT_SESSION_HOURS;
    use registration::resume::SAVE;

    if draft.on_behalf {
        return Some([
            "You are filling in this registration on behalf of an organisation. Only its accountable person can sign and submit it.".into(),
            ASSISTED_FORM.into(),
            "Go back to the desk to send it for signature".into(),
        ]);
    }
    let day = kept_until.filter(|_| !draft.is_reopened)?;
    if is_saved {
        return Some([
            format!(
                "Your registration is saved. To come back to it on any device until {day}, go to the start page and choose ‘Return to a saved registration’."
            )
            .into(),
            SAVE.into(),
            "See who can open it, or share it with a colleague".into(),
        ]);
    }
    Some([
        format!(
            "Your answers are saved on every page. You can come back to them with this browser for {APPLICANT_SESSION_HOURS} hours after you start or return to it."
        )
        .into(),
        SAVE.into(),
        "Save your registration with an email address, to come back later".into(),
    ])
}

/// Loads the tasks and the status of each.
#[server(endpoint = "progress")]
async fn load_progress() -> Result<Option<Progress>, Fault> {
    use registration::journey::Task;
    use registration::unanswered_questions::unanswered;
    use registration::users::{User, list_problems};

    let Some((draft, kept_until)) = crate::answering::open_draft().await? else {
        return Ok(None);
    };
    crate::answering::applicant()?.clear_user_search().await?;
    let one_person = draft.is_one_person();
    let applicant = crate::answering::applicant()?;
    let mut users: Vec<User> = Vec::new();
    if draft.users > 0 {
        let listed = applicant.users().await?;
        users.extend(listed.into_iter().map(|listed| listed.user));
    }
    let users_valid = users.is_empty() || {
        let (of_list, of_users) = list_problems(&users);
        of_list.is_empty() && of_users.is_empty()
    };
    let open = match applicant.submitted_answers().await? {
        Some(sent) => unanswered(&draft, &users, &sent),
        None => Vec::new(),
    };
    let entry = |task: Task| {
        let is_asked = open
            .iter()
            .any(|question| task.is_about(question.topic, one_person));
        Entry {
            words: task.words(one_person).into(),
            start: task.start(&draft).into(),
            status: match task.status(&draft, users_valid) {
                Status::Completed if is_asked => Status::ActionNeeded,
                status => status,
            },
        }
    };
    let is_completed = |task: &Task| task.status(&draft, users_valid) == Status::Completed;
    let needed = [
        Task::Organisation,
        Task::AccountablePerson,
        Task::Users,
        Task::Terms,
    ];
    let is_saved = crate::answering::applicant()?.is_saved().await?;
    Ok(Some(Progress {
        completed: needed.iter().filter(|task| is_completed(task)).count(),
        tasks: Task::ALL.into_iter().map(entry).collect(),
        next_step: next_step(&draft, kept_until, is_saved),
        is_saved,
        questions: draft
            .asked
            .iter()
            .map(|question| {
                [
                    question.topic.address(),
                    question.topic.words().to_owned(),
                    question.asked.clone(),
                ]
            })
            .collect(),
        is_reopened: draft.is_reopened,
    }))
}
