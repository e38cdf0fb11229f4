//! The officers of the desk.

use std::collections::HashMap;

use registration::desk::{OfficerRole, Permission};
use registration::identifiers::Email;

use crate::clock::Moment;
use crate::store::audit::Actor;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as};
use crate::store::stores::Officers;

/// An officer: a person who works at the desk, or has worked there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The officer's identifier.
    pub id: OfficerId,
    /// The officer's name.
    pub name: String,
    /// The officer's email address, used to sign in.
    pub email: String,
    /// The officer's role, which determines their permissions.
    pub role: OfficerRole,
    /// Whether the officer uses the keyboard shortcuts.
    pub has_shortcuts: bool,
    /// When the officer's access ended, if it did.
    pub ended_at: Option<Moment>,
}

/// An officer to be added.
#[derive(Debug, Clone)]
pub struct NewOfficer {
    /// The new officer's identifier.
    pub id: String,
    /// The officer's name.
    pub name: String,
    /// The officer's email address.
    pub email: Email,
    /// The officer's role.
    pub role: OfficerRole,
    /// When the officer is added.
    pub at: Moment,
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: String,
    pub(super) has_shortcuts: bool,
    pub(super) ended_at: Option<i64>,
}

impl Officers {
    /// Returns the names of all current and former officers, by identifier.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn officer_names(&self) -> Result<HashMap<String, String>, StoreError> {
        let rows: Vec<(String, String)> = query_as("select id, name from officer")
            .fetch_all(&mut self.database.read().await?)
            .await?;
        Ok(rows.into_iter().collect())
    }

    /// Adds an officer; returns `false` if a current or former officer has the email address.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn add_officer(&self, new: &NewOfficer) -> Result<bool, StoreError> {
        let added = query(
            "insert into officer (id, name, email, mailbox, role, created_at) values ($1, $2, $3, \
             $4, $5, $6) on conflict (mailbox) do nothing",
        )
        .bind(&new.id)
        .bind(&new.name)
        .bind(new.email.as_str())
        .bind(Email::mailbox(new.email.as_str()))
        .bind(new.role.key())
        .bind(new.at.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(added == 1)
    }

    /// Returns all current and former officers, in order of name.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn list(&self) -> Result<Vec<Officer>, StoreError> {
        let rows: Vec<Row> = query_as(
            "select id, name, email, role, has_shortcuts, ended_at from officer order by name, id",
        )
        .fetch_all(&mut self.database.read().await?)
        .await?;
        rows.into_iter().map(Officer::try_from).collect()
    }

    /// Returns the officer with this identifier, if there is one.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn officer(&self, id: &OfficerId) -> Result<Option<Officer>, StoreError> {
        let row: Option<Row> = query_as(
            "select id, name, email, role, has_shortcuts, ended_at from officer where id = $1",
        )
        .bind(id.as_str())
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        row.map(Officer::try_from).transpose()
    }

    /// Switches the keyboard shortcuts of an officer on or off.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn set_shortcuts(&self, id: &OfficerId, on: bool) -> Result<(), StoreError> {
        query("update officer set has_shortcuts = $1 where id = $2")
            .bind(on)
            .bind(id.as_str())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }
}

impl Officer {
    /// Returns the officer as an actor of the audit.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.id.actor()
    }

    /// Returns whether the officer has access and a role with this permission.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.ended_at.is_none() && self.role.may(permission)
    }
}

impl TryFrom<Row> for Officer {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            role: OfficerRole::from_key(&row.role).ok_or(StoreError::Row {
                table: "officer",
                column: "role",
            })?,
            id: OfficerId::named(row.id),
            name: row.name,
            email: row.email,
            has_shortcuts: row.has_shortcuts,
            ended_at: row.ended_at.map(Moment::from_millis),
        })
    }
}
