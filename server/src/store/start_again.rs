//! Starting again: a new draft with the answers of a registration that was refused or withdrawn.
//!
//! The signature is not copied, because the applicant must sign again.

use registration::language::Language;
use registration::registration::ListedUser;

use super::daily_counts::count_begun;
use super::draft_users::insert_user;
use super::error::StoreError;
use super::last_end::last_end;
use super::redeem::NewSession;
use super::statement::query;
use super::stores::Drafts;
use crate::clock::Moment;
use crate::randomness::TokenHash;

/// A new draft with the answers of an earlier draft.
#[derive(Debug, Clone, Copy)]
pub struct RestartedDraft<'n> {
    /// The identifier of the earlier draft.
    pub earlier_draft: &'n str,
    /// The identifier of the new draft.
    pub draft: &'n str,
    /// The users of the earlier draft, under new identifiers.
    pub users: &'n [ListedUser],
    /// The hash of the cookie of the current session, whose email address the new session gets.
    pub from: &'n TokenHash,
    /// The session that gives access to the new draft.
    pub session: &'n NewSession,
}

impl Drafts {
    /// Starts a draft with the answers, the language and the confirmed addresses of an earlier
    /// draft.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn start_again(
        &self,
        new: &RestartedDraft<'_>,
        now: Moment,
    ) -> Result<(), StoreError> {
        let RestartedDraft {
            earlier_draft,
            draft,
            users,
            from,
            session,
        } = *new;
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        query(
            "insert into draft (id, created_at, expires_at, users, language) values ($1, $2, $3, \
             $4, coalesce((select language from draft where id = $5), $6))",
        )
        .bind(draft)
        .bind(now.millis())
        .bind(session.draft_ends.millis())
        .bind(i64::try_from(users.len()).unwrap_or_default())
        .bind(earlier_draft)
        .bind(Language::default().code())
        .execute(&mut transaction)
        .await?;
        query(
            "insert into draft_page (draft_id, page, answers, version, saved_at) select $1, page, \
             answers, 1, $3 from draft_page where draft_id = $2 and page <> '/sign'",
        )
        .bind(draft)
        .bind(earlier_draft)
        .bind(now.millis())
        .execute(&mut transaction)
        .await?;
        query(
            "insert into draft_address (draft_id, mailbox, email, confirmed_at, language) select \
             $1, mailbox, email, confirmed_at, language from draft_address where draft_id = $2",
        )
        .bind(draft)
        .bind(earlier_draft)
        .execute(&mut transaction)
        .await?;
        for (place, ListedUser { id, user }) in (1_i64..).zip(users) {
            insert_user(&mut transaction, draft, id, place, user).await?;
        }
        query(
            "insert into session (token_hash, draft_id, expires_at, last_end, mailbox) values ($1, \
             $2, $3, $4, (select mailbox from session where token_hash = $5))",
        )
        .bind(session.token.as_str())
        .bind(draft)
        .bind(session.ends.millis())
        .bind(last_end(now).millis())
        .bind(from.as_str())
        .execute(&mut transaction)
        .await?;
        count_begun(&mut transaction, now).await?;
        transaction.commit().await?;
        Ok(())
    }
}
