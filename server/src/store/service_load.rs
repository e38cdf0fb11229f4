//! The load of the whole service, as a few numbers for operators.

use registration::desk::TargetClock;
use registration::lifecycle::State;

use super::connection_counts::ConnectionCounts;
use super::connections::Connections;
use super::database::Engine;
use super::error::StoreError;
use super::statement::{query_as, query_scalar};
use super::stores::Store;
use crate::clock::{CLOCKS_DIFFER, Moment};

/// The load of the service at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLoad {
    /// The number of open drafts.
    pub drafts: i64,
    /// The number of registrations in each state.
    pub registrations: Vec<(State, i64)>,
    /// The number of registrations that wait for the desk, by target clock.
    pub queue: Vec<(TargetClock, u64)>,
    /// The number of messages that wait to be sent, including claimed messages.
    pub messages_waiting: i64,
    /// The number of messages that were given up.
    pub messages_dead: i64,
    /// When the oldest message that waits to be sent was queued; `None` if no message waits.
    pub oldest_message: Option<Moment>,
    /// The number of running import jobs.
    pub imports: i64,
}

impl Store {
    /// Reads the load of the service from indexes and small tables.
    ///
    /// An import that has not reported progress since `imports_since` does not count as running.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn service_load(
        &self,
        now: Moment,
        imports_since: Moment,
    ) -> Result<ServiceLoad, StoreError> {
        let queue = self.figures().waiting_clocks().await?;
        let mut connection = self.database.read().await?;
        let drafts = query_scalar(
            "select count(*) from draft where submitted_at is null and expires_at > $1",
        )
        .bind(now.millis())
        .fetch_one(&mut connection)
        .await?;
        let counts: Vec<(String, i64)> =
            query_as("select state, count(*) from registration group by state")
                .fetch_all(&mut connection)
                .await?;
        let count_of = |state: State| {
            let found = counts.iter().find(|(key, _)| key == state.key());
            found.map_or(0, |(_, count)| *count)
        };
        let messages: Vec<(String, i64, i64)> = query_as(
            "select state, count(*), min(created_at) from outbox where state in ('waiting', \
             'claimed', 'dead') group by state",
        )
        .fetch_all(&mut connection)
        .await?;
        let waiting = |(state, _, _): &&(String, i64, i64)| state != "dead";
        let imports = query_scalar(
            "select count(*) from spreadsheet_reading where state = 'reading' and seen_at > $1 and \
             seen_at <= $2",
        )
        .bind(imports_since.millis())
        .bind(now.plus(CLOCKS_DIFFER).millis())
        .fetch_one(&mut connection)
        .await?;
        Ok(ServiceLoad {
            drafts,
            registrations: State::ALL.map(|state| (state, count_of(state))).to_vec(),
            queue,
            messages_waiting: messages
                .iter()
                .filter(waiting)
                .map(|(_, count, _)| count)
                .sum(),
            messages_dead: messages
                .iter()
                .filter(|found| !waiting(found))
                .map(|(_, count, _)| count)
                .sum(),
            oldest_message: messages
                .iter()
                .filter(waiting)
                .map(|(_, _, at)| Moment::from_millis(*at))
                .min(),
            imports,
        })
    }

    /// Counts the connections of this process to the database.
    #[must_use]
    pub fn connection_counts(&self) -> ConnectionCounts {
        match self.database.engine() {
            Engine::Sqlite { read, write, .. } => {
                let [reading, writing] = [read, write].map(Connections::counts);
                ConnectionCounts {
                    in_use: reading.in_use + writing.in_use,
                    idle: reading.idle + writing.idle,
                    most: reading.most + writing.most,
                }
            }
            Engine::Postgres(pool, _) => {
                let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
                ConnectionCounts {
                    in_use: pool.size().saturating_sub(idle),
                    idle,
                    most: pool.options().get_max_connections(),
                }
            }
        }
    }
}
