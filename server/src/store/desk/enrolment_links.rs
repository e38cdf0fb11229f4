//! One-time enrolment links, with which officers set up their sign-in.
//!
//! A new link replaces the officer's earlier link.

use registration::desk::audit::Action;
use serde_json::json;

use super::officers::{Officer, Row};
use super::people::{delete_credentials, lock_officer, officer_entry};
use crate::clock::Moment;
use crate::randomness::TokenHash;
use crate::store::audit::{Actor, append_next};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::outbox::{NewMessage, post};
use crate::store::statement::{query, query_as};
use crate::store::stores::Officers;

/// An enrolment link to be stored.
#[derive(Debug, Clone)]
pub struct NewOfficerLink {
    /// The officer who gets the link.
    pub officer: OfficerId,
    /// The hash of the link's secret.
    pub secret: TokenHash,
    /// When the link is made.
    pub at: Moment,
    /// When the link expires.
    pub until: Moment,
    /// The actor for the audit.
    pub actor: Actor,
}

/// An enrolment link to be sent by email.
///
/// The worker issues the link's secret when it sends the message.
#[derive(Debug, Clone)]
pub struct EnrolmentMail {
    /// The officer who gets the link.
    pub officer: OfficerId,
    /// The link's identifier, which the message contains.
    pub id: String,
    /// When the link is made.
    pub at: Moment,
    /// When the link expires if its secret is never issued.
    pub until: Moment,
    /// The actor for the audit.
    pub actor: Actor,
    /// The message with the link, and messages that inform other people about the link.
    pub messages: Vec<NewMessage>,
}

/// A row of the table of enrolment links.
struct LinkRow<'r> {
    officer: &'r OfficerId,
    id: Option<&'r str>,
    secret: &'r str,
    until: Moment,
}

/// Replaces an officer's link, deletes everything else with which the officer can sign in, and ends
/// the officer's sessions.
async fn replace_link(connection: &mut Connection<'_>, new: LinkRow<'_>) -> Result<(), StoreError> {
    delete_credentials(connection, new.officer).await?;
    query(
        "insert into officer_link (officer_id, id, secret_hash, expires_at) values ($1, $2, $3, \
         $4)",
    )
    .bind(new.officer.as_str())
    .bind(new.id)
    .bind(new.secret)
    .bind(new.until.millis())
    .execute(connection)
    .await?;
    Ok(())
}

impl Officers {
    /// Stores an enrolment link.
    ///
    /// Everything else with which the officer can sign in is deleted, and the officer's sessions
    /// end. Returns `false` if the officer does not exist or no longer has access.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn make_enrolment_link(&self, new: &NewOfficerLink) -> Result<bool, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let made = lock_officer(&mut transaction, &new.officer).await?;
        if made {
            let row = LinkRow {
                officer: &new.officer,
                id: None,
                secret: new.secret.as_str(),
                until: new.until,
            };
            replace_link(&mut transaction, row).await?;
            let details = json!({ "until": new.until.rfc3339() });
            append_next(
                &mut transaction,
                officer_entry(&new.officer, new.at, &new.actor, Action::LinkMade, &details),
            )
            .await?;
        }
        transaction.commit().await?;
        Ok(made)
    }

    /// Stores an enrolment link and queues the messages about the link.
    ///
    /// Everything else with which the officer can sign in is deleted, and the officer's sessions
    /// end. Returns `false` if the officer does not exist or no longer has access.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn post_enrolment_link(&self, new: &EnrolmentMail) -> Result<bool, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let posted = lock_officer(&mut transaction, &new.officer).await?;
        if posted {
            let row = LinkRow {
                officer: &new.officer,
                id: Some(&new.id),
                // This is not a hash, so the link does not work until its secret is issued.
                secret: &["not issued: ", &new.id].concat(),
                until: new.until,
            };
            replace_link(&mut transaction, row).await?;
            append_next(
                &mut transaction,
                officer_entry(
                    &new.officer,
                    new.at,
                    &new.actor,
                    Action::LinkMade,
                    &json!({}),
                ),
            )
            .await?;
            for message in &new.messages {
                post(&mut transaction, message).await?;
            }
        }
        transaction.commit().await?;
        self.database.wake_outbox();
        Ok(posted)
    }

    /// Stores the hash of a new secret for an enrolment link; the link's earlier secret stops
    /// working.
    ///
    /// Returns `false` if the link no longer exists.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn issue_enrolment_link(
        &self,
        id: &str,
        secret: &TokenHash,
        until: Moment,
    ) -> Result<bool, StoreError> {
        let issued =
            query("update officer_link set secret_hash = $2, expires_at = $3 where id = $1")
                .bind(id)
                .bind(secret.as_str())
                .bind(until.millis())
                .execute(&mut self.database.write().await?)
                .await?;
        Ok(issued == 1)
    }

    /// Returns the officer of an enrolment link, or `None` if the link is not valid.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn officer_of_enrolment_link(
        &self,
        secret: &TokenHash,
        now: Moment,
    ) -> Result<Option<Officer>, StoreError> {
        let row: Option<Row> = query_as(
            "select officer.id, name, email, role, has_shortcuts, ended_at from officer_link join officer on \
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
