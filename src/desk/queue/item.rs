//! The kinds and statuses of queue entries. Add a variant of `ItemKind` for each new kind of entry.

use crate::lifecycle::State;

crate::keyed! {
    /// The kind of a queue entry.
    #[derive(PartialOrd, Ord, Hash)]
    pub enum ItemKind {
        /// A registration that was sent for the first time.
        New = "new",
        /// A registration that was sent again after a question from the desk.
        SentAgain = "sent-again",
        /// A request for the form in another format.
        FormatRequest = "format-request",
    }
}

impl ItemKind {
    /// Returns the name that officers see.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::New => "New registration",
            Self::SentAgain => "Sent again",
            Self::FormatRequest => "Request for another format",
        }
    }
}

crate::keyed! {
    /// The status of a queue entry: the state of a registration, or that of a request for another
    /// format.
    #[derive(PartialOrd, Ord, Hash)]
    pub enum ItemStatus {
        /// The entry is waiting for an officer to claim it.
        Received = "received",
        /// An officer is working on the entry.
        BeingChecked = "being-checked",
        /// The desk has asked the applicant a question.
        MoreInformationNeeded = "more-information-needed",
        /// The registration is approved.
        Approved = "approved",
        /// The registration is not approved.
        NotApproved = "not-approved",
        /// The applicant withdrew the registration.
        Withdrawn = "withdrawn",
        /// The request was answered.
        Answered = "answered",
    }
}

impl ItemStatus {
    /// Returns the name that officers see.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self.state() {
            Some(state) => state.words(),
            None => "Answered",
        }
    }
}

impl ItemStatus {
    /// The statuses of entries that wait for the desk; the queue shows these by default.
    pub const WAITING: [Self; 2] = [Self::Received, Self::BeingChecked];

    /// Returns the matching state of a registration; `None` if only requests have this status.
    #[must_use]
    pub const fn state(self) -> Option<State> {
        Some(match self {
            Self::Received => State::Received,
            Self::BeingChecked => State::BeingChecked,
            Self::MoreInformationNeeded => State::MoreInformationNeeded,
            Self::Approved => State::Approved,
            Self::NotApproved => State::NotApproved,
            Self::Withdrawn => State::Withdrawn,
            Self::Answered => return None,
        })
    }

    /// Returns the status of a registration in a state.
    #[must_use]
    pub const fn of(state: State) -> Self {
        match state {
            State::Received => Self::Received,
            State::BeingChecked => Self::BeingChecked,
            State::MoreInformationNeeded => Self::MoreInformationNeeded,
            State::Approved => Self::Approved,
            State::NotApproved => Self::NotApproved,
            State::Withdrawn => Self::Withdrawn,
        }
    }

    /// Returns the status of an unanswered request for another format.
    #[must_use]
    pub const fn of_open_request(is_assigned: bool) -> Self {
        if is_assigned {
            Self::BeingChecked
        } else {
            Self::Received
        }
    }

    /// Whether the desk must act on the entry.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Received | Self::BeingChecked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_status_is_found_by_its_key() {
        for kind in ItemKind::ALL {
            assert_eq!(ItemKind::from_key(kind.key()), Some(kind));
        }
        for status in ItemStatus::ALL {
            assert_eq!(ItemStatus::from_key(status.key()), Some(status));
        }
        assert_eq!(ItemStatus::from_key("lost"), None);
    }

    #[test]
    fn every_state_of_a_registration_is_a_status_of_the_same_name() {
        for state in State::ALL {
            let status = ItemStatus::of(state);
            assert_eq!(status.state(), Some(state));
            assert_eq!((status.key(), status.words()), (state.key(), state.words()));
        }
    }
}
