//! Stored search texts. The address of the results has only the identifier of the text, so the
//! address contains no name, and the page can still be reloaded.

use registration::lifetimes::DESK_SESSION_HOURS;

use super::visit::DeskVisit;
use crate::http::visit::InternalError;
use crate::randomness::new_id;
use crate::store::NewSearch;

impl DeskVisit {
    /// Stores the text of a search, and returns the text's identifier.
    pub(super) async fn keep_search(&self, words: &str) -> Result<String, InternalError> {
        let context = &self.visit.service.context;
        let id = new_id(context.randomness.as_ref()).map_err(|_| InternalError)?;
        let new = NewSearch {
            id: id.clone(),
            officer: self.officer.id.clone(),
            words: words.to_owned(),
            until: self.now().plus_hours(DESK_SESSION_HOURS),
        };
        context.store.officers().keep_search(&new).await?;
        Ok(id)
    }

    /// Returns the stored text of this officer's search; empty if no text has this identifier or
    /// the text has expired.
    pub(super) async fn search_words(&self, id: &str) -> Result<String, InternalError> {
        if id.is_empty() {
            return Ok(String::new());
        }
        let officers = self.store().officers();
        let words = officers
            .search_words(id, &self.officer.id, self.now())
            .await?;
        Ok(words.unwrap_or_default())
    }
}
