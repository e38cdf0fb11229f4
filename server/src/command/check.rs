//! `registration check FILE`: checks a spreadsheet with the same reader as the upload page.
//!
//! The exit code is 0 if no row has a problem, 1 if a row has a problem, and 2 if the file cannot
//! be opened or is refused.

use std::fs::File;
use std::io::{BufWriter, Read, Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use registration::form::Field;
use registration::spreadsheet::{MAX_BYTES, MAX_SECONDS, Mapping, ReadOutcome};
use spreadsheet::read::{Limits, Progress, Stop, outcome};

use crate::clock::{Clock, SystemClock};

/// Options of `registration check`.
#[derive(Debug, Args)]
pub struct Options {
    /// The file: xlsx, xlsm, xls, ods, csv or tsv, whatever its name
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Reads the file and prints the outcome.
pub fn run(options: &Options) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let bytes = match bytes_of(&options.file) {
        Ok(bytes) => bytes,
        Err(fault) => {
            let message = format!("{}: {fault}", options.file.display());
            if options.json {
                let outcome = ReadOutcome::Refused {
                    refusal: "no-file",
                    message,
                };
                println!("{}", serde_json::to_string(&outcome)?);
            } else {
                eprintln!("registration: {message}");
            }
            return Ok(ExitCode::from(2));
        }
    };
    let end = SystemClock.now().millis() + i64::from(MAX_SECONDS) * 1_000;
    let mut watch = |_: Progress| {
        if SystemClock.now().millis() < end {
            Ok(())
        } else {
            Err(Stop::TimeIsUp)
        }
    };
    let Ok(outcome) = outcome(&bytes, &Mapping::default(), &Limits::default(), &mut watch) else {
        return Err("the reading was stopped".into());
    };
    let mut out = BufWriter::new(stdout().lock());
    if options.json {
        serde_json::to_writer(&mut out, &outcome)?;
        writeln!(out)?;
    } else {
        print(&outcome, &mut out)?;
    }
    out.flush()?;
    Ok(match outcome {
        ReadOutcome::Read { problems, .. } if problems.is_empty() => ExitCode::SUCCESS,
        ReadOutcome::Read { .. } => ExitCode::from(1),
        ReadOutcome::Refused { .. } => ExitCode::from(2),
    })
}

/// Reads at most one byte more than a file may have, which is enough to see that it is too large.
fn bytes_of(file: &Path) -> std::io::Result<Vec<u8>> {
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(file)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn print(outcome: &ReadOutcome, out: &mut impl Write) -> std::io::Result<()> {
    match outcome {
        ReadOutcome::Refused { message, .. } => writeln!(out, "{message}"),
        ReadOutcome::Read {
            people,
            problems,
            notes,
            organisation,
        } => {
            if let Some(organisation) = organisation {
                writeln!(
                    out,
                    "organisation\t{}",
                    organisation.get(Field::OrganisationName)
                )?;
            }
            writeln!(out, "users without problems\t{}", people.len())?;
            for problem in problems {
                writeln!(
                    out,
                    "problem\trow {}\t{}\t{}",
                    problem.row, problem.column, problem.message
                )?;
            }
            for note in notes {
                match note.row {
                    Some(row) => writeln!(out, "note\trow {row}\t{}", note.message)?,
                    None => writeln!(out, "note\t{}", note.message)?,
                }
            }
            Ok(())
        }
    }
}
