//! Adds a user to the list. Answers with problems are added too, so that nothing typed is lost: the
//! page to change that user then shows what is wrong.

use std::sync::Arc;

use leptos::prelude::*;
use registration::draft::Draft;
use registration::journey;
use registration::problem::Problem;
use registration::users::User;

use super::fields::UserFields;
use crate::components::Button;
use crate::fault::Fault;
use crate::form::{FormState, LiveForm, origin};
use crate::pages::layout::{DraftPage, PageLayout};

const TITLE: &str = "Add a user";

/// The page.
#[component]
pub fn AddUserPage() -> impl IntoView {
    let add = ServerAction::<AddUser>::new();
    let origin = origin();
    let page = move |draft: Draft| {
        if !journey::may_add_user(draft.users) {
            return full().into_any();
        }
        let form = FormState::new(Vec::new(), Vec::new());
        let rules = Arc::new(|sent: &AddUser| super::change::rules_of_row(&sent.user));
        let back = if draft.users == 0 { journey::TASKS } else { journey::USERS };
        view! {
            <PageLayout title=TITLE back=origin.address_of(back) form>
                <LiveForm action=add form rules>
                    <input type="hidden" name="from" value=origin.key()/>
                    <h1 class="govuk-heading-l">{TITLE}</h1>
                    <UserFields user=first_answers(draft) form/>
                    <Button prevent_double_click=true>"Save and continue"</Button>
                </LiveForm>
            </PageLayout>
        }
        .into_any()
    };
    view! { <DraftPage view=page/> }
}

/// What is known of the user before anything was typed: the accountable person, if they are the first.
fn first_answers(draft: Draft) -> User {
    let is_first = draft.users == 0
        && draft.first_user.is_some_and(|first| first.needs_account == "yes");
    if !is_first {
        return User::default();
    }
    User::from_accountable_person(
        &draft.accountable_person.unwrap_or_default(),
        &draft.accountable_person_contact.unwrap_or_default(),
    )
}

fn full() -> impl IntoView {
    view! {
        <PageLayout title="You cannot add more users" back=journey::USERS>
            <h1 class="govuk-heading-l">"You cannot add more users"</h1>
            <p class="govuk-body">
                "A registration can have up to 1,000 users. Once your accounts are set up, your organisation administrators can ask for more."
            </p>
            <p class="govuk-body">
                <a class="govuk-link" href=journey::USERS>"Go to your users"</a>
            </p>
        </PageLayout>
    }
}

/// Adds the user.
#[server(endpoint = "users/add")]
async fn add_user(
    #[server(flatten)] user: User,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    use crate::answering;
    use registration::journey::Origin;
    use registration::registration::change_user;

    let applicant = answering::applicant()?;
    let origin = Origin::from_key(&from);
    let (change, id) = applicant.add_user(user).await?;
    if answering::led_on(change).is_some() {
        let problems = super::change::problems_of_listed(applicant.as_ref(), &id).await?;
        let next = if problems.is_empty() { journey::USERS.to_owned() } else { change_user(&id) };
        answering::redirect(&origin.address_of(&next));
    }
    Ok(Vec::new())
}
