//! The users listed in a draft.

use registration::page::Page;
use registration::registration::ListedUser;
use registration::users::{MAX_USERS, User};

use super::connection::Connection;
use super::error::StoreError;
use super::save_outcome::SaveOutcome;
use super::statement::{Value, query, query_as, query_scalar};
use super::stores::DraftUsers;
use crate::clock::Moment;

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

/// New answers about a user of a draft.
#[derive(Debug, Clone, Copy)]
pub struct UserChange<'c> {
    /// The identifier of the user.
    pub id: &'c str,
    /// The answers that replace the stored ones.
    pub user: &'c User,
    /// The identifier of the form that saves the answers, or the hash of the cookie if the form has
    /// none.
    pub by: &'c str,
    /// The fingerprint of the answers that the person saw; `None` to overwrite any answers.
    pub seen: Option<&'c str>,
}

/// A user whose answers are complete, to add to the list of a draft.
#[derive(Debug, Clone)]
pub struct FinishedUser<'u> {
    /// The identifier of the new user.
    pub id: &'u str,
    /// The complete answers about the user.
    pub user: &'u User,
    /// The identifier of the form that adds the user, or the hash of the cookie if the form has
    /// none; `None` if no form adds the user.
    pub by: Option<&'u str>,
    /// The version of the unfinished user that the page showed; 0 if it showed none.
    pub version: i64,
}

/// A user in a draft, with the identifier of the form that last saved the answers, or the hash of
/// the cookie if the form has none.
#[derive(sqlx::FromRow)]
struct SavedRow {
    #[sqlx(flatten)]
    row: Row,
    saved_by: String,
}

impl SavedRow {
    /// Returns whether saving `user` would overwrite different answers of another form.
    ///
    /// `seen` is the fingerprint of the answers that the person saw; if it is `None`, the result is
    /// `false`.
    fn overwrites_other(&self, user: &User, by: &str, seen: Option<&str>) -> bool {
        self.saved_by != by && seen.is_some_and(|mark| self.is_stale(mark)) && self.user() != *user
    }

    /// Returns whether the fingerprint of the answers is not `seen`.
    fn is_stale(&self, seen: &str) -> bool {
        self.user().fingerprint() != seen
    }

    fn user(&self) -> User {
        ListedUser::from(self.row.clone()).user
    }
}

/// Reads a user of a draft, as last saved; `None` if the draft has no such user.
async fn saved_user(
    connection: &mut Connection<'_>,
    draft: &str,
    id: &str,
) -> Result<Option<SavedRow>, StoreError> {
    query_as(
        "select id, first_name, last_name, email, mobile, role, administrator, saved_by from \
         draft_user where id = $1 and draft_id = $2",
    )
    .bind(id)
    .bind(draft)
    .fetch_optional(connection)
    .await
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

/// Locks a draft until the transaction ends, and returns whether the draft is open.
///
/// Nobody can close the draft meanwhile.
pub(super) async fn lock_open_draft(
    connection: &mut Connection<'_>,
    draft: &str,
    now: Moment,
) -> Result<bool, StoreError> {
    Ok(query(
        "update draft set users = users where id = $1 and submitted_at is null and expires_at > \
         $2",
    )
    .bind(draft)
    .bind(now.millis())
    .execute(connection)
    .await?
        == 1)
}

/// Reads the position of the last user in a draft; 0 if the draft has no users.
///
/// The caller must have locked the draft.
pub(super) async fn last_place(
    connection: &mut Connection<'_>,
    draft: &str,
) -> Result<i64, StoreError> {
    query_scalar::<i64>("select coalesce(max(position), 0) from draft_user where draft_id = $1")
        .bind(draft)
        .fetch_one(connection)
        .await
}

/// Inserts a new user at a position in the list.
pub(super) async fn insert_user(
    connection: &mut Connection<'_>,
    draft: &str,
    id: &str,
    place: i64,
    user: &User,
) -> Result<(), StoreError> {
    query(
        "insert into draft_user (first_name, last_name, email, mobile, role, administrator, id, \
         draft_id, position, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
    )
    .bind_all(answers_of(user))
    .bind(id)
    .bind(draft)
    .bind(place)
    .execute(connection)
    .await?;
    Ok(())
}

/// Replaces the answers about a user.
///
/// `by` is the identifier of the form that saves the answers, or the hash of the cookie if the form
/// has none.
pub(super) async fn update_user(
    connection: &mut Connection<'_>,
    draft: &str,
    id: &str,
    user: &User,
    by: &str,
) -> Result<(), StoreError> {
    query(
        "update draft_user set first_name = $1, last_name = $2, email = $3, mobile = $4, role = \
         $5, administrator = $6, version = version + 1, saved_by = $9 where id = $7 and draft_id \
         = $8",
    )
    .bind_all(answers_of(user))
    .bind(id)
    .bind(draft)
    .bind(by)
    .execute(connection)
    .await?;
    Ok(())
}

/// Returns the answers about a user as column values.
fn answers_of(user: &User) -> [Value<'_>; 6] {
    [
        &user.first_name,
        &user.last_name,
        &user.email,
        &user.mobile,
        &user.role,
        &user.administrator,
    ]
    .map(Value::from)
}

/// Returns the users of a draft, in the order in which they were added.
pub(super) async fn users_of(
    connection: &mut Connection<'_>,
    draft: &str,
) -> Result<Vec<ListedUser>, StoreError> {
    let rows: Vec<Row> = query_as(
        "select id, first_name, last_name, email, mobile, role, administrator from draft_user \
         where draft_id = $1 order by position",
    )
    .bind(draft)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(ListedUser::from).collect())
}

