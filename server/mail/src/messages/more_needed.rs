//! The message with the questions that the applicant must answer before the desk can decide.

use registration::identifiers::Reference;
use registration::language::Language;
use serde::{Deserialize, Serialize};

use crate::letter::Letter;

/// A question of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The subject of the question, worded as on the form, such as `SRA number`.
    pub about: String,
    /// The question itself, as the officer wrote it.
    pub asked: String,
}

pub fn letter(
    language: Language,
    link: &str,
    reference: &Reference,
    questions: &[Question],
) -> Letter {
    match language {
        Language::English => Letter::new(
            language,
            format!("We need more information about your registration {reference}"),
        )
        .paragraph("The Common Platform Desk has looked at your registration and needs to know more before it can decide.")
        .answers(answers(questions))
        .paragraph("To answer, return to your registration. Everything you told us is still there:"),
        Language::Welsh => Letter::new(
            language,
            format!("Mae arnom angen rhagor o wybodaeth am eich cofrestriad {reference}"),
        )
        .paragraph("Mae Desg y Platfform Cyffredin wedi edrych ar eich cofrestriad ac mae angen iddi wybod mwy cyn y gall benderfynu.")
        .answers(answers(questions))
        .paragraph("I ateb, dychwelwch i’ch cofrestriad. Mae popeth a ddywedoch wrthym yno o hyd:"),
    }
    .link(link)
}

/// Returns the questions as rows of a letter.
pub(super) fn answers(questions: &[Question]) -> impl Iterator<Item = (String, String)> {
    questions
        .iter()
        .map(|question| (question.about.clone(), question.asked.clone()))
}
