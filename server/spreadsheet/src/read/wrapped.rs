//! Unwraps spreadsheets: a spreadsheet inside an archive, or a sheet in which a whole line of text
//! is in one cell because a program did not split the line at the separators.

use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use registration::spreadsheet::{Cell, Refusal, SheetHead};
use zip::ZipArchive;

use crate::read::limits::Limits;
use crate::read::workbook::Workbook;

/// Finds the only spreadsheet in an archive of files; returns its file name, cut to 60 characters,
/// and its bytes.
///
/// # Errors
/// [`Refusal::Archive`] if the archive has no spreadsheet or more than one; [`Refusal::TooLarge`]
/// if the spreadsheet is larger than the limit; [`Refusal::PasswordProtected`] or
/// [`Refusal::Damaged`] if it cannot be unpacked.
pub(super) fn only_spreadsheet_of_archive(
    bytes: &[u8],
    limits: &Limits,
) -> Result<(String, Vec<u8>), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Archive)?;
    let names: Vec<String> = archive
        .file_names()
        .flatten()
        .map(|name| name.to_string())
        .filter(|name| is_of_a_person(name))
        .collect();
    let spreadsheets: Vec<&String> = names.iter().filter(|name| is_spreadsheet(name)).collect();
    let [name] = spreadsheets.as_slice() else {
        return Err(Refusal::Archive);
    };
    let part = archive.by_name(name).map_err(|fault| match fault {
        zip::result::ZipError::UnsupportedArchive(words)
            if words == zip::result::ZipError::PASSWORD_REQUIRED =>
        {
            Refusal::PasswordProtected
        }
        _ => Refusal::Damaged,
    })?;
    let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
    let mut inner = Vec::new();
    part.take(most.saturating_add(1))
        .read_to_end(&mut inner)
        .map_err(|_| Refusal::Damaged)?;
    if inner.len() > limits.bytes {
        return Err(Refusal::TooLarge);
    }
    let short = name.rsplit('/').next().unwrap_or(name);
    Ok((short.chars().take(60).collect(), inner))
}

/// Returns whether a file in an archive is the sender's own, not a hidden file or folder that a
/// program added.
fn is_of_a_person(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    !name.starts_with("__MACOSX/") && !file.is_empty() && !file.starts_with('.')
}

fn is_spreadsheet(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Returns the text of the first visible sheet in which most rows are a whole line of text in one
/// cell. Line numbers equal row numbers. Returns `None` if there is no such sheet, or if its text
/// reaches the limit on the bytes of a file.
pub(super) fn lines_in_single_cells(
    workbook: &mut Workbook<'_>,
    heads: &[SheetHead<'_>],
    limits: &Limits,
) -> Result<Option<String>, Refusal> {
    let Some((sheet, _)) = heads
        .iter()
        .enumerate()
        .find(|(_, head)| !head.hidden && has_lines_in_single_cells(head))
    else {
        return Ok(None);
    };
    let mut text = String::new();
    let mut lines = 1;
    workbook.rows(sheet, &mut |row, cells| {
        while lines < row && text.len() < limits.bytes {
            text.push('\n');
            lines += 1;
        }
        if let Some(cell) = cells.iter().find(|cell| !cell.is_blank()) {
            text.push_str(&cell.text().replace(['\n', '\r'], " "));
        }
        if text.len() < limits.bytes {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    Ok((text.len() < limits.bytes).then_some(text))
}

fn has_lines_in_single_cells(head: &SheetHead<'_>) -> bool {
    let is_row = |cells: &Vec<Cell<'_>>| {
        let mut filled = cells.iter().filter(|cell| !cell.is_blank());
        match (filled.next(), filled.next()) {
            (Some(Cell::Text(text)), None) => text.contains([',', ';', '\t', '|']),
            _ => false,
        }
    };
    // Titles and blank rows may come first, so it is enough if most rows, and at least two, are a
    // whole line of text in one cell.
    let rows = head.rows.iter().filter(|(_, cells)| is_row(cells)).count();
    rows > 1 && rows * 2 > head.rows.len()
}
