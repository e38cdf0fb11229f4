//! The credentials of officers: password hash, authenticator app and recovery codes. Passkeys are
//! in `passkeys.rs`.

use registration::identifiers::Email;
use serde_json::json;

use super::officers::{Officer, OfficerId, Row};
use super::passkeys::{NewPasskey, insert_passkey};
use super::people::{append_for, lock_officer};
use super::sessions::{NewOfficerSession, insert_session};
use crate::clock::Moment;
use crate::randomness::TokenHash;
use crate::store::db::{Store, StoreError, read, transaction};

/// The credentials of an officer, as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OfficerSecrets {
    /// The password hash in the PHC string format; `None` if the officer has not enrolled or uses
    /// only single sign-on.
    pub password_hash: Option<String>,
    /// The secret of the authenticator app, in base32.
    pub authenticator: Option<String>,
    /// How many passkeys the officer has.
    pub passkeys: i64,
    /// How many unused recovery codes are left.
    pub recovery_codes: i64,
}

/// The second factor with which an officer enrols.
#[derive(Debug, Clone)]
pub enum NewFactor {
    /// An authenticator app.
    Authenticator {
        /// The secret, in base32.
        secret: String,
        /// The time step of the code that confirmed the app.
        step: i64,
    },
    /// A passkey.
    Passkey(NewPasskey),
}

/// The credentials that an officer sets when enrolling.
#[derive(Debug, Clone)]
pub struct NewSetUp {
    /// The enrolment link, which is used up by this.
    pub link: TokenHash,
    /// The password hash, in the PHC string format.
    pub password_hash: String,
    /// The second factor.
    pub factor: NewFactor,
    /// The hashes of the recovery codes.
    pub recovery_codes: Vec<String>,
    /// The session to begin.
    pub session: NewOfficerSession,
}

macro_rules! replace_recovery_codes {
    ($transaction:expr, $officer:expr, $codes:expr) => {{
        sqlx::query("delete from officer_recovery_code where officer_id = $1")
            .bind($officer.as_str())
            .execute(&mut *$transaction)
            .await?;
        for code in $codes {
            sqlx::query(
                "insert into officer_recovery_code (code_hash, officer_id) values ($1, $2)",
            )
            .bind(code)
            .bind($officer.as_str())
            .execute(&mut *$transaction)
            .await?;
        }
    }};
}

macro_rules! insert_authenticator {
    ($transaction:expr, $officer:expr, $secret:expr, $step:expr, $at:expr) => {
        sqlx::query(
            "insert into officer_authenticator (officer_id, secret, last_step, added_at) \
             values ($1, $2, $3, $4) on conflict (officer_id) do update set \
             secret = excluded.secret, last_step = excluded.last_step, added_at = excluded.added_at",
        )
        .bind($officer.as_str())
        .bind($secret)
        .bind($step)
        .bind($at.millis())
        .execute(&mut *$transaction)
        .await
    };
}

