//! Why a step is refused, in words that say how to get there instead.

use super::MemberId;
use crate::date::CalendarDate;
use crate::problem::Problem;

/// The reason why a step cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody would be an administrator from this day on.
    NoAdministrator {
        /// The last administrator, who would leave or stop.
        last: MemberId,
        /// The first day without an administrator.
        on: CalendarDate,
    },
    /// The accountable person would have left on this day.
    NoAccountablePerson {
        /// The accountable person, who would leave.
        accountable: MemberId,
        /// The first day without an accountable person.
        on: CalendarDate,
    },
    /// The person is not a member on the day of the change.
    NotMember {
        /// The person.
        member: MemberId,
        /// The day of the change.
        on: CalendarDate,
    },
    /// The person is a member already.
    AlreadyMember {
        /// The member.
        member: MemberId,
    },
    /// The member already leaves on another day.
    AlreadyLeaves {
        /// The member.
        member: MemberId,
        /// The first day on which the record no longer shows the member.
        on: CalendarDate,
    },
    /// The member is an administrator already on the day of the change.
    AlreadyAdministrator {
        /// The member.
        member: MemberId,
        /// The day of the change.
        on: CalendarDate,
    },
    /// The member is not an administrator on the day of the change.
    NotAdministrator {
        /// The member.
        member: MemberId,
        /// The day of the change.
        on: CalendarDate,
    },
    /// The member is the accountable person already on the day of the change.
    AlreadyAccountable {
        /// The member.
        member: MemberId,
        /// The day of the change.
        on: CalendarDate,
    },
    /// An administrator needs an account on Common Platform, and the member has none.
    WithoutAccount {
        /// The member.
        member: MemberId,
    },
    /// The day of the change is too early.
    TooEarly {
        /// The first day that is accepted.
        earliest: CalendarDate,
    },
    /// The day of the change is too far ahead.
    TooLate {
        /// The last day that is accepted.
        latest: CalendarDate,
    },
    /// The change has taken effect already or was cancelled before, so it cannot be cancelled.
    NotToCome,
    /// The step changes nothing.
    Nothing,
}

impl Refusal {
    /// Returns the refusal as a problem of a form. `name` returns the name of a member.
    pub fn problem(&self, name: impl Fn(&MemberId) -> String) -> Problem {
        let (field, code, words) = match self {
            Self::NoAdministrator { last, on } => (
                "successor",
                "member-last-administrator",
                format!(
                    "Choose who will be an administrator from {}: {} is the last one",
                    on.in_words(),
                    name(last)
                ),
            ),
            Self::NoAccountablePerson { accountable, on } => (
                "successor",
                "member-accountable",
                format!(
                    "Choose who will be the accountable person from {}, in place of {}",
                    on.in_words(),
                    name(accountable)
                ),
            ),
            Self::NotMember { member, on } => (
                "day-day",
                "member-not-there",
                format!(
                    "Choose a day on which {} is on your list: {} is not",
                    name(member),
                    on.in_words()
                ),
            ),
            Self::AlreadyMember { member } => (
                "email",
                "member-already",
                format!(
                    "Enter somebody else: {} is on your list already",
                    name(member)
                ),
            ),
            Self::AlreadyLeaves { member, on } => (
                "day-day",
                "member-leaves-already",
                format!(
                    "Cancel the change that is planned first: {} already leaves your list on {}",
                    name(member),
                    on.in_words()
                ),
            ),
            Self::AlreadyAdministrator { member, on } => (
                "member",
                "member-administrator-already",
                format!(
                    "Choose somebody else: {} is already an administrator on {}",
                    name(member),
                    on.in_words()
                ),
            ),
            Self::NotAdministrator { member, on } => (
                "member",
                "member-no-administrator",
                format!(
                    "Choose an administrator: {} is not one on {}",
                    name(member),
                    on.in_words()
                ),
            ),
            Self::AlreadyAccountable { member, on } => (
                "successor",
                "member-accountable-already",
                format!(
                    "Choose somebody else: {} is already the accountable person on {}",
                    name(member),
                    on.in_words()
                ),
            ),
            Self::WithoutAccount { member } => (
                "successor",
                "member-without-account",
                format!(
                    "Choose somebody with an account on Common Platform: {} has none",
                    name(member)
                ),
            ),
            Self::TooEarly { earliest } => (
                "day-day",
                "member-day-early",
                format!("The day must be {} or later", earliest.in_words()),
            ),
            Self::TooLate { latest } => (
                "day-day",
                "member-day-late",
                format!("The day must be {} or earlier", latest.in_words()),
            ),
            Self::NotToCome => (
                "event",
                "member-not-to-come",
                "Choose a change that is still to come: this one has taken effect or was cancelled"
                    .to_owned(),
            ),
            Self::Nothing => (
                "member",
                "member-nothing",
                "Choose what to change".to_owned(),
            ),
        };
        Problem::new(field, code, words)
    }
}
