//! Pairs of registrations that look like the same organisation: two of every hundred share an SRA
//! number or a mailbox, as when an organisation registers a second time.

use registration::form::{Field, FormAnswers};
use registration::organisation::OrganisationKind;

use super::seeded::SeededRandomness;
use crate::randomness::NoRandomness;

/// The size of a block of consecutive registrations. Each block contains one pair.
pub(super) const HUNDRED: u64 = 100;

/// The answer that the two registrations of a pair share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Likeness {
    /// An SRA number; both are solicitors' firms.
    Sra(String),
    /// The mailbox of the organisation.
    Mailbox(String),
}

impl Likeness {
    /// Returns the answer that the registration with the number `at` shares with another of its
    /// block; `None` if it is not in a pair. `of_hundred` is the random source of the block.
    pub(super) fn of(at: u64, of_hundred: &SeededRandomness) -> Result<Option<Self>, NoRandomness> {
        let first = of_hundred.draw(HUNDRED)?;
        let second = (first + 1 + of_hundred.draw(HUNDRED - 1)?) % HUNDRED;
        let number = of_hundred.between(100_000, 899_999)?;
        let is_sra = of_hundred.happens(50)?;
        if ![first, second].contains(&(at % HUNDRED)) {
            return Ok(None);
        }
        Ok(Some(if is_sra {
            Self::Sra(number.to_string())
        } else {
            Self::Mailbox(format!("clerk.{number}@shared-mail.example"))
        }))
    }

    /// Returns the kind that an organisation must have to share this answer; `None` if any will do.
    pub(super) const fn kind(&self) -> Option<OrganisationKind> {
        match self {
            Self::Sra(_) => Some(OrganisationKind::SolicitorsFirm),
            Self::Mailbox(_) => None,
        }
    }

    /// Replaces the answer that is shared.
    pub(super) fn share(self, typed: &mut FormAnswers) {
        match self {
            Self::Sra(number) => typed.set(Field::SraNumber, number),
            Self::Mailbox(email) => typed.set(Field::Email, email),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_a_hundred_share_one_answer() {
        let mut kinds = Vec::new();
        for hundred in 0..20_u64 {
            let shared: Vec<Likeness> = (0..HUNDRED)
                .filter_map(|at| Likeness::of(at, &SeededRandomness::new(hundred)).unwrap())
                .collect();
            assert!(shared.len() == 2 && shared[0] == shared[1], "{shared:?}");
            kinds.push(shared[0].kind());
        }
        assert!(kinds.contains(&None));
        assert!(kinds.contains(&Some(OrganisationKind::SolicitorsFirm)));
    }
}
