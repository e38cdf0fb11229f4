//! A copy of what was sent, to an address that was confirmed. Users are counted and not named.

use registration::date::CalendarDate;
use registration::identifiers::Reference;
use registration::language::Language;
use serde::{Deserialize, Serialize};

use crate::letter::Letter;

/// An answer of a copy, under the words of its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What was asked.
    pub asked: String,
    /// What was answered; a line each where there is more than one.
    pub answered: String,
}

pub struct Copy<'a> {
    pub reference: &'a Reference,
    pub organisation: &'a str,
    pub submitted_on: CalendarDate,
    pub users: usize,
    pub answers: &'a [Row],
}

pub fn letter(language: Language, copy: &Copy<'_>) -> Letter {
    let Copy {
        reference,
        organisation,
        submitted_on,
        users,
        answers,
    } = copy;
    let day = submitted_on.in_words_of(language);
    let letter = match language {
        Language::English => {
            Letter::new(language, format!("Copy of your registration {reference}"))
                .paragraph(format!(
                    "You submitted a registration for {organisation} on {day}."
                ))
                .paragraph(format!("Your reference is {reference}."))
                .heading("What you told us")
        }
        Language::Welsh => Letter::new(language, format!("Copi o’ch cofrestriad {reference}"))
            .paragraph(format!(
                "Rydych wedi cyflwyno cofrestriad ar gyfer {organisation} ar {day}."
            ))
            .paragraph(format!("Eich cyfeirnod yw {reference}."))
            .heading("Beth a ddywedoch wrthym"),
    };
    let rows = answers
        .iter()
        .map(|row| (row.asked.clone(), row.answered.clone()));
    let counted = (
        language.of("Users", "Defnyddwyr").to_owned(),
        users.to_string(),
    );
    letter.answers(rows.chain([counted])).paragraph(language.of(
        "We do not send the details of users by email.",
        "Nid ydym yn anfon manylion defnyddwyr drwy e-bost.",
    ))
}
