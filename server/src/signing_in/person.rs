//! Validates the details of new people of the desk, from the page or the command line.

use registration::desk::{JOIN, OfficerRole};
use registration::identifiers::Email;
use registration::problem::Problem;
use registration::text::tidy;

use super::{EnrolmentLink, Fault};
use crate::clock::Clock;
use crate::randomness::{Randomness, new_id};
use crate::store::NewOfficer;

/// The longest name, in characters.
const NAME_CHARACTERS: usize = 100;

/// Validates name, email address and role of a new person.
///
/// # Errors
/// When the machine has no random bytes. The inner error has the problems to fix.
pub fn read_person(
    (name, email, role): (&str, &str, &str),
    clock: &dyn Clock,
    randomness: &dyn Randomness,
) -> Result<Result<NewOfficer, Vec<Problem>>, Fault> {
    let mut problems = Vec::new();
    let name = tidy(name).into_owned();
    if name.is_empty() {
        problems.push(Problem::new("name", "name-empty", "Enter a name"));
    } else if name.chars().count() > NAME_CHARACTERS {
        let words = format!("Name must be {NAME_CHARACTERS} characters or fewer");
        problems.push(Problem::new("name", "name-long", words));
    }
    let email = Email::parse(email)
        .map_err(|problem| problems.push(problem.at("email")))
        .ok();
    let role = OfficerRole::from_key(role);
    if role.is_none() {
        problems.push(Problem::new("role", "role-empty", "Select a role"));
    }
    let (Some(email), Some(role), true) = (email, role, problems.is_empty()) else {
        return Ok(Err(problems));
    };
    Ok(Ok(NewOfficer {
        id: new_id(randomness)?,
        name,
        email,
        role,
        at: clock.now(),
    }))
}

/// Returns the URL of an enrolment link; `service` is the public address of the service.
#[must_use]
pub fn join_address(service: &str, made: &EnrolmentLink) -> String {
    [service, JOIN, "/", made.secret.secret()].concat()
}
