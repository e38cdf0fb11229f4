//! Distinguishes an outage of the database, which passes, from a fault of this service.

use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;

/// The classes (first two characters) of PostgreSQL's error codes that mean an outage: a broken
/// connection, a lack of resources (such as a full disk), an operator's intervention (such as a
/// stop), and a system error.
const CLASSES: [&str; 4] = ["08", "53", "57", "58"];
/// PostgreSQL's other error codes that mean an outage: a read-only server, such as a standby, and a
/// transaction that the server ended because it was idle for too long.
const CODES: [&str; 2] = ["25006", "25P03"];
/// SQLite's primary result codes that mean an outage: busy, locked, read-only, a disk error, a full
/// disk, and a file that cannot be opened.
const SQLITE: [u32; 6] = [5, 6, 8, 10, 13, 14];

/// Returns whether an error means that the database cannot be used at the moment, whatever the
/// statement.
pub(super) fn is_outage(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => is_code_of_outage(error.as_ref()),
        _ => false,
    }
}

fn is_code_of_outage(error: &dyn DatabaseError) -> bool {
    let Some(code) = error.code() else {
        return false;
    };
    if error.try_downcast_ref::<PgDatabaseError>().is_some() {
        return CODES.contains(&&*code) || CLASSES.iter().any(|class| code.starts_with(class));
    }
    // The primary code is the low byte of an extended code.
    code.parse::<u32>()
        .is_ok_and(|code| SQLITE.contains(&(code & 0xff)))
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn an_outage_is_what_passes_by_itself() {
        let cut_off = io::Error::from(io::ErrorKind::ConnectionReset);
        assert!(is_outage(&sqlx::Error::Io(cut_off)));
        assert!(is_outage(&sqlx::Error::PoolTimedOut));
        assert!(!is_outage(&sqlx::Error::RowNotFound));
        assert!(!is_outage(&sqlx::Error::ColumnNotFound("name".to_owned())));
    }
}
