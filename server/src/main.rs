//! The service's only binary: `registration serve` and the commands for the people who run it.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use server::command::CommandLine;
use server::command::say::is_broken_pipe;

/// Rendering a page makes about a thousand small allocations, which took almost half of the time
/// with the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match Box::pin(CommandLine::parse().run()).await {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("registration: {error}");
            ExitCode::FAILURE
        }
    }
}
