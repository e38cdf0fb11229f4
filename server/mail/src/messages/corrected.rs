//! The message to the applicant after the desk corrected answers. It gives the names of the
//! corrected answers and the reason; only the linked page shows the old and the new answers.

use registration::identifiers::Reference;
use registration::language::Language;

use crate::letter::Letter;

pub fn letter(
    language: Language,
    link: &str,
    reference: &Reference,
    answers: &[String],
    reason: &str,
) -> Letter {
    let answers = answers.to_vec();
    match language {
        Language::English => Letter::new(
            language,
            format!("We corrected your registration {reference}"),
        )
        .paragraph("The Common Platform Desk has corrected these answers in your registration:")
        .answers([("Answers".to_owned(), answers.join(", "))])
        .paragraph("This is the reason it gave:")
        .quoted(reason)
        .paragraph("You do not need to do anything. If a correction is wrong, tell the desk. To see what was corrected, go to this page:"),
        Language::Welsh => Letter::new(
            language,
            format!("Rydym wedi cywiro eich cofrestriad {reference}"),
        )
        .paragraph("Mae Desg y Platfform Cyffredin wedi cywiro’r atebion hyn yn eich cofrestriad:")
        .answers([("Atebion".to_owned(), answers.join(", "))])
        .paragraph("Dyma’r rheswm a roddodd:")
        .quoted(reason)
        .paragraph("Nid oes angen i chi wneud dim. Os yw cywiriad yn anghywir, dywedwch wrth y ddesg. I weld beth a gywirwyd, ewch i’r dudalen hon:"),
    }
    .link(link)
}
