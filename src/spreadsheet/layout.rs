//! Where in a workbook the users are: which sheet, which row of headings, which column is which.
//!
//! Found by what the cells say, not by place or name: tabs are shuffled, titles and instructions stand
//! above the headings, columns come in any order with others between them.

use serde::{Deserialize, Serialize};

use crate::spreadsheet::heading::{Trust, recognised};
use crate::spreadsheet::{Cell, Column, Mapping, Meaning, Refusal};
use crate::text::tidy;

/// The first rows of a sheet, those without a blank cell only left out.
#[derive(Debug, Clone, Default)]
pub struct SheetHead<'t> {
    /// Its name; `None` where the format has none.
    pub name: Option<String>,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// Row numbers from 1, with the cells of the row from the first column on.
    pub rows: Vec<(u32, Vec<Cell<'t>>)>,
}

/// A heading of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The place of its column, from 0.
    pub place: usize,
    /// The heading as it stands there; empty for a column without one.
    pub text: String,
    /// What it means, if that is known.
    pub meaning: Option<Meaning>,
}

impl Heading {
    /// Whether it claims to hold this column, alone or with another.
    #[must_use]
    pub fn claims(&self, column: Column) -> bool {
        match self.meaning {
            Some(Meaning::Column(own)) => own == column,
            Some(Meaning::FullName) => matches!(column, Column::FirstName | Column::LastName),
            None => false,
        }
    }
}

/// How a sheet of users is laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The row of headings, from 1; `None` where the first row is a user already.
    pub heading_row: Option<u32>,
    /// The headings that are not blank, from left to right.
    pub headings: Vec<Heading>,
}

/// The most headings that are kept: what stands further right is not looked for.
const MOST_HEADINGS: usize = 100;

impl Layout {
    /// The layout of a sheet, by the row among its first that knows most of the columns.
    #[must_use]
    pub fn of(head: &SheetHead<'_>, mapping: &Mapping) -> Self {
        head.rows
            .iter()
            .filter_map(|(row, cells)| Self::of_row(*row, cells, mapping))
            // The first of several that know as many: a sheet printed in pages repeats its headings.
            .rev()
            .max_by_key(Self::score)
            .unwrap_or_default()
    }

    /// How much is known: columns that are sure count more than a name that has to be taken apart.
    #[must_use]
    pub fn score(&self) -> usize {
        let full_name = usize::from(self.full_name().is_some());
        2 * Column::ALL
            .into_iter()
            .filter(|column| !self.places(*column).is_empty())
            .count()
            + full_name
    }

    /// The places of the columns that claim to be this one, from left to right.
    #[must_use]
    pub fn places(&self, column: Column) -> Vec<usize> {
        self.headings
            .iter()
            .filter(|heading| heading.meaning == Some(Meaning::Column(column)))
            .map(|heading| heading.place)
            .collect()
    }

    /// The place of the column with first and last name together, of several the first.
    #[must_use]
    pub fn full_name(&self) -> Option<usize> {
        self.full_names().next()
    }

    /// The places of the columns that claim to hold first and last name together.
    pub(super) fn full_names(&self) -> impl Iterator<Item = usize> {
        self.headings
            .iter()
            .filter(|heading| heading.meaning == Some(Meaning::FullName))
            .map(|heading| heading.place)
    }

    /// The columns for which there is neither a heading nor an answer for everybody.
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

    /// Why rows that are laid out so cannot be read: headings that are missing; `None` where they can.
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

