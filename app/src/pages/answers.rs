//! Every answer as people read it, in the order of the form: for checking before, for the copy after.
//!
//! The server puts the words together; what crosses to the browser are titles, rows and links.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::prose::{link, paragraph, paragraph_of, subheading};
use super::users::list::action;
use crate::components::{Cell, LabelSize, SummaryList, SummaryRow, Table};

/// A part of the form: rows of answers, or the table of users.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Its answers.
    pub rows: Vec<Row>,
    /// Its users.
    pub users: Option<Users>,
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What was asked.
    pub key: String,
    /// What was answered, line by line.
    pub lines: Vec<String>,
    /// Where it is changed, and what the link is heard to change.
    pub change: Option<(String, String)>,
}

/// A table of users.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Users {
    /// Name, e-mail address, mobile number, role, administrator, and where the user is changed.
    pub rows: Vec<([String; 5], Option<String>)>,
    /// How many there are beside those of the table.
    pub hidden: usize,
    /// Where the list is changed, and the words of the link.
    pub change: Option<(String, String)>,
}

/// The sections, each below its heading.
pub fn sections(sections: Vec<Section>) -> Vec<AnyView> {
    let mut parts = Vec::new();
    for Section { title, rows, users } in sections {
        if !title.is_empty() {
            parts.push(subheading(title));
        }
        if !rows.is_empty() {
            let rows = rows.into_iter().map(summary_row).collect();
            parts.push(view! { <SummaryList rows/> }.into_any());
        }
        parts.extend(users.into_iter().flat_map(users_table));
    }
    parts
}

fn summary_row(row: Row) -> SummaryRow {
    let shown = SummaryRow::lines(row.key, row.lines);
    match row.change {
        Some((address, about)) => shown.action(address, "Change", about),
        None => shown,
    }
}

fn users_table(users: Users) -> Vec<AnyView> {
    let mut parts = Vec::new();
    let changeable = users.change.is_some();
    if !users.rows.is_empty() {
        let mut head: Vec<_> = [
            "Name",
            "Email address",
            "Mobile number",
            "Role",
            "Administrator",
        ]
        .map(Into::into)
        .to_vec();
        if changeable {
            head.push("Action".into());
        }
        let shown = users.rows.len();
        let rows = users
            .rows
            .into_iter()
            .map(|(answers, change)| {
                let name = answers[0].clone();
                let mut cells: Vec<Cell> = answers.into_iter().map(Cell::from).collect();
                cells.extend(change.map(|address| Cell::new(action(address, "Change", &name))));
                cells
            })
            .collect();
        parts.push(
            view! { <Table head rows caption="Users" caption_size=LabelSize::Hidden first_cell_is_header=true reflows=true/> }
                .into_any(),
        );
        if users.hidden > 0 {
            let total = (shown + users.hidden).to_string();
            let words = [
                "These are the first ",
                &shown.to_string(),
                " of ",
                &total,
                " users.",
            ];
            parts.push(paragraph(words.concat()));
        }
    }
    parts.extend(
        users
            .change
            .map(|(address, words)| paragraph_of(vec![link(address, words)])),
    );
    parts
}
