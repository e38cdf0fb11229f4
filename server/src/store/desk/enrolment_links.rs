//! One-time enrolment links, by which officers set up how they sign in. A new link replaces the old
//! one.

use registration::desk::audit::Action;
use serde_json::json;

use super::officers::{Officer, Row};
use super::people::{delete_credentials, lock_officer, officer_entry};
use crate::clock::Moment;
use crate::randomness::TokenHash;
use crate::store::audit::{Actor, append_next};
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as};
use crate::store::stores::Officers;

/// An enrolment link to be stored.
#[derive(Debug, Clone)]
pub struct NewOfficerLink {
    /// The officer who gets it.
    pub officer: OfficerId,
    /// The hash of its secret.
    pub secret: TokenHash,
    /// When it is made.
    pub at: Moment,
    /// When it expires.
    pub until: Moment,
    /// The actor.
    pub actor: Actor,
}

impl Officers {
    /// Stores an enrolment link and ends the officer's old link, password, second factors and
    /// sessions.
    ///
    /// Returns `false` if the officer does not exist or has no access any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_enrolment_link(&self, new: &NewOfficerLink) -> Result<bool, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let there = lock_officer(&mut transaction, &new.officer).await?;
        if there {
            delete_credentials(&mut transaction, &new.officer).await?;
            query(
                "insert into officer_link (officer_id, secret_hash, expires_at) values ($1, $2, \
                 $3)",
            )
            .bind(new.officer.as_str())
            .bind(new.secret.as_str())
            .bind(new.until.millis())
            .execute(&mut transaction)
            .await?;
            let details = json!({ "until": new.until.rfc3339() });
            append_next(
                &mut transaction,
                officer_entry(&new.officer, new.at, &new.actor, Action::LinkMade, &details),
            )
            .await?;
        }
        let made = there;
        transaction.commit().await?;
        Ok(made)
    }

    /// Returns the officer of an enrolment link, if the link is valid.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn officer_of_enrolment_link(
        &self,
        secret: &TokenHash,
        now: Moment,
    ) -> Result<Option<Officer>, StoreError> {
        let row: Option<Row> = query_as(
            "select officer.id, name, email, role, ended_at from officer_link join officer on \
             officer.id = officer_id where secret_hash = $1 and expires_at > $2 and ended_at is \
             null",
        )
        .bind(secret.as_str())
        .bind(now.millis())
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        row.map(Officer::try_from).transpose()
    }
}
