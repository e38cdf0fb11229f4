//! The credentials of officers: password hash, authenticator app and recovery codes.
//!
//! Passkeys are in `passkeys.rs`.

use registration::desk::audit::Action;
use registration::identifiers::Email;
use serde_json::json;

use super::officers::{Officer, Row};
use super::passkeys::{NewPasskey, insert_passkey};
use super::people::{lock_officer, officer_entry};
use super::sessions::{NewOfficerSession, insert_session};
use crate::clock::Moment;
use crate::randomness::TokenHash;
use crate::store::audit::append_next;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as};
use crate::store::stores::Officers;

/// How many time steps of thirty seconds the clock of another server may be ahead.
const STEPS_AHEAD: i64 = 10;

/// The credentials of an officer, as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OfficerSecrets {
    /// The password hash in the PHC string format.
    ///
    /// `None` if the officer has not enrolled or uses only single sign-on.
    pub password_hash: Option<String>,
    /// The encrypted secret of the authenticator app, if the officer has one.
    pub authenticator: Option<String>,
    /// The number of passkeys.
    pub passkeys: i64,
    /// The number of unused recovery codes.
    pub recovery_codes: i64,
}

/// The second factor with which an officer enrols.
#[derive(Debug, Clone)]
pub enum NewFactor {
    /// An authenticator app.
    Authenticator {
        /// The encrypted secret of the app.
        secret: String,
        /// The time step of the code that confirmed the app.
        step: i64,
    },
    /// A passkey.
    Passkey(NewPasskey),
}

/// The credentials that an officer sets up by enrolling.
#[derive(Debug, Clone)]
pub struct NewEnrolment {
    /// The hash of the enrolment link's secret; enrolling uses up the link.
    pub link: TokenHash,
    /// The password hash, in the PHC string format.
    pub password_hash: String,
    /// The second factor of the officer.
    pub factor: NewFactor,
    /// The hashes of the recovery codes.
    pub recovery_codes: Vec<String>,
    /// The session that starts at the end of the enrolment.
    pub session: NewOfficerSession,
}

async fn replace_recovery_codes(
    connection: &mut Connection<'_>,
    officer: &OfficerId,
    codes: &[String],
) -> Result<(), StoreError> {
    query("delete from officer_recovery_code where officer_id = $1")
        .bind(officer.as_str())
        .execute(connection)
        .await?;
    for code in codes {
        query("insert into officer_recovery_code (code_hash, officer_id) values ($1, $2)")
            .bind(code)
            .bind(officer.as_str())
            .execute(connection)
            .await?;
    }
    Ok(())
}

async fn insert_authenticator(
    connection: &mut Connection<'_>,
    officer: &OfficerId,
    secret: &str,
    step: i64,
    at: Moment,
) -> Result<(), StoreError> {
    query(
        "insert into officer_authenticator (officer_id, secret, last_step, added_at) values ($1, \
         $2, $3, $4) on conflict (officer_id) do update set secret = excluded.secret, last_step = \
         excluded.last_step, added_at = excluded.added_at",
    )
    .bind(officer.as_str())
    .bind(secret)
    .bind(step)
    .bind(at.millis())
    .execute(connection)
    .await?;
    Ok(())
}

