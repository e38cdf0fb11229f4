//! The passkeys of officers.

use registration::desk::audit::Action;
use serde_json::json;

use super::officers::{Officer, Row};
use super::people::{lock_officer, officer_entry};
use crate::clock::Moment;
use crate::store::audit::append_next;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Officers;

/// A passkey to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPasskey {
    /// The credential identifier from the authenticator, in base64url.
    pub id: String,
    /// The name that the officer gave the passkey.
    pub name: String,
    /// The passkey's public key as `SubjectPublicKeyInfo`, in base64url.
    pub public_key: String,
    /// The authenticator's signature counter; 0 if the authenticator has none.
    pub counter: i64,
    /// Whether the passkey can be backed up.
    pub can_be_backed_up: bool,
}

/// A passkey as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredPasskey {
    /// The credential identifier from the authenticator, in base64url.
    pub id: String,
    /// The name that the officer gave the passkey.
    pub name: String,
    /// The passkey's public key as `SubjectPublicKeyInfo`, in base64url.
    pub public_key: String,
    /// The authenticator's signature counter; 0 if the authenticator has none.
    pub counter: i64,
    /// Whether the passkey can be backed up; `None` if this was not recorded.
    pub can_be_backed_up: Option<bool>,
    /// When the passkey was added, in milliseconds since 1970.
    pub added_at: i64,
    /// When the passkey was last used, in milliseconds since 1970; `None` if never.
    pub used_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct OwnedRow {
    passkey_id: String,
    passkey_name: String,
    public_key: String,
    counter: i64,
    can_be_backed_up: Option<bool>,
    added_at: i64,
    used_at: Option<i64>,
    #[sqlx(flatten)]
    officer: Row,
}

pub(super) async fn insert_passkey(
    connection: &mut Connection<'_>,
    officer: &OfficerId,
    passkey: &NewPasskey,
    at: Moment,
) -> Result<(), StoreError> {
    query(
        "insert into officer_passkey (id, officer_id, name, public_key, counter, added_at, \
         can_be_backed_up) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&passkey.id)
    .bind(officer.as_str())
    .bind(&passkey.name)
    .bind(&passkey.public_key)
    .bind(passkey.counter)
    .bind(at.millis())
    .bind(passkey.can_be_backed_up)
    .execute(connection)
    .await?;
    Ok(())
}

impl Officers {
    /// Returns the passkeys of an officer, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn passkeys_of(&self, officer: &OfficerId) -> Result<Vec<StoredPasskey>, StoreError> {
        query_as(
            "select id, name, public_key, counter, can_be_backed_up, added_at, used_at from \
             officer_passkey where officer_id = $1 order by added_at, id",
        )
        .bind(officer.as_str())
        .fetch_all(&mut self.database.read().await?)
        .await
    }

    /// Returns a passkey and its officer, by credential identifier.
    ///
    /// Returns `None` if there is no such passkey, or if its officer has no access or no password.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn passkey(&self, id: &str) -> Result<Option<(StoredPasskey, Officer)>, StoreError> {
        let row: Option<OwnedRow> = query_as(
            "select officer_passkey.id as passkey_id, officer_passkey.name as passkey_name, \
             public_key, counter, can_be_backed_up, added_at, used_at, officer.id, officer.name, email, role, \
             has_shortcuts, ended_at from officer_passkey join officer on officer.id = officer_id where \
             officer_passkey.id = $1 and ended_at is null and password_hash is not null",
        )
        .bind(id)
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        row.map(|row| {
            let passkey = StoredPasskey {
                id: row.passkey_id,
                name: row.passkey_name,
                public_key: row.public_key,
                counter: row.counter,
                can_be_backed_up: row.can_be_backed_up,
                added_at: row.added_at,
                used_at: row.used_at,
            };
            Ok((passkey, row.officer.try_into()?))
        })
        .transpose()
    }

    /// Records that a passkey was used, with its new signature counter.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn record_passkey_use(
        &self,
        id: &str,
        counter: i64,
        at: Moment,
    ) -> Result<(), StoreError> {
        query("update officer_passkey set counter = $2, used_at = $3 where id = $1")
            .bind(id)
            .bind(counter)
            .bind(at.millis())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Adds a passkey for an officer.
    ///
    /// Returns `false` if the passkey already exists or the officer has no access.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn add_passkey(
        &self,
        officer: &OfficerId,
        passkey: &NewPasskey,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let known: i64 = query_scalar("select count(*) from officer_passkey where id = $1")
            .bind(&passkey.id)
            .fetch_one(&mut transaction)
            .await?;
        let free = lock_officer(&mut transaction, officer).await? && known == 0;
        if free {
            insert_passkey(&mut transaction, officer, passkey, at).await?;
            let actor = officer.actor();
            let details = json!({ "name": passkey.name });
            append_next(
                &mut transaction,
                officer_entry(officer, at, &actor, Action::PasskeyAdded, &details),
            )
            .await?;
        }
        let added = free;
        transaction.commit().await?;
        Ok(added)
    }

    /// Removes a passkey, unless it is the officer's only second factor.
    ///
    /// Returns whether the passkey was removed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn remove_passkey(
        &self,
        officer: &OfficerId,
        id: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let there = lock_officer(&mut transaction, officer).await?;
        let others: i64 = query_scalar(
            "select (select count(*) from officer_passkey where officer_id = $1 and id <> $2) + \
             (select count(*) from officer_authenticator where officer_id = $1)",
        )
        .bind(officer.as_str())
        .bind(id)
        .fetch_one(&mut transaction)
        .await?;
        let removed = there
            && others > 0
            && query("delete from officer_passkey where officer_id = $1 and id = $2")
                .bind(officer.as_str())
                .bind(id)
                .execute(&mut transaction)
                .await?
                == 1;
        if removed {
            let actor = officer.actor();
            append_next(
                &mut transaction,
                officer_entry(officer, at, &actor, Action::PasskeyRemoved, &json!({})),
            )
            .await?;
        }
        transaction.commit().await?;
        Ok(removed)
    }
}