/// Deletes the answers of a draft's unfinished user.
pub(super) async fn delete_unfinished_user(
    connection: &mut Connection<'_>,
    draft: &str,
) -> Result<(), StoreError> {
    query("delete from draft_page where draft_id = $1 and page = $2")
        .bind(draft)
        .bind(Page::NewUser.path())
        .execute(connection)
        .await?;
    Ok(())
}

fn outcome_of(changed: u64) -> SaveOutcome {
    if changed == 1 {
        SaveOutcome::Saved
    } else {
        SaveOutcome::Refused
    }
}

impl DraftUsers {
    /// Returns the users of a draft, in the order in which they were added.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn users(&self, draft: &str) -> Result<Vec<ListedUser>, StoreError> {
        users_of(&mut self.database.read().await?, draft).await
    }

    /// Adds a user at the end of the list.
    ///
    /// Returns `Refused` if the list is full or the draft is closed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn add_user(
        &self,
        draft: &str,
        id: &str,
        user: &User,
        now: Moment,
    ) -> Result<SaveOutcome, StoreError> {
        let finished = FinishedUser {
            id,
            user,
            by: None,
            version: 0,
        };
        self.add_finished_user(draft, &finished, now).await
    }

    /// Adds a user at the end of the list, and deletes the answers of the unfinished user that the
    /// page showed.
    ///
    /// The unfinished user of somebody else stays. Returns `Refused` if the list is full or the
    /// draft is closed.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn add_finished_user(
        &self,
        draft: &str,
        finished: &FinishedUser<'_>,
        now: Moment,
    ) -> Result<SaveOutcome, StoreError> {
        let most = i64::try_from(MAX_USERS).unwrap_or(i64::MAX);
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Updating the number of users first locks the draft, so that simultaneous requests wait
        // here in either database.
        let taken = query(
            "update draft set users = users + 1 where id = $1 and submitted_at is null and \
             expires_at > $2 and users < $3",
        )
        .bind(draft)
        .bind(now.millis())
        .bind(most)
        .execute(&mut transaction)
        .await?;
        let outcome = if taken == 1 {
            let place = last_place(&mut transaction, draft).await? + 1;
            insert_user(&mut transaction, draft, finished.id, place, finished.user).await?;
            query(
                "delete from draft_page where draft_id = $1 and page = $2 and (version = $3 or \
                 saved_by = $4)",
            )
            .bind(draft)
            .bind(Page::NewUser.path())
            .bind(finished.version)
            .bind(finished.by.unwrap_or("-"))
            .execute(&mut transaction)
            .await?;
            SaveOutcome::Saved
        } else {
            SaveOutcome::Refused
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Deletes the answers of the unfinished user of an open draft, unless newer answers than those
    /// of `version` were saved.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn discard_unfinished_user(
        &self,
        draft: &str,
        version: i64,
        now: Moment,
    ) -> Result<(), StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        if lock_open_draft(&mut transaction, draft, now).await? {
            query("delete from draft_page where draft_id = $1 and page = $2 and version = $3")
                .bind(draft)
                .bind(Page::NewUser.path())
                .bind(version)
                .execute(&mut transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Replaces the answers about a user.
    ///
    /// Returns `Refused` if the draft is closed or has no such user. Returns `EditConflict` if
    /// another form has saved different answers since those with the fingerprint `seen`. In both
    /// cases nothing changes.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn change_user(
        &self,
        draft: &str,
        change: &UserChange<'_>,
        now: Moment,
    ) -> Result<SaveOutcome, StoreError> {
        let UserChange { id, user, by, seen } = *change;
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let is_open = lock_open_draft(&mut transaction, draft, now).await?;
        let row: Option<SavedRow> = saved_user(&mut transaction, draft, id).await?;
        let outcome = match row {
            Some(row) if is_open && !row.overwrites_other(user, by, seen) => {
                update_user(&mut transaction, draft, id, user, by).await?;
                SaveOutcome::Saved
            }
            Some(_) if is_open => SaveOutcome::EditConflict,
            _ => SaveOutcome::Refused,
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Removes a user from the list.
    ///
    /// `seen` is the fingerprint of the answers that the person saw; with `None`, there is no edit
    /// conflict. Returns `Refused` if the draft is closed or has no such user. Returns
    /// `EditConflict` if the answers have changed since the person saw them. In both cases nothing
    /// changes.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn remove_user(
        &self,
        draft: &str,
        id: &str,
        seen: Option<&str>,
        now: Moment,
    ) -> Result<SaveOutcome, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let is_open = lock_open_draft(&mut transaction, draft, now).await?;
        let row: Option<SavedRow> = saved_user(&mut transaction, draft, id).await?;
        let is_stale = row.zip(seen).is_some_and(|(row, mark)| row.is_stale(mark));
        let removed = if is_open && !is_stale {
            query("delete from draft_user where id = $1 and draft_id = $2")
                .bind(id)
                .bind(draft)
                .execute(&mut transaction)
                .await?
        } else {
            0
        };
        if removed == 1 {
            query("update draft set users = users - 1 where id = $1")
                .bind(draft)
                .execute(&mut transaction)
                .await?;
        }
        let outcome = if is_open && is_stale {
            SaveOutcome::EditConflict
        } else {
            outcome_of(removed)
        };
        transaction.commit().await?;
        Ok(outcome)
    }
}
