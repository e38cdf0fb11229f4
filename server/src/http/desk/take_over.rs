//! Asks an officer to confirm before they act on work that is assigned to a colleague.
//!
//! The page sends the form again with the colleague's identifier, so the question is repeated if
//! the work was meanwhile assigned to somebody else.

use app::pages::desk::{TakeOverView, take_over_page};
use axum::response::Response;

use super::visit::DeskVisit;
use crate::http::visit::InternalError;
use crate::store::OfficerId;

/// The field that names the colleague from whom the work is taken over.
pub(super) const TAKE_OVER: &str = "take-over";

/// A form about work that may be assigned to a colleague.
pub(super) struct TakeOver<'a> {
    /// The officer to whom the work is assigned; `None` if it is unassigned.
    pub(super) assignee: Option<&'a OfficerId>,
    /// The name of the work.
    pub(super) what: String,
    /// A sentence that states the effect of confirming.
    pub(super) words: &'static str,
    /// The text of the button.
    pub(super) button: &'static str,
    /// The address of the form.
    pub(super) action: String,
    /// The address of the work.
    pub(super) back: String,
    /// The fields of the form.
    pub(super) fields: Vec<(String, String)>,
}

impl TakeOver<'_> {
    /// Renders the question; `None` if the work is not assigned to a colleague, or the form answers
    /// the question.
    pub(super) async fn question(
        mut self,
        visit: &DeskVisit,
    ) -> Result<Option<Response>, InternalError> {
        let Some(colleague) = self.assignee.filter(|id| **id != visit.officer.id) else {
            return Ok(None);
        };
        let is_answer =
            |(name, value): &(String, String)| name == TAKE_OVER && value == colleague.as_str();
        if self.fields.iter().any(is_answer) {
            return Ok(None);
        }
        let officer = visit.store().officers().officer(colleague).await?;
        self.fields.retain(|(name, _)| name != TAKE_OVER);
        self.fields
            .push((TAKE_OVER.to_owned(), colleague.to_string()));
        let shown = TakeOverView {
            what: self.what,
            colleague: officer.map_or_else(|| "another officer".to_owned(), |officer| officer.name),
            words: self.words,
            action: self.action,
            fields: self.fields,
            button: self.button,
            back: self.back,
        };
        Ok(Some(visit.show(|| take_over_page(shown))))
    }
}
