//! How far a message about a registration has got, as the desk sees it.

crate::keyed! {
    /// The delivery state of a message about a registration.
    pub enum Delivery {
        /// The message waits to be sent, or is tried again.
        Waiting = "waiting",
        /// The message was sent. It may still come back.
        Sent = "sent",
        /// The message was given up: it could not be sent for days, or could not be read.
        Failed = "failed",
        /// The message was refused for good, or came back.
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
