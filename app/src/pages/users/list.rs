//! The users added so far: 50 a page, searchable, each to change or remove, and the way to add another.
//!
//! What is searched for is a person's name: it is sent in a form and kept with the cookie, never in the
//! page's address.

use std::sync::Arc;

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use registration::journey::{self, Origin};
use registration::problem::Problem;
use registration::registration::{ListedUser, change_user};
use serde::{Deserialize, Serialize};

use crate::components::{
    Button, ButtonKind, Cell, Choice, InputWidth, LabelSize, PageItem, Pagination, Radios, Table, Tag,
    TagColour, TextInput,
};
use crate::fault::Fault;
use crate::form::{FormState, LiveForm, origin};
use crate::pages::layout::{Loaded, PageLayout};

/// How many users stand on a page.
#[cfg(feature = "ssr")]
const ON_A_PAGE: usize = 50;
/// From how many users on the list can be searched.
const SEARCH_FROM: usize = 10;

/// A page of the list of users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserList {
    total: usize,
    found: usize,
    search: String,
    page: usize,
    pages: usize,
    rows: Vec<UserRow>,
    problems: Vec<Problem>,
    problems_shown: bool,
    may_add: bool,
}

/// A user of the list and whether anything is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct UserRow {
    listed: ListedUser,
    has_problem: bool,
}

/// The page.
#[component]
pub fn UsersPage() -> impl IntoView {
    let more = ServerAction::<AddMore>::new();
    let search = ServerAction::<SearchUsers>::new();
    let query = use_query_map();
    let page = move || {
        query.with(|query| query.get_str("page").and_then(|page| page.parse().ok()).unwrap_or(1))
    };
    let searched = search.version();
    let list = Resource::new(move || (page(), searched.get()), |(page, _)| load_users(page));
    let origin = origin();
    let unanswered = query.with_untracked(|query| query.get_str("unanswered").is_some());
    let view = move |list: UserList| {
        let mut problems = if list.problems_shown { list.problems.clone() } else { Vec::new() };
        problems.extend(unanswered.then(not_chosen));
        let form = FormState::new(problems, Vec::new());
        let may_add = list.may_add;
        let rules = Arc::new(move |sent: &AddMore| {
            let answered = !may_add || matches!(sent.more.as_str(), "yes" | "no");
            (if answered { Vec::new() } else { vec![not_chosen()] }, Vec::new())
        });
        let title = match list.total {
            0 => "You have not added any users".to_owned(),
            1 => "You have added 1 user".to_owned(),
            total => format!("You have added {total} users"),
        };
        view! {
            <PageLayout title=title.clone() back=back(origin) form wide=true>
                <h1 class="govuk-heading-l" id="users">{title}</h1>
                {(list.total >= SEARCH_FROM).then(|| view! {
                    <SearchForm search words=list.search.clone() found=list.found/>
                })}
                {(!list.rows.is_empty()).then(|| table(&list, origin))}
                {(list.pages > 1).then(|| pages(&list, origin))}
                <LiveForm action=more form rules>
                    <input type="hidden" name="from" value=origin.key()/>
                    {if may_add {
                        view! {
                            <Radios
                                name="more"
                                label="Do you want to add another user?"
                                label_size=LabelSize::Medium
                                inline=true
                                choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
                                problem=form.problem("more")
                            />
                        }.into_any()
                    } else {
                        view! {
                            <p class="govuk-body">"You have added 1,000 users, the most that one registration can have."</p>
                        }.into_any()
                    }}
                    <Button prevent_double_click=true>"Continue"</Button>
                </LiveForm>
            </PageLayout>
        }
        .into_any()
    };
    view! { <Loaded resource=list view/> }
}

/// The search, above the list.
#[component]
fn SearchForm(
    search: ServerAction<SearchUsers>,
    words: String,
    found: usize,
) -> impl IntoView {
    let is_search = !words.is_empty();
    view! {
        <ActionForm action=search attr:novalidate=true attr:role="search" attr:class="app-search">
            <TextInput
                name="words"
                label="Search for a user by name or email address"
                width=InputWidth::Twenty
                value=words.clone()
                autocomplete="off"
                spellcheck=false
            />
            <Button kind=ButtonKind::Secondary>"Search"</Button>
        </ActionForm>
        {is_search.then(|| view! {
            <p class="govuk-body" role="status">
                {match found {
                    0 => "No users match your search.".to_owned(),
                    1 => "1 user matches your search.".to_owned(),
                    found => format!("{found} users match your search."),
                }}
            </p>
            <ActionForm action=search attr:novalidate=true>
                <input type="hidden" name="words" value=""/>
                <Button kind=ButtonKind::Secondary>"Show all users"</Button>
            </ActionForm>
        })}
    }
}

