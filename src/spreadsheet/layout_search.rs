//! Finds the users in a workbook: the sheet, the row of headings, and the meaning of each column.
//!
//! Only the text of the cells decides, not their position or the name of the sheet. Sheets and
//! columns may be in any order, other columns may stand between them, and titles and instructions
//! may stand above the headings.

use std::convert::Infallible;

use crate::spreadsheet::date_like::is_date_like;
use crate::spreadsheet::heading::recognised;
use crate::spreadsheet::layout::looks_like_data;
use crate::spreadsheet::trust::Trust;
use crate::spreadsheet::{
    Cell, Column, Heading, Layout, Mapping, Meaning, SheetHead, misspelt, normalised, two_rows,
    values,
};
use crate::text::tidy;

/// Finds the layout of each sheet, in the order of the sheets.
///
/// # Errors
/// The error of `go_on`, which is called before each row and can stop the search.
pub fn layouts<E>(
    heads: &[SheetHead<'_>],
    mapping: &Mapping,
    go_on: &mut dyn FnMut() -> Result<(), E>,
) -> Result<Vec<Layout>, E> {
    let heads = heads.iter();
    heads
        .map(|head| Layout::of_watched(head, mapping, go_on))
        .collect()
}

/// Chooses the sheet with the users. Returns its index. `layouts` has the layout of each sheet.
///
/// The choice is the visible sheet with the most known columns. A hidden sheet is chosen only if no
/// visible sheet has headings. Returns `None` if no sheet has headings.
#[must_use]
pub fn chosen_sheet(heads: &[SheetHead<'_>], layouts: &[Layout]) -> Option<usize> {
    let best = |hidden: bool| {
        heads
            .iter()
            .zip(layouts)
            .enumerate()
            .filter(|(_, (head, layout))| head.hidden == hidden && layout.heading_row.is_some())
            .rev()
            .max_by_key(|(_, (_, layout))| layout.score())
            .map(|(place, _)| place)
    };
    best(false).or_else(|| best(true))
}

impl Layout {
    /// Finds the layout of a sheet, as [`Layout::of_watched`] does, without stopping early.
    #[must_use]
    pub fn of(head: &SheetHead<'_>, mapping: &Mapping) -> Self {
        let Ok(layout) = Self::of_watched(head, mapping, &mut || Ok::<(), Infallible>(()));
        layout
    }

    /// Finds the layout of a sheet: the headings in the row with the most known columns; an empty
    /// layout if no row has headings.
    ///
    /// Headings may take two rows. If another table of people stands above that row, the layout of
    /// that table is returned instead, because `RowReader` reads the sheet from table to table.
    ///
    /// # Errors
    /// The error of `go_on`, which is called before each row and can stop the search.
    fn of_watched<E>(
        head: &SheetHead<'_>,
        mapping: &Mapping,
        go_on: &mut dyn FnMut() -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut best: Option<(usize, Self)> = None;
        let mut above = RowsAbove::default();
        for (place, (row, cells)) in head.rows.iter().enumerate() {
            go_on()?;
            let below = head.rows.get(place + 1);
            let found = Self::of_row(*row, cells, mapping).into_iter().chain(
                below.and_then(|below| two_rows::layout((*row, cells.as_slice()), below, mapping)),
            );
            // A sheet printed in pages repeats its headings, so the first of several equal rows
            // counts.
            for layout in found {
                if layout.is_one_word_of(cells, &above, mapping) {
                    continue;
                }
                let most = best.as_ref().map_or(0, |(_, best)| best.score());
                if layout.score() > most {
                    best = Some((place, layout));
                }
            }
            if best
                .as_ref()
                .is_some_and(|(_, best)| best.score() >= EVERYTHING)
            {
                break;
            }
            above.add(cells);
        }
        let Some((place, layout)) = best else {
            return Ok(Self::default());
        };
        let above = head.rows.get(..place).unwrap_or_default();
        let mut layout = Self::of_table_above(above, mapping, go_on)?.unwrap_or(layout);
        values::settle(&mut layout, head, mapping);
        misspelt::settle(&mut layout, mapping);
        Ok(layout)
    }

    /// Whether the row of this layout is the row of a person, in which one word looks like a
    /// heading: the surname "Job", or the answer "Admin".
    ///
    /// The row is that of a person if it also has a number or a date. If the meaning of the word is
    /// uncertain, the row is also that of a person if a row above has only words, in at least three
    /// cells and at least as many as this row. `cells` are the cells of the row. Returns `false`
    /// for the first row, for a heading whose meaning a person chose, and for an exact heading that
    /// is neither a role nor an answer about administrators.
    fn is_one_word_of(&self, cells: &[Cell<'_>], above: &RowsAbove, mapping: &Mapping) -> bool {
        if !above.any {
            return false;
        }
        let mut known = self
            .headings
            .iter()
            .filter(|heading| heading.meaning.is_some());
        let (Some(word), None) = (known.next(), known.next()) else {
            return false;
        };
        let Some((meaning, trust)) = recognised(&word.text, mapping) else {
            return false;
        };
        let is_value = matches!(
            meaning,
            Meaning::Column(Column::Role | Column::Administrator)
        );
        let is_chosen = mapping.meant(&normalised(&word.text)).is_some();
        if is_chosen || !(is_value || trust < Trust::Exact) {
            return false;
        }
        let own = filled(cells).max(FEWEST_IN_FULL_ROW);
        cells.iter().any(is_number_or_date) || (trust <= Trust::Faint && above.most_words >= own)
    }

    /// Finds the headings of a table of people in the rows above the best row of headings. Returns
    /// `None` if there is no such table, or if no row below its headings has an email address.
    fn of_table_above<E>(
        above: &[(u32, Vec<Cell<'_>>)],
        mapping: &Mapping,
        go_on: &mut dyn FnMut() -> Result<(), E>,
    ) -> Result<Option<Self>, E> {
        // For each column, the index of the last row with an email address; 0 if there is none.
        let mut last_address: Vec<usize> = Vec::new();
        for (at, (_, cells)) in above.iter().enumerate() {
            if last_address.len() < cells.len() {
                last_address.resize(cells.len(), 0);
            }
            for (last, cell) in last_address.iter_mut().zip(cells) {
                if matches!(cell, Cell::Text(text) if text.contains('@')) {
                    *last = at;
                }
            }
        }
        for (at, (row, cells)) in above.iter().enumerate() {
            go_on()?;
            let Some(layout) = Self::of_row(*row, cells, mapping) else {
                continue;
            };
            let addresses = layout.places(Column::Email);
            let mut last = addresses
                .iter()
                .filter_map(|place| last_address.get(*place));
            if layout.is_of_people() && last.any(|last| *last > at) {
                return Ok(Some(layout));
            }
        }
        Ok(None)
    }

    /// Returns the layout of another table further down the sheet; `None` if the row has no
    /// headings of a table.
    ///
    /// A heading without a known meaning inherits the meaning of the same text in the same column
    /// of the table above, because the sender may have chosen that meaning.
    pub(super) fn of_next_table(
        &self,
        row: u32,
        cells: &[Cell<'_>],
        mapping: &Mapping,
    ) -> Option<Self> {
        let mut layout = Self::of_row(row, cells, mapping)?;
        let unknown = layout.headings.iter_mut();
        for heading in unknown.filter(|heading| heading.meaning.is_none()) {
            let above = self
                .headings
                .binary_search_by_key(&heading.place, |above| above.place);
            let above = above.ok().and_then(|at| self.headings.get(at));
            let same = above.filter(|above| normalised(&above.text) == normalised(&heading.text));
            heading.meaning = same.and_then(|above| above.meaning);
        }
        let known = layout
            .headings
            .iter()
            .filter(|heading| heading.meaning.is_some());
        let has = |column| !layout.places(column).is_empty();
        // Words like "Advocate" and "Admin" also occur in the rows of people.
        let sure = has(Column::Email) || (has(Column::FirstName) && has(Column::LastName));
        let enough = known.count() * 2 >= filled(cells);
        (sure && enough && layout.is_of_people()).then_some(layout)
    }

    /// Creates the layout of a sheet whose headings are unknown.
    ///
    /// The headings are one of the rows above the first row with an email address or a long number:
    /// the first with more than half as many filled cells as the fullest of these rows. A title
    /// alone is therefore not a row of headings. If there are no such rows, the sheet has no
    /// headings.
    #[must_use]
    pub fn strange(head: &SheetHead<'_>) -> Self {
        let is_user = |cells: &[Cell<'_>]| {
            cells
                .iter()
                .any(|cell| looks_like_data(&tidy(&cell.text())))
        };
        let user = head.rows.iter().position(|(_, cells)| is_user(cells));
        let above = head.rows.get(..user.unwrap_or(0)).unwrap_or_default();
        let fullest = above.iter().map(|(_, cells)| filled(cells)).max();
        let headed = above
            .iter()
            .find(|(_, cells)| filled(cells) * 2 > fullest.unwrap_or(0));
        let width = head.rows.iter().map(|(_, cells)| cells.len()).max();
        let headings = (0..width.unwrap_or(0).min(MAX_HEADINGS)).map(|place| {
            let text = headed
                .and_then(|(_, cells)| cells.get(place))
                .map(Cell::text);
            Heading {
                place,
                text: text.map_or_else(String::new, |text| tidy(&text).chars().take(100).collect()),
                meaning: None,
            }
        });
        Self {
            heading_row: headed.map(|(row, _)| *row),
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
            if known.is_none() && headings.len() >= MAX_HEADINGS {
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
        // A known word is a heading only if the row has other filled cells.
        Self::of_headings(row, headings).filter(|_| filled >= 2)
    }
}

/// The facts about the rows above a row that `is_one_word_of` needs.
#[derive(Default)]
struct RowsAbove {
    /// Whether there is a row above.
    any: bool,
    /// The number of filled cells of the fullest row that has words only.
    most_words: usize,
}

impl RowsAbove {
    fn add(&mut self, cells: &[Cell<'_>]) {
        self.any = true;
        let filled = filled(cells);
        if filled > self.most_words && !cells.iter().any(is_value_of_person) {
            self.most_words = filled;
        }
    }
}

fn filled(cells: &[Cell<'_>]) -> usize {
    cells.iter().filter(|cell| !cell.is_blank()).count()
}

/// Whether a cell is a number or a date, stored as such or written as text.
fn is_number_or_date(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Number(_) | Cell::Date(_) => true,
        Cell::Text(text) => {
            let text = tidy(text);
            is_date_like(&text)
                || (text.contains(|letter: char| letter.is_ascii_digit())
                    && !text.contains(char::is_alphabetic))
        }
        _ => false,
    }
}

/// Whether a filled cell cannot be a heading: it is not text, or its text is a number, a date or an
/// email address.
fn is_value_of_person(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Text(text) => is_number_or_date(cell) || looks_like_data(&tidy(text)),
        _ => !cell.is_blank(),
    }
}

/// The minimum number of filled cells in a row that may be the headings instead of a row below it.
const FEWEST_IN_FULL_ROW: usize = 3;

/// The score of a layout with every column of the form.
const EVERYTHING: usize = 2 * Column::ALL.len();

/// The number of headings after which a row's further headings are dropped, unless their meaning is
/// known.
const MAX_HEADINGS: usize = 100;

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
    fn a_heading_word_about_a_person_makes_no_row_of_headings() {
        let strange: &[&str] = &["", "SCHOOL", "TOWN", "PRENOM", "NOM", "Sex", "DOB"];
        for person in [
            ["156", "Lycée", "Nogent", "Manon", "Job", "F", "02/12/99"],
            ["156", "Lycée", "Nogent", "Manon", "Cell", "F", ""],
            ["3", "Lycée", "Nogent", "Manon", "Lee", "Administrator", ""],
            ["", "Lycée", "Nogent", "Manon", "Job", "F", "May"],
        ] {
            let head = head(&[strange, &person]);
            let layout = Layout::of(&head, &Mapping::default());
            assert_eq!(layout.heading_row, None, "{person:?}");
        }
        for headings in [
            ["Job", "Town", "Nom"],
            ["Email", "2024", "2025"],
            ["Job", "Email", "2025"],
        ] {
            let head = head(&[&["A list", "", ""], &headings]);
            let layout = Layout::of(&head, &Mapping::default());
            assert_eq!(layout.heading_row, Some(2), "{headings:?}");
        }
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
    fn a_sign_in_name_beside_a_name_is_no_name() {
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
    fn a_full_name_beside_first_and_last_name_is_a_spare() {
        for (name, place) in [("Display name", Some(0)), ("Name", Some(0)), ("User", None)] {
            let head = head(&[&[name, "First name", "Surname", "Email"]]);
            let layout = Layout::of(&head, &Mapping::default());
            assert_eq!(layout.full_name(), place, "{name}");
            assert_eq!(layout.score(), 6, "{name}");
            assert_eq!(layout.places(Column::FirstName), [1], "{name}");
        }
    }

    #[test]
    fn other_names_are_the_first_names_beside_a_surname_alone() {
        for (headings, places) in [
            (["Surname", "Other names", "Email"], &[1][..]),
            (["Other name(s)", "Last name", "Email"], &[0]),
            (["First name", "Other names", "Surname"], &[0]),
            (["Name", "Other names", "Surname"], &[0]),
            (["Name", "Other names", "Email"], &[]),
        ] {
            let layout = Layout::of(&head(&[&headings]), &Mapping::default());
            assert_eq!(layout.places(Column::FirstName), places, "{headings:?}");
        }
    }

    #[test]
    fn a_serial_number_is_no_surname() {
        for serial in ["S/N", "S.N.", "S. No", "SN", "s/n"] {
            let head = head(&[&[serial, "NAME", "EMAIL ADDRESS", "Mobile"]]);
            let layout = Layout::of(&head, &Mapping::default());
            assert_eq!(layout.full_name(), Some(1), "{serial}");
            assert!(layout.places(Column::LastName).is_empty(), "{serial}");
        }
        for beside in ["givenName", "cn", "mail", "uid", "userPrincipalName"] {
            let head = head(&[&["sn", beside, "mobile"]]);
            let layout = Layout::of(&head, &Mapping::default());
            assert_eq!(layout.places(Column::LastName), [0], "{beside}");
        }
    }

    #[test]
    fn a_name_beside_a_faint_surname_stays_whole() {
        let head = head(&[&["sn", "Name", "mail", "mobile"]]);
        let layout = Layout::of(&head, &Mapping::default());
        assert_eq!(layout.full_name(), Some(1));
        assert_eq!(layout.places(Column::LastName), [0]);
    }

    #[test]
    fn the_sheet_that_knows_most_is_chosen_and_a_hidden_one_last() {
        let office = head(&[&["First name", "Last name", "Created"]]);
        let users = head(&[HEADINGS]);
        let hidden = SheetHead {
            hidden: true,
            ..users.clone()
        };
        let layouts = |heads: &[SheetHead<'_>]| -> Vec<Layout> {
            let of = |head| Layout::of(head, &Mapping::default());
            heads.iter().map(of).collect()
        };
        let chosen = |heads: &[SheetHead<'_>]| chosen_sheet(heads, &layouts(heads));
        assert_eq!(chosen(&[office.clone(), users.clone()]), Some(1));
        assert_eq!(chosen(&[hidden.clone(), users]), Some(1));
        assert_eq!(chosen(std::slice::from_ref(&hidden)), Some(0));
        assert_eq!(chosen(&[SheetHead::default()]), None);
    }

    #[test]
    fn the_search_for_headings_can_be_stopped_at_any_row() {
        let rows: Vec<&[&str]> = vec![&["Ann", "Lee"]; 20];
        let heads = [head(&rows)];
        for most in 0..20 {
            let mut left = most;
            let mut go_on = || {
                left = i32::checked_sub(left, 1)
                    .filter(|left| *left >= 0)
                    .ok_or("stopped")?;
                Ok(())
            };
            let found = layouts(&heads, &Mapping::default(), &mut go_on);
            assert_eq!(found, Err("stopped"), "{most}");
        }
    }

    #[test]
    fn a_choice_for_a_heading_is_remembered() {
        let head = head(&[&[
            "Kürzel", "Forename", "Surname", "Email", "Mobile", "Role", "Admin",
        ]]);
        let mut mapping = Mapping::default();
        mapping.choose(
            "Kürzel",
            crate::spreadsheet::HeadingChoice::As(crate::spreadsheet::Meaning::Column(
                Column::FirstName,
            )),
        );
        mapping.choose("Forename", crate::spreadsheet::HeadingChoice::Nothing);
        assert_eq!(Layout::of(&head, &mapping).places(Column::FirstName), [0]);
    }
}
