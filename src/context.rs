//! The answers from other pages that the rules of a page depend on.

use serde::{Deserialize, Serialize};

use crate::date::CalendarDate;
use crate::organisation::OrganisationKind;

/// What the rules of a page must know besides its own answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// The kind of organisation, if chosen.
    pub kind: Option<OrganisationKind>,
    /// Today's date in London; `None` if none was passed in.
    pub today: Option<CalendarDate>,
}

impl Context {
    /// Whether the organisation is one person, who is its only user.
    #[must_use]
    pub fn is_one_person(&self) -> bool {
        self.kind.is_some_and(OrganisationKind::is_one_person)
    }
}
