//! The actions that the audit trail records, with their stored keys and the words that officers
//! read.

use crate::desk::account::Account;

crate::keyed! {
    /// An action that the audit trail records. Never change a stored key: the hash of each row
    /// covers the key.
    #[derive(Hash)]
    pub enum Action {
        /// The applicant sent the registration.
        Submitted = "submitted",
        /// The applicant sent the registration again.
        SentAgain = "sent-again",
        /// The registration was assigned to an officer, who began to check it.
        Taken = "taken",
        /// The registration was returned to the queue.
        GivenBack = "given-back",
        /// The desk asked for more information.
        Asked = "asked",
        /// The desk added or withdrew questions, or recorded answers.
        QuestionsChanged = "questions-changed",
        /// The service reminded the applicant of the desk's questions.
        Reminded = "reminded",
        /// The desk closed its questions.
        QuestionsClosed = "questions-closed",
        /// The desk approved the registration.
        Approved = "approved",
        /// The desk did not approve the registration.
        NotApproved = "not-approved",
        /// A decision or a batch was undone.
        Undone = "undone",
        /// The applicant withdrew the registration.
        Withdrawn = "withdrawn",
        /// An officer proposed a decision to a second officer.
        DecisionProposed = "decision-proposed",
        /// A second officer sent a proposed decision back.
        DecisionSentBack = "decision-sent-back",
        /// A queue entry was assigned to an officer, or unassigned.
        Assigned = "assigned",
        /// A request for another format was answered.
        Answered = "answered",
        /// An officer gave the outcome of a check.
        Checked = "checked",
        /// An officer corrected answers.
        Corrected = "corrected",
        /// An officer added a note.
        Noted = "noted",
        /// An officer keyed in a form on behalf of an organisation.
        TakenIn = "taken-in",
        /// An officer opened a form that the desk keyed in.
        Opened = "opened",
        /// A form that the desk keyed in was sent to be signed.
        SentToSign = "sent-to-sign",
        /// A form that the desk keyed in was deleted.
        ThrownAway = "thrown-away",
        /// Accounts must be made, or made again.
        AccountsToBeMade = "accounts-to-be-made",
        /// Accounts were made, and their activation emails were sent.
        AccountsSent = "accounts-sent",
        /// Accounts were activated.
        AccountsActivated = "accounts-activated",
        /// Accounts could not be made.
        AccountsFailed = "accounts-failed",
        /// Several accounts changed at once, to different states.
        AccountsChanged = "accounts-changed",
        /// A change to accounts was undone, and the accounts have their earlier states again.
        AccountsRestored = "accounts-restored",
        /// Accounts were ended, because the approval of their registration was undone.
        AccountsEnded = "accounts-ended",
        /// Accounts that were marked as ended must still be ended.
        AccountsNotEnded = "accounts-not-ended",
        /// Accounts were put into a batch.
        AccountsInBatch = "accounts-in-batch",
        /// A batch was made.
        Made = "made",
        /// A batch was opened again, after it had been marked as sent or had been undone.
        Reopened = "reopened",
        /// An officer recorded that a message was returned as undeliverable.
        BounceRecorded = "bounce-recorded",
        /// A message about a registration that did not arrive was sent again, perhaps to a
        /// corrected address.
        MessageSentAgain = "message-sent-again",
        /// A message that could not be sent was put back into the outbox.
        PutBack = "put-back",
        /// A setting of the desk was changed.
        Set = "set",
        /// An approved registration began an organisation with members.
        OrganisationBegan = "organisation-began",
        /// Changes to the members of an organisation were reported.
        MembersChanged = "members-changed",
        /// Changes to members that were still to come were cancelled.
        MembersChangeCancelled = "members-change-cancelled",
        /// Changes to members took effect on their day, and the desk got its tasks.
        MembersChangeDue = "members-change-due",
        /// A person of the desk was added.
        Added = "added",
        /// An officer's role was changed.
        RoleChanged = "role-changed",
        /// An officer's access was ended.
        Ended = "ended",
        /// A one-time enrolment link was made.
        LinkMade = "link-made",
        /// An officer enrolled with a password and a second factor.
        SetUp = "set-up",
        /// An officer signed in.
        SignedIn = "signed-in",
        /// An officer's sessions were ended.
        SignedOut = "signed-out",
        /// An officer changed their password.
        PasswordChanged = "password-changed",
        /// An officer set up an authenticator app.
        AuthenticatorSetUp = "authenticator-set-up",
        /// An officer added a passkey.
        PasskeyAdded = "passkey-added",
        /// An officer removed a passkey.
        PasskeyRemoved = "passkey-removed",
        /// An officer got new recovery codes.
        RecoveryCodesMade = "recovery-codes-made",
        /// An officer signed in with a recovery code.
        RecoveryCodeUsed = "recovery-code-used",
        /// An officer was linked to their account at the department's single sign-on.
        SingleSignOnBound = "department-bound",
        /// Somebody viewed or downloaded personal data.
        Seen = "seen",
        /// Somebody searched for personal data.
        Searched = "searched",
        /// A sign-in with an officer's account failed.
        SignInFailed = "sign-in-failed",
        /// Personal data was erased, including values in the earlier audit rows of the same
        /// subject.
        Erased = "erased",
        /// Network addresses of old rows were erased.
        AddressesErased = "addresses-erased",
        /// Old personal data of one kind was erased.
        DataErased = "data-erased",
        /// The audit rows were converted from the first storage format to the second.
        CarriedOver = "carried-over",
    }
}

