//! Backoff: how long to wait before a message, or the whole outbox, is tried again.

use std::time::Duration;

/// The first wait after a message was refused.
const FIRST: Duration = Duration::from_mins(1);
/// The longest wait of a message. No claim lasts longer either.
pub const LONGEST: Duration = Duration::from_hours(6);
/// Number of refusals after which a message is dead, about three days after the first.
const MOST_TRIES: u32 = 20;

/// Returns the wait before a refused message is tried again; `None` if it is dead. The message was
/// refused `tries` times before this time.
pub fn after_refusal(tries: u32) -> Option<Duration> {
    (tries + 1 < MOST_TRIES).then(|| doubled(FIRST, tries, LONGEST))
}

/// Returns the wait before the outbox is tried again. The mail server was unreachable `times` times
/// before this time.
pub fn while_unreachable(times: u32) -> Duration {
    doubled(Duration::from_secs(1), times, Duration::from_mins(1))
}

fn doubled(first: Duration, times: u32, longest: Duration) -> Duration {
    first.saturating_mul(1 << times.min(16)).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_message_waits_twice_as_long_each_time_and_is_dead_after_three_days() {
        let waits: Vec<Duration> = (0..).map_while(after_refusal).collect();
        assert_eq!(waits[..4], [1, 2, 4, 8].map(Duration::from_mins));
        assert!(waits.is_sorted());
        assert_eq!(waits.last(), Some(&LONGEST));
        let days = waits.iter().sum::<Duration>().as_secs() / (24 * 60 * 60);
        assert_eq!((waits.len(), days), (19, 2));
    }

    #[test]
    fn the_whole_outbox_waits_a_minute_at_most() {
        assert_eq!(while_unreachable(0), Duration::from_secs(1));
        assert_eq!(while_unreachable(3), Duration::from_secs(8));
        assert_eq!(while_unreachable(u32::MAX), Duration::from_mins(1));
    }
}
