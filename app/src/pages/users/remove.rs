//! Asks before a user is taken off the list.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use registration::journey;
use registration::problem::Problem;

use crate::components::{Button, Choice, LabelSize, Radios};
use crate::fault::Fault;
use crate::form::{FormState, LiveForm, origin};
use crate::pages::layout::{Loaded, PageLayout, WayOut};

/// The page.
#[component]
pub fn RemoveUserPage() -> impl IntoView {
    let remove = ServerAction::<RemoveUser>::new();
    let id = super::user_of_address();
    let name = {
        let id = id.clone();
        Resource::new(move || id.clone(), load_name)
    };
    let origin = origin();
    let unanswered = use_query_map().with_untracked(|query| query.get_str("unanswered").is_some());
    let page = move |found: Option<String>| {
        let Some(name) = found else {
            return view! { <WayOut/> }.into_any();
        };
        let id = id.clone();
        let title = format!("Are you sure you want to remove {name}?");
        let problem = not_chosen(&name);
        let form = FormState::new(
            if unanswered { vec![problem.clone()] } else { Vec::new() },
            Vec::new(),
        );
        let rules = Arc::new(move |sent: &RemoveUser| {
            let answered = matches!(sent.remove.as_str(), "yes" | "no");
            (if answered { Vec::new() } else { vec![problem.clone()] }, Vec::new())
        });
        view! {
            <PageLayout title=title.clone() back=origin.address_of(journey::USERS) form>
                <LiveForm action=remove form rules>
                    <input type="hidden" name="from" value=origin.key()/>
                    <input type="hidden" name="id" value=id/>
                    <Radios
                        name="remove"
                        label=title
                        label_size=LabelSize::Large
                        label_is_heading=true
                        inline=true
                        choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
                        problem=form.problem("remove")
                    />
                    <Button prevent_double_click=true>"Continue"</Button>
                </LiveForm>
            </PageLayout>
        }
        .into_any()
    };
    view! { <Loaded resource=name view=page/> }
}

fn not_chosen(name: &str) -> Problem {
    Problem::new("remove", "remove-empty", format!("Select yes if you want to remove {name}"))
}

/// The name of a user of the list; the inner `None` when the list has no such user.
#[server(endpoint = "users/name")]
async fn load_name(id: String) -> Result<Option<Option<String>>, Fault> {
    if crate::answering::draft().await?.is_none() {
        return Ok(None);
    }
    let listed = crate::answering::applicant()?.users().await?;
    Ok(Some(listed.iter().position(|listed| listed.id == id).and_then(|index| {
        let name = listed.get(index)?.user.full_name();
        Some(if name.is_empty() { format!("user {}", index + 1) } else { name })
    })))
}

/// Takes the user off the list, if the answer is yes.
#[server(endpoint = "users/remove")]
async fn remove_user(
    id: String,
    #[server(default)] remove: String,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    use crate::answering;
    use registration::journey::Origin;

    let applicant = answering::applicant()?;
    let origin = Origin::from_key(&from);
    match remove.as_str() {
        "yes" => {
            if answering::led_on(applicant.remove_user(&id).await?).is_some() {
                answering::redirect(&origin.address_of(journey::USERS));
            }
        }
        "no" => answering::redirect(&origin.address_of(journey::USERS)),
        _ => {
            // The identifier goes into an address only once the list is known to have it.
            let listed = applicant.users().await?.into_iter().find(|listed| listed.id == id);
            let Some(listed) = listed else {
                answering::redirect(journey::USERS);
                return Ok(Vec::new());
            };
            if applicant.is_plain_form() {
                let page = format!("{}/{}/remove?unanswered=yes", journey::USERS, listed.id);
                answering::redirect(&page);
            }
            return Ok(vec![not_chosen(&listed.user.full_name())]);
        }
    }
    Ok(Vec::new())
}
