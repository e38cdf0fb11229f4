//! The page that adds a user to the list.
//!
//! A user with problems is added too, so that nothing typed is lost. The person is then redirected
//! to the page that changes the user, which shows the problems.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::draft::PageContext;
use registration::journey;
use registration::problem::Problem;
use registration::sent::{Sent, VERSION};
use registration::text::with_commas;
use registration::users::{MAX_USERS, User};

use super::fields::{rules_of_row, user_fields};
use crate::fault::Fault;
use crate::form::{FormState, hidden_field, live_form, origin, origin_field, save_buttons};
use crate::pages::layout::{Content, loaded, page};
use crate::pages::problems::problem_summary;
use crate::pages::prose::{heading, link, paragraph, paragraph_of, text};

const TITLE: &str = "Add a user";

/// The page that adds a user.
#[component]
pub fn AddUserPage() -> AnyView {
    let origin = origin();
    loaded(
        || (LoadContext {}, String::new()),
        move |(context, has_draft): (PageContext, bool)| {
            if !journey::may_add_user(context.users) {
                return full();
            }
            let form = FormState::new(Vec::new(), Vec::new());
            let back = if context.users == 0 {
                journey::TASKS
            } else {
                journey::USERS
            };
            let user = if context.begins_with_accountable_person {
                context.accountable_person
            } else {
                User::default()
            };
            let upload = link(journey::UPLOAD, "upload a spreadsheet of users");
            let upload = vec![text("To add many users at once, "), upload, text(".")];
            let mut fields = vec![origin_field(origin), heading(TITLE), paragraph_of(upload)];
            fields.extend(has_draft.then(|| hidden_field(VERSION, "0")));
            fields.extend(user_fields(user, form));
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

/// Loads the answers from other pages that the page for adding a user needs, and whether there is a
/// draft.
///
/// If there is a draft, the form sends a version. If such a form later arrives without a cookie,
/// the server knows that the cookie has expired.
#[server(endpoint = "context")]
async fn load_context() -> Result<Option<(PageContext, bool)>, Fault> {
    let open = crate::answering::open_draft().await?;
    Ok(open.map(|(draft, kept_until)| (draft.page_context(), kept_until.is_some())))
}

/// Adds a user to the list.
#[server(endpoint = "users/add")]
async fn add_user(
    #[server(flatten)] user: Sent<User>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    use crate::answering;
    use registration::journey::PageOrigin;
    use registration::registration::change_user;

    let applicant = answering::applicant()?;
    let origin = PageOrigin::from_key(&from);
    let (change, id) = applicant.add_user(user).await?;
    if answering::draft_or_redirect(change).is_some() {
        if applicant.leaves() {
            answering::redirect(registration::resume::SAVE);
            return Ok(Vec::new());
        }
        let problems = super::change::problems_of_listed(applicant.as_ref(), &id).await?;
        let next = if problems.is_empty() {
            journey::USERS.to_owned()
        } else {
            change_user(&id)
        };
        answering::redirect(&origin.address_of(&next));
    }
    Ok(Vec::new())
}
