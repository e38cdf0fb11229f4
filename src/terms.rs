//! The Terms and Conditions (including Acceptable Use) that an organisation signs, version by
//! version.
//!
//! Contains public sector information licensed under the Open Government Licence v3.0. A version
//! that somebody has signed must never change, not even by a comma, because a signature stores the
//! version and the SHA-256 of [`Terms::text`]. A new wording needs a new file under `terms/`, a new
//! entry in [`VERSIONS`] and a new value of [`CURRENT`].

use std::fmt::{self, Display, Formatter};

mod version_2020_09_29;

/// The current version, which people sign.
pub const CURRENT: Terms = version_2020_09_29::TERMS;

/// Every version that was ever in force, oldest first.
pub static VERSIONS: &[Terms] = &[version_2020_09_29::TERMS];

/// One version of the Terms and Conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The day of publication, which serves as the name of the version: `29 September 2020`.
    pub version: &'static str,
    /// The title of the document.
    pub title: &'static str,
    /// The text before the first clause.
    pub preamble: &'static str,
    /// The clauses in order, numbered from 1.
    pub clauses: &'static [Clause],
}

/// One numbered clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// The number of the clause, as printed in the Terms.
    pub number: u8,
    /// The text of the clause, without its bullet points.
    pub text: &'static str,
    /// The bullet points of the clause; may be empty.
    pub points: &'static [&'static str],
}

impl Terms {
    /// Returns the plain text of this version, which people sign. A signature stores the SHA-256 of
    /// this text.
    #[must_use]
    pub fn text(&self) -> String {
        self.to_string()
    }

    /// Returns the clause with this number; `None` if this version has no such clause.
    #[must_use]
    pub fn clause(&self, number: u8) -> Option<&'static Clause> {
        self.clauses.iter().find(|clause| clause.number == number)
    }
}

impl Display for Terms {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}\n\n{}\n", self.title, self.preamble)?;
        for clause in self.clauses {
            write!(out, "\n{clause}")?;
        }
        Ok(())
    }
}

impl Display for Clause {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}. {}", self.number, self.text)?;
        for point in self.points {
            writeln!(out, "• {point}")?;
        }
        Ok(())
    }
}

/// Returns the Terms and Conditions of the version that a signature stores; `None` if the version
/// is unknown.
#[must_use]
pub fn by_version(version: &str) -> Option<&'static Terms> {
    VERSIONS.iter().find(|terms| terms.version == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &str = include_str!("terms/2020-09-29.txt");

    fn collapsed(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_words_are_those_that_were_published() {
        assert_eq!(collapsed(&CURRENT.text()), collapsed(PUBLISHED));
    }

    #[test]
    fn there_are_seventeen_clauses_in_order() {
        let numbers: Vec<u8> = CURRENT.clauses.iter().map(|clause| clause.number).collect();
        assert_eq!(numbers, (1..=17).collect::<Vec<u8>>());
    }

    #[test]
    fn only_clause_four_has_points_and_it_has_three() {
        for clause in CURRENT.clauses {
            let expected = if clause.number == 4 { 3 } else { 0 };
            assert_eq!(clause.points.len(), expected, "clause {}", clause.number);
        }
    }

    /// White space changes a SHA-256, but the comparison with the published text ignores white
    /// space.
    #[test]
    fn the_layout_of_the_signed_text_stays() {
        let text = CURRENT.text();
        assert!(text.starts_with("Terms and Conditions (including Acceptable Use) for Organisations using the Common Platform\n\nThe Common Platform is supplied"));
        assert!(text.contains("In particular, they confirm that:\n\n1. Users in the organisation"));
        assert!(text.contains("in particular that:\n• users must protect and not share"));
        assert!(text.contains("to access the Common Platform.\n\n5. Users will ensure"));
        assert!(text.ends_with("acceptance of these Terms & Conditions.\n"));
        assert!(!text.contains("  ") && !text.contains('\r') && !text.contains('\t'));
        assert_eq!(text.lines().count(), 3 + 17 * 2 + 3);
    }

    #[test]
    fn a_version_is_found_by_its_name() {
        assert_eq!(by_version("29 September 2020"), Some(&CURRENT));
        assert_eq!(by_version("30 September 2020"), None);
        assert_eq!(CURRENT.clause(17).map(|clause| clause.number), Some(17));
        assert_eq!(CURRENT.clause(18), None);
    }

    #[test]
    fn versions_have_names_of_their_own_and_the_last_is_current() {
        let mut names: Vec<&str> = VERSIONS.iter().map(|terms| terms.version).collect();
        assert_eq!(names.last(), Some(&CURRENT.version));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), VERSIONS.len());
    }
}
