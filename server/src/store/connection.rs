//! A connection to either database, and a transaction on it.
//!
//! Functions that run SQL take `&mut Connection`, and a transaction dereferences to its connection.
//! Each statement is therefore written once, for both databases, and works inside and outside a
//! transaction.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{Connection as _, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection};
use tokio::runtime::Handle;

use super::connections::PooledConnection;
use super::error::StoreError;
use super::postgres_server::{PostgresServer, return_in_time};

/// A connection to SQLite or PostgreSQL, with or without an open transaction.
#[derive(Debug)]
pub(super) enum Connection<'c> {
    /// A connection to a SQLite file.
    Sqlite(PooledConnection<'c>),
    /// A transaction on a SQLite file.
    SqliteTransaction(sqlx::Transaction<'c, Sqlite>),
    /// A connection to a PostgreSQL server.
    Postgres(PostgresConnection),
    /// A transaction on a PostgreSQL server.
    PostgresTransaction(sqlx::Transaction<'c, Postgres>, Arc<PostgresServer>),
}

/// A connection from the pool of a PostgreSQL server; dropping it returns it to the pool.
#[derive(Debug)]
pub(super) struct PostgresConnection {
    pooled: PoolConnection<Postgres>,
    server: Arc<PostgresServer>,
}

/// A connection of sqlx, for either database.
pub(super) enum Raw<'c> {
    /// A connection to a SQLite file.
    Sqlite(&'c mut SqliteConnection),
    /// A connection to a PostgreSQL server, with the server, which is probed while a statement
    /// takes long.
    Postgres(&'c mut PgConnection, &'c Arc<PostgresServer>),
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
            Raw::Postgres(connection, server) => Connection::PostgresTransaction(
                server.answered(connection.begin()).await?,
                Arc::clone(server),
            ),
        }))
    }

    /// Returns whether the database is PostgreSQL, where transactions that write overlap.
    pub(super) fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_) | Self::PostgresTransaction(..))
    }

    /// Returns the underlying connection of sqlx.
    pub(super) fn raw(&mut self) -> Raw<'_> {
        match self {
            Self::Sqlite(connection) => Raw::Sqlite(connection),
            Self::SqliteTransaction(transaction) => Raw::Sqlite(transaction),
            Self::Postgres(PostgresConnection { pooled, server }) => Raw::Postgres(pooled, server),
            Self::PostgresTransaction(transaction, server) => Raw::Postgres(transaction, server),
        }
    }
}

impl Transaction<'_> {
    /// Commits the transaction; its changes are on disk when this returns.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self.0 {
            Connection::SqliteTransaction(transaction) => transaction.commit().await?,
            Connection::PostgresTransaction(transaction, server) => {
                server.answered(transaction.commit()).await?;
            }
            Connection::Sqlite(_) | Connection::Postgres(_) => {}
        }
        Ok(())
    }

    /// Rolls the transaction back and waits until the database has done so.
    pub(super) async fn rollback(self) -> Result<(), StoreError> {
        match self.0 {
            Connection::SqliteTransaction(transaction) => transaction.rollback().await?,
            Connection::PostgresTransaction(transaction, server) => {
                server.answered(transaction.rollback()).await?;
            }
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

impl PostgresConnection {
    /// Borrows a connection from the pool, and waits for one if all are in use.
    pub(super) async fn acquire(
        pool: &PgPool,
        server: &Arc<PostgresServer>,
    ) -> Result<Self, sqlx::Error> {
        Ok(Self {
            pooled: server.acquire(pool).await?,
            server: Arc::clone(server),
        })
    }
}

impl Drop for PostgresConnection {
    fn drop(&mut self) {
        // sqlx returns a dropped connection too, but without a time limit: if the server never
        // answers, the connection would count against the pool's maximum for ever.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(return_in_time(self.pooled.return_to_pool()));
        }
    }
}
