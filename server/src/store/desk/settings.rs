//! Settings of a desk administrator. They are in the database so that every server and the command
//! line obey them.

use serde_json::json;

use super::officers::OfficerId;
use crate::clock::Moment;
use crate::store::audit::{NewEntry, append};
use crate::store::db::{Store, StoreError, read, transaction};
use crate::store::standing::append_next;

/// The audit subject of changes to settings.
pub const SETTINGS_SUBJECT: &str = "desk/settings";

const TWO_OFFICERS: &str = "two-officers";

impl Store {
    /// Returns whether a second officer must confirm each decision; by default, none must.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn two_officers(&self) -> Result<bool, StoreError> {
        let value: Option<String> = read!(self, |connection| {
            sqlx::query_scalar("select value from desk_setting where name = $1")
                .bind(TWO_OFFICERS)
                .fetch_optional(connection)
                .await
        })?;
        Ok(value.as_deref() == Some("yes"))
    }

    /// Sets whether a second officer must confirm each decision.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_two_officers(
        &self,
        two: bool,
        officer: &OfficerId,
        at: Moment,
    ) -> Result<(), StoreError> {
        let words = |two| if two { "yes" } else { "no" };
        transaction!(self, |transaction| {
            // Writing the row first locks it, so that nobody else appends to the chain of the
            // settings.
            sqlx::query(
                "insert into desk_setting (name, value) values ($1, 'no') \
                 on conflict (name) do update set value = desk_setting.value",
            )
            .bind(TWO_OFFICERS)
            .execute(&mut *transaction)
            .await?;
            let before: String =
                sqlx::query_scalar("select value from desk_setting where name = $1")
                    .bind(TWO_OFFICERS)
                    .fetch_one(&mut *transaction)
                    .await?;
            if before != words(two) {
                sqlx::query("update desk_setting set value = $2 where name = $1")
                    .bind(TWO_OFFICERS)
                    .bind(words(two))
                    .execute(&mut *transaction)
                    .await?;
                let entry = NewEntry {
                    subject: SETTINGS_SUBJECT.to_owned(),
                    at,
                    actor: officer.actor(),
                    action: "set".to_owned(),
                    details: json!({ "name": TWO_OFFICERS, "before": before, "after": words(two) })
                        .to_string(),
                };
                append_next!(transaction, entry)?;
            }
        });
        Ok(())
    }
}
