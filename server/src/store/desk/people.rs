//! Changes to officers by a desk administrator: adding them, changing their role, ending their
//! access.
//!
//! Each change is audited with the values before it. At least one administrator who can sign in
//! always remains, and nobody changes their own role. The work of officers who may no longer work
//! on registrations is unassigned.

use registration::desk::{OfficerRole, Permission, Workload};
use registration::identifiers::Email;
use serde_json::json;

use super::giving_back::give_all_back;
use super::officers::{NewOfficer, OfficerId};
use crate::clock::Moment;
use crate::store::db::{Store, StoreError, read, transaction};

/// Takes the lock with this name until the transaction ends, and waits while another transaction
/// has it.
macro_rules! gate {
    ($transaction:expr, $name:expr, $now:expr) => {
        sqlx::query(
            "insert into officer_gate (name, passed_at) values ($1, $2) \
             on conflict (name) do update set passed_at = excluded.passed_at",
        )
        .bind($name)
        .bind($now)
        .execute(&mut *$transaction)
        .await
    };
}

/// Locks an officer until the transaction ends; returns whether the officer exists and has access.
///
/// It waits while another transaction has the lock.
macro_rules! lock_officer {
    ($transaction:expr, $officer:expr) => {{
        let officer: &crate::store::OfficerId = $officer;
        sqlx::query("update officer set version = version + 1 where id = $1 and ended_at is null")
            .bind(officer.as_str())
            .execute(&mut *$transaction)
            .await
            .map(|done| done.rows_affected() == 1)
    }};
}

/// Appends an audit entry about an officer, who must be locked.
macro_rules! append_for {
    ($transaction:expr, $officer:expr, $at:expr, $actor:expr, $action:expr, $details:expr) => {{
        use crate::store::audit::{NewEntry, append};
        use crate::store::standing::append_next;
        let officer: &crate::store::OfficerId = $officer;
        append_next!(
            $transaction,
            NewEntry {
                subject: officer.actor(),
                at: $at,
                actor: $actor.to_owned(),
                action: $action.to_owned(),
                details: $details.to_string(),
            }
        )
    }};
}

pub(super) use {append_for, gate, lock_officer};

/// The result of a change to an officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonChange {
    /// It was stored; this much work was unassigned.
    Done(Workload),
    /// The officer does not exist or has no access any more.
    NotThere,
    /// The officer is the last desk administrator.
    LastAdministrator,
    /// Administrators cannot change their own role; another administrator must.
    OwnRole,
}

/// Returns whether the officer is the last administrator who can sign in.
///
/// An administrator who has not enrolled yet cannot replace one who has. Users of single sign-on
/// have no password, so a session counts as proof that they can sign in.
macro_rules! is_last_administrator {
    ($transaction:expr, $officer:expr) => {{
        let administrators: Vec<(String, bool)> = sqlx::query_as(
            "select id, password_hash is not null or exists \
             (select 1 from officer_session where officer_id = officer.id) from officer where role = 'administrator' and ended_at is null",
        )
        .fetch_all(&mut *$transaction)
        .await?;
        let is_meant = |id: &str| id == $officer.as_str();
        let meant = administrators.iter().find(|(id, _)| is_meant(id));
        meant.is_some_and(|(_, can_sign_in)| {
            let mut others = administrators.iter().filter(|(id, _)| !is_meant(id));
            !others.any(|(_, other_can)| other_can >= can_sign_in)
        })
    }};
}

