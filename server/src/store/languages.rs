//! The language in which the service writes to people about a draft.
//!
//! A draft has a language. A confirmed address either uses the draft's language or has a language
//! of its own, so that colleagues can use different languages.

use registration::identifiers::Email;
use registration::language::Language;

use super::error::StoreError;
use super::statement::{query, query_as, query_scalar};
use super::stores::Drafts;
use crate::clock::Moment;
use crate::randomness::TokenHash;

/// A person who gets messages about a draft or its registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The person's email address.
    pub email: Email,
    /// The language of messages to this address.
    pub language: Language,
}

/// Returns the language with a stored code.
///
/// Returns English for an unknown code, which a later version of the service may have stored.
pub(super) fn known(code: &str) -> Language {
    Language::from_code(code).unwrap_or_default()
}

impl Drafts {
    /// Returns the addresses that were confirmed for a draft no later than `moment`, earliest
    /// first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn addresses_confirmed_by(
        &self,
        draft: &str,
        moment: Moment,
    ) -> Result<Vec<String>, StoreError> {
        query_scalar(
            "select email from draft_address where draft_id = $1 and confirmed_at <= $2 order by \
             confirmed_at, mailbox",
        )
        .bind(draft)
        .bind(moment.millis())
        .fetch_all(&mut self.database.read().await?)
        .await
    }

    /// Returns the recipients of messages about a draft: its confirmed addresses, earliest first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn recipients_of_draft(&self, draft: &str) -> Result<Vec<Recipient>, StoreError> {
        let rows: Vec<(String, String)> = query_as(
            "select draft_address.email, coalesce(draft_address.language, draft.language) from \
             draft_address join draft on draft.id = draft_address.draft_id where draft.id = $1 \
             order by draft_address.confirmed_at, draft_address.mailbox",
        )
        .bind(draft)
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let recipient = |(email, code): (String, String)| {
            let email = Email::stored(&email)?;
            let language = known(&code);
            Some(Recipient { email, language })
        };
        Ok(rows.into_iter().filter_map(recipient).collect())
    }

    /// Returns the language for messages to an address about a draft.
    ///
    /// The address need not be confirmed. Returns English if the draft does not exist.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn language_to(&self, draft: &str, email: &Email) -> Result<Language, StoreError> {
        let code: Option<String> = query_scalar(
            "select coalesce(draft_address.language, draft.language) from draft left join \
             draft_address on draft_address.draft_id = draft.id and draft_address.mailbox = $2 \
             where draft.id = $1",
        )
        .bind(draft)
        .bind(Email::mailbox(email.as_str()))
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        Ok(code.as_deref().map(known).unwrap_or_default())
    }

    /// Returns the language for messages to the person of a session.
    ///
    /// Returns `None` if the session or its draft has expired.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn language_of_session(
        &self,
        token: &TokenHash,
        now: Moment,
    ) -> Result<Option<Language>, StoreError> {
        let code: Option<String> = query_scalar(
            "select coalesce(draft_address.language, draft.language) from session join draft on \
             draft.id = session.draft_id left join draft_address on draft_address.draft_id = \
             draft.id and draft_address.mailbox = session.mailbox where session.token_hash = $1 \
             and session.expires_at > $2 and draft.expires_at > $2",
        )
        .bind(token.as_str())
        .bind(now.millis())
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        Ok(code.as_deref().map(known))
    }

    /// Sets the language of a draft's messages.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn set_language(&self, draft: &str, language: Language) -> Result<(), StoreError> {
        query("update draft set language = $2 where id = $1")
            .bind(draft)
            .bind(language.code())
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }

    /// Sets the language for messages to the person of a session.
    ///
    /// If the session's address has a language of its own, that language is changed. Otherwise, the
    /// draft's language is changed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn choose_language(
        &self,
        token: &TokenHash,
        language: Language,
    ) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let own = query(
            "update draft_address set language = $2 where language is not null and exists (select \
             1 from session where session.token_hash = $1 and session.draft_id = \
             draft_address.draft_id and session.mailbox = draft_address.mailbox)",
        )
        .bind(token.as_str())
        .bind(language.code())
        .execute(&mut transaction)
        .await?;
        if own == 0 {
            query(
                "update draft set language = $2 where id = (select draft_id from session where \
                 token_hash = $1)",
            )
            .bind(token.as_str())
            .bind(language.code())
            .execute(&mut transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
