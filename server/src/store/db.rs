//! The connection to either database, and how a statement reaches the one that is there.

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

/// How many may read a SQLite file at once: a read takes a few hundredths of a millisecond.
const READERS: usize = 2;

/// Everything that is kept.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) db: Db,
    /// Rung when a message was posted: the worker of this process need not wait for its next look.
    bell: Arc<Notify>,
}

/// The database that is there.
#[derive(Debug, Clone)]
pub(super) enum Db {
    /// A file: many may read while one writes.
    Sqlite {
        /// Connections that only read.
        read: Arc<Connections>,
        /// The one connection that writes, so that writers queue here and not in the file's lock.
        write: Arc<Connections>,
        /// The saves of pages that wait for it.
        saves: Arc<PageSaves>,
    },
    /// A server that many of ours may share.
    Postgres(PgPool),
}

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("the tables could not be brought up to date: {0}")]
    Migration(#[from] MigrateError),
    /// A row does not hold what this service writes.
    #[error("a row of {table} cannot be read: column {column}")]
    Row {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A file that was to be read is not there.
    #[error(
        "there is no database at {0}, and none was made: give its path with --database or REGISTRATION_DATABASE"
    )]
    NotThere(PathBuf),
    /// The machine had no random bytes to give.
    #[error(transparent)]
    Randomness(#[from] crate::randomness::NoRandomness),
}

/// Runs a statement on a connection that may be a reader.
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

/// Runs one statement that writes, on its own.
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

/// Runs statements in one transaction that writes from its beginning, and commits what they did.
macro_rules! transaction {
    ($store:expr, |$transaction:ident| $body:expr) => {
        match &$store.db {
            crate::store::db::Db::Sqlite { write, .. } => {
                // A transaction that reads first and then writes fails at once when another wrote
                // in between: it must be a writer from its beginning.
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
    /// Opens the database at a URL (`postgres://…`, `sqlite:…`) or a file's path, and brings its tables
    /// up to date.
    ///
    /// # Errors
    /// When it cannot be reached, or was made by a newer version of this service.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        if is_postgres(address) {
            return Self::open_postgres(address).await;
        }
        Self::open_sqlite(sqlite_options(address)?).await
    }

    /// Opens a database as `open` does, but makes no file: a path that was mistyped is told.
    ///
    /// # Errors
    /// When there is no such file, and as `open`.
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

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        read!(self, |connection| sqlx::query("select 1")
            .execute(connection)
            .await
            .map(drop))?;
        Ok(())
    }

    /// Finishes what is under way and closes the files.
    pub async fn close(&self) {
        match &self.db {
            Db::Sqlite { read, write, .. } => {
                // The last to close tidies the file up, which only a writer can.
                for connections in [read, write] {
                    if let Err(error) = connections.close().await {
                        tracing::warn!(%error, "a connection to the database did not close well");
                    }
                }
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    /// Says that a message was posted.
    pub(super) fn ring(&self) {
        self.bell.notify_one();
    }

    /// Waits until a message is posted by this process; at once if one was since the last time.
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
                // Another process may be making the same tables: SQLite has no lock for that, so the
                // second to come fails, at most once for each migration, and then finds them made.
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
        // What was acknowledged to a person is on disk, even if the machine loses power.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .optimize_on_close(true, None))
}
