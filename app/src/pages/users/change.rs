//! Changes a user of the list, and shows what is wrong with one.

use std::sync::Arc;

use leptos::prelude::*;
use registration::answers::Answers;
use registration::journey;
use registration::problem::Problem;
use registration::registration::ListedUser;
use registration::users::User;

use super::fields::UserFields;
use crate::components::Button;
use crate::fault::Fault;
use crate::form::{FormState, LiveForm, origin};
use crate::pages::layout::{Loaded, PageLayout, WayOut};

const TITLE: &str = "Change a user";

/// The page.
#[component]
pub fn ChangeUserPage() -> impl IntoView {
    let change = ServerAction::<ChangeUser>::new();
    let id = super::user_of_address();
    let user = Resource::new(move || id.clone(), load_user);
    let origin = origin();
    let page = move |found: Option<(ListedUser, Vec<Problem>)>| {
        let Some((ListedUser { id, user }, problems)) = found else {
            return view! { <WayOut/> }.into_any();
        };
        let form = FormState::new(problems, user.warnings());
        let rules = Arc::new(|sent: &ChangeUser| rules_of_row(&sent.user));
        view! {
            <PageLayout title=TITLE back=origin.address_of(journey::USERS) form>
                <LiveForm action=change form rules>
                    <input type="hidden" name="from" value=origin.key()/>
                    <input type="hidden" name="id" value=id/>
                    <h1 class="govuk-heading-l">{TITLE}</h1>
                    <UserFields user form/>
                    <Button prevent_double_click=true>"Save and continue"</Button>
                </LiveForm>
            </PageLayout>
        }
        .into_any()
    };
    view! { <Loaded resource=user view=page/> }
}

/// The rules of one row, as a form asks for them.
pub(super) fn rules_of_row(user: &User) -> (Vec<Problem>, Vec<Problem>) {
    (user.problems_of_row(), user.warnings())
}

/// What is wrong with a user of the list, beside the others.
#[cfg(feature = "ssr")]
pub(super) async fn problems_of_listed(
    applicant: &dyn crate::backend::Applicant,
    id: &str,
) -> Result<Vec<Problem>, Fault> {
    Ok(found(applicant, id).await?.map(|(_, problems)| problems).unwrap_or_default())
}

#[cfg(feature = "ssr")]
async fn found(
    applicant: &dyn crate::backend::Applicant,
    id: &str,
) -> Result<Option<(ListedUser, Vec<Problem>)>, Fault> {
    let listed = applicant.users().await?;
    let users: Vec<User> = listed.iter().map(|listed| listed.user.clone()).collect();
    let (_, of_users) = registration::users::list_problems(&users);
    Ok(listed.into_iter().enumerate().find(|(_, listed)| listed.id == id).map(|(index, listed)| {
        let own = of_users.into_iter().filter(|found| found.index == index);
        (listed, own.map(|found| found.problem).collect())
    }))
}

/// A user of the list, with what is wrong; the inner `None` when the list has no such user.
#[server(endpoint = "users/one")]
async fn load_user(id: String) -> Result<Option<Option<(ListedUser, Vec<Problem>)>>, Fault> {
    if crate::answering::draft().await?.is_none() {
        return Ok(None);
    }
    Ok(Some(found(crate::answering::applicant()?.as_ref(), &id).await?))
}

/// Keeps the new answers.
#[server(endpoint = "users/change")]
async fn change_user(
    id: String,
    #[server(flatten)] user: User,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    use crate::answering;
    use registration::journey::Origin;

    let applicant = answering::applicant()?;
    let origin = Origin::from_key(&from);
    if answering::led_on(applicant.change_user(&id, user).await?).is_none() {
        return Ok(Vec::new());
    }
    let problems = problems_of_listed(applicant.as_ref(), &id).await?;
    if problems.is_empty() {
        answering::redirect(&origin.address_of(journey::USERS));
    } else if applicant.is_plain_form() {
        answering::redirect(&origin.address_of(&registration::registration::change_user(&id)));
    }
    Ok(problems)
}
