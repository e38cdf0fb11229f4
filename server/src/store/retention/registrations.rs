//! Erases a registration: all data that names people or the organisation.
//!
//! The reference, state, dates and counts are kept, for the statistics and the audit.

use registration::desk::search::sorted_as;
use registration::identifiers::Reference;
use registration::lifecycle::State;

use super::batches::erase_organisation;
use super::chains::erase_chains;
use super::{Erased, ErasureRequest, Told, take_turn};
use crate::clock::Moment;
use crate::store::audit::Subject;
use crate::store::connection::Connection;
use crate::store::desk::unindex;
use crate::store::error::StoreError;
use crate::store::organisations::erase_members;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Retention;

/// The name stored in place of an erased organisation's name, for lists.
const ERASED: &str = "Erased";

/// The result of erasing a registration by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegistrationErased {
    /// The registration was erased or, in a dry run, would be erased.
    Done(Erased),
    /// There is no such registration.
    NotThere,
    /// The registration was erased before.
    Already,
    /// The registration cannot be erased, because it is neither decided nor withdrawn.
    Undecided,
}

/// A registration to be erased.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Target {
    pub(super) id: String,
    reference: String,
    pub(super) draft_id: String,
    pub(super) state: String,
    erased_at: Option<i64>,
}

impl Target {
    pub(super) fn is_erased(&self) -> bool {
        self.erased_at.is_some()
    }
}

impl Retention {
    /// Erases a registration on which the desk has decided, or that was withdrawn.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn erase_registration(
        &self,
        reference: &Reference,
        request: &ErasureRequest<'_>,
    ) -> Result<RegistrationErased, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        take_turn(&mut transaction, request.at).await?;
        let Some(target) = target(&mut transaction, reference.as_str()).await? else {
            return Ok(RegistrationErased::NotThere);
        };
        if target.is_erased() {
            return Ok(RegistrationErased::Already);
        }
        if State::from_key(&target.state).is_none_or(|state| !state.is_closed()) {
            return Ok(RegistrationErased::Undecided);
        }
        let erased = erase(&mut transaction, &target, &request.told()).await?;
        request.tell(&mut transaction, &erased).await?;
        if request.dry_run {
            transaction.rollback().await?;
        } else {
            transaction.commit().await?;
            drop(connection);
            self.database.remove_remains().await?;
        }
        Ok(RegistrationErased::Done(erased))
    }

    /// Returns when a registration was erased; `None` if it was not erased or does not exist.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn erased_at(&self, reference: &Reference) -> Result<Option<Moment>, StoreError> {
        let at: Option<Option<i64>> =
            query_scalar("select erased_at from registration where reference = $1")
                .bind(reference.as_str())
                .fetch_optional(&mut self.database.read().await?)
                .await?;
        Ok(at.flatten().map(Moment::from_millis))
    }
}

pub(super) async fn target(
    connection: &mut Connection<'_>,
    reference: &str,
) -> Result<Option<Target>, StoreError> {
    query_as(
        "select id, reference, draft_id, state, erased_at from registration where reference = $1",
    )
    .bind(reference)
    .fetch_optional(connection)
    .await
}

/// Returns at most `most` registrations that entered this state before a time and are not erased,
/// and whose organisation has reported no change since.
pub(super) async fn due(
    connection: &mut Connection<'_>,
    state: State,
    before: Moment,
    most: i64,
) -> Result<Vec<Target>, StoreError> {
    query_as(
        "select id, reference, draft_id, state, erased_at from registration where erased_at is \
         null and state = $1 and state_since < $2 and not exists (select 1 from organisation join \
         member_event on member_event.organisation_id = organisation.id where \
         organisation.registration_id = registration.id and member_event.reported_at >= $2) order \
         by state_since limit $3",
    )
    .bind(state.key())
    .bind(before.millis())
    .bind(most)
    .fetch_all(connection)
    .await
}

