//! A note about a registration that its officer has not added yet. It is stored with the officer's
//! unsent forms, because every form of the page sends the field.

use super::DeskRegistration;
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::store::StoreError;

/// The key of the form for a note, among an officer's unsent forms, and the name of its field.
const NOTE: &str = "note";

/// Returns the note as typed; empty if there is none.
pub(super) async fn unsent_note(
    visit: &DeskVisit,
    opened: &DeskRegistration,
) -> Result<String, StoreError> {
    let unsent = visit.unsent_form(&opened.subject(), NOTE).await?;
    Ok(unsent.unwrap_or_default().text(NOTE).to_owned())
}

/// Stores a note that the officer has not finished, for the next time that they open the page.
/// Nothing changes if the form has no field for a note.
pub(super) async fn keep_note(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    fields: &Fields,
) -> Result<(), StoreError> {
    if !fields.has(NOTE) {
        return Ok(());
    }
    let words = fields.text(NOTE);
    if words.trim().is_empty() {
        return visit.delete_unsent_form(&opened.subject(), NOTE).await;
    }
    let note = Fields::of(vec![(NOTE.to_owned(), words.to_owned())]);
    visit.save_unsent_form(&opened.subject(), NOTE, &note).await
}

/// Deletes the stored note, after the officer has added it.
pub(super) async fn forget_note(
    visit: &DeskVisit,
    opened: &DeskRegistration,
) -> Result<(), StoreError> {
    visit.delete_unsent_form(&opened.subject(), NOTE).await
}
