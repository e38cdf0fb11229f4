//! `registration demo`: a database full of believable invented registrations, of any size, the same every time.
//!
//! Each registration goes through the form's own rules and has the rows that a real one has, written in bulk by the
//! store. Nothing is drawn from the machine and nobody is written to: no message is posted.

mod answers;
mod checks;
mod counted;
mod history;
mod people;
mod seeded;
mod words;

use registration::date::CalendarDate;
use registration::registration::Registration;

use crate::clock::Moment;
use crate::randomness::{Randomness, new_id, sha256};
use crate::store::{DemoOfficer, DemoRegistration, DemoRequest, StoreError};

pub use people::officers;
pub use seeded::Seeded;

/// Over so many days before the last day registrations came.
pub const DAYS: i64 = 2 * 365;
/// Within so many days before the last day a share of them came, so that something waits in a small database too.
const RECENT_DAYS: i64 = 14;
/// At most so many of them.
const MOST_RECENT: u64 = 6_000;
/// In a database of more than these what was decided long ago has no checks, and its draft no pages.
const MOST_WHOLE: u64 = 100_000;
/// It was decided long ago before so many days.
const LONG_AGO_DAYS: i64 = 60;
/// Keeps the sources of registrations side by side apart: an odd number with many bits.
const ASIDE: u64 = 0xD6E8_FEB8_6659_FD93;
const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

/// What is made.
#[derive(Debug, Clone, Copy)]
pub struct Demo {
    /// How many registrations.
    pub registrations: u64,
    /// Another seed makes other data.
    pub seed: u64,
    /// The day on which it is looked at, in London.
    pub today: CalendarDate,
}

/// Makes the registrations one after the other, in the order in which they came.
pub struct Maker {
    demo: Demo,
    randomness: Seeded,
    terms_sha256: String,
    officers: Vec<DemoOfficer>,
}

impl Demo {
    /// Begins.
    #[must_use]
    pub fn maker(self) -> Maker {
        Maker {
            demo: self,
            randomness: Seeded::new(self.seed),
            terms_sha256: sha256(registration::terms::CURRENT.text().as_bytes()),
            officers: officers(self.start()),
        }
    }

    /// When the last day begins: whatever would happen later has not happened.
    fn end(self) -> Moment {
        Moment::from_millis(self.today.day_number() * DAY)
    }

    fn start(self) -> Moment {
        Moment::from_millis((self.today.day_number() - DAYS) * DAY)
    }
}

impl Maker {
    /// When its time begins.
    #[must_use]
    pub fn begins(&self) -> Moment {
        self.demo.start()
    }

    /// The registration at this place, from 0.
    ///
    /// # Errors
    /// When the answers that were made up would not be taken from a form.
    pub fn registration(&self, at: u64) -> Result<DemoRegistration, StoreError> {
        let random = &self.randomness;
        let submitted_at = self.submitted_at(at);
        let answers = answers::made_up(random, at, submitted_at)?;
        let registration: Registration =
            registration::registration::complete(&answers.draft, &answers.users).map_err(|_| {
                StoreError::Row {
                    table: "registration",
                    column: "answers",
                }
            })?;
        let mut history = history::made_up(
            random,
            &registration,
            submitted_at,
            self.demo.end(),
            &self.officers,
            &self.terms_sha256,
        )?;
        let is_long_ago = history.state.is_over()
            && history.state_since < self.demo.end().plus_hours(-LONG_AGO_DAYS * 24);
        let is_whole = self.demo.registrations <= MOST_WHOLE || !is_long_ago;
        let aside = self.aside(at);
        if is_whole {
            checks::make(&aside, &registration, &mut history)?;
        }
        let came_by = counted::way(&self.aside(!at), &registration)?;
        let taken_in_by = if came_by.is_by_desk() {
            Some(history::take_in(
                &aside,
                &mut history,
                came_by,
                &self.officers,
            )?)
        } else {
            None
        };
        Ok(DemoRegistration {
            id: in_order(random, at)?,
            draft: in_order(random, at)?,
            random_reference: random.draw(u64::MAX)?,
            submitted_at,
            came_by,
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

    /// The requests for another format.
    ///
    /// # Errors
    /// None in practice.
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

    /// A source of its own for what was thought of later: whatever it draws, all else is as it was.
    fn aside(&self, number: u64) -> Seeded {
        Seeded::new(self.demo.seed ^ number.wrapping_mul(ASIDE).wrapping_add(ASIDE))
    }

    /// When the registration at this place came.
    fn submitted_at(&self, at: u64) -> Moment {
        let all = self.demo.registrations.max(1);
        let recent = (all / 5).min(MOST_RECENT);
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

/// So many parts of a whole.
fn share(whole: i64, part: u64, of: u64) -> i64 {
    let share = i128::from(whole) * i128::from(part) / i128::from(of.max(1));
    i64::try_from(share).unwrap_or(whole)
}

/// An identifier that comes after those before it, so that rows are written side by side.
fn in_order(randomness: &dyn Randomness, at: u64) -> Result<String, StoreError> {
    let random = new_id(randomness)?;
    Ok(format!("{at:012x}{}", &random[..20]))
}
