//! A rate limit: the maximum number of events within a window of time.

/// Returns the time at which the next event is allowed; `None` if it is allowed now.
///
/// `times` are the times of past events, in any order. At most `most` events are allowed within
/// `minutes` minutes. All times are in milliseconds since 1970.
#[must_use]
pub fn limited_until(times: &[i64], most: usize, minutes: i64, now: i64) -> Option<i64> {
    let window = minutes * 60_000;
    let mut counted: Vec<i64> = times
        .iter()
        .copied()
        // If the clock was set back, events that now lie in the future must not lock anybody out.
        .filter(|time| *time > now - window && *time <= now)
        .collect();
    counted.sort_unstable();
    let first_to_go = counted.len().checked_sub(most)?;
    Some(counted.get(first_to_go)? + window)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_ends_once_the_earliest_moment_leaves_the_window() {
        let minute = |minute: i64| minute * 60_000;
        let times: Vec<i64> = (0..5).map(minute).collect();
        let until = |times: &[i64], now| limited_until(times, 5, 60, now);
        assert_eq!(until(&times[..4], minute(5)), None);
        assert_eq!(until(&times, minute(5)), Some(minute(60)));
        assert_eq!(until(&times, minute(59)), Some(minute(60)));
        assert_eq!(until(&times, minute(60)), None);
        assert_eq!(until(&[], 0), None);
    }

    #[test]
    fn a_clock_that_was_put_back_locks_nobody_out() {
        let times = [60_000, 120_000];
        assert_eq!(limited_until(&times, 2, 15, 0), None);
    }
}
