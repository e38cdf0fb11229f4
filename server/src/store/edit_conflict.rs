//! Edit conflicts: answers that were not saved, because somebody else had changed the same page or
//! user meanwhile.
//!
//! The answers are stored with the session until the applicant chooses which answers to keep.

use registration::draft::PageAnswers;
use registration::journey::{AfterSave, PageOrigin};
use registration::page::Page;
use registration::registration::change_user;
use registration::users::User;

use super::drafts::as_json;
use super::error::StoreError;
use super::statement::{query, query_as};
use super::stores::Drafts;
use crate::randomness::TokenHash;

/// Unsaved answers in an edit conflict, and the page to show after the conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictingAnswers<A> {
    /// The answers that the person entered.
    pub answers: A,
    /// The page to show once the person has chosen which answers to keep.
    pub after_save: AfterSave,
}

#[derive(sqlx::FromRow)]
struct Row {
    answers: String,
    origin: String,
    leaves: bool,
}

impl Row {
    fn read<A, E>(
        self,
        from_json: impl FnOnce(&str) -> Result<A, E>,
    ) -> Result<ConflictingAnswers<A>, StoreError> {
        Ok(ConflictingAnswers {
            answers: from_json(&self.answers).map_err(|_| unread())?,
            after_save: AfterSave {
                origin: PageOrigin::from_key(&self.origin),
                leaves: self.leaves,
            },
        })
    }
}

impl Drafts {
    /// Stores the answers of a page that are in an edit conflict.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn save_conflict(
        &self,
        token: &TokenHash,
        answers: &PageAnswers,
        after_save: AfterSave,
    ) -> Result<(), StoreError> {
        let json = as_json(answers)?;
        self.hold(token, answers.page().path(), json, after_save)
            .await
    }

    /// Returns the answers of a page that are in an edit conflict, if there are any.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn conflict(
        &self,
        token: &TokenHash,
        page: Page,
    ) -> Result<Option<ConflictingAnswers<PageAnswers>>, StoreError> {
        let row = self.conflict_row(token, page.path()).await?;
        row.map(|row| row.read(|json| PageAnswers::from_json(page, json)))
            .transpose()
    }

    /// Deletes the stored answers of a page once the person has chosen which answers to keep.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn settle_conflict(&self, token: &TokenHash, page: Page) -> Result<(), StoreError> {
        self.settle(token, page.path()).await
    }

    /// Stores the answers about a user that are in an edit conflict.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn save_user_conflict(
        &self,
        token: &TokenHash,
        id: &str,
        user: &User,
        after_save: AfterSave,
    ) -> Result<(), StoreError> {
        let json = serde_json::to_string(user).map_err(|_| unread())?;
        self.hold(token, &change_user(id), json, after_save).await
    }

    /// Returns the answers about a user that are in an edit conflict, if there are any.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn user_conflict(
        &self,
        token: &TokenHash,
        id: &str,
    ) -> Result<Option<ConflictingAnswers<User>>, StoreError> {
        let row = self.conflict_row(token, &change_user(id)).await?;
        row.map(|row| row.read(|json| serde_json::from_str(json)))
            .transpose()
    }

    /// Deletes the stored answers about a user once the person has chosen which answers to keep.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn settle_user_conflict(
        &self,
        token: &TokenHash,
        id: &str,
    ) -> Result<(), StoreError> {
        self.settle(token, &change_user(id)).await
    }

    async fn hold(
        &self,
        token: &TokenHash,
        place: &str,
        json: String,
        after_save: AfterSave,
    ) -> Result<(), StoreError> {
        query(
            "insert into two_answers (token_hash, page, answers, origin, leaves) values ($1, $2, \
             $3, $4, $5) on conflict (token_hash, page) do update set answers = excluded.answers, \
             origin = excluded.origin, leaves = excluded.leaves",
        )
        .bind(token.as_str())
        .bind(place)
        .bind(json)
        .bind(after_save.origin.key())
        .bind(after_save.leaves)
        .execute(&mut self.database.write().await?)
        .await?;
        Ok(())
    }

    async fn conflict_row(
        &self,
        token: &TokenHash,
        place: &str,
    ) -> Result<Option<Row>, StoreError> {
        query_as(
            "select answers, origin, leaves from two_answers where token_hash = $1 and page = $2",
        )
        .bind(token.as_str())
        .bind(place)
        .fetch_optional(&mut self.database.read().await?)
        .await
    }

    async fn settle(&self, token: &TokenHash, place: &str) -> Result<(), StoreError> {
        query("delete from two_answers where token_hash = $1 and page = $2")
            .bind(token.as_str())
            .bind(place)
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }
}

fn unread() -> StoreError {
    StoreError::Row {
        table: "two_answers",
        column: "answers",
    }
}
