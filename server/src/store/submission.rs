//! Submission: stores a draft as a registration in one transaction, for the first time or again.

use mail::Message;
use registration::date::CalendarDate;
use registration::desk::audit::Action;
use registration::identifiers::Reference;
use registration::language::Language;
use registration::lifetimes::ANSWERS_DAYS;
use registration::registration::Registration;
use serde_json::json;

use super::answers_document::{answers_of, answers_of_user};
use super::audit::{NewEntry, append_next};
use super::connection::Connection;
use super::daily_counts::count_sent;
use super::desk::keys::save_keys;
use super::desk::proposals::end_proposal;
use super::desk::{StartedAccount, account_id, begun_accounts, reindex, save_begun_account};
use super::draft_users::delete_unfinished_user;
use super::draft_version::{DraftVersion, version};
use super::error::StoreError;
use super::officer_id::OfficerId;
use super::outbox::{NewMessage, post};
use super::questions::keep_answers;
use super::spreadsheets::discard;
use super::statement::{query, query_as};
use super::stores::Registrations;
use crate::clock::Moment;
use crate::randomness::sha256;
use crate::store::audit::{Actor, Subject};

/// A registration to be stored.
#[derive(Debug, Clone)]
pub struct NewRegistration {
    /// A new identifier for the registration.
    pub id: String,
    /// A new reference for the registration.
    pub reference: Reference,
    /// The draft that becomes the registration.
    pub draft: String,
    /// The existing registration, if the draft is submitted again after questions from the desk.
    ///
    /// The registration then keeps its identifier and reference, and gets a new revision.
    pub previous_submission: Option<PreviousSubmission>,
    /// The version of the draft from which the registration was made.
    pub version: DraftVersion,
    /// The identifier of the confirmation message.
    pub message: String,
    /// The language of the confirmation message.
    pub language: Language,
    /// When the registration is submitted.
    pub at: Moment,
    /// Messages to the confirmed addresses, each with a copy of the answers about the organisation.
    pub copies: Vec<NewMessage>,
    /// The SHA-256 of the text of the Terms that were signed.
    pub terms_sha256: String,
    /// The answers that are submitted.
    pub registration: Registration,
}

/// The stored data of a registration before the registration is submitted again.
#[derive(Debug, Clone)]
pub struct PreviousSubmission {
    /// The registration's identifier.
    pub id: String,
    /// The registration's reference.
    pub reference: Reference,
    /// The number of submissions so far.
    pub revision: i64,
    /// When the registration was last submitted.
    pub sent_at: Moment,
    /// The answers of the last submission.
    pub registration: Registration,
}

/// The result of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submission {
    /// The registration was stored, with its audit row and its messages.
    Saved,
    /// The draft was already submitted or does not exist; nothing was changed.
    AlreadySubmitted,
    /// The draft was changed after the registration was made from it; nothing was stored.
    Changed,
}

/// Inserts or updates the row of the registration.
///
/// The time of signature is the time when the signature page was saved. Returns 0 if there is no
/// signature page, or if the existing registration does not wait for more information.
async fn save_answers(
    connection: &mut Connection<'_>,
    new: &NewRegistration,
) -> Result<u64, StoreError> {
    query(
        "insert into registration (answers, kind, name, accountable_email, first_hearing, id, \
         reference, draft_id, submitted_at, signed_at, terms_sha256, state_since, sent_at, \
         clock_since, came_by) select $1, $2, $3, $4, $5, $6, $7, $8, $9, saved_at, $10, $9, $9, \
         $11, (select came_by from draft where draft.id = $8) from draft_page where draft_id = $8 \
         and page = '/sign' on conflict (draft_id) do update set answers = excluded.answers, kind \
         = excluded.kind, name = excluded.name, accountable_email = excluded.accountable_email, \
         first_hearing = excluded.first_hearing, signed_at = excluded.signed_at, terms_sha256 = \
         excluded.terms_sha256, state = 'received', state_since = excluded.state_since, sent_at = \
         excluded.sent_at, clock_since = excluded.clock_since, version = registration.version + \
         1, revision = registration.revision + 1 where registration.state = \
         'more-information-needed'",
    )
    .bind_all(answers_of(&new.registration)?)
    .bind(&new.id)
    .bind(new.reference.as_str())
    .bind(&new.draft)
    .bind(new.at.millis())
    .bind(&new.terms_sha256)
    .bind(new.at.calendar_date().map(CalendarDate::day_number))
    .execute(connection)
    .await
}

