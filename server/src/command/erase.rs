//! `registration erase`: erases the personal data of a registration or of a person, with a reason
//! that the audit keeps.

use std::fs;
use std::io::{self, stdin};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgGroup, Args};
use registration::identifiers::{Email, Reference};

use super::say::say;
use crate::clock::{Clock, SystemClock};
use crate::settings::Database;
use crate::store::{Erased, ErasureRequest, RegistrationErased, Store};

/// Options of `registration erase`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["registration", "person"])))]
pub struct Options {
    /// The reference of a registration that is decided or withdrawn, such as CP-7K3M-9QXT
    #[arg(long, value_name = "REFERENCE")]
    registration: Option<String>,
    /// File with the email address of a person, or - for standard input. The address is not an
    /// argument, because every user of a machine can list the arguments of its programs
    #[arg(long, value_name = "FILE")]
    person: Option<PathBuf>,
    /// The reason, which the audit keeps; it must not name a person
    #[arg(long)]
    reason: String,
    /// Only counts what would be erased
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    database: Database,
}

/// Runs the command. The exit code is 1 if there is nothing to erase or a registration must be
/// decided or withdrawn first, and 2 if the reference or the address is mistyped or the reason is
/// empty.
pub async fn run(options: &Options) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let reason = options.reason.trim();
    if reason.is_empty() {
        eprintln!("Enter a reason");
        return Ok(ExitCode::from(2));
    }
    let request = ErasureRequest {
        reason,
        at: SystemClock.now(),
        dry_run: options.dry_run,
    };
    if let Some(reference) = &options.registration {
        return match Reference::parse(reference) {
            Ok(reference) => {
                let store = Store::open_existing(&options.database.address()?).await?;
                let code = erase_registration(&store, &reference, &request).await?;
                store.close().await;
                Ok(code)
            }
            Err(problem) => Ok(mistyped(&problem.words)),
        };
    }
    let typed = options.person.as_deref().map(read).transpose()?;
    match Email::parse(typed.as_deref().unwrap_or_default().trim()) {
        Ok(email) => {
            let store = Store::open_existing(&options.database.address()?).await?;
            let code = erase_person(&store, &email, &request).await?;
            store.close().await;
            Ok(code)
        }
        Err(problem) => Ok(mistyped(&problem.words)),
    }
}

fn mistyped(words: &str) -> ExitCode {
    eprintln!("{words}");
    ExitCode::from(2)
}

/// Reads the first line of a file, or of standard input if the name of the file is `-`.
fn read(file: &Path) -> io::Result<String> {
    let mut text = String::new();
    if file == Path::new("-") {
        stdin().read_line(&mut text)?;
    } else {
        text = fs::read_to_string(file)?;
    }
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

async fn erase_registration(
    store: &Store,
    reference: &Reference,
    request: &ErasureRequest<'_>,
) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let outcome = store
        .retention()
        .erase_registration(reference, request)
        .await?;
    Ok(match outcome {
        RegistrationErased::Done(erased) => {
            print(&erased, request.dry_run)?;
            ExitCode::SUCCESS
        }
        RegistrationErased::NotThere => {
            eprintln!("There is no registration with the reference {reference}");
            ExitCode::FAILURE
        }
        RegistrationErased::Already => {
            eprintln!("{reference} was erased before");
            ExitCode::FAILURE
        }
        RegistrationErased::Undecided => {
            eprintln!(
                "The desk has yet to decide on {reference}: decide first, or have it withdrawn"
            );
            ExitCode::FAILURE
        }
    })
}

async fn erase_person(
    store: &Store,
    email: &Email,
    request: &ErasureRequest<'_>,
) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let done = store.retention().erase_person(email, request).await?;
    print(&done.erased, request.dry_run)?;
    for reference in &done.undecided {
        eprintln!("{reference} keeps this person: decide on it first, or have it withdrawn");
    }
    if done.erased.is_empty() {
        eprintln!("There is nothing to erase");
        return Ok(ExitCode::FAILURE);
    }
    Ok(if done.undecided.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints each kind of row, and the number of rows that were erased or, in a dry run, would be
/// erased, tab-separated.
fn print(erased: &Erased, is_dry_run: bool) -> io::Result<()> {
    for (what, rows) in erased.counts() {
        say!("{what}\t{rows}");
    }
    if is_dry_run {
        eprintln!("Nothing was erased: run it without --dry-run");
    }
    Ok(())
}
