//! Where a registration stands: its states, what may happen to it next, and what its applicant is told.
//!
//! Everything that changes a state, the desk's pages, the applicant's and the command line, asks `after`.

use serde::{Deserialize, Serialize};

/// For how many days a link of a message about a registration works.
pub const LINK_DAYS: i64 = 28;
/// For how many days the answers of a registration can be opened after its state last changed.
pub const ANSWERS_DAYS: i64 = 2 * 365;

/// Where the applicant sees how far the registration has got.
pub const STATUS: &str = "/status";
/// Where the link of a message leads.
pub const STATUS_LINK: &str = "/status/link";
/// Where an address is confirmed for a registration that was sent.
pub const STATUS_ADDRESS: &str = "/status/address";
/// Where a registration is withdrawn.
pub const WITHDRAW: &str = "/status/withdraw";
/// Where one starts again from the answers of a registration.
pub const START_AGAIN: &str = "/status/start-again";

/// The state of a registration, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It waits for the desk: for the first time, or sent again.
    Received,
    /// An officer has it.
    BeingChecked,
    /// The desk has asked; the applicant is to answer.
    MoreInformationNeeded,
    /// The organisation may have its accounts.
    Approved,
    /// It may not.
    NotApproved,
    /// The applicant wants no decision.
    Withdrawn,
}

/// Something that may happen to a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// An officer takes it.
    Take,
    /// It goes back to the queue.
    GiveBack,
    /// The desk asks for more.
    Ask,
    /// The applicant sends it again.
    SendAgain,
    /// The desk approves it.
    Approve,
    /// The desk does not approve it.
    Refuse,
    /// A senior officer undoes what was decided.
    Undo,
    /// The applicant withdraws it.
    Withdraw,
}

impl State {
    /// Every state, in the order in which a registration may come to them.
    pub const ALL: [Self; 6] = [
        Self::Received,
        Self::BeingChecked,
        Self::MoreInformationNeeded,
        Self::Approved,
        Self::NotApproved,
        Self::Withdrawn,
    ];

    /// The word that the store and addresses keep.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::BeingChecked => "being-checked",
            Self::MoreInformationNeeded => "more-information-needed",
            Self::Approved => "approved",
            Self::NotApproved => "not-approved",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// What people call it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Received => "Received",
            Self::BeingChecked => "Being checked",
            Self::MoreInformationNeeded => "More information needed",
            Self::Approved => "Approved",
            Self::NotApproved => "Not approved",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// The state after a step, `None` where the step cannot be taken from this one.
    #[must_use]
    pub const fn after(self, step: Step) -> Option<Self> {
        Some(match (self, step) {
            (Self::Received, Step::Take) | (Self::Approved | Self::NotApproved, Step::Undo) => {
                Self::BeingChecked
            }
            (Self::BeingChecked, Step::GiveBack)
            | (Self::MoreInformationNeeded, Step::SendAgain) => Self::Received,
            (Self::Received | Self::BeingChecked, Step::Ask) => Self::MoreInformationNeeded,
            (Self::Received | Self::BeingChecked, Step::Approve) => Self::Approved,
            (Self::Received | Self::BeingChecked | Self::MoreInformationNeeded, Step::Refuse) => {
                Self::NotApproved
            }
            (Self::Received | Self::BeingChecked | Self::MoreInformationNeeded, Step::Withdraw) => {
                Self::Withdrawn
            }
            _ => return None,
        })
    }

    /// Whether it was decided, or needs no decision any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Approved | Self::NotApproved | Self::Withdrawn)
    }
}

/// Where a registration stands for its applicant: its state, and how far its accounts have got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its state, as long as no account was begun.
    State(State),
    /// Accounts are being set up.
    SettingUp {
        /// How many users can sign in.
        activated: u32,
        /// How many there are.
        users: u32,
    },
    /// Every account works.
    Done,
}

impl Standing {
    /// Where a registration stands of whose users so many were begun and so many can sign in.
    #[must_use]
    pub const fn of(state: State, users: u32, begun: u32, activated: u32) -> Self {
        match state {
            State::Approved if users > 0 && activated >= users => Self::Done,
            State::Approved if begun > 0 => Self::SettingUp { activated, users },
            state => Self::State(state),
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::State(state) => state.words(),
            Self::SettingUp { .. } => "Accounts being set up",
            Self::Done => "Done",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 8] = [
        Step::Take,
        Step::GiveBack,
        Step::Ask,
        Step::SendAgain,
        Step::Approve,
        Step::Refuse,
        Step::Undo,
        Step::Withdraw,
    ];

    #[test]
    fn each_state_is_found_by_its_key() {
        for state in State::ALL {
            assert_eq!(State::from_key(state.key()), Some(state));
        }
        assert_eq!(State::from_key("lost"), None);
    }

    #[test]
    fn only_these_steps_can_be_taken() {
        use State::{
            Approved, BeingChecked, MoreInformationNeeded, NotApproved, Received, Withdrawn,
        };
        let allowed = [
            (Received, Step::Take, BeingChecked),
            (Received, Step::Ask, MoreInformationNeeded),
            (Received, Step::Approve, Approved),
            (Received, Step::Refuse, NotApproved),
            (Received, Step::Withdraw, Withdrawn),
            (BeingChecked, Step::GiveBack, Received),
            (BeingChecked, Step::Ask, MoreInformationNeeded),
            (BeingChecked, Step::Approve, Approved),
            (BeingChecked, Step::Refuse, NotApproved),
            (BeingChecked, Step::Withdraw, Withdrawn),
            (MoreInformationNeeded, Step::SendAgain, Received),
            (MoreInformationNeeded, Step::Refuse, NotApproved),
            (MoreInformationNeeded, Step::Withdraw, Withdrawn),
            (Approved, Step::Undo, BeingChecked),
            (NotApproved, Step::Undo, BeingChecked),
        ];
        for state in State::ALL {
            for step in STEPS {
                let expected = allowed
                    .iter()
                    .find(|(from, by, _)| (*from, *by) == (state, step))
                    .map(|(_, _, to)| *to);
                assert_eq!(state.after(step), expected, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn an_approved_registration_is_done_when_every_user_can_sign_in() {
        let cases = [
            (3, 0, 0, Standing::State(State::Approved)),
            (
                3,
                1,
                0,
                Standing::SettingUp {
                    activated: 0,
                    users: 3,
                },
            ),
            (
                3,
                3,
                2,
                Standing::SettingUp {
                    activated: 2,
                    users: 3,
                },
            ),
            (3, 3, 3, Standing::Done),
        ];
        for (users, begun, activated, expected) in cases {
            assert_eq!(
                Standing::of(State::Approved, users, begun, activated),
                expected
            );
        }
        assert_eq!(
            Standing::of(State::Withdrawn, 1, 1, 1),
            Standing::State(State::Withdrawn)
        );
    }
}
