//! The links of messages about a registration. A link works once, within 28 days: it leads a browser to the
//! registration and confirms the address whose mail it came by, so that the next way is by that address.

use registration::standing::LINK_DAYS;

use super::db::{Store, StoreError, transaction};
use super::letting_in::{NewSession, Opened, arm_link, open_by_link};
use crate::clock::Moment;
use crate::randomness::TokenHash;

/// A link that a message is to carry; its secret is made when the message leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// Its identifier.
    pub id: String,
    /// The registration.
    pub registration: String,
    /// By which the address is compared with others.
    pub mailbox: String,
    /// The address.
    pub email: String,
}

/// Writes a link in the transaction of the message that carries it.
macro_rules! new_link {
    ($transaction:expr, $link:expr) => {{
        let link: &crate::store::registration_links::NewLink = $link;
        sqlx::query(
            "insert into registration_link (id, registration_id, mailbox, email) \
             values ($1, $2, $3, $4)",
        )
        .bind(&link.id)
        .bind(&link.registration)
        .bind(&link.mailbox)
        .bind(&link.email)
        .execute(&mut *$transaction)
        .await
    }};
}

pub(super) use new_link;

impl Store {
    /// Gives a link its secret, in place of the one before; whether the link is wanted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn arm_registration_link(
        &self,
        id: &str,
        secret: &TokenHash,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let until = now.plus_hours(LINK_DAYS * 24);
        Ok(arm_link!(self, "registration_link", id, secret, until))
    }

    /// Lets a browser lead to the registration of a link, once, and confirms the address it was sent to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_by_registration_link(
        &self,
        secret: &TokenHash,
        session: &NewSession,
        now: Moment,
    ) -> Result<Opened, StoreError> {
        Ok(open_by_link!(
            self,
            "registration_link",
            "join registration on registration.id = link.registration_id \
             join draft on draft.id = registration.draft_id",
            secret,
            session,
            now
        ))
    }

    /// Forgets links whose time is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_registration_links(&self, now: Moment) -> Result<u64, StoreError> {
        let deleted = transaction!(self, |transaction| {
            sqlx::query("delete from registration_link where expires_at <= $1")
                .bind(now.millis())
                .execute(&mut *transaction)
                .await?
                .rows_affected()
        });
        Ok(deleted)
    }
}
