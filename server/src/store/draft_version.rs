//! The version of a draft, which reveals whether the draft was changed since it was read.

use super::connection::Connection;
use super::error::StoreError;
use super::statement::query_as;
use crate::randomness::sha256;

/// The version of a draft: the path of each saved page and the identifier of each user, with the
/// version of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftVersion(Vec<(String, i64)>);

impl DraftVersion {
    /// Returns the fingerprint of this version.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let saved: Vec<String> = self
            .0
            .iter()
            .map(|(name, version)| format!("{name} {version}"))
            .collect();
        sha256(saved.join("\n").as_bytes())
    }
}

/// Returns the version of a draft.
pub(super) async fn version(
    connection: &mut Connection<'_>,
    draft: &str,
) -> Result<DraftVersion, StoreError> {
    query_as(
        "select page as name, version from draft_page where draft_id = $1 union all select id as \
         name, version from draft_user where draft_id = $1 order by name",
    )
    .bind(draft)
    .fetch_all(connection)
    .await
    .map(DraftVersion)
}
