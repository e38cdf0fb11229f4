//! The message with a link and a code, with which an administrator or the accountable person of an
//! organisation signs in.
//!
//! The service generates the link and the code when it sends the message, and stores only their
//! hashes.

use registration::language::Language;

use super::Sender;
use crate::letter::Letter;

/// A message with a link and a code to sign in.
#[derive(Clone, PartialEq, Eq)]
pub struct MemberSignIn {
    /// The secret at the end of the link.
    pub secret: String,
    /// The code, such as `WDJB-MJHT`.
    pub code: String,
    /// The number of minutes for which the link and the code work.
    pub minutes: u16,
}

impl MemberSignIn {
    /// The path of the page behind the link, without the secret.
    pub const PATH: &str = "/members/sign-in/link/";

    /// Writes the letter.
    #[must_use]
    pub fn letter(&self, language: Language, sender: &Sender) -> Letter {
        let letter = Letter::new(
            language,
            language.of(
                "Sign in to manage your organisation’s people",
                "Mewngofnodi i reoli pobl eich sefydliad",
            ),
        )
        .paragraph(language.of(
            "You asked to manage the people of an organisation with accounts on Common Platform.",
            "Rydych wedi gofyn am gael rheoli pobl sefydliad sydd â chyfrifon ar y Platfform Cyffredin.",
        ))
        .heading(language.of(
            "If you are on the device you want to use",
            "Os ydych ar y ddyfais yr ydych am ei defnyddio",
        ))
        .paragraph(language.of("Go to this page:", "Ewch i’r dudalen hon:"))
        .link(sender.page(&[Self::PATH, &self.secret].concat()))
        .heading(language.of("If you are asked for a code", "Os gofynnir i chi am god"))
        .code(self.code.clone())
        .paragraph(match language {
            Language::English => format!(
                "The link and the code work once, for {} minutes. If you ask for new ones, these stop working.",
                self.minutes
            ),
            Language::Welsh => format!(
                "Mae’r ddolen a’r cod yn gweithio unwaith, am {} munud. Os gofynnwch am rai newydd, bydd y rhain yn peidio â gweithio.",
                self.minutes
            ),
        })
        .paragraph(language.of(
            "If you did not ask for this, ignore this email. Do not give the code to anybody.",
            "Os na wnaethoch ofyn am hyn, anwybyddwch yr e-bost hwn. Peidiwch â rhoi’r cod i neb.",
        ));
        sender.closing(letter)
    }
}
