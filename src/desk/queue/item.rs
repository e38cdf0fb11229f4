//! What may stand in the queue, and how an entry of it stands. Whatever is to wait there later is a kind more.

use crate::standing::State;

macro_rules! keyed {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $key:literal $words:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every one, in the order of the filters.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word that addresses and the store keep.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// The one of this key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }

            /// What officers read.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }
        }
    };
}

keyed! {
    /// What waits.
    ItemKind {
        /// A registration that was sent for the first time.
        New "new" "New registration";
        /// A registration that was sent again after the desk had asked.
        SentAgain "sent-again" "Sent again";
        /// Somebody asks for the form in another format.
        FormatRequest "format-request" "Request for another format";
    }
}

keyed! {
    /// How an entry stands: the states of registrations, and those of everything else.
    ItemStatus {
        /// It waits for somebody to take it.
        Received "received" "Received";
        /// Somebody at the desk has it.
        BeingChecked "being-checked" "Being checked";
        /// The applicant is asked.
        MoreInformationNeeded "more-information-needed" "More information needed";
        /// The registration is approved.
        Approved "approved" "Approved";
        /// It is not.
        NotApproved "not-approved" "Not approved";
        /// Its applicant withdrew it.
        Withdrawn "withdrawn" "Withdrawn";
        /// The request was answered.
        Answered "answered" "Answered";
    }
}

impl ItemStatus {
    /// Those that wait for the desk: the queue itself.
    pub const WAITING: [Self; 2] = [Self::Received, Self::BeingChecked];

    /// The state of registrations that it means, if they have it.
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

    /// How a registration in a state stands.
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

    /// How a request stands that is answered or not, and that somebody has or nobody.
    #[must_use]
    pub const fn of_request(answered: bool, held: bool) -> Self {
        match (answered, held) {
            (true, _) => Self::Answered,
            (false, true) => Self::BeingChecked,
            (false, false) => Self::Received,
        }
    }

    /// Whether the desk is to do something about it.
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
