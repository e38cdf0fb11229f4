//! The list of users: 50 on a page, with a search, links to change or remove each user, and a way
//! to add another.
//!
//! The search text may be a name. A form sends the text and the session stores it, so the text is
//! never in an address.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;
#[cfg(feature = "ssr")]
use registration::draft::Draft;
#[cfg(feature = "ssr")]
use registration::form::Topic;
use registration::journey::{self, PageOrigin};
use registration::problem::Problem;
use registration::registration::change_user;
use registration::text::with_commas;
use registration::users::MAX_USERS;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::components::ALL_QUESTIONS;
use crate::components::{
    Button, ButtonKind, Cell, Choice, InputWidth, LabelSize, PageItem, Pagination, Radios, Table,
    Tag, TagColour, TextInput, element, table_action,
};
use crate::fault::Fault;
use crate::form::{
    FormState, Validation, hidden_field, live_form, origin, origin_field, plain_form,
};
use crate::pages::layout::{Content, loaded, page};
use crate::pages::problems::problem_summary;
#[cfg(feature = "ssr")]
use crate::pages::prose::{link, paragraph_of};
use crate::pages::prose::{paragraph, text};

/// The number of users on a page.
#[cfg(feature = "ssr")]
const PAGE_SIZE: usize = 50;
/// The minimum number of users for which the list has a search.
const SEARCH_FROM: usize = 10;

/// One page of the list of users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct UserList {
    total: usize,
    found: usize,
    search: String,
    page: usize,
    pages: usize,
    rows: Vec<UserRow>,
    problems: Vec<Problem>,
    may_add: bool,
    /// The name of the user who has just been removed; empty if no user was removed.
    removed: String,
    /// The notes about an unfinished spreadsheet and an unfinished user, as HTML; empty if there
    /// are none.
    waits: String,
    /// The links that upload and download spreadsheets, as HTML.
    spreadsheets: String,
}

/// A user, as a row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct UserRow {
    id: String,
    name: String,
    email: String,
    role: String,
    /// Whether the user is an administrator, as display text.
    administrator: String,
    has_problem: bool,
}

/// The parsed answer to "Do you want to add another user?".
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    more: String,
}

