//! Messages to be sent: written in the transaction of the change that they tell of, read by age.

use super::db::{Store, StoreError, read};

/// A message that waits.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OutboxRow {
    /// Its identifier.
    pub id: String,
    /// What it tells, such as `registration-received`.
    pub kind: String,
    /// What it is about, such as `registration/CP-…`.
    pub subject: String,
    /// When it was written, in milliseconds since 1970.
    pub created_at: i64,
}

/// Writes a message in the transaction of the change that it tells of.
macro_rules! post {
    ($transaction:expr, $row:expr) => {{
        let row: &crate::store::outbox::OutboxRow = $row;
        sqlx::query("insert into outbox (id, kind, subject, created_at) values ($1, $2, $3, $4)")
            .bind(&row.id)
            .bind(&row.kind)
            .bind(&row.subject)
            .bind(row.created_at)
            .execute(&mut *$transaction)
            .await
    }};
}

pub(super) use post;

impl Store {
    /// The messages that wait, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn outbox(&self, most: i64) -> Result<Vec<OutboxRow>, StoreError> {
        Ok(read!(self, |connection| {
            sqlx::query_as(
                "select id, kind, subject, created_at from outbox order by created_at, id limit $1",
            )
            .bind(most)
            .fetch_all(connection)
            .await
        })?)
    }
}
