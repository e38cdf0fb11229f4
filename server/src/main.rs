//! The one binary: `registration serve` and the commands of the people who run it.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use server::command::CommandLine;
use server::command::say::nobody_reads;

/// A page is made of some thousand small pieces: most of its time went into the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match Box::pin(CommandLine::parse().run()).await {
        Ok(code) => code,
        Err(error) if nobody_reads(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("registration: {error}");
            ExitCode::FAILURE
        }
    }
}
