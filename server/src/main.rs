//! The one binary: `registration serve` and the commands of the people who run it.

use std::process::ExitCode;

use clap::Parser;
use server::command::CommandLine;

#[tokio::main]
async fn main() -> ExitCode {
    match CommandLine::parse().run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("registration: {error}");
            ExitCode::FAILURE
        }
    }
}
