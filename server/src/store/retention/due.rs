//! Erases personal data that is due. Each kind of data has its own retention period.

use registration::desk::audit::Action;
use registration::lifecycle::State;
use registration::retention::{Periods, PersonalData};
use serde_json::json;

use super::chains::erase_chains;
use super::registrations::{due, erase};
use super::{Erased, PIECE, Told, take_turn, tell};
use crate::clock::Moment;
use crate::store::audit::{Actor, Subject};
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_scalar};
use crate::store::stores::Retention;

/// The number of erased rows of each kind; kinds without erased rows are left out.
///
/// `Batches` can occur twice: for batches and for imported results.
pub type ErasedCounts = Vec<(PersonalData, u64)>;

/// The name stored for an officer whose name was erased.
const FORMER_OFFICER: &str = "Former officer";

/// Statements that each erase at most `$2` rows that are older than a time (`$1`).
///
/// Each statement is repeated until no row is left. Audit rows about this data are not changed.
const PLAIN: [(PersonalData, &str); 3] = [
    (
        PersonalData::Feedback,
        "update feedback set words = '' where id in (select id from feedback where words <> '' and \
         day < $1 / 86400000 order by day limit $2)",
    ),
    (
        PersonalData::Batches,
        "update account_batch set content = '{\"organisations\":[]}' where number in (select \
         number from account_batch where content <> '{\"organisations\":[]}' and closed_at < $1 \
         order by number limit $2)",
    ),
    (
        PersonalData::Batches,
        "update account_results set file_name = '', content = '' where id in (select id from \
         account_results where (file_name <> '' or content <> '') and applied_at < $1 order by \
         read_at limit $2)",
    ),
];

