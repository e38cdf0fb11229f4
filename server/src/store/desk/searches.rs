//! The text of officers' searches, stored for as long as a session may last.
//!
//! URLs contain only the identifier of a search.

use crate::clock::Moment;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_scalar};
use crate::store::stores::Officers;

/// A search to be stored.
#[derive(Debug, Clone)]
pub struct NewSearch {
    /// A new identifier for the search.
    pub id: String,
    /// The officer who searches.
    pub officer: OfficerId,
    /// The text of the search.
    pub words: String,
    /// When the text expires.
    pub until: Moment,
}

impl Officers {
    /// Stores the text of a search.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn keep_search(&self, new: &NewSearch) -> Result<(), StoreError> {
        query(
            "insert into officer_search (id, officer_id, words, expires_at) values ($1, $2, $3, \
             $4)",
        )
        .bind(&new.id)
        .bind(new.officer.as_str())
        .bind(&new.words)
        .bind(new.until.millis())
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    /// Returns the text of a search by this officer, unless it has expired.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn search_words(
        &self,
        id: &str,
        officer: &OfficerId,
        now: Moment,
    ) -> Result<Option<String>, StoreError> {
        query_scalar(
            "select words from officer_search where id = $1 and officer_id = $2 and expires_at > \
             $3",
        )
        .bind(id)
        .bind(officer.as_str())
        .bind(now.millis())
        .fetch_optional(&mut self.database.read().await?)
        .await
    }
}
