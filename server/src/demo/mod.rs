//! Demo data: any number of plausible invented registrations. The same seed gives the same data.
//!
//! Each registration passes the form's rules and has the same database rows as a real registration;
//! only in a very large database do older registrations have fewer rows. The store writes the rows
//! in bulk. No message is sent.

mod answers;
mod checks;
mod counts;
mod history;
mod likenesses;
mod people;
mod seeded;
mod words;

use registration::date::CalendarDate;
use registration::registration::Registration;

use self::likenesses::{HUNDRED, Likeness};
use crate::clock::Moment;
use crate::randomness::{Randomness, new_id, sha256};
use crate::store::{DemoOfficer, DemoRegistration, DemoRequest, StoreError};

pub use people::officers;
pub use seeded::SeededRandomness;

/// The number of days before the last day over which the registrations are spread.
pub const DAYS: i64 = 2 * 365;
/// The number of days before the last day in which a fifth of the registrations arrive, up to
/// `MAX_RECENT`, so that even a small database has a queue.
const RECENT_DAYS: i64 = 14;
/// The largest number of registrations in the last `RECENT_DAYS`.
const MAX_RECENT: u64 = 6_000;
/// The largest number of registrations with which every registration is complete. In a larger demo,
/// registrations that were decided or withdrawn long ago have no checks, and their drafts have no
/// pages and no users.
const COMPLETE_UP_TO: u64 = 100_000;
/// The number of days after which a decision or a withdrawal counts as long ago.
const LONG_AGO_DAYS: i64 = 60;
/// The factor that makes the seeds of separate sources with neighbouring numbers differ in many
/// bits: an odd number with many bits set.
const SOURCE_SPREAD: u64 = 0xD6E8_FEB8_6659_FD93;
const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

/// The parameters of the demo data.
#[derive(Debug, Clone, Copy)]
pub struct Demo {
    /// The number of registrations.
    pub registrations: u64,
    /// The seed of all random numbers.
    pub seed: u64,
    /// The last day of the data: the London date on which people use the demo.
    pub today: CalendarDate,
}

/// The generator of the demo's registrations, in the order of their arrival.
pub struct Generator {
    demo: Demo,
    randomness: SeededRandomness,
    terms_sha256: String,
    officers: Vec<DemoOfficer>,
}

impl Demo {
    /// Returns the generator of the registrations.
    #[must_use]
    pub fn generator(self) -> Generator {
        Generator {
            demo: self,
            randomness: SeededRandomness::new(self.seed),
            terms_sha256: sha256(registration::terms::CURRENT.text().as_bytes()),
            officers: officers(self.start()),
        }
    }

    /// Returns the beginning of the last day. No event of the demo is later.
    fn end(self) -> Moment {
        Moment::from_millis(self.today.day_number() * DAY)
    }

    fn start(self) -> Moment {
        Moment::from_millis((self.today.day_number() - DAYS) * DAY)
    }
}

impl Generator {
    /// Returns the beginning of the first day.
    #[must_use]
    pub fn begins(&self) -> Moment {
        self.demo.start()
    }

    /// Makes the registration with this number, counted from 0.
    ///
    /// # Errors
    /// When the form's rules reject the invented answers, which would be a fault of the generator.
    pub fn registration(&self, at: u64) -> Result<DemoRegistration, StoreError> {
        let random = &self.randomness;
        let submitted_at = self.submitted_at(at);
        // Set the top bit, so that the source of a block of registrations differs from that of
        // every registration.
        let hundred = (at / HUNDRED) | 1 << 63;
        let likeness = Likeness::of(at, &self.separate_source(hundred))?;
        let answers = answers::invent(random, at, submitted_at, likeness)?;
        let registration: Registration =
            registration::registration::complete(&answers.draft, &answers.users).map_err(|_| {
                StoreError::Row {
                    table: "registration",
                    column: "answers",
                }
            })?;
        let mut history = history::invent(
            random,
            &registration,
            &(submitted_at..self.demo.end()),
            &self.officers,
            &self.terms_sha256,
        )?;
        let is_long_ago = history.state.is_closed()
            && history.state_since < self.demo.end().plus_hours(-LONG_AGO_DAYS * 24);
        let is_whole = self.demo.registrations <= COMPLETE_UP_TO || !is_long_ago;
        let separate_source = self.separate_source(at);
        if is_whole {
            checks::make(&separate_source, &registration, &mut history)?;
        }
        let channel = counts::channel(&self.separate_source(!at), &registration)?;
        let taken_in_by = if channel.is_by_desk() {
            Some(history::record_assisted(
                &separate_source,
                &mut history,
                channel,
                &self.officers,
            )?)
        } else {
            None
        };
        Ok(DemoRegistration {
            id: ordered_id(random, at)?,
            draft: ordered_id(random, at)?,
            random_reference: random.draw(u64::MAX)?,
            submitted_at,
            channel,
            taken_in_by,
            pages: if is_whole {
                answers.pages()?
            } else {
                Vec::new()
            },
            users: if is_whole { answers.users } else { Vec::new() },
            terms_sha256: self.terms_sha256.clone(),
            registration,
            history,
        })
    }

    /// Makes the requests for another format.
    ///
    /// # Errors
    /// Never: the seeded source of randomness does not fail.
    pub fn requests(&self) -> Result<Vec<DemoRequest>, StoreError> {
        let count = self.demo.registrations / 200 + 3;
        let random = &self.randomness;
        (0..count)
            .map(|at| {
                let days = random.between(0, if at < 3 { 8 } else { DAYS })?;
                let asked_at =
                    Moment::from_millis(self.demo.end().millis() - days * DAY - 3 * HOUR);
                history::request(random, asked_at, self.demo.end(), &self.officers)
            })
            .collect()
    }

    /// Returns a separate random source, for data that was added to the demo later. Its draws do
    /// not change the other data.
    fn separate_source(&self, number: u64) -> SeededRandomness {
        SeededRandomness::new(
            self.demo.seed
                ^ number
                    .wrapping_mul(SOURCE_SPREAD)
                    .wrapping_add(SOURCE_SPREAD),
        )
    }

    /// Returns the moment at which the registration with this number was submitted.
    fn submitted_at(&self, at: u64) -> Moment {
        let all = self.demo.registrations.max(1);
        let recent = (all / 5).min(MAX_RECENT);
        let earlier = all - recent;
        let end = self.demo.end().millis();
        let millis = if at < earlier {
            let span = (DAYS - RECENT_DAYS) * DAY;
            end - DAYS * DAY + share(span, at, earlier)
        } else {
            end - RECENT_DAYS * DAY + share(RECENT_DAYS * DAY, at - earlier, recent)
        };
        Moment::from_millis(millis)
    }
}

/// Returns the fraction `part / of` of a whole.
fn share(whole: i64, part: u64, of: u64) -> i64 {
    let share = i128::from(whole) * i128::from(part) / i128::from(of.max(1));
    i64::try_from(share).unwrap_or(whole)
}

/// Makes an identifier that sorts in the order of `at`, so that the database writes new rows next
/// to each other.
fn ordered_id(randomness: &dyn Randomness, at: u64) -> Result<String, StoreError> {
    let random = new_id(randomness)?;
    Ok(format!("{at:012x}{}", &random[..20]))
}
