//! The task list: everything there is to do, how far it has got, and where to go on.

use leptos::prelude::*;
use registration::draft::Draft;
use registration::journey::{Status, Task};
use serde::{Deserialize, Serialize};

use crate::components::{self, InsetText, TaskList, TaskStatus};
use crate::fault::Fault;
use crate::pages::layout::{Loaded, PageLayout};

const TITLE: &str = "Your registration";

/// What the task list is drawn from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Progress {
    draft: Draft,
    users_well: bool,
    kept_until: Option<String>,
}

/// The page.
#[component]
pub fn TasksPage() -> impl IntoView {
    let progress = Resource::new(|| (), |()| load_progress());
    let page = |progress: Progress| {
        let Progress { draft, users_well, kept_until } = progress;
        let tasks = |tasks: &[Task]| -> Vec<components::Task> {
            tasks.iter().map(|task| entry(*task, &draft, users_well)).collect()
        };
        let organisation = tasks(&[Task::Organisation, Task::FirstHearing]);
        let people = tasks(&[Task::AccountablePerson, Task::Users]);
        let submit = tasks(&[Task::Terms, Task::CheckAnswers]);
        let done = Task::ALL
            .into_iter()
            .filter(|task| *task != Task::FirstHearing && *task != Task::CheckAnswers)
            .filter(|task| task.status(&draft, users_well) == Status::Completed)
            .count();
        view! {
            <PageLayout title=TITLE back="/">
                <h1 class="govuk-heading-l">{TITLE}</h1>
                <p class="govuk-body">{format!("You have completed {done} of 4 sections that you need to fill in.")}</p>
                <h2 class="govuk-heading-m">"Your organisation"</h2>
                <TaskList tasks=organisation id_prefix="organisation"/>
                <h2 class="govuk-heading-m">"People"</h2>
                <TaskList tasks=people id_prefix="people"/>
                <h2 class="govuk-heading-m">"Sign and submit"</h2>
                <TaskList tasks=submit id_prefix="submit"/>
                {kept_until.map(|day| view! {
                    <InsetText>
                        "Your answers are saved on every page. You can come back to them with this browser for 20 hours after you last used it, and until "{day}" at the latest."
                    </InsetText>
                })}
            </PageLayout>
        }
        .into_any()
    };
    view! { <Loaded resource=progress view=page/> }
}

fn entry(task: Task, draft: &Draft, users_well: bool) -> components::Task {
    let words = task.words(draft.is_one_person());
    let status = match task.status(draft, users_well) {
        Status::NotStarted => TaskStatus::NotStarted,
        Status::Incomplete => TaskStatus::Incomplete,
        Status::Problem => TaskStatus::Problem,
        Status::Completed => TaskStatus::Completed,
        Status::CannotStartYet => return components::Task::not_yet(words),
    };
    components::Task::new(words, task.start(draft), status)
}

/// The draft and what it does not know of itself.
#[server(endpoint = "progress")]
async fn load_progress() -> Result<Option<Progress>, Fault> {
    use registration::users::{User, list_problems};

    let Some((draft, kept_until)) = crate::answering::open_draft().await? else {
        return Ok(None);
    };
    let users_well = draft.users == 0 || {
        let listed = crate::answering::applicant()?.users().await?;
        let users: Vec<User> = listed.into_iter().map(|listed| listed.user).collect();
        let (of_list, of_users) = list_problems(&users);
        of_list.is_empty() && of_users.is_empty()
    };
    Ok(Some(Progress { draft, users_well, kept_until }))
}
