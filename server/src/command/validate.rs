//! `registration validate KIND`: checks values by the form's rules, one per line.

use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use std::process::ExitCode;

use clap::Args;
use registration::identifiers::IdentifierKind;

/// Options of `registration validate`.
#[derive(Debug, Args)]
pub struct Options {
    /// email, telephone, mobile, postcode, laa-account, sra-number, bar-number, name or reference
    kind: IdentifierKind,
}

/// Reads values from standard input and prints the outcome of each.
pub fn run(options: &Options) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(stdout().lock());
    let mut input = stdin().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let value = String::from_utf8_lossy(&line);
        let value = value.strip_suffix('\n').unwrap_or(&value);
        let value = value.strip_suffix('\r').unwrap_or(value);
        match options.kind.check(value) {
            Ok(tidied) => writeln!(out, "ok\t{tidied}")?,
            Err(problem) => writeln!(out, "problem\t{}\t{}", problem.code, problem.words)?,
        }
        line.clear();
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
