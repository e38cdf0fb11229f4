//! Submission: turns a draft into a registration, in one transaction, once.

use mail::Message;
use registration::date::CalendarDate;
use registration::identifiers::Reference;
use registration::language::Language;
use registration::lifetimes::ANSWERS_DAYS;
use registration::registration::Registration;
use serde_json::json;

use super::answered::{with_answers_of, with_person};
use super::audit::{NewEntry, TAKEN_IN, append};
use super::daily_counts::count_sent;
use super::db::{Store, StoreError, read, transaction};
use super::desk::keys::keep_keys;
use super::desk::proposals::end_proposal;
use super::desk::{BegunAccount, account_id, begun_accounts, keep_begun_account, reindex};
use super::outbox::{NewMessage, post};
use super::spreadsheets::discard;
use super::standing::append_next;
use crate::clock::Moment;
use crate::randomness::sha256;

/// A registration to be stored.
#[derive(Debug, Clone)]
pub struct NewRegistration {
    /// Its identifier.
    pub id: String,
    /// Its reference.
    pub reference: Reference,
    /// The draft that becomes the registration.
    pub draft: String,
    /// The existing registration, if the draft is sent again after the desk asked questions.
    ///
    /// It keeps its identifier and reference, and gets a new revision.
    pub sent_before: Option<SentBefore>,
    /// The version of the draft that the registration was made from.
    pub version: DraftVersion,
    /// The identifier of the confirmation message.
    pub message: String,
    /// The language of the confirmation message.
    pub language: Language,
    /// When it is submitted.
    pub at: Moment,
    /// Copies of the answers, as messages to the confirmed addresses.
    pub copies: Vec<NewMessage>,
    /// The SHA-256 of the text of the Terms that were signed.
    pub terms_sha256: String,
    /// The answers.
    pub registration: Registration,
}

/// A registration that is sent again, as it was before.
#[derive(Debug, Clone)]
pub struct SentBefore {
    /// Its identifier.
    pub id: String,
    /// Its reference.
    pub reference: Reference,
    /// How many times it had been sent.
    pub revision: i64,
    /// When it was last sent.
    pub sent_at: Moment,
    /// The answers of that time.
    pub registration: Registration,
}

/// The result of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submission {
    /// The registration was stored, with its audit row and its messages.
    Kept,
    /// The draft was submitted before; nothing was changed.
    AlreadySubmitted,
    /// Something was saved since the registration was made from the draft; nothing was changed.
    Changed,
}

/// The version of a draft: the name and version of each saved page and user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftVersion(pub(super) Vec<(String, i64)>);

impl DraftVersion {
    /// Returns the fingerprint of this version.
    #[must_use]
    pub fn mark(&self) -> String {
        let saved: Vec<String> = self
            .0
            .iter()
            .map(|(name, version)| format!("{name} {version}"))
            .collect();
        sha256(saved.join("\n").as_bytes())
    }
}

macro_rules! version {
    ($connection:expr, $draft:expr) => {
        sqlx::query_as(
            "select page as name, version from draft_page where draft_id = $1 union all \
             select id as name, version from draft_user where draft_id = $1 order by name",
        )
        .bind($draft)
        .fetch_all($connection)
        .await
        .map(crate::store::submission::DraftVersion)
    };
}

pub(super) use version;

