//! A row of the audit as it is read. Whoever owns a SQLite file can put anything into any column: what does not have
//! the type that this service writes makes its own row unreadable, and stops nobody from reading the others.

use serde_json::Value;
use sqlx::{ColumnIndex, Decode, Error, FromRow, Row, Type};

use super::seal::{Head, Seal};
use super::{AuditRow, FoundRow};
use crate::clock::Moment;

/// The last row of a chain, to which the next one is chained.
pub(in crate::store) struct Last {
    pub(in crate::store) sequence: i64,
    pub(in crate::store) hash: String,
}

/// What the audit calls it that a form was taken in on behalf of its organisation.
pub(in crate::store) const TAKEN_IN: &str = "taken-in";

impl AuditRow {
    /// When it happened; nothing where that cannot be read. That a form was taken in comes into the chain of its
    /// registration when it is submitted, and happened before: the details tell when.
    #[must_use]
    pub fn happened_at(&self) -> Option<Moment> {
        if self.unreadable.contains(&"at") {
            return None;
        }
        let before = || -> Option<i64> {
            let details: Value = serde_json::from_str(&self.details).ok()?;
            details["at"].as_i64()
        };
        let at = if self.action == TAKEN_IN {
            before()
        } else {
            None
        };
        Some(Moment::from_millis(at.unwrap_or(self.at)))
    }

    /// The same in words.
    #[must_use]
    pub fn happened_in_words(&self) -> String {
        self.happened_at().map_or_else(
            || "at a time that cannot be read".to_owned(),
            Moment::in_words,
        )
    }

    /// What to say of it where a part of it cannot be read; nothing where all can.
    #[must_use]
    pub fn cannot_be_read(&self) -> Option<String> {
        let columns = self.unreadable.join(", ");
        (!columns.is_empty()).then(|| {
            format!("This row cannot be read: somebody changed it past this service ({columns})")
        })
    }
}

/// What is in a column; where it is of another type, what stands for nothing, and the column's name is noted.
fn lenient<'r, R, T>(
    row: &'r R,
    column: &'static str,
    unreadable: &mut Vec<&'static str>,
) -> Result<T, Error>
where
    R: Row,
    &'static str: ColumnIndex<R>,
    T: Decode<'r, R::Database> + Type<R::Database> + Default,
{
    match row.try_get(column) {
        Err(Error::ColumnDecode { .. }) => {
            unreadable.push(column);
            Ok(T::default())
        }
        read => read,
    }
}

impl<'r, R> FromRow<'r, R> for AuditRow
where
    R: Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Option<String>: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, Error> {
        let mut unreadable = Vec::new();
        Ok(Self {
            sequence: lenient(row, "sequence", &mut unreadable)?,
            at: lenient(row, "at", &mut unreadable)?,
            actor: lenient(row, "actor", &mut unreadable)?,
            action: lenient(row, "action", &mut unreadable)?,
            details: lenient(row, "details", &mut unreadable)?,
            previous_hash: lenient(row, "previous_hash", &mut unreadable)?,
            hash: lenient(row, "hash", &mut unreadable)?,
            source: lenient(row, "source", &mut unreadable)?,
            unreadable,
        })
    }
}

impl<'r, R> FromRow<'r, R> for FoundRow
where
    R: Row,
    &'static str: ColumnIndex<R>,
    AuditRow: FromRow<'r, R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, Error> {
        let mut unreadable = Vec::new();
        let subject = lenient(row, "subject", &mut unreadable)?;
        let mut found = AuditRow::from_row(row)?;
        found.unreadable.append(&mut unreadable);
        Ok(Self {
            subject,
            row: found,
        })
    }
}

impl<'r, R> FromRow<'r, R> for Last
where
    R: Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, Error> {
        let mut unreadable = Vec::new();
        Ok(Self {
            sequence: lenient(row, "sequence", &mut unreadable)?,
            hash: lenient(row, "hash", &mut unreadable)?,
        })
    }
}

impl<'r, R> FromRow<'r, R> for Seal
where
    R: Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, Error> {
        // A seal with a column that cannot be read has another hash than it carries.
        let mut unreadable = Vec::new();
        Ok(Self {
            number: lenient(row, "number", &mut unreadable)?,
            at: lenient(row, "at", &mut unreadable)?,
            heads: lenient(row, "heads", &mut unreadable)?,
            previous_hash: lenient(row, "previous_hash", &mut unreadable)?,
            hash: lenient(row, "hash", &mut unreadable)?,
        })
    }
}

impl<'r, R> FromRow<'r, R> for Head
where
    R: Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, Error> {
        // The seal of such a head has another hash than it carries.
        let mut unreadable = Vec::new();
        Ok(Self {
            position: lenient(row, "position", &mut unreadable)?,
            subject: lenient(row, "subject", &mut unreadable)?,
            sequence: lenient(row, "sequence", &mut unreadable)?,
            hash: lenient(row, "hash", &mut unreadable)?,
        })
    }
}
