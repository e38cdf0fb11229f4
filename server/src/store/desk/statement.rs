//! A statement that is put together: its text, made of fixed pieces and numbered places, and the values for them.

/// A value for a place of a statement.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    Number(i64),
}

/// The values of a statement, in the order of their places.
#[derive(Debug, Default)]
pub(super) struct Values(pub(super) Vec<Value>);

impl Values {
    /// The place of a text, such as `$3`.
    pub(super) fn text(&mut self, text: impl Into<String>) -> String {
        self.place(Value::Text(text.into()))
    }

    /// The place of a number.
    pub(super) fn number(&mut self, number: i64) -> String {
        self.place(Value::Number(number))
    }

    fn place(&mut self, value: Value) -> String {
        self.0.push(value);
        format!("${}", self.0.len())
    }
}

/// Fetches every row of a statement that was put together.
macro_rules! fetch {
    ($store:expr, $statement:expr, $values:expr) => {{
        let statement: &str = $statement;
        let values: &[crate::store::desk::statement::Value] = $values;
        crate::store::db::read!($store, |connection| {
            // Put together of fixed pieces; whatever somebody typed is a value.
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
