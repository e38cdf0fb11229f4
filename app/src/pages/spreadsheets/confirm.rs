//! The pages that ask for confirmation before users without problems are added, and before a
//! spreadsheet is discarded.

use leptos::prelude::*;
use registration::journey;

use super::page_in_parts::{FormAction, PageInParts, Part};
use super::shared::{counted, file, hidden, html, listed, rows_of};
use crate::backend::{Applicant, Rows};
use crate::components::{Button, ButtonKind, text};
use crate::fault::Fault;
use crate::pages::prose::{heading, link, paragraph, paragraph_of};

/// Renders the page that asks for confirmation before only the users without problems are added.
///
/// Redirects and returns `None` if there are no such users, or if no row has a problem.
pub async fn add(applicant: &dyn Applicant) -> Result<Option<PageInParts>, Fault> {
    let spreadsheets = applicant.spreadsheets().await?;
    let leads_to = spreadsheets.waiting_rows_page();
    let waiting = spreadsheets
        .waiting
        .map(|waiting| (waiting.rows, waiting.fingerprint));
    let Some((Rows::Intake(intake), fingerprint)) = waiting else {
        crate::answering::redirect(leads_to);
        return Ok(None);
    };
    let problems = intake.problems(&listed(applicant).await?);
    let ready = intake.without_problems(&problems).len();
    let wrong = rows_of(&problems).len();
    if ready == 0 || wrong == 0 {
        crate::answering::redirect(journey::REVIEW);
        return Ok(None);
    }
    let ready = counted(ready, "user", "users");
    let title = ["Add ", &ready, " now and put the rest right later?"].concat();
    let it = if wrong == 1 { "it" } else { "them" };
    let stays = counted(wrong, "row with problems stays", "rows with problems stay");
    let stays = format!(
        "{stays} in your spreadsheet here. You can put {it} right and add {it} before you submit your registration."
    );
    let button = ["Add ", &ready, " to your list"].concat();
    Ok(Some(PageInParts {
        parts: vec![
            html(heading(title.clone())),
            html(paragraph(stays)),
            add_form(button, &fingerprint),
            html(paragraph_of(vec![link(
                journey::REVIEW,
                "Go back and put all rows right first",
            )])),
        ],
        title,
        back: journey::REVIEW.to_owned(),
        ..PageInParts::default()
    }))
}

/// Renders the form that adds the users without problems.
pub fn add_form(button: String, fingerprint: &str) -> Part {
    let button = view! { <Button prevent_double_click=true>{text(button)}</Button> };
    Part::Form(
        FormAction::Add,
        vec![hidden("seen", fingerprint), html(button.into_any())],
    )
}

/// Renders the page that asks for confirmation before the spreadsheet is discarded. Redirects and
/// returns `None` if there is no spreadsheet.
pub async fn discard(applicant: &dyn Applicant) -> Result<Option<PageInParts>, Fault> {
    let spreadsheets = applicant.spreadsheets().await?;
    let leads_to = spreadsheets.waiting_rows_page();
    let Some(waiting) = spreadsheets.waiting else {
        crate::answering::redirect(leads_to);
        return Ok(None);
    };
    let file = file(&waiting.file_name);
    let title = ["Are you sure you want to discard ", &file, "?"].concat();
    let button = view! { <Button kind=ButtonKind::Warning prevent_double_click=true>{text("Discard")}</Button> };
    Ok(Some(PageInParts {
        parts: vec![
            html(heading(title.clone())),
            html(paragraph(
                "We delete what we read from it and what you fixed. Users who are on your list already stay there.",
            )),
            Part::Form(
                FormAction::Discard,
                vec![
                    hidden("seen", &waiting.fingerprint),
                    html(button.into_any()),
                ],
            ),
            html(paragraph_of(vec![link(leads_to, "Keep it and go back")])),
        ],
        title,
        back: leads_to.to_owned(),
        ..PageInParts::default()
    }))
}
