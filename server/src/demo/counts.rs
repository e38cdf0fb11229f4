//! Invents the data behind the figures: the channel of each registration, the drafts of each day,
//! and the feedback.

use std::collections::BTreeMap;

use registration::channel::Channel;
use registration::registration::Registration;

use super::seeded::SeededRandomness;
use super::{DAYS, Generator};
use crate::randomness::{NoRandomness, new_id};
use crate::store::{DemoCounts, DemoDay, DemoFeedback, StoreError};

/// The number of users from which most organisations use a spreadsheet.
const MANY_USERS: usize = 5;
/// The number of applicants of whom one gives feedback.
const FEEDBACK_ONE_IN: u64 = 20;
/// The largest number of feedback entries.
const MAX_FEEDBACK: u64 = 5_000;

/// Draws the channel of a registration.
pub(super) fn channel(
    random: &SeededRandomness,
    registration: &Registration,
) -> Result<Channel, NoRandomness> {
    let with_spreadsheet = match registration.people.len() {
        _ if registration.organisation.kind.is_one_person() => 0,
        1 => 2,
        2..MANY_USERS => 15,
        _ => 75,
    };
    Ok(match random.draw(100)? {
        0..3 => Channel::DeskFile,
        3..5 => Channel::DeskPaper,
        _ if random.happens(with_spreadsheet)? => Channel::Spreadsheet,
        _ => Channel::Web,
    })
}

impl Generator {
    /// Makes the counts of each day, and the feedback.
    ///
    /// `sent` maps a day number to the number of drafts that were begun on that day and submitted.
    ///
    /// # Errors
    /// Never: the seeded source of randomness does not fail.
    pub fn counts(&self, sent: &BTreeMap<i64, i64>) -> Result<DemoCounts, StoreError> {
        let random = self.separate_source(u64::MAX / 2);
        let mut days = Vec::new();
        for (day, sent) in sent {
            // Some people begin a draft but never submit it.
            let of_hundred = random.between(22, 45)?;
            let given_up = (sent * of_hundred + random.between(0, 99)?) / 100;
            days.push(DemoDay {
                day: *day,
                begun: sent + given_up,
                sent: *sent,
            });
        }
        let last = self.demo.today.day_number();
        let count = (self.demo.registrations / FEEDBACK_ONE_IN).min(MAX_FEEDBACK);
        let mut feedback = Vec::new();
        for _ in 0..count {
            feedback.push(DemoFeedback {
                id: new_id(&random)?,
                day: last - random.between(1, DAYS)?,
                score: match random.draw(100)? {
                    0..38 => 5,
                    38..79 => 4,
                    79..89 => 3,
                    89..96 => 2,
                    _ => 1,
                },
            });
        }
        Ok(DemoCounts { days, feedback })
    }
}