impl Action {
    /// Returns the words for the action.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Submitted => "Sent the registration",
            Self::SentAgain => "Sent it again",
            Self::Taken => "Took it",
            Self::GivenBack => "Gave it back",
            Self::Asked => "Asked for more information",
            Self::QuestionsChanged => "Changed the questions",
            Self::Reminded => "Reminded the applicant",
            Self::QuestionsClosed => "Closed the questions",
            Self::Approved => "Approved it",
            Self::NotApproved => "Did not approve it",
            Self::Undone => "Undid the decision",
            Self::Withdrawn => "Withdrew it",
            Self::DecisionProposed => "Proposed a decision",
            Self::DecisionSentBack => "Sent the decision back",
            Self::Assigned => "Assigned it",
            Self::Answered => "Answered",
            Self::Checked => "Made a check",
            Self::Corrected => "Corrected an answer",
            Self::Noted => "Added a note",
            Self::TakenIn => "Entered a form",
            Self::Opened => "Opened",
            Self::SentToSign => "Sent to sign",
            Self::ThrownAway => "Thrown away",
            Self::AccountsToBeMade => "Accounts: to be made",
            Self::AccountsSent => "Accounts: sent",
            Self::AccountsActivated => "Accounts: activated",
            Self::AccountsFailed => "Accounts: failed",
            Self::AccountsChanged => "Accounts changed",
            Self::AccountsRestored => "Accounts: change undone",
            Self::AccountsEnded => "Accounts: ended",
            Self::AccountsNotEnded => "Accounts: to be ended again",
            Self::AccountsInBatch => "Accounts in batch",
            Self::Made => "Made",
            Self::Reopened => "Opened it again",
            Self::BounceRecorded => "Recorded that a message came back",
            Self::MessageSentAgain => "Sent a message again that did not arrive",
            Self::PutBack => "Sent a message again",
            Self::Set => "Changed a setting",
            Self::OrganisationBegan => "Began the organisation",
            Self::MembersChanged => "Changed the people",
            Self::MembersChangeCancelled => "Cancelled a change of people",
            Self::MembersChangeDue => "Change of people took effect",
            Self::Added => "Added",
            Self::RoleChanged => "Role changed",
            Self::Ended => "Ended",
            Self::LinkMade => "Link made",
            Self::SetUp => "Set up",
            Self::SignedIn => "Signed in",
            Self::SignedOut => "Signed out",
            Self::PasswordChanged => "Password changed",
            Self::AuthenticatorSetUp => "Authenticator set up",
            Self::PasskeyAdded => "Passkey added",
            Self::PasskeyRemoved => "Passkey removed",
            Self::RecoveryCodesMade => "Recovery codes made",
            Self::RecoveryCodeUsed => "Recovery code used",
            Self::SingleSignOnBound => "Single sign-on bound",
            Self::Seen => "Viewed it",
            Self::Searched => "Searched",
            Self::SignInFailed => "Sign in failed",
            Self::Erased => "Erased personal data",
            Self::AddressesErased => "Erased network addresses",
            Self::DataErased => "Erased old personal data",
            Self::CarriedOver => "Carried the audit over",
        }
    }

    /// Returns the action for one or more accounts that all changed to the given state.
    #[must_use]
    pub const fn of_accounts(account: Account) -> Self {
        match account {
            Account::ToBeMade => Self::AccountsToBeMade,
            Account::Sent => Self::AccountsSent,
            Account::Activated => Self::AccountsActivated,
            Account::Failed => Self::AccountsFailed,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_action_has_a_key_of_its_own() {
        let keys: HashSet<&str> = Action::ALL.map(Action::key).into_iter().collect();
        assert_eq!(keys.len(), Action::ALL.len());
        for action in Action::ALL {
            assert_eq!(Action::from_key(action.key()), Some(action));
        }
        assert_eq!(Action::from_key("never-stored"), None);
    }

    #[test]
    fn the_state_of_an_account_is_the_end_of_its_key() {
        for account in Account::ALL {
            let action = Action::of_accounts(account);
            assert_eq!(action.key(), ["accounts-", account.key()].concat());
        }
    }
}
