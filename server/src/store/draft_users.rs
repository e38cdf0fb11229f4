//! The list of users in a draft.

use registration::registration::ListedUser;
use registration::users::{MOST_USERS, User};

use super::db::{Store, StoreError, read, transaction};
use super::drafts::SaveOutcome;
use crate::clock::Moment;
use crate::randomness::TokenHash;

#[derive(Clone, sqlx::FromRow)]
struct Row {
    id: String,
    first_name: String,
    last_name: String,
    email: String,
    mobile: String,
    role: String,
    administrator: String,
}

/// A user in a draft, with the hash of the cookie that saved the answers last.
#[derive(sqlx::FromRow)]
struct SavedRow {
    #[sqlx(flatten)]
    row: Row,
    saved_by: String,
}

impl SavedRow {
    /// Returns whether saving `user` would overwrite different answers that another session saved
    /// after `seen`.
    fn is_anothers(&self, user: &User, by: &TokenHash, seen: Option<&str>) -> bool {
        seen.is_some_and(|mark| self.is_stale(by, mark)) && self.user() != *user
    }

    /// Returns whether another session saved answers with a different fingerprint than `seen`.
    fn is_stale(&self, by: &TokenHash, seen: &str) -> bool {
        self.saved_by != by.as_str() && self.user().fingerprint() != seen
    }

    fn user(&self) -> User {
        ListedUser::from(self.row.clone()).user
    }
}

/// Reads a user of a draft, as last saved.
macro_rules! saved_user {
    ($transaction:expr, $draft:expr, $id:expr) => {
        sqlx::query_as(
            "select id, first_name, last_name, email, mobile, role, administrator, saved_by \
             from draft_user where id = $1 and draft_id = $2",
        )
        .bind($id)
        .bind($draft)
        .fetch_optional(&mut *$transaction)
        .await?
    };
}

impl From<Row> for ListedUser {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            user: User {
                first_name: row.first_name,
                last_name: row.last_name,
                email: row.email,
                mobile: row.mobile,
                role: row.role,
                administrator: row.administrator,
            },
        }
    }
}

/// Locks a draft until the transaction ends, so that nobody can close it, and returns whether it is
/// open.
macro_rules! hold_open {
    ($transaction:expr, $draft:expr, $now:expr) => {
        sqlx::query(
            "update draft set users = users \
             where id = $1 and submitted_at is null and expires_at > $2",
        )
        .bind($draft)
        .bind($now.millis())
        .execute(&mut *$transaction)
        .await?
        .rows_affected()
            == 1
    };
}

/// Reads the position of the last user of a locked draft; 0 if there is none.
macro_rules! last_place {
    ($transaction:expr, $draft:expr) => {
        sqlx::query_scalar::<_, i64>(
            "select coalesce(max(position), 0) from draft_user where draft_id = $1",
        )
        .bind($draft)
        .fetch_one(&mut *$transaction)
        .await
    };
}

/// Inserts a new user at a position in the list.
macro_rules! insert_user {
    ($transaction:expr, $draft:expr, $id:expr, $place:expr, $user:expr) => {
        crate::store::draft_users::with_answers!(
            sqlx::query(
                "insert into draft_user (first_name, last_name, email, mobile, role, \
                 administrator, id, draft_id, position, version) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
            ),
            $user
        )
        .bind($id)
        .bind($draft)
        .bind($place)
        .execute(&mut *$transaction)
        .await
    };
}

/// Replaces the answers about a user and records the hash of the cookie that saves them.
macro_rules! update_user {
    ($transaction:expr, $draft:expr, $id:expr, $user:expr, $by:expr) => {
        crate::store::draft_users::with_answers!(
            sqlx::query(
                "update draft_user set first_name = $1, last_name = $2, email = $3, mobile = $4, \
                 role = $5, administrator = $6, version = version + 1, saved_by = $9 \
                 where id = $7 and draft_id = $8",
            ),
            $user
        )
        .bind($id)
        .bind($draft)
        .bind($by)
        .execute(&mut *$transaction)
        .await
    };
}

/// Binds the answers about a user as the first six values.
macro_rules! with_answers {
    ($query:expr, $user:expr) => {{
        let user: &registration::users::User = $user;
        $query
            .bind(&user.first_name)
            .bind(&user.last_name)
            .bind(&user.email)
            .bind(&user.mobile)
            .bind(&user.role)
            .bind(&user.administrator)
    }};
}

