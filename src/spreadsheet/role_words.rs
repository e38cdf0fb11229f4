//! Recognises the role in a cell of the role column.
//!
//! People often write a person's profession instead of one of the four roles. A word that could
//! mean two roles is not accepted.

use crate::spreadsheet::{LONGEST_CELL, normalised};
use crate::text::is_oversized;
use crate::users::Role;

/// Finds the role that words mean; `None` if they mean no role.
///
/// The second value is `true` if the words are the role's key or its own name, in any case and
/// spacing and in the singular or plural.
#[must_use]
pub fn role_of_words(words: &str) -> Option<(Role, bool)> {
    if is_oversized(words, LONGEST_CELL) {
        return None;
    }
    if let Some(role) = Role::ALL
        .into_iter()
        .find(|role| role.words() == words || role.key() == words)
    {
        return Some((role, true));
    }
    if is_denied(words) || names_two(words) {
        return None;
    }
    let whole = normalised(words);
    let bare = normalised(words.split(['(', '[']).next().unwrap_or_default());
    let own = Role::ALL.into_iter().find(|role| {
        let name = normalised(role.words());
        whole == name || whole.strip_suffix('s') == Some(name.as_str())
    });
    own.map(|role| (role, true))
        .or_else(|| Some((meant(&whole).or_else(|| meant(&bare))?, false)))
}

/// Whether the first word says that the person no longer has the role, or never had it: "Not
/// advocate", "ex-solicitor".
fn is_denied(words: &str) -> bool {
    let first = words
        .split(|letter: char| !letter.is_alphabetic())
        .find(|word| !word.is_empty())
        .unwrap_or_default();
    ["not", "non", "no", "ex", "former", "formerly", "retired"]
        .iter()
        .any(|denial| first.eq_ignore_ascii_case(denial))
}

/// Whether words on both sides of a slash, a plus sign, a bar or a semicolon mean different roles:
/// "Defence lawyer/Chambers clerk".
fn names_two(words: &str) -> bool {
    let mut roles = words
        .split(['/', '+', '|', ';'])
        .filter_map(|part| meant(&normalised(part)));
    let first = roles.next();
    roles.any(|role| Some(role) != first)
}

fn meant(plain: &str) -> Option<Role> {
    let singular = plain.strip_suffix('s').unwrap_or(plain);
    let own =
        |role: &Role| normalised(role.words()) == singular || normalised(role.words()) == plain;
    let listed = || {
        MEANT
            .iter()
            .find(|(_, meant)| meant.contains(&plain) || meant.contains(&singular))
            .map(|(role, _)| *role)
    };
    // "Assistant solicitor" is a solicitor, but a word after "solicitor" may change the meaning.
    // Only the end of the text is therefore compared.
    let ending = || {
        ENDINGS
            .iter()
            .find(|(_, ending)| singular.ends_with(ending))
            .map(|(role, _)| *role)
    };
    Role::ALL
        .into_iter()
        .find(own)
        .or_else(listed)
        .or_else(ending)
}

const ENDINGS: [(Role, &str); 4] = [
    (Role::DefenceLawyer, "solicitor"),
    (Role::Advocate, "barrister"),
    (Role::Advocate, "advocate"),
    (Role::Advocate, "counsel"),
];

const MEANT: [(Role, &[&str]); 4] = [
    (
        Role::DefenceLawyer,
        &[
            "solicitor",
            "lawyer",
            "defencesolicitor",
            "defensesolicitor",
            "defenselawyer",
            "criminalsolicitor",
            "dutysolicitor",
            "traineesolicitor",
            "litigator",
            "partner",
            "paralegal",
            "legalexecutive",
            "legalexec",
            "fcilex",
            "trainee",
            "traineelawyer",
            "accreditedrepresentative",
            "policestationrepresentative",
            "charteredlegalexecutive",
            "cilex",
            "caseworker",
            "cyfreithiwr",
        ],
    ),
    (
        Role::Advocate,
        &[
            "barrister",
            "counsel",
            "defencecounsel",
            "defenceadvocate",
            "solicitoradvocate",
            "highercourtadvocate",
            "hca",
            "pupil",
            "pupilbarrister",
            "juniorcounsel",
            "tenant",
            "doortenant",
            "kc",
            "qc",
            "silk",
            "bargyfreithiwr",
        ],
    ),
    (
        Role::ChambersAdmin,
        &[
            "chambersadministrator",
            "chamberadmin",
            "practicemanager",
            "chambersmanager",
            "chambersdirector",
        ],
    ),
    (
        Role::ChambersClerk,
        &[
            "clerk",
            "barristersclerk",
            "barristerclerk",
            "seniorclerk",
            "juniorclerk",
            "firstjuniorclerk",
            "chamberclerk",
            "clerktochambers",
            "headclerk",
            "assistantclerk",
            "clerc",
            "practiceclerk",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_the_role_that_they_mean() {
        for (words, role, own) in [
            ("Defence lawyer", Role::DefenceLawyer, true),
            ("CHAMBERS ADMIN", Role::ChambersAdmin, true),
            ("chambers_clerk", Role::ChambersClerk, true),
            ("advocate", Role::Advocate, true),
            ("Solicitor", Role::DefenceLawyer, false),
            ("Barristers", Role::Advocate, false),
            ("Solicitor-Advocate", Role::Advocate, false),
            ("clerk", Role::ChambersClerk, false),
            ("Barrister’s clerk", Role::ChambersClerk, false),
            ("Chambers administrator", Role::ChambersAdmin, false),
            // The names of Common Platform's own groups.
            ("Defence Lawyers", Role::DefenceLawyer, true),
            ("Advocates", Role::Advocate, true),
            ("Assistant solicitor", Role::DefenceLawyer, false),
            (
                "Advocate (organisation administrator)",
                Role::Advocate,
                false,
            ),
            ("Legal Exec", Role::DefenceLawyer, false),
            ("Clerk to chambers", Role::ChambersClerk, false),
        ] {
            assert_eq!(role_of_words(words), Some((role, own)), "{words}");
        }
    }

    #[test]
    fn words_that_name_no_role_or_two_are_not_read() {
        for words in [
            "",
            "Judge",
            "superuser",
            "admin",
            "user",
            "solicitor and clerk",
            "Advocate / Admin",
            "solicitor's secretary",
            "Not advocate",
            "ex-advocate",
            "former Solicitor",
            "Retired barrister",
            "Defence lawyer/Advocate",
        ] {
            assert_eq!(role_of_words(words), None, "{words}");
        }
    }
}
