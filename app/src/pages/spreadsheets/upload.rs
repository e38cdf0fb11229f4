//! The page that uploads a spreadsheet, as a file or as pasted cells.

use leptos::prelude::*;
use registration::draft::Draft;
use registration::journey;
use registration::problem::Problem;
use registration::spreadsheet::upload_hint;
use registration::text::with_commas;
use registration::users::MAX_USERS;

use super::page_in_parts::{PageInParts, Part};
use super::shared::{PageQuery, downloads, file, html, pending_import_inset};
use crate::backend::{Applicant, Downloadable, ImportAttempt, ImportState};
use crate::components::{
    Button, Details, FileUpload, InsetText, LabelSize, Textarea, element, text,
};
use crate::fault::Fault;
use crate::form::hidden_field;
use crate::pages::prose::{heading, list, paragraph};

/// The address that receives the form. The form is multipart, so a server function cannot receive it.
const ADDRESS: &str = "/api/users/upload";
/// The file types that the file picker offers.
const ACCEPT: &str = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt";

/// Renders the page that uploads a spreadsheet.
pub async fn page(
    applicant: &dyn Applicant,
    draft: &Draft,
    asked: &PageQuery,
) -> Result<Option<PageInParts>, Fault> {
    let brings_back = asked.is_corrected_upload();
    let title = if brings_back {
        "Upload the rows that you fixed"
    } else {
        "Upload a spreadsheet of users"
    };
    let reading = applicant.spreadsheets().await?.reading;
    let problem = problem(reading.as_ref(), asked);
    let of_field = |field: &str| {
        let problem = problem.iter().find(|problem| problem.field == field);
        problem.map(|problem| problem.words.to_string())
    };
    let stopped = reading
        .as_ref()
        .filter(|reading| asked.has("stopped") && reading.state == ImportState::Stopped)
        .map(|reading| file(&reading.file_name));
    let pasted = reading
        .filter(|_| asked.has("refused") || asked.has("stopped"))
        .map(|reading| reading.pasted)
        .unwrap_or_default();
    let mut parts = vec![html(heading(title))];
    if let Some(file) = stopped {
        let words = format!("You stopped reading {file}. Nobody was added to your list.");
        parts.push(html(
            view! { <InsetText>{text(words)}</InsetText> }.into_any(),
        ));
    }
    if brings_back {
        parts.push(html(paragraph(
            "The rows in this file take the place of the rows with problems. The users that are ready to add stay as they are.",
        )));
    } else {
        let waits = pending_import_inset(applicant).await?;
        if !waits.is_empty() {
            parts.push(Part::Html(waits));
            parts.push(html(paragraph(
                "If you upload another spreadsheet, it takes the place of this one.",
            )));
        }
        parts.extend(introduction(applicant));
    }
    parts.push(html(form(
        brings_back,
        of_field("file"),
        of_field("cells"),
        pasted,
    )));
    Ok(Some(PageInParts {
        title: title.to_owned(),
        back: match (brings_back, draft.users) {
            (true, _) => journey::REVIEW,
            (false, 0) => journey::TASKS,
            (false, _) => journey::USERS,
        }
        .to_owned(),
        problems: problem.into_iter().collect(),
        parts,
        ..PageInParts::default()
    }))
}

fn introduction(applicant: &dyn Applicant) -> Vec<Part> {
    let columns = [
        "first name and last name, or both in one column",
        "email address",
        "mobile number",
        "role: defence lawyer, advocate, chambers admin or chambers clerk",
        "organisation administrator: yes or no",
    ];
    let columns = vec![
        paragraph("Give each user a row, under a row of headings for:"),
        list(columns.into_iter().map(text).collect()),
        paragraph(
            "The columns can be in any order, with others between them. If we do not know a heading, we ask you what it means. If there is no column for the role or the administrators, we ask you for that too.",
        ),
        paragraph(
            "You can also upload the spreadsheet that this service replaces. Its first page fills in the questions that you have not answered yet.",
        ),
    ];
    vec![
        html(paragraph(
            "Use any spreadsheet with a row for each user. You see what we read, and can put it right, before anybody is added to your list.",
        )),
        html(downloads(
            applicant,
            Downloadable::Template,
            "You can start with our template:",
            "the template",
        )),
        html(
            view! { <Details summary="What the spreadsheet should have in it">{columns}</Details> }
                .into_any(),
        ),
    ]
}

fn form(
    brings_back: bool,
    of_file: Option<String>,
    of_cells: Option<String>,
    pasted: String,
) -> AnyView {
    let rows = if brings_back { "put-right" } else { "" };
    let parts = vec![
        hidden_field("rows", rows),
        view! {
            <FileUpload
                name="file"
                label="Upload a file"
                label_size=LabelSize::Medium
                hint=format!(
                    "{} and with {} users or fewer",
                    upload_hint(),
                    with_commas(MAX_USERS),
                )
                problem=of_file
                accept=ACCEPT
            />
        }
        .into_any(),
        view! {
            <Textarea
                name="cells"
                label="Or paste cells"
                label_size=LabelSize::Medium
                hint="In your spreadsheet, select and copy the rows together with their headings"
                value=pasted
                problem=of_cells
                rows=6
                spellcheck=false
            />
        }
        .into_any(),
        view! { <Button prevent_double_click=true>{text("Upload")}</Button> }.into_any(),
    ];
    element("form")
        .attr("action", ADDRESS)
        .attr("method", "post")
        .attr("enctype", "multipart/form-data")
        .flag("novalidate", true)
        .children(parts)
        .view()
}

fn problem(reading: Option<&ImportAttempt>, asked: &PageQuery) -> Option<Problem> {
    if asked.has("unanswered") {
        return Some(Problem::new(
            "file",
            "spreadsheet-empty",
            "Select a file or paste cells",
        ));
    }
    let reading = reading.filter(|_| asked.has("refused"))?;
    let field = if reading.file_name.is_empty() {
        "cells"
    } else {
        "file"
    };
    match &reading.state {
        ImportState::Refused(refusal) => {
            let message = refusal.message();
            // The messages mention a selected file, but the person pasted cells.
            let words = if field == "cells" {
                message.replace("The selected file", "The cells")
            } else {
                message
            };
            Some(Problem::new(field, refusal.kind(), words))
        }
        ImportState::Both => Some(Problem::new(
            "file",
            "spreadsheet-both",
            "Select a file or paste cells, not both: you pasted cells too",
        )),
        _ => None,
    }
}