impl Store {
    /// Adds an officer, or restores one whose access was ended.
    ///
    /// Returns `None` if an officer with access has the email address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_person(
        &self,
        new: &NewOfficer,
        actor: &str,
    ) -> Result<Option<OfficerId>, StoreError> {
        let added = transaction!(self, |transaction| {
            let id: Option<String> = sqlx::query_scalar(
                "insert into officer (id, name, email, mailbox, role, created_at) values ($1, $2, $3, $4, $5, $6) \
                 on conflict (mailbox) do update set name = excluded.name, email = excluded.email, \
                 role = excluded.role, ended_at = null, version = officer.version + 1 \
                 where officer.ended_at is not null returning id",
            )
            .bind(&new.id)
            .bind(&new.name)
            .bind(new.email.as_str())
            .bind(Email::mailbox(new.email.as_str()))
            .bind(new.role.key())
            .bind(new.at.millis())
            .fetch_optional(&mut *transaction)
            .await?;
            let officer = id.map(OfficerId::named);
            if let Some(officer) = &officer {
                let details = json!({ "role": new.role.key() });
                append_for!(transaction, officer, new.at, actor, "added", details)?;
            }
            officer
        });
        Ok(added)
    }

    /// Changes an officer's role, and unassigns their work if the new role may not work on
    /// registrations.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_officer_role(
        &self,
        officer: &OfficerId,
        role: OfficerRole,
        actor: &str,
        at: Moment,
    ) -> Result<PersonChange, StoreError> {
        if actor == officer.actor() {
            return Ok(PersonChange::OwnRole);
        }
        let outcome = transaction!(self, |transaction| {
            gate!(transaction, "administrators", at.millis())?;
            if !lock_officer!(transaction, officer)? {
                PersonChange::NotThere
            } else if role != OfficerRole::Administrator
                && is_last_administrator!(transaction, officer)
            {
                PersonChange::LastAdministrator
            } else {
                let before: String = sqlx::query_scalar("select role from officer where id = $1")
                    .bind(officer.as_str())
                    .fetch_one(&mut *transaction)
                    .await?;
                if before != role.key() {
                    sqlx::query("update officer set role = $2 where id = $1")
                        .bind(officer.as_str())
                        .bind(role.key())
                        .execute(&mut *transaction)
                        .await?;
                    let details = json!({ "before": before, "after": role.key() });
                    append_for!(transaction, officer, at, actor, "role-changed", details)?;
                }
                let mut given_back = Workload::default();
                if !role.may(Permission::WorkOnRegistrations) {
                    give_all_back!(transaction, officer, actor, at, given_back);
                }
                PersonChange::Done(given_back)
            }
        });
        Ok(outcome)
    }

    /// Ends an officer's access: deletes their sessions, links and secrets, and unassigns their
    /// work.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_officer(
        &self,
        officer: &OfficerId,
        actor: &str,
        at: Moment,
    ) -> Result<PersonChange, StoreError> {
        let outcome = transaction!(self, |transaction| {
            gate!(transaction, "administrators", at.millis())?;
            if !lock_officer!(transaction, officer)? {
                PersonChange::NotThere
            } else if is_last_administrator!(transaction, officer) {
                PersonChange::LastAdministrator
            } else {
                sqlx::query("update officer set ended_at = $2, password_hash = null where id = $1")
                    .bind(officer.as_str())
                    .bind(at.millis())
                    .execute(&mut *transaction)
                    .await?;
                for statement in [
                    "delete from officer_link where officer_id = $1",
                    "delete from officer_authenticator where officer_id = $1",
                    "delete from officer_passkey where officer_id = $1",
                    "delete from officer_recovery_code where officer_id = $1",
                    "delete from officer_underway where officer_id = $1",
                    "delete from officer_session where officer_id = $1",
                ] {
                    sqlx::query(statement)
                        .bind(officer.as_str())
                        .execute(&mut *transaction)
                        .await?;
                }
                append_for!(transaction, officer, at, actor, "ended", json!({}))?;
                let mut given_back = Workload::default();
                give_all_back!(transaction, officer, actor, at, given_back);
                PersonChange::Done(given_back)
            }
        });
        Ok(outcome)
    }

    /// Appends an audit entry for an event that changed nothing about an officer, such as a failed
    /// attempt to sign in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_of_officer(
        &self,
        officer: &OfficerId,
        actor: &str,
        action: &str,
        details: &serde_json::Value,
        at: Moment,
    ) -> Result<(), StoreError> {
        transaction!(self, |transaction| {
            if lock_officer!(transaction, officer)? {
                append_for!(transaction, officer, at, actor, action, details)?;
            }
        });
        Ok(())
    }

    /// Returns the identifiers of the officers who have set a password.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn officers_set_up(&self) -> Result<Vec<OfficerId>, StoreError> {
        let ids: Vec<String> = read!(self, |connection| {
            sqlx::query_scalar("select id from officer where password_hash is not null")
                .fetch_all(connection)
                .await
        })?;
        Ok(ids.into_iter().map(OfficerId::named).collect())
    }
}
