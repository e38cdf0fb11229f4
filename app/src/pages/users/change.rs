//! The page that changes a user on the list, and shows the problems of the user's answers.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::answers::Answers;
use registration::organisation::OrganisationKind;
use registration::problem::Problem;
use registration::registration::ListedUser;
use registration::sent::{FORM_ID, Sent};
use registration::users::User;
use serde::{Deserialize, Serialize};

use super::fields::{rules_of_row, user_fields};
use crate::fault::Fault;
use crate::form::{FormState, hidden_field, live_form, origin, origin_field, save_buttons};
use crate::pages::layout::{Content, loaded, not_found_page, page};
use crate::pages::lookup::Lookup;
use crate::pages::problems::problem_summary;
use crate::pages::prose::heading;

const TITLE: &str = "Change a user";

/// The page that changes a user.
#[component]
pub fn ChangeUserPage() -> AnyView {
    let id = super::user_of_address();
    let origin = origin();
    loaded(
        move || (LoadUser { id: id.clone() }, ["id=", &id].concat()),
        move |loaded: LoadedUser| {
            let LoadedUser {
                found,
                kind,
                form_id,
            } = loaded;
            let Lookup::Found((ListedUser { id, user }, problems)) = found else {
                return not_found_page();
            };
            let form = FormState::new(problems, user.warnings());
            let mut fields = vec![
                origin_field(origin),
                hidden_field("id", id),
                hidden_field("seen", user.fingerprint()),
                hidden_field(FORM_ID, form_id),
                heading(TITLE),
            ];
            fields.extend(user_fields(user, kind, form));
            fields.push(save_buttons());
            page(Content {
                title: TITLE.into(),
                back: Some(origin.after_one_user()),
                form: Some(form),
                parts: vec![
                    problem_summary(form),
                    live_form(ChangeUser::url(), form, Arc::new(rules_of_row), fields),
                ],
                ..Content::default()
            })
        },
    )
}

/// Returns the problems of a user on the list, including an email address that another user has too. Returns no
/// problems if the list has no such user.
#[cfg(feature = "ssr")]
async fn problems_of_listed(
    applicant: &dyn crate::backend::Applicant,
    id: &str,
) -> Result<Vec<Problem>, Fault> {
    Ok(found(applicant, id)
        .await?
        .map(|(_, problems)| problems)
        .unwrap_or_default())
}

#[cfg(feature = "ssr")]
async fn found(
    applicant: &dyn crate::backend::Applicant,
    id: &str,
) -> Result<Option<(ListedUser, Vec<Problem>)>, Fault> {
    let listed = applicant.users().await?;
    let users: Vec<User> = listed.iter().map(|listed| listed.user.clone()).collect();
    let (_, of_users) = registration::users::list_problems(&users);
    Ok(listed
        .into_iter()
        .enumerate()
        .find(|(_, listed)| listed.id == id)
        .map(|(index, listed)| {
            let own = of_users.into_iter().filter(|found| found.index == index);
            (listed, own.map(|found| found.problem).collect())
        }))
}

/// The data for the page that changes a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct LoadedUser {
    /// The user on the list, with their problems.
    found: Lookup<(ListedUser, Vec<Problem>)>,
    /// The kind of organisation, which decides the roles that are offered.
    kind: Option<OrganisationKind>,
    /// The identifier of the form, which distinguishes its saves from those of other tabs.
    form_id: String,
}

/// Loads a user on the list and the problems of the user.
#[server(endpoint = "users/one")]
async fn load_user(id: String) -> Result<Option<LoadedUser>, Fault> {
    let Some(draft) = crate::answering::draft().await? else {
        return Ok(None);
    };
    let applicant = crate::answering::applicant()?;
    Ok(Some(LoadedUser {
        found: found(applicant.as_ref(), &id).await?.into(),
        kind: draft.kind(),
        form_id: applicant.new_form_id(),
    }))
}

/// Saves the changed answers about a user.
#[server(endpoint = "users/change")]
async fn change_user(
    id: String,
    #[server(flatten)] user: Sent<User>,
    #[server(default)] from: String,
    #[server(default)] seen: String,
) -> Result<Vec<Problem>, Fault> {
    use crate::answering;
    use registration::journey::{AfterSave, PageOrigin};

    let applicant = answering::applicant()?;
    let origin = PageOrigin::from_key(&from);
    if answering::draft_or_redirect(applicant.change_user(&id, user, &seen, origin).await?)
        .is_none()
    {
        return Ok(Vec::new());
    }
    let leaves = applicant.leaves();
    let problems = if leaves {
        Vec::new()
    } else {
        problems_of_listed(applicant.as_ref(), &id).await?
    };
    if problems.is_empty() {
        answering::redirect(&AfterSave { origin, leaves }.after_user());
    } else if applicant.is_plain_form() {
        answering::redirect(&origin.address_of(&registration::registration::change_user(&id)));
    }
    Ok(problems)
}
