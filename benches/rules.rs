//! Measures how many valid records of six fields the rules check per second on one core.
//!
//! An import applies these checks to every row of a spreadsheet.

use std::time::{Duration, Instant};

mod records;

/// The number of times that each record is checked in one round.
const TIMES: u32 = 50_000;

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the real clock"
)]
fn now() -> Instant {
    Instant::now()
}

fn main() {
    let users = records::users();
    let checked = TIMES * u32::try_from(users.len()).unwrap_or_default();
    let round = || -> Duration {
        let start = now();
        assert_eq!(
            records::check(&users, TIMES),
            checked,
            "a record is checked wrongly"
        );
        start.elapsed()
    };
    round();
    let best = (0..7).map(|_| round()).min().unwrap_or_default();
    let a_second = f64::from(checked) / best.as_secs_f64() / 1e6;
    println!(
        "{:<44} {a_second:>8.2}   above 4.6",
        "rules, native: million records a second"
    );
}
