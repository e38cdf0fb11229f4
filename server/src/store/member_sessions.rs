//! The end of the sessions of those who manage an organisation. The hourly work deletes them here,
//! with the expired links and sessions of drafts.

use registration::lifetimes::MEMBER_IDLE_MINUTES;

use super::connection::Connection;
use super::error::StoreError;
use super::statement::query;
use crate::clock::Moment;

/// Deletes sessions that have ended.
pub(super) async fn forget_member_sessions(
    connection: &mut Connection<'_>,
    now: Moment,
) -> Result<u64, StoreError> {
    query("delete from member_session where ends_at < $1 or used_at < $2")
        .bind(now.millis())
        .bind(now.millis() - i64::from(MEMBER_IDLE_MINUTES) * 60_000)
        .execute(connection)
        .await
}
