//! A registration with its accounts, which the pages about the accounts of one organisation read.

use registration::identifiers::Reference;
use registration::lifecycle::State;

use crate::http::desk::visit::DeskVisit;
use crate::store::{StoreError, StoredAccount, StoredEnding, StoredLifecycle, Subject};

/// A registration with its accounts.
pub(super) struct FoundAccounts {
    pub(super) lifecycle: StoredLifecycle,
    pub(super) accounts: Vec<StoredAccount>,
    /// The accounts that must be ended or were ended.
    pub(super) endings: Vec<StoredEnding>,
}

impl FoundAccounts {
    /// Returns the registration's subject in the audit.
    pub(super) const fn subject(&self) -> Subject {
        Subject::Registration(self.lifecycle.reference)
    }
}

/// Returns a registration and its accounts. Returns `None` unless the registration is approved, the
/// set-up of some of its accounts has begun, or some of its accounts must be or were ended.
pub(super) async fn found_accounts(
    visit: &DeskVisit,
    reference: &str,
) -> Result<Option<FoundAccounts>, StoreError> {
    let Ok(reference) = Reference::parse(reference) else {
        return Ok(None);
    };
    let Some(lifecycle) = visit.store().casework().lifecycle(&reference).await? else {
        return Ok(None);
    };
    let endings = visit
        .store()
        .provisioning()
        .endings_of(&lifecycle.id)
        .await?;
    if lifecycle.state != State::Approved && lifecycle.begun == 0 && endings.is_empty() {
        return Ok(None);
    }
    let accounts = visit
        .store()
        .provisioning()
        .accounts_of(&lifecycle.id)
        .await?;
    Ok(Some(FoundAccounts {
        lifecycle,
        accounts,
        endings,
    }))
}
