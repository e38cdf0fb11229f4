//! Changes to many entries of the queue at once: what can be done, how many entries a job takes, and
//! the result for each entry.

/// The maximum number of entries that one job changes.
pub const MAX_AT_ONCE: usize = super::queue::MAX_LISTED;

crate::keyed! {
    /// What happens to each selected entry.
    pub enum BulkAction {
        /// It is assigned to an officer.
        Assign = "assign",
        /// It goes back to the queue.
        GiveBack = "give-back",
        /// It is recorded as answered, which only requests for another format can be.
        Answer = "answer",
    }
}

crate::keyed! {
    /// The result for an entry.
    pub enum BulkOutcome {
        /// The entry was changed.
        Done = "done",
        /// The entry was decided, withdrawn or answered before.
        Over = "over",
        /// The entry was like that already.
        Same = "same",
        /// Somebody else has changed the entry since the officer was asked.
        Changed = "changed",
        /// The entry was deleted since the officer was asked.
        Gone = "gone",
        /// This cannot be done to a registration.
        NotARequest = "not-a-request",
        /// The officer who began the job may no longer do this.
        NotAllowed = "not-allowed",
    }
}

/// An entry as the officer was asked about it, as far as the rules need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BulkEntry {
    /// Whether the entry is a request for another format, and not a registration.
    pub is_request: bool,
    /// Whether the entry was decided, withdrawn or answered.
    pub is_over: bool,
    /// Whether the entry is assigned to the officer to whom it would be assigned, or to nobody if it
    /// would be given back.
    pub is_assigned_so: bool,
}

impl BulkAction {
    /// Returns why an entry is left out; `None` if the action can be taken.
    #[must_use]
    pub const fn hindrance(self, entry: BulkEntry) -> Option<BulkOutcome> {
        match self {
            Self::Answer if !entry.is_request => Some(BulkOutcome::NotARequest),
            _ if entry.is_over => Some(BulkOutcome::Over),
            Self::Assign | Self::GiveBack if entry.is_assigned_so => Some(BulkOutcome::Same),
            _ => None,
        }
    }
}

impl BulkOutcome {
    /// Returns the result in words, for use after the name of the entry and a colon.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Done => "changed",
            Self::Over => "it is decided, withdrawn or answered",
            Self::Same => "it is assigned like that already",
            Self::Changed => "somebody else has changed it meanwhile",
            Self::Gone => "it was deleted meanwhile",
            Self::NotARequest => "only a request for another format can be answered",
            Self::NotAllowed => "you may no longer work on it",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_cannot_be_changed_is_left_out_with_the_reason() {
        let registration = BulkEntry {
            is_request: false,
            is_over: false,
            is_assigned_so: false,
        };
        let request = BulkEntry {
            is_request: true,
            ..registration
        };
        let over = |entry| BulkEntry {
            is_over: true,
            ..entry
        };
        let same = |entry| BulkEntry {
            is_assigned_so: true,
            ..entry
        };
        for (action, entry, hindrance) in [
            (BulkAction::Assign, registration, None),
            (BulkAction::Assign, request, None),
            (
                BulkAction::Assign,
                same(registration),
                Some(BulkOutcome::Same),
            ),
            (BulkAction::Assign, over(request), Some(BulkOutcome::Over)),
            (BulkAction::GiveBack, same(request), Some(BulkOutcome::Same)),
            (
                BulkAction::GiveBack,
                over(same(registration)),
                Some(BulkOutcome::Over),
            ),
            (BulkAction::Answer, request, None),
            (BulkAction::Answer, same(request), None),
            (BulkAction::Answer, over(request), Some(BulkOutcome::Over)),
            (
                BulkAction::Answer,
                registration,
                Some(BulkOutcome::NotARequest),
            ),
        ] {
            assert_eq!(action.hindrance(entry), hindrance, "{action:?} {entry:?}");
        }
    }
}
