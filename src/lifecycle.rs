//! The lifecycle of a registration: its states, the steps between them, and the status shown to the
//! applicant.
//!
//! The desk's pages, the applicant's pages and the command line change a state only as
//! `State::after` allows. The erasure of personal data also changes a state: a registration without
//! a decision becomes withdrawn.

use serde::{Deserialize, Serialize};

/// Path of the page that shows applicants the status of their registration.
pub const STATUS: &str = "/status";
/// Path of the page on which applicants end their session on the device.
pub const SIGN_OUT_OF_DEVICE: &str = "/sign-out";
/// Path of the links to the status page in messages.
pub const STATUS_LINK: &str = "/status/link";
/// Path of the page that confirms an email address for a submitted registration.
pub const STATUS_ADDRESS: &str = "/status/address";
/// Path of the page on which an applicant withdraws a registration.
pub const WITHDRAW: &str = "/status/withdraw";
/// Path of the page on which an applicant answers the desk's questions in words.
pub const QUESTIONS: &str = "/status/questions";
/// Path of the page that begins a new draft with the answers of an earlier registration.
pub const START_AGAIN: &str = "/status/start-again";

crate::keyed! {
    /// The stored state of a registration.
    #[derive(Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum State {
        /// The registration waits for an officer, for the first time or again.
        Received = "received",
        /// An officer is working on the registration.
        BeingChecked = "being-checked",
        /// The desk has asked a question, and the applicant has to answer.
        MoreInformationNeeded = "more-information-needed",
        /// The desk has approved the registration; the organisation gets accounts.
        Approved = "approved",
        /// The desk has refused the registration; the organisation gets no accounts.
        NotApproved = "not-approved",
        /// The applicant has withdrawn the registration.
        Withdrawn = "withdrawn",
    }
}

/// A step that changes the state of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// An officer claims the registration.
    Claim,
    /// The registration is released and goes back to the queue.
    Release,
    /// The desk asks for more information.
    Ask,
    /// The desk closes its questions, because it needs no more answers from the applicant.
    CloseQuestions,
    /// The applicant submits the registration again.
    SendAgain,
    /// The desk approves the registration.
    Approve,
    /// The desk refuses the registration.
    Refuse,
    /// A senior officer undoes the approval or refusal.
    Undo,
    /// The applicant withdraws the registration.
    Withdraw,
}

impl State {
    /// Returns the display name, in English.
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

    /// Returns the state after a step, or `None` if this state does not allow the step.
    #[must_use]
    pub const fn after(self, step: Step) -> Option<Self> {
        Some(match (self, step) {
            (Self::Received, Step::Claim)
            | (Self::MoreInformationNeeded, Step::CloseQuestions)
            | (Self::Approved | Self::NotApproved, Step::Undo) => Self::BeingChecked,
            (Self::BeingChecked, Step::Release)
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

    /// Whether the registration is decided or withdrawn.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Approved | Self::NotApproved | Self::Withdrawn)
    }
}

/// The status of a registration as shown to its applicant: its state, or the progress of its
/// accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApplicantStatus {
    /// The state of the registration, until the set-up of an account begins.
    State(State),
    /// Accounts are being set up.
    SettingUp {
        /// The number of users who can sign in.
        activated: u32,
        /// The number of all users.
        users: u32,
    },
    /// Every user can sign in.
    Done,
}

impl ApplicantStatus {
    /// Returns the status of a registration.
    ///
    /// `users` is the number of all users, `begun` the number whose account set-up has begun, and
    /// `activated` the number who can sign in.
    #[must_use]
    pub const fn of(state: State, users: u32, begun: u32, activated: u32) -> Self {
        match state {
            State::Approved if users > 0 && activated >= users => Self::Done,
            State::Approved if begun > 0 => Self::SettingUp { activated, users },
            state => Self::State(state),
        }
    }

    /// Returns the display name, in English.
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

    const STEPS: [Step; 9] = [
        Step::Claim,
        Step::Release,
        Step::Ask,
        Step::CloseQuestions,
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
            (Received, Step::Claim, BeingChecked),
            (Received, Step::Ask, MoreInformationNeeded),
            (Received, Step::Approve, Approved),
            (Received, Step::Refuse, NotApproved),
            (Received, Step::Withdraw, Withdrawn),
            (BeingChecked, Step::Release, Received),
            (BeingChecked, Step::Ask, MoreInformationNeeded),
            (BeingChecked, Step::Approve, Approved),
            (BeingChecked, Step::Refuse, NotApproved),
            (BeingChecked, Step::Withdraw, Withdrawn),
            (MoreInformationNeeded, Step::SendAgain, Received),
            (MoreInformationNeeded, Step::CloseQuestions, BeingChecked),
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
            (3, 0, 0, ApplicantStatus::State(State::Approved)),
            (
                3,
                1,
                0,
                ApplicantStatus::SettingUp {
                    activated: 0,
                    users: 3,
                },
            ),
            (
                3,
                3,
                2,
                ApplicantStatus::SettingUp {
                    activated: 2,
                    users: 3,
                },
            ),
            (3, 3, 3, ApplicantStatus::Done),
        ];
        for (users, begun, activated, expected) in cases {
            assert_eq!(
                ApplicantStatus::of(State::Approved, users, begun, activated),
                expected
            );
        }
        assert_eq!(
            ApplicantStatus::of(State::Withdrawn, 1, 1, 1),
            ApplicantStatus::State(State::Withdrawn)
        );
    }
}
