//! Corrections of a registration by an officer.
//!
//! One transaction changes the registration, its users, its keys and the draft's answers, appends
//! an audit row with the values before and after, and queues the messages about the correction.

use registration::desk::audit::Action;
use registration::desk::correction::{Correction, Part, Typed};
use registration::identifiers::Email;
use registration::registration::{Person, Registration};
use serde_json::{Map, Value, json};

use super::keys::save_keys;
use super::reindex;
use crate::clock::Moment;
use crate::randomness::sha256;
use crate::store::answers_document::{answers_of, answers_of_user};
use crate::store::audit::{NewEntry, Subject};
use crate::store::connection::Connection;
use crate::store::draft_users::{update_user, users_of};
use crate::store::error::StoreError;
use crate::store::guarded_change::commit_if_changed;
use crate::store::officer_id::OfficerId;
use crate::store::outbox::{NewMessage, post};
use crate::store::registration_links::{NewLink, new_link};
use crate::store::statement::{query, query_scalar};
use crate::store::stored_lifecycle::{StepOutcome, StoredLifecycle};
use crate::store::stores::Casework;
use crate::store::submission::as_json;

/// A correction to be stored.
#[derive(Debug, Clone)]
pub struct NewCorrection {
    /// The stored lifecycle of the registration on which the correction was based.
    pub from: StoredLifecycle,
    /// The registration before the correction.
    pub before: Registration,
    /// The corrected part, the changed answers and the reason.
    pub correction: Correction,
    /// The officer who makes the correction.
    pub officer: OfficerId,
    /// When the correction is made.
    pub at: Moment,
    /// The messages about the correction, each with its link.
    pub messages: Vec<(NewMessage, NewLink)>,
}

/// Updates the answers of a registration and increments its version.
///
/// Returns 0 if the registration was changed since `from` was read. Corrections never change the
/// kind or the signature.
async fn correct_answers(
    connection: &mut Connection<'_>,
    from: &StoredLifecycle,
    registration: &Registration,
) -> Result<u64, StoreError> {
    query(
        "update registration set version = version + 1, answers = $1, kind = $2, name = $3, \
         accountable_email = $4, first_hearing = $5 where id = $6 and version = $7",
    )
    .bind_all(answers_of(registration)?)
    .bind(&from.id)
    .bind(from.version)
    .execute(connection)
    .await
}

