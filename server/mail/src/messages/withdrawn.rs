//! The applicant has withdrawn the registration.

use registration::identifiers::Reference;
use registration::language::Language;

use super::Sender;
use crate::letter::Letter;

pub fn letter(language: Language, sender: &Sender, reference: &Reference) -> Letter {
    match language {
        Language::English => Letter::new(
            language,
            format!("Your registration {reference} is withdrawn"),
        )
        .paragraph("You withdrew this registration. No accounts will be set up.")
        .paragraph("If you did not withdraw it, tell the Common Platform Desk and give the reference.")
        .paragraph("You can register again at any time:"),
        Language::Welsh => Letter::new(
            language,
            format!("Mae eich cofrestriad {reference} wedi’i dynnu’n ôl"),
        )
        .paragraph("Rydych wedi tynnu’r cofrestriad hwn yn ôl. Ni fydd unrhyw gyfrifon yn cael eu creu.")
        .paragraph("Os na wnaethoch ei dynnu’n ôl, dywedwch wrth Ddesg y Platfform Cyffredin a rhowch y cyfeirnod.")
        .paragraph("Gallwch gofrestru eto unrhyw bryd:"),
    }
    .link(sender.page("/"))
}
