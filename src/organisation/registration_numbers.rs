//! The organisation's numbers with its regulators and with the Legal Aid Agency.
//!
//! The kind of organisation decides which numbers are required. A firm must give its SRA number and
//! a self-employed barrister their Bar number. Chambers must give at least one SRA, Bar or LAA
//! account number. LAA account numbers are never required on their own, because not every
//! organisation does legal aid work.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::answers::Answers;
use crate::context::Context;
use crate::identifiers::{BarNumber, LaaAccount, SraNumber};
use crate::organisation::OrganisationKind;
use crate::problem::Problem;

/// The requirement of a field for one kind of organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// The field is required.
    Required,
    /// The field is optional.
    Optional,
    /// The form does not ask for the field.
    NotAsked,
}

/// The answer to "What are your registration numbers?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct RegistrationNumbers {
    /// The number with the Solicitors Regulation Authority, as typed; may be empty.
    pub sra_number: String,
    /// The number with the Bar Standards Board, as typed; may be empty.
    pub bar_number: String,
    /// The LAA account numbers, one per line: at most 20; may be empty.
    pub laa_account_numbers: String,
}

impl OrganisationKind {
    /// Returns whether the SRA number is required, optional or not asked for this kind.
    #[must_use]
    pub const fn sra_number(self) -> Requirement {
        match self {
            Self::SolicitorsFirm => Requirement::Required,
            Self::BarristersChambers | Self::Other => Requirement::Optional,
            Self::SelfEmployedBarrister => Requirement::NotAsked,
        }
    }

    /// Returns whether the Bar number is required, optional or not asked for this kind.
    #[must_use]
    pub const fn bar_number(self) -> Requirement {
        match self {
            Self::SolicitorsFirm => Requirement::NotAsked,
            Self::BarristersChambers | Self::Other => Requirement::Optional,
            Self::SelfEmployedBarrister => Requirement::Required,
        }
    }

    /// Whether this kind must give at least one SRA, Bar or LAA account number.
    #[must_use]
    pub const fn needs_one_number(self) -> bool {
        matches!(self, Self::BarristersChambers)
    }
}

impl RegistrationNumbers {
    /// Returns a copy without the numbers that a kind of organisation is not asked for.
    ///
    /// Such numbers may be left over from an earlier choice of kind.
    #[must_use]
    pub fn asked_of(&self, kind: OrganisationKind) -> Self {
        let asked = |requirement, number: &String| match requirement {
            Requirement::NotAsked => String::new(),
            Requirement::Required | Requirement::Optional => number.clone(),
        };
        Self {
            sra_number: asked(kind.sra_number(), &self.sra_number),
            bar_number: asked(kind.bar_number(), &self.bar_number),
            laa_account_numbers: self.laa_account_numbers.clone(),
        }
    }

    /// Returns the problems of the numbers for an organisation of this kind.
    #[must_use]
    pub fn problems_for(&self, kind: OrganisationKind) -> Vec<Problem> {
        let numbers = self.asked_of(kind);
        let blank = |number: &str| number.trim().is_empty();
        let mut problems = Vec::new();
        if !blank(&numbers.sra_number) || kind.sra_number() == Requirement::Required {
            problems.extend(SraNumber::check(&numbers.sra_number).err());
        }
        if !blank(&numbers.bar_number) || kind.bar_number() == Requirement::Required {
            problems.extend(BarNumber::check(&numbers.bar_number).err());
        }
        if let Err(found) = LaaAccount::check_list(&numbers.laa_account_numbers) {
            problems.extend(found);
        }
        let none_given = blank(&numbers.sra_number)
            && blank(&numbers.bar_number)
            && blank(&numbers.laa_account_numbers);
        if none_given && kind.needs_one_number() {
            problems.push(Problem::new(
                "bar_number",
                "numbers-none",
                "Enter a Bar number, an SRA number or an LAA account number",
            ));
        }
        problems.into_iter().map(at_its_field).collect()
    }
}

impl Answers for RegistrationNumbers {
    const FIELDS: &'static [&'static str] = &["sra_number", "bar_number", "laa_account_numbers"];

    fn problems(&self, context: &Context) -> Vec<Problem> {
        self.problems_for(context.kind.unwrap_or(OrganisationKind::Other))
    }

    fn warnings(&self) -> Vec<Problem> {
        SraNumber::warning(&self.sra_number)
            .map(at_its_field)
            .into_iter()
            .collect()
    }
}

fn at_its_field(problem: Problem) -> Problem {
    let field = match problem.field.as_ref() {
        "sra-number" => "sra_number",
        "laa-account" => "laa_account_numbers",
        _ => "bar_number",
    };
    problem.at(field)
}
