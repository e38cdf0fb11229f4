//! The actors in the audit, and the text stored for each.

use std::fmt;

use registration::membership::MemberId;

use crate::store::officer_id::OfficerId;

/// The prefix of the text stored for an officer.
const OFFICER: &str = "officer/";
/// The prefix of the text stored for a member of an organisation.
const MEMBER: &str = "member/";

/// The error for a text that names no known actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an actor of the audit")]
pub struct UnknownActor;

/// The person or program that an audit row names as the actor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The applicant of the registration or draft.
    Applicant,
    /// An officer. Old rows from the command line have a name in place of the identifier.
    Officer(OfficerId),
    /// A member of an organisation, who is one of its administrators or its accountable person.
    Member(MemberId),
    /// An operator who uses the command line.
    CommandLine,
    /// A person who did not sign in.
    Somebody,
    /// The service itself, as in hourly jobs.
    Service,
}

impl Actor {
    /// Parses the text that the audit stores for an actor.
    ///
    /// # Errors
    /// When no version of the service stores this text.
    pub fn parse(text: &str) -> Result<Self, UnknownActor> {
        Ok(match text {
            "applicant" => Self::Applicant,
            "command-line" => Self::CommandLine,
            "somebody" => Self::Somebody,
            "service" => Self::Service,
            _ => {
                if let Some(member) = text.strip_prefix(MEMBER) {
                    return Ok(Self::Member(MemberId::named(member)));
                }
                let officer = text.strip_prefix(OFFICER).ok_or(UnknownActor)?;
                Self::Officer(OfficerId::named(officer))
            }
        })
    }
}

/// Formats the text that the audit stores. Never change this text: the hash of each row covers it.
impl fmt::Display for Actor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applicant => formatter.write_str("applicant"),
            Self::Officer(officer) => write!(formatter, "{OFFICER}{officer}"),
            Self::Member(member) => write!(formatter, "{MEMBER}{member}"),
            Self::CommandLine => formatter.write_str("command-line"),
            Self::Somebody => formatter.write_str("somebody"),
            Self::Service => formatter.write_str("service"),
        }
    }
}

impl OfficerId {
    /// Returns the officer as an actor of the audit.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Officer(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_actor_has_the_text_that_existing_databases_hold() {
        let cases = [
            (Actor::Applicant, "applicant"),
            (Actor::Officer(OfficerId::named("7")), "officer/7"),
            (Actor::Member(MemberId::named("7")), "member/7"),
            (Actor::CommandLine, "command-line"),
            (Actor::Somebody, "somebody"),
            (Actor::Service, "service"),
        ];
        for (actor, text) in cases {
            assert_eq!(actor.to_string(), text);
            assert_eq!(Actor::parse(text), Ok(actor));
        }
        assert_eq!(Actor::parse("nobody"), Err(UnknownActor));
    }

    proptest! {
        #[test]
        fn a_parsed_value_is_written_unchanged(text in "(officer/|member/)?.{0,12}") {
            if let Ok(actor) = Actor::parse(&text) {
                prop_assert_eq!(actor.to_string(), text);
            }
        }

        #[test]
        fn a_written_value_is_parsed_unchanged(id in ".*") {
            let actor = Actor::Officer(OfficerId::named(id));
            prop_assert_eq!(Actor::parse(&actor.to_string()), Ok(actor));
        }
    }
}
