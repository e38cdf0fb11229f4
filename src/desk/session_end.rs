//! The end of an officer's session, as the tabs of a browser know it: whose session it is, when it
//! ends, and what a page shows before and after the end.
//!
//! Times are in milliseconds by the clock of the browser.

/// The time before the end at which a page begins to warn, in milliseconds.
const WARNING: i64 = 5 * 60_000;

/// News from the server about the session, which the tabs of a browser share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionNews {
    /// The time at which the news arrived; `None` if no news has arrived.
    pub said: Option<i64>,
    /// The identifier of the officer; `None` if nobody is signed in.
    pub officer: Option<String>,
    /// The end of the session; `None` if nobody is signed in.
    pub ends: Option<i64>,
}

/// The state of the session for a page of one officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionPhase {
    /// The session lasts for more than five minutes.
    Lasts,
    /// The session ends within this number of minutes.
    EndsSoon(i64),
    /// The session is over.
    Over,
    /// Another officer has signed in.
    OfSomebodyElse,
}

impl SessionNews {
    /// Whether this news replaces the `known` news at the time `now`, because it is not older.
    /// Known news from the future is always replaced, because the clock has been changed since.
    #[must_use]
    pub fn replaces(&self, known: &Self, now: i64) -> bool {
        known
            .said
            .is_none_or(|known| known > now || self.said.is_some_and(|said| said >= known))
    }

    /// Returns the state of the session at the time `now` for a page of this officer.
    #[must_use]
    pub fn phase(&self, officer: &str, now: i64) -> SessionPhase {
        if self
            .officer
            .as_deref()
            .is_some_and(|other| other != officer)
        {
            return SessionPhase::OfSomebodyElse;
        }
        match self.ends.map_or(0, |ends| ends - now) {
            ..=0 => SessionPhase::Over,
            1..=WARNING => {
                SessionPhase::EndsSoon((self.ends.unwrap_or(now) - now + 59_999) / 60_000)
            }
            _ => SessionPhase::Lasts,
        }
    }
}

impl SessionPhase {
    /// Whether the page must hide its content.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Over | Self::OfSomebodyElse)
    }

    /// Returns the title of the dialog, and of the window once the session is over.
    #[must_use]
    pub const fn title(self) -> &'static str {
        if self.is_over() {
            "You are signed out"
        } else {
            "You will soon be signed out"
        }
    }

    /// Returns the words of the dialog. `moves` says whether the officer can extend the session.
    #[must_use]
    pub fn words(self, moves: bool) -> String {
        let minutes = match self {
            Self::Lasts => return String::new(),
            Self::EndsSoon(minutes) => minutes,
            Self::Over => {
                return "Sign in in another tab before you send this page. What you typed is still here."
                    .to_owned();
            }
            Self::OfSomebodyElse => {
                return "Somebody else has signed in in this browser. You can close this page."
                    .to_owned();
            }
        };
        let unit = if minutes == 1 { "minute" } else { "minutes" };
        let then = if moves {
            ""
        } else {
            " Finish what you are doing, then sign in again."
        };
        format!("You will be signed out in {minutes} {unit}.{then}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(said: i64, officer: &str, ends: i64) -> SessionNews {
        SessionNews {
            said: Some(said),
            officer: Some(officer.to_owned()),
            ends: Some(ends),
        }
    }

    fn signed_out(said: i64) -> SessionNews {
        SessionNews {
            said: Some(said),
            ..SessionNews::default()
        }
    }

    #[test]
    fn a_page_warns_five_minutes_before_the_end_and_hides_itself_after_it() {
        let now = 1_000_000;
        for (left, phase) in [
            (300_001, SessionPhase::Lasts),
            (300_000, SessionPhase::EndsSoon(5)),
            (240_001, SessionPhase::EndsSoon(5)),
            (240_000, SessionPhase::EndsSoon(4)),
            (1, SessionPhase::EndsSoon(1)),
            (0, SessionPhase::Over),
            (-1, SessionPhase::Over),
        ] {
            assert_eq!(news(0, "a", now + left).phase("a", now), phase, "{left}");
        }
        assert_eq!(signed_out(0).phase("a", now), SessionPhase::Over);
        let other = news(0, "b", now + 600_000).phase("a", now);
        assert_eq!(other, SessionPhase::OfSomebodyElse);
    }

    #[test]
    fn a_page_that_starts_late_does_not_take_the_place_of_later_news() {
        let now = 1_000;
        let early = news(100, "a", 5_000);
        let none = SessionNews::default();
        assert!(early.replaces(&none, now), "nothing was known");
        assert!(early.replaces(&early, now), "the same page");
        assert!(!early.replaces(&news(200, "a", 6_000), now), "extended");
        assert!(!early.replaces(&signed_out(200), now), "signed out");
        assert!(signed_out(200).replaces(&early, now), "signed out later");
        assert!(
            early.replaces(&news(9_000, "a", 9_900), now),
            "a clock set back"
        );
    }

    #[test]
    fn the_words_of_the_dialog_say_how_long_and_what_to_do() {
        let words = |phase: SessionPhase, moves| phase.words(moves);
        let soon = SessionPhase::EndsSoon;
        assert_eq!(words(soon(4), true), "You will be signed out in 4 minutes.");
        assert_eq!(
            words(soon(1), false),
            "You will be signed out in 1 minute. Finish what you are doing, then sign in again."
        );
        assert!(words(SessionPhase::Over, true).contains("What you typed is still here"));
        assert!(words(SessionPhase::OfSomebodyElse, true).contains("Somebody else"));
    }
}
