//! Statements with their values, which run on either database.
//!
//! The calls are those of sqlx (`query(…).bind(…).execute(…)`). sqlx's own statements are tied to
//! one database, and its `Any` driver cannot read a SQLite boolean. A statement here therefore
//! stores its values and passes them to sqlx when it runs. sqlx prepares each text once per
//! connection.

use std::borrow::Cow;
use std::marker::PhantomData;

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{
    Arguments, AssertSqlSafe, Database, Encode, FromRow, Postgres, SqlSafeStr, SqlStr, Sqlite, Type,
};

use super::connection::{Connection, Raw};
use super::error::StoreError;

/// A value for a placeholder.
///
/// A null also has a type, as required by PostgreSQL.
#[derive(Debug, Clone)]
pub(super) enum Value<'q> {
    /// Text or null.
    Text(Option<Cow<'q, str>>),
    /// A number or null.
    Number(Option<i64>),
    /// A boolean.
    Truth(bool),
}

/// A row that can be read from either database.
pub(super) trait Readable:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Readable for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

/// A statement whose rows, if any, are not read.
#[must_use]
#[derive(Debug)]
pub(super) struct Query<'q> {
    text: SqlStr,
    values: Vec<Value<'q>>,
}

/// A statement that returns rows of the type `T`.
#[must_use]
#[derive(Debug)]
pub(super) struct QueryAs<'q, T> {
    query: Query<'q>,
    row: PhantomData<fn() -> T>,
}

/// A statement that returns rows with one column of the type `T`.
#[must_use]
#[derive(Debug)]
pub(super) struct QueryScalar<'q, T>(QueryAs<'q, (T,)>);

/// Builds a statement whose rows, if any, are not read.
pub(super) fn query<'q>(text: impl SqlSafeStr) -> Query<'q> {
    Query {
        text: text.into_sql_str(),
        values: Vec::new(),
    }
}

/// Builds a statement that returns rows of the type `T`.
pub(super) fn query_as<'q, T: Readable>(text: impl SqlSafeStr) -> QueryAs<'q, T> {
    QueryAs {
        query: query(text),
        row: PhantomData,
    }
}

/// Builds a statement that returns rows with one column of the type `T`.
pub(super) fn query_scalar<'q, T>(text: impl SqlSafeStr) -> QueryScalar<'q, T>
where
    (T,): Readable,
{
    QueryScalar(query_as(text))
}

