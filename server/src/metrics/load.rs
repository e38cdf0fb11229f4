//! Gauges of the database's state: drafts, registrations, the queue, the outbox, imports and
//! connections.

use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use crate::clock::Moment;
use crate::store::{ConnectionCounts, ServiceLoad};

/// The largest number of working days with a series of its own. Entries of the queue that have
/// waited longer are counted in this series too.
const MANY_WORKING_DAYS: u32 = 20;

type Labelled = Family<[(&'static str, String); 1], Gauge>;

/// The gauges of the database's state, which are set when the metrics are collected.
#[derive(Debug, Default)]
pub(super) struct LoadGauges {
    up: Gauge,
    drafts: Gauge,
    registrations: Labelled,
    queue: Labelled,
    overdue: Gauge,
    outbox: Labelled,
    outbox_oldest: Gauge,
    imports: Gauge,
    connections: Labelled,
}

impl LoadGauges {
    pub(super) fn registered(registry: &mut Registry) -> Self {
        let gauges = Self::default();
        registry.register(
            "database_up",
            "1 if the database answers and can be written",
            gauges.up.clone(),
        );
        registry.register("drafts", "Open drafts", gauges.drafts.clone());
        registry.register(
            "registrations",
            "Registrations, by state",
            gauges.registrations.clone(),
        );
        registry.register(
            "queue",
            "Registrations that wait for the desk, by working days of its target that they have used",
            gauges.queue.clone(),
        );
        registry.register(
            "queue_overdue",
            "Registrations that wait for longer than the desk's target",
            gauges.overdue.clone(),
        );
        registry.register(
            "outbox_messages",
            "Messages that were not sent, by state",
            gauges.outbox.clone(),
        );
        registry.register_with_unit(
            "outbox_oldest",
            "Age of the oldest message that waits to be sent",
            Unit::Seconds,
            gauges.outbox_oldest.clone(),
        );
        registry.register(
            "imports_running",
            "Import jobs that are running, on all servers",
            gauges.imports.clone(),
        );
        registry.register(
            "database_connections",
            "Connections of this process to the database, by state",
            gauges.connections.clone(),
        );
        gauges
    }

    /// Sets the gauges of the connection pool, which need no query.
    pub(super) fn set_connections(&self, counts: ConnectionCounts) {
        for (state, count) in [
            ("in-use", counts.in_use),
            ("idle", counts.idle),
            ("most", counts.most),
        ] {
            set(&self.connections, "state", state.to_owned(), count.into());
        }
    }

    /// Records that the database does not respond. The other gauges stay at their last values.
    pub(super) fn set_down(&self) {
        self.up.set(0);
    }

    /// Sets all gauges except those of the connection pool. `target` is the target time for a
    /// decision, in working days.
    pub(super) fn set(&self, load: &ServiceLoad, target: u32, now: Moment) {
        self.up.set(1);
        self.drafts.set(load.drafts);
        for (state, count) in &load.registrations {
            set(&self.registrations, "state", state.key().to_owned(), *count);
        }
        self.queue.clear();
        let mut overdue = 0;
        if let Some(today) = now.calendar_date() {
            for (clock, count) in &load.queue {
                let used = clock.used_on(today).min(MANY_WORKING_DAYS);
                let label = [("working_days", used.to_string())];
                let count = i64::try_from(*count).unwrap_or(i64::MAX);
                self.queue.get_or_create(&label).inc_by(count);
                if clock.overdue_by(target, today).is_some() {
                    overdue += count;
                }
            }
        }
        self.overdue.set(overdue);
        set(
            &self.outbox,
            "state",
            "waiting".to_owned(),
            load.messages_waiting,
        );
        set(&self.outbox, "state", "dead".to_owned(), load.messages_dead);
        let oldest = load
            .oldest_message
            .map_or(0, |at| now.millis() - at.millis());
        self.outbox_oldest.set(oldest.max(0) / 1_000);
        self.imports.set(load.imports);
    }
}

fn set(family: &Labelled, name: &'static str, value: String, number: i64) {
    family.get_or_create(&[(name, value)]).set(number);
}
