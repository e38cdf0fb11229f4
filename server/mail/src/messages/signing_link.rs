//! The message that asks an accountable person to sign a form. An officer keyed in the form on
//! behalf of the organisation, and only the accountable person can sign it.
//!
//! The service generates the link when it sends the message, and stores only its hash. The address
//! is not confirmed, so the message repeats nothing that was typed.

use registration::language::Language;

use super::Sender;
use crate::letter::Letter;

/// A message with the link to a form that needs a signature.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningLink {
    /// The secret at the end of the link.
    pub secret: String,
    /// The number of days for which the link works.
    pub days: i64,
}

impl SigningLink {
    /// The path of the page behind the link, without the secret.
    pub const PATH: &str = "/to-sign/";

    /// Writes the letter.
    #[must_use]
    pub fn letter(&self, language: Language, sender: &Sender) -> Letter {
        let link = sender.page(&[Self::PATH, &self.secret].concat());
        let letter = match language {
            Language::English => Letter::new(
                language,
                "Check and sign your organisation’s registration",
            )
            .paragraph("The Common Platform Desk has filled in a registration for Common Platform on behalf of your organisation. You are named in it as the accountable person.")
            .paragraph("Check the answers and change what is not right. Then accept the Terms and Conditions and submit the registration. Nobody can sign it for you.")
            .paragraph("Go to this page:")
            .link(link)
            .paragraph(format!("The link works once, for {} days. After that you can return with your email address.", self.days))
            .paragraph("If you do not know what this is about, tell the Common Platform Desk."),
            Language::Welsh => Letter::new(
                language,
                "Gwirio a llofnodi cofrestriad eich sefydliad",
            )
            .paragraph("Mae Desg y Platfform Cyffredin wedi llenwi cofrestriad ar gyfer y Platfform Cyffredin ar ran eich sefydliad. Rydych wedi’ch enwi ynddo fel yr unigolyn atebol.")
            .paragraph("Gwiriwch yr atebion a newidiwch yr hyn nad yw’n gywir. Yna derbyniwch y Telerau ac Amodau a chyflwynwch y cofrestriad. Ni all neb ei lofnodi ar eich rhan.")
            .paragraph("Ewch i’r dudalen hon:")
            .link(link)
            .paragraph(format!("Mae’r ddolen yn gweithio unwaith, am {} diwrnod. Ar ôl hynny gallwch ddychwelyd gyda’ch cyfeiriad e-bost.", self.days))
            .paragraph("Os nad ydych yn gwybod am beth mae hyn, rhowch wybod i Ddesg y Platfform Cyffredin."),
        };
        sender.closing(letter)
    }
}