/// The page with the list of users.
#[component]
pub fn UsersPage() -> AnyView {
    let query = use_location().query;
    let number = move || {
        query.with(|query| {
            query
                .get_str("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1_usize)
        })
    };
    let origin = origin();
    let unanswered = query.with_untracked(|query| query.get_str("unanswered").is_some());
    loaded(
        move || {
            (
                LoadUsers { page: number() },
                ["page=", &number().to_string()].concat(),
            )
        },
        move |list: UserList| drawn(list, origin, unanswered),
    )
}

fn drawn(list: UserList, origin: PageOrigin, unanswered: bool) -> AnyView {
    let mut problems = list.problems.clone();
    let is_first = list.total == 0;
    problems.extend(unanswered.then(|| not_chosen(is_first)));
    let form = FormState::new(problems, Vec::new());
    let may_add = list.may_add;
    let rules = Arc::new(move |fields: &str| {
        let answer: Answer = crate::json::read(fields)?;
        let answered = !may_add || matches!(answer.more.as_str(), "yes" | "no");
        let problems = if answered {
            Vec::new()
        } else {
            vec![not_chosen(is_first)]
        };
        Some(Validation {
            problems,
            warnings: Vec::new(),
        })
    });
    let title = match list.total {
        total if !list.removed.is_empty() => {
            let left = match total {
                0 => "No users".to_owned(),
                1 => "1 user".to_owned(),
                total => [&with_commas(total), " users"].concat(),
            };
            ["Removed ", &list.removed, ". ", &left].concat()
        }
        total if !list.search.is_empty() => {
            let matches = if list.found == 1 { "matches" } else { "match" };
            let [found, total] = [list.found, total].map(with_commas);
            [&found, " of ", &total, " users ", matches, " your search"].concat()
        }
        0 => "You have not added any users".to_owned(),
        1 => "You have added 1 user".to_owned(),
        total => ["You have added ", &with_commas(total), " users"].concat(),
    };
    let mut parts = vec![
        problem_summary(form),
        element("h1")
            .class("govuk-heading-l")
            .attr("id", "users")
            .words(title.clone())
            .view(),
    ];
    if !list.waits.is_empty() {
        parts.push(element("div").written(list.waits.clone()).view());
    }
    if list.total >= SEARCH_FROM {
        parts.extend(search_form(&list.search, origin));
    }
    if list.pages > 1 {
        parts.push(pages(&list, origin));
    }
    let more = if may_add {
        view! {
            <Radios
                name="more"
                label=if is_first {
                    "Do you want to add a user?"
                } else {
                    "Do you want to add another user?"
                }
                label_size=LabelSize::Medium
                inline=true
                choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
                problem=form.problem("more")
            />
        }
        .into_any()
    } else {
        paragraph(format!(
            "You have added {} users, the most that one registration can have.",
            with_commas(MAX_USERS)
        ))
    };
    let spreadsheets = list.spreadsheets.clone();
    if !list.rows.is_empty() {
        let at = parts.len() - usize::from(list.pages > 1);
        parts.insert(at, table(list.rows, origin));
    }
    let fields = vec![
        origin_field(origin),
        more,
        view! { <Button prevent_double_click=true>{text("Continue")}</Button> }.into_any(),
    ];
    parts.push(live_form(AddMore::url(), form, rules, fields));
    parts.push(element("div").written(spreadsheets).view());
    page(Content {
        title: title.into(),
        back: Some(back(origin).to_owned()),
        form: Some(form),
        wide: true,
        parts,
    })
}

/// Renders the search form above the list and, after a search, a button that shows all users.
fn search_form(words: &str, origin: PageOrigin) -> Vec<AnyView> {
    let search = plain_form(
        SearchUsers::url(),
        vec![
            origin_field(origin),
            element("div")
                .class("app-search")
                .attr("role", "search")
                .child(
                    view! {
                        <TextInput
                            name="words"
                            label="Search for a user by name or email address"
                            width=InputWidth::Twenty
                            value=words.to_owned()
                            autocomplete="off"
                            spellcheck=false
                        />
                    }
                    .into_any(),
                )
                .child(
                    view! { <Button kind=ButtonKind::Secondary>{text("Search")}</Button> }
                        .into_any(),
                )
                .view(),
        ],
    );
    if words.is_empty() {
        return vec![search];
    }
    let all = plain_form(
        SearchUsers::url(),
        vec![
            origin_field(origin),
            hidden_field("words", ""),
            view! { <Button kind=ButtonKind::Secondary>{text("Show all users")}</Button> }
                .into_any(),
        ],
    );
    vec![search, all]
}

fn table(rows: Vec<UserRow>, origin: PageOrigin) -> AnyView {
    let head = ["Name", "Email address", "Role", "Administrator", "Actions"]
        .map(Into::into)
        .to_vec();
    let rows = rows
        .into_iter()
        .map(|user| {
            let origin = origin.in_list();
            let change = origin.address_of(&change_user(&user.id));
            let remove = origin.address_of(&[journey::USERS, "/", &user.id, "/remove"].concat());
            let actions = vec![
                table_action(change, "Change", &user.name),
                table_action(remove, "Remove", &user.name),
            ];
            let mut name = vec![text(user.name)];
            if user.has_problem {
                name.push(text(" "));
                name.push(
                    view! { <Tag words="There is a problem" colour=TagColour::Red/> }.into_any(),
                );
            }
            vec![
                Cell::new(name),
                user.email.into(),
                user.role.into(),
                user.administrator.into(),
                Cell::new(actions),
            ]
        })
        .collect();
    view! { <Table head rows caption="Users" caption_size=LabelSize::Hidden first_cell_is_header=true reflows=true/> }
        .into_any()
}

fn pages(list: &UserList, origin: PageOrigin) -> AnyView {
    let address = move |page: usize| {
        origin.address_of(&[journey::USERS, "?page=", &page.to_string()].concat())
    };
    let previous = if list.page > 1 {
        address(list.page - 1)
    } else {
        String::new()
    };
    let next = if list.page < list.pages {
        address(list.page + 1)
    } else {
        String::new()
    };
    view! { <Pagination previous next items=PageItem::around(list.page, list.pages, address)/> }
        .into_any()
}

fn back(origin: PageOrigin) -> &'static str {
    match origin {
        PageOrigin::Task => journey::TASKS,
        PageOrigin::Check | PageOrigin::CheckedList => journey::CHECK_ANSWERS,
    }
}

fn not_chosen(is_first: bool) -> Problem {
    let words = if is_first {
        "Select yes if you want to add a user"
    } else {
        "Select yes if you want to add another user"
    };
    Problem::new("more", "more-empty", words)
}

