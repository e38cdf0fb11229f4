//! The throttle of the desk's sign-in. A few failed attempts slow down only the network address or
//! browser that made them, so a stranger cannot lock an officer out. Very many failed attempts on
//! one account slow down every browser in which the account's officer has not signed in before.

use crate::rate_limit::limited_until;

/// The time for which a failed attempt counts, in minutes: one day.
pub const DAY_MINUTES: i64 = 24 * 60;
/// The window in which the attempts of one network address on all accounts are counted, in minutes.
pub const WINDOW_MINUTES: i64 = 15;
/// The number of failed attempts within the window that slow down a network address, which a whole
/// office may share.
pub const MAX_FROM_PLACE: usize = 30;

/// The waits after failed attempts on one account from one network address or browser.
const OWN: Pace = Pace {
    free: 5,
    first_wait: 30,
    longest_wait: 15 * 60,
};
/// The waits after wrong passwords for one account from all unknown browsers together. NIST (SP
/// 800-63B) allows 100 attempts; at one attempt a minute after these, guessing a password takes
/// centuries.
const PASSWORDS: Pace = Pace {
    free: 100,
    first_wait: 1,
    longest_wait: 60,
};
/// The waits after wrong six-digit codes for one account. Such codes are easier to guess than
/// passwords, but a person reaches the code page only with the correct password.
const CODES: Pace = Pace {
    free: 20,
    first_wait: 60,
    longest_wait: 60 * 60,
};

/// The credential that an attempt guesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guessed {
    /// A password.
    Password,
    /// A code from an authenticator app, or a recovery code.
    Code,
    /// The signature of a passkey, which cannot be guessed.
    Passkey,
    /// A credential that a signed-in officer enters again before changing how they sign in.
    Confirmation,
}

/// The times of failed attempts during the last day, in milliseconds since 1970, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FailedAttempts {
    /// Attempts to guess the same credential of the same account, from the same network address or
    /// browser as the new attempt.
    pub own: Vec<i64>,
    /// Attempts to guess the same credential of the same account, from all unknown browsers. Empty
    /// if the new attempt comes from a known browser.
    pub account: Vec<i64>,
    /// Attempts on all accounts from the same network address as the new attempt. Empty if the new
    /// attempt comes from a known browser.
    pub place: Vec<i64>,
}

impl Guessed {
    /// Returns the key under which attempts are counted.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::Passkey => "passkey",
            Self::Confirmation => "confirmation",
        }
    }

    const fn account_pace(self) -> Option<Pace> {
        match self {
            Self::Password => Some(PASSWORDS),
            Self::Code => Some(CODES),
            Self::Passkey | Self::Confirmation => None,
        }
    }
}

/// Returns when the next attempt is allowed, in milliseconds since 1970; `None` if it is allowed
/// now.
#[must_use]
pub fn again_at(guessed: Guessed, failed: &FailedAttempts, now: i64) -> Option<i64> {
    let account = guessed.account_pace();
    [
        OWN.again_at(&failed.own, now),
        account.and_then(|pace| pace.again_at(&failed.account, now)),
        limited_until(&failed.place, MAX_FROM_PLACE, WINDOW_MINUTES, now),
    ]
    .into_iter()
    .flatten()
    .max()
}

/// The waits after failed attempts, in seconds. The first wait follows attempt number `free`; each
/// further attempt doubles the wait, up to the longest.
#[derive(Debug, Clone, Copy)]
struct Pace {
    free: usize,
    first_wait: i64,
    longest_wait: i64,
}

impl Pace {
    fn again_at(self, times: &[i64], now: i64) -> Option<i64> {
        let day_ago = now - DAY_MINUTES * 60_000;
        // If the clock is put back, attempts with a time in the future do not count.
        let counted = || {
            times
                .iter()
                .filter(|time| (day_ago + 1..=now).contains(*time))
        };
        let further = counted().count().checked_sub(self.free)?;
        let doubled = u32::try_from(further.min(20)).unwrap_or(20);
        let wait = (self.first_wait << doubled).min(self.longest_wait);
        let again = counted().max()? + wait * 1_000;
        (again > now).then_some(again)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000;
    const MINUTE: i64 = 60_000;
    const NOW: i64 = 10_000 * MINUTE;

    fn tries(count: i64, apart: i64) -> Vec<i64> {
        (0..count)
            .map(|number| NOW - number * apart * SECOND)
            .collect()
    }

    fn own(own: Vec<i64>) -> FailedAttempts {
        FailedAttempts {
            own,
            ..FailedAttempts::default()
        }
    }

    #[test]
    fn a_place_waits_after_five_attempts_on_an_account_and_longer_after_each_more() {
        for (count, seconds) in [
            (5, 30),
            (6, 60),
            (7, 120),
            (8, 240),
            (9, 480),
            (10, 900),
            (40, 900),
            (4_000, 900),
        ] {
            let failed = own(tries(count, 1));
            let again = NOW + seconds * SECOND;
            for guessed in [Guessed::Password, Guessed::Code, Guessed::Confirmation] {
                assert_eq!(again_at(guessed, &failed, NOW), Some(again), "{count}");
                assert_eq!(again_at(guessed, &failed, again - 1), Some(again));
                assert_eq!(again_at(guessed, &failed, again), None);
            }
        }
        assert_eq!(again_at(Guessed::Password, &own(tries(4, 1)), NOW), None);
    }

    #[test]
    fn an_attempt_counts_for_a_day() {
        let failed = own(tries(5, 0));
        let later = NOW + DAY_MINUTES * MINUTE;
        let mut with_one_more = failed.clone();
        with_one_more.own.push(later);
        assert_eq!(again_at(Guessed::Password, &with_one_more, later), None);
    }

    #[test]
    fn an_account_is_slowed_and_never_closed() {
        let of_account = |count| FailedAttempts {
            account: tries(count, 1),
            ..FailedAttempts::default()
        };
        let wait = |guessed, count| {
            again_at(guessed, &of_account(count), NOW).map_or(0, |again| (again - NOW) / SECOND)
        };
        for (count, password, code) in [
            (19, 0, 0),
            (20, 0, 60),
            (25, 0, 32 * 60),
            (99, 0, 3_600),
            (100, 1, 3_600),
            (103, 8, 3_600),
            (10_000, 60, 3_600),
        ] {
            assert_eq!(wait(Guessed::Password, count), password, "{count}");
            assert_eq!(wait(Guessed::Code, count), code, "{count}");
            assert_eq!(wait(Guessed::Passkey, count), 0);
        }
    }

    #[test]
    fn a_place_waits_whichever_accounts_it_tries() {
        let from_place = |count| FailedAttempts {
            place: vec![NOW - MINUTE; count],
            ..FailedAttempts::default()
        };
        assert_eq!(again_at(Guessed::Password, &from_place(29), NOW), None);
        let again = again_at(Guessed::Password, &from_place(30), NOW);
        assert_eq!(again, Some(NOW + 14 * MINUTE));
    }

    #[test]
    fn a_clock_that_was_put_back_slows_nobody_down() {
        let failed = own(tries(50, 1));
        assert_eq!(
            again_at(Guessed::Password, &failed, NOW - 60 * MINUTE),
            None
        );
    }
}