impl Officers {
    /// Returns the officer with an email address; `None` if no officer with access has the address.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn officer_by_email(&self, email: &str) -> Result<Option<Officer>, StoreError> {
        let row: Option<Row> = query_as(
            "select id, name, email, role, has_shortcuts, ended_at from officer where mailbox = $1 and ended_at \
             is null",
        )
        .bind(Email::mailbox(email))
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        row.map(Officer::try_from).transpose()
    }

    /// Returns the credentials of an officer; `None` if the officer does not exist or has no
    /// access.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn officer_secrets(
        &self,
        officer: &OfficerId,
    ) -> Result<Option<OfficerSecrets>, StoreError> {
        query_as(
            "select password_hash, (select secret from officer_authenticator where officer_id = \
             officer.id) as authenticator, (select count(*) from officer_passkey where officer_id \
             = officer.id) as passkeys, (select count(*) from officer_recovery_code where \
             officer_id = officer.id) as recovery_codes from officer where id = $1 and ended_at \
             is null",
        )
        .bind(officer.as_str())
        .fetch_optional(&mut self.database.read().await?)
        .await
    }

    /// Enrols an officer and signs them in.
    ///
    /// Returns `false` if the link is no longer valid or the officer has no access.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn enrol(&self, new: &NewEnrolment) -> Result<bool, StoreError> {
        let (officer, at) = (&new.session.officer, new.session.at);
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let used = query(
            "delete from officer_link where secret_hash = $1 and officer_id = $2 and expires_at > \
             $3",
        )
        .bind(new.link.as_str())
        .bind(officer.as_str())
        .bind(at.millis())
        .execute(&mut transaction)
        .await?;
        let there = used == 1 && lock_officer(&mut transaction, officer).await?;
        if there {
            query("update officer set password_hash = $2 where id = $1")
                .bind(officer.as_str())
                .bind(&new.password_hash)
                .execute(&mut transaction)
                .await?;
            let factor = match &new.factor {
                NewFactor::Authenticator { secret, step } => {
                    insert_authenticator(&mut transaction, officer, secret, *step, at).await?;
                    "authenticator"
                }
                NewFactor::Passkey(passkey) => {
                    insert_passkey(&mut transaction, officer, passkey, at).await?;
                    "passkey"
                }
            };
            replace_recovery_codes(&mut transaction, officer, &new.recovery_codes).await?;
            insert_session(&mut transaction, &new.session).await?;
            let details = json!({ "factor": factor });
            append_next(
                &mut transaction,
                officer_entry(officer, at, &officer.actor(), Action::SetUp, &details),
            )
            .await?;
        }
        let done = there;
        transaction.commit().await?;
        Ok(done)
    }

    /// Returns the encrypted secrets of all authenticator apps, with their officers.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn authenticator_secrets(&self) -> Result<Vec<(OfficerId, String)>, StoreError> {
        let rows: Vec<(String, String)> =
            query_as("select officer_id, secret from officer_authenticator order by officer_id")
                .fetch_all(&mut self.database.read().await?)
                .await?;
        let named = |(officer, secret)| (OfficerId::named(officer), secret);
        Ok(rows.into_iter().map(named).collect())
    }

    /// Replaces the encrypted secret of an authenticator app after it was encrypted again.
    ///
    /// Returns `false` if the stored secret is no longer `before`.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn replace_authenticator_secret(
        &self,
        officer: &OfficerId,
        before: &str,
        after: &str,
    ) -> Result<bool, StoreError> {
        let replaced = query(
            "update officer_authenticator set secret = $3 where officer_id = $1 and secret = $2",
        )
        .bind(officer.as_str())
        .bind(before)
        .bind(after)
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(replaced == 1)
    }

    /// Marks the one-time code of a time step as used.
    ///
    /// Returns `false` if a code of this time step or of one of the next `STEPS_AHEAD` steps was
    /// used before, or if the secret was replaced.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn use_authenticator(
        &self,
        officer: &OfficerId,
        secret: &str,
        step: i64,
    ) -> Result<bool, StoreError> {
        let used = query(
            "update officer_authenticator set last_step = $3 where officer_id = $1 and secret = \
             $2 and (last_step < $3 or last_step > $4)",
        )
        .bind(officer.as_str())
        .bind(secret)
        .bind(step)
        // A step further ahead was used while a clock was wrong, so it does not count.
        .bind(step + STEPS_AHEAD)
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(used == 1)
    }

    /// Uses up a recovery code; returns `false` if the officer has no such code.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn use_recovery_code(
        &self,
        officer: &OfficerId,
        code_hash: &str,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let used = lock_officer(&mut transaction, officer).await?
            && query("delete from officer_recovery_code where officer_id = $1 and code_hash = $2")
                .bind(officer.as_str())
                .bind(code_hash)
                .execute(&mut transaction)
                .await?
                == 1;
        if used {
            let actor = officer.actor();
            append_next(
                &mut transaction,
                officer_entry(officer, at, &actor, Action::RecoveryCodeUsed, &json!({})),
            )
            .await?;
        }
        transaction.commit().await?;
        Ok(used)
    }

    /// Replaces the recovery codes of an officer, if the officer has access.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn renew_recovery_codes(
        &self,
        officer: &OfficerId,
        hashes: &[String],
        at: Moment,
    ) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;

        if lock_officer(&mut transaction, officer).await? {
            replace_recovery_codes(&mut transaction, officer, hashes).await?;
            let actor = officer.actor();
            append_next(
                &mut transaction,
                officer_entry(officer, at, &actor, Action::RecoveryCodesMade, &json!({})),
            )
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Replaces the authenticator app of an officer, if the officer has access.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn renew_authenticator(
        &self,
        officer: &OfficerId,
        secret: &str,
        step: i64,
        at: Moment,
    ) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;

        if lock_officer(&mut transaction, officer).await? {
            insert_authenticator(&mut transaction, officer, secret, step, at).await?;
            let actor = officer.actor();
            append_next(
                &mut transaction,
                officer_entry(officer, at, &actor, Action::AuthenticatorSetUp, &json!({})),
            )
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Changes an officer's password, ends all their sessions and starts a new one.
    ///
    /// The officer's unfinished sign-ins and known browsers are deleted too. Returns `false` and
    /// changes nothing if the stored password hash is no longer `before`, or if the officer has no
    /// access.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn change_officer_password(
        &self,
        before: &str,
        after: &str,
        session: &NewOfficerSession,
    ) -> Result<bool, StoreError> {
        let (officer, at) = (&session.officer, session.at);
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let changed = lock_officer(&mut transaction, officer).await?
            && query("update officer set password_hash = $3 where id = $1 and password_hash = $2")
                .bind(officer.as_str())
                .bind(before)
                .bind(after)
                .execute(&mut transaction)
                .await?
                == 1;
        if changed {
            for statement in [
                "delete from officer_session where officer_id = $1",
                "delete from officer_underway where officer_id = $1",
                "delete from officer_browser where officer_id = $1",
            ] {
                query(statement)
                    .bind(officer.as_str())
                    .execute(&mut transaction)
                    .await?;
            }
            insert_session(&mut transaction, session).await?;
            let actor = officer.actor();
            append_next(
                &mut transaction,
                officer_entry(officer, at, &actor, Action::PasswordChanged, &json!({})),
            )
            .await?;
        }
        let done = changed;
        transaction.commit().await?;
        Ok(done)
    }
}
