//! Opens and migrates the database: a SQLite file or a PostgreSQL server.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgPool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use tokio::sync::Notify;

use super::connection::{Connection, PostgresConnection};
use super::connections::Connections;
use super::error::StoreError;
use super::page_saves::PageSaves;
use super::postgres_migrations;
use super::postgres_options::postgres_options;
use super::postgres_server::PostgresServer;
use super::private_file::{keep_private, make_private};

/// The number of connections that read a SQLite file.
///
/// A read takes a few hundredths of a millisecond, so two are enough.
const READERS: usize = 2;

/// The database in use; clones share its connections.
#[derive(Debug, Clone)]
pub(super) struct Database {
    engine: Arc<Engine>,
    /// Wakes this process's worker when a message is queued, so that the worker need not wait for
    /// its next poll.
    bell: Arc<Notify>,
}

/// SQLite or PostgreSQL, with its connections.
#[derive(Debug)]
pub(super) enum Engine {
    /// A SQLite file, which many connections can read while one writes.
    Sqlite {
        /// Connections that only read.
        read: Connections,
        /// The only connection that writes. Writers queue for this connection instead of waiting
        /// for the file's lock.
        write: Connections,
        /// Page saves that wait for the writing connection.
        saves: PageSaves,
    },
    /// A PostgreSQL server, which several servers of this service can share.
    Postgres(PgPool, Arc<PostgresServer>),
}

impl Database {
    /// Opens the database at a URL (`postgres://…`, `sqlite:…`) or a file path, and migrates it.
    ///
    /// Fails if the database cannot be reached, or if a newer version of this service has migrated
    /// it.
    pub(super) async fn open(address: &str) -> Result<Self, StoreError> {
        if is_postgres(address) {
            return Self::open_postgres(address).await;
        }
        let options = sqlite_options(address)?;
        let is_file = !address.contains(":memory:");
        if is_file && let Err(error) = make_private(options.get_filename()) {
            // No error is returned here, because opening the file then fails with SQLite's own
            // error, which operators know.
            tracing::debug!(%error, "the file of the database could not be made");
        }
        Self::open_sqlite(options).await
    }

    /// Returns the path of a SQLite database; `None` for PostgreSQL.
    pub(super) fn file(address: &str) -> Result<Option<PathBuf>, StoreError> {
        if is_postgres(address) {
            return Ok(None);
        }
        Ok(Some(sqlite_options(address)?.get_filename().to_owned()))
    }

    /// Opens a database as `open` does, but never creates a file.
    ///
    /// Fails with [`StoreError::NotThere`] if the file does not exist.
    pub(super) async fn open_existing(address: &str) -> Result<Self, StoreError> {
        if is_postgres(address) {
            return Self::open_postgres(address).await;
        }
        let options = sqlite_options(address)?;
        if !options.get_filename().is_file() {
            return Err(StoreError::NotThere(options.get_filename().to_owned()));
        }
        Self::open_sqlite(options.create_if_missing(false)).await
    }

    /// Returns the engine, SQLite or PostgreSQL, for the few statements that differ.
    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Borrows a connection for reading.
    pub(super) async fn read(&self) -> Result<Connection<'_>, StoreError> {
        Ok(match &*self.engine {
            Engine::Sqlite { read, .. } => Connection::Sqlite(read.acquire().await?),
            Engine::Postgres(pool, server) => {
                Connection::Postgres(PostgresConnection::acquire(pool, server).await?)
            }
        })
    }

    /// Borrows a connection for writing.
    pub(super) async fn write(&self) -> Result<Connection<'_>, StoreError> {
        Ok(match &*self.engine {
            Engine::Sqlite { write, .. } => Connection::Sqlite(write.acquire().await?),
            Engine::Postgres(pool, server) => {
                Connection::Postgres(PostgresConnection::acquire(pool, server).await?)
            }
        })
    }

    /// Waits for running statements, and closes the connections.
    pub(super) async fn close(&self) {
        match &*self.engine {
            Engine::Sqlite { read, write, .. } => {
                // The writing connection closes last, because the last connection to close writes
                // the WAL back into the file, which a read-only connection cannot do.
                for connections in [read, write] {
                    if let Err(error) = connections.close().await {
                        tracing::warn!(%error, "a connection to the database did not close well");
                    }
                }
            }
            Engine::Postgres(pool, _) => pool.close().await,
        }
    }

    /// Wakes the worker that sends messages, after a message was queued.
    pub(super) fn wake_outbox(&self) {
        self.bell.notify_one();
    }

    /// Waits until this process queues a message; returns at once if one was queued since the last
    /// call.
    pub(super) async fn woken(&self) {
        self.bell.notified().await;
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let (pool, server) = PostgresServer::open(postgres_options(url)?).await?;
        Self::migrated(Engine::Postgres(pool, server)).await
    }

    async fn open_sqlite(options: SqliteConnectOptions) -> Result<Self, StoreError> {
        keep_private(options.get_filename());
        let write = Connections::open(&options, 1).await?;
        let readers = options.read_only(true).optimize_on_close(false, None);
        let read = Connections::open(&readers, READERS).await?;
        Self::migrated(Engine::Sqlite {
            read,
            write,
            saves: PageSaves::default(),
        })
        .await
    }

    async fn migrated(engine: Engine) -> Result<Self, StoreError> {
        match &engine {
            Engine::Sqlite { write, .. } => {
                let mut write = write.acquire().await?;
                let migrations = sqlx::migrate!("./migrations/sqlite");
                // Another process may be running the same migrations, and SQLite has no lock to
                // prevent this. A migration that the other process has completed fails here; each
                // retry skips one such migration.
                for _ in migrations.iter() {
                    if migrations.run(&mut *write).await.is_ok() {
                        break;
                    }
                }
                migrations.run(&mut *write).await?;
            }
            Engine::Postgres(pool, _) => postgres_migrations::migrate(pool).await?,
        }
        Ok(Self {
            engine: Arc::new(engine),
            bell: Arc::default(),
        })
    }
}

fn is_postgres(address: &str) -> bool {
    address.starts_with("postgres://") || address.starts_with("postgresql://")
}

fn sqlite_options(address: &str) -> Result<SqliteConnectOptions, StoreError> {
    let options = if address.starts_with("sqlite:") {
        SqliteConnectOptions::from_str(address)?
    } else {
        SqliteConnectOptions::new().filename(Path::new(address))
    };
    Ok(options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // Changes that the service has acknowledged survive a power failure.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // Deleted data is overwritten; without this setting, SQLite only marks the pages as free.
        .pragma("secure_delete", "on")
        .busy_timeout(Duration::from_secs(10))
        .optimize_on_close(true, None))
}
