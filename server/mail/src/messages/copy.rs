//! A copy of a submitted registration, sent to a confirmed address. The copy gives the number of
//! users, not their details.

use registration::date::CalendarDate;
use registration::identifiers::Reference;
use registration::language::Language;
use serde::{Deserialize, Serialize};

use crate::letter::Letter;

/// A question and its answer in the copy, worded as on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The text of the question.
    pub asked: String,
    /// The answer; each of several values is on its own line.
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
