//! A connection to either database, and a transaction on it.
//!
//! Functions that run SQL take `&mut Connection`, and a transaction dereferences to its connection.
//! Each statement is therefore written once, for both databases, and works inside and outside a
//! transaction.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{Connection as _, PgConnection, Postgres, Sqlite, SqliteConnection};

use super::connections::PooledConnection;
use super::error::StoreError;

/// A connection to SQLite or PostgreSQL, with or without an open transaction.
#[derive(Debug)]
pub(super) enum Connection<'c> {
    /// A connection to a SQLite file.
    Sqlite(PooledConnection<'c>),
    /// A transaction on a SQLite file.
    SqliteTransaction(sqlx::Transaction<'c, Sqlite>),
    /// A connection to a PostgreSQL server.
    Postgres(PoolConnection<Postgres>),
    /// A transaction on a PostgreSQL server.
    PostgresTransaction(sqlx::Transaction<'c, Postgres>),
}

/// A connection of sqlx, for either database.
pub(super) enum Raw<'c> {
    /// A connection to a SQLite file.
    Sqlite(&'c mut SqliteConnection),
    /// A connection to a PostgreSQL server.
    Postgres(&'c mut PgConnection),
}

/// An open transaction, which is rolled back if it is dropped without a commit.
#[derive(Debug)]
pub(super) struct Transaction<'c>(Connection<'c>);

impl Connection<'_> {
    /// Begins a transaction.
    pub(super) async fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        Ok(Transaction(match self.raw() {
            // SQLite rejects a write in a transaction if another transaction has written since the
            // first read. `BEGIN IMMEDIATE` takes the write lock before the first read.
            Raw::Sqlite(connection) => {
                Connection::SqliteTransaction(connection.begin_with("BEGIN IMMEDIATE").await?)
            }
            Raw::Postgres(connection) => Connection::PostgresTransaction(connection.begin().await?),
        }))
    }

    /// Returns the underlying connection of sqlx.
    pub(super) fn raw(&mut self) -> Raw<'_> {
        match self {
            Self::Sqlite(connection) => Raw::Sqlite(connection),
            Self::SqliteTransaction(transaction) => Raw::Sqlite(transaction),
            Self::Postgres(connection) => Raw::Postgres(connection),
            Self::PostgresTransaction(transaction) => Raw::Postgres(transaction),
        }
    }
}

impl Transaction<'_> {
    /// Commits the transaction; its changes are on disk when this returns.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self.0 {
            Connection::SqliteTransaction(transaction) => transaction.commit().await?,
            Connection::PostgresTransaction(transaction) => transaction.commit().await?,
            Connection::Sqlite(_) | Connection::Postgres(_) => {}
        }
        Ok(())
    }

    /// Rolls the transaction back and waits until the database has done so.
    pub(super) async fn rollback(self) -> Result<(), StoreError> {
        match self.0 {
            Connection::SqliteTransaction(transaction) => transaction.rollback().await?,
            Connection::PostgresTransaction(transaction) => transaction.rollback().await?,
            Connection::Sqlite(_) | Connection::Postgres(_) => {}
        }
        Ok(())
    }
}

impl<'c> Deref for Transaction<'c> {
    type Target = Connection<'c>;

    fn deref(&self) -> &Connection<'c> {
        &self.0
    }
}

impl<'c> DerefMut for Transaction<'c> {
    fn deref_mut(&mut self) -> &mut Connection<'c> {
        &mut self.0
    }
}
