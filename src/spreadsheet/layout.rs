//! The layout of a sheet of users: its row of headings, and the meaning of each column.

use serde::{Deserialize, Serialize};

use crate::spreadsheet::heading::{is_ldap_name, is_ldap_surname, is_word};
use crate::spreadsheet::trust::Trust;
use crate::spreadsheet::{Cell, Column, Mapping, Meaning, Refusal};

/// The first rows of a sheet, without blank rows.
#[derive(Debug, Clone, Default)]
pub struct SheetHead<'t> {
    /// The name of the sheet; `None` if the format has no names.
    pub name: Option<String>,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// The rows, each with its number (from 1) and its cells (from the first column).
    pub rows: Vec<(u32, Vec<Cell<'t>>)>,
}

/// A heading of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The index of the column, from 0.
    pub place: usize,
    /// The text of the heading; empty for a column without a heading.
    pub text: String,
    /// The meaning of the heading; `None` if the meaning is unknown.
    pub meaning: Option<Meaning>,
}

impl Heading {
    /// Whether the heading means this column of the form, alone or as part of a full name.
    #[must_use]
    pub fn claims(&self, column: Column) -> bool {
        match self.meaning {
            Some(Meaning::Column(own)) => own == column,
            Some(Meaning::FullName) => matches!(column, Column::FirstName | Column::LastName),
            None => false,
        }
    }
}

/// The layout of a sheet of users.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The number of the row of headings, from 1; `None` if the sheet has no headings.
    pub heading_row: Option<u32>,
    /// The headings, from left to right.
    pub headings: Vec<Heading>,
}

impl Layout {
    /// Whether the headings describe people: the headings have at least two different meanings, and
    /// one meaning is a name or an email address.
    pub(super) fn is_of_people(&self) -> bool {
        let has = |column| !self.places(column).is_empty();
        let columns = Column::ALL
            .into_iter()
            .filter(|column| has(*column))
            .count();
        let named = self.full_name().is_some();
        columns + usize::from(named) > 1
            && (named || has(Column::Email) || has(Column::FirstName) || has(Column::LastName))
    }

    /// Whether the sheet is a list of people: headings of several columns, with the row of at least
    /// one person below them.
    ///
    /// Page 1 is not a list: nearly every row of page 1 has a word that is also a heading.
    pub fn is_list(&self, head: &SheetHead<'_>) -> bool {
        let Some(heading_row) = self.heading_row.filter(|_| self.is_of_people()) else {
            return false;
        };
        let named = [Column::FirstName, Column::LastName].map(|column| self.places(column));
        let contact = [Column::Email, Column::Mobile].map(|column| self.places(column));
        let contact: Vec<usize> = contact.into_iter().flatten().collect();
        let mut own: Vec<usize> = named
            .into_iter()
            .flatten()
            .chain(self.full_names())
            .collect();
        own.extend(&contact);
        let sought = if contact.is_empty() { &own } else { &contact };
        let is_label = |cell: &Cell<'_>| matches!(cell, Cell::Text(text) if is_word(text));
        head.rows
            .iter()
            .filter(|(row, _)| *row > heading_row)
            .any(|(_, cells)| {
                let at = |place: &usize| cells.get(*place).filter(|cell| !cell.is_blank());
                sought.iter().any(|place| at(place).is_some())
                    && !own.iter().filter_map(at).any(is_label)
            })
    }

    /// Whether first and last names have columns of their own. A column of full names is then read
    /// only in rows in which one of these is empty.
    pub(super) fn has_both_names(&self) -> bool {
        let has = |column| !self.places(column).is_empty();
        has(Column::FirstName) && has(Column::LastName)
    }

    /// Returns the score of the layout: 2 for each known column, and 1 for full names that have to
    /// be split.
    #[must_use]
    pub fn score(&self) -> usize {
        let full_name = usize::from(self.full_name().is_some() && !self.has_both_names());
        2 * Column::ALL
            .into_iter()
            .filter(|column| !self.places(*column).is_empty())
            .count()
            + full_name
    }

    /// Returns the indexes of the columns with this meaning, from left to right.
    #[must_use]
    pub fn places(&self, column: Column) -> Vec<usize> {
        self.headings
            .iter()
            .filter(|heading| heading.meaning == Some(Meaning::Column(column)))
            .map(|heading| heading.place)
            .collect()
    }

    /// Returns the index of the first column of full names; `None` if there is none.
    #[must_use]
    pub fn full_name(&self) -> Option<usize> {
        self.full_names().next()
    }

    /// Returns the indexes of the columns of full names, from left to right.
    pub(super) fn full_names(&self) -> impl Iterator<Item = usize> {
        self.headings
            .iter()
            .filter(|heading| heading.meaning == Some(Meaning::FullName))
            .map(|heading| heading.place)
    }

