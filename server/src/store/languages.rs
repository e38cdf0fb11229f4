//! In which language people are written to. The draft has one; an address that was confirmed has that one or its own,
//! so that a colleague keeps theirs.

use registration::identifiers::Email;
use registration::language::Language;

use super::db::{Store, StoreError, read, transaction, write};
use crate::clock::Moment;
use crate::randomness::TokenHash;

/// Who is told what happens to a draft or its registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The address.
    pub email: Email,
    /// In which language.
    pub language: Language,
}

/// The language of a code that was kept; a code of a later version counts as English.
pub(super) fn known(code: &str) -> Language {
    Language::from_code(code).unwrap_or_default()
}

impl Store {
    /// Those who confirmed an address for a draft, the first first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recipients_of_draft(&self, draft: &str) -> Result<Vec<Recipient>, StoreError> {
        let rows: Vec<(String, String)> = read!(self, |connection| {
            sqlx::query_as(
                "select draft_address.email, coalesce(draft_address.language, draft.language) \
                 from draft_address join draft on draft.id = draft_address.draft_id \
                 where draft.id = $1 order by draft_address.confirmed_at, draft_address.mailbox",
            )
            .bind(draft)
            .fetch_all(connection)
            .await
        })?;
        let recipient = |(email, code): (String, String)| {
            let email = Email::parse(&email).ok()?;
            let language = known(&code);
            Some(Recipient { email, language })
        };
        Ok(rows.into_iter().filter_map(recipient).collect())
    }

    /// In which language an address is written to about a draft, confirmed or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn language_to(&self, draft: &str, email: &Email) -> Result<Language, StoreError> {
        let code: Option<String> = read!(self, |connection| {
            sqlx::query_scalar(
                "select coalesce(draft_address.language, draft.language) \
                 from draft left join draft_address on draft_address.draft_id = draft.id \
                 and draft_address.mailbox = $2 where draft.id = $1",
            )
            .bind(draft)
            .bind(Email::mailbox(email.as_str()))
            .fetch_optional(connection)
            .await
        })?;
        Ok(code.as_deref().map(known).unwrap_or_default())
    }

    /// In which language the person of a cookie is written to; nothing where it leads to no draft.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn language_of_session(
        &self,
        token: &TokenHash,
        now: Moment,
    ) -> Result<Option<Language>, StoreError> {
        let code: Option<String> = read!(self, |connection| {
            sqlx::query_scalar(
                "select coalesce(draft_address.language, draft.language) \
                 from session join draft on draft.id = session.draft_id \
                 left join draft_address on draft_address.draft_id = draft.id \
                 and draft_address.mailbox = session.mailbox \
                 where session.token_hash = $1 and session.expires_at > $2 and draft.expires_at > $2",
            )
            .bind(token.as_str())
            .bind(now.millis())
            .fetch_optional(connection)
            .await
        })?;
        Ok(code.as_deref().map(known))
    }

    /// Chooses the language of a draft's messages.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_language(&self, draft: &str, language: Language) -> Result<(), StoreError> {
        write!(self, |connection| {
            sqlx::query("update draft set language = $2 where id = $1")
                .bind(draft)
                .bind(language.code())
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// Chooses the language in which the person of a cookie is written to: that of their address where it has its
    /// own, else that of the draft.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn choose_language(
        &self,
        token: &TokenHash,
        language: Language,
    ) -> Result<(), StoreError> {
        transaction!(self, |transaction| {
            let own = sqlx::query(
                "update draft_address set language = $2 where language is not null and exists \
                 (select 1 from session where session.token_hash = $1 \
                 and session.draft_id = draft_address.draft_id \
                 and session.mailbox = draft_address.mailbox)",
            )
            .bind(token.as_str())
            .bind(language.code())
            .execute(&mut *transaction)
            .await?
            .rows_affected();
            if own == 0 {
                sqlx::query(
                    "update draft set language = $2 \
                     where id = (select draft_id from session where token_hash = $1)",
                )
                .bind(token.as_str())
                .bind(language.code())
                .execute(&mut *transaction)
                .await?;
            }
        });
        Ok(())
    }
}
