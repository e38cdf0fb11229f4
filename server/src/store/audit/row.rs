//! Reads audit rows leniently.
//!
//! Anyone who can write to a SQLite file can put any value into any column. A value of the wrong
//! type makes only its own row unreadable; the other rows can still be read.

use serde_json::Value;
use sqlx::{ColumnIndex, Decode, Error, FromRow, Row, Type};

use super::seal::{Head, Seal};
use super::{AuditRow, FoundRow};
use crate::clock::Moment;

/// The last row of a chain, which the next row follows.
pub(in crate::store) struct Last {
    pub(in crate::store) sequence: i64,
    pub(in crate::store) hash: String,
}

/// The audit's action for a form that an officer fills in on behalf of an organisation (assisted
/// digital).
pub(in crate::store) const TAKEN_IN: &str = "taken-in";

impl AuditRow {
    /// Returns when the event happened, or `None` if the timestamp cannot be read.
    ///
    /// A `taken-in` row joins the registration's chain only when the form is submitted, so its real
    /// time is in its details.
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

    /// Returns when the event happened, in words.
    #[must_use]
    pub fn happened_in_words(&self) -> String {
        self.happened_at().map_or_else(
            || "at a time that cannot be read".to_owned(),
            Moment::in_words,
        )
    }

    /// Returns a warning that names the unreadable columns, or `None` if all can be read.
    #[must_use]
    pub fn cannot_be_read(&self) -> Option<String> {
        let columns = self.unreadable.join(", ");
        (!columns.is_empty()).then(|| {
            format!("This row cannot be read: it was changed outside this service ({columns})")
        })
    }
}

/// Reads a column. If it has the wrong type, returns the default value and adds the column to
/// `unreadable`.
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
        // The columns need not be reported: a default value changes the hash, so verification finds
        // the fault.
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
        // The columns need not be reported: a default value changes the hash of the seal.
        let mut unreadable = Vec::new();
        Ok(Self {
            position: lenient(row, "position", &mut unreadable)?,
            subject: lenient(row, "subject", &mut unreadable)?,
            sequence: lenient(row, "sequence", &mut unreadable)?,
            hash: lenient(row, "hash", &mut unreadable)?,
        })
    }
}
