//! `registration officer`: manages the people of the desk. Only this command can add the first
//! person; a desk administrator can add the others on the page /desk/people.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use registration::desk::OfficerRole;

use super::say::say;
use crate::clock::{Clock, SystemClock};
use crate::randomness::SystemRandomness;
use crate::settings::{Database, PublicAddress, local_address};
use crate::signing_in::{join_address, make_link, read_person};
use crate::store::{Actor, Officer, OfficerId, Officers, PersonChange, Store};

/// Options of `registration officer`.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    action: Action,
}

/// Options for a command that prints an enrolment link.
#[derive(Debug, Args)]
struct LinkOptions {
    /// The address of the service as people type it; without it, the address to listen on
    #[arg(long, env = "REGISTRATION_PUBLIC_ADDRESS")]
    public_address: Option<PublicAddress>,

    /// The address and port on which the service listens
    #[arg(long, env = "REGISTRATION_LISTEN", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,

    #[command(flatten)]
    database: Database,
}

impl LinkOptions {
    /// Returns the address to which links lead.
    fn address(&self) -> String {
        self.public_address.as_ref().map_or_else(
            || local_address(self.listen),
            |address| address.as_str().to_owned(),
        )
    }
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Adds somebody and prints a one-time link for their enrolment.
    Add {
        /// Their name, as colleagues see it
        #[arg(long)]
        name: String,
        /// Their email address, with which they sign in
        #[arg(long)]
        email: String,
        /// Their role, which decides what they may do
        #[arg(long, value_parser = PossibleValuesParser::new(OfficerRole::ALL.iter().map(|role| role.key())))]
        role: String,
        #[command(flatten)]
        place: LinkOptions,
    },
    /// Lists everybody who works or has worked at the desk.
    List(Database),
    /// Prints a new one-time link for somebody who cannot sign in. Their old password and second
    /// factors stop working.
    Link {
        /// Their email address
        #[arg(long)]
        email: String,
        #[command(flatten)]
        place: LinkOptions,
    },
    /// Ends somebody's access, and their sessions at once.
    End {
        /// Their email address
        #[arg(long)]
        email: String,
        #[command(flatten)]
        database: Database,
    },
}

type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

/// Runs the command. The exit code is 1 if the change is not possible, and 2 if an argument is
/// mistyped.
pub async fn run(options: Options) -> Outcome {
    match options.action {
        Action::Add {
            name,
            email,
            role,
            place,
        } => {
            // Create the database if needed, because the first person is added before the service
            // is first started.
            let store = Store::open(&place.database.address()?).await?;
            let outcome = add(store.officers(), (&name, &email, &role), &place.address()).await;
            store.close().await;
            outcome
        }
        Action::List(database) => {
            let store = Store::open_existing(&database.address()?).await?;
            let outcome = list(store.officers()).await;
            store.close().await;
            outcome
        }
        Action::Link { email, place } => {
            let store = Store::open_existing(&place.database.address()?).await?;
            let outcome = match store.officers().officer_by_email(&email).await? {
                Some(officer) => link(store.officers(), &officer.id, &place.address()).await,
                None => Ok(unknown_officer()),
            };
            store.close().await;
            outcome
        }
        Action::End { email, database } => {
            let store = Store::open_existing(&database.address()?).await?;
            let outcome = match store.officers().officer_by_email(&email).await? {
                Some(officer) => end(store.officers(), &officer).await,
                None => Ok(unknown_officer()),
            };
            store.close().await;
            outcome
        }
    }
}

async fn add(officers: &Officers, typed: (&str, &str, &str), address: &str) -> Outcome {
    let new = match read_person(typed, &SystemClock, &SystemRandomness)? {
        Ok(new) => new,
        Err(problems) => {
            for problem in problems {
                eprintln!("{}", problem.words);
            }
            return Ok(ExitCode::from(2));
        }
    };
    if let Some(officer) = officers.add_person(&new, &Actor::CommandLine).await? {
        link(officers, &officer, address).await
    } else {
        eprintln!("Somebody of the desk has this email address");
        Ok(ExitCode::FAILURE)
    }
}

async fn link(officers: &Officers, officer: &OfficerId, address: &str) -> Outcome {
    let made = make_link(
        officers,
        &SystemClock,
        &SystemRandomness,
        officer,
        &Actor::CommandLine,
    )
    .await?;
    Ok(match made {
        Some(made) => {
            say!("{}", join_address(address.trim_end_matches('/'), &made));
            eprintln!(
                "The link works once, until {}. Give it to nobody else.",
                made.until.in_words()
            );
            ExitCode::SUCCESS
        }
        None => unknown_officer(),
    })
}

async fn list(officers: &Officers) -> Outcome {
    let set_up = officers.enrolled_officers().await?;
    for officer in officers.list().await? {
        let access = if officer.ended_at.is_some() {
            "ended"
        } else if set_up.contains(&officer.id) {
            "can-sign-in"
        } else {
            "not-set-up"
        };
        say!(
            "{}\t{}\t{access}\t{}",
            officer.email,
            officer.role.key(),
            officer.name
        );
    }
    Ok(ExitCode::SUCCESS)
}

async fn end(officers: &Officers, officer: &Officer) -> Outcome {
    let ended = officers
        .end_officer(&officer.id, &Actor::CommandLine, SystemClock.now())
        .await?;
    Ok(match ended {
        PersonChange::Done(given_back) => {
            say!("{}: access ended", officer.email);
            if let Some(words) = given_back.words() {
                say!("{}: given back to nobody: {words}", officer.email);
            }
            ExitCode::SUCCESS
        }
        PersonChange::NotThere | PersonChange::OwnRole => unknown_officer(),
        PersonChange::LastAdministrator => {
            eprintln!(
                "This is the only desk administrator who can sign in: add another one, who signs in first"
            );
            ExitCode::FAILURE
        }
    })
}

fn unknown_officer() -> ExitCode {
    eprintln!("Nobody of the desk has this email address");
    ExitCode::FAILURE
}