/// Joins fixed pieces of SQL into one statement.
pub(super) fn joined(pieces: &[&'static str]) -> SqlStr {
    // Safe: the pieces are part of the program and contain no user input.
    AssertSqlSafe(pieces.concat()).into_sql_str()
}

impl<'q> Query<'q> {
    /// Adds the value of the next placeholder.
    pub(super) fn bind(mut self, value: impl Into<Value<'q>>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Adds the values of the next placeholders.
    pub(super) fn bind_all(mut self, values: impl IntoIterator<Item = Value<'q>>) -> Self {
        self.values.extend(values);
        self
    }

    /// Runs the statement and returns the number of changed rows.
    pub(super) async fn execute(self, connection: &mut Connection<'_>) -> Result<u64, StoreError> {
        Ok(match connection.raw() {
            Raw::Sqlite(connection) => {
                let values = arguments::<Sqlite>(self.values)?;
                let done = sqlx::query_with(self.text, values).execute(connection);
                done.await?.rows_affected()
            }
            Raw::Postgres(connection, server) => {
                let values = arguments::<Postgres>(self.values)?;
                let done = sqlx::query_with(self.text, values).execute(connection);
                server.answered(done).await?.rows_affected()
            }
        })
    }
}

impl<'q, T: Readable> QueryAs<'q, T> {
    /// Adds the value of the next placeholder.
    pub(super) fn bind(mut self, value: impl Into<Value<'q>>) -> Self {
        self.query = self.query.bind(value);
        self
    }

    /// Adds the values of the next placeholders.
    pub(super) fn bind_all(mut self, values: impl IntoIterator<Item = Value<'q>>) -> Self {
        self.query = self.query.bind_all(values);
        self
    }

    /// Returns all rows.
    pub(super) async fn fetch_all(
        self,
        connection: &mut Connection<'_>,
    ) -> Result<Vec<T>, StoreError> {
        let Query { text, values } = self.query;
        Ok(match connection.raw() {
            Raw::Sqlite(connection) => {
                let values = arguments::<Sqlite>(values)?;
                sqlx::query_as_with(text, values)
                    .fetch_all(connection)
                    .await?
            }
            Raw::Postgres(connection, server) => {
                let values = arguments::<Postgres>(values)?;
                let rows = sqlx::query_as_with(text, values).fetch_all(connection);
                server.answered(rows).await?
            }
        })
    }

    /// Returns the first row, if there is one.
    pub(super) async fn fetch_optional(
        self,
        connection: &mut Connection<'_>,
    ) -> Result<Option<T>, StoreError> {
        let Query { text, values } = self.query;
        Ok(match connection.raw() {
            Raw::Sqlite(connection) => {
                let query = sqlx::query_as_with(text, arguments::<Sqlite>(values)?);
                query.fetch_optional(connection).await?
            }
            Raw::Postgres(connection, server) => {
                let query = sqlx::query_as_with(text, arguments::<Postgres>(values)?);
                server.answered(query.fetch_optional(connection)).await?
            }
        })
    }

    /// Returns the first row; fails if there is none.
    pub(super) async fn fetch_one(self, connection: &mut Connection<'_>) -> Result<T, StoreError> {
        let row = self.fetch_optional(connection).await?;
        row.ok_or(StoreError::Database(sqlx::Error::RowNotFound))
    }
}

impl<'q, T> QueryScalar<'q, T>
where
    (T,): Readable,
{
    /// Adds the value of the next placeholder.
    pub(super) fn bind(self, value: impl Into<Value<'q>>) -> Self {
        Self(self.0.bind(value))
    }

    /// Returns the value in each row.
    pub(super) async fn fetch_all(
        self,
        connection: &mut Connection<'_>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.0.fetch_all(connection).await?;
        Ok(rows.into_iter().map(|(value,)| value).collect())
    }

    /// Returns the value in the first row, if there is one.
    pub(super) async fn fetch_optional(
        self,
        connection: &mut Connection<'_>,
    ) -> Result<Option<T>, StoreError> {
        let row = self.0.fetch_optional(connection).await?;
        Ok(row.map(|(value,)| value))
    }

    /// Returns the value in the first row; fails if there is none.
    pub(super) async fn fetch_one(self, connection: &mut Connection<'_>) -> Result<T, StoreError> {
        let (value,) = self.0.fetch_one(connection).await?;
        Ok(value)
    }
}

/// Encodes values for a database.
fn arguments<'q, D: Database>(values: Vec<Value<'q>>) -> Result<D::Arguments, StoreError>
where
    Option<Cow<'q, str>>: Encode<'q, D> + Type<D>,
    Option<i64>: Encode<'q, D> + Type<D>,
    bool: Encode<'q, D> + Type<D>,
{
    let mut arguments = D::Arguments::default();
    for value in values {
        match value {
            Value::Text(text) => arguments.add(text),
            Value::Number(number) => arguments.add(number),
            Value::Truth(truth) => arguments.add(truth),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

impl<'q> From<&'q str> for Value<'q> {
    fn from(text: &'q str) -> Self {
        Self::Text(Some(Cow::Borrowed(text)))
    }
}

impl<'q> From<&'q String> for Value<'q> {
    fn from(text: &'q String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Some(Cow::Owned(text)))
    }
}

impl<'q> From<Option<&'q str>> for Value<'q> {
    fn from(text: Option<&'q str>) -> Self {
        Self::Text(text.map(Cow::Borrowed))
    }
}

impl From<Option<String>> for Value<'_> {
    fn from(text: Option<String>) -> Self {
        Self::Text(text.map(Cow::Owned))
    }
}

impl<'q> From<&'q Option<String>> for Value<'q> {
    fn from(text: &'q Option<String>) -> Self {
        Self::from(text.as_deref())
    }
}

impl<'q> From<Option<&'q String>> for Value<'q> {
    fn from(text: Option<&'q String>) -> Self {
        Self::from(text.map(String::as_str))
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value<'_> {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}
