//! Reads audit rows even if a column has a value of the wrong type.
//!
//! Anyone who can write to a SQLite file can put any value into any column. A value of the wrong
//! type makes only its own row unreadable; the other rows can still be read.

use sqlx::{ColumnIndex, Decode, Error, FromRow, Row, Type};

use super::first_generation::FirstRow;
use super::model::{AuditRow, FoundRow, Head, Last, Seal};

/// Reads a column.
///
/// If the value has the wrong type, returns the default value and adds the column to `unreadable`.
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
            details: lenient::<_, Option<String>>(row, "details", &mut unreadable)?
                .unwrap_or_default(),
            details_key: lenient(row, "details_key", &mut unreadable)?,
            details_digest: lenient(row, "details_digest", &mut unreadable)?,
            source: lenient(row, "source", &mut unreadable)?,
            source_key: lenient(row, "source_key", &mut unreadable)?,
            source_digest: lenient(row, "source_digest", &mut unreadable)?,
            previous_hash: lenient(row, "previous_hash", &mut unreadable)?,
            hash: lenient(row, "hash", &mut unreadable)?,
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

impl<'r, R> FromRow<'r, R> for FirstRow
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
            subject: row.try_get("subject")?,
            sequence: row.try_get("sequence")?,
            at: lenient(row, "at", &mut unreadable)?,
            actor: lenient(row, "actor", &mut unreadable)?,
            action: lenient(row, "action", &mut unreadable)?,
            details: lenient(row, "details_digest", &mut unreadable)?,
            source: lenient(row, "source_digest", &mut unreadable)?,
            previous_hash: lenient(row, "previous_hash", &mut unreadable)?,
            hash: lenient(row, "hash", &mut unreadable)?,
            unreadable,
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
    Option<String>: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, Error> {
        // Unreadable columns need not be reported: a default value changes the hash, so
        // verification finds the fault.
        let mut unreadable = Vec::new();
        Ok(Self {
            number: lenient(row, "number", &mut unreadable)?,
            at: lenient(row, "at", &mut unreadable)?,
            heads: lenient(row, "heads", &mut unreadable)?,
            previous_hash: lenient(row, "previous_hash", &mut unreadable)?,
            hash: lenient(row, "hash", &mut unreadable)?,
            carried_hash: lenient(row, "carried_hash", &mut unreadable)?,
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
        // Unreadable columns need not be reported: a default value changes the hash of the seal.
        let mut unreadable = Vec::new();
        Ok(Self {
            position: lenient(row, "position", &mut unreadable)?,
            subject: lenient(row, "subject", &mut unreadable)?,
            sequence: lenient(row, "sequence", &mut unreadable)?,
            hash: lenient(row, "hash", &mut unreadable)?,
        })
    }
}
