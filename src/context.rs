//! The kind of organisation and today's date, on which the rules of some pages depend.

use serde::{Deserialize, Serialize};

use crate::date::CalendarDate;
use crate::organisation::OrganisationKind;

/// The kind of organisation and today's date, on which the rules of some pages depend.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// The kind of organisation; `None` if it is not chosen yet.
    pub kind: Option<OrganisationKind>,
    /// Today's date in London. If `None`, dates in the past are not rejected.
    pub today: Option<CalendarDate>,
}

impl Context {
    /// Whether the organisation has only one person, who is its only user.
    #[must_use]
    pub fn is_one_person(&self) -> bool {
        self.kind.is_some_and(OrganisationKind::is_one_person)
    }
}
