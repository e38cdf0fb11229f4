//! Every answer as people read it, in the order of the form: for checking before, for the copy after.
//!
//! The server puts the words together; what crosses to the browser are titles, rows and links.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::prose::{link, paragraph, paragraph_of, subheading, text};
use super::users::list::action;
use crate::components::{Cell, LabelSize, SummaryList, SummaryRow, Table, Tag, TagColour, element};

/// What stands in place of an answer that nobody gave.
#[cfg(feature = "ssr")]
pub const NOT_PROVIDED: &str = "Not provided";

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
    /// Whether it is another answer than the one that was sent.
    pub is_changed: bool,
}

/// A table of users.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Users {
    /// Name, e-mail address, mobile number, role, administrator, and where the user is changed.
    pub rows: Vec<([String; 5], Option<String>)>,
    /// Which of them, by their place, are not as they were sent.
    pub changed: Vec<usize>,
    /// How many of those that were sent are no longer there as they were.
    pub gone: usize,
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

/// What marks an answer that is not as it was sent.
fn changed_tag() -> AnyView {
    view! { <Tag words="Changed" colour=TagColour::Yellow/> }.into_any()
}

fn summary_row(row: Row) -> SummaryRow {
    let shown = if row.is_changed {
        let mut value: Vec<AnyView> = Vec::new();
        for line in row.lines {
            value.push(text(line));
            value.push(element("br").view());
        }
        value.push(changed_tag());
        SummaryRow::new(row.key, value)
    } else {
        SummaryRow::lines(row.key, row.lines)
    };
    match row.change {
        Some((address, about)) => shown.action(address, "Change", about),
        None => shown,
    }
}

fn users_table(users: Users) -> Vec<AnyView> {
    let mut parts = Vec::new();
    let changeable = users.rows.iter().any(|(_, change)| change.is_some());
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
            .enumerate()
            .map(|(place, (answers, change))| {
                let name = answers[0].clone();
                let mut cells: Vec<Cell> = answers.into_iter().map(Cell::from).collect();
                if users.changed.contains(&place) {
                    let marked = vec![text([&name, " "].concat()), changed_tag()];
                    cells[0] = Cell::new(marked.into_any());
                }
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
    if users.gone > 0 {
        let words = [
            "Users of those you sent before who were changed or removed: ",
            &users.gone.to_string(),
            ".",
        ];
        parts.push(paragraph(words.concat()));
    }
    parts.extend(
        users
            .change
            .map(|(address, words)| paragraph_of(vec![link(address, words)])),
    );
    parts
}
