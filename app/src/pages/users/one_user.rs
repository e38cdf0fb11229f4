//! The page for the only account of a one-person organisation. It asks for a mobile number, because
//! the other details are known.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::form::Field;
use registration::problem::Problem;
use registration::sent::Sent;
use registration::users::OneUser;

use crate::fault::Fault;
use crate::form::{Question, TextField, field_warning, question};
use crate::pages::prose::paragraph;

const TITLE: &str = "What is your mobile number?";

const MOBILE: TextField = TextField::of(Field::Mobile)
    .heading(TITLE)
    .hint("Common Platform will text a code to it when you activate your account")
    .autocomplete("tel");

/// The question page about the mobile number of the only user.
#[component]
pub fn OneUserPage() -> AnyView {
    question(TITLE, SaveOneUser::url(), fields)
}

/// Saves the mobile number of the only user.
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
        is_answered,
        context,
        form,
    } = question;
    let known = context.accountable_person;
    let mobile = if is_answered {
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
        "We set up one account, with the roles Advocate and organisation administrator",
        &whose,
        ".",
    ];
    vec![
        MOBILE.draw(mobile, form),
        field_warning(form, MOBILE.name),
        paragraph(account.concat()),
    ]
}
