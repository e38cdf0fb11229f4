//! The page that asks how to contact the accountable person.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::accountable_person::AccountablePersonContact;
use registration::form::Field;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::fault::Fault;
use crate::form::{Question, TextField, Title, field_warning, question};
use crate::pages::prose::heading;

const TITLE: Title = Title::new(
    "How can we contact the accountable person?",
    "Which details should we use for your account?",
);

const EMAIL: TextField = TextField::of(Field::AccountableEmail);
const TELEPHONE: TextField = TextField::of(Field::AccountableTelephone);
const OWN_EMAIL: TextField = EMAIL
    .hint("Your own address, not one that several people share")
    .autocomplete("email");
const OWN_TELEPHONE: TextField = TELEPHONE
    .hint("If you give a mobile number, we’ll use it for your account")
    .autocomplete("tel");

/// The question page about the contact details of the accountable person.
#[component]
pub fn AccountableContactPage() -> AnyView {
    question(TITLE, SaveAccountableContact::url(), fields)
}

/// Saves the contact details of the accountable person.
#[server(endpoint = "accountable-person/contact")]
async fn save_accountable_contact(
    #[server(flatten)] answers: Sent<AccountablePersonContact>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields for the contact details.
pub(in crate::pages) fn fields(question: Question<AccountablePersonContact>) -> Vec<AnyView> {
    let Question {
        answers,
        is_answered,
        context,
        form,
    } = question;
    let one_person = context.rules.is_one_person();
    let answers = if one_person && !is_answered {
        AccountablePersonContact {
            email: context.own_contact.email,
            telephone: context.own_contact.telephone,
        }
    } else {
        answers
    };
    let (email, telephone) = if one_person {
        (OWN_EMAIL, OWN_TELEPHONE)
    } else {
        (EMAIL, TELEPHONE)
    };
    vec![
        heading(TITLE.of(&context.rules)),
        email.draw(answers.email, form),
        field_warning(form, EMAIL.name),
        telephone.draw(answers.telephone, form),
    ]
}