/// Replaces the users of the registration.
///
/// If an earlier approval was undone, some accounts may have been made already. A user with the
/// same email address keeps the account. Accounts of people who joined the organisation after that
/// approval stay.
async fn save_users(
    connection: &mut Connection<'_>,
    new: &NewRegistration,
) -> Result<(), StoreError> {
    let mut begun: Vec<StartedAccount> = Vec::new();
    if new.previous_submission.is_some() {
        begun = begun_accounts(connection, new.kept_id()).await?;
        query("delete from registration_user where registration_id = $1 and not joined_later")
            .bind(new.kept_id())
            .execute(connection)
            .await?;
    }
    for (position, user) in (1_i64..).zip(&new.registration.people) {
        query(
            "insert into registration_user (first_name, last_name, email, mobile, role, \
             administrator, registration_id, position, account_id) values ($1, $2, $3, $4, $5, \
             $6, $7, $8, $9)",
        )
        .bind_all(answers_of_user(user))
        .bind(new.kept_id())
        .bind(position)
        .bind(account_id(new.kept_id(), user.email.as_str()))
        .execute(connection)
        .await?;
        if let Some(account) = begun.iter().find(|account| account.is_of(&user.email)) {
            save_begun_account(connection, new.kept_id(), position, account).await?;
        }
    }
    Ok(())
}

