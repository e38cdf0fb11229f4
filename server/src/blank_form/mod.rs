//! The form on paper, for those whom the pages do not suit: as HTML to print and as OpenDocument text.
//!
//! Both are made of the questions that the pages ask (`app::pages::blank`), read part by part
//! (`part.rs`): a question that changes on its page changes here.

mod html;
mod odt;
mod part;

use std::sync::OnceLock;

use app::service::Contact;

pub use html::page;
pub use odt::OdtFault;
use part::{Part, parts_of};

/// What the form is called.
pub const TITLE: &str = "Registration form for Common Platform";
/// What the OpenDocument file is called.
pub const FILE: &str = "common-platform-registration-form.odt";
/// For how many users it has room: a longer list is a spreadsheet's.
const USERS: usize = 5;

/// The form as OpenDocument text.
///
/// # Errors
/// When it cannot be packed.
pub fn odt(contact: &Contact) -> Result<Vec<u8>, OdtFault> {
    odt::document(&opening(contact), form())
}

/// What stands above the questions.
fn opening(contact: &Contact) -> Vec<String> {
    vec![
        format!(
            "Fill in this form to register your organisation for Common Platform, and send it to the Common Platform Desk: by email to {}, or ask for a postal address on {}.",
            contact.email, contact.telephone
        ),
        "Answer every question that is not marked optional. A self-employed barrister needs one user, the barrister, who is an organisation administrator.".to_owned(),
        format!(
            "There is room for {USERS} users. Copy that part for more, or add a spreadsheet of them."
        ),
    ]
}

/// The parts of the form: the pages are the same as long as the program runs.
fn form() -> &'static [Part] {
    static FORM: OnceLock<Vec<Part>> = OnceLock::new();
    FORM.get_or_init(|| {
        let mut form = Vec::new();
        for part in app::pages::blank::parts(USERS) {
            form.push(Part::Heading {
                level: 2,
                words: part.title.to_owned(),
            });
            form.extend(parts_of(&part.html));
        }
        form
    })
}

#[cfg(test)]
mod tests;
