//! A message with an access link and a code, to confirm an address or to open a saved draft.
//!
//! The service generates the link and the code when it sends the message, and stores only their
//! hashes; the outbox has neither. The message repeats nothing that was typed, because until
//! somebody uses the code or the link it is unknown whose address this is.

use registration::date::CalendarDate;
use registration::language::Language;

use super::Sender;
use crate::letter::Letter;

/// A message with an access link and a code.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessLink {
    /// The purpose of the link and the code.
    pub purpose: Purpose,
    /// The secret at the end of the link.
    pub secret: String,
    /// The code, such as `WDJB-MJHT`.
    pub code: String,
    /// The number of minutes for which the link and the code work.
    pub minutes: u16,
}

/// The purpose of an access link and a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To show that the address belongs to the person who gave it.
    ConfirmAddress,
    /// To open a draft.
    OpenDraft {
        /// The last day on which the draft can be opened.
        kept_until: CalendarDate,
    },
}

impl AccessLink {
    /// The path of the page behind the link, without the secret.
    pub const PATH: &str = "/return/link/";

    /// Writes the letter.
    #[must_use]
    pub fn letter(&self, language: Language, sender: &Sender) -> Letter {
        let letter = match self.purpose {
            Purpose::ConfirmAddress => Letter::new(
                language,
                language.of(
                    "Confirm your email address",
                    "Cadarnhau eich cyfeiriad e-bost",
                ),
            )
            .paragraph(language.of(
                "Somebody asked to save a registration for Common Platform with this email address, or to share one with you. The link opens it.",
                "Mae rhywun wedi gofyn am gadw cofrestriad ar gyfer y Platfform Cyffredin gyda’r cyfeiriad e-bost hwn, neu am rannu un gyda chi. Mae’r ddolen yn ei agor.",
            )),
            Purpose::OpenDraft { kept_until } => Letter::new(
                language,
                language.of(
                    "Return to your registration",
                    "Dychwelyd i’ch cofrestriad",
                ),
            )
            .paragraph(match language {
                Language::English => format!(
                    "You asked to return to a registration for Common Platform. Your answers are kept until {}.",
                    kept_until.in_words_of(language)
                ),
                Language::Welsh => format!(
                    "Rydych wedi gofyn am ddychwelyd i gofrestriad ar gyfer y Platfform Cyffredin. Cedwir eich atebion tan {}.",
                    kept_until.in_words_of(language)
                ),
            }),
        };
        let letter = letter
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
            .heading(language.of(
                "If you want to come back later",
                "Os ydych am ddychwelyd yn nes ymlaen",
            ))
            .paragraph(language.of(
                "Go to this page on any device and enter this email address. We send you a new link and code:",
                "Ewch i’r dudalen hon ar unrhyw ddyfais a rhowch y cyfeiriad e-bost hwn. Byddwn yn anfon dolen a chod newydd atoch:",
            ))
            .link(sender.page("/return"))
            .paragraph(language.of(
                "If you did not ask for this, ignore this email. Do not give the code to anybody.",
                "Os na wnaethoch ofyn am hyn, anwybyddwch yr e-bost hwn. Peidiwch â rhoi’r cod i neb.",
            ));
        sender.closing(letter)
    }
}
