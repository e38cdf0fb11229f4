//! The files that are read: many invented people, made by a script that says which faults it seeded.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rust_xlsxwriter::Workbook;
use serde::Deserialize;

use crate::Failure;
use crate::measured::Measured;

/// The same people as csv and as xlsx, and what is wrong with them.
pub struct Files {
    pub csv: PathBuf,
    pub xlsx: PathBuf,
    /// Whether the script wrote the xlsx too, which it does where Python has `XlsxWriter`.
    pub by_excel_writer: bool,
    rows: usize,
    /// Row numbers and columns.
    faults: BTreeSet<(u32, String)>,
}

#[derive(Deserialize)]
struct Expected {
    faulty_rows: Vec<(u32, String, String)>,
}

/// The script, which the environment names.
pub fn script() -> Option<PathBuf> {
    let script = PathBuf::from(std::env::var_os("MANY_USERS")?);
    script.is_file().then_some(script)
}

impl Files {
    /// Has the script make the files of so many rows.
    pub fn made_by(script: &Path, rows: usize, folder: &Path) -> Result<Self, Failure> {
        let python = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        let ended = Command::new(python)
            .arg(script)
            .arg(rows.to_string())
            .arg(folder)
            .stdout(Stdio::null())
            .status()?;
        if !ended.success() {
            return Err(format!("{} failed", script.display()).into());
        }
        let csv = folder.join(format!("users_{rows}.csv"));
        let xlsx = folder.join(format!("users_{rows}.xlsx"));
        let by_excel_writer = xlsx.is_file();
        if !by_excel_writer {
            write_xlsx(&csv, &xlsx)?;
        }
        let expected = std::fs::read(folder.join(format!("users_{rows}.expected.json")))?;
        let expected: Expected = serde_json::from_slice(&expected)?;
        let faults = expected.faulty_rows.into_iter();
        Ok(Self {
            csv,
            xlsx,
            by_excel_writer,
            rows,
            faults: faults.map(|(row, column, _)| (row, column)).collect(),
        })
    }

    /// Whether every row was read, every seeded fault found, and nothing else.
    pub fn are_judged_rightly(&self, measured: &Measured) -> Result<(), Failure> {
        let found: BTreeSet<_> = measured.problems.iter().cloned().collect();
        let missed: Vec<_> = self.faults.difference(&found).take(5).collect();
        let invented: Vec<_> = found.difference(&self.faults).take(5).collect();
        if measured.rows == self.rows && missed.is_empty() && invented.is_empty() {
            return Ok(());
        }
        Err(format!(
            "{} rows of {}, faults that were missed: {missed:?}, that are none: {invented:?}",
            measured.rows, self.rows
        )
        .into())
    }
}

/// Every cell as text, as the script writes them.
fn write_xlsx(csv: &Path, xlsx: &Path) -> Result<(), Failure> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(csv)?;
    for (row, record) in (0..).zip(reader.records()) {
        for (column, text) in (0..).zip(&record?) {
            sheet.write_string(row, column, text)?;
        }
    }
    workbook.save(xlsx)?;
    Ok(())
}
