//! Collects rows of a table and inserts many of them with one statement.
//!
//! This is much faster than one statement per row; load tests have millions of registrations.

use sqlx::AssertSqlSafe;

use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::query;

/// The maximum number of values in one statement.
///
/// Every full statement has the same text, so the database prepares it once.
const MAX_VALUES: usize = 1_000;

/// A value of a row.
pub enum Cell {
    Text(Option<String>),
    Number(Option<i64>),
    Truth(bool),
}

/// Rows of one table, collected for insertion.
pub struct Rows {
    /// The table and its columns, as in `insert into`.
    into: &'static str,
    /// The number of columns.
    width: usize,
    cells: Vec<Cell>,
}

/// The placeholder style of a statement.
#[derive(Clone, Copy)]
pub enum Placeholder {
    /// A plain `?`, for SQLite, which treats `$1` as a name and compares it with all earlier names.
    Place,
    /// A number, such as `$1`, as required by PostgreSQL.
    Number,
}

impl Rows {
    pub const fn new(into: &'static str, width: usize) -> Self {
        Self {
            into,
            width,
            cells: Vec::new(),
        }
    }

    pub fn text(&mut self, text: impl Into<String>) -> &mut Self {
        self.maybe(Some(text.into()))
    }

    pub fn maybe(&mut self, text: Option<String>) -> &mut Self {
        self.cells.push(Cell::Text(text));
        self
    }

    pub fn number(&mut self, number: i64) -> &mut Self {
        self.maybe_number(Some(number))
    }

    pub fn maybe_number(&mut self, number: Option<i64>) -> &mut Self {
        self.cells.push(Cell::Number(number));
        self
    }

    pub fn truth(&mut self, truth: bool) -> &mut Self {
        self.cells.push(Cell::Truth(truth));
        self
    }

    /// Returns the insert statements, each with its values.
    pub fn statements(&self, placeholder: Placeholder) -> impl Iterator<Item = (String, &[Cell])> {
        let at_once = MAX_VALUES / self.width * self.width;
        self.cells.chunks(at_once).map(move |cells| {
            let mut statement = format!("insert into {} values ", self.into);
            for place in 0..cells.len() {
                let before = match (place, place % self.width) {
                    (0, _) => "(",
                    (_, 0) => "), (",
                    _ => ", ",
                };
                statement.push_str(before);
                match placeholder {
                    Placeholder::Place => statement.push('?'),
                    Placeholder::Number => {
                        statement.push('$');
                        statement.push_str(&(place + 1).to_string());
                    }
                }
            }
            statement.push(')');
            (statement, cells)
        })
    }
}

/// Inserts the collected rows of a table.
pub(super) async fn insert(
    connection: &mut Connection<'_>,
    rows: &Rows,
    placeholder: Placeholder,
) -> Result<(), StoreError> {
    for (statement, cells) in rows.statements(placeholder) {
        // Safe: the statement contains only fixed text and placeholders.
        let values = cells.iter().map(|cell| match cell {
            Cell::Text(text) => text.into(),
            Cell::Number(number) => (*number).into(),
            Cell::Truth(truth) => (*truth).into(),
        });
        query(AssertSqlSafe(statement))
            .bind_all(values)
            .execute(connection)
            .await?;
    }
    Ok(())
}