/// Erases a registration, and returns the counts of erased rows.
///
/// The counts are empty if another server has just erased the registration.
pub(super) async fn erase(
    connection: &mut Connection<'_>,
    target: &Target,
    told: &Told,
) -> Result<Erased, StoreError> {
    let mut erased = Erased::default();
    // Lock the draft before the registration, as a submission does; the opposite order could
    // deadlock.
    query("update draft set users = users where id = $1")
        .bind(&target.draft_id)
        .execute(connection)
        .await?;
    if blank(connection, target, told.at).await? == 0 {
        return Ok(erased);
    }
    erased.add("registrations", 1);
    let unread = |_| StoreError::Row {
        table: "registration",
        column: "reference",
    };
    let reference = Reference::parse(&target.reference).map_err(unread)?;
    let subjects = [
        Subject::Registration(reference),
        Subject::Draft(target.draft_id.clone()),
    ];
    for subject in &subjects {
        let rows = erase_chains(connection, subject, told).await?;
        erased.add("audit rows", rows);
        for (what, statement) in OF_SUBJECT {
            let rows = query(statement)
                .bind(subject.to_string())
                .execute(connection)
                .await?;
            erased.add(what, rows);
        }
    }
    if let Some((organisation, members)) = erase_members(connection, &target.id, told.at).await? {
        erased.add("members", members);
        let subject = Subject::Organisation(organisation);
        let rows = erase_chains(connection, &subject, told).await?;
        erased.add("audit rows", rows);
    }
    unindex(connection, &target.id).await?;
    for (what, statement) in OF_REGISTRATION {
        let rows = query(statement)
            .bind(&target.id)
            .execute(connection)
            .await?;
        erased.add(what, rows);
    }
    let batches = erase_organisation(connection, &target.reference).await?;
    erased.add("batches", batches);
    let drafts = query("delete from draft where id = $1")
        .bind(&target.draft_id)
        .execute(connection)
        .await?;
    erased.add("drafts", drafts);
    Ok(erased)
}

/// Statements that delete the messages about a subject, the records of officers who have its page
/// open, and the forms about it that officers have not sent.
const OF_SUBJECT: [(&str, &str); 3] = [
    ("messages", "delete from outbox where subject = $1"),
    (
        "pages that are open",
        "delete from desk_looking where subject = $1",
    ),
    (
        "unsent forms of officers",
        "delete from desk_form where subject = $1",
    ),
];

/// Statements that erase the rows of a registration in other tables.
///
/// The rows of its users are kept without names, for the statistics.
const OF_REGISTRATION: [(&str, &str); 9] = [
    (
        "users",
        "update registration_user set first_name = '', last_name = '', email = '', mobile = '', \
         account_id = null, account_reason = null, in_set_up = false, batch = null, \
         before_change = null where \
         registration_id = $1",
    ),
    (
        "earlier answers",
        "delete from registration_revision where registration_id = $1",
    ),
    (
        "checks",
        "delete from registration_check where registration_id = $1",
    ),
    (
        "notes",
        "delete from registration_note where registration_id = $1",
    ),
    (
        "proposed decisions",
        "delete from proposed_decision where registration_id = $1",
    ),
    (
        "search keys",
        "delete from registration_key where registration_id = $1",
    ),
    (
        "accounts to end",
        "delete from account_to_end where registration_id = $1",
    ),
    (
        "corrected addresses",
        "delete from message_address where registration_id = $1",
    ),
    (
        "links",
        "delete from registration_link where registration_id = $1",
    ),
];

/// Empties the columns that name people or the organisation; returns 0 if the registration was
/// erased before.
///
/// A registration whose applicant never answered the desk's questions becomes withdrawn.
async fn blank(
    connection: &mut Connection<'_>,
    target: &Target,
    at: Moment,
) -> Result<u64, StoreError> {
    query(
        "update registration set erased_at = $2, name = $3, sort_name = $4, answers = '{}', \
         accountable_email = '', first_hearing = null, asked = '[]', told = null, keyed = true, \
         version = version + 1, clock_since = null, waits_since = 0, state = case when state in \
         ('approved', 'not-approved') then state else 'withdrawn' end where id = $1 and erased_at \
         is null",
    )
    .bind(&target.id)
    .bind(at.millis())
    .bind(ERASED)
    .bind(sorted_as(ERASED))
    .execute(connection)
    .await
}
