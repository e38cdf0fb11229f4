//! Distinguishes a slow PostgreSQL server from one that does not answer.
//!
//! A statement may wait for a lock or read many rows, so a time limit would also end statements
//! that are only slow. But if packets to the server are dropped, no error comes for a quarter of an
//! hour. While a statement takes long, the server is therefore probed: a new connection is opened,
//! and a commit that changes no data is made on it. If the probe fails, the statement fails at
//! once.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Executor, Postgres};
use tokio::time::{Instant, sleep, timeout};

use super::outage::is_outage;

/// The maximum number of connections of one process.
const MOST: u32 = 20;
/// The longest time of one attempt to get a connection. A proxy may delay a new connection while it
/// looks for a server, so the next attempt opens another connection. The time is longer than
/// `PATIENCE` and `PROBE` together, so a failed probe ends an attempt earlier.
const ATTEMPT: Duration = Duration::from_millis(1_500);
/// The maximum number of attempts to get a connection while the server answers but all connections
/// are in use.
const ATTEMPTS: usize = 7;
/// How long an idle connection may take to answer before a new one is opened in its place.
const PING: Duration = Duration::from_millis(400);
/// How long a connection may take to become ready again after its use, for example to roll back. A
/// slower connection is closed.
const RETURN: Duration = Duration::from_secs(5);
/// How long a statement waits before the server is probed, and between two probes.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long a statement waits, instead of `PATIENCE`, if a probe failed within the last `FRESH`.
const NO_PATIENCE: Duration = Duration::from_millis(100);
/// The longest time of a probe, which opens a connection and commits. A page must answer within two
/// seconds; `PATIENCE` and `PROBE` together leave a margin.
const PROBE: Duration = Duration::from_millis(600);
/// How long the outcome of a probe is used for other statements too.
const FRESH: Duration = Duration::from_millis(500);
/// SQL for the settings of each connection. If this process stops or its machine is cut off,
/// PostgreSQL ends the process's open transactions and frees their locks, so that they do not block
/// the other servers of this service.
const SESSION: &str = "set idle_in_transaction_session_timeout = '60s'; set tcp_keepalives_idle = \
                       30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3; set \
                       tcp_user_timeout = '60s'";

/// A PostgreSQL server, with the outcome of its last probe.
#[derive(Debug)]
pub(super) struct PostgresServer {
    options: PgConnectOptions,
    /// The outcome of the last probe: when it ended, and whether the server answered.
    last: Mutex<Option<(Instant, bool)>>,
    /// Locked during a probe, so that all statements that wait meanwhile share its outcome.
    probing: tokio::sync::Mutex<()>,
}

impl PostgresServer {
    /// Opens a pool of connections to a server; returns the pool and the server.
    pub(super) async fn open(
        options: PgConnectOptions,
    ) -> Result<(PgPool, Arc<Self>), sqlx::Error> {
        let server = Arc::new(Self {
            options: options.clone(),
            last: Mutex::default(),
            probing: tokio::sync::Mutex::default(),
        });
        let pool = PgPoolOptions::new()
            .max_connections(MOST)
            .acquire_timeout(ATTEMPT)
            .after_connect(|connection, _| {
                Box::pin(async move { connection.execute(SESSION).await.map(|_| ()) })
            })
            // sqlx's own test has no time limit.
            .test_before_acquire(false)
            .before_acquire(|connection, _| Box::pin(is_usable(connection)))
            .connect_with(options)
            .await?;
        Ok((pool, server))
    }

    /// Borrows a connection from the pool. If all are in use, makes up to `ATTEMPTS` attempts;
    /// fails earlier if a probe fails.
    pub(super) async fn acquire(
        &self,
        pool: &PgPool,
    ) -> Result<PoolConnection<Postgres>, sqlx::Error> {
        for _ in 1..ATTEMPTS {
            match self.answered(pool.acquire()).await {
                Err(sqlx::Error::PoolTimedOut) if self.known() != Some(false) => {}
                acquired => return acquired,
            }
        }
        self.answered(pool.acquire()).await
    }