pub(super) use {hold_open, insert_user, last_place, update_user, with_answers};

fn outcome_of(changed: u64) -> SaveOutcome {
    if changed == 1 {
        SaveOutcome::Kept
    } else {
        SaveOutcome::Refused
    }
}

impl Store {
    /// Returns the users of a draft, in the order in which they were added.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn users(&self, draft: &str) -> Result<Vec<ListedUser>, StoreError> {
        let rows: Vec<Row> = read!(self, |connection| {
            sqlx::query_as(
                "select id, first_name, last_name, email, mobile, role, administrator \
                 from draft_user where draft_id = $1 order by position",
            )
            .bind(draft)
            .fetch_all(connection)
            .await
        })?;
        Ok(rows.into_iter().map(ListedUser::from).collect())
    }

    /// Adds a user at the end of the list, unless the list is full or the draft is closed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_user(
        &self,
        draft: &str,
        id: &str,
        user: &User,
        now: Moment,
    ) -> Result<SaveOutcome, StoreError> {
        let most = i64::try_from(MOST_USERS).unwrap_or(i64::MAX);
        let outcome = transaction!(self, |transaction| {
            // Counting the user first locks the draft's row, so that two requests at once queue
            // here in either database.
            let taken = sqlx::query(
                "update draft set users = users + 1 \
                 where id = $1 and submitted_at is null and expires_at > $2 and users < $3",
            )
            .bind(draft)
            .bind(now.millis())
            .bind(most)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
            if taken == 1 {
                let place = last_place!(transaction, draft)? + 1;
                insert_user!(transaction, draft, id, place, user)?;
                SaveOutcome::Kept
            } else {
                SaveOutcome::Refused
            }
        });
        Ok(outcome)
    }

    /// Replaces the answers about a user.
    ///
    /// The result is `Refused` if the draft is closed or has no such user. If another session has
    /// saved different answers since those with the fingerprint `seen`, nothing changes and the
    /// result is `TwoAnswers` (an edit conflict).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_user(
        &self,
        draft: &str,
        id: &str,
        user: &User,
        by: &TokenHash,
        seen: Option<&str>,
        now: Moment,
    ) -> Result<SaveOutcome, StoreError> {
        let outcome = transaction!(self, |transaction| {
            let is_open = hold_open!(transaction, draft, now);
            let row: Option<SavedRow> = saved_user!(transaction, draft, id);
            match row {
                Some(row) if is_open && !row.is_anothers(user, by, seen) => {
                    update_user!(transaction, draft, id, user, by.as_str())?;
                    SaveOutcome::Kept
                }
                Some(_) if is_open => SaveOutcome::TwoAnswers,
                _ => SaveOutcome::Refused,
            }
        });
        Ok(outcome)
    }

    /// Removes a user from the list.
    ///
    /// The result is `Refused` if the draft is closed or has no such user. `seen` holds the cookie
    /// and the fingerprint of the answers that it showed: if another session has saved different
    /// answers since, nothing changes and the result is `TwoAnswers` (an edit conflict).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_user(
        &self,
        draft: &str,
        id: &str,
        seen: Option<(&TokenHash, &str)>,
        now: Moment,
    ) -> Result<SaveOutcome, StoreError> {
        let outcome = transaction!(self, |transaction| {
            let is_open = hold_open!(transaction, draft, now);
            let row: Option<SavedRow> = saved_user!(transaction, draft, id);
            let is_stale = row
                .zip(seen)
                .is_some_and(|(row, (by, mark))| row.is_stale(by, mark));
            let removed = if is_open && !is_stale {
                sqlx::query("delete from draft_user where id = $1 and draft_id = $2")
                    .bind(id)
                    .bind(draft)
                    .execute(&mut *transaction)
                    .await?
                    .rows_affected()
            } else {
                0
            };
            if removed == 1 {
                sqlx::query("update draft set users = users - 1 where id = $1")
                    .bind(draft)
                    .execute(&mut *transaction)
                    .await?;
            }
            if is_open && is_stale {
                SaveOutcome::TwoAnswers
            } else {
                outcome_of(removed)
            }
        });
        Ok(outcome)
    }
}
