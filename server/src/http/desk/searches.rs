//! Stored search texts, and the record of searches in the audit. The address of the results has
//! only the identifier of the text, so the address contains no name, and the page can still be
//! reloaded.

use registration::desk::audit::DetailLine;
use registration::lifetimes::DESK_SESSION_HOURS;
use serde_json::Value;

use super::visit::DeskVisit;
use crate::http::visit::InternalError;
use crate::randomness::new_id;
use crate::store::{Actor, AuditRow, NewSearch, NewView, SEALED_SEARCH};

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

    /// Records in the audit that this officer searches a list. The text is sealed, so only the
    /// pages of an auditor show it.
    pub(super) async fn record_search(&self, list: &str, words: &str) -> Result<(), InternalError> {
        let context = &self.visit.service.context;
        let officer = self.officer.id.as_str();
        let sealed = context
            .secret_keys
            .seal(context.randomness.as_ref(), &place(officer), words)
            .map_err(|_| InternalError)?;
        let view = NewView {
            actor: &self.officer.actor(),
            subject: &self.officer.id.subject(),
            what: list,
            source: self.visit.source.as_deref(),
            at: self.now(),
        };
        self.store().audit().record_search(view, &sealed).await?;
        Ok(())
    }

    /// Returns the details of an audit row about a search, with the text in words.
    pub(super) fn search_in_words(&self, row: &AuditRow) -> Vec<DetailLine> {
        let details: Value = serde_json::from_str(&row.details).unwrap_or_default();
        let keys = &self.visit.service.context.secret_keys;
        let officer = match Actor::parse(&row.actor) {
            Ok(Actor::Officer(id)) => id.to_string(),
            _ => String::new(),
        };
        let words = details[SEALED_SEARCH]
            .as_str()
            .and_then(|sealed| keys.open(&place(&officer), sealed))
            .unwrap_or_else(|| "sealed with another key".to_owned());
        let line = |name: &str, value: String| DetailLine {
            name: name.to_owned(),
            before: None,
            after: Some(value),
        };
        let list = details["what"].as_str().unwrap_or_default();
        vec![line("Searched", list.to_owned()), line("Words", words)]
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

/// Returns the place to which the sealed text of an officer's search is bound.
fn place(officer: &str) -> String {
    ["search/", officer].concat()
}