/// Stores an earlier submission before it is replaced.
async fn save_revision(
    connection: &mut Connection<'_>,
    sent: &PreviousSubmission,
) -> Result<(), StoreError> {
    query(
        "insert into registration_revision (registration_id, revision, sent_at, answers) values \
         ($1, $2, $3, $4)",
    )
    .bind(&sent.id)
    .bind(sent.revision)
    .bind(sent.sent_at.millis())
    .bind(as_json(&sent.registration)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// The officer who filled in a form, when the officer began the form, and the channel of the
/// registration.
#[derive(sqlx::FromRow)]
struct AssistedRow {
    taken_in_by: String,
    taken_in_at: i64,
    came_by: String,
}

/// Reads which officer filled in a draft on behalf of an organisation, if any.
async fn assisted_by(
    connection: &mut Connection<'_>,
    draft: &str,
) -> Result<Option<AssistedRow>, StoreError> {
    query_as(
        "select taken_in_by, taken_in_at, came_by from draft where id = $1 and taken_in_by is not \
         null",
    )
    .bind(draft)
    .fetch_optional(connection)
    .await
}

impl AssistedRow {
    fn entry(&self, subject: Subject, at: Moment) -> NewEntry {
        NewEntry {
            subject,
            at,
            actor: Actor::Officer(OfficerId::named(&*self.taken_in_by)),
            action: Action::TakenIn,
            details: json!({ "came_by": self.came_by, "at": self.taken_in_at }).to_string(),
        }
    }
}

impl NewRegistration {
    /// Returns the identifier under which the registration is stored.
    fn kept_id(&self) -> &str {
        self.previous_submission
            .as_ref()
            .map_or(&self.id, |sent| &sent.id)
    }

    /// Returns the reference under which the registration is stored.
    fn kept_reference(&self) -> Reference {
        self.previous_submission
            .as_ref()
            .map_or(self.reference, |sent| sent.reference)
    }
}

impl Registrations {
    /// Stores a registration with its audit row and messages, and closes its draft. Changes nothing
    /// if the draft was submitted before, does not exist, or was changed after the registration was
    /// made from it.
    ///
    /// # Errors
    /// When the database fails, another registration has the reference, the draft has no signature
    /// page, or the registration does not wait for answers.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn submit(&self, new: &NewRegistration) -> Result<Submission, StoreError> {
        let reference = new.kept_reference();
        let subject = Subject::Registration(reference);
        let action = if new.previous_submission.is_some() {
            Action::SentAgain
        } else {
            Action::Submitted
        };
        let entry = NewEntry {
            subject: subject.clone(),
            at: new.at,
            actor: Actor::Applicant,
            action,
            details: details(new)?,
        };
        let message = NewMessage {
            id: new.message.clone(),
            subject,
            recipient: new.registration.organisation.email.clone(),
            language: new.language,
            message: Message::RegistrationReceived { reference }.into(),
            at: new.at,
        };
        let kept_until = new.at.plus_hours(ANSWERS_DAYS * 24);
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Locking the draft first makes a simultaneous second submission wait here.
        query("update draft set users = users where id = $1")
            .bind(&new.draft)
            .execute(&mut transaction)
            .await?;
        keep_answers(&mut transaction, &new.draft).await?;
        let closed = query(
            "update draft set submitted_at = $2, expires_at = $3, was_sent = true, asked = '', \
             as_sent = '' where id = $1 and submitted_at is null",
        )
        .bind(&new.draft)
        .bind(new.at.millis())
        .bind(kept_until.millis())
        .execute(&mut transaction)
        .await?;
        let outcome = if closed == 1 {
            // No other request can save to the draft now, so this check sees every change.
            if version(&mut transaction, &new.draft).await? != new.version {
                transaction.rollback().await?;
                return Ok(Submission::Changed);
            }
            if let Some(sent) = &new.previous_submission {
                save_revision(&mut transaction, sent).await?;
            }
            let kept = save_answers(&mut transaction, new).await?;
            if kept != 1 {
                // Nothing was stored: the draft has no signature page, or the registration does not
                // wait for answers. This return rolls the transaction back.
                return Err(StoreError::Row {
                    table: "draft_page",
                    column: "saved_at",
                });
            }
            save_users(&mut transaction, new).await?;
            delete_unfinished_user(&mut transaction, &new.draft).await?;
            reindex(&mut transaction, new.kept_id()).await?;
            save_keys(&mut transaction, new.kept_id(), &new.registration).await?;
            // A proposed decision is about the earlier answers.
            end_proposal(&mut transaction, new.kept_id()).await?;
            if new.previous_submission.is_none()
                && let Some(assisted) = assisted_by(&mut transaction, &new.draft).await?
            {
                let entry = assisted.entry(entry.subject.clone(), new.at);
                append_next(&mut transaction, entry).await?;
            }
            discard(&mut transaction, &new.draft).await?;
            // Only the applicant may open a submitted draft. Officers see the registration at the
            // desk.
            query("delete from session where draft_id = $1 and officer_id is not null")
                .bind(&new.draft)
                .execute(&mut transaction)
                .await?;
            append_next(&mut transaction, entry).await?;
            if new.previous_submission.is_none() {
                count_sent(&mut transaction, &new.draft).await?;
            }
            for message in std::iter::once(&message).chain(&new.copies) {
                post(&mut transaction, message).await?;
            }
            Submission::Saved
        } else {
            Submission::AlreadySubmitted
        };
        transaction.commit().await?;
        self.database.wake_outbox();
        Ok(outcome)
    }
}

/// Formats the audit details of a submission as JSON.
///
/// The details contain the number of users, the version and hash of the Terms, and a hash of the
/// answers.
fn details(new: &NewRegistration) -> Result<String, StoreError> {
    let answers = as_json(&new.registration)?;
    Ok(json!({
        "users": new.registration.people.len(),
        "terms_version": new.registration.signature.terms_version,
        "terms_sha256": new.terms_sha256,
        "answers_sha256": sha256(answers.as_bytes()),
    })
    .to_string())
}

/// Serialises a registration with its users, for the hash of its answers in the audit.
pub(super) fn as_json(registration: &Registration) -> Result<String, StoreError> {
    serde_json::to_string(registration).map_err(|_| StoreError::Row {
        table: "registration",
        column: "answers",
    })
}
