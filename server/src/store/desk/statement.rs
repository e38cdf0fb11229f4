//! SQL statements assembled at run time from fixed pieces, with numbered placeholders and their
//! values.

/// A value for a placeholder.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    Number(i64),
}

/// The values of a statement, in the order of their placeholders.
#[derive(Debug, Default)]
pub(super) struct Values(pub(super) Vec<Value>);

impl Values {
    /// Adds a text and returns its placeholder, such as `$3`.
    pub(super) fn text(&mut self, text: impl Into<String>) -> String {
        self.place(Value::Text(text.into()))
    }

    /// Adds a number and returns its placeholder.
    pub(super) fn number(&mut self, number: i64) -> String {
        self.place(Value::Number(number))
    }

    fn place(&mut self, value: Value) -> String {
        self.0.push(value);
        format!("${}", self.0.len())
    }
}

/// Fetches all rows of an assembled statement.
macro_rules! fetch {
    ($store:expr, $statement:expr, $values:expr) => {{
        let statement: &str = $statement;
        let values: &[crate::store::desk::statement::Value] = $values;
        crate::store::db::read!($store, |connection| {
            // Safe: the statement consists of fixed pieces, and everything that people type is a
            // bound value.
            let mut query = sqlx::query_as(sqlx::AssertSqlSafe(statement.to_owned()));
            for value in values {
                query = match value {
                    crate::store::desk::statement::Value::Text(text) => query.bind(text.as_str()),
                    crate::store::desk::statement::Value::Number(number) => query.bind(*number),
                };
            }
            query.fetch_all(connection).await
        })
    }};
}

pub(super) use fetch;
