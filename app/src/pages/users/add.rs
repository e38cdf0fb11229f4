//! The page that adds a user to the list.
//!
//! A user is added once the answers have no problem. Until then the draft stores the typed answers,
//! and this page shows them with their problems.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
#[cfg(feature = "ssr")]
use registration::answers::Answers;
#[cfg(feature = "ssr")]
use registration::draft::Draft;
use registration::journey;
use registration::organisation::OrganisationKind;
#[cfg(feature = "ssr")]
use registration::page::Page;
use registration::problem::Problem;
use registration::sent::{FORM_ID, Sent, VERSION};
use registration::text::with_commas;
use registration::users::{MAX_USERS, User};
use serde::{Deserialize, Serialize};

use super::fields::{rules_of_row, user_fields};
#[cfg(feature = "ssr")]
use crate::components::{Button, ButtonKind, element};
use crate::fault::Fault;
#[cfg(feature = "ssr")]
use crate::form::plain_form;
use crate::form::{FormState, hidden_field, live_form, origin, origin_field, save_buttons};
use crate::pages::layout::{Content, loaded, page};
use crate::pages::problems::problem_summary;
use crate::pages::prose::{heading, link, paragraph, paragraph_of, text};

const TITLE: &str = "Add a user";

/// The data for the page that adds a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct NewUser {
    /// Whether the list of users is full.
    is_full: bool,
    /// Whether the list has no users.
    is_first: bool,
    /// The kind of organisation, which decides the roles that are offered.
    kind: Option<OrganisationKind>,
    /// The answers to show.
    user: User,
    /// The problems of the answers, if they were sent before.
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    /// How often the answers were saved; `None` if there is no draft.
    ///
    /// If a form with a version later arrives without a cookie, the server knows that the cookie
    /// has expired.
    version: Option<i64>,
    /// The identifier of the form, which distinguishes its saves from those of other tabs.
    form_id: String,
}

/// The page that adds a user.
#[component]
pub fn AddUserPage() -> AnyView {
    let origin = origin();
    loaded(
        || (LoadNewUser {}, String::new()),
        move |new: NewUser| {
            if new.is_full {
                return full();
            }
            let form = FormState::new(new.problems, new.warnings);
            let back = if new.is_first {
                journey::TASKS
            } else {
                journey::USERS
            };
            let upload = link(journey::UPLOAD, "upload a spreadsheet of users");
            let upload = vec![text("To add many users at once, "), upload, text(".")];
            let mut fields = vec![origin_field(origin), heading(TITLE), paragraph_of(upload)];
            let version = new.version.map(|version| version.to_string());
            fields.extend(version.map(|version| hidden_field(VERSION, version)));
            fields.push(hidden_field(FORM_ID, new.form_id));
            fields.extend(user_fields(new.user, new.kind, form));
            fields.push(save_buttons());
            page(Content {
                title: TITLE.into(),
                back: Some(origin.address_of(back)),
                form: Some(form),
                parts: vec![
                    problem_summary(form),
                    live_form(AddUser::url(), form, Arc::new(rules_of_row), fields),
                ],
                ..Content::default()
            })
        },
    )
}

fn full() -> AnyView {
    const TITLE: &str = "You cannot add more users";
    page(Content {
        title: TITLE.into(),
        back: Some(journey::USERS.to_owned()),
        parts: vec![
            heading(TITLE),
            paragraph(format!(
                "A registration can have up to {} users. Once your accounts are set up, your organisation administrators can ask for more.",
                with_commas(MAX_USERS)
            )),
            paragraph_of(vec![link(journey::USERS, "Go to your users")]),
        ],
        ..Content::default()
    })
}

/// Renders a note about the unfinished user, as HTML, for the list of users and the check answers
/// page. Returns an empty string if there is none.
#[cfg(feature = "ssr")]
pub(in crate::pages) fn unfinished_user_inset(draft: &Draft) -> String {
    let Some(user) = draft.new_user.as_ref().filter(|_| !draft.is_one_person()) else {
        return String::new();
    };
    let who = match user.full_name() {
        name if name.is_empty() => "a user".to_owned(),
        name => name,
    };
    let words = [
        "You have not finished adding ",
        &who,
        ". They are not in your registration yet.",
    ]
    .concat();
    let version = draft.versions.get(&Page::NewUser).copied();
    let version = version.unwrap_or_default();
    let discard = view! {
        <Button kind=ButtonKind::Secondary prevent_double_click=true>
            {text("Delete what you entered about them")}
        </Button>
    };
    element("div")
        .class("govuk-inset-text")
        .child(paragraph(words))
        .child(paragraph_of(vec![link(
            journey::ADD_USER,
            "Finish adding this user",
        )]))
        .child(plain_form(
            DiscardUnfinishedUser::url(),
            vec![
                hidden_field(VERSION, version.to_string()),
                discard.into_any(),
            ],
        ))
        .view()
        .to_html()
}

/// Loads the data for the page that adds a user. The page shows the answers of the unfinished user,
/// or else those of the accountable person if that person is the first user.
#[server(endpoint = "users/new")]
async fn load_new_user() -> Result<Option<NewUser>, Fault> {
    use registration::users::problems_of_new_user;

    let Some((draft, kept_until)) = crate::answering::open_draft().await? else {
        return Ok(None);
    };
    let context = draft.page_context();
    let version = draft.versions.get(&Page::NewUser).copied();
    let (user, problems) = match draft.new_user {
        Some(user) => {
            let listed = crate::answering::applicant()?.users().await?;
            let listed: Vec<User> = listed.into_iter().map(|listed| listed.user).collect();
            let problems = problems_of_new_user(&listed, &user);
            (user, problems)
        }
        None if context.begins_with_accountable_person => (context.accountable_person, Vec::new()),
        None => (User::default(), Vec::new()),
    };
    Ok(Some(NewUser {
        is_full: !journey::may_add_user(context.users),
        is_first: context.users == 0,
        kind: context.rules.kind,
        warnings: user.warnings(),
        user,
        problems,
        version: kept_until.map(|_| version.unwrap_or_default()),
        form_id: crate::answering::applicant()?.new_form_id(),
    }))
}

/// Adds a user to the list. If the answers have problems, saves them and returns the problems.
#[server(endpoint = "users/add")]
async fn add_user(
    #[server(flatten)] user: Sent<User>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    use crate::answering;
    use registration::journey::PageOrigin;

    let applicant = answering::applicant()?;
    let origin = PageOrigin::from_key(&from);
    let (change, problems) = applicant.add_user(user, origin).await?;
    if answering::draft_or_redirect(change).is_none() {
        return Ok(Vec::new());
    }
    if applicant.leaves() {
        answering::redirect(registration::resume::SAVE);
        return Ok(Vec::new());
    }
    // With WebAssembly, a page with problems stays open, so the person is not redirected.
    if problems.is_empty() {
        answering::redirect(&origin.address_of(journey::USERS));
    } else if applicant.is_plain_form() {
        answering::redirect(&origin.address_of(journey::ADD_USER));
    }
    Ok(problems)
}

/// Deletes the answers about an unfinished user, unless others were saved since the page was
/// opened. Redirects to the list of users.
#[server(endpoint = "users/discard")]
async fn discard_unfinished_user(
    #[server(default)] version: String,
) -> Result<Vec<Problem>, Fault> {
    if crate::answering::draft().await?.is_some() {
        crate::answering::applicant()?
            .discard_unfinished_user(version.parse().unwrap_or_default())
            .await?;
        crate::answering::redirect(journey::USERS);
    }
    Ok(Vec::new())
}
