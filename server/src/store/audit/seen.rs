//! Who looked at what: a row for each look at personal data, in a chain beside that of the changes.
//!
//! Looks have a chain of their own (`seen/registration/CP-…`) and lock nothing: a page that is only read never waits
//! for somebody who decides. Of two who look at once one writes first and the other after it. A page that the same
//! person loads again within ten minutes from the same place is one look; a file that is taken away is written each time.

use serde_json::json;

use super::{NewEntry, insert, last};
use crate::clock::Moment;
use crate::store::db::{Store, StoreError, read, transaction};

/// Within so many minutes the same look is written once.
pub const ONE_LOOK_MINUTES: i64 = 10;
/// What the audit calls a look.
pub const SEEN: &str = "seen";

impl Store {
    /// Writes down that somebody looks at `what` of a subject, such as `page` of `registration/CP-…`. To be called
    /// before it is shown: what cannot be written down is not shown.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn saw(
        &self,
        actor: &str,
        subject: &str,
        what: &str,
        source: Option<&str>,
        at: Moment,
    ) -> Result<(), StoreError> {
        let look = look(actor, subject, what, at);
        if self.saw_just_now(&look, source).await? {
            return Ok(());
        }
        self.write_look(&look, source).await
    }

    /// Writes down that somebody takes `what` of a subject away as a file, as often as they do: each file can go
    /// somewhere else. To be called before it is given.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn took_away(
        &self,
        actor: &str,
        subject: &str,
        what: &str,
        source: Option<&str>,
        at: Moment,
    ) -> Result<(), StoreError> {
        self.write_look(&look(actor, subject, what, at), source)
            .await
    }

    async fn write_look(&self, entry: &NewEntry, source: Option<&str>) -> Result<(), StoreError> {
        loop {
            let written = transaction!(self, |transaction| {
                let last = last!(transaction, &entry.subject);
                insert!(
                    transaction,
                    &entry.clone().after(last),
                    source.map(str::to_owned),
                    " on conflict (subject, sequence) do nothing"
                )?
                .rows_affected()
            });
            // Otherwise somebody else's look took the place: each time one is written, so this ends.
            if written == 1 {
                return Ok(());
            }
        }
    }

    /// Whether the same look was written a few minutes ago, among the last of its subject.
    async fn saw_just_now(
        &self,
        entry: &NewEntry,
        source: Option<&str>,
    ) -> Result<bool, StoreError> {
        let since = entry.at.millis() - ONE_LOOK_MINUTES * 60_000;
        let found: Option<i64> = read!(self, |connection| {
            sqlx::query_scalar(
                "select cast(sequence as bigint) from audit where subject = $1 and actor = $2 and action = $3 \
                 and details = $4 and coalesce(source, '') = $5 and at > $6 and at = cast(at as bigint) and sequence > \
                 (select coalesce(max(sequence), 0) - 64 from audit where subject = $1) \
                 order by audit.sequence desc limit 1",
            )
            .bind(&entry.subject)
            .bind(&entry.actor)
            .bind(&entry.action)
            .bind(&entry.details)
            .bind(source.unwrap_or_default())
            .bind(since)
            .fetch_optional(connection)
            .await
        })?;
        Ok(found.is_some())
    }
}

fn look(actor: &str, subject: &str, what: &str, at: Moment) -> NewEntry {
    NewEntry {
        subject: format!("seen/{subject}"),
        at,
        actor: actor.to_owned(),
        action: SEEN.to_owned(),
        details: json!({ "what": what }).to_string(),
    }
}
