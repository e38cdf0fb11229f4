//! The PostgreSQL server behind the pool: tells a slow server from one that does not answer.
//!
//! A statement may wait for a lock or read much, so a time limit alone would break what is only
//! slow. A server whose packets are dropped, on the other hand, gives no error for a quarter of an
//! hour. A statement that takes long therefore asks on a new connection whether the server answers
//! at all and can commit, and fails at once if it does not.

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
/// How long one attempt to get a connection may take. A proxy may hold a new connection while it
/// looks for a server, so the next attempt opens another. This is more than `PATIENCE` and `PROBE`
/// together: an attempt ends earlier if the server does not answer.
const ATTEMPT: Duration = Duration::from_millis(1_500);
/// How many attempts are made while the server answers and all connections are in use.
const ATTEMPTS: usize = 7;
/// How long an idle connection may take to answer before a new one is opened in its place.
const PING: Duration = Duration::from_millis(400);
/// How long a connection may take to become ready again after its use, for example to roll back.
const RETURN: Duration = Duration::from_secs(5);
/// The time after which a waiting statement asks whether the server answers, and asks again.
const PATIENCE: Duration = Duration::from_millis(500);
/// The same, if the server did not answer a moment ago.
const NO_PATIENCE: Duration = Duration::from_millis(100);
/// How long the server may take to accept a new connection and to commit. A page has to answer within two
/// seconds: this and `PATIENCE` leave a margin.
const PROBE: Duration = Duration::from_millis(600);
/// How long the outcome of a probe is used for other statements too.
const FRESH: Duration = Duration::from_millis(500);
/// The settings of each connection. If this process stops or its machine is cut off, PostgreSQL
/// ends its open transactions and frees their locks, so that the other servers can go on.
const SESSION: &str = "set idle_in_transaction_session_timeout = '60s'; set tcp_keepalives_idle = \
                       30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3; set \
                       tcp_user_timeout = '60s'";

/// A PostgreSQL server, as this process knows it.
#[derive(Debug)]
pub(super) struct PostgresServer {
    options: PgConnectOptions,
    /// The outcome of the last probe: when it ended, and whether the server answered.
    last: Mutex<Option<(Instant, bool)>>,
    /// Held during a probe, so that many waiting statements share one.
    probing: tokio::sync::Mutex<()>,
}

impl PostgresServer {
    /// Opens a pool of connections.
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

    /// Borrows a connection from the pool, and waits for one if all are in use.
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

    /// Waits for the database's answer to `work`, as long as the server answers at all.
    ///
    /// The future is in a box, because each statement of a long function would otherwise add the
    /// size of the timers.
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

    /// Waits for the answer to a statement that takes long; asks now and then whether the server
    /// answers at all.
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

    /// Returns whether the server accepts a new connection and commits on it, in time.
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

    /// Commits a message to the write-ahead log that changes nothing. A standby refuses it, and a
    /// primary without its synchronous standby does not finish it.
    async fn commit(&self) -> Result<(), sqlx::Error> {
        let mut connection = self.options.connect().await?;
        connection
            .execute("select pg_logical_emit_message(true, 'registration', '')")
            .await?;
        connection.close().await
    }

    /// Returns the outcome of a probe of a moment ago; `None` if there was none.
    fn known(&self) -> Option<bool> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.filter(|(at, _)| at.elapsed() < FRESH)
            .map(|(_, answers)| answers)
    }
}

/// Makes a connection ready again after its use, or closes it.
pub(super) async fn return_in_time(returning: impl Future<Output = ()>) {
    // Dropping the future closes the connection.
    if timeout(RETURN, returning).await.is_err() {
        tracing::warn!("a connection to the database was closed because it did not become ready");
    }
}

/// Checks an idle connection before it is used.
async fn is_usable(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    match timeout(PING, connection.ping()).await {
        Ok(answered) => answered.map(|()| true),
        Err(_) => Err(silent()),
    }
}

/// Returns whether the server refused a connection because it has too many.
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
