//! The pages that find the address of an organisation by its postcode: the question for the
//! postcode, and the choice among the addresses that were found.
//!
//! Only the server renders these pages, so they work the same without scripts and add nothing to
//! the WebAssembly. Every page leads to the page on which the address is typed.

use leptos::prelude::*;
use registration::journey::{FIND_ADDRESS, PageOrigin};
use registration::page::Page;
use registration::problem::Problem;
use registration::sent::{FORM_ID, VERSION};

use crate::components::{Button, Choice, InputWidth, Select, TextInput, text};
use crate::form::hidden_field;
use crate::keyed_form;
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// The name of the field with the chosen address.
pub const CHOSEN: &str = "address";

/// The values that both forms contain.
#[derive(Debug, Clone)]
pub struct LookupForm {
    /// The postcode, as typed.
    pub postcode: String,
    /// The page to return to after the address.
    pub origin: PageOrigin,
    /// The version of the address that was saved when the person began.
    pub version: i64,
    /// The identifier of the form.
    pub form_id: String,
}

impl LookupForm {
    fn hidden(&self) -> Vec<AnyView> {
        vec![
            hidden_field("from", self.origin.key()),
            hidden_field(VERSION, self.version.to_string()),
            hidden_field(FORM_ID, self.form_id.clone()),
        ]
    }

    /// Renders the link to the page on which the address is typed.
    fn typing(&self) -> AnyView {
        let address = self.origin.address_of(Page::OrganisationAddress.path());
        paragraph_of(vec![outside_link(address, "Enter the address yourself")])
    }
}

/// Renders the page that asks for the postcode.
pub fn find_address_page(form: &LookupForm, problem: Option<Problem>) -> ServerPage {
    const TITLE: &str = "Find your address";
    let state = form_with(problem);
    let input = view! {
        <TextInput
            name="postcode"
            label="Postcode"
            width=InputWidth::Ten
            value=form.postcode.clone()
            problem=state.problem("postcode")
            autocomplete="postal-code"
            spellcheck=false
        />
    };
    let parts = vec![
        heading(TITLE),
        view! {
            <form action=keyed_form::address(FIND_ADDRESS.into()) method="post" novalidate>
                {form.hidden()}
                {input}
                <Button prevent_double_click=true>{text("Find address")}</Button>
            </form>
        }
        .into_any(),
        form.typing(),
    ];
    server_page(TITLE, None, state, parts)
}

/// Renders the page with the addresses at a postcode, as pairs of identifier and display text.
pub fn choose_address_page(
    form: &LookupForm,
    found: Vec<(String, String)>,
    problem: Option<Problem>,
) -> ServerPage {
    const TITLE: &str = "Choose your address";
    let state = form_with(problem);
    let count = match found.len() {
        1 => "1 address found".to_owned(),
        count => [&count.to_string(), " addresses found"].concat(),
    };
    let mut choices = vec![Choice::new("", count)];
    choices.extend(found.into_iter().map(|(id, words)| Choice::new(id, words)));
    let select = view! {
        <Select name=CHOSEN label="Address" choices problem=state.problem(CHOSEN)/>
    };
    let other = form.origin.address_of(FIND_ADDRESS);
    let parts = vec![
        heading(TITLE),
        paragraph(["Postcode: ", &form.postcode].concat()),
        paragraph_of(vec![outside_link(other, "Find another postcode")]),
        view! {
            <form action=keyed_form::address(FIND_ADDRESS.into()) method="post" novalidate>
                {form.hidden()}
                {hidden_field("postcode", form.postcode.clone())}
                {hidden_field("chooses", "yes")}
                {select}
                <Button prevent_double_click=true>{text("Use this address")}</Button>
            </form>
        }
        .into_any(),
        form.typing(),
    ];
    server_page(TITLE, None, state, parts)
}