    /// Returns the columns of the form that have neither a heading nor a value for all users.
    #[must_use]
    pub fn missing(&self, mapping: &Mapping) -> Vec<Column> {
        let named = self.full_name().is_some();
        Column::ALL
            .into_iter()
            .filter(|column| self.places(*column).is_empty())
            .filter(|column| match column {
                Column::FirstName | Column::LastName => !named,
                Column::Role => mapping.role.is_none(),
                Column::Administrator => mapping.administrator.is_none(),
                Column::Email | Column::Mobile => true,
            })
            .collect()
    }

    /// Returns the refusal of a sheet that lacks required headings; `None` if its rows can be read.
    #[must_use]
    pub fn refusal(&self, mapping: &Mapping) -> Option<Refusal> {
        let missing = self.missing(mapping);
        if missing.is_empty() {
            return None;
        }
        let found: Vec<String> = self
            .headings
            .iter()
            .map(|heading| heading.text.clone())
            .filter(|text| !text.is_empty())
            .collect();
        Some(if self.heading_row.is_none() && self.score() == 0 {
            Refusal::NoHeadings
        } else {
            Refusal::MissingHeading(missing, found)
        })
    }

    /// Creates the layout of a row of headings; `None` if the row has no known heading, or only a
    /// heading for full names.
    pub(super) fn of_headings(row: u32, mut headings: Vec<(Heading, Trust)>) -> Option<Self> {
        forget_serial_numbers(&mut headings);
        forget_the_faint(&mut headings);
        let layout = Self {
            heading_row: Some(row),
            headings: headings.into_iter().map(|(heading, _)| heading).collect(),
        };
        (layout.score() >= 2).then_some(layout)
    }
}

/// Drops the meaning of a heading "SN" if no other heading is the name of an LDAP attribute:
/// without one, "SN" is a serial number. A meaning that a person chose stays.
fn forget_serial_numbers(headings: &mut [(Heading, Trust)]) {
    if headings
        .iter()
        .any(|(heading, _)| is_ldap_name(&heading.text))
    {
        return;
    }
    for (heading, trust) in headings {
        if *trust <= Trust::Faint && is_ldap_surname(&heading.text) {
            heading.meaning = None;
        }
    }
}

/// Drops the meaning of a heading if another heading has the same meaning with more confidence.
///
/// A second column of email addresses or mobile numbers keeps its meaning if its heading is sure or
/// numbered, or if no heading with this meaning is sure. The second column is read in rows in which
/// the first column has no plausible value. Beside headings for first and last names, a sure
/// heading for full names keeps its meaning too, because its column is read in rows in which the
/// first or last name is empty. There, a faint heading for full names loses its meaning.
fn forget_the_faint(headings: &mut [(Heading, Trust)]) {
    let mut columns: [Option<Trust>; Column::ALL.len()] = [None; Column::ALL.len()];
    let mut full_names: Option<Trust> = None;
    for (heading, trust) in headings.iter() {
        let most = match heading.meaning {
            Some(Meaning::Column(column)) => &mut columns[column.index()],
            Some(Meaning::FullName) => &mut full_names,
            None => continue,
        };
        *most = (*most).max(Some(*trust));
    }
    let most = |meaning: Meaning| match meaning {
        Meaning::Column(column) => columns[column.index()],
        Meaning::FullName => full_names,
    };
    let surely = |column| most(Meaning::Column(column)) >= Some(Trust::Faint);
    let named = surely(Column::FirstName) && surely(Column::LastName);
    let surname = most(Meaning::Column(Column::LastName)) >= Some(Trust::Sure);
    let full = most(Meaning::FullName) >= Some(Trust::Sure);
    for (heading, trust) in headings {
        let Some(meaning) = heading.meaning else {
            continue;
        };
        let most = most(meaning).unwrap_or(*trust);
        let keeps = match meaning {
            Meaning::FullName => *trust == most && (!named || most >= Trust::Sure),
            Meaning::Column(Column::Email | Column::Mobile) => {
                *trust >= Trust::Sure || *trust == Trust::Spare || most <= Trust::Faint
            }
            Meaning::Column(Column::Role | Column::Administrator) => *trust == most,
            // "Other names" are the first names only if a heading for last names is sure and no
            // better heading for first names or for full names exists.
            Meaning::Column(Column::FirstName) if *trust == Trust::Last => {
                *trust == most && surname && !full
            }
            Meaning::Column(Column::FirstName | Column::LastName) => {
                *trust >= Trust::Sure || *trust == most
            }
        };
        if !keeps {
            heading.meaning = None;
        } else if meaning == Meaning::FullName && surname && !named {
            // Beside a sure column of last names, "Name" means the first name.
            heading.meaning = Some(Meaning::Column(Column::FirstName));
        }
    }
}

/// Whether a text looks like an e-mail address or has at least seven digits. A row with such a text
/// is not a row of headings.
pub(super) fn looks_like_data(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7 || (text.contains('@') && text.contains('.') && !text.contains(' '))
}
