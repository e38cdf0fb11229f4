//! The paper form, for people who cannot use the online form: as HTML to print and as OpenDocument
//! text.
//!
//! Both are made from the HTML of the question pages (`app::pages::blank`), which `part.rs` reads,
//! so the paper form always has the questions of the pages.

mod html;
mod odt;
mod part;

use std::sync::OnceLock;

use app::service::Contact;
use registration::form::Field;

pub use html::page;
pub use odt::OdtFault;
use part::{Part, parts_of};

/// The form's title.
pub const TITLE: &str = "Registration form for Common Platform";
/// The name of the OpenDocument file.
pub const FILE: &str = "common-platform-registration-form.odt";
/// The number of users that the form has room for. For more users, people copy this part of the
/// form or add a spreadsheet.
const USERS: usize = 5;

/// Returns the form as OpenDocument text.
///
/// # Errors
/// When the document cannot be written or packed.
pub fn odt(contact: &Contact) -> Result<Vec<u8>, OdtFault> {
    odt::document(&opening(contact), form())
}

/// Returns the paragraphs above the questions.
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

/// Returns the parts of the form. The parts are made once, because the pages do not change while
/// the program runs.
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
        // On a page the typed name is the signature. On paper people also sign, and write the name
        // in capital letters.
        for part in &mut form {
            if let Part::Hint(words) = part
                && *words == Field::FullName.describe().hint.english
            {
                "In capital letters".clone_into(words);
            }
        }
        form.extend(signature());
        form
    })
}

/// Returns the parts for the signature and its date, which only the paper form has.
fn signature() -> [Part; 5] {
    [
        Part::Question("Signature".to_owned()),
        Part::Answer(2),
        Part::Question("Date".to_owned()),
        Part::Hint("For example, 27 3 2027".to_owned()),
        Part::Answer(1),
    ]
}

#[cfg(test)]
mod tests;