    /// The layout of a sheet whose headings nobody knows: the first row is taken for headings where
    /// nobody stands in it and somebody stands below.
    #[must_use]
    pub fn strange(head: &SheetHead<'_>) -> Self {
        let is_somebody = |cells: &[Cell<'_>]| {
            cells
                .iter()
                .any(|cell| looks_like_data(&tidy(&cell.text())))
        };
        let Some((row, first)) = head.rows.first() else {
            return Self::default();
        };
        let below = head.rows.get(1..).unwrap_or_default();
        let headed = !is_somebody(first) && below.iter().any(|(_, cells)| is_somebody(cells));
        let width = head.rows.iter().map(|(_, cells)| cells.len()).max();
        let headings = (0..width.unwrap_or(0).min(MOST_HEADINGS)).map(|place| {
            let text = first.get(place).filter(|_| headed).map(Cell::text);
            Heading {
                place,
                text: text.map_or_else(String::new, |text| tidy(&text).chars().take(100).collect()),
                meaning: None,
            }
        });
        Self {
            heading_row: headed.then_some(*row),
            headings: headings.collect(),
        }
    }

    fn of_row(row: u32, cells: &[Cell<'_>], mapping: &Mapping) -> Option<Self> {
        let mut filled = 0;
        let mut headings: Vec<(Heading, Trust)> = Vec::new();
        for (place, cell) in cells.iter().enumerate() {
            let Cell::Text(text) = cell else {
                if !cell.is_blank() {
                    filled += 1;
                }
                continue;
            };
            let text = tidy(text);
            if text.is_empty() {
                continue;
            }
            filled += 1;
            if looks_like_data(&text) {
                return None;
            }
            let known = recognised(&text, mapping);
            if known.is_none() && headings.len() >= MOST_HEADINGS {
                continue;
            }
            let trust = known.map_or(Trust::Sure, |(_, trust)| trust);
            let meaning = known.map(|(meaning, _)| meaning);
            let text = text.chars().take(100).collect();
            headings.push((
                Heading {
                    place,
                    text,
                    meaning,
                },
                trust,
            ));
        }
        forget_the_faint(&mut headings);
        let layout = Self {
            heading_row: Some(row),
            headings: headings.into_iter().map(|(heading, _)| heading).collect(),
        };
        // One known word among several is a heading in a table of strangers; alone it is a word.
        (layout.score() >= 2 && filled >= 2).then_some(layout)
    }
}

/// The sheet with the users and its layout: of the visible ones the one that knows most, a hidden one
/// only where no other has headings. `None` where no sheet has any.
#[must_use]
pub fn chosen_sheet(heads: &[SheetHead<'_>], mapping: &Mapping) -> Option<(usize, Layout)> {
    let best = |hidden: bool| {
        heads
            .iter()
            .enumerate()
            .filter(|(_, head)| head.hidden == hidden)
            .map(|(place, head)| (place, Layout::of(head, mapping)))
            .filter(|(_, layout)| layout.heading_row.is_some())
            .rev()
            .max_by_key(|(_, layout)| layout.score())
    };
    best(false).or_else(|| best(true))
}

/// A heading that could mean a column counts only where no other heading surely does.
fn forget_the_faint(headings: &mut [(Heading, Trust)]) {
    let sure: Vec<Meaning> = headings
        .iter()
        .filter(|(_, trust)| *trust == Trust::Sure)
        .filter_map(|(heading, _)| heading.meaning)
        .collect();
    let known = |column| sure.contains(&Meaning::Column(column));
    let named = known(Column::FirstName) && known(Column::LastName);
    for (heading, trust) in headings {
        let Some(meaning) = heading.meaning else {
            continue;
        };
        let is_full_name = meaning == Meaning::FullName;
        if (is_full_name && named) || (*trust == Trust::Faint && sure.contains(&meaning)) {
            heading.meaning = None;
        } else if is_full_name && known(Column::LastName) {
            // Beside a surname, "Name" is the first one.
            heading.meaning = Some(Meaning::Column(Column::FirstName));
        }
    }
}

/// An e-mail address or a number in a row says that the row is somebody, not the headings.
fn looks_like_data(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7 || (text.contains('@') && text.contains('.') && !text.contains(' '))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn head(rows: &[&[&'static str]]) -> SheetHead<'static> {
        SheetHead {
            name: None,
            hidden: false,
            rows: rows
                .iter()
                .zip(1..)
                .map(|(cells, row)| {
                    let cells = cells.iter().map(|text| Cell::Text(Cow::Borrowed(*text)));
                    (row, cells.collect())
                })
                .collect(),
        }
    }

    const HEADINGS: &[&str] = &[
        "Surname",
        "Forename",
        "E-mail",
        "Mobile",
        "User type",
        "Admin?",
    ];

    #[test]
    fn headings_are_found_below_titles_and_once() {
        let head = head(&[
            &["Hartwell Crane & Co LLP"],
            &["Complete all columns"],
            HEADINGS,
            &[
                "Rees",
                "Kofi",
                "kofi@firm.example",
                "07700 900404",
                "Advocate",
                "Y",
            ],
            HEADINGS,
        ]);
        let layout = Layout::of(&head, &Mapping::default());
        assert_eq!(layout.heading_row, Some(3));
        assert!(layout.missing(&Mapping::default()).is_empty());
        assert_eq!(layout.places(Column::FirstName), [1]);
    }

    #[test]
    fn rows_of_people_are_no_headings() {
        let head = head(&[&[
            "Priya",
            "Iyer",
            "priya@firm.example",
            "07700 900673",
            "Chambers admin",
            "Yes",
        ]]);
        assert_eq!(Layout::of(&head, &Mapping::default()), Layout::default());
    }

    #[test]
    fn a_column_for_any_telephone_counts_only_where_none_says_mobile() {
        let both = head(&[&["Name", "Email", "Telephone", "Mobile"]]);
        assert_eq!(
            Layout::of(&both, &Mapping::default()).places(Column::Mobile),
            [3]
        );
        let one = head(&[&["Name", "Email", "Telephone"]]);
        assert_eq!(
            Layout::of(&one, &Mapping::default()).places(Column::Mobile),
            [2]
        );
    }

    #[test]
    fn what_people_sign_in_with_is_no_name_beside_one() {
        for headings in [["Username", "Name"], ["Name", "User"]] {
            let head = head(&[&[headings[0], headings[1], "Email", "Mobile"]]);
            let layout = Layout::of(&head, &Mapping::default());
            let name = headings.iter().position(|heading| *heading == "Name");
            assert_eq!(layout.full_name(), name);
            assert_eq!(layout.full_names().count(), 1);
        }
    }

    #[test]
    fn a_name_beside_a_surname_is_the_first_name() {
        let head = head(&[&["Name", "Surname", "Email", "Mobile"]]);
        let layout = Layout::of(&head, &Mapping::default());
        assert_eq!(layout.places(Column::FirstName), [0]);
        assert_eq!(layout.full_name(), None);
    }

    #[test]
    fn the_sheet_that_knows_most_is_chosen_and_a_hidden_one_last() {
        let office = head(&[&["First name", "Last name", "Created"]]);
        let users = head(&[HEADINGS]);
        let hidden = SheetHead {
            hidden: true,
            ..users.clone()
        };
        let mapping = Mapping::default();
        let chosen =
            |heads: &[SheetHead<'_>]| chosen_sheet(heads, &mapping).map(|(place, _)| place);
        assert_eq!(chosen(&[office.clone(), users.clone()]), Some(1));
        assert_eq!(chosen(&[hidden.clone(), users]), Some(1));
        assert_eq!(chosen(std::slice::from_ref(&hidden)), Some(0));
        assert_eq!(chosen(&[SheetHead::default()]), None);
    }

    #[test]
    fn what_a_person_chose_for_a_heading_is_remembered() {
        let head = head(&[&[
            "Kürzel", "Forename", "Surname", "Email", "Mobile", "Role", "Admin",
        ]]);
        let mut mapping = Mapping::default();
        mapping.choose(
            "Kürzel",
            crate::spreadsheet::Meant::As(Meaning::Column(Column::FirstName)),
        );
        mapping.choose("Forename", crate::spreadsheet::Meant::Nothing);
        assert_eq!(Layout::of(&head, &mapping).places(Column::FirstName), [0]);
    }
}
