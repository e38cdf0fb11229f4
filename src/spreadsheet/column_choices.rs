//! The page on which a person chooses the meaning of each column of a table: its fields, its
//! problems, and how the answers change the table.

use crate::problem::Problem;
use crate::spreadsheet::cell_problem::noun;
use crate::spreadsheet::{
    Column, Heading, HeadingChoice, Mapping, Meaning, Refusal, RowInputs, Table, normalised,
};
use crate::users::Role;

/// The name of the field for the role of all users.
pub const ROLE_OF_ALL: &str = "role";
/// The name of the field that says whether all users are organisation administrators.
pub const ADMINISTRATOR_OF_ALL: &str = "administrator";
/// The key for a column that the form does not need.
pub const NOTHING: &str = "nothing";

/// Returns the name of the field for a column, given the column's index from 0.
#[must_use]
pub fn column_field(place: usize) -> String {
    ["column-", &place.to_string()].concat()
}

impl Meaning {
    /// Lists all meanings that a column can have, in the order of the template.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let columns = Column::ALL.into_iter().map(Self::Column);
        let mut all: Vec<Self> = columns.collect();
        all.insert(2, Self::FullName);
        all
    }

    /// Returns the key of the meaning in forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Column(column) => column.key(),
            Self::FullName => "full_name",
        }
    }

    /// Returns the text shown to people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Column(column) => column.heading(),
            Self::FullName => "First and last name together",
        }
    }

    /// Returns the meaning with this key; `None` for an unknown key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().into_iter().find(|meaning| meaning.key() == key)
    }
}

impl Table {
    /// Gives each column the meaning that a person chose on the page. A column without an answer
    /// keeps its meaning; if the answer is not the key of a meaning, the column has no meaning.
    ///
    /// The choices are also stored in `mapping`, for later files with the same headings.
    pub fn name_columns(&mut self, typed: &RowInputs, mapping: &mut Mapping) {
        let headings = self.layout.headings.iter();
        let names: Vec<String> = headings.map(|heading| normalised(&heading.text)).collect();
        for heading in &mut self.layout.headings {
            let Some(key) = typed.get(&column_field(heading.place)) else {
                continue;
            };
            heading.meaning = Meaning::from_key(key);
            let meant = match heading.meaning {
                Some(meaning) => HeadingChoice::As(meaning),
                None if key == NOTHING => HeadingChoice::Nothing,
                None => continue,
            };
            // If the heading is empty or two columns have it, the answer applies to this file only.
            let name = normalised(&heading.text);
            let alike = names.iter().filter(|other| **other == name).count();
            if !name.is_empty() && alike == 1 {
                mapping.choose(&heading.text, meant);
            }
        }
        if let Some(role) = typed.get(ROLE_OF_ALL) {
            mapping.role = Role::from_key(role);
        }
        if let Some(administrator) = typed.get(ADMINISTRATOR_OF_ALL) {
            mapping.administrator = match administrator.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
        }
    }

    /// Returns the problems that prevent the rows from being read, each at a field of the page.
    #[must_use]
    pub fn problems(&self, mapping: &Mapping) -> Vec<Problem> {
        let missing = self.layout.missing(mapping);
        if missing.is_empty() {
            return match self.read(mapping) {
                Ok(_) => Vec::new(),
                Err(refusal) => vec![self.problem_of(&refusal)],
            };
        }
        missing
            .into_iter()
            .map(|column| self.without(column))
            .collect()
    }

    fn without(&self, column: Column) -> Problem {
        let (field, words) = match column {
            Column::Role => (
                ROLE_OF_ALL.to_owned(),
                "Select the role of all users, or the column that says it".to_owned(),
            ),
            Column::Administrator => (
                ADMINISTRATOR_OF_ALL.to_owned(),
                "Select whether all users are organisation administrators, or the column that says it"
                    .to_owned(),
            ),
            _ => (
                self.first_field(|heading| heading.meaning.is_none()),
                format!("Select which column holds the {}", noun(column)),
            ),
        };
        Problem::new(field, "column-missing", words)
    }

    fn problem_of(&self, refusal: &Refusal) -> Problem {
        match refusal {
            Refusal::DuplicateHeading(column, _) => Problem::new(
                self.first_field(|heading| heading.claims(*column)),
                "column-twice",
                format!(
                    "Select one column for the {}: those that you selected say different things",
                    noun(*column)
                ),
            ),
            other => Problem::new(self.first_field(|_| true), other.kind(), other.message()),
        }
    }

