//! Writes CSV files for office programs: UTF-8 with a byte order mark, CRLF line ends, and escaped
//! cells, so that no program runs a cell as a formula.

use csv::{Terminator, Writer, WriterBuilder};
use registration::spreadsheet::escaped;

/// A CSV file that is being written.
pub struct Csv(Writer<Vec<u8>>);

/// The CSV writer failed.
#[derive(Debug, thiserror::Error)]
#[error("the CSV file could not be written: {0}")]
pub struct CsvFault(#[from] csv::Error);

impl Csv {
    /// Begins a table with these headings.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn new(headings: &[&str]) -> Result<Self, CsvFault> {
        let mut table = Self::writing("\u{feff}".as_bytes().to_vec());
        table.row(headings)?;
        Ok(table)
    }

    /// Begins a further piece of a file, after a piece with headings.
    #[must_use]
    pub fn more() -> Self {
        Self::writing(Vec::new())
    }

    fn writing(bytes: Vec<u8>) -> Self {
        let mut builder = WriterBuilder::new();
        Self(
            builder
                .terminator(Terminator::CRLF)
                .flexible(true)
                .from_writer(bytes),
        )
    }

    /// Adds a row, with each cell escaped.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) -> Result<(), CsvFault> {
        let cells = cells.iter().map(|cell| escaped(cell.as_ref()).into_owned());
        Ok(self.0.write_record(cells)?)
    }

    /// Returns the finished file.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn into_bytes(self) -> Result<Vec<u8>, CsvFault> {
        self.0
            .into_inner()
            .map_err(|fault| CsvFault(fault.into_error().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_none_is_a_formula() {
        let mut table = Csv::new(&["a", "b"]).unwrap();
        table.row(&["1,5", "say \"no\""]).unwrap();
        table.row(&["=cmd()", "two\nlines"]).unwrap();
        let text = String::from_utf8(table.into_bytes().unwrap()).unwrap();
        assert_eq!(
            text,
            "\u{feff}a,b\r\n\"1,5\",\"say \"\"no\"\"\"\r\n'=cmd(),\"two\nlines\"\r\n"
        );
    }
}
