//! Erases the network addresses in old rows of the audit.

use registration::desk::audit::Action;

use super::{PIECE, Told, take_turn, tell};
use crate::clock::Moment;
use crate::store::audit::Actor;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Retention;

/// The key of network addresses in the table `retention_progress`.
const KIND: &str = "addresses";
/// The largest expected error of a server's clock, in hours.
///
/// Each run starts this many hours before the end of the previous run, and checks those rows again.
const SLACK_HOURS: i64 = 24;

/// The number of rows in a window, which is a range of time that one statement reads. Reading a
/// window takes a fraction of a second.
const WINDOW: i64 = 20_000;

/// Selects the next rows of a window that still have an address.
const FOUND: &str = "select audit.subject, audit.sequence, audit.action, cast(audit.at as bigint) \
                     from audit join audit_value as value on value.subject = audit.subject and \
                     value.sequence = audit.sequence where audit.at >= $1 and audit.at < $2 and \
                     (value.source_key is not null or (audit.action in ('signed-in', \
                     'sign-in-failed') and value.details_key is not null)) order by audit.at \
                     limit $3";

/// A piece: rows that are erased in one transaction, in order of time.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// The time of the last row of the piece, in milliseconds since 1970. The next piece starts at
    /// this time.
    from: i64,
    /// The number of rows whose addresses were erased.
    rows: u64,
}

impl Retention {
    /// Erases the addresses in rows before a time; returns the number of rows.
    pub(super) async fn erase_addresses(
        &self,
        before: Moment,
        now: Moment,
    ) -> Result<u64, StoreError> {
        let until: Option<i64> =
            query_scalar("select until from retention_progress where kind = $1")
                .bind(KIND)
                .fetch_optional(&mut self.database.read().await?)
                .await?;
        let slack = SLACK_HOURS * 3_600_000;
        let mut from = until.map_or(i64::MIN, |until| until.saturating_sub(slack));
        let mut rows = 0;
        while from < before.millis() {
            let end = self.end_of_window(from, before).await?;
            let mut piece = Piece { from, rows: 0 };
            while let Some(next) = self
                .erase_some_addresses(piece, end, (now, rows == 0))
                .await?
            {
                rows += next.rows;
                piece = next;
            }
            self.save_progress(end).await?;
            from = end;
        }
        Ok(rows)
    }

    /// Returns the end of the window that starts at `from`, in milliseconds since 1970.
    ///
    /// Windows limit the number of rows that one statement reads.
    async fn end_of_window(&self, from: i64, before: Moment) -> Result<i64, StoreError> {
        let end: Option<i64> = query_scalar(
            "select cast(at as bigint) from audit where at >= $1 and at < $2 order by audit.at \
             limit 1 offset $3",
        )
        .bind(from)
        .bind(before.millis())
        .bind(WINDOW)
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        // If all rows of the window have the same time, the window still ends later than it starts.
        Ok(end.map_or(before.millis(), |end| end.max(from.saturating_add(1))))
    }

    async fn save_progress(&self, until: i64) -> Result<(), StoreError> {
        query(
            "insert into retention_progress (kind, until) values ($1, $2) on conflict (kind) do \
             update set until = case when excluded.until > retention_progress.until then \
             excluded.until else retention_progress.until end",
        )
        .bind(KIND)
        .bind(until)
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Erases the piece after `last`; returns `None` if the window has no more rows with an
    /// address.
    ///
    /// The first piece of a run also records in the audit that addresses are erased.
    async fn erase_some_addresses(
        &self,
        last: Piece,
        end: i64,
        (now, is_first): (Moment, bool),
    ) -> Result<Option<Piece>, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        take_turn(&mut transaction, now).await?;
        let found: Vec<(String, i64, String, i64)> = query_as(FOUND)
            .bind(last.from)
            .bind(end)
            .bind(PIECE)
            .fetch_all(&mut transaction)
            .await?;
        if found.is_empty() {
            return Ok(None);
        }
        if is_first {
            let told = Told {
                actor: Actor::Service,
                at: now,
                details: "{}".to_owned(),
            };
            tell(&mut transaction, Action::AddressesErased, told).await?;
        }
        let mut piece = Piece { rows: 0, ..last };
        for (subject, sequence, action, at) in found {
            piece.from = at;
            // The details of a sign-in contain the address too.
            let is_sign_in = [Action::SignedIn, Action::SignInFailed]
                .iter()
                .any(|known| known.key() == action);
            let statement = if is_sign_in {
                "update audit_value set source = null, source_key = null, details = null, \
                 details_key = null where subject = $1 and sequence = $2"
            } else {
                "update audit_value set source = null, source_key = null where subject = $1 and \
                 sequence = $2"
            };
            piece.rows += query(statement)
                .bind(subject)
                .bind(sequence)
                .execute(&mut transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(Some(piece))
    }
}
