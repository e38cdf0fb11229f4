//! The page that asks for confirmation before a user is removed from the list.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;
use registration::journey;
use registration::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::components::{Button, Choice, InsetText, LabelSize, Radios, following};
use crate::fault::Fault;
use crate::form::{FormState, Validation, hidden_field, live_form, origin, origin_field};
use crate::pages::layout::{Content, loaded, not_found_page, page};
use crate::pages::lookup::Lookup;
use crate::pages::problems::problem_summary;
use crate::pages::prose::{link, text};

/// The parsed answer to the question whether to remove the user.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    remove: String,
}

/// The user to remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct UserToRemove {
    name: String,
    /// The fingerprint of the user's answers when the page was loaded.
    fingerprint: String,
}

/// The page that asks for confirmation before a user is removed.
#[component]
pub fn RemoveUserPage() -> AnyView {
    let id = super::user_of_address();
    let origin = origin();
    let query = use_query_map();
    let unanswered = query.with_untracked(|query| query.get_str("unanswered").is_some());
    let asked = id.clone();
    loaded(
        move || (LoadName { id: asked.clone() }, ["id=", &asked].concat()),
        move |found: Lookup<UserToRemove>| {
            let Lookup::Found(UserToRemove { name, fingerprint }) = found else {
                return not_found_page();
            };
            let title = ["Are you sure you want to remove ", &name, "?"].concat();
            let problem = not_chosen(&name);
            let form = FormState::new(
                if unanswered {
                    vec![problem.clone()]
                } else {
                    Vec::new()
                },
                Vec::new(),
            );
            let rules = Arc::new(move |fields: &str| {
                let answer: Answer = crate::json::read(fields)?;
                let answered = matches!(answer.remove.as_str(), "yes" | "no");
                let problems = if answered {
                    Vec::new()
                } else {
                    vec![problem.clone()]
                };
                Some(Validation {
                    problems,
                    warnings: Vec::new(),
                })
            });
            let changed_id = id.clone();
            // After a redirect to this page the router may change the query only after the data has
            // been loaded again, so the note follows the query.
            let note = following(move || {
                let was_changed = query.with(|query| query.get_str("changed").is_some());
                was_changed.then(|| changed_since(&changed_id))
            });
            let fields = vec![
                origin_field(origin),
                hidden_field("seen", fingerprint),
                hidden_field("id", id.clone()),
                view! {
                    <Radios
                        name="remove"
                        label=title.clone()
                        label_size=LabelSize::Large
                        label_is_heading=true
                        inline=true
                        choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
                        problem=form.problem("remove")
                    />
                }
                .into_any(),
                view! { <Button prevent_double_click=true>{text("Continue")}</Button> }.into_any(),
            ];
            page(Content {
                title: title.into(),
                back: Some(origin.after_one_user()),
                form: Some(form),
                parts: vec![
                    problem_summary(form),
                    note,
                    live_form(RemoveUser::url(), form, rules, fields),
                ],
                ..Content::default()
            })
        },
    )
}

/// Renders a note that the user was not removed, because the user was changed in the
/// meantime.
fn changed_since(id: &str) -> AnyView {
    let words = vec![
        text("This user was changed after you opened the page, so we have not removed them. "),
        link(
            [journey::USERS, "/", id, "/change"].concat(),
            "See what is kept about them",
        ),
    ];
    view! { <InsetText>{words.into_any()}</InsetText> }.into_any()
}

fn not_chosen(name: &str) -> Problem {
    Problem::new(
        "remove",
        "remove-empty",
        ["Select yes if you want to remove ", name].concat(),
    )
}

/// Loads the name of a user on the list, and the fingerprint of the user's answers.
#[server(endpoint = "users/name")]
async fn load_name(id: String) -> Result<Option<Lookup<UserToRemove>>, Fault> {
    if crate::answering::draft().await?.is_none() {
        return Ok(None);
    }
    let listed = crate::answering::applicant()?.users().await?;
    let mut numbered = listed.iter().zip(1..);
    let found = numbered.find(|(listed, _)| listed.id == id);
    let name = found.map(|(listed, number)| UserToRemove {
        name: match listed.user.full_name() {
            name if name.is_empty() => format!("user {number}"),
            name => name,
        },
        fingerprint: listed.user.fingerprint(),
    });
    Ok(Some(name.into()))
}

/// Removes a user from the list, if the answer is yes and nobody else has changed the user. If the
/// question was not answered, returns a problem.
#[server(endpoint = "users/remove")]
async fn remove_user(
    id: String,
    #[server(default)] remove: String,
    #[server(default)] from: String,
    #[server(default)] seen: String,
) -> Result<Vec<Problem>, Fault> {
    use crate::answering;
    use registration::journey::PageOrigin;

    let applicant = answering::applicant()?;
    let origin = PageOrigin::from_key(&from);
    match remove.as_str() {
        "yes" => {
            if answering::draft_or_redirect(applicant.remove_user(&id, &seen).await?).is_some() {
                answering::redirect(&origin.after_one_user());
            }
        }
        "no" => answering::redirect(&origin.after_one_user()),
        _ => {
            // Put the identifier into an address only if it belongs to a user on the list.
            let listed = applicant
                .users()
                .await?
                .into_iter()
                .find(|listed| listed.id == id);
            let Some(listed) = listed else {
                answering::redirect(journey::USERS);
                return Ok(Vec::new());
            };
            if applicant.is_plain_form() {
                let page = format!("{}/{}/remove?unanswered=yes", journey::USERS, listed.id);
                answering::redirect(&origin.address_of(&page));
            }
            return Ok(vec![not_chosen(&listed.user.full_name())]);
        }
    }
    Ok(Vec::new())
}
