//! Runs a program that came in an npm package.
//!
//! The programs write what they make to their standard output or to a file that they were given;
//! what they complain of is kept for the error.

use std::path::Path;
use std::process::Command;

use crate::error::Error;

/// The program of this name in the packages of a folder, to be run in that folder.
pub fn program(folder: &Path, name: &str) -> Result<Command, Error> {
    let folder = folder.canonicalize().map_err(Error::file("found", folder))?;
    let mut command = Command::new(folder.join("node_modules/.bin").join(name));
    command.current_dir(folder);
    Ok(command)
}

/// Runs it to its end and gives what it wrote.
pub fn run(mut command: Command) -> Result<Vec<u8>, Error> {
    let output = command
        .output()
        .map_err(|cause| Error::Missing { program: command.get_program().into(), cause })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Error::Failed {
        program: command.get_program().into(),
        said: String::from_utf8_lossy(&output.stderr).trim_end().to_owned(),
    })
}
