//! Changes the assigned officer of a registration without a lifecycle step: to another officer, or
//! to none while the applicant has questions to answer.

use serde_json::json;

use super::officers::OfficerId;
use crate::clock::Moment;
use crate::store::audit::{NewEntry, append};
use crate::store::db::{Store, StoreError, transaction};
use crate::store::standing::{KeptStanding, StepOutcome, append_next};

impl Store {
    /// Assigns a registration to an officer or to nobody, unless it was changed since `from` was
    /// read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_holder(
        &self,
        from: &KeptStanding,
        officer: Option<&OfficerId>,
        actor: &str,
        at: Moment,
    ) -> Result<StepOutcome, StoreError> {
        let entry = NewEntry {
            subject: format!("registration/{}", from.reference),
            at,
            actor: actor.to_owned(),
            action: "assigned".to_owned(),
            details: holder_details(from.officer.as_ref(), officer),
        };
        Ok(transaction!(self, |transaction| {
            let changed = sqlx::query(
                "update registration set officer_id = $3, version = version + 1 \
                 where id = $1 and version = $2",
            )
            .bind(&from.id)
            .bind(from.version)
            .bind(officer.map(OfficerId::as_str))
            .execute(&mut *transaction)
            .await?
            .rows_affected();
            if changed == 1 {
                append_next!(transaction, entry)?;
                StepOutcome::Taken
            } else {
                StepOutcome::Stale
            }
        }))
    }
}

/// Returns the audit details of an assignment as JSON.
pub(in crate::store) fn holder_details(
    before: Option<&OfficerId>,
    after: Option<&OfficerId>,
) -> String {
    json!({
        "holder_before": before.map(OfficerId::as_str),
        "holder_after": after.map(OfficerId::as_str),
    })
    .to_string()
}
