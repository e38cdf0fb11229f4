//! Writes tables as CSV that every office program can open: UTF-8 with a byte order mark, CRLF line
//! ends, and no cell that a program would run as a formula.

use registration::spreadsheet::escaped;

/// A CSV file that is being written.
pub struct Csv(String);

impl Csv {
    /// Begins a table with these headings.
    #[must_use]
    pub fn new(headings: &[&str]) -> Self {
        let mut table = Self("\u{feff}".to_owned());
        table.row(headings);
        table
    }

    /// Adds a row.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.0.push(',');
            }
            let cell = escaped(cell.as_ref());
            if cell.contains(['"', ',', '\r', '\n']) {
                self.0.push('"');
                self.0.push_str(&cell.replace('"', "\"\""));
                self.0.push('"');
            } else {
                self.0.push_str(&cell);
            }
        }
        self.0.push_str("\r\n");
    }

    /// Returns the finished file.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_none_is_a_formula() {
        let mut table = Csv::new(&["a", "b"]);
        table.row(&["1,5", "say \"no\""]);
        table.row(&["=cmd()", "two\nlines"]);
        let text = String::from_utf8(table.into_bytes()).unwrap();
        assert_eq!(
            text,
            "\u{feff}a,b\r\n\"1,5\",\"say \"\"no\"\"\"\r\n'=cmd(),\"two\nlines\"\r\n"
        );
    }
}
