//! The account of a one-person organisation: only its mobile number is not known yet.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::problem::Problem;
use registration::sent::Sent;
use registration::users::OneUser;

use crate::components::{InputWidth, LabelSize, TextInput};
use crate::fault::Fault;
use crate::form::{Question, field_warning, question};
use crate::pages::prose::paragraph;

const TITLE: &str = "What is the barrister’s mobile number?";

/// The question page.
#[component]
pub fn OneUserPage() -> AnyView {
    question(TITLE, SaveOneUser::url(), fields)
}

/// Saves the answers of this page.
#[server(endpoint = "users/mobile")]
async fn save_one_user(
    #[server(flatten)] answers: Sent<OneUser>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

fn fields(question: Question<OneUser>) -> Vec<AnyView> {
    let Question {
        answers,
        was_sent,
        context,
        form,
    } = question;
    let known = context.accountable_person;
    let mobile = if was_sent {
        answers.mobile
    } else {
        known.mobile.clone()
    };
    let name = known.full_name();
    let whose = if name.is_empty() {
        String::new()
    } else {
        [", for ", &name, " at ", &known.email].concat()
    };
    let account = [
        "We make one account, with the roles Advocate and organisation administrator",
        &whose,
        ".",
    ];
    vec![
        view! {
            <TextInput
                name="mobile"
                label=TITLE
                label_size=LabelSize::Large
                label_is_heading=true
                hint="Common Platform texts a code to it when the account is activated"
                input_type="tel"
                width=InputWidth::Twenty
                value=mobile
                problem=form.problem("mobile")
            />
        }
        .into_any(),
        field_warning(form, "mobile"),
        paragraph(account.concat()),
    ]
}
