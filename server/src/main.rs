//! The only binary of the service, `registration`: the server, and the commands for the people who
//! run it.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use mimalloc::MiMalloc;
use server::command::CommandLine;
use server::command::say::is_broken_pipe;
use server::settings::secret::holds_password;
use tokio::runtime::Runtime;

/// The allocator of the process. Rendering a page makes about a thousand small allocations, which
/// took almost half of the rendering time with the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The time that blocking threads, such as those that read a spreadsheet, get at shutdown after all
/// other tasks have ended.
const LAST_THREADS: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    if std::env::args().any(|argument| holds_password(&argument)) {
        eprintln!(
            "registration: an argument holds a password, which every user of this machine can read: put it in the environment, such as REGISTRATION_DATABASE, or in a file"
        );
        return ExitCode::from(2);
    }
    let command = CommandLine::parse();
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("registration: {error}");
            return ExitCode::FAILURE;
        }
    };
    let ended = runtime.block_on(Box::pin(command.run()));
    runtime.shutdown_timeout(LAST_THREADS);
    match ended {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("registration: {error}");
            ExitCode::FAILURE
        }
    }
}
