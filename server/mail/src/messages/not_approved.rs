//! The message to the applicant after a registration was not approved. It gives the reason.

use registration::identifiers::Reference;
use registration::language::Language;

use crate::letter::Letter;

pub fn letter(language: Language, link: &str, reference: &Reference, reason: &str) -> Letter {
    match language {
        Language::English => Letter::new(
            language,
            format!("Your registration {reference} is not approved"),
        )
        .paragraph("The Common Platform Desk has not approved your registration. This is the reason it gave:")
        .quoted(reason)
        .heading("What you can do")
        .paragraph("You can start again from the answers you gave, and change what needs to be changed:"),
        Language::Welsh => Letter::new(
            language,
            format!("Nid yw eich cofrestriad {reference} wedi’i gymeradwyo"),
        )
        .paragraph("Nid yw Desg y Platfform Cyffredin wedi cymeradwyo eich cofrestriad. Dyma’r rheswm a roddodd:")
        .quoted(reason)
        .heading("Beth allwch chi ei wneud")
        .paragraph("Gallwch ddechrau eto o’r atebion a roddoch, a newid yr hyn sydd angen ei newid:"),
    }
    .link(link)
}
