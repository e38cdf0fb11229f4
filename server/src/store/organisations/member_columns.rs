//! The details of a member as columns of the table `member`.

use registration::identifiers::{JobTitle, Telephone};
use registration::membership::MemberDetails;

use crate::store::error::StoreError;
use crate::store::statement::Value as Column;

/// Returns the details of a member as column values, from the first name to the engagement.
pub(super) fn columns(details: &MemberDetails) -> Result<[Column<'_>; 9], StoreError> {
    let account = details.account.as_ref();
    Ok([
        details.first_name.as_str().into(),
        details.last_name.as_str().into(),
        details.email.as_str().into(),
        details.mailbox().into(),
        details.telephone.as_ref().map(Telephone::as_str).into(),
        details.job_title.as_ref().map(JobTitle::as_str).into(),
        account.map(|account| account.mobile.as_str()).into(),
        account.map(|account| account.role.key()).into(),
        as_json(&details.engagement)?.into(),
    ])
}

/// Returns a value as the JSON of a column.
pub(super) fn as_json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Row {
        table: "member",
        column: "engagement",
    })
}
