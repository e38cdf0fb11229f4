//! The columns of one table of users. If two columns have the same meaning, this module chooses the
//! cell to read.

use crate::identifiers::Mobile;
use crate::spreadsheet::cell_problem::noun;
use crate::spreadsheet::heading::recognised;
use crate::spreadsheet::name_order::NameOrder;
use crate::spreadsheet::trust::Trust;
use crate::spreadsheet::{
    Cell, Column, Heading, Layout, Mapping, Meaning, Note, Refusal, misspelt, normalised,
};
use crate::text::tidy;

/// The columns of one table.
#[derive(Debug, Clone)]
pub(super) struct TableColumns {
    claims: [Vec<Claim>; 6],
    full_names: Vec<Claim>,
    repeated: Option<Refusal>,
    choices: Vec<Choice>,
}

/// A column with a known meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Claim {
    place: usize,
    trust: Trust,
    heading: String,
    /// Whether the column has its meaning because a misspelt heading was corrected.
    misspelt: bool,
}

/// A column that was read instead of another column with the same meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Choice {
    column: Column,
    read: usize,
    other: usize,
    why: Why,
}

/// The reason why a column was read instead of another column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// The other column is empty in a row.
    OtherEmpty,
    /// Only the column that was read has a plausible email address or mobile number in a row.
    OtherUseless,
    /// The meaning of the heading that was read is more certain, and the other column has a
    /// different value.
    MoreExact,
}

impl TableColumns {
    /// Returns the columns of each table below a row of headings: of one table, or of several side
    /// by side.
    pub(super) fn of(layout: &Layout, mapping: &Mapping) -> Vec<Self> {
        let headings = side_by_side(&layout.headings);
        let tables = headings.into_iter();
        tables
            .map(|headings| Self::new(headings, mapping))
            .collect()
    }

    fn new(headings: &[Heading], mapping: &Mapping) -> Self {
        let claims_of = |meaning: Meaning| {
            let own = headings
                .iter()
                .filter(|heading| heading.meaning == Some(meaning));
            let mut claims: Vec<Claim> = own
                .map(|heading| Claim {
                    place: heading.place,
                    trust: trust_in(heading, mapping),
                    heading: heading.text.clone(),
                    misspelt: misspelt::column(&heading.text, mapping)
                        .is_some_and(|column| meaning == Meaning::Column(column)),
                })
                .collect();
            claims.sort_by_key(|claim| std::cmp::Reverse(claim.trust));
            claims
        };
        Self {
            claims: Column::ALL.map(|column| claims_of(Meaning::Column(column))),
            full_names: claims_of(Meaning::FullName),
            repeated: None,
            choices: Vec::new(),
        }
    }

    /// Whether the table has a column with this meaning.
    pub(super) fn has(&self, column: Column) -> bool {
        !self.claims[column.index()].is_empty()
    }

    /// Whether the table has both a column of first names and a column of last names.
    pub(super) fn has_both_names(&self) -> bool {
        self.has(Column::FirstName) && self.has(Column::LastName)
    }

