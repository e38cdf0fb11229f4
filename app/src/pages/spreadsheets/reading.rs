//! The page that shows the progress of reading a file, with a button that stops the reading.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::journey;
use registration::spreadsheet::MAX_SECONDS;

use super::StopReading;
use super::page_in_parts::{PageInParts, Part};
use super::shared::{PageQuery, file, html};
use crate::backend::{Applicant, ImportState};
use crate::components::{Button, ButtonKind, LinkButton, element, text};
use crate::fault::Fault;
use crate::pages::prose::{heading, paragraph};

/// Renders the progress, or the page about a reading that was interrupted.
///
/// If no file is being read, redirects to the next page and returns `None`. A poll from the
/// progress page is never redirected; after the reading has ended, it gets the address of the next
/// page.
pub async fn page(
    applicant: &dyn Applicant,
    asked: &PageQuery,
) -> Result<Option<PageInParts>, Fault> {
    let spreadsheets = applicant.spreadsheets().await?;
    let leads_to = spreadsheets.leads_to();
    if let Some(reading) = &spreadsheets.reading {
        match reading.state {
            ImportState::Running(thousandths) => {
                return Ok(Some(under_way(&reading.file_name, thousandths)));
            }
            ImportState::Lost if !asked.has("waits") => {
                return Ok(Some(lost(&reading.file_name)));
            }
            _ => {}
        }
    }
    if asked.has("waits") {
        return Ok(Some(PageInParts {
            leads_to,
            ..PageInParts::default()
        }));
    }
    crate::answering::redirect(&leads_to);
    Ok(None)
}

fn under_way(file_name: &str, thousandths: u32) -> PageInParts {
    let title = ["Reading ", &file(file_name)].concat();
    let label = element("label")
        .class("govuk-label")
        .attr("for", "progress")
        .words("How far we have got");
    let bar = element("progress")
        .class("app-progress")
        .attr("id", "progress")
        .attr("max", "1000")
        .attr("value", thousandths.to_string());
    let stop = view! { <Button kind=ButtonKind::Secondary>{text("Stop reading")}</Button> };
    // Use a plain form, because only a page load ends the automatic reloading of this page.
    let stop = element("form")
        .attr("action", StopReading::url())
        .attr("method", "post")
        .child(stop.into_any());
    PageInParts {
        parts: vec![
            html(heading(title.clone())),
            html(paragraph(format!(
                "This can take up to {MAX_SECONDS} seconds. The page brings itself up to date.",
            ))),
            html(
                element("div")
                    .class("govuk-form-group")
                    .child(label.view())
                    .child(bar.view())
                    .view(),
            ),
            html(stop.view()),
        ],
        title,
        waits: Some(thousandths),
        ..PageInParts::default()
    }
}

fn lost(file_name: &str) -> PageInParts {
    let title = ["We did not finish reading ", &file(file_name)].concat();
    let again = view! { <LinkButton href=journey::UPLOAD>{text("Upload it again")}</LinkButton> };
    let parts: Vec<Part> = vec![
        html(heading(title.clone())),
        html(paragraph(
            "Something on our side interrupted it. Nothing of it was added to your list.",
        )),
        html(again.into_any()),
    ];
    PageInParts {
        title,
        back: journey::USERS.to_owned(),
        parts,
        ..PageInParts::default()
    }
}
