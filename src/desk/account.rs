//! A user's account on Common Platform: its states, the steps between them, and the lifetime
//! of its activation link.
//!
//! The set-up pages, the import of results, the command line and the store share these rules.

use serde::{Deserialize, Serialize};

use crate::lifetimes::ACTIVATION_LINK_DAYS;

/// A link that lapses within this number of days counts as about to lapse.
pub const ABOUT_TO_LAPSE_DAYS: i64 = 5;
/// The maximum length of the reason why an account failed, in characters.
pub const LONGEST_REASON: usize = 300;

/// Milliseconds per day.
const DAY: i64 = 24 * 60 * 60 * 1_000;

crate::keyed! {
    /// The state of an account.
    #[derive(Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Account {
        /// The account has not been made.
        ToBeMade = "to-be-made",
        /// The account was made, and the email with its activation link was sent.
        Sent = "sent",
        /// The user has activated the account and can sign in.
        Activated = "activated",
        /// The account could not be made.
        Failed = "failed",
    }
}

crate::keyed! {
    /// A step that changes the state of an account.
    #[derive(Hash)]
    pub enum AccountStep {
        /// The activation email is sent, for the first time or with a new link.
        Send = "send",
        /// The user activates the account.
        Activate = "activate",
        /// The attempt to make the account fails.
        Fail = "fail",
        /// The account must be made again from the start.
        MakeAgain = "make-again",
    }
}

impl Account {
    /// Returns the name that people see.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::ToBeMade => "To be made",
            Self::Sent => "Sent",
            Self::Activated => "Activated",
            Self::Failed => "Failed",
        }
    }

    /// Returns the state after a step, or `None` if this state does not allow the step.
    #[must_use]
    pub const fn after(self, step: AccountStep) -> Option<Self> {
        Some(match (self, step) {
            // An account that is `Sent` allows `Send` again, because a new link replaces a lapsed
            // link.
            (Self::ToBeMade | Self::Sent | Self::Failed, AccountStep::Send) => Self::Sent,
            (Self::ToBeMade | Self::Sent | Self::Failed, AccountStep::Activate) => Self::Activated,
            (Self::ToBeMade | Self::Sent | Self::Failed, AccountStep::Fail) => Self::Failed,
            (Self::Sent | Self::Activated | Self::Failed, AccountStep::MakeAgain) => Self::ToBeMade,
            (Self::Activated, AccountStep::Send | AccountStep::Activate | AccountStep::Fail)
            | (Self::ToBeMade, AccountStep::MakeAgain) => return None,
        })
    }
}

/// Whether an account must be ended on Common Platform when the approval of its registration is
/// undone, because it was made or may have been made.
///
/// An account in a batch may have been made. A failed account was made if its activation email was
/// sent before.
#[must_use]
pub const fn ends_with_approval(account: Account, was_sent: bool, in_batch: bool) -> bool {
    match account {
        Account::Sent | Account::Activated => true,
        Account::Failed => was_sent || in_batch,
        Account::ToBeMade => in_batch,
    }
}

impl AccountStep {
    /// Returns the state that this step leads to.
    #[must_use]
    pub const fn leads_to(self) -> Account {
        match self {
            Self::Send => Account::Sent,
            Self::Activate => Account::Activated,
            Self::Fail => Account::Failed,
            Self::MakeAgain => Account::ToBeMade,
        }
    }

    /// Returns the step that leads to a state.
    #[must_use]
    pub const fn to(state: Account) -> Self {
        match state {
            Account::ToBeMade => Self::MakeAgain,
            Account::Sent => Self::Send,
            Account::Activated => Self::Activate,
            Account::Failed => Self::Fail,
        }
    }
}

/// The state of an activation link that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActivationLink {
    /// The link works for more than [`ABOUT_TO_LAPSE_DAYS`] days.
    Works,
    /// The link works for at most [`ABOUT_TO_LAPSE_DAYS`] more days.
    AboutToLapse,
    /// The link no longer works.
    Lapsed,
}

/// Returns the state of a link at `now`. `sent` and `now` are milliseconds since 1970.
#[must_use]
pub const fn link(sent: i64, now: i64) -> ActivationLink {
    if sent <= lapsed_cutoff(now) {
        ActivationLink::Lapsed
    } else if sent <= about_to_lapse_cutoff(now) {
        ActivationLink::AboutToLapse
    } else {
        ActivationLink::Works
    }
}

