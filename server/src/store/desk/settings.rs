//! Settings that a desk administrator can change.
//!
//! The settings are stored in the database, so that every server and the command line use the same
//! values.

use registration::desk::audit::Action;
use serde_json::json;

use crate::clock::Moment;
use crate::store::audit::{NewEntry, Subject, append_next};
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_scalar};
use crate::store::stores::Casework;

const TWO_OFFICERS: &str = "two-officers";

impl Casework {
    /// Returns whether a second officer must confirm each decision; `false` by default.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn two_officers(&self) -> Result<bool, StoreError> {
        let value: Option<String> = query_scalar("select value from desk_setting where name = $1")
            .bind(TWO_OFFICERS)
            .fetch_optional(&mut self.database.read().await?)
            .await?;
        Ok(value.as_deref() == Some("yes"))
    }

    /// Sets whether a second officer must confirm each decision.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn set_two_officers(
        &self,
        two: bool,
        officer: &OfficerId,
        at: Moment,
    ) -> Result<(), StoreError> {
        let words = |two| if two { "yes" } else { "no" };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Writing the row first locks it, so that nobody else appends to the chain of the settings
        // meanwhile.
        query(
            "insert into desk_setting (name, value) values ($1, 'no') on conflict (name) do \
             update set value = desk_setting.value",
        )
        .bind(TWO_OFFICERS)
        .execute(&mut transaction)
        .await?;
        let before: String = query_scalar("select value from desk_setting where name = $1")
            .bind(TWO_OFFICERS)
            .fetch_one(&mut transaction)
            .await?;
        if before != words(two) {
            query("update desk_setting set value = $2 where name = $1")
                .bind(TWO_OFFICERS)
                .bind(words(two))
                .execute(&mut transaction)
                .await?;
            let entry = NewEntry {
                subject: Subject::Settings,
                at,
                actor: officer.actor(),
                action: Action::Set,
                details: json!({ "name": TWO_OFFICERS, "before": before, "after": words(two) })
                    .to_string(),
            };
            append_next(&mut transaction, entry).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
