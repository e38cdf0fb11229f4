//! The database: a SQLite file or a PostgreSQL server, opened and migrated.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use tokio::sync::Notify;

use super::connection::Connection;
use super::connections::Connections;
use super::error::StoreError;
use super::page_saves::PageSaves;
use super::postgres_migrations;
use super::postgres_options::postgres_options;
use super::private_file::{keep_private, make_private};

/// How many connections read a SQLite file. A read takes a few hundredths of a millisecond, so two
/// are enough.
const READERS: usize = 2;

/// The database in use. A clone shares its connections.
#[derive(Debug, Clone)]
pub(super) struct Database {
    engine: Arc<Engine>,
    /// Signalled when a message is posted, so that this process's worker sends it without waiting
    /// for its next poll.
    bell: Arc<Notify>,
}

/// SQLite or PostgreSQL, with its connections.
#[derive(Debug)]
pub(super) enum Engine {
    /// A SQLite file: many can read while one writes.
    Sqlite {
        /// Connections that only read.
        read: Connections,
        /// The one connection that writes. Writers queue here instead of waiting for the file's
        /// lock.
        write: Connections,
        /// Page saves that wait for the writing connection.
        saves: PageSaves,
    },
    /// A PostgreSQL server, which several servers of this service can share.
    Postgres(PgPool),
}

impl Database {
    /// Opens the database at a URL (`postgres://…`, `sqlite:…`) or a file path, and runs its
    /// migrations.
    ///
    /// Fails when the database cannot be reached, or a newer version of this service has migrated
    /// it.
    pub(super) async fn open(address: &str) -> Result<Self, StoreError> {
        if is_postgres(address) {
            return Self::open_postgres(address).await;
        }
        let options = sqlite_options(address)?;
        let is_file = !address.contains(":memory:");
        if is_file && let Err(error) = make_private(options.get_filename()) {
            // SQLite says the same in words that the person who runs the service knows.
            tracing::debug!(%error, "the file of the database could not be made");
        }
        Self::open_sqlite(options).await
    }

    /// Returns the file of a database; `None` if it is not in a file.
    pub(super) fn file(address: &str) -> Result<Option<PathBuf>, StoreError> {
        if is_postgres(address) {
            return Ok(None);
        }
        Ok(Some(sqlite_options(address)?.get_filename().to_owned()))
    }

    /// Opens a database as `open` does, but never creates a file.
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

    /// Returns the kind of database, for the few statements that differ.
    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Lends a connection that only reads.
    pub(super) async fn read(&self) -> Result<Connection<'_>, StoreError> {
        Ok(match &*self.engine {
            Engine::Sqlite { read, .. } => Connection::Sqlite(read.acquire().await?),
            Engine::Postgres(pool) => Connection::Postgres(pool.acquire().await?),
        })
    }

    /// Lends a connection that may write.
    pub(super) async fn write(&self) -> Result<Connection<'_>, StoreError> {
        Ok(match &*self.engine {
            Engine::Sqlite { write, .. } => Connection::Sqlite(write.acquire().await?),
            Engine::Postgres(pool) => Connection::Postgres(pool.acquire().await?),
        })
    }

    /// Waits for statements that are running, and closes the connections.
    pub(super) async fn close(&self) {
        match &*self.engine {
            Engine::Sqlite { read, write, .. } => {
                // The writer closes last: the last connection to close tidies the file up, which a
                // reader cannot do.
                for connections in [read, write] {
                    if let Err(error) = connections.close().await {
                        tracing::warn!(%error, "a connection to the database did not close well");
                    }
                }
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }

    /// Wakes the worker that sends messages, after one was posted.
    pub(super) fn wake_outbox(&self) {
        self.bell.notify_one();
    }

    /// Waits until this process posts a message; returns at once if it has since the last call.
    pub(super) async fn woken(&self) {
        self.bell.notified().await;
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let pool = PgPoolOptions::new()
            .max_connections(20)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(postgres_options(url)?)
            .await?;
        Self::migrated(Engine::Postgres(pool)).await
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
                // Another process may be running the same migrations, and SQLite has no lock for
                // that. A migration that the other process completed first fails here; each retry
                // gets past one.
                for _ in migrations.iter() {
                    if migrations.run(&mut *write).await.is_ok() {
                        break;
                    }
                }
                migrations.run(&mut *write).await?;
            }
            Engine::Postgres(pool) => postgres_migrations::migrate(pool).await?,
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
        // What the service acknowledged is on disk, even if the machine loses power.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted is overwritten, not only given free.
        .pragma("secure_delete", "on")
        .busy_timeout(Duration::from_secs(10))
        .optimize_on_close(true, None))
}
