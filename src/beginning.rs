//! What anybody can begin, and how often one place may begin it, so that nobody fills the database
//! or keeps a provider busy.

use crate::keyed;

/// Length of the window in which a place may begin something so many times, in minutes.
pub const WINDOW_MINUTES: i64 = 60;

keyed! {
    /// Something that anybody can begin without being known.
    #[derive(Hash)]
    pub enum Beginning {
        /// A draft of a registration.
        Draft = "draft",
        /// The reading of a spreadsheet.
        Import = "import",
        /// Sign-in with the department’s provider, which is asked each time.
        SingleSignOn = "single-sign-on",
        /// Sign-in with a passkey.
        Passkey = "passkey",
    }
}

impl Beginning {
    /// Returns how often one place may begin it at once. Later it may begin one more each time a
    /// part of the window has passed, so that it is as many in each window.
    ///
    /// A whole office may share a place.
    #[must_use]
    pub const fn most(self) -> i64 {
        match self {
            Self::Draft | Self::SingleSignOn | Self::Passkey => 100,
            Self::Import => 60,
        }
    }

    /// Returns after how many milliseconds one more may begin.
    #[must_use]
    pub const fn spacing(self) -> i64 {
        WINDOW_MINUTES * 60_000 / self.most()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_has_room_for_as_many_as_may_begin_at_once() {
        for beginning in Beginning::ALL {
            assert_eq!(
                beginning.most() * beginning.spacing(),
                WINDOW_MINUTES * 60_000
            );
        }
    }
}
