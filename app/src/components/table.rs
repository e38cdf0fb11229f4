//! The table: rows and columns of things to compare.
//!
//! On a narrow screen, a table with `reflows` shows each row as a block, with the name of the
//! column before each value. The elements of such a table have explicit ARIA roles, because
//! browsers drop the implicit roles when CSS changes the layout.

use leptos::prelude::*;

use super::element::{Element, element, text};
use super::label::LabelSize;
use super::words::{Words, given};

/// A cell of a table.
pub struct Cell {
    /// The content of the cell.
    inside: AnyView,
    /// Whether the content is a number, which is aligned to the right.
    is_numeric: bool,
}

impl Cell {
    /// Creates a cell with text or any view.
    pub fn new(inside: impl IntoAny) -> Self {
        Self {
            inside: inside.into_any(),
            is_numeric: false,
        }
    }

    /// Creates a cell with a number, which is aligned to the right.
    pub fn number(inside: impl IntoAny) -> Self {
        Self {
            inside: inside.into_any(),
            is_numeric: true,
        }
    }
}

impl From<&'static str> for Cell {
    fn from(words: &'static str) -> Self {
        Self::new(text(words))
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::new(text(words))
    }
}

/// A table with column names, a caption and rows.
#[component]
pub fn Table(
    /// The rows, each with one cell for every column.
    rows: Vec<Vec<Cell>>,
    /// The names of the columns.
    #[prop(optional)]
    head: Vec<Words>,
    /// The indexes, from 0, of the columns with numbers.
    #[prop(optional)]
    numeric_columns: &'static [usize],
    /// The caption, which says what the table shows.
    #[prop(into, optional)]
    caption: Words,
    /// The text size of the caption.
    #[prop(optional)]
    caption_size: LabelSize,
    /// Whether the first cell of each row is the header of the row.
    #[prop(optional)]
    first_cell_is_header: bool,
    /// Whether each row becomes a block on a narrow screen.
    #[prop(optional)]
    reflows: bool,
) -> AnyView {
    let caption = given(caption).map(|words| {
        element("caption")
            .class(caption_class(caption_size))
            .words(words)
            .view()
    });
    let roles = if reflows { Roles::WRITTEN } else { Roles::NONE };
    let names = if reflows { head.clone() } else { Vec::new() };
    let head = (!head.is_empty()).then(|| {
        let cells = head.into_iter().enumerate().map(|(at, words)| {
            let class = if numeric_columns.contains(&at) {
                "govuk-table__header govuk-table__header--numeric"
            } else {
                "govuk-table__header"
            };
            let cell = element("th")
                .attr("scope", "col")
                .attr("role", roles.column);
            cell.class(class).words(words).view()
        });
        let row = row(roles).children(cells);
        let head = element("thead")
            .class("govuk-table__head")
            .attr("role", roles.group);
        head.child(row.view()).view()
    });
    let rows = rows.into_iter().map(|cells| {
        let cells = cells.into_iter().enumerate().map(|(at, cell)| {
            let is_header = first_cell_is_header && at == 0;
            cell_view(cell, is_header, names.get(at).cloned(), roles)
        });
        row(roles).children(cells).view()
    });
    let class = if reflows {
        "govuk-table app-table--reflows"
    } else {
        "govuk-table"
    };
    let body = element("tbody")
        .class("govuk-table__body")
        .attr("role", roles.group);
    element("table")
        .class(class)
        .attr("role", roles.table)
        .children(caption)
        .children(head)
        .child(body.children(rows).view())
        .view()
}

fn row(roles: Roles) -> Element {
    element("tr")
        .class("govuk-table__row")
        .attr("role", roles.row)
}

/// The explicit ARIA roles of the elements of a table. `None` leaves an element with its implicit
/// role.
#[derive(Clone, Copy)]
struct Roles {
    table: Option<&'static str>,
    group: Option<&'static str>,
    row: Option<&'static str>,
    column: Option<&'static str>,
    row_header: Option<&'static str>,
    cell: Option<&'static str>,
}

impl Roles {
    /// No explicit roles, for a table that does not reflow on a narrow screen.
    const NONE: Self = Self {
        table: None,
        group: None,
        row: None,
        column: None,
        row_header: None,
        cell: None,
    };

    /// The implicit roles, set explicitly, for a table that reflows on a narrow screen.
    const WRITTEN: Self = Self {
        table: Some("table"),
        group: Some("rowgroup"),
        row: Some("row"),
        column: Some("columnheader"),
        row_header: Some("rowheader"),
        cell: Some("cell"),
    };
}

/// Renders one cell. `column` is the name of the column, for narrow screens.
fn cell_view(cell: Cell, is_header: bool, column: Option<Words>, roles: Roles) -> AnyView {
    let column = column.map(|words| {
        element("span")
            .class("app-table__column")
            .attr("aria-hidden", "true")
            .words(words)
            .view()
    });
    let element = if is_header {
        let header = element("th")
            .attr("scope", "row")
            .attr("role", roles.row_header);
        header.class("govuk-table__header")
    } else {
        let class = if cell.is_numeric {
            "govuk-table__cell govuk-table__cell--numeric"
        } else {
            "govuk-table__cell"
        };
        element("td").attr("role", roles.cell).class(class)
    };
    element.children(column).child(cell.inside).view()
}

/// Returns the CSS classes of a caption.
fn caption_class(size: LabelSize) -> &'static str {
    match size {
        LabelSize::Normal => "govuk-table__caption",
        LabelSize::Small => "govuk-table__caption govuk-table__caption--s",
        LabelSize::Medium => "govuk-table__caption govuk-table__caption--m",
        LabelSize::Large => "govuk-table__caption govuk-table__caption--l",
        LabelSize::ExtraLarge => "govuk-table__caption govuk-table__caption--xl",
        LabelSize::Hidden => "govuk-table__caption govuk-visually-hidden",
    }
}
