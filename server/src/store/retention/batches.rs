//! Removes organisations and users from the stored contents of account batches.

use registration::desk::batch::AccountBatch;
use registration::identifiers::Email;

use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as};

/// Removes a registration's organisation from every batch; returns the number of changed batches.
pub(super) async fn erase_organisation(
    connection: &mut Connection<'_>,
    reference: &str,
) -> Result<u64, StoreError> {
    rewrite(connection, reference, |batch| {
        batch
            .organisations
            .retain(|organisation| organisation.registration_reference != reference);
    })
    .await
}

/// Removes the users with this mailbox from every batch that contains the registration.
///
/// Returns the number of changed batches.
pub(super) async fn erase_user(
    connection: &mut Connection<'_>,
    reference: &str,
    mailbox: &str,
) -> Result<u64, StoreError> {
    rewrite(connection, reference, |batch| {
        for organisation in &mut batch.organisations {
            organisation
                .users
                .retain(|user| Email::mailbox(&user.email) != mailbox);
        }
    })
    .await
}

async fn rewrite(
    connection: &mut Connection<'_>,
    reference: &str,
    change: impl Fn(&mut AccountBatch),
) -> Result<u64, StoreError> {
    let found: Vec<(i64, String)> =
        query_as("select number, content from account_batch where content like $1 order by number")
            .bind(format!("%\"{reference}\"%"))
            .fetch_all(connection)
            .await?;
    let unread = |_| StoreError::Row {
        table: "account_batch",
        column: "content",
    };
    let mut rewritten = 0;
    for (number, content) in found {
        let mut batch: AccountBatch = serde_json::from_str(&content).map_err(unread)?;
        let before = batch.clone();
        change(&mut batch);
        if batch == before {
            continue;
        }
        let content = serde_json::to_string(&batch).map_err(unread)?;
        rewritten += query("update account_batch set content = $2 where number = $1")
            .bind(number)
            .bind(content)
            .execute(connection)
            .await?;
    }
    Ok(rewritten)
}
