//! The connections to a SQLite file, each lent to one statement or transaction at a time.
//!
//! sqlx's pool asks a connection whether it lives before and after each loan, and each question wakes
//! the connection's thread: twice the work of the statement itself. A file does not hang up, so nobody
//! needs to ask.

use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

/// Connections of one kind: all write, or all only read.
#[derive(Debug)]
pub(super) struct Connections {
    /// `None` once they are closed.
    all: Vec<Mutex<Option<SqliteConnection>>>,
    /// For whose return the next waits when none is free.
    next: AtomicUsize,
}

impl Connections {
    /// Opens so many.
    pub(super) async fn open(
        options: &SqliteConnectOptions,
        count: usize,
    ) -> Result<Self, sqlx::Error> {
        let mut all = Vec::with_capacity(count);
        for _ in 0..count {
            all.push(Mutex::new(Some(options.connect().await?)));
        }
        let next = AtomicUsize::new(0);
        Ok(Self { all, next })
    }

    /// One of them, as soon as one is free.
    pub(super) async fn lend(&self) -> Result<Loan<'_>, sqlx::Error> {
        for connection in &self.all {
            if let Ok(free) = connection.try_lock() {
                return loan(free);
            }
        }
        let next = self.next.fetch_add(1, Ordering::Relaxed) % self.all.len();
        loan(self.all[next].lock().await)
    }

    /// Waits for each and closes it.
    pub(super) async fn close(&self) -> Result<(), sqlx::Error> {
        for connection in &self.all {
            if let Some(open) = connection.lock().await.take() {
                open.close().await?;
            }
        }
        Ok(())
    }
}

/// A connection while it is lent.
pub(super) type Loan<'a> = MappedMutexGuard<'a, SqliteConnection>;

fn loan(lent: MutexGuard<'_, Option<SqliteConnection>>) -> Result<Loan<'_>, sqlx::Error> {
    MutexGuard::try_map(lent, Option::as_mut).map_err(|_| sqlx::Error::PoolClosed)
}
