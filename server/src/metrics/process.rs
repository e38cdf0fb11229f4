//! Gauges of the process: its memory, read from `/proc` on Linux, and its start time.

use std::sync::atomic::AtomicU64;

use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use crate::clock::Moment;

/// The gauges of the process.
#[derive(Debug, Default)]
pub(super) struct ProcessGauges {
    memory: Gauge<u64, AtomicU64>,
    started: Gauge,
}

impl ProcessGauges {
    pub(super) fn registered(registry: &mut Registry) -> Self {
        let gauges = Self::default();
        registry.register_with_unit(
            "process_resident_memory",
            "Memory of the process",
            Unit::Bytes,
            gauges.memory.clone(),
        );
        registry.register_with_unit(
            "process_start_time",
            "When the process started, in seconds since 1970",
            Unit::Seconds,
            gauges.started.clone(),
        );
        gauges
    }

    pub(super) fn set_start(&self, at: Moment) {
        self.started.set(at.millis() / 1_000);
    }

    /// Updates the memory of the process. On a system without `/proc` the gauge stays 0.
    pub(super) fn read(&self) {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = resident.and_then(|line| line.trim().strip_suffix("kB"));
        if let Some(Ok(kilobytes)) = kilobytes.map(|number| number.trim().parse::<u64>()) {
            self.memory.set(kilobytes * 1_024);
        }
    }
}
