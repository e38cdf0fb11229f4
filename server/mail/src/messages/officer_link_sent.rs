//! The message to all desk administrators after one of them sent an enrolment link to an officer.
//! Such a link can be used to take over an account, so every administrator must know of it.

use registration::language::Language;

use crate::letter::Letter;

/// Writes the letter. `name` is the name of the officer who gets the link, and `by` that of the
/// administrator who requested the link.
pub(super) fn letter(language: Language, name: &str, by: &str) -> Letter {
    match language {
        Language::English => Letter::new(language, "A link to sign in at the desk was sent")
            .paragraph(format!("{by} had a link sent to {name}, with which they set up how they sign in at the Common Platform Desk. It was sent to their own email address."))
            .paragraph("All desk administrators get this message. If you did not expect it, ask both of them. If it should not have happened, end the access of that account and tell the team that runs the service."),
        Language::Welsh => Letter::new(language, "Anfonwyd dolen i fewngofnodi wrth y ddesg")
            .paragraph(format!("Gofynnodd {by} i ddolen gael ei hanfon at {name}, i sefydlu sut y mae’n mewngofnodi wrth Ddesg y Platfform Cyffredin. Fe’i hanfonwyd i’w gyfeiriad e-bost ei hun."))
            .paragraph("Mae holl weinyddwyr y ddesg yn cael y neges hon. Os nad oeddech yn ei disgwyl, gofynnwch i’r ddau. Os na ddylai fod wedi digwydd, rhowch derfyn ar fynediad y cyfrif hwnnw a rhowch wybod i’r tîm sy’n rhedeg y gwasanaeth."),
    }
}
