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

/// Implements `FromRow` for a type whose columns are numbers and texts. `$unreadable` collects the
/// columns that could not be read.
macro_rules! from_row {
    ($type:ty, |$row:ident, $unreadable:ident| $read:block) => {
        impl<'r, R> FromRow<'r, R> for $type
        where
            R: Row,
            &'static str: ColumnIndex<R>,
            i64: Decode<'r, R::Database> + Type<R::Database>,
            String: Decode<'r, R::Database> + Type<R::Database>,
            Option<String>: Decode<'r, R::Database> + Type<R::Database>,
        {
            fn from_row($row: &'r R) -> Result<Self, Error> {
                let mut $unreadable = Vec::new();
                Ok($read)
            }
        }
    };
}

from_row!(AuditRow, |row, unreadable| {
    Self {
        sequence: lenient(row, "sequence", &mut unreadable)?,
        at: lenient(row, "at", &mut unreadable)?,
        actor: lenient(row, "actor", &mut unreadable)?,
        action: lenient(row, "action", &mut unreadable)?,
        details: lenient::<_, Option<String>>(row, "details", &mut unreadable)?.unwrap_or_default(),
        details_key: lenient(row, "details_key", &mut unreadable)?,
        details_digest: lenient(row, "details_digest", &mut unreadable)?,
        source: lenient(row, "source", &mut unreadable)?,
        source_key: lenient(row, "source_key", &mut unreadable)?,
        source_digest: lenient(row, "source_digest", &mut unreadable)?,
        previous_hash: lenient(row, "previous_hash", &mut unreadable)?,
        hash: lenient(row, "hash", &mut unreadable)?,
        unreadable,
    }
});

from_row!(FoundRow, |row, unreadable| {
    let subject = lenient(row, "subject", &mut unreadable)?;
    let mut found = AuditRow::from_row(row)?;
    found.unreadable.append(&mut unreadable);
    Self {
        subject,
        row: found,
    }
});

from_row!(FirstRow, |row, unreadable| {
    Self {
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
    }
});

from_row!(Last, |row, unreadable| {
    Self {
        sequence: lenient(row, "sequence", &mut unreadable)?,
        hash: lenient(row, "hash", &mut unreadable)?,
    }
});

from_row!(Seal, |row, unreadable| {
    // Unreadable columns need not be reported: a default value changes the hash, so
    // verification finds the fault.
    Self {
        number: lenient(row, "number", &mut unreadable)?,
        at: lenient(row, "at", &mut unreadable)?,
        heads: lenient(row, "heads", &mut unreadable)?,
        previous_hash: lenient(row, "previous_hash", &mut unreadable)?,
        hash: lenient(row, "hash", &mut unreadable)?,
        carried_hash: lenient(row, "carried_hash", &mut unreadable)?,
    }
});

from_row!(Head, |row, unreadable| {
    // Unreadable columns need not be reported: a default value changes the hash of the seal.
    Self {
        position: lenient(row, "position", &mut unreadable)?,
        subject: lenient(row, "subject", &mut unreadable)?,
        sequence: lenient(row, "sequence", &mut unreadable)?,
        hash: lenient(row, "hash", &mut unreadable)?,
    }
});