    /// Returns the index of the column with this meaning whose heading is most certain; `None` if
    /// the table has no such column.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.claims[column.index()].first().map(|claim| claim.place)
    }

    /// Returns the index of the column of full names whose heading is most certain; `None` if the
    /// table has no such column.
    pub(super) fn full_name(&self) -> Option<usize> {
        self.full_names.first().map(|claim| claim.place)
    }

    /// Returns the order of the names in a column of full names, by its heading.
    pub(super) fn name_order(&self, place: usize) -> NameOrder {
        let mut claims = self.full_names.iter();
        let claim = claims.find(|claim| claim.place == place);
        claim.map_or(NameOrder::FirstName, |claim| NameOrder::of(&claim.heading))
    }

    /// Returns the indexes of all columns that are read.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        let claims = self.claims.iter().flatten();
        claims.chain(&self.full_names).map(|claim| claim.place)
    }

    /// Returns the refusal if two columns had different values for one user.
    pub(super) fn repeated(&self) -> Option<&Refusal> {
        self.repeated.as_ref()
    }

    /// Returns the cell of a row for this column of the form; empty if the table has no such
    /// column.
    pub(super) fn cell<'t>(
        &mut self,
        column: Column,
        cell_at: &impl Fn(usize) -> Cell<'t>,
    ) -> Cell<'t> {
        match self.claims[column.index()].as_slice() {
            [] => Cell::Empty,
            [only] => cell_at(only.place),
            _ => self.choose(column, cell_at),
        }
    }

    /// Chooses a cell among columns with the same meaning: the plausible cell with the most certain
    /// heading. If no filled cell is plausible, chooses the filled cell with the most certain
    /// heading.
    fn choose<'t>(&mut self, column: Column, cell_at: &impl Fn(usize) -> Cell<'t>) -> Cell<'t> {
        let claims = &self.claims[column.index()];
        let mut filled: Vec<(usize, Cell<'t>, bool)> = Vec::new();
        for (place, claim) in claims.iter().enumerate() {
            let cell = cell_at(claim.place);
            if !cell.is_blank() {
                let helps = helps(column, &cell);
                filled.push((place, cell, helps));
            }
        }
        let chosen = filled.iter().position(|(_, _, helps)| *helps).unwrap_or(0);
        if filled.is_empty() {
            return Cell::Empty;
        }
        let (read, cell, helped) = filled.swap_remove(chosen);
        let mut choices = Vec::new();
        let mut repeated = None;
        for (other, of_other, helps) in &filled {
            if same(column, &cell, of_other) {
                continue;
            }
            let why = if *helps != helped {
                Why::OtherUseless
            } else if claims[read].trust == claims[*other].trust {
                let mut headings = [claims[read].heading.clone(), claims[*other].heading.clone()];
                if other < &read {
                    headings.swap(0, 1);
                }
                repeated = Some(Refusal::DuplicateHeading(column, headings.to_vec()));
                continue;
            } else {
                Why::MoreExact
            };
            choices.push((*other, why));
        }
        let has = |place: usize| filled.iter().any(|(other, ..)| *other == place);
        if read > 0 && !has(0) {
            choices.push((0, Why::OtherEmpty));
        }
        for (other, why) in choices {
            // No note is needed about a landline or a second address that was not read.
            let told = why != Why::OtherUseless || other < read;
            let choice = Choice {
                column,
                read,
                other,
                why,
            };
            let has_room = self.choices.len() < MAX_CHOICES;
            if told && has_room && !self.choices.contains(&choice) {
                self.choices.push(choice);
            }
        }
        if self.repeated.is_none() {
            self.repeated = repeated;
        }
        cell
    }

    /// Returns the column of full names that is read in a row: the first with a filled cell, or
    /// else the first. `None` if the table has no column of full names.
    pub(super) fn full_name_in<'t>(&self, cell_at: &impl Fn(usize) -> Cell<'t>) -> Option<usize> {
        let mut filled = self.full_names.iter().map(|claim| claim.place);
        filled
            .find(|place| !cell_at(*place).is_blank())
            .or_else(|| self.full_name())
    }

    /// Records a refusal if two columns of full names have different filled cells in a row. `name`
    /// is the cell of `full_name_in`. Only the first refusal is recorded.
    pub(super) fn compare_full_names<'t>(
        &mut self,
        name: &Cell<'_>,
        cell_at: &impl Fn(usize) -> Cell<'t>,
    ) {
        let Some((first, others)) = self.full_names.split_first() else {
            return;
        };
        if self.repeated.is_some() || others.is_empty() {
            return;
        }
        let name = name.text();
        let name = tidy(&name);
        let other = others.iter().find(|other| {
            let other = cell_at(other.place);
            !other.is_blank() && tidy(&other.text()) != name
        });
        if let Some(other) = other {
            let headings = vec![first.heading.clone(), other.heading.clone()];
            self.repeated = Some(Refusal::DuplicateHeading(Column::FirstName, headings));
        }
    }

    /// Returns the notes on columns with the same meaning, on names split over two columns, and on
    /// misspelt headings.
    pub(super) fn notes(&self) -> Vec<Note> {
        let chosen = self.choices.iter().map(|choice| {
            let claims = &self.claims[choice.column.index()];
            let text = |place: usize| {
                let heading = claims.get(place).map_or("", |claim| claim.heading.as_str());
                heading.chars().take(60).collect::<String>()
            };
            let (read, other) = (text(choice.read), text(choice.other));
            let noun = noun(choice.column);
            let words = match choice.why {
                Why::OtherEmpty if normalised(&read) == normalised(&other) => format!(
                    "Two columns are “{other}”: we read the second where the first is empty"
                ),
                Why::OtherEmpty => {
                    format!("We read the {noun} from “{read}” where “{other}” is empty")
                }
                Why::OtherUseless => {
                    format!("We read the {noun} from “{read}” where “{other}” does not have one")
                }
                Why::MoreExact => {
                    format!("We read the {noun} from “{read}” and not from “{other}”")
                }
            };
            let code = match choice.why {
                Why::MoreExact => "columns-chosen",
                Why::OtherEmpty | Why::OtherUseless => "columns-read-as-one",
            };
            Note::on_file(code, words)
        });
        let without_heading = self
            .claims
            .iter()
            .flatten()
            .find(|claim| claim.heading.is_empty());
        let split = without_heading
            .filter(|_| self.has(Column::FirstName) && self.has(Column::LastName))
            .map(|_| {
                let first = self.place(Column::FirstName) < self.place(Column::LastName);
                let order = if first {
                    "first and last name"
                } else {
                    "last and first name"
                };
                Note::on_file(
                    "name-over-two-columns",
                    format!("We read the two columns under the heading for the name as {order}"),
                )
            });
        let misspelt = Column::ALL.into_iter().zip(&self.claims);
        let misspelt = misspelt.flat_map(|(column, claims)| {
            let claims = claims.iter().filter(|claim| claim.misspelt);
            claims.map(move |claim| {
                let short: String = claim.heading.chars().take(60).collect();
                let words = format!("We read the {} from “{short}”", noun(column));
                Note::on_file("heading-read-as", words)
            })
        });
        chosen.chain(split).chain(misspelt).collect()
    }
}

