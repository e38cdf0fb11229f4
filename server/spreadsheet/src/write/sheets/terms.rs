//! Page 3 of the form: the Terms and Conditions, word for word, with a row for each line of a
//! clause.
//!
//! A registration shows the version that was signed, which may not be the current version.

use registration::registration::Registration;
use registration::terms::{self, Terms};

use crate::write::book::{Column, Holds, Row, RowKind, Sheet};

/// Builds the sheet of a version of the Terms.
pub(in crate::write) fn terms(terms: &Terms) -> Sheet {
    let mut rows = vec![
        Row::new(RowKind::Title, [terms.title]),
        Row::new(RowKind::Help, [format!("Version of {}", terms.version)]),
        Row::new(RowKind::Filled, [terms.preamble]),
    ];
    rows.extend(
        terms
            .clauses
            .iter()
            .flat_map(|clause| {
                let words = clause.to_string();
                words.lines().map(str::to_owned).collect::<Vec<_>>()
            })
            .map(|line| Row::new(RowKind::Filled, [line])),
    );
    Sheet {
        name: "Terms and Conditions",
        columns: vec![Column {
            width: 110,
            holds: Holds::Prose,
        }],
        rows,
        frozen: 0,
        choices: Vec::new(),
    }
}

/// Builds the sheet of the Terms that were signed with a registration; of the current Terms if the
/// signed version is not known.
pub(in crate::write) fn terms_of(registration: &Registration) -> Sheet {
    terms(terms::by_version(&registration.signature.terms_version).unwrap_or(&terms::CURRENT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_terms_is_there_in_order() {
        let collapsed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let sheet = terms(&terms::CURRENT);
        let on_sheet: Vec<&str> = sheet
            .rows
            .iter()
            .filter(|row| row.kind != RowKind::Help)
            .flat_map(|row| row.cells.iter().map(String::as_str))
            .collect();
        assert_eq!(
            collapsed(&on_sheet.join(" ")),
            collapsed(&terms::CURRENT.text())
        );
    }
}
