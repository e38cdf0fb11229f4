//! Helpers for the fuzz targets: they read a file as the upload page does, and check the rules that
//! hold for every file.

use std::io::{Cursor, Write};

use registration::spreadsheet::{Column, Intake, LONGEST_CELL, Mapping, ReadOutcome};
use spreadsheet::read::{Limits, Reading, ReadError, read, unwatched};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Ignores panics inside calamine: the reader catches them and refuses the file, as in the service.
/// Any other panic is a finding.
pub fn let_calamine_panic() {
    let finding = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map_or("", |place| place.file());
        if !place.contains("/calamine-") {
            finding(panic);
        }
    }));
}

/// Reads a file as the upload page does, and checks the result.
///
/// # Panics
/// If the result breaks a rule that holds for every file.
pub fn read_file(bytes: &[u8]) {
    match read(
        bytes,
        &Mapping::default(),
        &Limits::default(),
        &mut unwatched,
    ) {
        Ok(Reading::Read(intake)) => {
            keeps_its_promises(&intake);
            let ReadOutcome::Read { people, .. } = ReadOutcome::of(Ok(&intake)) else {
                panic!("what was read is refused");
            };
            assert!(people.len() <= intake.rows.len());
        }
        Ok(Reading::Unmapped(table, refusal)) => {
            assert!(!refusal.message().is_empty());
            assert!(rows_ascend(table.rows.iter().map(|(row, _)| *row)));
            if let Ok(intake) = table.read(&Mapping::default()) {
                keeps_its_promises(&intake);
            }
        }
        Err(ReadError::Refused(refusal)) => assert!(!refusal.message().is_empty()),
        Err(ReadError::Stopped) => panic!("nobody said stop"),
    }
}

fn keeps_its_promises(intake: &Intake) {
    // Row numbers may repeat, because tables side by side have several users in one row.
    assert!(intake.rows.is_sorted_by_key(|read| read.row));
    for read in &intake.rows {
        for column in Column::ALL {
            assert!(read.text(column).chars().count() <= LONGEST_CELL + 1);
        }
    }
    let problems = intake.problems(&[]);
    assert!(problems.is_sorted_by_key(|found| found.index));
    for place in intake.without_problems(&problems) {
        assert!(intake.rows[place].problems().is_empty());
    }
    let mut changed = intake.clone();
    for group in intake.fault_groups(&problems) {
        changed.fix_group(&group, "Advocate");
    }
    assert_eq!(changed.rows.len(), intake.rows.len());
}

fn rows_ascend(rows: impl Iterator<Item = u32>) -> bool {
    rows.is_sorted_by(|before, after| before < after)
}

/// Zips these parts without compression, so that the bytes of the input appear in the archive
/// unchanged.
///
/// # Panics
/// Never: it writes to memory.
#[must_use]
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(*name, stored).expect("a name of ours");
        writer.write_all(content).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// Splits an input at its zero bytes; `otherwise` has the values for missing parts.
pub fn parts<'i, const N: usize>(input: &'i [u8], otherwise: [&'i [u8]; N]) -> [&'i [u8]; N] {
    let mut parts = otherwise;
    for (part, found) in parts.iter_mut().zip(input.split(|byte| *byte == 0)) {
        *part = found;
    }
    parts
}