/// The number of choices between columns after which no more are remembered for notes.
const MAX_CHOICES: usize = 50;

/// Returns the confidence in the meaning of a heading. A person's choice has the highest
/// confidence.
fn trust_in(heading: &Heading, mapping: &Mapping) -> Trust {
    match recognised(&heading.text, mapping) {
        Some((meaning, trust)) if Some(meaning) == heading.meaning => trust,
        _ => Trust::Exact,
    }
}

/// Whether a cell is plausible for its column.
///
/// An email address must have an @, and a mobile number must be valid. Other columns accept any
/// cell.
fn helps(column: Column, cell: &Cell<'_>) -> bool {
    match column {
        Column::Email => cell.text().contains('@'),
        Column::Mobile => Mobile::check(&tidy(&cell.text())).is_ok(),
        _ => true,
    }
}

fn same(column: Column, one: &Cell<'_>, other: &Cell<'_>) -> bool {
    let (one, other) = (one.text(), other.text());
    let (one, other) = (tidy(&one), tidy(&other));
    match column {
        Column::Email => one.eq_ignore_ascii_case(&other),
        Column::Mobile => {
            one == other
                || matches!((Mobile::check(&one), Mobile::check(&other)), (Ok(one), Ok(other)) if one == other)
        }
        _ => one == other,
    }
}

