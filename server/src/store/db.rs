//! The connection to SQLite or PostgreSQL, and the macros that run a statement on either.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use tokio::sync::Notify;

use super::connections::Connections;
use super::page_saves::PageSaves;

/// How many connections read a SQLite file. A read takes a few hundredths of a millisecond, so two
/// are enough.
const READERS: usize = 2;

/// The database, with every operation on it.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) db: Db,
    /// Signalled when a message is posted, so that this process's worker sends it without waiting
    /// for its next poll.
    bell: Arc<Notify>,
}

/// The database in use.
#[derive(Debug, Clone)]
pub(super) enum Db {
    /// A SQLite file: many can read while one writes.
    Sqlite {
        /// Connections that only read.
        read: Arc<Connections>,
        /// The one connection that writes. Writers queue here instead of waiting for the file's
        /// lock.
        write: Arc<Connections>,
        /// Page saves that wait for the writing connection.
        saves: Arc<PageSaves>,
    },
    /// A PostgreSQL server, which several servers of this service can share.
    Postgres(PgPool),
}

/// Why an operation on the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused a statement or could not be reached.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The database migrations failed.
    #[error("the tables could not be brought up to date: {0}")]
    Migration(#[from] MigrateError),
    /// A row holds a value that this service does not write.
    #[error("a row of {table} cannot be read: column {column}")]
    Row {
        /// The name of the table.
        table: &'static str,
        /// The name of the column.
        column: &'static str,
    },
    /// The database file does not exist.
    #[error(
        "there is no database at {0}, and none was made: give its path with --database or REGISTRATION_DATABASE"
    )]
    NotThere(PathBuf),
    /// The operating system provided no random bytes.
    #[error(transparent)]
    Randomness(#[from] crate::randomness::NoRandomness),
}

/// Runs a statement that only reads.
macro_rules! read {
    ($store:expr, |$connection:ident| $body:expr) => {
        match &$store.db {
            crate::store::db::Db::Sqlite { read, .. } => {
                let mut lent = read.lend().await?;
                let $connection = &mut *lent;
                $body
            }
            crate::store::db::Db::Postgres(pool) => {
                let $connection = pool;
                $body
            }
        }
    };
}

/// Runs a single statement that writes.
macro_rules! write {
    ($store:expr, |$connection:ident| $body:expr) => {
        match &$store.db {
            crate::store::db::Db::Sqlite { write, .. } => {
                let mut lent = write.lend().await?;
                let $connection = &mut *lent;
                $body
            }
            crate::store::db::Db::Postgres(pool) => {
                let $connection = pool;
                $body
            }
        }
    };
}

/// Runs statements in one transaction and commits it; on an error, the transaction is rolled back.
macro_rules! transaction {
    ($store:expr, |$transaction:ident| $body:expr) => {
        match &$store.db {
            crate::store::db::Db::Sqlite { write, .. } => {
                // SQLite refuses a write in a transaction that has read data which another one
                // changed since. `BEGIN IMMEDIATE` takes the write lock before the first read.
                let mut lent = write.lend().await?;
                let mut $transaction =
                    sqlx::Connection::begin_with(&mut *lent, "BEGIN IMMEDIATE").await?;
                let outcome = $body;
                $transaction.commit().await?;
                outcome
            }
            crate::store::db::Db::Postgres(pool) => {
                let mut $transaction = pool.begin().await?;
                let outcome = $body;
                $transaction.commit().await?;
                outcome
            }
        }
    };
}

pub(super) use {read, transaction, write};

impl Store {
    /// Opens the database at a URL (`postgres://…`, `sqlite:…`) or a file path, and runs its
    /// migrations.
    ///
    /// # Errors
    /// When the database cannot be reached, or a newer version of this service has migrated it.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        if is_postgres(address) {
            return Self::open_postgres(address).await;
        }
        Self::open_sqlite(sqlite_options(address)?).await
    }

    /// Opens a database as `open` does, but never creates a file, so that a mistyped path is an
    /// error.
    ///
    /// # Errors
    /// When the file does not exist, and as `open`.
    pub async fn open_existing(address: &str) -> Result<Self, StoreError> {
        if is_postgres(address) {
            return Self::open_postgres(address).await;
        }
        let options = sqlite_options(address)?;
        if !options.get_filename().is_file() {
            return Err(StoreError::NotThere(options.get_filename().to_owned()));
        }
        Self::open_sqlite(options.create_if_missing(false)).await
    }

    /// Checks that the database answers.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        read!(self, |connection| sqlx::query("select 1")
            .execute(connection)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Waits for statements that are running, and closes the connections.
    pub async fn close(&self) {
        match &self.db {
            Db::Sqlite { read, write, .. } => {
                // The writer closes last: the last connection to close tidies the file up, which a
                // reader cannot do.
                for connections in [read, write] {
                    if let Err(error) = connections.close().await {
                        tracing::warn!(%error, "a connection to the database did not close well");
                    }
                }
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    /// Wakes the worker that sends messages, after one was posted.
    pub(super) fn ring(&self) {
        self.bell.notify_one();
    }

    /// Waits until this process posts a message; returns at once if it has since the last call.
    pub async fn rung(&self) {
        self.bell.notified().await;
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let pool = PgPoolOptions::new()
            .max_connections(20)
            .acquire_timeout(Duration::from_secs(10))
            .connect(url)
            .await?;
        let store = Self {
            db: Db::Postgres(pool),
            bell: Arc::default(),
        };
        store.migrate().await?;
        Ok(store)
    }

    async fn open_sqlite(options: SqliteConnectOptions) -> Result<Self, StoreError> {
        let write = Arc::new(Connections::open(&options, 1).await?);
        let readers = options.read_only(true).optimize_on_close(false, None);
        let read = Arc::new(Connections::open(&readers, READERS).await?);
        let store = Self {
            db: Db::Sqlite {
                read,
                write,
                saves: Arc::default(),
            },
            bell: Arc::default(),
        };
        store.migrate().await?;
        Ok(store)
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        match &self.db {
            Db::Sqlite { write, .. } => {
                let mut write = write.lend().await?;
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
            Db::Postgres(pool) => sqlx::migrate!("./migrations/postgres").run(pool).await?,
        }
        self.reindex_old().await
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
        .busy_timeout(Duration::from_secs(10))
        .optimize_on_close(true, None))
}