impl Store {
    /// Returns the officer with an email address, if the officer has access.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn officer_by_email(&self, email: &str) -> Result<Option<Officer>, StoreError> {
        let row: Option<Row> = read!(self, |connection| {
            sqlx::query_as(
                "select id, name, email, role, ended_at from officer where mailbox = $1 and ended_at is null",
            )
            .bind(Email::mailbox(email))
            .fetch_optional(connection)
            .await
        })?;
        row.map(Officer::try_from).transpose()
    }

    /// Returns the credentials of an officer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn officer_secrets(
        &self,
        officer: &OfficerId,
    ) -> Result<Option<OfficerSecrets>, StoreError> {
        Ok(read!(self, |connection| {
            sqlx::query_as(
                "select password_hash, \
                 (select secret from officer_authenticator where officer_id = officer.id) as authenticator, \
                 (select count(*) from officer_passkey where officer_id = officer.id) as passkeys, \
                 (select count(*) from officer_recovery_code where officer_id = officer.id) as recovery_codes \
                 from officer where id = $1 and ended_at is null",
            )
            .bind(officer.as_str())
            .fetch_optional(connection)
            .await
        })?)
    }

    /// Enrols an officer and signs them in; returns `false` if the link is no longer valid.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_officer_up(&self, new: &NewSetUp) -> Result<bool, StoreError> {
        let (officer, at) = (&new.session.officer, new.session.at);
        let done = transaction!(self, |transaction| {
            let used = sqlx::query(
                "delete from officer_link where secret_hash = $1 and officer_id = $2 and expires_at > $3",
            )
            .bind(new.link.as_str())
            .bind(officer.as_str())
            .bind(at.millis())
            .execute(&mut *transaction)
            .await?
            .rows_affected();
            let there = used == 1 && lock_officer!(transaction, officer)?;
            if there {
                sqlx::query("update officer set password_hash = $2 where id = $1")
                    .bind(officer.as_str())
                    .bind(&new.password_hash)
                    .execute(&mut *transaction)
                    .await?;
                let factor = match &new.factor {
                    NewFactor::Authenticator { secret, step } => {
                        insert_authenticator!(transaction, officer, secret, step, at)?;
                        "authenticator"
                    }
                    NewFactor::Passkey(passkey) => {
                        insert_passkey!(transaction, officer, passkey, at)?;
                        "passkey"
                    }
                };
                replace_recovery_codes!(transaction, officer, &new.recovery_codes);
                insert_session!(transaction, &new.session)?;
                let details = json!({ "factor": factor });
                append_for!(transaction, officer, at, officer.actor(), "set-up", details)?;
            }
            there
        });
        Ok(done)
    }

    /// Marks the one-time code of a time step as used.
    ///
    /// Returns `false` if a code of the same or a later time step was used before, or if the secret
    /// was replaced.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_authenticator(
        &self,
        officer: &OfficerId,
        secret: &str,
        step: i64,
    ) -> Result<bool, StoreError> {
        let used = crate::store::db::write!(self, |connection| {
            sqlx::query(
                "update officer_authenticator set last_step = $3 \
                 where officer_id = $1 and secret = $2 and last_step < $3",
            )
            .bind(officer.as_str())
            .bind(secret)
            .bind(step)
            .execute(connection)
            .await
            .map(|done| done.rows_affected())
        })?;
        Ok(used == 1)
    }

    /// Uses up a recovery code; returns `false` if the officer has no such code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_recovery_code(
        &self,
        officer: &OfficerId,
        code_hash: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let used = transaction!(self, |transaction| {
            let used = lock_officer!(transaction, officer)?
                && sqlx::query(
                    "delete from officer_recovery_code where officer_id = $1 and code_hash = $2",
                )
                .bind(officer.as_str())
                .bind(code_hash)
                .execute(&mut *transaction)
                .await?
                .rows_affected()
                    == 1;
            if used {
                let actor = officer.actor();
                append_for!(
                    transaction,
                    officer,
                    at,
                    actor,
                    "recovery-code-used",
                    json!({})
                )?;
            }
            used
        });
        Ok(used)
    }

    /// Replaces the recovery codes of an officer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_recovery_codes(
        &self,
        officer: &OfficerId,
        hashes: &[String],
        at: Moment,
    ) -> Result<(), StoreError> {
        transaction!(self, |transaction| {
            if lock_officer!(transaction, officer)? {
                replace_recovery_codes!(transaction, officer, hashes);
                let actor = officer.actor();
                append_for!(
                    transaction,
                    officer,
                    at,
                    actor,
                    "recovery-codes-made",
                    json!({})
                )?;
            }
        });
        Ok(())
    }

    /// Replaces the authenticator app of an officer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_authenticator(
        &self,
        officer: &OfficerId,
        secret: &str,
        step: i64,
        at: Moment,
    ) -> Result<(), StoreError> {
        transaction!(self, |transaction| {
            if lock_officer!(transaction, officer)? {
                insert_authenticator!(transaction, officer, secret, step, at)?;
                let actor = officer.actor();
                append_for!(
                    transaction,
                    officer,
                    at,
                    actor,
                    "authenticator-set-up",
                    json!({})
                )?;
            }
        });
        Ok(())
    }

    /// Changes an officer's password, ends all their sessions and begins a new one.
    ///
    /// Returns `false` if the password hash is no longer `before`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_officer_password(
        &self,
        before: &str,
        after: &str,
        session: &NewOfficerSession,
    ) -> Result<bool, StoreError> {
        let (officer, at) = (&session.officer, session.at);
        let done = transaction!(self, |transaction| {
            let changed = lock_officer!(transaction, officer)?
                && sqlx::query(
                    "update officer set password_hash = $3 where id = $1 and password_hash = $2",
                )
                .bind(officer.as_str())
                .bind(before)
                .bind(after)
                .execute(&mut *transaction)
                .await?
                .rows_affected()
                    == 1;
            if changed {
                for statement in [
                    "delete from officer_session where officer_id = $1",
                    "delete from officer_underway where officer_id = $1",
                ] {
                    sqlx::query(statement)
                        .bind(officer.as_str())
                        .execute(&mut *transaction)
                        .await?;
                }
                insert_session!(transaction, session)?;
                let actor = officer.actor();
                append_for!(
                    transaction,
                    officer,
                    at,
                    actor,
                    "password-changed",
                    json!({})
                )?;
            }
            changed
        });
        Ok(done)
    }
}
