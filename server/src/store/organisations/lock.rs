//! The lock of an open organisation, for steps that people take and for changes whose day has come.

use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::query;

/// Locks an open organisation until the transaction ends, its registration first, as the steps of a
/// registration do; the opposite order could deadlock. Returns `false` if it is not open.
pub(super) async fn lock(
    connection: &mut Connection<'_>,
    organisation: &str,
) -> Result<bool, StoreError> {
    query(
        "update registration set version = version where id = (select registration_id from \
         organisation where organisation.id = $1)",
    )
    .bind(organisation)
    .execute(connection)
    .await?;
    let open = query(
        "update organisation set steps = steps + 1 where id = $1 and opened_on is not null and \
         closed_on is null",
    )
    .bind(organisation)
    .execute(connection)
    .await?;
    Ok(open == 1)
}
