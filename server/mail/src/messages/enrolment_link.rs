//! The message with a link for an officer to set up how they sign in at the desk.
//!
//! The service generates the link when it sends the message, and stores only its hash.

use registration::language::Language;

use super::Sender;
use crate::letter::Letter;

/// A message with a one-time link to set up an officer's account.
#[derive(Clone, PartialEq, Eq)]
pub struct EnrolmentLink {
    /// The secret at the end of the link.
    pub secret: String,
    /// The number of hours for which the link works.
    pub hours: i64,
}

impl EnrolmentLink {
    /// The path of the page behind the link, without the secret.
    pub const PATH: &str = "/desk/join/";

    /// Writes the letter.
    #[must_use]
    pub fn letter(&self, language: Language, sender: &Sender) -> Letter {
        let link = sender.page(&[Self::PATH, &self.secret].concat());
        let letter = match language {
            Language::English => Letter::new(
                language,
                "Set up your Common Platform Desk account",
            )
            .paragraph("A desk administrator has asked us to send you a link. Use it to choose a password and set up 2-step verification. If you had an account before, how you signed in until now has stopped working.")
            .paragraph("Go to this page:")
            .link(link)
            .paragraph(format!("The link works once, for {} hours. Do not share it with anyone, not even with a desk administrator.", self.hours))
            .paragraph("If you did not expect this, tell another desk administrator."),
            Language::Welsh => Letter::new(
                language,
                "Sefydlu eich cyfrif Desg y Platfform Cyffredin",
            )
            .paragraph("Mae gweinyddwr y ddesg wedi gofyn i ni anfon dolen atoch. Defnyddiwch hi i ddewis cyfrinair ac i sefydlu dilysu 2 gam. Os oedd gennych gyfrif o’r blaen, mae’r ffordd yr oeddech yn mewngofnodi wedi peidio â gweithio.")
            .paragraph("Ewch i’r dudalen hon:")
            .link(link)
            .paragraph(format!("Mae’r ddolen yn gweithio unwaith, am {} awr. Peidiwch â’i rhannu â neb, hyd yn oed gweinyddwr y ddesg.", self.hours))
            .paragraph("Os nad oeddech yn disgwyl hyn, rhowch wybod i weinyddwr arall y ddesg."),
        };
        sender.closing(letter)
    }
}