impl Retention {
    /// Erases everything that is due, and records the erasure in the audit.
    ///
    /// Several servers may call this at once.
    ///
    /// Expired drafts, messages, links, sessions and counts for rate limits are deleted elsewhere.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn erase_due(
        &self,
        periods: &Periods,
        now: Moment,
    ) -> Result<ErasedCounts, StoreError> {
        let before = |kind| now.plus_hours(-periods.days(kind) * 24);
        let mut counts: ErasedCounts = Vec::new();
        for (kind, states) in [
            (
                PersonalData::NotApproved,
                &[
                    State::NotApproved,
                    State::Withdrawn,
                    State::MoreInformationNeeded,
                ][..],
            ),
            (PersonalData::Approved, &[State::Approved][..]),
        ] {
            let rule = periods.sentence(kind);
            let mut rows = 0;
            for state in states {
                rows += self
                    .erase_registrations(*state, before(kind), (now, &rule))
                    .await?;
            }
            counts.push((kind, rows));
        }
        for (kind, statement) in PLAIN {
            counts.push((kind, self.erase_plain(statement, before(kind), now).await?));
        }
        for kind in [PersonalData::FormatRequests, PersonalData::Officers] {
            let rows = self.erase_with_chains(kind, before(kind), now).await?;
            counts.push((kind, rows));
        }
        let addresses = PersonalData::Addresses;
        let rows = self.erase_addresses(before(addresses), now).await?;
        counts.push((addresses, rows));
        counts.push((
            PersonalData::Drafts,
            self.erase_chains_of_drafts(now).await?,
        ));
        counts.retain(|(_, rows)| *rows > 0);
        for (kind, rows) in &counts {
            self.tell_erased(periods, *kind, (now, *rows)).await?;
        }
        if !counts.is_empty() {
            self.database.truncate_log().await?;
        }
        Ok(counts)
    }

    async fn erase_registrations(
        &self,
        state: State,
        before: Moment,
        (now, rule): (Moment, &str),
    ) -> Result<u64, StoreError> {
        let told = by_rule(now, rule);
        let mut rows = 0;
        loop {
            let targets = due(&mut self.database.read().await?, state, before, PIECE).await?;
            if targets.is_empty() {
                return Ok(rows);
            }
            for target in &targets {
                let mut connection = self.database.write().await?;
                let mut transaction = connection.begin().await?;
                take_turn(&mut transaction, now).await?;
                let erased = erase(&mut transaction, target, &told).await?;
                transaction.commit().await?;
                rows += u64::from(erased != Erased::default());
            }
        }
    }

    async fn erase_plain(
        &self,
        statement: &'static str,
        before: Moment,
        now: Moment,
    ) -> Result<u64, StoreError> {
        let mut rows = 0;
        loop {
            let mut connection = self.database.write().await?;
            let mut transaction = connection.begin().await?;
            take_turn(&mut transaction, now).await?;
            let piece = query(statement)
                .bind(before.millis())
                .bind(PIECE)
                .execute(&mut transaction)
                .await?;
            transaction.commit().await?;
            if piece == 0 {
                return Ok(rows);
            }
            rows += piece;
        }
    }

    /// Erases requests for another format or former officers, and the values in their audit chains.
    async fn erase_with_chains(
        &self,
        kind: PersonalData,
        before: Moment,
        now: Moment,
    ) -> Result<u64, StoreError> {
        let told = by_rule(now, kind.key());
        let (found, statement) = match kind {
            PersonalData::Officers => (
                "select id from officer where ended_at < $1 and mailbox not like 'erased/%' order \
                 by ended_at limit $2",
                "update officer set name = $2, email = '', mailbox = 'erased/' || id, password_hash \
                 = null where id = $1 and ended_at is not null",
            ),
            _ => (
                "select id from format_request where asked_at < $1 order by asked_at limit $2",
                "delete from format_request where id = $1 and $2 <> ''",
            ),
        };
        let mut rows = 0;
        loop {
            let mut connection = self.database.write().await?;
            let mut transaction = connection.begin().await?;
            take_turn(&mut transaction, now).await?;
            let ids: Vec<String> = query_scalar(found)
                .bind(before.millis())
                .bind(PIECE)
                .fetch_all(&mut transaction)
                .await?;
            if ids.is_empty() {
                return Ok(rows);
            }
            for id in ids {
                rows += query(statement)
                    .bind(&id)
                    .bind(FORMER_OFFICER)
                    .execute(&mut transaction)
                    .await?;
                let subject = match kind {
                    PersonalData::Officers => OfficerId::named(id).subject(),
                    _ => Subject::FormatRequest(id),
                };
                erase_chains(&mut transaction, &subject, &told).await?;
            }
            transaction.commit().await?;
        }
    }

    /// Erases the values in the audit chains of drafts that were deleted without becoming a
    /// registration.
    async fn erase_chains_of_drafts(&self, now: Moment) -> Result<u64, StoreError> {
        let told = by_rule(now, PersonalData::Drafts.key());
        let mut rows = 0;
        loop {
            let mut connection = self.database.write().await?;
            let mut transaction = connection.begin().await?;
            take_turn(&mut transaction, now).await?;
            let gone: Vec<String> = query_scalar(
                "select distinct substr(value.subject, 7) from audit_value as value join audit on \
                 audit.subject = value.subject and audit.sequence = value.sequence where \
                 value.subject > 'draft/' and value.subject < 'draft0' and audit.action <> \
                 'erased' and not exists (select 1 from draft where draft.id = \
                 substr(value.subject, 7)) and not exists (select 1 from registration where \
                 registration.draft_id = substr(value.subject, 7)) limit $1",
            )
            .bind(PIECE)
            .fetch_all(&mut transaction)
            .await?;
            if gone.is_empty() {
                return Ok(rows);
            }
            for draft in gone {
                rows += erase_chains(&mut transaction, &Subject::Draft(draft), &told).await?;
            }
            transaction.commit().await?;
        }
    }

    async fn tell_erased(
        &self,
        periods: &Periods,
        kind: PersonalData,
        (now, rows): (Moment, u64),
    ) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        take_turn(&mut transaction, now).await?;
        let told = Told {
            actor: Actor::Service,
            at: now,
            details: json!({ "kind": kind.key(), "rows": rows, "rule": periods.sentence(kind) })
                .to_string(),
        };
        tell(&mut transaction, Action::DataErased, told).await?;
        transaction.commit().await
    }
}

fn by_rule(at: Moment, rule: &str) -> Told {
    Told {
        actor: Actor::Service,
        at,
        details: json!({ "rule": rule }).to_string(),
    }
}