/// Splits a row of headings into the headings of each table, if several tables stand side by side.
///
/// All tables must have the same columns: names, email addresses and at least one more. Otherwise
/// all headings belong to one table.
fn side_by_side(headings: &[Heading]) -> Vec<&[Heading]> {
    let mut starts = vec![0];
    let mut seen: Vec<Meaning> = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        let Some(meaning) = heading.meaning else {
            continue;
        };
        if seen.contains(&meaning) {
            starts.push(at);
            seen.clear();
        }
        seen.push(meaning);
    }
    let ends = starts.iter().skip(1).copied().chain([headings.len()]);
    let tables: Vec<&[Heading]> = starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| headings.get(*start..end))
        .collect();
    let meanings = |table: &[Heading]| {
        let mut meanings: Vec<String> = table
            .iter()
            .filter_map(|heading| Some(heading.meaning?.key().to_owned()))
            .collect();
        meanings.sort();
        meanings
    };
    let is_table = |table: &&[Heading]| {
        let meanings = meanings(table);
        let has = |key: &str| meanings.iter().any(|own| own == key);
        meanings.len() > 2
            && has(Column::Email.key())
            && (has(Meaning::FullName.key()) || has(Column::LastName.key()))
    };
    let alike = tables
        .windows(2)
        .all(|pair| meanings(pair[0]) == meanings(pair[1]));
    if tables.len() > 1 && alike && tables.iter().all(is_table) {
        tables
    } else {
        vec![headings]
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn layout(headings: &[&str]) -> Layout {
        let headings = headings.iter().enumerate().map(|(place, text)| Heading {
            place,
            text: (*text).to_owned(),
            meaning: recognised(text, &Mapping::default()).map(|(meaning, _)| meaning),
        });
        Layout {
            heading_row: Some(1),
            headings: headings.collect(),
        }
    }

    fn read(headings: &[&str], row: &[&'static str], column: Column) -> (String, TableColumns) {
        let mut tables = TableColumns::of(&layout(headings), &Mapping::default());
        assert_eq!(tables.len(), 1);
        let mut columns = tables.remove(0);
        let cell = columns.cell(column, &|place| Cell::Text(Cow::Borrowed(row[place])));
        (cell.text().into_owned(), columns)
    }

    #[test]
    fn the_cell_that_helps_is_read_of_two_columns() {
        let (mobile, columns) = read(
            &["phone1", "phone2"],
            &["01632 960101", "07700 900673"],
            Column::Mobile,
        );
        assert_eq!(mobile, "07700 900673");
        assert_eq!(columns.notes()[0].code, "columns-read-as-one");
        let (email, _) = read(
            &["Email", "What is your email address?"],
            &["anonymous", "priya@firm.example"],
            Column::Email,
        );
        assert_eq!(email, "priya@firm.example");
    }

    #[test]
    fn the_exact_word_wins_and_is_told() {
        let (role, columns) = read(&["userType", "Role"], &["Member", "Advocate"], Column::Role);
        assert_eq!(role, "Advocate");
        assert_eq!(columns.repeated(), None);
        assert_eq!(
            columns.notes()[0].message,
            "We read the role from “Role” and not from “userType”"
        );
    }

    #[test]
    fn two_columns_that_claim_the_same_are_both_named() {
        let (_, columns) = read(
            &["userType", "Group"],
            &["Member", "Advocate"],
            Column::Role,
        );
        let headings = ["userType", "Group"].map(str::to_owned).to_vec();
        assert_eq!(
            columns.repeated(),
            Some(&Refusal::DuplicateHeading(Column::Role, headings))
        );
    }

    #[test]
    fn tables_that_stand_side_by_side_are_told_from_columns_that_stand_twice() {
        let count =
            |headings: &[&str]| TableColumns::of(&layout(headings), &Mapping::default()).len();
        let table = ["First name", "Last name", "Email"];
        assert_eq!(count(&[&table[..], &[""], &table].concat()), 2);
        assert_eq!(count(&[table, table, table].concat()), 3);
        assert_eq!(count(&["First name", "Last name", "Email", "Email"]), 1);
        assert_eq!(count(&[&table[..], &["Name", "Email"]].concat()), 1);
    }
}
