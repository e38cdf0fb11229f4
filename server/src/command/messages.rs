//! `registration messages`: lists the messages that could not be sent, or puts one back into the
//! outbox.

use std::process::ExitCode;

use clap::Args;

use super::say::say;
use crate::clock::{Clock, SystemClock};
use crate::settings::Database;
use crate::store::{Actor, Store};

/// Options of `registration messages`.
#[derive(Debug, Args)]
pub struct Options {
    /// Puts the message with this identifier back into the outbox
    #[arg(long, value_name = "ID")]
    put_back: Option<String>,

    #[command(flatten)]
    database: Database,
}

/// Lists the messages that could not be sent, one per line, or puts one of them back into the
/// outbox. The exit code is 1 if none of them has the identifier.
pub async fn run(options: &Options) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let store = Store::open_existing(&options.database.address()?).await?;
    let code = match &options.put_back {
        None => {
            for row in store.outbox().dead_messages().await? {
                say!(
                    "{}  {}  {}  {}  {}",
                    row.id,
                    row.created_at.rfc3339(),
                    row.kind,
                    row.subject,
                    row.last_error.unwrap_or_default().replace('\n', " ")
                );
            }
            ExitCode::SUCCESS
        }
        Some(id)
            if store
                .outbox()
                .requeue_dead(id, &Actor::CommandLine, SystemClock.now())
                .await? =>
        {
            say!("{id} will be sent again");
            ExitCode::SUCCESS
        }
        Some(id) => {
            eprintln!("No message {id} was refused for good");
            ExitCode::FAILURE
        }
    };
    store.close().await;
    Ok(code)
}
