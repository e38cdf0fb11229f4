//! Changes the officer to whom a registration is assigned, without a lifecycle step.
//!
//! A registration can be assigned to another officer, or to nobody while its applicant has
//! questions to answer.

use registration::desk::audit::Action;
use serde_json::json;

use crate::clock::Moment;
use crate::store::audit::{Actor, NewEntry, Subject};
use crate::store::error::StoreError;
use crate::store::guarded_change::commit_if_changed;
use crate::store::officer_id::OfficerId;
use crate::store::statement::query;
use crate::store::stored_lifecycle::{StepOutcome, StoredLifecycle};
use crate::store::stores::Casework;

impl Casework {
    /// Assigns a registration to an officer or to nobody.
    ///
    /// Returns `Stale` and changes nothing if the registration was changed since `from` was read.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn change_assignment(
        &self,
        from: &StoredLifecycle,
        officer: Option<&OfficerId>,
        actor: &Actor,
        at: Moment,
    ) -> Result<StepOutcome, StoreError> {
        let entry = NewEntry {
            subject: Subject::Registration(from.reference),
            at,
            actor: actor.clone(),
            action: Action::Assigned,
            details: holder_details(from.officer.as_ref(), officer),
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let changed = query(
            "update registration set officer_id = $3, version = version + 1 where id = $1 and \
             version = $2",
        )
        .bind(&from.id)
        .bind(from.version)
        .bind(officer.map(OfficerId::as_str))
        .execute(&mut transaction)
        .await?;
        commit_if_changed(transaction, changed, entry).await
    }
}

/// Formats the audit details of an assignment as JSON.
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
