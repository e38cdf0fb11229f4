//! The bound values of a statement whose text is assembled at run time.

use sqlx::AssertSqlSafe;

use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{Readable, Value, query_as};

/// The values of a statement, in the order of their placeholders.
#[derive(Debug, Default)]
pub(super) struct Values(Vec<Value<'static>>);

impl Values {
    /// Adds a text and returns its placeholder, such as `$3`.
    pub(super) fn text(&mut self, text: impl Into<String>) -> String {
        self.place(text.into().into())
    }

    /// Adds a number and returns its placeholder.
    pub(super) fn number(&mut self, number: i64) -> String {
        self.place(number.into())
    }

    fn place(&mut self, value: Value<'static>) -> String {
        self.0.push(value);
        format!("${}", self.0.len())
    }

    /// Returns all rows of a statement with these values.
    pub(super) async fn fetch_all<T: Readable>(
        self,
        statement: String,
        connection: &mut Connection<'_>,
    ) -> Result<Vec<T>, StoreError> {
        // Safe: the statement consists of fixed pieces, and user input is only in bound values.
        query_as(AssertSqlSafe(statement))
            .bind_all(self.0)
            .fetch_all(connection)
            .await
    }
}
