//! The pages for an edit conflict: the answers were changed while a page was open, by somebody else
//! or in another tab of the same browser.
//!
//! The person chooses which answers to keep. Only the server renders these pages, so they work the
//! same without scripts and add nothing to the WebAssembly.

use leptos::prelude::*;
use registration::draft::{Draft, PageAnswers};
use registration::page::Page;
use registration::problem::Problem;
use registration::resume::{EDIT_CONFLICT, USER_CONFLICT};
use registration::sent::VERSION;
use registration::users::User;

use super::answers_of_draft::{answers_of_page, answers_of_user};
use super::prose::{heading, paragraph};
use crate::components::{Button, Cell, Choice, LabelSize, Radios, Table, text};
use crate::form::{FormState, hidden_field};
use crate::keyed_form;
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// The form value for keeping the saved answers.
pub const SAVED: &str = "saved";
/// The form value for keeping the entered answers.
pub const ENTERED: &str = "entered";

/// Renders the page for a conflict between the saved draft and the `entered` answers.
pub fn page_conflict_page(
    page: Page,
    saved: &Draft,
    entered: PageAnswers,
    problem: Option<Problem>,
) -> ServerPage {
    const TITLE: &str = "These answers have changed";
    let form = form_with(problem);
    let version = saved.versions.get(&page).copied().unwrap_or_default();
    let mut other = saved.clone();
    other.keep(entered);
    let rows = answers_of_page(saved, page)
        .into_iter()
        .zip(answers_of_page(&other, page))
        .map(|(saved, entered)| [vec![saved.key], saved.lines, entered.lines])
        .collect();
    let fields = vec![
        hidden_field("page", page.path()),
        hidden_field(VERSION, version.to_string()),
    ];
    let choices = ["What is saved now", "What you entered"];
    let parts = vec![
        heading(TITLE),
        paragraph(
            "Somebody else, or you in another tab, changed them while you had the page open. What you entered is not saved yet.",
        ),
        table(rows),
        question(EDIT_CONFLICT, fields, choices, form),
    ];
    server_page(TITLE, None, form, parts)
}

/// Renders the page for a conflict about a user. `saved` is `None` if somebody removed the user.
pub fn user_conflict_page(
    id: &str,
    saved: Option<&User>,
    entered: &User,
    problem: Option<Problem>,
) -> ServerPage {
    let form = form_with(problem);
    let (title, words, choices) = if saved.is_some() {
        (
            "This user has changed",
            "Somebody else, or you in another tab, changed the user while you had the page open. What you entered is not saved yet.",
            ["What is saved now", "What you entered"],
        )
    } else {
        (
            "This user was removed",
            "Somebody else, or you in another tab, removed the user while you had the page open. What you entered is not saved yet.",
            ["Leave the user out", "Add what you entered as a new user"],
        )
    };
    let rows = answers_of_user(saved)
        .into_iter()
        .zip(answers_of_user(Some(entered)))
        .map(|((key, saved), (_, entered))| [vec![key.to_owned()], vec![saved], vec![entered]])
        .collect();
    let seen = saved.map(User::fingerprint).unwrap_or_default();
    let fields = vec![
        hidden_field("id", id.to_owned()),
        hidden_field("seen", seen),
    ];
    let parts = vec![
        heading(title),
        paragraph(words),
        table(rows),
        question(USER_CONFLICT, fields, choices, form),
    ];
    server_page(title, None, form, parts)
}

/// Renders the saved and the entered answers side by side, with a row for each question.
fn table(rows: Vec<[Vec<String>; 3]>) -> AnyView {
    let head = ["Question", "What is saved now", "What you entered"]
        .map(Into::into)
        .to_vec();
    let rows = rows
        .into_iter()
        .map(|row| row.map(|cell| Cell::new(lines(cell))).into_iter().collect())
        .collect();
    view! {
        <Table
            head
            rows
            caption="Both answers"
            caption_size=LabelSize::Hidden
            first_cell_is_header=true
            reflows=true
        />
    }
    .into_any()
}

fn question(
    action: &'static str,
    fields: Vec<AnyView>,
    [saved, entered]: [&'static str; 2],
    form: FormState,
) -> AnyView {
    let action = keyed_form::address(action.into());
    view! {
        <form action=action method="post" novalidate>
            {fields}
            <Radios
                name="keep"
                label="Which answers do you want to keep?"
                choices=vec![Choice::new(SAVED, saved), Choice::new(ENTERED, entered)]
                problem=form.problem("keep")
            />
            <Button prevent_double_click=true>{text("Continue")}</Button>
        </form>
    }
    .into_any()
}

fn lines(lines: Vec<String>) -> Vec<AnyView> {
    lines
        .into_iter()
        .map(|line| view! { <div>{line}</div> }.into_any())
        .collect()
}
