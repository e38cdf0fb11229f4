//! The page that asks for the address of the head office.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::form::Field;
use registration::journey::FIND_ADDRESS;
use registration::organisation::OrganisationAddress;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::components::{Fieldset, LabelSize};
use crate::fault::Fault;
use crate::form::{Question, TextField, Title, field_warning, origin, question};
use crate::pages::prose::{outside_link, paragraph_of};

const TITLE: Title = Title::new(
    "What is the address of your head office?",
    "What is the address of your practice?",
);

const LINE_1: TextField = TextField::of(Field::AddressLine1);
const LINE_2: TextField = TextField::of(Field::AddressLine2);
const TOWN: TextField = TextField::of(Field::Town);
const COUNTY: TextField = TextField::of(Field::County);
const POSTCODE: TextField = TextField::of(Field::Postcode);

/// The question page about the address of the head office.
#[component]
pub fn AddressPage() -> AnyView {
    question(TITLE, SaveAddress::url(), fields)
}

/// Saves the address of the head office.
#[server(endpoint = "organisation/address")]
async fn save_address(
    #[server(flatten)] answers: Sent<OrganisationAddress>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields of the address.
pub(in crate::pages) fn fields(question: Question<OrganisationAddress>) -> Vec<AnyView> {
    let Question {
        answers,
        context,
        form,
        ..
    } = question;
    let title = TITLE.of(&context.rules);
    let finds = context.finds_addresses.then(|| {
        paragraph_of(vec![outside_link(
            origin().address_of(FIND_ADDRESS),
            "Find your address by its postcode",
        )])
    });
    vec![
        view! {
            <Fieldset legend=title legend_size=LabelSize::Large legend_is_heading=true>
                {finds}
                {LINE_1.draw(answers.address_line_1, form)}
                {LINE_2.draw(answers.address_line_2, form)}
                {TOWN.draw(answers.town, form)}
                {COUNTY.draw(answers.county, form)}
                {POSTCODE.draw(answers.postcode, form)}
                {field_warning(form, POSTCODE.name)}
            </Fieldset>
        }
        .into_any(),
    ]
}
