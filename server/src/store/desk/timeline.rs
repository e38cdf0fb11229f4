//! Reads the timeline, the version and the earlier submission of a registration, for its page at
//! the desk.

use registration::registration::Registration;

use crate::store::audit::{AuditRow, Subject};
use crate::store::error::StoreError;
use crate::store::statement::{joined, query_as, query_scalar};
use crate::store::stores::Casework;

/// Restricts a query to the timeline of a subject (`$1`) and of the draft from which it was made
/// (`$2`).
const OF_BOTH: &str =
    "subject in ($1, $2) and action <> 'seen' and not (subject = $2 and action = 'taken-in')";

impl Casework {
    /// Returns one page of the timeline of a subject and its draft, and the number of all rows.
    ///
    /// The newest row comes first, and views are left out. The page has at most `count` rows, after
    /// the first `after`. If the desk filled in the form, both chains have a `taken-in` row; only
    /// the subject's row is returned, in last place.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn timeline(
        &self,
        subject: &Subject,
        draft: &str,
        count: i64,
        after: i64,
    ) -> Result<(Vec<AuditRow>, i64), StoreError> {
        let subject = subject.to_string();
        let of_draft = Subject::Draft(draft.to_owned()).to_string();
        let rows = query_as(joined(&[
            "select * from audit_row where ",
            OF_BOTH,
            " order by case when subject = $2 then 1 when action = 'taken-in' then 0 else 2 end \
             desc, ",
            "sequence desc limit $3 offset $4",
        ]))
        .bind(&subject)
        .bind(&of_draft)
        .bind(count)
        .bind(after)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let all: i64 = query_scalar(joined(&["select count(*) from audit where ", OF_BOTH]))
            .bind(&subject)
            .bind(&of_draft)
            .fetch_one(&mut self.database.read().await?)
            .await?;
        Ok((rows, all))
    }

    /// Returns the rows of a subject's chain after `sequence`, oldest first, at most 50.
    ///
    /// Views are left out.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn timeline_since(
        &self,
        subject: &Subject,
        sequence: i64,
    ) -> Result<Vec<AuditRow>, StoreError> {
        query_as(
            "select * from audit_row where subject = $1 and sequence > $2 and action <> 'seen' order by sequence limit 50",
        )
        .bind(subject.to_string())
        .bind(sequence)
        .fetch_all(&mut self.database.read().await?)
        .await
    }

    /// Returns the version of a registration, or `None` if the registration does not exist.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn version(&self, registration: &str) -> Result<Option<i64>, StoreError> {
        query_scalar("select version from registration where id = $1")
            .bind(registration)
            .fetch_optional(&mut self.database.read().await?)
            .await
    }

    /// Returns the submission before the current one; `None` if the registration was submitted
    /// once.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn previous_submission(
        &self,
        registration: &str,
    ) -> Result<Option<Registration>, StoreError> {
        let answers: Option<String> = query_scalar(
            "select answers from registration_revision where registration_id = $1 order by \
             revision desc limit 1",
        )
        .bind(registration)
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        answers
            .map(|answers| {
                serde_json::from_str(&answers).map_err(|_| StoreError::Row {
                    table: "registration_revision",
                    column: "answers",
                })
            })
            .transpose()
    }
}
