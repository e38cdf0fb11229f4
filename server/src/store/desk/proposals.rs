//! Decisions that wait for a second officer.
//!
//! Every lifecycle step of a registration deletes the registration's proposed decision in the same
//! transaction.

use registration::desk::audit::Action;
use registration::refusal_reason::{Refusal, RefusalReason};
use serde_json::json;

use crate::clock::Moment;
use crate::store::audit::{NewEntry, Subject};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::guarded_change::commit_if_changed;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as};
use crate::store::stored_lifecycle::{StepOutcome, StoredLifecycle};
use crate::store::stores::Casework;

/// A decision that waits for a second officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The officer who proposed the decision and may not confirm it.
    pub officer: OfficerId,
    /// When the decision was proposed.
    pub at: Moment,
    /// Why the registration is to be refused; `None` if it is to be approved.
    pub refusal: Option<Refusal>,
}

/// Deletes the proposed decision of a registration; returns the number of deleted rows.
pub(in crate::store) async fn end_proposal(
    connection: &mut Connection<'_>,
    id: &str,
) -> Result<u64, StoreError> {
    query("delete from proposed_decision where registration_id = $1")
        .bind(id)
        .execute(connection)
        .await
}

impl Casework {
    /// Returns the proposed decision about a registration, if there is one.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn proposal(&self, registration: &str) -> Result<Option<Proposal>, StoreError> {
        let row: Option<(String, i64, Option<String>, String)> = query_as(
            "select officer_id, proposed_at, reason, words from proposed_decision where \
             registration_id = $1",
        )
        .bind(registration)
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        row.map(|(officer, at, reason, words)| {
            let refusal = reason
                .map(|reason| {
                    let reason = RefusalReason::from_key(&reason).ok_or(StoreError::Row {
                        table: "proposed_decision",
                        column: "reason",
                    })?;
                    Ok::<_, StoreError>(Refusal { reason, words })
                })
                .transpose()?;
            Ok(Proposal {
                officer: OfficerId::named(officer),
                at: Moment::from_millis(at),
                refusal,
            })
        })
        .transpose()
    }

    /// Stores a proposed decision, in place of an earlier proposal for the same registration.
    ///
    /// Returns `Stale` and changes nothing if the registration was changed since the officer saw
    /// it.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn propose(
        &self,
        lifecycle: &StoredLifecycle,
        proposal: &Proposal,
    ) -> Result<StepOutcome, StoreError> {
        let refusal = proposal.refusal.as_ref();
        let entry = NewEntry {
            subject: Subject::Registration(lifecycle.reference),
            at: proposal.at,
            actor: proposal.officer.actor(),
            action: Action::DecisionProposed,
            details: json!({
                "approves": refusal.is_none(),
                "reason": refusal.map(|refusal| refusal.reason.key()),
                "words": refusal.map(|refusal| refusal.words.as_str()),
            })
            .to_string(),
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let changed = query(
            "update registration set version = version + 1, sent_back_at = null where id = $1 and \
             version = $2",
        )
        .bind(&lifecycle.id)
        .bind(lifecycle.version)
        .execute(&mut transaction)
        .await?;
        if changed == 1 {
            end_proposal(&mut transaction, &lifecycle.id).await?;
            query(
                "insert into proposed_decision (registration_id, officer_id, proposed_at, reason, \
                 words) values ($1, $2, $3, $4, $5)",
            )
            .bind(&lifecycle.id)
            .bind(proposal.officer.as_str())
            .bind(proposal.at.millis())
            .bind(refusal.map(|refusal| refusal.reason.key()))
            .bind(refusal.map_or("", |refusal| refusal.words.as_str()))
            .execute(&mut transaction)
            .await?;
        }
        commit_if_changed(transaction, changed, entry).await
    }

    /// Sends a proposed decision back with a note.
    ///
    /// Returns `Stale` and changes nothing if the registration was changed since the officer saw
    /// it, or has no proposed decision.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn send_proposal_back(
        &self,
        lifecycle: &StoredLifecycle,
        officer: &OfficerId,
        note: &str,
        at: Moment,
    ) -> Result<StepOutcome, StoreError> {
        let entry = NewEntry {
            subject: Subject::Registration(lifecycle.reference),
            at,
            actor: officer.actor(),
            action: Action::DecisionSentBack,
            details: json!({ "note": note }).to_string(),
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let mut changed = query(
            "update registration set version = version + 1, sent_back_at = $3 where id = $1 and \
             version = $2",
        )
        .bind(&lifecycle.id)
        .bind(lifecycle.version)
        .bind(at.millis())
        .execute(&mut transaction)
        .await?;
        if changed == 1 {
            changed = end_proposal(&mut transaction, &lifecycle.id).await?;
        }
        commit_if_changed(transaction, changed, entry).await
    }
}
