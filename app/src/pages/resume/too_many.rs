//! The page shown if one person or one network has asked for too many emails.

use registration::resume::RETURN;

use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// Renders the page shown after too many requests for emails. `again` is the time from which the
/// person can ask again, such as `3 September 2026 at 2:05pm`.
pub fn too_many_page(again: &str) -> ServerPage {
    const TITLE: &str = "You have asked for too many emails";
    let parts = vec![
        heading(TITLE),
        paragraph(["You can ask for another one from ", again, "."].concat()),
        paragraph(
            "The newest email that we sent you still works until it expires. Your answers are kept.",
        ),
        paragraph_of(vec![outside_link(RETURN, "Return to a saved registration")]),
        paragraph_of(vec![outside_link("/help", "Get help")]),
    ];
    server_page(TITLE, None, form_with(None), parts)
}
