//! The page of a request for another format: the request, the assigned officer, and whether it was
//! answered.

use leptos::prelude::*;
use registration::desk::queue::{Age, ItemStatus, PAGE};

use super::assignment::{AssigneeView, assignee_panel, viewing_notice};
use super::frame::{DeskPage, MenuEntry};
use super::notice::QueueNotice;
use super::queue::{age_view, status_tag};
use crate::components::{Button, SummaryList, SummaryRow, text};
use crate::pages::prose::{heading, paragraph, subheading};

/// A request for another format, as displayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatRequestView {
    /// The time of sending, as display text.
    pub sent: String,
    /// The requested format, as display text.
    pub format: String,
    /// The person's description of their needs.
    pub details: String,
    /// The assistive technology that the person uses.
    pub technology: String,
    /// The name of the person.
    pub name: String,
    /// The email address of the person, if given.
    pub email: Option<String>,
    /// The telephone number of the person, if given.
    pub telephone: Option<String>,
    /// The language of emails to the person, as display text.
    pub language: &'static str,
    /// The status of the request.
    pub status: ItemStatus,
    /// The age of the request.
    pub age: Age,
    /// The time of the answer and the officer who answered, as display text; `None` if the request
    /// is open.
    pub answered: Option<String>,
    /// The assignment of the request.
    pub assignee: AssigneeView,
    /// The other officers who have the request open: name and time of opening, as display text.
    pub viewers: Vec<(String, String)>,
}

/// Renders the page of a request for another format.
pub fn format_request_page(shown: FormatRequestView, notice: Option<QueueNotice>) -> DeskPage {
    const TITLE: &str = "Request for another format";
    let mut rows = vec![
        SummaryRow::new("Status", status_tag(shown.status)),
        SummaryRow::new("Age", age_view(shown.age)),
        SummaryRow::new("Sent", text(shown.sent)),
        SummaryRow::new("Format", text(shown.format)),
        SummaryRow::new("What is needed", text(or_nothing(shown.details))),
        SummaryRow::new("Assistive technology", text(or_nothing(shown.technology))),
        SummaryRow::new("Name", text(shown.name)),
        SummaryRow::new(
            "Email address",
            text(or_nothing(shown.email.unwrap_or_default())),
        ),
        SummaryRow::new(
            "Telephone number",
            text(or_nothing(shown.telephone.unwrap_or_default())),
        ),
    ];
    rows.push(SummaryRow::new("Language", text(shown.language)));
    if let Some(answered) = shown.answered {
        rows.push(SummaryRow::new("Answered", text(answered)));
    }
    let mut parts: Vec<AnyView> = notice.map(QueueNotice::view).into_iter().collect();
    parts.push(heading(TITLE));
    parts.extend(viewing_notice(&shown.viewers));
    parts.push(view! { <SummaryList rows/> }.into_any());
    if shown.assignee.may_change {
        let action = [&*shown.assignee.address, "/answered"].concat();
        let version = shown.assignee.version.to_string();
        parts.push(paragraph(
            "Send the format, using the contact details above. Then mark the request as answered.",
        ));
        parts.push(
            view! {
                <form action=action method="post" novalidate>
                    <input type="hidden" name="version" value=version/>
                    <Button prevent_double_click=true>{text("Mark as answered")}</Button>
                </form>
            }
            .into_any(),
        );
    }
    parts.push(subheading("Assigned to"));
    parts.push(assignee_panel(&shown.assignee));
    DeskPage::new(TITLE, MenuEntry::Queue, parts).back(PAGE)
}

fn or_nothing(words: String) -> String {
    if words.is_empty() {
        "Not given".to_owned()
    } else {
        words
    }
}
