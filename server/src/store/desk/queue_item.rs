//! An entry of the queue: a registration or a request for another format.

use registration::date::CalendarDate;
use registration::desk::TargetClock;
use registration::desk::queue::{ItemKind, ItemStatus};
use registration::desk::silence::SilenceRules;
use registration::identifiers::Reference;
use registration::organisation::OrganisationKind;

use super::presence::Presence;
use crate::clock::Moment;
use crate::store::audit::Subject;
use crate::store::officer_id::OfficerId;
use crate::store::silence::Silence;

/// An entry of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueItem {
    /// The kind of entry.
    pub kind: ItemKind,
    /// The entry's identifier.
    pub id: String,
    /// The reference of a registration; `None` for a request.
    pub reference: Option<Reference>,
    /// The name of the organisation, or of the person who requests another format.
    pub name: String,
    /// The kind of organisation of a registration; `None` for a request.
    pub organisation: Option<OrganisationKind>,
    /// The key of the requested format; `None` for a registration.
    pub format: Option<String>,
    /// The number of users of a registration; `None` for a request.
    pub users: Option<u32>,
    /// When the registration or request was last sent.
    pub arrived: Moment,
    /// The status of the entry.
    pub status: ItemStatus,
    /// Whether a decision about the registration waits for a second officer.
    pub is_proposed: bool,
    /// Whether a message about the registration did not arrive.
    pub is_undelivered: bool,
    /// Whether the second officer has sent the decision back, and nobody has decided again.
    pub is_sent_back: bool,
    /// The clock that measures the desk's target.
    pub clock: TargetClock,
    /// How long the applicant has not answered the desk's questions; `None` if the registration
    /// does not wait for answers, or the desk has recorded all answers.
    pub silence: Option<Silence>,
    /// The date of the first hearing, if given.
    pub first_hearing: Option<CalendarDate>,
    /// The officer to whom the entry is assigned, or was assigned when it was closed, and the
    /// officer's name; `None` if it is unassigned.
    pub assignee: Option<(OfficerId, String)>,
    /// The officers who have the entry's page open.
    pub viewers: Vec<Presence>,
}

impl QueueItem {
    /// Returns the subject of the entry in the audit.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self.reference {
            Some(reference) => Subject::Registration(reference),
            None => Subject::FormatRequest(self.id.clone()),
        }
    }

    /// Returns whether the desk is advised to close the registration.
    #[must_use]
    pub fn suggests_closing(&self, rules: SilenceRules, now: Moment) -> bool {
        let silence = self.silence;
        let silence = silence.filter(|_| !self.is_proposed && !self.is_undelivered);
        silence.is_some_and(|silence| silence.suggests_closing(rules, now))
    }
}
