//! Similar registrations, which the page of a registration and one of its checks show.

use app::pages::desk::registration::AlikeRow;

use super::Opened;
use crate::store::{Casework, SimilarRegistration, StoreError};

/// Returns similar registrations, and what each has in common with this one, in words.
pub(super) async fn similar_registrations(
    opened: &Opened,
    casework: &Casework,
) -> Result<Vec<AlikeRow>, StoreError> {
    let standing = &opened.standing;
    let similar = casework
        .similar(&standing.id, &standing.organisation)
        .await?;
    let row = |other: SimilarRegistration| AlikeRow {
        reference: other.reference.to_string(),
        organisation: other.organisation,
        state: other.state.words(),
        common: other
            .common
            .into_iter()
            .map(|(kind, value)| format!("{} ({value})", kind.words()))
            .collect(),
    };
    Ok(similar.into_iter().map(row).collect())
}
