//! What a desk administrator has set: kept in the database, so that every server and the command line keep to it.

use serde_json::json;

use super::officers::OfficerId;
use crate::clock::Moment;
use crate::store::audit::{NewEntry, append};
use crate::store::db::{Store, StoreError, read, transaction};
use crate::store::standing::append_next;

/// The subject of the audit under which changes of settings stand.
pub const SETTINGS_SUBJECT: &str = "desk/settings";

const TWO_OFFICERS: &str = "two-officers";

impl Store {
    /// Whether a second officer confirms each decision. Unless it was set, none does.
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

    /// Sets whether a second officer confirms each decision.
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
            // The row first, so that the chain of the settings is ours.
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
