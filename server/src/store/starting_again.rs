//! Starting again: a new draft with the answers of one that was not approved or was withdrawn, but for the
//! signature, which is given anew.

use registration::registration::ListedUser;

use super::db::{Store, StoreError, transaction};
use super::ways_in::NewSession;
use crate::clock::Moment;

impl Store {
    /// Begins a draft with the answers and the confirmed addresses of another; `users` are those of the other under
    /// identifiers of their own. A browser leads to it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn start_again(
        &self,
        other: &str,
        draft: &str,
        users: &[ListedUser],
        session: &NewSession,
        now: Moment,
    ) -> Result<(), StoreError> {
        transaction!(self, |transaction| {
            sqlx::query(
                "insert into draft (id, created_at, expires_at, users) values ($1, $2, $3, $4)",
            )
            .bind(draft)
            .bind(now.millis())
            .bind(session.draft_ends.millis())
            .bind(i64::try_from(users.len()).unwrap_or_default())
            .execute(&mut *transaction)
            .await?;
            sqlx::query(
                "insert into draft_page (draft_id, page, answers, version, saved_at) \
                 select $1, page, answers, 1, $3 from draft_page where draft_id = $2 and page <> '/sign'",
            )
            .bind(draft)
            .bind(other)
            .bind(now.millis())
            .execute(&mut *transaction)
            .await?;
            sqlx::query(
                "insert into draft_address (draft_id, mailbox, email, confirmed_at) \
                 select $1, mailbox, email, confirmed_at from draft_address where draft_id = $2",
            )
            .bind(draft)
            .bind(other)
            .execute(&mut *transaction)
            .await?;
            for (place, ListedUser { id, user }) in (1_i64..).zip(users) {
                sqlx::query(
                    "insert into draft_user (id, draft_id, position, first_name, last_name, email, \
                     mobile, role, administrator, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
                )
                .bind(id)
                .bind(draft)
                .bind(place)
                .bind(&user.first_name)
                .bind(&user.last_name)
                .bind(&user.email)
                .bind(&user.mobile)
                .bind(&user.role)
                .bind(&user.administrator)
                .execute(&mut *transaction)
                .await?;
            }
            sqlx::query(
                "insert into session (token_hash, draft_id, expires_at) values ($1, $2, $3)",
            )
            .bind(session.token.as_str())
            .bind(draft)
            .bind(session.ends.millis())
            .execute(&mut *transaction)
            .await?;
        });
        Ok(())
    }
}
