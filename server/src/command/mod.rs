//! The command line: one file per command.

mod audit;
mod check;
pub mod demo;
mod desk;
mod erase;
mod feedback;
mod format_requests;
mod indexing;
mod list;
mod messages;
mod migrate;
mod officer;
pub mod say;
mod serve;
mod show;
mod validate;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::clock::{Clock, SystemClock};
use crate::current_request::{self, COMMAND_LINE, CurrentRequest};
use crate::settings::{Database, Settings};
use crate::store::{Actor, Audit, NewView, StoreError, Subject};

/// The Common Platform registration service.
#[derive(Debug, Parser)]
#[command(name = "registration", version, about)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the pages.
    Serve(Box<Settings>),
    /// Runs the migrations that the database lacks.
    Migrate(Database),
    /// Lists the registrations, newest first.
    List(Database),
    /// Shows one registration, with every answer.
    Show(show::Options),
    /// Takes an officer's action on a registration.
    Desk(desk::Options),
    /// Adds people to the desk, lists them, ends their access, or makes a new link for them.
    Officer(officer::Options),
    /// Verifies, seals and exports the audit.
    Audit(audit::Options),
    /// Erases the personal data of a registration or a person.
    Erase(erase::Options),
    /// Lists the messages that could not be sent, or sends one after all.
    Messages(messages::Options),
    /// Lists the requests for the form in another format, the oldest first.
    FormatRequests(Database),
    /// Fills a database with invented registrations, to try the desk out.
    Demo(demo::Options),
    /// Lists the feedback on the service, the newest first.
    Feedback(Database),
    /// Checks a spreadsheet as the service would.
    Check(check::Options),
    /// Checks values from standard input, one per line.
    Validate(validate::Options),
}

impl CommandLine {
    /// Runs the command.
    ///
    /// # Errors
    /// When the command fails. The message is for the person at the terminal.
    pub async fn run(self) -> Result<ExitCode, Box<dyn std::error::Error>> {
        match self.command {
            Command::Serve(settings) => serve::run(*settings).await,
            command => {
                let done = Box::pin(command.run());
                let current = CurrentRequest::from_source(Some(COMMAND_LINE.to_owned()));
                current_request::within(current, done).await
            }
        }
    }
}

impl Command {
    async fn run(self) -> Result<ExitCode, Box<dyn std::error::Error>> {
        match self {
            Self::Serve(settings) => serve::run(*settings).await,
            Self::Migrate(database) => migrate::run(&database).await,
            Self::List(database) => list::run(&database).await,
            Self::Show(options) => show::run(&options).await,
            Self::Desk(options) => desk::run(options).await,
            Self::Audit(options) => audit::run(options).await,
            Self::Erase(options) => erase::run(&options).await,
            Self::Feedback(database) => feedback::run(&database).await,
            Self::FormatRequests(database) => format_requests::run(&database).await,
            Self::Messages(options) => messages::run(&options).await,
            Self::Check(options) => check::run(&options),
            Self::Validate(options) => validate::run(&options),
            Self::Officer(options) => officer::run(options).await,
            Self::Demo(options) => demo::run(&options).await,
        }
    }
}

/// Records in the audit that a command prints `what` of a subject, such as the `answers` of a
/// registration.
///
/// Call this function before each output, which counts as a download because it can be redirected
/// to a file.
async fn record_download(audit: &Audit, subject: &Subject, what: &str) -> Result<(), StoreError> {
    let now = SystemClock.now();
    audit
        .record_download(NewView {
            actor: &Actor::CommandLine,
            subject,
            what,
            source: Some(COMMAND_LINE),
            at: now,
        })
        .await
}
