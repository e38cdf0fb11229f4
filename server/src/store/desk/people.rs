//! Changes to officers by a desk administrator: adding an officer, changing a role, ending access.
//!
//! Each change appends an audit entry; a change of role also records the earlier role. The last
//! administrator who can sign in cannot lose the role or the access, and administrators cannot
//! change their own role. If officers may no longer work on registrations, their work is
//! unassigned.

use registration::desk::audit::Action;
use registration::desk::{OfficerRole, Permission, Workload};
use registration::identifiers::Email;
use serde_json::json;

use super::officers::NewOfficer;
use super::release::release_all;
use crate::clock::Moment;
use crate::store::audit::{Actor, NewEntry, Subject, append_next};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Officers;

/// Takes the lock with this name until the transaction ends, and waits while another transaction
/// has it.
pub(in crate::store) async fn take_lock(
    connection: &mut Connection<'_>,
    name: &str,
    now: i64,
) -> Result<(), StoreError> {
    query(
        "insert into officer_gate (name, passed_at) values ($1, $2) on conflict (name) do update \
         set passed_at = excluded.passed_at",
    )
    .bind(name)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Locks an officer until the transaction ends; returns whether the officer exists and has access.
///
/// Waits while another transaction has the lock.
pub(super) async fn lock_officer(
    connection: &mut Connection<'_>,
    officer: &OfficerId,
) -> Result<bool, StoreError> {
    query("update officer set version = version + 1 where id = $1 and ended_at is null")
        .bind(officer.as_str())
        .execute(connection)
        .await
        .map(|done| done == 1)
}

/// Deletes all means by which an officer can sign in, and ends their sessions.
pub(super) async fn delete_credentials(
    connection: &mut Connection<'_>,
    officer: &OfficerId,
) -> Result<(), StoreError> {
    for statement in [
        "update officer set password_hash = null where id = $1",
        "delete from officer_link where officer_id = $1",
        "delete from officer_authenticator where officer_id = $1",
        "delete from officer_passkey where officer_id = $1",
        "delete from officer_recovery_code where officer_id = $1",
        "delete from officer_underway where officer_id = $1",
        "delete from officer_browser where officer_id = $1",
        "delete from officer_subject where officer_id = $1",
        "delete from officer_session where officer_id = $1",
    ] {
        query(statement)
            .bind(officer.as_str())
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// Builds an audit entry about an officer.
pub(super) fn officer_entry(
    officer: &OfficerId,
    at: Moment,
    actor: &Actor,
    action: Action,
    details: &serde_json::Value,
) -> NewEntry {
    NewEntry {
        subject: officer.subject(),
        at,
        actor: actor.clone(),
        action,
        details: details.to_string(),
    }
}

/// The result of a change to an officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonChange {
    /// The change was stored; this much work was unassigned.
    Done(Workload),
    /// The officer does not exist or no longer has access.
    NotThere,
    /// Nothing was changed, because the officer is the last desk administrator.
    LastAdministrator,
    /// Nothing was changed, because administrators cannot change their own role.
    OwnRole,
}

/// Returns whether the officer is an administrator whom no other administrator could replace.
///
/// If the officer can sign in, only an administrator who can sign in counts as a replacement. Users
/// of single sign-on have no password, so a session counts as proof that they can sign in.
async fn is_last_administrator(
    connection: &mut Connection<'_>,
    officer: &OfficerId,
) -> Result<bool, StoreError> {
    let administrators: Vec<(String, bool)> = query_as(
        "select id, password_hash is not null or exists (select 1 from officer_session where \
         officer_id = officer.id) from officer where role = 'administrator' and ended_at is null",
    )
    .fetch_all(connection)
    .await?;
    let is_meant = |id: &str| id == officer.as_str();
    let meant = administrators.iter().find(|(id, _)| is_meant(id));
    Ok(meant.is_some_and(|(_, can_sign_in)| {
        let mut others = administrators.iter().filter(|(id, _)| !is_meant(id));
        !others.any(|(_, other_can)| other_can >= can_sign_in)
    }))
}

impl Officers {
    /// Adds an officer, or restores the access of a former officer with the same email address.
    ///
    /// Returns the officer's identifier; a former officer keeps the earlier identifier. Returns
    /// `None` if an officer with access has the email address.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn add_person(
        &self,
        new: &NewOfficer,
        actor: &Actor,
    ) -> Result<Option<OfficerId>, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let id: Option<String> = query_scalar(
            "insert into officer (id, name, email, mailbox, role, created_at) values ($1, $2, $3, \
             $4, $5, $6) on conflict (mailbox) do update set name = excluded.name, email = \
             excluded.email, role = excluded.role, ended_at = null, version = officer.version + 1 \
             where officer.ended_at is not null returning id",
        )
        .bind(&new.id)
        .bind(&new.name)
        .bind(new.email.as_str())
        .bind(Email::mailbox(new.email.as_str()))
        .bind(new.role.key())
        .bind(new.at.millis())
        .fetch_optional(&mut transaction)
        .await?;
        let officer = id.map(OfficerId::named);
        if let Some(officer) = &officer {
            let details = json!({ "role": new.role.key() });
            append_next(
                &mut transaction,
                officer_entry(officer, new.at, actor, Action::Added, &details),
            )
            .await?;
        }
        let added = officer;
        transaction.commit().await?;
        Ok(added)
    }

    /// Changes an officer's role.
    ///
    /// The officer's work is unassigned if the new role may not work on registrations. The
    /// officer's sessions on behalf of organisations end if the new role may not enter forms.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn change_officer_role(
        &self,
        officer: &OfficerId,
        role: OfficerRole,
        actor: &Actor,
        at: Moment,
    ) -> Result<PersonChange, StoreError> {
        if *actor == officer.actor() {
            return Ok(PersonChange::OwnRole);
        }
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        take_lock(&mut transaction, "administrators", at.millis()).await?;
        let outcome = if !lock_officer(&mut transaction, officer).await? {
            PersonChange::NotThere
        } else if role != OfficerRole::Administrator
            && is_last_administrator(&mut transaction, officer).await?
        {
            PersonChange::LastAdministrator
        } else {
            let before: String = query_scalar("select role from officer where id = $1")
                .bind(officer.as_str())
                .fetch_one(&mut transaction)
                .await?;
            if before != role.key() {
                query("update officer set role = $2 where id = $1")
                    .bind(officer.as_str())
                    .bind(role.key())
                    .execute(&mut transaction)
                    .await?;
                let details = json!({ "before": before, "after": role.key() });
                append_next(
                    &mut transaction,
                    officer_entry(officer, at, actor, Action::RoleChanged, &details),
                )
                .await?;
            }
            if !role.may(Permission::EnterForms) {
                query(
                    "delete from session where officer_session in (select id from \
                     officer_session where officer_id = $1)",
                )
                .bind(officer.as_str())
                .execute(&mut transaction)
                .await?;
            }
            let given_back = if role.may(Permission::WorkOnRegistrations) {
                Workload::default()
            } else {
                release_all(&mut transaction, officer, actor, at).await?
            };
            PersonChange::Done(given_back)
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Ends an officer's access.
    ///
    /// The officer's sessions, links and secrets are deleted, and their work is unassigned.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn end_officer(
        &self,
        officer: &OfficerId,
        actor: &Actor,
        at: Moment,
    ) -> Result<PersonChange, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        take_lock(&mut transaction, "administrators", at.millis()).await?;
        let outcome = if !lock_officer(&mut transaction, officer).await? {
            PersonChange::NotThere
        } else if is_last_administrator(&mut transaction, officer).await? {
            PersonChange::LastAdministrator
        } else {
            query("update officer set ended_at = $2 where id = $1")
                .bind(officer.as_str())
                .bind(at.millis())
                .execute(&mut transaction)
                .await?;
            delete_credentials(&mut transaction, officer).await?;
            append_next(
                &mut transaction,
                officer_entry(officer, at, actor, Action::Ended, &json!({})),
            )
            .await?;

            let given_back = release_all(&mut transaction, officer, actor, at).await?;
            PersonChange::Done(given_back)
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Records a failed attempt to sign in, in the audit.
    ///
    /// The entry goes to the chain of the officer or, if no officer with access has this
    /// identifier, to the chain of unknown accounts. The statements are the same in both cases, so
    /// the response time does not reveal which accounts exist.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn record_failed_sign_in(
        &self,
        officer: &OfficerId,
        details: &serde_json::Value,
        at: Moment,
    ) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let is_known = lock_officer(&mut transaction, officer).await?;
        let mut entry = officer_entry(officer, at, &Actor::Somebody, Action::SignInFailed, details);
        if !is_known {
            entry.subject = Subject::UnknownAccounts;
        }
        // The lock prevents other appends to the chain meanwhile; an unknown account has no row to
        // lock.
        take_lock(&mut transaction, &entry.subject.to_string(), at.millis()).await?;
        append_next(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Returns the identifiers of the officers who have a password.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn enrolled_officers(&self) -> Result<Vec<OfficerId>, StoreError> {
        let ids: Vec<String> =
            query_scalar("select id from officer where password_hash is not null")
                .fetch_all(&mut self.database.read().await?)
                .await?;
        Ok(ids.into_iter().map(OfficerId::named).collect())
    }
}
