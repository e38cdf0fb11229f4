//! Invents people: applicants, and the people of the desk, who cannot sign in.

use registration::desk::OfficerRole;

use super::seeded::SeededRandomness;
use super::words::{FIRST_HALVES, FIRST_NAMES, OFFICERS, SECOND_HALVES};
use crate::clock::Moment;
use crate::randomness::NoRandomness;
use crate::store::DemoOfficer;

/// Returns the people of the desk: six officers, and one or two people in each other role. None of
/// them has a password.
#[must_use]
pub fn officers(at: Moment) -> Vec<DemoOfficer> {
    OFFICERS
        .iter()
        .filter_map(|(id, name, role)| {
            Some(DemoOfficer {
                id: (*id).to_owned(),
                name: (*name).to_owned(),
                email: format!("{id}@desk.example"),
                role: OfficerRole::from_key(role)?,
                at,
            })
        })
        .collect()
}

/// Draws a first and a last name.
pub(super) fn name(random: &SeededRandomness) -> Result<(String, String), NoRandomness> {
    Ok((
        (*random.one_of(&FIRST_NAMES)?).to_owned(),
        last_name(random)?,
    ))
}

/// Draws a last name.
pub(super) fn last_name(random: &SeededRandomness) -> Result<String, NoRandomness> {
    let first = random.one_of(&FIRST_HALVES)?;
    let second = random.one_of(&SECOND_HALVES)?;
    Ok([*first, *second].concat())
}

/// Returns the local part of an email address for a name.
pub(super) fn mailbox(name: &str) -> String {
    registration::desk::search::words(name).join(".")
}

/// Draws a mobile number that begins with 071, a range in which Ofcom has allocated no numbers.
///
/// The thousand mobile numbers that Ofcom reserves for drama would make every few registrations look
/// alike, because the desk compares mobile numbers.
pub(super) fn mobile(random: &SeededRandomness) -> Result<String, NoRandomness> {
    Ok(format!(
        "071{:02} {:06}",
        random.draw(100)?,
        random.draw(1_000_000)?
    ))
}

/// Draws a landline number from the numbers that Ofcom reserves for drama, so that it is nobody's
/// number.
pub(super) fn landline(random: &SeededRandomness) -> Result<String, NoRandomness> {
    Ok(format!("01632 960 {:03}", random.draw(1_000)?))
}
