//! The delivery state of a message about a registration, as officers see it.

crate::keyed! {
    /// The delivery state of a message about a registration.
    pub enum Delivery {
        /// The message waits for the first or the next attempt to send it.
        Waiting = "waiting",
        /// The message was sent. It may still be returned as undeliverable.
        Sent = "sent",
        /// The service no longer tries to send the message: it could not be sent within
        /// `MESSAGE_RETRY_DAYS`, or the stored message could not be read.
        Failed = "failed",
        /// The message was permanently rejected, or was returned as undeliverable.
        Bounced = "bounced",
    }
}

impl Delivery {
    /// Returns the name that officers see.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting to be sent",
            Self::Sent => "Sent",
            Self::Failed => "Failed",
            Self::Bounced => "Bounced",
        }
    }
}

/// Turns the kind of a message, such as `more-information-needed`, into words.
#[must_use]
pub fn kind_in_words(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let rest = letters.map(|letter| if letter == '-' { ' ' } else { letter });
    first.into_iter().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_kind_has_words() {
        for delivery in Delivery::ALL {
            assert_eq!(Delivery::from_key(delivery.key()), Some(delivery));
            assert!(!delivery.words().is_empty());
        }
        assert_eq!(kind_in_words("not-approved"), "Not approved");
        assert_eq!(kind_in_words(""), "");
    }
}