fn table(list: &UserList, origin: Origin) -> impl IntoView + use<> {
    let head = ["Name", "Email address", "Role", "Administrator", "Actions"].map(Into::into).to_vec();
    let rows = list
        .rows
        .iter()
        .map(|UserRow { listed: ListedUser { id, user }, has_problem }| {
            let name = match user.full_name() {
                name if name.is_empty() => "No name".to_owned(),
                name => name,
            };
            let change = origin.address_of(&change_user(id));
            let remove = origin.address_of(&format!("{}/{id}/remove", journey::USERS));
            let hidden = |name: &str| {
                view! { <span class="govuk-visually-hidden">" "{name.to_owned()}</span> }
            };
            let actions = view! {
                <a class="govuk-link app-row-action" href=change>"Change"{hidden(&name)}</a>
                " "
                <a class="govuk-link app-row-action" href=remove>"Remove"{hidden(&name)}</a>
            };
            let tag = has_problem
                .then(|| view! { " "<Tag words="There is a problem" colour=TagColour::Red/> });
            vec![
                Cell::new(view! { {name.clone()} {tag} }),
                Cell::new(user.email.clone()),
                Cell::new(user.role().map_or("Not provided", registration::users::Role::words)),
                Cell::new(if user.is_administrator() { "Yes" } else { "No" }),
                Cell::new(actions),
            ]
        })
        .collect();
    view! { <Table head rows caption="Users" caption_size=LabelSize::Hidden first_cell_is_header=true reflows=true/> }
}

fn pages(list: &UserList, origin: Origin) -> impl IntoView + use<> {
    let address = move |page: usize| {
        let from = match origin {
            Origin::Task => "",
            Origin::Check => "&from=check",
        };
        format!("{}?page={page}{from}", journey::USERS)
    };
    let previous = if list.page > 1 { address(list.page - 1) } else { String::new() };
    let next = if list.page < list.pages { address(list.page + 1) } else { String::new() };
    view! { <Pagination previous next items=PageItem::around(list.page, list.pages, address)/> }
}

fn back(origin: Origin) -> &'static str {
    match origin {
        Origin::Task => journey::TASKS,
        Origin::Check => journey::CHECK_ANSWERS,
    }
}

fn not_chosen() -> Problem {
    Problem::new("more", "more-empty", "Select yes if you want to add another user")
}

/// A page of the list, counted from 1; past the end it is the last page.
#[server(endpoint = "users/list")]
async fn load_users(page: usize) -> Result<Option<UserList>, Fault> {
    use std::collections::HashSet;

    use registration::users::{User, list_problems};

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
    let wanted = search.to_lowercase();
    let matching: Vec<UserRow> = listed
        .into_iter()
        .enumerate()
        .filter(|(_, listed)| {
            let ListedUser { user, .. } = listed;
            format!("{} {}", user.full_name(), user.email).to_lowercase().contains(&wanted)
        })
        .map(|(index, listed)| UserRow { listed, has_problem: wrong.contains(&index) })
        .collect();
    let pages = matching.len().div_ceil(ON_A_PAGE).max(1);
    let page = page.clamp(1, pages);
    Ok(Some(UserList {
        total,
        found: matching.len(),
        search,
        page,
        pages,
        rows: matching.into_iter().skip((page - 1) * ON_A_PAGE).take(ON_A_PAGE).collect(),
        problems,
        problems_shown: draft.submit_tried,
        may_add: journey::may_add_user(total),
    }))
}

/// Leads to the page to add another user, or on.
#[server(endpoint = "users/more")]
async fn add_more(
    #[server(default)] more: String,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    use crate::answering;

    let Some(draft) = answering::draft().await? else {
        return Ok(Vec::new());
    };
    let origin = Origin::from_key(&from);
    match more.as_str() {
        "yes" => answering::redirect(&origin.address_of(journey::ADD_USER)),
        _ if more == "no" || !journey::may_add_user(draft.users) => answering::redirect(back(origin)),
        _ => {
            if answering::applicant()?.is_plain_form() {
                answering::redirect(&format!("{}?unanswered=yes", journey::USERS));
            }
            return Ok(vec![not_chosen()]);
        }
    }
    Ok(Vec::new())
}

/// Remembers what is searched for.
#[server(endpoint = "users/search")]
async fn search_users(#[server(default)] words: String) -> Result<(), Fault> {
    use crate::answering;

    let applicant = answering::applicant()?;
    applicant.search_users(words.trim().chars().take(100).collect()).await?;
    if applicant.is_plain_form() {
        answering::redirect(journey::USERS);
    }
    Ok(())
}
