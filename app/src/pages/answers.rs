//! The answers as display text, in the order of the form: for the check answers page, the copy and
//! the desk.
//!
//! The server turns the answers into text. The browser receives headings, rows, links and the table
//! of users.

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use registration::form::{FormSection, Topic};
use serde::{Deserialize, Serialize};

use super::prose::{link, paragraph, paragraph_of, subheading, text};
use crate::components::{
    Cell, LabelSize, SummaryList, SummaryRow, Table, Tag, TagColour, element, table_action,
};

/// The text in place of an answer that was not given.
#[cfg(feature = "ssr")]
pub const NOT_PROVIDED: &str = "Not provided";

/// A section of the form: rows of answers, or a table of users.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The section of the form; `None` for the facts above the first section.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub of_form: Option<FormSection>,
    /// The heading; empty if the section has no heading.
    pub title: String,
    /// The answers of the section.
    pub rows: Vec<Row>,
    /// The table of users; `None` if the section has no such table.
    pub users: Option<Users>,
}

/// One answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The topic of the answer; `None` if the row is not an answer to a question.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    pub topic: Option<Topic>,
    /// The label of the question.
    pub key: String,
    /// The answer, line by line.
    pub lines: Vec<String>,
    /// The address of the page that changes the answer, and the text that screen readers announce
    /// after "Change". `None` if the answer cannot be changed.
    pub change: Option<(String, String)>,
    /// Whether the answer differs from the submission with which the answers are compared; false if
    /// they are not compared.
    pub is_changed: bool,
}

/// A table of users.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Users {
    /// The answers about each user, and the address of the page that changes the user; `None` if
    /// the user cannot be changed.
    ///
    /// The answers are: name, email address, mobile number, role, and whether the user is an
    /// administrator.
    pub rows: Vec<([String; 5], Option<String>)>,
    /// The indexes in `rows` of the users that differ from the submission with which the answers
    /// are compared.
    pub changed: Vec<usize>,
    /// The number of users in that submission that have since been changed or removed.
    pub gone: usize,
    /// The number of users that are not in `rows`.
    pub hidden: usize,
    /// The address and the text of the link below the table; `None` if there is no link.
    pub change: Option<(String, String)>,
}

/// Renders sections, each below its heading.
pub fn sections(sections: Vec<Section>) -> Vec<AnyView> {
    let mut parts = Vec::new();
    for Section {
        title, rows, users, ..
    } in sections
    {
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

/// Renders the tag for an answer or a user that differs from an earlier submission.
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
                cells.extend(
                    change.map(|address| Cell::new(table_action(address, "Change", &name))),
                );
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
