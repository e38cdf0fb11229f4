//! The links in messages about a registration.
//!
//! A link works once, within `STATUS_LINK_DAYS`. Redeeming the link starts a session that gives
//! access to the registration, and confirms the address to which the link was sent. Access links
//! can be sent to this address later.

use registration::lifetimes::STATUS_LINK_DAYS;

use super::connection::Connection;
use super::error::StoreError;
use super::redeem::{LinkTable, NewSession, RedeemOutcome, issue_link, redeem_link};
use super::statement::query;
use super::stores::AccessLinks;
use crate::clock::Moment;
use crate::randomness::TokenHash;

/// A link for a message about a registration.
///
/// The worker issues the link's secret when it sends the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// A new identifier for the link.
    pub id: String,
    /// The identifier of the registration.
    pub registration: String,
    /// The address in normalised form, for comparisons.
    pub mailbox: String,
    /// The address to which the link is sent.
    pub email: String,
}

/// Inserts a link in the transaction that queues its message.
pub(super) async fn new_link(
    connection: &mut Connection<'_>,
    link: &NewLink,
) -> Result<(), StoreError> {
    query(
        "insert into registration_link (id, registration_id, mailbox, email) values ($1, $2, $3, \
         $4)",
    )
    .bind(&link.id)
    .bind(&link.registration)
    .bind(&link.mailbox)
    .bind(&link.email)
    .execute(connection)
    .await?;
    Ok(())
}

impl AccessLinks {
    /// Stores the hash of a new secret for a link; the link's earlier secret stops working.
    ///
    /// Returns `false` if the link no longer exists.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn issue_registration_link(
        &self,
        id: &str,
        secret: &TokenHash,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let until = now.plus_hours(STATUS_LINK_DAYS * 24);
        let mut connection = self.database.write().await?;
        issue_link(&mut connection, LinkTable::Registration, id, secret, until).await
    }

    /// Redeems a link to a registration and confirms the address to which it was sent.
    ///
    /// A link works once.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn redeem_registration_link(
        &self,
        secret: &TokenHash,
        session: &NewSession,
        now: Moment,
    ) -> Result<RedeemOutcome, StoreError> {
        redeem_link(
            &self.database,
            LinkTable::Registration,
            secret,
            session,
            now,
        )
        .await
    }

    /// Deletes expired links to registrations; returns the number of deleted links.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn forget_registration_links(&self, now: Moment) -> Result<u64, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;

        let deleted = query("delete from registration_link where expires_at <= $1")
            .bind(now.millis())
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        Ok(deleted)
    }
}
