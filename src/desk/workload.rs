//! The number of queue entries that are assigned to an officer. If the officer may no longer work
//! on registrations, these entries return to the queue.

use crate::text::with_commas;

/// The number of open registrations and requests for another format that are assigned to an
/// officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Workload {
    /// The number of registrations.
    pub registrations: usize,
    /// The number of requests for another format.
    pub requests: usize,
}

impl Workload {
    /// Puts the counts into words, such as `2 registrations and 1 request for another format`.
    ///
    /// Returns `None` if both are 0.
    #[must_use]
    pub fn words(self) -> Option<String> {
        let registrations = counted(self.registrations, "registration", "registrations");
        let requests = counted(
            self.requests,
            "request for another format",
            "requests for another format",
        );
        match (registrations, requests) {
            (Some(registrations), Some(requests)) => {
                Some(format!("{registrations} and {requests}"))
            }
            (registrations, requests) => registrations.or(requests),
        }
    }

    /// Whether the officer has exactly one entry.
    #[must_use]
    pub const fn is_one(self) -> bool {
        self.registrations + self.requests == 1
    }
}

fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{} {many}", with_commas(count))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workload_is_put_into_words() {
        for (registrations, requests, words) in [
            (0, 0, None),
            (1, 0, Some("1 registration")),
            (0, 2, Some("2 requests for another format")),
            (
                1_200,
                1,
                Some("1,200 registrations and 1 request for another format"),
            ),
        ] {
            let workload = Workload {
                registrations,
                requests,
            };
            assert_eq!(workload.words().as_deref(), words);
        }
    }
}