/// Inserts or updates the row of the registration. Its time of signature is when the signature page
/// was saved.
macro_rules! keep_answers {
    ($transaction:expr, $new:expr) => {{
        let new: &NewRegistration = $new;
        let signature = &new.registration.signature;
        with_answers_of!(
            sqlx::query(
                "insert into registration (name, address_line_1, address_line_2, town, county, \
                 postcode, telephone, email, laa_account_numbers, sra_number, bar_number, \
                 first_court, first_hearing, accountable_first_name, accountable_last_name, \
                 accountable_job_title, accountable_email, accountable_telephone, id, reference, \
                 draft_id, submitted_at, kind, signed_by, signed_as, signed_at, terms_version, \
                 terms_sha256, state_since, sent_at, clock_since, came_by) \
                 select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
                 $17, $18, $19, $20, $21, $22, $23, $24, $25, saved_at, $26, $27, $22, $22, $28, \
                 (select came_by from draft where draft.id = $21) \
                 from draft_page where draft_id = $21 and page = '/sign' \
                 on conflict (draft_id) do update set kind = excluded.kind, name = excluded.name, \
                 address_line_1 = excluded.address_line_1, \
                 address_line_2 = excluded.address_line_2, town = excluded.town, \
                 county = excluded.county, postcode = excluded.postcode, \
                 telephone = excluded.telephone, email = excluded.email, \
                 laa_account_numbers = excluded.laa_account_numbers, \
                 sra_number = excluded.sra_number, bar_number = excluded.bar_number, \
                 first_court = excluded.first_court, first_hearing = excluded.first_hearing, \
                 accountable_first_name = excluded.accountable_first_name, \
                 accountable_last_name = excluded.accountable_last_name, \
                 accountable_job_title = excluded.accountable_job_title, \
                 accountable_email = excluded.accountable_email, \
                 accountable_telephone = excluded.accountable_telephone, \
                 signed_by = excluded.signed_by, signed_as = excluded.signed_as, \
                 signed_at = excluded.signed_at, terms_version = excluded.terms_version, \
                 terms_sha256 = excluded.terms_sha256, state = 'received', \
                 state_since = excluded.state_since, sent_at = excluded.sent_at, \
                 clock_since = excluded.clock_since, version = registration.version + 1, \
                 revision = registration.revision + 1 \
                 where registration.state = 'more-information-needed'",
            ),
            &new.registration
        )
        .bind(&new.id)
        .bind(new.reference.as_str())
        .bind(&new.draft)
        .bind(new.at.millis())
        .bind(new.registration.organisation.kind.key())
        .bind(signature.full_name.as_str())
        .bind(signature.capacity.as_str())
        .bind(&signature.terms_version)
        .bind(&new.terms_sha256)
        .bind(new.at.calendar_date().map(CalendarDate::day_number))
        .execute(&mut *$transaction)
        .await
    }};
}

