//! A pool of connections to a SQLite file.
//!
//! sqlx's own pool pings a connection before and after each use, and each ping wakes the
//! connection's thread. The two pings together cost twice as much as the statement itself. A file
//! never disconnects, so no ping is needed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sqlx::error::DatabaseError;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};
use tokio::time::{sleep, timeout};

use super::connection_counts::ConnectionCounts;

/// The maximum number of attempts to connect to a locked file.
const CONNECT_ATTEMPTS: u32 = 500;
/// The pause between two attempts to connect.
const CONNECT_PAUSE: Duration = Duration::from_millis(20);
/// How long a request waits for a connection while all are in use. SQLite itself waits as long
/// again if another process has locked the file.
const ACQUIRE: Duration = Duration::from_secs(10);

/// A pool of connections of one kind: either all write, or all only read.
#[derive(Debug)]
pub(super) struct Connections {
    /// The options for reopening a connection.
    options: Box<SqliteConnectOptions>,
    /// The connections; each is `None` once it is closed.
    all: Vec<Mutex<Option<SqliteConnection>>>,
    /// A counter that selects the connection to wait for if all are in use (round robin).
    next: AtomicUsize,
}

impl Connections {
    /// Opens `count` connections.
    pub(super) async fn open(
        options: &SqliteConnectOptions,
        count: usize,
    ) -> Result<Self, sqlx::Error> {
        let mut all = Vec::with_capacity(count);
        for _ in 0..count {
            all.push(Mutex::new(Some(connect(options).await?)));
        }
        let next = AtomicUsize::new(0);
        let options = Box::new(options.clone());
        Ok(Self { options, all, next })
    }

    /// Borrows a connection; waits at most `ACQUIRE` if all are in use. Reopens the connection if a
    /// transaction is stuck on it.
    pub(super) async fn acquire(&self) -> Result<PooledConnection<'_>, sqlx::Error> {
        let mut connection = pooled(self.lock().await?)?;
        if is_stuck(&mut connection).await {
            *connection = self.options.connect().await?;
        }
        Ok(connection)
    }

    async fn lock(&self) -> Result<MutexGuard<'_, Option<SqliteConnection>>, sqlx::Error> {
        for connection in &self.all {
            if let Ok(free) = connection.try_lock() {
                return Ok(free);
            }
        }
        let next = self.next.fetch_add(1, Ordering::Relaxed) % self.all.len();
        timeout(ACQUIRE, self.all[next].lock())
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)
    }

    /// Counts the connections that are in use and those that are idle.
    pub(super) fn counts(&self) -> ConnectionCounts {
        let lent = self.all.iter().filter(|one| one.try_lock().is_err());
        let in_use = u32::try_from(lent.count()).unwrap_or(u32::MAX);
        let most = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        ConnectionCounts {
            in_use,
            idle: most.saturating_sub(in_use),
            most,
        }
    }

    /// Closes each connection once it is no longer in use.
    pub(super) async fn close(&self) -> Result<(), sqlx::Error> {
        for connection in &self.all {
            if let Some(open) = connection.lock().await.take() {
                open.close().await?;
            }
        }
        Ok(())
    }
}

/// Opens a connection, and waits up to ten seconds if another process has locked the file.
///
/// SQLite's own busy timeout does not apply when a new file is changed to WAL mode.
async fn connect(options: &SqliteConnectOptions) -> Result<SqliteConnection, sqlx::Error> {
    for _ in 0..CONNECT_ATTEMPTS {
        match options.connect().await {
            Err(error) if is_busy(&error) => sleep(CONNECT_PAUSE).await,
            outcome => return outcome,
        }
    }
    options.connect().await
}

/// Returns whether sqlx believes that an earlier transaction is still open, or the connection does
/// not answer. The connection must then be reopened.
///
/// If a disk is full, SQLite rolls a transaction back by itself. sqlx does not notice, its own
/// rollback fails, and it would refuse every later transaction on this connection.
async fn is_stuck(connection: &mut SqliteConnection) -> bool {
    if !connection.is_in_transaction() {
        return false;
    }
    // The rollback of a dropped transaction may not have reached the connection's thread yet.
    connection.ping().await.is_err() || connection.is_in_transaction()
}

/// Returns whether another connection has locked the file (`SQLITE_BUSY`, primary result code 5).
///
/// The primary code is the low byte of an extended code.
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.and_then(|code| code.parse::<u32>().ok())
        .is_some_and(|code| code & 0xff == 5)
}

/// A connection that is in use; dropping it returns the connection to the pool.
pub(super) type PooledConnection<'a> = MappedMutexGuard<'a, SqliteConnection>;

fn pooled(
    acquired: MutexGuard<'_, Option<SqliteConnection>>,
) -> Result<PooledConnection<'_>, sqlx::Error> {
    MutexGuard::try_map(acquired, Option::as_mut).map_err(|_| sqlx::Error::PoolClosed)
}