    /// Returns the name of the field of the first column that matches; of the first column if no
    /// column matches.
    fn first_field(&self, is_sought: impl Fn(&Heading) -> bool) -> String {
        let headings = &self.layout.headings;
        let first = headings
            .iter()
            .find(|heading| is_sought(heading))
            .or(headings.first());
        column_field(first.map_or(0, |heading| heading.place))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::spreadsheet::{Cell, Layout};

    fn table(headings: &[&str], row: &[&'static str]) -> Table {
        let headings = headings.iter().enumerate();
        Table {
            sheet: None,
            layout: Layout {
                heading_row: Some(1),
                headings: headings
                    .map(|(place, text)| Heading {
                        place,
                        text: (*text).to_owned(),
                        meaning: None,
                    })
                    .collect(),
            },
            rows: vec![(
                2,
                row.iter()
                    .map(|text| Cell::Text(Cow::Borrowed(*text)))
                    .collect(),
            )],
            notes: Vec::new(),
            organisation: None,
        }
    }

    fn typed(fields: &[(&str, &str)]) -> RowInputs {
        let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        fields.iter().map(own).collect()
    }

    #[test]
    fn named_columns_are_read_and_remembered_by_their_headings() {
        let mut mapping = Mapping::default();
        let mut rows = table(
            &["Wer", "Adresse", "Handy", "Seit"],
            &["Priya Iyer", "priya@firm.example", "07700 900673", "2019"],
        );
        assert_eq!(rows.problems(&mapping).len(), 6);
        rows.name_columns(
            &typed(&[
                ("column-0", "full_name"),
                ("column-1", "email"),
                ("column-2", "mobile"),
                ("column-3", NOTHING),
                ("role", "advocate"),
                ("administrator", "no"),
            ]),
            &mut mapping,
        );
        assert!(rows.problems(&mapping).is_empty());
        let intake = rows.read(&mapping).unwrap();
        assert!(intake.problems(&[]).is_empty());
        assert_eq!(intake.rows[0].user.last_name, "Iyer");
        assert_eq!(mapping.meant("seit"), Some(HeadingChoice::Nothing));
        assert_eq!(
            mapping.meant("handy"),
            Some(HeadingChoice::As(Meaning::Column(Column::Mobile)))
        );
    }

    #[test]
    fn a_missing_number_is_explained_at_a_field_that_takes_it() {
        let mut mapping = Mapping::default();
        let mut rows = table(&["Wer", "Adresse"], &["Priya Iyer", "priya@firm.example"]);
        rows.name_columns(&typed(&[("column-0", "full_name")]), &mut mapping);
        let problems = rows.problems(&mapping);
        let fields: Vec<_> = problems
            .iter()
            .map(|problem| problem.field.as_ref())
            .collect();
        assert_eq!(fields, ["column-1", "column-1", "role", "administrator"]);
    }

    #[test]
    fn two_columns_that_say_different_things_cannot_be_one() {
        let mut mapping = Mapping::default();
        let mut rows = table(
            &["Wer", "a", "b", "Handy"],
            &[
                "Priya Iyer",
                "a@firm.example",
                "b@firm.example",
                "07700 900673",
            ],
        );
        rows.name_columns(
            &typed(&[
                ("column-0", "full_name"),
                ("column-1", "email"),
                ("column-2", "email"),
                ("column-3", "mobile"),
                ("role", "advocate"),
                ("administrator", "no"),
            ]),
            &mut mapping,
        );
        let problems = rows.problems(&mapping);
        assert_eq!(problems[0].field, "column-1");
        assert_eq!(problems[0].code, "column-twice");
    }

    #[test]
    fn a_choice_for_one_of_two_equal_headings_is_not_remembered() {
        let mut mapping = Mapping::default();
        let mut rows = table(
            &["Wer", "Adresse", "Adresse"],
            &["Priya Iyer", "a@firm.example", "b@firm.example"],
        );
        rows.name_columns(
            &typed(&[
                ("column-0", "full_name"),
                ("column-1", NOTHING),
                ("column-2", "email"),
            ]),
            &mut mapping,
        );
        assert_eq!(rows.layout.places(Column::Email), [2]);
        assert_eq!(mapping.meant("adresse"), None);
        assert_eq!(
            mapping.meant("wer"),
            Some(HeadingChoice::As(Meaning::FullName))
        );
    }

    #[test]
    fn a_choice_that_was_taken_back_is_forgotten() {
        let mut mapping = Mapping::default();
        let mut rows = table(&["Wer"], &["Priya Iyer"]);
        for role in ["advocate", ""] {
            rows.name_columns(&typed(&[("role", role)]), &mut mapping);
        }
        assert_eq!(mapping.role, None);
    }

    #[test]
    fn an_answer_for_everybody_does_not_change_the_file() {
        let mut mapping = Mapping::default();
        table(&["Wer"], &["Priya Iyer"]).name_columns(
            &typed(&[("role", "chambers-clerk"), ("administrator", "yes")]),
            &mut mapping,
        );
        assert_eq!(mapping.administrator, Some(true));
        let headings = ["Name", "Email", "Mobile", "Role", "Administrator"];
        let person = [
            "Priya Iyer",
            "priya@firm.example",
            "07700 900673",
            "Advocate",
            "No",
        ];
        let mut rows = table(&headings, &person);
        for heading in &mut rows.layout.headings {
            heading.meaning =
                Meaning::from_key(&heading.text.to_lowercase().replace("name", "full_name"));
        }
        let read = rows.read(&mapping).unwrap();
        assert_eq!(read.rows[0].user.role, "advocate");
        assert_eq!(read.rows[0].user.administrator, "no");
    }

    #[test]
    fn each_meaning_is_found_by_its_key() {
        for meaning in Meaning::all() {
            assert_eq!(Meaning::from_key(meaning.key()), Some(meaning));
        }
        assert_eq!(Meaning::from_key(NOTHING), None);
    }
}
