//! Answers that were not kept, because somebody else had changed their page while it was open: they wait
//! with the cookie that sent them until its person says which answers to keep.

use registration::draft::{Page, PageAnswers};

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
        write!(self, |connection| {
            sqlx::query(
                "insert into two_answers (token_hash, page, answers) values ($1, $2, $3) \
                 on conflict (token_hash, page) do update set answers = excluded.answers",
            )
            .bind(token.as_str())
            .bind(answers.page().path())
            .bind(json)
            .execute(connection)
            .await
            .map(drop)
        })?;
        Ok(())
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
        let json: Option<String> = read!(self, |connection| {
            sqlx::query_scalar(
                "select answers from two_answers where token_hash = $1 and page = $2",
            )
            .bind(token.as_str())
            .bind(page.path())
            .fetch_optional(connection)
            .await
        })?;
        json.map(|json| PageAnswers::from_json(page, &json))
            .transpose()
            .map_err(|_| StoreError::Row {
                table: "two_answers",
                column: "answers",
            })
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
        write!(self, |connection| {
            sqlx::query("delete from two_answers where token_hash = $1 and page = $2")
                .bind(token.as_str())
                .bind(page.path())
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }
}
