//! How a member is engaged: as an employee, or as an agent for a time (clause 14 of the Terms).

use serde::{Deserialize, Serialize};

use crate::date::CalendarDate;
use crate::desk::reason::ReasonField;

/// How a member is engaged by the organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Engagement {
    /// The member is employed by the organisation, or is one of its partners or tenants.
    #[default]
    Employee,
    /// The member works for the organisation as an agent until a day.
    Agent {
        /// The last day of the engagement.
        last_day: CalendarDate,
        /// Why the agent needs an account of this organisation.
        reason: String,
    },
}

/// The field for the reason why an agent needs an account.
pub const AGENT_REASON: ReasonField = ReasonField {
    field: "agent_reason",
    name: "Reason",
    empty: "Enter why the agent needs an account",
    most: 300,
};

impl Engagement {
    /// Returns the last day of an agent's engagement; `None` for an employee.
    #[must_use]
    pub const fn last_day(&self) -> Option<CalendarDate> {
        match self {
            Self::Employee => None,
            Self::Agent { last_day, .. } => Some(*last_day),
        }
    }
}
