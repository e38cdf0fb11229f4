//! Notes about a registration, which only the desk sees.
//!
//! Notes can be added but not changed. Database triggers reject every change, except a deletion
//! after the audit has recorded an erasure.

use registration::desk::Note;
use registration::desk::audit::Action;
use serde_json::json;

use crate::clock::Moment;
use crate::store::audit::{NewEntry, Subject, append_next};
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as};
use crate::store::stored_lifecycle::StoredLifecycle;
use crate::store::stores::Casework;

/// A note as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNote {
    /// The officer who wrote the note.
    pub officer: OfficerId,
    /// When the note was written.
    pub at: Moment,
    /// The text of the note.
    pub words: String,
}

/// A note to be stored.
#[derive(Debug, Clone)]
pub struct NewNote {
    /// A new identifier.
    pub id: String,
    /// The text of the note.
    pub note: Note,
    /// The officer who writes the note.
    pub officer: OfficerId,
    /// When the note is written.
    pub at: Moment,
}

impl Casework {
    /// Returns the notes about a registration, newest first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn notes(&self, registration: &str) -> Result<Vec<StoredNote>, StoreError> {
        let rows: Vec<(String, i64, String)> = query_as(
            "select officer_id, noted_at, words from registration_note where registration_id = $1 \
             order by noted_at desc, id desc",
        )
        .bind(registration)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(officer, at, words)| StoredNote {
                officer: OfficerId::named(officer),
                at: Moment::from_millis(at),
                words,
            })
            .collect())
    }

    /// Adds a note to a registration.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn add_note(
        &self,
        lifecycle: &StoredLifecycle,
        new: &NewNote,
    ) -> Result<(), StoreError> {
        let entry = NewEntry {
            subject: Subject::Registration(lifecycle.reference),
            at: new.at,
            actor: new.officer.actor(),
            action: Action::Noted,
            details: json!({ "note": new.id }).to_string(),
        };
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Updating the row first locks it, so that nobody else appends to the chain meanwhile.
        query("update registration set version = version where id = $1")
            .bind(&lifecycle.id)
            .execute(&mut transaction)
            .await?;
        query(
            "insert into registration_note (id, registration_id, officer_id, noted_at, words) \
             values ($1, $2, $3, $4, $5)",
        )
        .bind(&new.id)
        .bind(&lifecycle.id)
        .bind(new.officer.as_str())
        .bind(new.at.millis())
        .bind(new.note.as_str())
        .execute(&mut transaction)
        .await?;
        append_next(&mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    }
}