/// Returns the cut-off for lapsed links, in milliseconds since 1970.
///
/// At `now`, links sent at or before the cut-off have lapsed.
#[must_use]
pub const fn lapsed_cutoff(now: i64) -> i64 {
    now - ACTIVATION_LINK_DAYS * DAY
}

/// Returns the cut-off for links about to lapse, in milliseconds since 1970.
///
/// At `now`, links sent at or before the cut-off are about to lapse, unless they have lapsed
/// already.
#[must_use]
pub const fn about_to_lapse_cutoff(now: i64) -> i64 {
    now - (ACTIVATION_LINK_DAYS - ABOUT_TO_LAPSE_DAYS) * DAY
}

/// Returns when a link lapses, given when it was sent; both are milliseconds since 1970.
#[must_use]
pub const fn link_expires_at(sent: i64) -> i64 {
    sent + ACTIVATION_LINK_DAYS * DAY
}

#[cfg(test)]
mod tests {
    use super::Account::{Activated, Failed, Sent, ToBeMade};
    use super::AccountStep::{Activate, Fail, MakeAgain, Send};
    use super::*;

    #[test]
    fn only_the_listed_steps_can_be_taken() {
        for (from, step, to) in [
            (ToBeMade, Send, Some(Sent)),
            (ToBeMade, Activate, Some(Activated)),
            (ToBeMade, Fail, Some(Failed)),
            (ToBeMade, MakeAgain, None),
            (Sent, Send, Some(Sent)),
            (Sent, Activate, Some(Activated)),
            (Sent, Fail, Some(Failed)),
            (Sent, MakeAgain, Some(ToBeMade)),
            (Activated, Send, None),
            (Activated, Activate, None),
            (Activated, Fail, None),
            (Activated, MakeAgain, Some(ToBeMade)),
            (Failed, Send, Some(Sent)),
            (Failed, Activate, Some(Activated)),
            (Failed, Fail, Some(Failed)),
            (Failed, MakeAgain, Some(ToBeMade)),
        ] {
            assert_eq!(from.after(step), to, "{from:?} {step:?}");
            assert!(to.is_none_or(|to| to == step.leads_to()));
        }
    }

    #[test]
    fn an_account_that_was_or_may_have_been_made_ends_with_its_approval() {
        for (account, was_sent, in_batch, ends) in [
            (ToBeMade, false, false, false),
            (ToBeMade, false, true, true),
            (Sent, true, false, true),
            (Activated, false, false, true),
            (Failed, false, false, false),
            (Failed, true, false, true),
        ] {
            assert_eq!(
                ends_with_approval(account, was_sent, in_batch),
                ends,
                "{account:?}"
            );
        }
    }

    #[test]
    fn states_and_steps_are_found_by_their_keys() {
        for state in Account::ALL {
            assert_eq!(Account::from_key(state.key()), Some(state));
            assert_eq!(AccountStep::to(state).leads_to(), state);
        }
        for step in AccountStep::ALL {
            assert_eq!(AccountStep::from_key(step.key()), Some(step));
        }
        assert_eq!(Account::from_key("made"), None);
        assert_eq!(AccountStep::from_key(""), None);
    }

    #[test]
    fn a_link_lives_28_days_and_is_about_to_lapse_in_the_last_5() {
        let sent = 1_790_000_000_123;
        for (age, stands) in [
            (0, ActivationLink::Works),
            (23 * DAY - 1, ActivationLink::Works),
            (23 * DAY, ActivationLink::AboutToLapse),
            (28 * DAY - 1, ActivationLink::AboutToLapse),
            (28 * DAY, ActivationLink::Lapsed),
            (400 * DAY, ActivationLink::Lapsed),
        ] {
            assert_eq!(link(sent, sent + age), stands, "{age}");
        }
        assert_eq!(link(sent, link_expires_at(sent)), ActivationLink::Lapsed);
        assert_eq!(
            link(sent, link_expires_at(sent) - 1),
            ActivationLink::AboutToLapse
        );
    }
}
