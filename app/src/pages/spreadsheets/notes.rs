//! The page that lists every change made to read a spreadsheet: important ones first, then row by
//! row.

use leptos::prelude::*;
use registration::journey;
use registration::spreadsheet::{Note, RankedNotes};

use super::page_in_parts::PageInParts;
use super::shared::{ListPage, PageQuery, file, html};
use crate::backend::{Applicant, Rows};
use crate::components::{Cell, LabelSize, Table};
use crate::fault::Fault;
use crate::pages::prose::heading;

/// The number of notes on a page.
const PAGE_SIZE: usize = 100;

/// Renders the page with the notes. Redirects and returns `None` if no rows wait for confirmation.
pub async fn page(
    applicant: &dyn Applicant,
    asked: &PageQuery,
) -> Result<Option<PageInParts>, Fault> {
    let spreadsheets = applicant.spreadsheets().await?;
    let leads_to = spreadsheets.waiting_rows_page();
    let Some((file_name, intake)) = spreadsheets.waiting.and_then(|waiting| match waiting.rows {
        Rows::Intake(intake) => Some((waiting.file_name, intake)),
        Rows::Table(..) => None,
    }) else {
        crate::answering::redirect(leads_to);
        return Ok(None);
    };
    let title = ["What we changed to read ", &file(&file_name)].concat();
    let RankedNotes { important, routine } = RankedNotes::of(intake.all_notes());
    let all = important.into_iter().chain(routine).collect();
    let notes = ListPage::of(all, asked.number("page"), PAGE_SIZE);
    let table = table("Changes", LabelSize::Hidden, &notes.items);
    let mut parts = vec![html(heading(title.clone())), html(table)];
    parts.extend(notes.pagination(journey::NOTES));
    Ok(Some(PageInParts {
        title,
        back: journey::REVIEW.to_owned(),
        parts,
        ..PageInParts::default()
    }))
}

/// Renders notes as a table with a caption.
pub fn table(caption: &'static str, caption_size: LabelSize, notes: &[&Note]) -> AnyView {
    let rows = notes
        .iter()
        .map(|note| {
            let row = note
                .row
                .map_or_else(|| "Whole file".to_owned(), |row| format!("Row {row}"));
            vec![Cell::from(row), Cell::from(note.message.to_string())]
        })
        .collect();
    let head = vec!["Where".into(), "What we did".into()];
    view! { <Table head rows caption caption_size first_cell_is_header=true/> }.into_any()
}
