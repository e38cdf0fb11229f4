//! Indexes registrations and requests whose index is missing or of an older version, in small
//! pieces while the service runs.
//!
//! Each piece is one transaction, so a server that stops loses at most one piece, and continues
//! after the next start. A lock makes several servers take turns, so that they do not index the
//! same registrations.

use sqlx::SqlStr;

use super::search_index::{EndsChange, WORDS_VERSION, lock_ends, phrases_of_request, reindex};
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{joined, query, query_as, query_scalar};
use crate::store::stores::Casework;

#[derive(sqlx::FromRow)]
struct OldRow {
    id: String,
    reference: String,
    erased_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct RequestRow {
    id: String,
    name: String,
    email: Option<String>,
    telephone: Option<String>,
}

impl Casework {
    /// Indexes up to `at_once` registrations or, if all are indexed, requests; returns how many.
    ///
    /// Returns 0 if nothing is left, apart from registrations that another transaction is changing.
    ///
    /// A registration that cannot be read is logged and counts as indexed, so that it does not
    /// block the others.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn index_old(&self, at_once: u32) -> Result<u64, StoreError> {
        let registrations = self.index_registrations(at_once).await?;
        if registrations > 0 {
            return Ok(registrations);
        }
        self.index_requests(at_once).await
    }

    /// Returns whether the index of a registration is missing or of an older version, so that the
    /// search may not find it.
    pub(super) async fn is_index_old(&self) -> Result<bool, StoreError> {
        let found: Option<i64> =
            query_scalar("select words_version from registration where words_version < $1 limit 1")
                .bind(WORDS_VERSION)
                .fetch_optional(&mut self.database.read().await?)
                .await?;
        Ok(found.is_some())
    }

    async fn index_registrations(&self, at_once: u32) -> Result<u64, StoreError> {
        // Lock nothing if nothing is left to index.
        if !self.is_index_old().await? {
            return Ok(0);
        }
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        // Take this lock first, and skip locked rows. Otherwise, this transaction could wait for a
        // row of another transaction that waits for this lock (a deadlock).
        lock_ends(&mut transaction, EndsChange::Remove).await?;
        let old: Vec<OldRow> = query_as(old_registrations(&transaction))
            .bind(WORDS_VERSION)
            .bind(i64::from(at_once))
            .fetch_all(&mut transaction)
            .await?;
        let mut indexed = 0;
        for row in old {
            index(&mut transaction, &row).await?;
            indexed += 1;
        }
        transaction.commit().await?;
        Ok(indexed)
    }

    async fn index_requests(&self, at_once: u32) -> Result<u64, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let old: Vec<RequestRow> = query_as(
            "select id, name, email, telephone from format_request where phrases = '' order by id \
             limit $1",
        )
        .bind(i64::from(at_once))
        .fetch_all(&mut transaction)
        .await?;
        let mut indexed = 0;
        for row in old {
            let phrases =
                phrases_of_request(&row.name, row.email.as_deref(), row.telephone.as_deref());
            indexed +=
                query("update format_request set phrases = $2 where id = $1 and phrases = ''")
                    .bind(&row.id)
                    .bind(phrases.text())
                    .execute(&mut transaction)
                    .await?;
        }
        transaction.commit().await?;
        Ok(indexed)
    }
}

fn old_registrations(connection: &Connection<'_>) -> SqlStr {
    joined(&[
        "select id, reference, erased_at from registration where words_version < $1 order by \
         words_version, id limit $2",
        if connection.is_postgres() {
            " for update skip locked"
        } else {
            ""
        },
    ])
}

async fn index(connection: &mut Connection<'_>, row: &OldRow) -> Result<(), StoreError> {
    if row.erased_at.is_none() {
        match reindex(connection, &row.id).await {
            Ok(()) => return Ok(()),
            Err(StoreError::Row { table, column }) => {
                tracing::error!(
                    row.reference,
                    table,
                    column,
                    "a row could not be read for the search"
                );
            }
            Err(error) => return Err(error),
        }
    }
    query("update registration set words_version = $2 where id = $1")
        .bind(&row.id)
        .bind(WORDS_VERSION)
        .execute(connection)
        .await?;
    Ok(())
}
