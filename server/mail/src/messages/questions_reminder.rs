//! The reminder of questions that the applicant has not answered.

use registration::date::CalendarDate;
use registration::identifiers::Reference;
use registration::language::Language;

use super::more_needed::{Question, answers};
use crate::letter::Letter;

pub fn letter(
    language: Language,
    link: &str,
    (reference, asked_on): (&Reference, CalendarDate),
    questions: &[Question],
) -> Letter {
    let day = asked_on.in_words_of(language);
    match language {
        Language::English => Letter::new(
            language,
            format!("Reminder: answer our questions about your registration {reference}"),
        )
        .paragraph(format!(
            "On {day} we asked you for more information. Your answers have not reached us yet:"
        ))
        .answers(answers(questions))
        .paragraph("If you do not answer, we may close your registration, and no accounts will be made.")
        .paragraph("To answer, return to your registration. Everything you told us is still there. Your answers reach us when you submit it again:"),
        Language::Welsh => Letter::new(
            language,
            format!("Nodyn atgoffa: atebwch ein cwestiynau am eich cofrestriad {reference}"),
        )
        .paragraph(format!(
            "Ar {day}, gofynnom i chi am ragor o wybodaeth. Nid yw eich atebion wedi ein cyrraedd eto:"
        ))
        .answers(answers(questions))
        .paragraph("Os na fyddwch yn ateb, mae’n bosibl y byddwn yn cau eich cofrestriad, ac ni fydd cyfrifon yn cael eu creu.")
        .paragraph("I ateb, dychwelwch i’ch cofrestriad. Mae popeth a ddywedoch wrthym yno o hyd. Bydd eich atebion yn ein cyrraedd pan fyddwch yn ei gyflwyno eto:"),
    }
    .link(link)
}