    /// Waits for the result of `work`; fails if a probe of the server fails meanwhile.
    ///
    /// The future is boxed. Otherwise, each statement in a long function would add the size of the
    /// timers to the function's future.
    pub(super) fn answered<'w, T: Send + 'w>(
        &'w self,
        work: impl Future<Output = Result<T, sqlx::Error>> + Send + 'w,
    ) -> Pin<Box<dyn Future<Output = Result<T, sqlx::Error>> + Send + 'w>> {
        Box::pin(async move {
            tokio::pin!(work);
            let patience = if self.known() == Some(false) {
                NO_PATIENCE
            } else {
                PATIENCE
            };
            match timeout(patience, work.as_mut()).await {
                Ok(done) => done,
                Err(_) => self.answered_late(work).await,
            }
        })
    }

    /// Waits for the result of a statement that takes long. Probes the server at once and after
    /// each `PATIENCE`; fails if a probe fails.
    async fn answered_late<T>(
        &self,
        mut work: Pin<&mut (impl Future<Output = Result<T, sqlx::Error>> + Send)>,
    ) -> Result<T, sqlx::Error> {
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                answers = self.answers() => if !answers {
                    return Err(silent());
                }
            }
            tokio::select! {
                biased;
                done = &mut work => return done,
                () = sleep(PATIENCE) => {}
            }
        }
    }

    /// Probes the server: returns whether it accepts a new connection and commits on it within
    /// `PROBE`. If a probe ended within the last `FRESH`, returns its outcome instead.
    async fn answers(&self) -> bool {
        let _one_at_a_time = self.probing.lock().await;
        if let Some(known) = self.known() {
            return known;
        }
        let answers = match timeout(PROBE, self.commit()).await {
            Ok(Ok(())) => true,
            // Other errors are answers too, for example that there are too many connections.
            Ok(Err(error)) => !is_outage(&error) || is_full(&error),
            Err(_) => false,
        };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some((Instant::now(), answers));
        answers
    }

    /// Commits a message to the write-ahead log, which changes no data. A standby refuses the
    /// message, and a primary whose synchronous standby is away does not finish the commit.
    async fn commit(&self) -> Result<(), sqlx::Error> {
        let mut connection = self.options.connect().await?;
        connection
            .execute("select pg_logical_emit_message(true, 'registration', '')")
            .await?;
        connection.close().await
    }

    /// Returns the outcome of the last probe; `None` if no probe ended within the last `FRESH`.
    fn known(&self) -> Option<bool> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.filter(|(at, _)| at.elapsed() < FRESH)
            .map(|(_, answers)| answers)
    }
}

/// Makes a connection ready again after its use, or closes it after `RETURN`.
pub(super) async fn return_in_time(returning: impl Future<Output = ()>) {
    // Dropping the future closes the connection.
    if timeout(RETURN, returning).await.is_err() {
        tracing::warn!("a connection to the database was closed because it did not become ready");
    }
}

/// Pings an idle connection before it is used, and returns `true` if it answers; fails if it does
/// not answer within `PING`.
async fn is_usable(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    match timeout(PING, connection.ping()).await {
        Ok(answered) => answered.map(|()| true),
        Err(_) => Err(silent()),
    }
}

/// Returns whether the server refused a connection because too many are open.
fn is_full(error: &sqlx::Error) -> bool {
    const TOO_MANY_CONNECTIONS: &str = "53300";
    error.as_database_error().is_some_and(|error| {
        error
            .code()
            .is_some_and(|code| code == TOO_MANY_CONNECTIONS)
    })
}

fn silent() -> sqlx::Error {
    sqlx::Error::Io(io::Error::new(
        io::ErrorKind::TimedOut,
        "the database does not answer",
    ))
}