/// Updates the answers about the user at a position in the list, from 1.
async fn correct_user(
    connection: &mut Connection<'_>,
    id: &str,
    position: i64,
    user: &Person,
) -> Result<(), StoreError> {
    query(
        "update registration_user set first_name = $1, last_name = $2, email = $3, mobile = $4, \
         role = $5, administrator = $6 where registration_id = $7 and position = $8",
    )
    .bind_all(answers_of_user(user))
    .bind(id)
    .bind(position)
    .execute(connection)
    .await?;
    // The member of the organisation gets the corrected details. Who is an administrator is a matter
    // of the organisation's own steps.
    query(
        "update member set first_name = $1, last_name = $2, email = $3, mailbox = $4, mobile = $5, \
         role = $6 where organisation_id = (select organisation.id from organisation where \
         registration_id = $7) and place = $8",
    )
    .bind(user.first_name.as_str())
    .bind(user.last_name.as_str())
    .bind(user.email.as_str())
    .bind(Email::mailbox(user.email.as_str()))
    .bind(user.mobile.as_str())
    .bind(user.role.key())
    .bind(id)
    .bind(position)
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes the corrected answers of a page into the draft; the page's other answers stay as typed.
///
/// `saved_by` is emptied, so an applicant who has the older page open gets an edit conflict on
/// saving. Nothing changes if the typed answers cannot be read.
async fn correct_page(
    connection: &mut Connection<'_>,
    draft: &str,
    page: &str,
    new: &NewCorrection,
) -> Result<(), StoreError> {
    let stored: Option<String> =
        query_scalar("select answers from draft_page where draft_id = $1 and page = $2")
            .bind(draft)
            .bind(page)
            .fetch_optional(connection)
            .await?;
    if let Some(answers) = corrected(stored.as_deref(), &new.correction) {
        query(
            "insert into draft_page (draft_id, page, answers, version, saved_at) select id, $2, \
             $3, 1, $4 from draft where id = $1 on conflict (draft_id, page) do update set \
             answers = excluded.answers, version = draft_page.version + 1, saved_by = ''",
        )
        .bind(draft)
        .bind(page)
        .bind(answers)
        .bind(new.at.millis())
        .execute(connection)
        .await?;
    }
    Ok(())
}

impl Casework {
    /// Corrects a registration.
    ///
    /// Returns `Stale` and changes nothing if the registration was changed since the officer saw
    /// it.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn correct(&self, new: &NewCorrection) -> Result<StepOutcome, StoreError> {
        let NewCorrection {
            from,
            before,
            correction,
            ..
        } = new;
        let after = &correction.registration;
        // The draft is closed while its registration can be corrected, so its list of users cannot
        // change meanwhile.
        let listed = users_of(&mut self.database.read().await?, &from.draft).await?;
        let place_in_list = |mailbox: &str| {
            listed
                .iter()
                .find(|listed| listed.user.mailbox().as_deref() == Some(mailbox))
                .map(|listed| listed.id.clone())
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Lock the draft before the registration, as a submission does; the opposite order could
        // deadlock.
        query("update draft set users = users where id = $1")
            .bind(&from.draft)
            .execute(&mut transaction)
            .await?;
        let changed = correct_answers(&mut transaction, from, after).await?;
        if changed == 1 {
            for (position, (user, was)) in (1_i64..).zip(after.people.iter().zip(&before.people)) {
                if user != was {
                    correct_user(&mut transaction, &from.id, position, user).await?;
                }
            }
            match correction.part {
                Part::Page(page) => {
                    correct_page(&mut transaction, &from.draft, page.path(), new).await?;
                }
                Part::User(number) => {
                    let was = before.people.get(number - 1);
                    let listed =
                        was.and_then(|was| place_in_list(&Email::mailbox(was.email.as_str())));
                    let typed = correction.part.answers(after);
                    if let (Some(listed), Some(Typed::User(user))) = (listed, typed) {
                        update_user(&mut transaction, &from.draft, &listed, &user, "").await?;
                    }
                }
            }
            save_keys(&mut transaction, &from.id, after).await?;
            reindex(&mut transaction, &from.id).await?;
            for (message, link) in &new.messages {
                new_link(&mut transaction, link).await?;
                post(&mut transaction, message).await?;
            }
        }
        let outcome = commit_if_changed(transaction, changed, entry(new)?).await?;
        self.database.wake_outbox();
        Ok(outcome)
    }
}

fn entry(new: &NewCorrection) -> Result<NewEntry, StoreError> {
    let answers = as_json(&new.correction.registration)?;
    let changes: Vec<Value> = new
        .correction
        .changes
        .iter()
        .map(|change| {
            json!({
                "field": change.field,
                "words": change.words,
                "before": change.before,
                "after": change.after,
            })
        })
        .collect();
    Ok(NewEntry {
        subject: Subject::Registration(new.from.reference),
        at: new.at,
        actor: new.officer.actor(),
        action: Action::Corrected,
        details: json!({
            "part": new.correction.part.key(),
            "changes": changes,
            "reason": new.correction.reason,
            "answers_sha256": sha256(answers.as_bytes()),
        })
        .to_string(),
    })
}

/// Merges the corrected answers of a page with the answers that were typed.
///
/// If the draft has no row for the page, all answers of the page come from the registration.
/// Returns `None` if the typed answers cannot be read.
fn corrected(typed: Option<&str>, correction: &Correction) -> Option<String> {
    let mut answers: Map<String, Value> = match typed {
        Some(typed) => serde_json::from_str(typed).ok()?,
        None => correction
            .part
            .answers(&correction.registration)?
            .fields()
            .into_iter()
            .map(|(field, answer)| (field, Value::String(answer)))
            .collect(),
    };
    for change in &correction.changes {
        answers.insert(change.field.clone(), Value::String(change.after.clone()));
    }
    Some(Value::Object(answers).to_string())
}
