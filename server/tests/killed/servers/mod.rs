//! Tests several servers on one PostgreSQL, and a PostgreSQL that fails: no acknowledged answer is
//! lost, people learn within two seconds that the service is not available, and the servers recover
//! without a restart.
//!
//! `HAProxy` runs in front of the servers, or between a server and its database. `make drill` does
//! the same for longer.

mod backup;
mod browser;
mod cluster;
mod failover;
mod hourly;
mod ledger;
mod load;
mod outage;
mod outbox;
mod proxy;
mod three;

use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use tokio::time::Instant;

/// Returns the settings of a service that sends messages to a test mail server.
fn mail_settings(url: &str) -> [(&str, &str); 3] {
    [
        ("REGISTRATION_MAIL", "smtp"),
        ("REGISTRATION_SMTP_URL", url),
        ("REGISTRATION_PUBLIC_ADDRESS", "http://localhost:3000"),
    ]
}

/// Returns a port that is free now.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Waits until `is_so` returns `true`; returns how long that took. Panics after `limit`.
#[track_caller]
fn until(limit: Duration, what: &str, mut is_so: impl FnMut() -> bool) -> Duration {
    const BETWEEN_LOOKS: Duration = Duration::from_millis(20);
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < limit, "not within {limit:?}: {what}");
        thread::sleep(BETWEEN_LOOKS);
    }
    begun.elapsed()
}

/// Returns the number in an environment variable, which `make drill` sets for longer tests; `usual`
/// if the variable is not set.
fn of_drill(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |given| given.parse().unwrap())
}
