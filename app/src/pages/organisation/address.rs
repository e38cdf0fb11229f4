//! The address of the head office.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::organisation::OrganisationAddress;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::components::{Fieldset, InputWidth, LabelSize, TextInput};
use crate::fault::Fault;
use crate::form::{Question, question};

const TITLE: &str = "What is the address of your head office?";

/// The question page.
#[component]
pub fn AddressPage() -> AnyView {
    question(TITLE, SaveAddress::url(), fields)
}

/// Saves the answers of this page.
#[server(endpoint = "organisation/address")]
async fn save_address(
    #[server(flatten)] answers: Sent<OrganisationAddress>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields.
pub(in crate::pages) fn fields(question: Question<OrganisationAddress>) -> Vec<AnyView> {
    let Question { answers, form, .. } = question;
    vec![
        view! {
            <Fieldset legend=TITLE legend_size=LabelSize::Large legend_is_heading=true>
                <TextInput
                    name="address_line_1"
                    label="Address line 1"
                    value=answers.address_line_1
                    problem=form.problem("address_line_1")
                    autocomplete="address-line1"
                />
                <TextInput
                    name="address_line_2"
                    label="Address line 2 (optional)"
                    value=answers.address_line_2
                    problem=form.problem("address_line_2")
                    autocomplete="address-line2"
                />
                <TextInput
                    name="town"
                    label="Town or city"
                    width=InputWidth::TwoThirds
                    value=answers.town
                    problem=form.problem("town")
                    autocomplete="address-level2"
                />
                <TextInput
                    name="county"
                    label="County (optional)"
                    width=InputWidth::TwoThirds
                    value=answers.county
                    problem=form.problem("county")
                />
                <TextInput
                    name="postcode"
                    label="Postcode"
                    width=InputWidth::Ten
                    value=answers.postcode
                    problem=form.problem("postcode")
                    autocomplete="postal-code"
                    spellcheck=false
                />
            </Fieldset>
        }
        .into_any(),
    ]
}
