//! Forms at the desk that their officer has filled in but not sent, stored for as long as a session
//! may last.
//!
//! An officer has at most one unsent form for each page of a subject. Only that officer can read
//! the form.

use crate::clock::Moment;
use crate::store::audit::Subject;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_scalar};
use crate::store::stores::Officers;

/// The officer, the subject and the page by which an unsent form is found.
#[derive(Debug, Clone, Copy)]
pub struct FormPlace<'a> {
    /// The officer who filled in the form.
    pub officer: &'a OfficerId,
    /// The subject, such as a registration.
    pub subject: &'a Subject,
    /// The key of the page, such as `ask`.
    pub page: &'static str,
}

impl Officers {
    /// Stores the fields of an unsent form, in place of those stored before.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn save_unsent_form(
        &self,
        place: FormPlace<'_>,
        fields: &[(String, String)],
        until: Moment,
    ) -> Result<(), StoreError> {
        let fields = serde_json::to_string(fields).map_err(|_| unread())?;
        query(
            "insert into desk_form (officer_id, subject, page, fields, expires_at) values ($1, \
             $2, $3, $4, $5) on conflict (officer_id, subject, page) do update set fields = \
             excluded.fields, expires_at = excluded.expires_at",
        )
        .bind(place.officer.as_str())
        .bind(place.subject.to_string())
        .bind(place.page)
        .bind(fields)
        .bind(until.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Returns the fields of an unsent form, unless it has expired.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn unsent_form(
        &self,
        place: FormPlace<'_>,
        now: Moment,
    ) -> Result<Option<Vec<(String, String)>>, StoreError> {
        let fields: Option<String> = query_scalar(
            "select fields from desk_form where officer_id = $1 and subject = $2 and page = $3 \
             and expires_at > $4",
        )
        .bind(place.officer.as_str())
        .bind(place.subject.to_string())
        .bind(place.page)
        .bind(now.millis())
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        fields
            .map(|fields| serde_json::from_str(&fields).map_err(|_| unread()))
            .transpose()
    }

    /// Deletes an unsent form, because it was sent or its contents are no longer needed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn delete_unsent_form(&self, place: FormPlace<'_>) -> Result<(), StoreError> {
        query("delete from desk_form where officer_id = $1 and subject = $2 and page = $3")
            .bind(place.officer.as_str())
            .bind(place.subject.to_string())
            .bind(place.page)
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }
}

const fn unread() -> StoreError {
    StoreError::Row {
        table: "desk_form",
        column: "fields",
    }
}
