//! The text of each message: one file per message, with English and Welsh side by side.
//!
//! Emails contain little personal data. A message to an address that is not confirmed repeats
//! nothing that was typed into the service; otherwise a stranger could use the service to send text
//! of their own.

mod access_link;
mod approved;
mod copy;
mod corrected;
mod decision_undone;
mod draft_expires;
mod enrolment_link;
mod format_requested;
mod member_sign_in;
mod more_needed;
mod not_approved;
mod officer_link_sent;
mod questions_reminder;
mod received;
mod sender;
mod signing_link;
mod withdrawn;

use registration::date::CalendarDate;
use registration::identifiers::Reference;
use registration::language::Language;
use registration::resume::RETURN;
use serde::{Deserialize, Serialize};

pub use access_link::{AccessLink, Purpose};
pub use copy::Row;
pub use enrolment_link::EnrolmentLink;
pub use member_sign_in::MemberSignIn;
pub use more_needed::Question;
pub use sender::Sender;
pub use signing_link::SigningLink;

use crate::letter::Letter;

/// A message and the data that its text needs, stored in the outbox until it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Message {
    /// A draft will be deleted soon.
    DraftExpires {
        /// The last day on which the draft can be opened.
        kept_until: CalendarDate,
    },
    /// The registration was received; sent to the organisation's address, which is not confirmed.
    RegistrationReceived {
        /// The reference of the registration.
        reference: Reference,
    },
    /// A copy of the submitted registration, sent to a confirmed address.
    CopyOfRegistration {
        /// The reference of the registration.
        reference: Reference,
        /// The name of the organisation.
        organisation: String,
        /// The day on which the registration was submitted.
        submitted_on: CalendarDate,
        /// The number of users; their names and addresses are not sent by email.
        users: usize,
        /// The answers about the organisation.
        answers: Vec<Row>,
    },
    /// The desk needs more information.
    MoreInformationNeeded {
        /// The reference of the registration.
        reference: Reference,
        /// The questions of the desk.
        questions: Vec<Question>,
    },
    /// The applicant has not answered the desk's questions.
    QuestionsReminder {
        /// The reference of the registration.
        reference: Reference,
        /// The day on which the desk last asked.
        asked_on: CalendarDate,
        /// The questions that have no answer.
        questions: Vec<Question>,
    },
    /// The desk corrected answers.
    Corrected {
        /// The reference of the registration.
        reference: Reference,
        /// The names of the corrected answers; the answers themselves are not sent by email.
        answers: Vec<String>,
        /// The reason, as an officer wrote it.
        reason: String,
    },
    /// The registration was approved.
    Approved {
        /// The reference of the registration.
        reference: Reference,
        /// The number of users.
        users: usize,
    },
    /// The registration was not approved.
    NotApproved {
        /// The reference of the registration.
        reference: Reference,
        /// The reason, as an officer wrote it.
        reason: String,
    },
    /// The desk has undone its decision.
    DecisionUndone {
        /// The reference of the registration.
        reference: Reference,
        /// The reason, as an officer wrote it.
        reason: String,
    },
    /// The applicant withdrew the registration.
    Withdrawn {
        /// The reference of the registration.
        reference: Reference,
    },
    /// Somebody asked for the form in another format.
    FormatRequested {
        /// The number of working days within which the desk will answer.
        working_days: u8,
    },
    /// A desk administrator had an enrolment link sent to an officer; every administrator gets this
    /// message.
    EnrolmentLinkSent {
        /// The name of the officer.
        name: String,
        /// The name of the administrator.
        by: String,
    },
}

impl Message {
    /// Returns the kind of message, as the outbox stores it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::DraftExpires { .. } => "draft-expires",
            Self::RegistrationReceived { .. } => "registration-received",
            Self::CopyOfRegistration { .. } => "copy-of-registration",
            Self::MoreInformationNeeded { .. } => "more-information-needed",
            Self::QuestionsReminder { .. } => "questions-reminder",
            Self::Corrected { .. } => "corrected",
            Self::Approved { .. } => "approved",
            Self::NotApproved { .. } => "not-approved",
            Self::DecisionUndone { .. } => "decision-undone",
            Self::Withdrawn { .. } => "withdrawn",
            Self::FormatRequested { .. } => "format-requested",
            Self::EnrolmentLinkSent { .. } => "enrolment-link-sent",
        }
    }

    /// Writes the letter. Any link in it leads to the page for resuming a saved registration.
    #[must_use]
    pub fn letter(&self, language: Language, sender: &Sender) -> Letter {
        self.letter_with_link(language, sender, RETURN)
    }

    /// Writes the letter. A link to a submitted registration leads to `path`; the link in
    /// `DraftExpires` leads to the page for resuming a draft, whatever `path` is.
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
            Self::QuestionsReminder {
                reference,
                asked_on,
                questions,
            } => questions_reminder::letter(
                language,
                &sender.page(path),
                (reference, *asked_on),
                questions,
            ),
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
            Self::DecisionUndone { reference, reason } => {
                decision_undone::letter(language, &sender.page(path), reference, reason)
            }
            Self::Withdrawn { reference } => {
                withdrawn::letter(language, &sender.page(path), reference)
            }
            Self::FormatRequested { working_days } => {
                format_requested::letter(language, *working_days)
            }
            Self::EnrolmentLinkSent { name, by } => officer_link_sent::letter(language, name, by),
        };
        sender.closing(letter)
    }
}
