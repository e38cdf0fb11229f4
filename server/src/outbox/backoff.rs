//! Backoff: the wait before a message, or the whole outbox, is tried again.

use std::time::Duration;

/// The first wait after a message was refused.
const FIRST: Duration = Duration::from_mins(1);
/// The longest wait of a message. No claim of a worker lasts longer.
pub const LONGEST: Duration = Duration::from_hours(6);
/// The number of refusals after which a message is dead, about three days after the first refusal.
const MAX_TRIES: u32 = 20;

/// Returns the wait before a refused message is tried again; `None` if the message is dead. `tries`
/// is the number of earlier refusals.
pub fn after_refusal(tries: u32) -> Option<Duration> {
    (tries + 1 < MAX_TRIES).then(|| doubled(FIRST, tries, LONGEST))
}

/// Returns the wait before the outbox is tried again while the mail server is unreachable. `times`
/// is the number of earlier failures in a row.
pub fn while_unreachable(times: u32) -> Duration {
    doubled(Duration::from_secs(1), times, Duration::from_mins(1))
}

fn doubled(first: Duration, times: u32, longest: Duration) -> Duration {
    first.saturating_mul(1 << times.min(16)).min(longest)
}

#[cfg(test)]
mod tests {
    use registration::lifetimes::MESSAGE_RETRY_DAYS;

    use super::*;

    #[test]
    fn a_refused_message_waits_twice_as_long_each_time_and_is_dead_after_three_days() {
        let waits: Vec<Duration> = (0..).map_while(after_refusal).collect();
        assert_eq!(waits[..4], [1, 2, 4, 8].map(Duration::from_mins));
        assert!(waits.is_sorted());
        assert_eq!(waits.last(), Some(&LONGEST));
        let days = waits.iter().sum::<Duration>().as_secs_f64() / (24.0 * 60.0 * 60.0);
        assert_eq!(waits.len(), 19);
        assert_eq!(format!("{days:.0}"), MESSAGE_RETRY_DAYS.to_string());
    }

    #[test]
    fn the_whole_outbox_waits_a_minute_at_most() {
        assert_eq!(while_unreachable(0), Duration::from_secs(1));
        assert_eq!(while_unreachable(3), Duration::from_secs(8));
        assert_eq!(while_unreachable(u32::MAX), Duration::from_mins(1));
    }
}
