//! What a desk administrator does to people: changes their role, ends their access. Each is written to the audit with
//! what was before. One administrator who can sign in is always left, nobody changes their own role, and who may not
//! work on registrations any more has none: what they had goes back to nobody.

use registration::desk::{HeldCount, OfficerRole, Permission};
use registration::identifiers::Email;
use serde_json::json;

use super::giving_back::give_all_back;
use super::officers::{NewOfficer, OfficerId};
use crate::clock::Moment;
use crate::store::db::{Store, StoreError, read, transaction};

/// Waits until nobody else passes the gate of this name; it opens when the transaction ends.
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

/// Waits until nobody else changes this person; whether there is such a person who works here.
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

/// Writes to the audit what happened to somebody of the desk, who must be locked.
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

/// What became of a change to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonChange {
    /// It is on disk, and so much was given back to nobody with it.
    Done(HeldCount),
    /// There is no such person, or they work here no more.
    NotThere,
    /// They are the last desk administrator.
    LastAdministrator,
    /// It is their own role: another administrator changes it.
    OwnRole,
}

/// Whether this is an administrator without whom there is none who can sign in. Who has not joined yet is no stand-in
/// for somebody who has; whom the department lets in has a session, if no password.
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
    /// Adds somebody, or lets somebody back whose access was ended; nobody where the address is that of somebody who
    /// works here.
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

    /// Gives somebody another role. With one that may not work on registrations, what they had goes back to nobody.
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
                let mut given_back = HeldCount::default();
                if !role.may(Permission::WorkOnRegistrations) {
                    give_all_back!(transaction, officer, actor, at, given_back);
                }
                PersonChange::Done(given_back)
            }
        });
        Ok(outcome)
    }

    /// Ends somebody's access: their sessions, links and secrets at once. What they had goes back to nobody.
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
                let mut given_back = HeldCount::default();
                give_all_back!(transaction, officer, actor, at, given_back);
                PersonChange::Done(given_back)
            }
        });
        Ok(outcome)
    }

    /// Writes to the audit something that happened to somebody and changed nothing, such as a try that failed.
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

    /// Who of the desk has set up how they sign in, by identifier.
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
