//! The kinds and statuses of queue entries. Add a variant for each new kind of entry.

use crate::lifecycle::State;

macro_rules! keyed {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $key:literal $words:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every variant, in the order of the filters.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the key that addresses and the store use.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// Returns the variant with this key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }

            /// Returns the name that officers see.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }
        }
    };
}

keyed! {
    /// The kind of a queue entry.
    ItemKind {
        /// A registration that was sent for the first time.
        New "new" "New registration";
        /// A registration that was sent again after the desk had asked.
        SentAgain "sent-again" "Sent again";
        /// A request for the form in another format.
        FormatRequest "format-request" "Request for another format";
    }
}

keyed! {
    /// The status of a queue entry: the states of registrations, and those of requests.
    ItemStatus {
        /// It waits for an officer to claim it.
        Received "received" "Received";
        /// An officer is working on it.
        BeingChecked "being-checked" "Being checked";
        /// The desk has asked the applicant a question.
        MoreInformationNeeded "more-information-needed" "More information needed";
        /// The registration is approved.
        Approved "approved" "Approved";
        /// The registration is not approved.
        NotApproved "not-approved" "Not approved";
        /// The applicant withdrew the registration.
        Withdrawn "withdrawn" "Withdrawn";
        /// The request was answered.
        Answered "answered" "Answered";
    }
}

impl ItemStatus {
    /// The statuses that wait for the desk; they make up the queue itself.
    pub const WAITING: [Self; 2] = [Self::Received, Self::BeingChecked];

    /// Returns the state of a registration with this status, if registrations can have it.
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

    /// Returns the status of a request for another format.
    ///
    /// `answered` says whether it is answered, `held` whether an officer has it.
    #[must_use]
    pub const fn of_request(answered: bool, held: bool) -> Self {
        match (answered, held) {
            (true, _) => Self::Answered,
            (false, true) => Self::BeingChecked,
            (false, false) => Self::Received,
        }
    }

    /// Whether the desk has to act on it.
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
            assert_eq!(ItemKind::from_key(kind.key()), Some(*kind));
        }
        for status in ItemStatus::ALL {
            assert_eq!(ItemStatus::from_key(status.key()), Some(*status));
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
