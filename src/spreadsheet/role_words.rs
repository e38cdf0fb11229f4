//! What people write in the column for the role, and which role they mean by it.
//!
//! The four roles have names of their own; most people write what the person is. A word that could mean
//! two roles is not read at all.

use crate::spreadsheet::normalised;
use crate::users::Role;

/// The role that words name, and whether they are its own name (in any case and spacing) or only
/// mean it. `None` for every other word.
#[must_use]
pub fn role_of_words(words: &str) -> Option<(Role, bool)> {
    if let Some(role) = Role::ALL
        .into_iter()
        .find(|role| role.words() == words || role.key() == words)
    {
        return Some((role, true));
    }
    let plain = normalised(words);
    if let Some(role) = Role::ALL
        .into_iter()
        .find(|role| normalised(role.words()) == plain)
    {
        return Some((role, true));
    }
    let singular = plain.strip_suffix('s').unwrap_or(&plain);
    MEANT
        .iter()
        .find(|(_, meant)| meant.contains(&plain.as_str()) || meant.contains(&singular))
        .map(|(role, _)| (*role, false))
}

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
        ] {
            assert_eq!(role_of_words(words), None, "{words}");
        }
    }
}
