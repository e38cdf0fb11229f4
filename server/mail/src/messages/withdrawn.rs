//! The message that confirms the withdrawal of a registration.

use registration::identifiers::Reference;
use registration::language::Language;

use crate::letter::Letter;

pub fn letter(language: Language, link: &str, reference: &Reference) -> Letter {
    match language {
        Language::English => Letter::new(
            language,
            format!("Your registration {reference} is withdrawn"),
        )
        .paragraph("You withdrew this registration. No accounts will be set up.")
        .paragraph("If you did not withdraw it, tell the Common Platform Desk and give the reference.")
        .paragraph("You can start again from the same answers at any time:"),
        Language::Welsh => Letter::new(
            language,
            format!("Mae eich cofrestriad {reference} wedi’i dynnu’n ôl"),
        )
        .paragraph("Rydych wedi tynnu’r cofrestriad hwn yn ôl. Ni fydd unrhyw gyfrifon yn cael eu creu.")
        .paragraph("Os na wnaethoch ei dynnu’n ôl, dywedwch wrth Ddesg y Platfform Cyffredin a rhowch y cyfeirnod.")
        .paragraph("Gallwch ddechrau eto o’r un atebion unrhyw bryd:"),
    }
    .link(link)
}
