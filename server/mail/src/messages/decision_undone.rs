//! The message that the desk has undone its decision, with the reason.

use registration::identifiers::Reference;
use registration::language::Language;

use crate::letter::Letter;

pub fn letter(language: Language, link: &str, reference: &Reference, reason: &str) -> Letter {
    match language {
        Language::English => Letter::new(
            language,
            format!("The decision on your registration {reference} was undone"),
        )
        .paragraph("The Common Platform Desk has undone its decision on your registration and is checking it again. This is the reason it gave:")
        .quoted(reason)
        .paragraph("You do not need to do anything. We will write to you when the desk has decided."),
        Language::Welsh => Letter::new(
            language,
            format!("Mae’r penderfyniad ar eich cofrestriad {reference} wedi’i ddadwneud"),
        )
        .paragraph("Mae Desg y Platfform Cyffredin wedi dadwneud ei phenderfyniad ar eich cofrestriad ac mae’n ei wirio eto. Dyma’r rheswm a roddodd:")
        .quoted(reason)
        .paragraph("Nid oes angen i chi wneud dim. Byddwn yn ysgrifennu atoch pan fydd y ddesg wedi penderfynu."),
    }
    .link(link)
}
