//! The name of the organisation, as it appears on its regulator's register.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::answers::{Answers, ordered};
use crate::context::Context;
use crate::identifiers::OrganisationName;
use crate::problem::Problem;

/// The answer to "What is the name of your organisation?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct OrganisationNameAnswer {
    /// The name of the organisation, as typed.
    #[validate(custom(function = "name"))]
    pub name: String,
}

impl Answers for OrganisationNameAnswer {
    const FIELDS: &'static [&'static str] = &["name"];

    /// Returns the problems of the name. A one-person organisation is asked for the name of the
    /// person.
    fn problems(&self, context: &Context) -> Vec<Problem> {
        if !context.is_one_person() {
            return ordered(self.validate(), Self::FIELDS);
        }
        let checked = OrganisationName::check_as(&self.name, "your name");
        let problem = checked.err().map(|problem| problem.at("name"));
        problem.into_iter().collect()
    }
}

fn name(typed: &str) -> Result<(), ValidationError> {
    OrganisationName::check(typed)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::OrganisationKind;

    #[test]
    fn a_barrister_who_registers_alone_is_asked_for_their_own_name() {
        let problem_of = |kind| {
            let context = Context {
                kind: Some(kind),
                ..Context::default()
            };
            OrganisationNameAnswer::default().problems(&context)
        };
        for (kind, words) in [
            (OrganisationKind::SelfEmployedBarrister, "Enter your name"),
            (
                OrganisationKind::BarristersChambers,
                "Enter an organisation name",
            ),
        ] {
            let problems = problem_of(kind);
            assert_eq!(problems.len(), 1);
            assert_eq!((&*problems[0].field, &*problems[0].words), ("name", words));
        }
    }
}
