//! A sheet with columns that only its sender can identify. The rows are stored until the sender has
//! done so.

use serde::{Deserialize, Serialize};

use crate::spreadsheet::{
    Cell, Column, Intake, Layout, Mapping, Note, OrganisationPage, Refusal, RowReader,
};

/// A sheet for which the sender has yet to choose the meaning of columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The name of the sheet; `None` if the format has no sheet names.
    pub sheet: Option<String>,
    /// The columns, with their meanings as far as they are known.
    pub layout: Layout,
    /// The rows below the headings, each with its number and its cells (from the first column).
    pub rows: Vec<(u32, Vec<Cell<'static>>)>,
    /// Notes for the sender about the file.
    pub notes: Vec<Note>,
    /// Page 1 of the form, if it is in the file.
    pub organisation: Option<OrganisationPage>,
}

impl Table {
    /// Returns the column of the form for which several columns of the sheet have different values.
    ///
    /// Returns `None` if the values agree, or if the sheet cannot be read for another reason.
    #[must_use]
    pub fn duplicate_column(&self, mapping: &Mapping) -> Option<Column> {
        match self.read(mapping) {
            Err(Refusal::DuplicateHeading(column, _)) => Some(column),
            _ => None,
        }
    }

    /// Reads the rows, if all required columns are known.
    ///
    /// # Errors
    /// `no-headings` if no column is known and the sheet has no row of headings, `missing-heading`
    /// if a required column is unknown, `duplicate-heading` if two columns with the same meaning
    /// have different values, `no-rows` if no row has a user.
    pub fn read(&self, mapping: &Mapping) -> Result<Intake, Refusal> {
        if let Some(refusal) = self.layout.refusal(mapping) {
            return Err(refusal);
        }
        let mut intake = Intake::new(
            self.sheet.clone(),
            self.notes.clone(),
            self.organisation.clone(),
        );
        let mut reader = RowReader::new(&self.layout, mapping);
        for (row, cells) in &self.rows {
            let cell_at = |place: usize| cells.get(place).map_or(Cell::Empty, Cell::borrowed);
            reader.read(*row, cells.len(), cell_at, &mut |read| intake.push(read));
        }
        if let Some(refusal) = reader.repeated() {
            return Err(refusal);
        }
        if intake.rows.is_empty() {
            return Err(Refusal::NoRows);
        }
        intake.notes.extend(reader.notes());
        intake.finish();
        Ok(intake)
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::spreadsheet::{Meaning, SheetHead};

    fn text(text: &'static str) -> Cell<'static> {
        Cell::Text(Cow::Borrowed(text))
    }

    #[test]
    fn a_sheet_of_strange_headings_is_read_once_its_columns_are_named() {
        let headings = ["Wer", "Wie", "Wohin", "Ruf", "Was", "Chef"];
        let person = [
            "Priya",
            "Iyer",
            "priya@firm.example",
            "07700 900673",
            "Advocate",
            "Yes",
        ];
        let head = SheetHead {
            rows: vec![
                (1, headings.map(text).to_vec()),
                (2, person.map(text).to_vec()),
            ],
            ..SheetHead::default()
        };
        let mut table = Table {
            sheet: None,
            layout: Layout::strange(&head),
            rows: vec![(2, person.map(text).to_vec())],
            notes: Vec::new(),
            organisation: None,
        };
        assert_eq!(table.layout.heading_row, Some(1));
        let refused = table.read(&Mapping::default());
        assert!(
            matches!(refused, Err(Refusal::MissingHeading(missing, found))
            if missing == Column::ALL && found == headings)
        );
        for (heading, column) in table.layout.headings.iter_mut().zip(Column::ALL) {
            heading.meaning = Some(Meaning::Column(column));
        }
        let intake = table.read(&Mapping::default()).unwrap();
        assert_eq!(intake.rows.len(), 1);
        assert!(intake.problems(&[]).is_empty());
    }

    #[test]
    fn a_sheet_that_begins_with_somebody_has_no_headings() {
        let person = ["Priya", "priya@firm.example"];
        let head = SheetHead {
            rows: vec![
                (1, person.map(text).to_vec()),
                (2, person.map(text).to_vec()),
            ],
            ..SheetHead::default()
        };
        assert_eq!(Layout::strange(&head).heading_row, None);
    }
}
