//! The list of rows that are ready to add, and the list of rows that are left out. The person can
//! move rows from one list to the other.

use leptos::prelude::*;
use registration::journey;
use registration::spreadsheet::{Intake, IntakeRow, RowDecision, RowField, RowPlace};
use registration::users::Role;

use super::page_in_parts::{FormAction, PageInParts, Part};
use super::shared::{ListPage, PageQuery, file, hidden, html, listed};
use crate::backend::{Applicant, Rows};
use crate::components::{Button, ButtonKind, Cell, Checkboxes, Choice, LabelSize, Table, text};
use crate::fault::Fault;
use crate::pages::prose::{heading, link, paragraph, paragraph_of};

/// The number of rows on a page.
const PAGE_SIZE: usize = 50;

/// A list of rows that the person can tick, and the form that moves the ticked rows.
struct List {
    key: &'static str,
    path: &'static str,
    title: String,
    words: &'static str,
    field: RowField,
    column: &'static str,
    verb: &'static str,
    button: &'static str,
    nobody: &'static str,
}

/// Renders the list of rows that are ready to add. Redirects and returns `None` if no rows wait.
pub async fn ready(
    applicant: &dyn Applicant,
    asked: &PageQuery,
) -> Result<Option<PageInParts>, Fault> {
    let Some((file_name, round, intake)) = waiting(applicant).await? else {
        return Ok(None);
    };
    let problems = intake.problems(&listed(applicant).await?);
    let places = intake.without_problems(&problems);
    let list = List {
        key: "ready",
        path: journey::READY,
        title: ["Users in ", &file(&file_name), " that are ready to add"].concat(),
        words: "Tick rows that you do not want to add.",
        field: RowField::LeaveOut,
        column: "Leave out",
        verb: "Leave out",
        button: "Leave the ticked rows out",
        nobody: "No row is ready to add.",
    };
    Ok(Some(page(&list, &intake, places, round, asked)))
}

/// Renders the list of rows that are left out. Redirects and returns `None` if no rows wait.
pub async fn left_out(
    applicant: &dyn Applicant,
    asked: &PageQuery,
) -> Result<Option<PageInParts>, Fault> {
    let Some((file_name, round, intake)) = waiting(applicant).await? else {
        return Ok(None);
    };
    let places = intake
        .rows
        .iter()
        .enumerate()
        .filter(|(_, read)| read.decision == RowDecision::LeaveOut)
        .map(|(index, _)| index)
        .collect();
    let list = List {
        key: "left-out",
        path: journey::LEFT_OUT,
        title: ["Rows of ", &file(&file_name), " that are left out"].concat(),
        words: "Tick rows that you want to take back in.",
        field: RowField::TakeBack,
        column: "Take back",
        verb: "Take back",
        button: "Take the ticked rows back in",
        nobody: "No row is left out.",
    };
    Ok(Some(page(&list, &intake, places, round, asked)))
}

async fn waiting(applicant: &dyn Applicant) -> Result<Option<(String, i64, Intake)>, Fault> {
    let spreadsheets = applicant.spreadsheets().await?;
    let leads_to = spreadsheets.waiting_rows_page();
    let found = spreadsheets.waiting.and_then(|waiting| match waiting.rows {
        Rows::Intake(intake) => Some((waiting.file_name, waiting.round, intake)),
        Rows::Table(..) => None,
    });
    if found.is_none() {
        crate::answering::redirect(leads_to);
    }
    Ok(found)
}

fn page(
    list: &List,
    intake: &Intake,
    places: Vec<usize>,
    round: i64,
    asked: &PageQuery,
) -> PageInParts {
    let rows: Vec<(usize, &IntakeRow)> = places
        .into_iter()
        .filter_map(|index| Some((index, intake.rows.get(index)?)))
        .collect();
    let mut parts = vec![html(heading(list.title.clone()))];
    if rows.is_empty() {
        parts.push(html(paragraph(list.nobody)));
    } else {
        let rows = ListPage::of(rows, asked.number("page"), PAGE_SIZE);
        let pagination = rows.pagination(list.path);
        parts.push(html(paragraph(list.words)));
        let button = list.button;
        let button =
            view! { <Button kind=ButtonKind::Secondary>{text(button)}</Button> }.into_any();
        parts.push(Part::Form(
            FormAction::Rows,
            vec![
                hidden("round", round),
                hidden("list", list.key),
                hidden("page", rows.number),
                html(table(list, &rows.items)),
                html(button),
            ],
        ));
        parts.extend(pagination);
    }
    parts.push(html(paragraph_of(vec![link(
        journey::REVIEW,
        "Go back to your spreadsheet",
    )])));
    PageInParts {
        title: list.title.clone(),
        back: journey::REVIEW.to_owned(),
        wide: true,
        parts,
        ..PageInParts::default()
    }
}

fn table(list: &List, rows: &[(usize, &IntakeRow)]) -> AnyView {
    let head = [
        "Row",
        "Name",
        "Email address",
        "Mobile number",
        "Role",
        "Administrator",
        list.column,
    ]
    .map(Into::into)
    .to_vec();
    let rows = rows
        .iter()
        .map(|(index, read)| {
            let place = RowPlace {
                index: *index,
                row: read.row,
            };
            let name = list.field.name(place);
            let label = format!("{} row {}", list.verb, read.row);
            let tick =
                view! { <Checkboxes name choices=vec![Choice::new("yes", label)] small=true/> };
            let user = &read.user;
            vec![
                Cell::from(format!("Row {}", read.row)),
                user.full_name().into(),
                user.email.clone().into(),
                user.mobile.clone().into(),
                user.role()
                    .map_or(user.role.clone(), |role| Role::words(role).to_owned())
                    .into(),
                Cell::from(match user.administrator.as_str() {
                    "yes" => "Yes".to_owned(),
                    "no" => "No".to_owned(),
                    other => other.to_owned(),
                }),
                Cell::new(tick.into_any()),
            ]
        })
        .collect();
    let caption = list.title.clone();
    view! { <Table head rows caption caption_size=LabelSize::Hidden first_cell_is_header=true reflows=true/> }
        .into_any()
}
