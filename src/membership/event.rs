//! The events in the life of an organisation: a person joins, changes or leaves, or becomes the
//! accountable person.

use serde::{Deserialize, Serialize};

use super::MemberId;
use crate::date::CalendarDate;

crate::keyed! {
    /// What an event changes for its member.
    #[derive(Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Change {
        /// The person becomes a member.
        Join = "join",
        /// The details of the member change, such as the name or the role on Common Platform.
        Edit = "edit",
        /// The member becomes an administrator.
        BecomeAdministrator = "become-administrator",
        /// The member is no longer an administrator.
        StopAdministrator = "stop-administrator",
        /// The member becomes the accountable person, in place of the one before.
        TakeOver = "take-over",
        /// The member leaves the organisation.
        Leave = "leave",
    }
}

/// An event in the life of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The number of the event within the organisation, from 1.
    pub number: i64,
    /// The member whom the event is about.
    pub member: MemberId,
    /// What changes.
    pub change: Change,
    /// The day in London on which the event was reported.
    pub reported_on: CalendarDate,
    /// The day in London on which the change takes effect, as reported.
    pub effective_on: CalendarDate,
    /// Whether the event was cancelled before its day.
    pub cancelled: bool,
}

impl Change {
    /// Returns the words for a list of events, after the name of the member.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Join => "joins",
            Self::Edit => "gets new details",
            Self::BecomeAdministrator => "becomes an administrator",
            Self::StopAdministrator => "stops being an administrator",
            Self::TakeOver => "becomes the accountable person",
            Self::Leave => "leaves",
        }
    }
}

impl Event {
    /// Returns the first day on which the record shows the change.
    ///
    /// This is the day of the change, or the day of the report if that is later: the record of a
    /// past day never changes, because people have acted on it. How late the report was is kept
    /// beside it.
    #[must_use]
    pub fn recorded_on(&self) -> CalendarDate {
        self.reported_on.max(self.effective_on)
    }
}
