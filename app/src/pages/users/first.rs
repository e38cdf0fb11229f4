//! The page that asks whether the accountable person is the first user. If so, nobody has to type
//! the details of that person again.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::journey;
use registration::problem::Problem;
use registration::sent::Sent;
use registration::users::FirstUser;

use crate::components::{Choice, LabelSize, Radios};
use crate::fault::Fault;
use crate::form::{Question, question};
use crate::pages::prose::{link, paragraph_of, text};

const TITLE: &str = "Does the accountable person need an account?";

/// The question page about an account for the accountable person.
#[component]
pub fn FirstUserPage() -> AnyView {
    question(TITLE, SaveFirstUser::url(), fields)
}

/// Saves whether the accountable person needs an account.
#[server(endpoint = "users/first")]
async fn save_first_user(
    #[server(flatten)] answers: Sent<FirstUser>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

fn fields(question: Question<FirstUser>) -> Vec<AnyView> {
    let Question {
        answers,
        context,
        form,
        ..
    } = question;
    let name = context.accountable_person.full_name();
    let hint = [
        "If ",
        if name.is_empty() {
            "the accountable person"
        } else {
            &name
        },
        " needs an account, we fill in their details for you on the next page",
    ]
    .concat();
    vec![
        view! {
            <Radios
                name="needs_account"
                label=TITLE
                label_size=LabelSize::Large
                label_is_heading=true
                hint
                inline=true
                choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
                value=answers.needs_account
                problem=form.problem("needs_account")
            />
        }
        .into_any(),
        paragraph_of(vec![
            text("You can "),
            link(journey::UPLOAD, "upload a spreadsheet"),
            text(" instead."),
        ]),
    ]
}