/// Renders the desk's questions about the users, as HTML. Returns an empty string if there are
/// none.
#[cfg(feature = "ssr")]
fn asked_inset(draft: &Draft) -> String {
    let asked: Vec<&str> = draft
        .asked
        .iter()
        .filter(|question| question.topic == Topic::Users)
        .map(|question| &*question.asked)
        .collect();
    if asked.is_empty() {
        return String::new();
    }
    let words = ["The Common Platform Desk asks: ", &asked.join(" ")].concat();
    element("div")
        .class("govuk-inset-text app-asked")
        .child(paragraph(words))
        .child(paragraph_of(vec![link(journey::TASKS, ALL_QUESTIONS)]))
        .view()
        .to_html()
}

/// Loads the page with this number, counted from 1, of the users that match the stored search. A
/// number past the end means the last page.
#[server(endpoint = "users/list")]
async fn load_users(page: usize) -> Result<Option<UserList>, Fault> {
    use std::collections::HashSet;

    use registration::registration::ListedUser;
    use registration::text::in_one_form;
    use registration::users::{Role, User, list_problems};

    use crate::pages::answers::NOT_PROVIDED;
    use crate::pages::spreadsheets::{pending_import_inset, spreadsheet_links};

    let Some(draft) = crate::answering::draft().await? else {
        return Ok(None);
    };
    let applicant = crate::answering::applicant()?;
    let listed = applicant.users().await?;
    let search = applicant.user_search().await?;
    let users: Vec<User> = listed.iter().map(|listed| listed.user.clone()).collect();
    let (problems, of_users) = list_problems(&users);
    let wrong: HashSet<usize> = of_users.iter().map(|found| found.index).collect();
    let total = listed.len();
    let mut waits = pending_import_inset(applicant.as_ref()).await?;
    waits.push_str(&super::add::unfinished_user_inset(&draft));
    waits.push_str(&asked_inset(&draft));
    let comparable = |text: &str| in_one_form(text).to_lowercase();
    let wanted = comparable(&search);
    let matching: Vec<UserRow> = listed
        .into_iter()
        .enumerate()
        .filter(|(_, listed)| {
            let ListedUser { user, .. } = listed;
            comparable(&format!("{} {}", user.full_name(), user.email)).contains(&wanted)
        })
        .map(|(index, ListedUser { id, user })| {
            let user = user.as_stored();
            UserRow {
                id,
                name: match user.full_name() {
                    name if name.is_empty() => format!("User {}", index + 1),
                    name => name,
                },
                role: user.role().map_or(NOT_PROVIDED, Role::words).to_owned(),
                administrator: user
                    .administrator_words()
                    .unwrap_or(NOT_PROVIDED)
                    .to_owned(),
                has_problem: wrong.contains(&index),
                email: user.email,
            }
        })
        .collect();
    let pages = matching.len().div_ceil(PAGE_SIZE).max(1);
    let page = page.clamp(1, pages);
    Ok(Some(UserList {
        total,
        found: matching.len(),
        search,
        page,
        pages,
        rows: matching
            .into_iter()
            .skip((page - 1) * PAGE_SIZE)
            .take(PAGE_SIZE)
            .collect(),
        problems: if draft.submit_tried {
            problems
        } else {
            Vec::new()
        },
        may_add: journey::may_add_user(total),
        removed: applicant.take_removed_user().await?,
        waits,
        spreadsheets: spreadsheet_links(applicant.as_ref(), total),
    }))
}

/// Redirects to the page that adds another user, or back to the task list or the check answers
/// page. If the question was not answered, returns a problem, unless the list is full.
#[server(endpoint = "users/more")]
async fn add_more(
    #[server(default)] more: String,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    use crate::answering;

    let Some(draft) = answering::draft().await? else {
        return Ok(Vec::new());
    };
    let origin = PageOrigin::from_key(&from);
    match more.as_str() {
        "yes" => answering::redirect(&origin.address_of(journey::ADD_USER)),
        _ if more == "no" || !journey::may_add_user(draft.users) => {
            answering::redirect(back(origin));
        }
        _ => {
            if answering::applicant()?.is_plain_form() {
                let again = [journey::USERS, "?unanswered=yes"].concat();
                answering::redirect(&origin.address_of(&again));
            }
            return Ok(vec![not_chosen(draft.users == 0)]);
        }
    }
    Ok(Vec::new())
}

/// Stores the first 100 characters of the search text in the session, and redirects to the first
/// page of results.
#[server(endpoint = "users/search")]
async fn search_users(
    #[server(default)] words: String,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    let applicant = crate::answering::applicant()?;
    let search: String = words.trim().chars().take(100).collect();
    applicant.search_users(search).await?;
    crate::answering::redirect(&PageOrigin::from_key(&from).address_of(journey::USERS));
    Ok(Vec::new())
}
