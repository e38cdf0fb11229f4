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
        let (field, code) = self.place();
        Problem::new(field, code, self.words(name))
    }

    /// Returns the field at which the problem is shown, and the code of the problem.
    const fn place(&self) -> (&'static str, &'static str) {
        match self {
            Self::NoAdministrator { .. } => ("successor", "member-last-administrator"),
            Self::NoAccountablePerson { .. } => ("successor", "member-accountable"),
            Self::NotMember { .. } => ("day-day", "member-not-there"),
            Self::AlreadyMember { .. } => ("email", "member-already"),
            Self::AlreadyLeaves { .. } => ("day-day", "member-leaves-already"),
            Self::AlreadyAdministrator { .. } => ("member", "member-administrator-already"),
            Self::NotAdministrator { .. } => ("member", "member-no-administrator"),
            Self::AlreadyAccountable { .. } => ("successor", "member-accountable-already"),
            Self::WithoutAccount { .. } => ("successor", "member-without-account"),
            Self::TooEarly { .. } => ("day-day", "member-day-early"),
            Self::TooLate { .. } => ("day-day", "member-day-late"),
            Self::NotToCome => ("event", "member-not-to-come"),
            Self::Nothing => ("member", "member-nothing"),
        }
    }

    fn words(&self, name: impl Fn(&MemberId) -> String) -> String {
        match self {
            Self::NoAdministrator { last, on } => format!(
                "Choose who will be an administrator from {}: {} is the last one",
                on.in_words(),
                name(last)
            ),
            Self::NoAccountablePerson { accountable, on } => format!(
                "Choose who will be the accountable person from {}, in place of {}",
                on.in_words(),
                name(accountable)
            ),
            Self::NotMember { member, on } => format!(
                "Choose a day on which {} is on your list: {} is not",
                name(member),
                on.in_words()
            ),
            Self::AlreadyMember { member } => format!(
                "Enter somebody else: {} is on your list already",
                name(member)
            ),
            Self::AlreadyLeaves { member, on } => format!(
                "Cancel the change that is planned first: {} already leaves your list on {}",
                name(member),
                on.in_words()
            ),
            Self::AlreadyAdministrator { member, on } => format!(
                "Choose somebody else: {} is already an administrator on {}",
                name(member),
                on.in_words()
            ),
            Self::NotAdministrator { member, on } => format!(
                "Choose an administrator: {} is not one on {}",
                name(member),
                on.in_words()
            ),
            Self::AlreadyAccountable { member, on } => format!(
                "Choose somebody else: {} is already the accountable person on {}",
                name(member),
                on.in_words()
            ),
            Self::WithoutAccount { member } => format!(
                "Choose somebody with an account on Common Platform: {} has none",
                name(member)
            ),
            Self::TooEarly { earliest } => {
                format!("The day must be {} or later", earliest.in_words())
            }
            Self::TooLate { latest } => format!("The day must be {} or earlier", latest.in_words()),
            Self::NotToCome => {
                "Choose a change that is still to come: this one has taken effect or was cancelled"
                    .to_owned()
            }
            Self::Nothing => "Choose what to change".to_owned(),
        }
    }
}
