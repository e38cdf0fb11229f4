//! Answers that were not kept, because somebody else had changed their page while it was open: they wait
//! with the cookie that sent them until its person says which answers to keep.

use registration::draft::{Page, PageAnswers};
use registration::registration::change_user;
use registration::users::User;

use super::db::{Store, StoreError, read, write};
use super::drafts::as_json;
use crate::randomness::TokenHash;

impl Store {
    /// Holds answers until their person says which to keep.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_two_answers(
        &self,
        token: &TokenHash,
        answers: &PageAnswers,
    ) -> Result<(), StoreError> {
        let json = as_json(answers)?;
        self.hold(token, answers.page().path(), json).await
    }

    /// The answers of a page that wait, if any do.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn two_answers(
        &self,
        token: &TokenHash,
        page: Page,
    ) -> Result<Option<PageAnswers>, StoreError> {
        let json = self.held_beside(token, page.path()).await?;
        json.map(|json| PageAnswers::from_json(page, &json))
            .transpose()
            .map_err(|_| unread())
    }

    /// Lets go of answers once their person has said which to keep.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_two_answers(
        &self,
        token: &TokenHash,
        page: Page,
    ) -> Result<(), StoreError> {
        self.settle(token, page.path()).await
    }

    /// Holds the answers about a user until their person says which to keep.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_two_users(
        &self,
        token: &TokenHash,
        id: &str,
        user: &User,
    ) -> Result<(), StoreError> {
        let json = serde_json::to_string(user).map_err(|_| unread())?;
        self.hold(token, &change_user(id), json).await
    }

    /// The answers about a user that wait, if any do.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn two_users(&self, token: &TokenHash, id: &str) -> Result<Option<User>, StoreError> {
        let json = self.held_beside(token, &change_user(id)).await?;
        json.map(|json| serde_json::from_str(&json))
            .transpose()
            .map_err(|_| unread())
    }

    /// Lets go of the answers about a user.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_two_users(&self, token: &TokenHash, id: &str) -> Result<(), StoreError> {
        self.settle(token, &change_user(id)).await
    }

    async fn hold(&self, token: &TokenHash, place: &str, json: String) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query(
                "insert into two_answers (token_hash, page, answers) values ($1, $2, $3) \
                 on conflict (token_hash, page) do update set answers = excluded.answers",
            )
            .bind(token.as_str())
            .bind(place)
            .bind(json)
            .execute(connection)
            .await
            .map(drop)
        })?;
        Ok(())
    }

    async fn held_beside(
        &self,
        token: &TokenHash,
        place: &str,
    ) -> Result<Option<String>, StoreError> {
        Ok(read!(self, |connection| {
            sqlx::query_scalar(
                "select answers from two_answers where token_hash = $1 and page = $2",
            )
            .bind(token.as_str())
            .bind(place)
            .fetch_optional(connection)
            .await
        })?)
    }

    async fn settle(&self, token: &TokenHash, place: &str) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query("delete from two_answers where token_hash = $1 and page = $2")
                .bind(token.as_str())
                .bind(place)
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }
}

fn unread() -> StoreError {
    StoreError::Row {
        table: "two_answers",
        column: "answers",
    }
}
