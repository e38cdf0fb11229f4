//! Settings that a desk administrator can change.
//!
//! The settings are stored in the database, so that every server and the command line use the same
//! values.

use registration::desk::audit::Action;
use registration::desk::silence::{SilenceRules, days_of, stored_days};
use serde_json::json;

use crate::clock::Moment;
use crate::store::audit::{NewEntry, Subject, append_next};
use crate::store::connection::Transaction;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Casework;

const TWO_OFFICERS: &str = "two-officers";
const REMINDER_AFTER: &str = "reminder-after-days";
const CLOSING_AFTER: &str = "closing-after-days";

/// The settings of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskSettings {
    /// Whether a second officer must confirm each decision.
    pub two_officers: bool,
    /// The days after which the service acts if an applicant does not answer.
    pub silence: SilenceRules,
}

/// A setting to change: its name, its default and its new value.
struct NewValue {
    name: &'static str,
    default: String,
    value: String,
}

impl DeskSettings {
    fn values(self) -> [NewValue; 3] {
        let default = SilenceRules::default();
        let days = |name, default, days| NewValue {
            name,
            default: stored_days(default),
            value: stored_days(days),
        };
        [
            NewValue {
                name: TWO_OFFICERS,
                default: "no".to_owned(),
                value: if self.two_officers { "yes" } else { "no" }.to_owned(),
            },
            days(REMINDER_AFTER, default.reminder, self.silence.reminder),
            days(CLOSING_AFTER, default.closing, self.silence.closing),
        ]
    }
}

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

    /// Returns the days after which the service reminds an applicant who does not answer, and
    /// suggests closing the registration.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn silence_rules(&self) -> Result<SilenceRules, StoreError> {
        let values: Vec<(String, String)> =
            query_as("select name, value from desk_setting where name = $1 or name = $2")
                .bind(REMINDER_AFTER)
                .bind(CLOSING_AFTER)
                .fetch_all(&mut self.database.read().await?)
                .await?;
        let days = |sought: &str, default| {
            let mut values = values.iter();
            let value = values.find(|(name, _)| name == sought);
            value.map_or(default, |(_, value)| days_of(value))
        };
        let default = SilenceRules::default();
        Ok(SilenceRules {
            reminder: days(REMINDER_AFTER, default.reminder),
            closing: days(CLOSING_AFTER, default.closing),
        })
    }

    /// Changes the settings, all of them or none.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn change_settings(
        &self,
        new: DeskSettings,
        officer: &OfficerId,
        at: Moment,
    ) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // All settings share one chain. All transactions lock the rows in the same order, so only one
        // at a time appends to the chain.
        for NewValue {
            name,
            default,
            value,
        } in new.values()
        {
            let before = begin(&mut transaction, name, &default).await?;
            if before == value {
                continue;
            }
            query("update desk_setting set value = $2 where name = $1")
                .bind(name)
                .bind(&value)
                .execute(&mut transaction)
                .await?;
            let entry = NewEntry {
                subject: Subject::Settings,
                at,
                actor: officer.actor(),
                action: Action::Set,
                details: json!({ "name": name, "before": before, "after": value }).to_string(),
            };
            append_next(&mut transaction, entry).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

/// Locks the row of a setting, and returns its value. A setting without a row gets its default.
async fn begin(
    transaction: &mut Transaction<'_>,
    name: &str,
    default: &str,
) -> Result<String, StoreError> {
    query(
        "insert into desk_setting (name, value) values ($1, $2) on conflict (name) do update set \
         value = desk_setting.value",
    )
    .bind(name)
    .bind(default)
    .execute(transaction)
    .await?;
    query_scalar("select value from desk_setting where name = $1")
        .bind(name)
        .fetch_one(transaction)
        .await
}
