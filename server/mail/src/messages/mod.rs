//! What each message says: one file a message, English and Welsh side by side.
//!
//! Little personal data goes out by e-mail. A message that goes to an address which nobody has confirmed
//! holds nothing that anybody typed, so that no stranger can have words sent through the service.

mod approved;
mod copy;
mod corrected;
mod draft_expires;
mod format_requested;
mod more_needed;
mod not_approved;
mod received;
mod sender;
mod to_sign;
mod way_in;
mod withdrawn;

use registration::coming_back::RETURN;
use registration::date::CalendarDate;
use registration::identifiers::Reference;
use registration::language::Language;
use serde::{Deserialize, Serialize};

pub use copy::Row;
pub use more_needed::Question;
pub use sender::Sender;
pub use to_sign::ToSign;
pub use way_in::{Purpose, WayIn};

use crate::letter::Letter;

/// A message, with what makes it one person's: kept in the outbox until it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Message {
    /// A draft will be thrown away soon.
    DraftExpires {
        /// The last day on which it can be opened.
        kept_until: CalendarDate,
    },
    /// The registration was received: to the organisation, whose address nobody has confirmed.
    RegistrationReceived {
        /// Its reference.
        reference: Reference,
    },
    /// What was sent, to an address that was confirmed.
    CopyOfRegistration {
        /// Its reference.
        reference: Reference,
        /// What the organisation is called.
        organisation: String,
        /// The day on which it was submitted.
        submitted_on: CalendarDate,
        /// How many users it has: their names and addresses stay out of e-mail.
        users: usize,
        /// The answers about the organisation.
        answers: Vec<Row>,
    },
    /// The desk asks for more.
    MoreInformationNeeded {
        /// The reference.
        reference: Reference,
        /// What is asked.
        questions: Vec<Question>,
    },
    /// The desk has corrected answers.
    Corrected {
        /// The reference.
        reference: Reference,
        /// What the corrected answers are called: what they say stays out of e-mail.
        answers: Vec<String>,
        /// Why, in the words of an officer.
        reason: String,
    },
    /// The registration was approved.
    Approved {
        /// Its reference.
        reference: Reference,
        /// How many users it has.
        users: usize,
    },
    /// The registration was not approved.
    NotApproved {
        /// Its reference.
        reference: Reference,
        /// Why, in the words of an officer.
        reason: String,
    },
    /// The applicant has withdrawn the registration.
    Withdrawn {
        /// Its reference.
        reference: Reference,
    },
    /// Somebody asked for another format.
    FormatRequested {
        /// Within how many working days they are answered.
        working_days: u8,
    },
}

impl Message {
    /// What kind of message it is, as the outbox names it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::DraftExpires { .. } => "draft-expires",
            Self::RegistrationReceived { .. } => "registration-received",
            Self::CopyOfRegistration { .. } => "copy-of-registration",
            Self::MoreInformationNeeded { .. } => "more-information-needed",
            Self::Corrected { .. } => "corrected",
            Self::Approved { .. } => "approved",
            Self::NotApproved { .. } => "not-approved",
            Self::Withdrawn { .. } => "withdrawn",
            Self::FormatRequested { .. } => "format-requested",
        }
    }

    /// What it says, with the way back that everybody may take.
    #[must_use]
    pub fn letter(&self, language: Language, sender: &Sender) -> Letter {
        self.letter_with_link(language, sender, RETURN)
    }

    /// What it says; the link of a message about a registration leads to `path`.
    #[must_use]
    pub fn letter_with_link(&self, language: Language, sender: &Sender, path: &str) -> Letter {
        let letter = match self {
            Self::DraftExpires { kept_until } => {
                draft_expires::letter(language, sender, *kept_until)
            }
            Self::RegistrationReceived { reference } => received::letter(language, reference),
            Self::CopyOfRegistration {
                reference,
                organisation,
                submitted_on,
                users,
                answers,
            } => copy::letter(
                language,
                &copy::Copy {
                    reference,
                    organisation,
                    submitted_on: *submitted_on,
                    users: *users,
                    answers,
                },
            ),
            Self::MoreInformationNeeded {
                reference,
                questions,
            } => more_needed::letter(language, &sender.page(path), reference, questions),
            Self::Corrected {
                reference,
                answers,
                reason,
            } => corrected::letter(language, &sender.page(path), reference, answers, reason),
            Self::Approved { reference, users } => {
                approved::letter(language, &sender.page(path), reference, *users)
            }
            Self::NotApproved { reference, reason } => {
                not_approved::letter(language, &sender.page(path), reference, reason)
            }
            Self::Withdrawn { reference } => {
                withdrawn::letter(language, &sender.page(path), reference)
            }
            Self::FormatRequested { working_days } => {
                format_requested::letter(language, *working_days)
            }
        };
        sender.closing(letter)
    }
}
