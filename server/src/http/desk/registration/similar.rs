//! Similar registrations, for the page of a registration and for the check of other registrations.
//! People of the other registration are not named here: its page and the comparison name them, and
//! both are recorded as views.

use app::pages::desk::registration::SimilarRow;
use registration::desk::key::{likeness, owners};

use super::DeskRegistration;
use crate::store::{Casework, SimilarRegistration, StoreError};

/// Returns similar registrations, each with the values that it shares with this registration.
pub(super) async fn similar_registrations(
    opened: &DeskRegistration,
    casework: &Casework,
) -> Result<Vec<SimilarRow>, StoreError> {
    let lifecycle = &opened.lifecycle;
    let similar = casework
        .similar(&lifecycle.id, &lifecycle.organisation)
        .await?;
    let row = |other: SimilarRegistration| SimilarRow {
        reference: other.reference.to_string(),
        organisation: other.organisation,
        state: other.state.words(),
        common: other
            .common
            .into_iter()
            .map(|(kind, value)| {
                let owners = owners(&opened.stored.registration, kind, &value);
                let likeness = likeness(kind, &value);
                if owners.is_empty() {
                    return likeness;
                }
                [&*likeness, ", here of ", &owners.join(" and ")].concat()
            })
            .collect(),
    };
    Ok(similar.into_iter().map(row).collect())
}