/// Replaces the users of the registration.
///
/// If an approval was undone, accounts may have been begun already; a user with the same mailbox
/// keeps theirs.
macro_rules! keep_users {
    ($transaction:expr, $new:expr) => {{
        let new: &NewRegistration = $new;
        let mut begun: Vec<BegunAccount> = Vec::new();
        if new.sent_before.is_some() {
            begun = begun_accounts!($transaction, new.kept_id());
            sqlx::query("delete from registration_user where registration_id = $1")
                .bind(new.kept_id())
                .execute(&mut *$transaction)
                .await?;
        }
        for (position, user) in (1_i64..).zip(&new.registration.people) {
            with_person!(
                sqlx::query(
                    "insert into registration_user (first_name, last_name, email, mobile, role, \
                     administrator, registration_id, position, account_id) \
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                ),
                user
            )
            .bind(new.kept_id())
            .bind(position)
            .bind(account_id(new.kept_id(), user.email.as_str()))
            .execute(&mut *$transaction)
            .await?;
            if let Some(account) = begun.iter().find(|account| account.is_of(&user.email)) {
                keep_begun_account!($transaction, new.kept_id(), position, account);
            }
        }
    }};
}

/// Stores the earlier submission before it is replaced.
macro_rules! keep_revision {
    ($transaction:expr, $sent:expr) => {{
        let sent: &SentBefore = $sent;
        sqlx::query(
            "insert into registration_revision (registration_id, revision, sent_at, answers) \
             values ($1, $2, $3, $4)",
        )
        .bind(&sent.id)
        .bind(sent.revision)
        .bind(sent.sent_at.millis())
        .bind(as_json(&sent.registration)?)
        .execute(&mut *$transaction)
        .await
    }};
}

/// Who filled in a form that is now submitted, when, and through which channel.
#[derive(sqlx::FromRow)]
struct TakenInRow {
    taken_in_by: String,
    taken_in_at: i64,
    came_by: String,
}

/// Reads who filled in the draft on behalf of its organisation, if an officer did.
macro_rules! taken_in {
    ($transaction:expr, $draft:expr) => {{
        let row: Option<TakenInRow> = sqlx::query_as(
            "select taken_in_by, taken_in_at, came_by from draft \
             where id = $1 and taken_in_by is not null",
        )
        .bind($draft)
        .fetch_optional(&mut *$transaction)
        .await?;
        row
    }};
}

impl TakenInRow {
    fn entry(&self, subject: &str, at: Moment) -> NewEntry {
        NewEntry {
            subject: subject.to_owned(),
            at,
            actor: format!("officer/{}", self.taken_in_by),
            action: TAKEN_IN.to_owned(),
            details: json!({ "came_by": self.came_by, "at": self.taken_in_at }).to_string(),
        }
    }
}

impl NewRegistration {
    /// Returns the identifier under which the registration is stored.
    fn kept_id(&self) -> &str {
        self.sent_before.as_ref().map_or(&self.id, |sent| &sent.id)
    }

    /// Returns the reference under which the registration is stored.
    fn kept_reference(&self) -> Reference {
        self.sent_before
            .as_ref()
            .map_or(self.reference, |sent| sent.reference)
    }
}

impl Store {
    /// Returns the version of a draft. Read it before the answers, so that a later change is
    /// noticed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn draft_version(&self, draft: &str) -> Result<DraftVersion, StoreError> {
        Ok(read!(self, |connection| version!(connection, draft))?)
    }

    /// Stores the registration with its audit row and messages, and closes the draft.
    ///
    /// # Errors
    /// When the database fails, or another registration has the reference.
    pub async fn submit(&self, new: &NewRegistration) -> Result<Submission, StoreError> {
        let reference = new.kept_reference();
        let subject = format!("registration/{reference}");
        let action = if new.sent_before.is_some() {
            "sent-again"
        } else {
            "submitted"
        };
        let subject_of_entry = subject.clone();
        let entry = NewEntry {
            subject: subject.clone(),
            at: new.at,
            actor: "applicant".to_owned(),
            action: action.to_owned(),
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
        let outcome = transaction!(self, |transaction| {
            // Closing the draft first locks it, so that a second submission at the same time queues
            // here.
            let closed = sqlx::query(
                "update draft set submitted_at = $2, expires_at = $3, was_sent = true, asked = '', \
                 as_sent = '' where id = $1 and submitted_at is null",
            )
            .bind(&new.draft)
            .bind(new.at.millis())
            .bind(kept_until.millis())
            .execute(&mut *transaction)
            .await?
            .rows_affected();
            if closed == 1 {
                // The draft is closed now, so this check sees everything that another tab has
                // saved.
                if version!(&mut *transaction, &new.draft)? != new.version {
                    transaction.rollback().await?;
                    return Ok(Submission::Changed);
                }
                if let Some(sent) = &new.sent_before {
                    keep_revision!(transaction, sent)?;
                }
                let kept = keep_answers!(transaction, new)?.rows_affected();
                if kept != 1 {
                    // Without a signature page there is nothing to store. Returning here rolls the
                    // transaction back.
                    return Err(StoreError::Row {
                        table: "draft_page",
                        column: "saved_at",
                    });
                }
                keep_users!(transaction, new);
                reindex!(transaction, new.kept_id());
                keep_keys!(transaction, new.kept_id(), &new.registration);
                // A proposed decision was about the earlier answers.
                end_proposal!(transaction, new.kept_id())?;
                if new.sent_before.is_none()
                    && let Some(taken_in) = taken_in!(transaction, &new.draft)
                {
                    let entry = taken_in.entry(&subject_of_entry, new.at);
                    append_next!(transaction, entry)?;
                }
                discard!(transaction, &new.draft);
                // A submitted draft belongs to its applicant alone. The officer who filled it in
                // sees it at the desk.
                sqlx::query("delete from session where draft_id = $1 and officer_id is not null")
                    .bind(&new.draft)
                    .execute(&mut *transaction)
                    .await?;
                append_next!(transaction, entry)?;
                if new.sent_before.is_none() {
                    count_sent!(transaction, &new.draft);
                }
                for message in std::iter::once(&message).chain(&new.copies) {
                    post!(transaction, message)?;
                }
                Submission::Kept
            } else {
                Submission::AlreadySubmitted
            }
        });
        self.ring();
        Ok(outcome)
    }
}

/// Returns the audit details of a submission as JSON: the number of users, the Terms, and a hash of
/// the answers.
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

fn as_json(registration: &Registration) -> Result<String, StoreError> {
    serde_json::to_string(registration).map_err(|_| StoreError::Row {
        table: "registration",
        column: "answers",
    })
}
