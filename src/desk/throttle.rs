//! The throttle of the desk's sign-in. The limit per account prevents guessing a password,
//! and the limit per client address prevents trying one password on every account. A lock
//! opens again by itself.

use crate::rate_limit::limited_until;

/// Length of the window in which attempts are counted, in minutes.
pub const WINDOW_MINUTES: i64 = 15;
/// How many failed attempts within the window lock an account.
pub const MOST_FOR_ACCOUNT: usize = 5;
/// How many failed attempts within the window lock a client address; a whole office may share it.
pub const MOST_FROM_SOURCE: usize = 30;
/// How many failed attempts in a day lock an account, however far apart they are.
pub const MOST_A_DAY: usize = 40;
/// Minutes per day.
pub const DAY_MINUTES: i64 = 24 * 60;

/// Returns when a person may try again, or `None` if they may now.
///
/// `account` and `source` are the moments of a day's failed attempts on the account and from the
/// client address, in any order. All moments are milliseconds since 1970.
#[must_use]
pub fn again_at(account: &[i64], source: &[i64], now: i64) -> Option<i64> {
    [
        limited_until(account, MOST_FOR_ACCOUNT, WINDOW_MINUTES, now),
        limited_until(account, MOST_A_DAY, DAY_MINUTES, now),
        limited_until(source, MOST_FROM_SOURCE, WINDOW_MINUTES, now),
    ]
    .into_iter()
    .flatten()
    .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;
    const NOW: i64 = 10_000 * MINUTE;

    fn tries(count: i64, apart: i64) -> Vec<i64> {
        (0..count)
            .map(|number| NOW - number * apart * MINUTE)
            .collect()
    }

    #[test]
    fn an_account_locks_after_five_tries_in_a_quarter_of_an_hour_and_opens_again() {
        assert_eq!(again_at(&tries(4, 1), &[], NOW), None);
        let locked = tries(5, 1);
        assert_eq!(again_at(&locked, &[], NOW), Some(NOW + 11 * MINUTE));
        assert_eq!(again_at(&locked, &[], NOW + 11 * MINUTE), None);
        assert_eq!(again_at(&tries(5, 4), &[], NOW), None);
    }

    #[test]
    fn an_account_locks_after_forty_tries_in_a_day_however_slow() {
        assert_eq!(again_at(&tries(39, 5), &[], NOW), None);
        let last = NOW - 39 * 5 * MINUTE;
        assert_eq!(
            again_at(&tries(40, 5), &[], NOW),
            Some(last + DAY_MINUTES * MINUTE)
        );
    }

    #[test]
    fn a_place_locks_whichever_accounts_it_tries() {
        let all: Vec<i64> = vec![NOW - MINUTE; 30];
        assert_eq!(again_at(&[], &all[1..], NOW), None);
        assert_eq!(again_at(&[], &all, NOW), Some(NOW + 14 * MINUTE));
    }
}
