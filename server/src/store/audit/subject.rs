//! The subjects of audit rows and messages, and the text stored for each.
//!
//! In the audit, each subject has its own chain.

use std::fmt;

use registration::identifiers::Reference;

use crate::store::officer_id::OfficerId;

/// The text stored for the desk's settings.
const SETTINGS: &str = "desk/settings";
/// The prefix of the text stored for the views of a subject.
const SEEN: &str = "seen/";

/// The error for a text that names no known subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a subject of the audit")]
pub struct UnknownSubject;

/// The text stored for attempts to sign in to accounts that do not exist.
const UNKNOWN_ACCOUNTS: &str = "sign-in/unknown";

/// The text stored for the service's own work on the audit and on personal data.
const RETENTION: &str = "system/retention";

/// The thing that an audit row or a message is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A registration, by its reference.
    Registration(Reference),
    /// A draft, by its identifier.
    Draft(String),
    /// A request for another format, by its identifier.
    FormatRequest(String),
    /// An organisation after its approval, by its identifier.
    Organisation(String),
    /// A batch of accounts, by its number.
    Batch(i64),
    /// A message, by its identifier.
    Message(String),
    /// An officer, by their identifier.
    Officer(OfficerId),
    /// The settings of the desk.
    Settings,
    /// All accounts that do not exist, for attempts to sign in to them.
    UnknownAccounts,
    /// The service's own work: erasing personal data, and carrying the audit over to its second
    /// generation.
    Retention,
    /// The record of who has viewed another subject, which is a chain of its own.
    Views(Box<Self>),
}

impl Subject {
    /// Parses the text that is stored for a subject.
    ///
    /// # Errors
    /// When no version of the service stores this text.
    pub fn parse(text: &str) -> Result<Self, UnknownSubject> {
        // Views have no views of their own, so only one prefix is removed. This bounds the depth of
        // nested `Views`.
        let (subject, is_views) = match text.strip_prefix(SEEN) {
            Some(subject) => (subject, true),
            None => (text, false),
        };
        let subject = Self::parse_changed(subject).ok_or(UnknownSubject)?;
        Ok(if is_views { subject.views() } else { subject })
    }

    /// Parses a subject other than views; returns `None` if the text is unknown.
    fn parse_changed(text: &str) -> Option<Self> {
        if text == SETTINGS {
            return Some(Self::Settings);
        }
        if text == UNKNOWN_ACCOUNTS {
            return Some(Self::UnknownAccounts);
        }
        if text == RETENTION {
            return Some(Self::Retention);
        }
        let (kind, id) = text.split_once('/')?;
        let subject = match kind {
            "registration" => Self::Registration(Reference::parse(id).ok()?),
            "draft" => Self::Draft(id.to_owned()),
            "format-request" => Self::FormatRequest(id.to_owned()),
            "organisation" => Self::Organisation(id.to_owned()),
            "batch" => Self::Batch(id.parse().ok()?),
            "message" => Self::Message(id.to_owned()),
            "officer" => Self::Officer(OfficerId::named(id)),
            _ => return None,
        };
        // A reference or a number can be spelt in several ways. Accept only the stored spelling.
        (subject.to_string() == text).then_some(subject)
    }

    /// Returns the subject whose chain records the views of this subject.
    #[must_use]
    pub fn views(self) -> Self {
        Self::Views(Box::new(self))
    }
}

/// Formats the text that is stored. Never change this text: the hash of each audit row covers it.
impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Registration(reference) => write!(formatter, "registration/{reference}"),
            Self::Draft(id) => write!(formatter, "draft/{id}"),
            Self::FormatRequest(id) => write!(formatter, "format-request/{id}"),
            Self::Organisation(id) => write!(formatter, "organisation/{id}"),
            Self::Batch(number) => write!(formatter, "batch/{number}"),
            Self::Message(id) => write!(formatter, "message/{id}"),
            Self::Officer(id) => write!(formatter, "officer/{id}"),
            Self::Settings => formatter.write_str(SETTINGS),
            Self::UnknownAccounts => formatter.write_str(UNKNOWN_ACCOUNTS),
            Self::Retention => formatter.write_str(RETENTION),
            Self::Views(subject) => write!(formatter, "{SEEN}{subject}"),
        }
    }
}

impl OfficerId {
    /// Returns the officer as a subject of the audit.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::Officer(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn subjects() -> impl Strategy<Value = Subject> {
        let plain = prop_oneof![
            any::<u64>().prop_map(|bits| Subject::Registration(Reference::from_random(bits))),
            ".*".prop_map(Subject::Draft),
            ".*".prop_map(Subject::FormatRequest),
            ".*".prop_map(Subject::Organisation),
            any::<i64>().prop_map(Subject::Batch),
            ".*".prop_map(Subject::Message),
            ".*".prop_map(|id| Subject::Officer(OfficerId::named(id))),
            Just(Subject::Settings),
            Just(Subject::UnknownAccounts),
            Just(Subject::Retention),
        ];
        (plain, any::<bool>()).prop_map(
            |(subject, seen)| {
                if seen { subject.views() } else { subject }
            },
        )
    }

    #[test]
    fn each_subject_has_the_text_that_existing_databases_hold() {
        let reference = Reference::from_random(7);
        let cases = [
            (
                Subject::Registration(reference),
                format!("registration/{reference}"),
            ),
            (Subject::Draft("a1".to_owned()), "draft/a1".to_owned()),
            (
                Subject::FormatRequest("a1".to_owned()),
                "format-request/a1".to_owned(),
            ),
            (
                Subject::Organisation("a1".to_owned()),
                "organisation/a1".to_owned(),
            ),
            (Subject::Batch(12), "batch/12".to_owned()),
            (Subject::Message("a1".to_owned()), "message/a1".to_owned()),
            (
                Subject::Officer(OfficerId::named("a1")),
                "officer/a1".to_owned(),
            ),
            (Subject::Settings, "desk/settings".to_owned()),
            (Subject::UnknownAccounts, "sign-in/unknown".to_owned()),
            (Subject::Retention, "system/retention".to_owned()),
            (
                Subject::Registration(reference).views(),
                format!("seen/registration/{reference}"),
            ),
        ];
        for (subject, text) in cases {
            assert_eq!(subject.to_string(), text);
            assert_eq!(Subject::parse(&text), Ok(subject));
        }
        for text in [
            "",
            "registration",
            "registration/7",
            "batch/007",
            "desk/other",
            "seen/x",
            "seen/seen/desk/settings",
        ] {
            assert_eq!(Subject::parse(text), Err(UnknownSubject), "{text}");
        }
    }

    #[test]
    fn a_subject_of_any_depth_is_refused_without_recursion() {
        let text = ["seen/".repeat(1_000_000), SETTINGS.to_owned()].concat();
        assert_eq!(Subject::parse(&text), Err(UnknownSubject));
    }

    proptest! {
        #[test]
        fn a_written_value_is_parsed_unchanged(subject in subjects()) {
            prop_assert_eq!(Subject::parse(&subject.to_string()), Ok(subject));
        }

        #[test]
        fn a_parsed_value_is_written_unchanged(
            text in "(seen/)?(registration|draft|batch|officer|message|desk)/.{0,12}"
        ) {
            if let Ok(subject) = Subject::parse(&text) {
                prop_assert_eq!(subject.to_string(), text);
            }
        }
    }
}
