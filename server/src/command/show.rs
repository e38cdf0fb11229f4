//! `registration show REFERENCE`: shows one registration with every answer, for people or as JSON.

use std::io;
use std::process::ExitCode;

use clap::Args;
use registration::identifiers::Reference;
use serde_json::{Value, json};

use super::record_download;
use super::say::say;
use crate::settings::Database;
use crate::store::{Store, StoredRegistration, Subject};

/// Options of `registration show`.
#[derive(Debug, Args)]
pub struct Options {
    /// The reference, such as CP-7K3M-9QXT
    reference: String,

    /// Prints JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    database: Database,
}

/// Prints the registration. The exit code is 1 if no registration has the reference, and 2 if the
/// reference is mistyped.
pub async fn run(options: &Options) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let reference = match Reference::parse(&options.reference) {
        Ok(reference) => reference,
        Err(problem) => {
            eprintln!("{}", problem.words);
            return Ok(ExitCode::from(2));
        }
    };
    let store = Store::open_existing(&options.database.address()?).await?;
    let found = store
        .registrations()
        .registration(&reference)
        .await?
        .zip(store.casework().lifecycle(&reference).await?);
    if found.is_some() {
        record_download(store.audit(), &Subject::Registration(reference), "answers").await?;
    }
    let erased_at = store.retention().erased_at(&reference).await?;
    store.close().await;
    let Some((stored, lifecycle)) = found else {
        match erased_at {
            Some(at) => eprintln!("{reference} was erased on {}", at.in_words()),
            None => eprintln!("There is no registration with the reference {reference}"),
        }
        return Ok(ExitCode::FAILURE);
    };
    let mut answers = answers(&stored)?;
    answers["state"] = json!(lifecycle.state.key());
    answers["state_since"] = json!(lifecycle.since.rfc3339());
    answers["revision"] = json!(lifecycle.revision);
    answers["sent_at"] = json!(lifecycle.sent_at.rfc3339());
    if options.json {
        say!("{}", serde_json::to_string_pretty(&answers)?);
    } else {
        print(&answers, 0)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns every answer as JSON. Each telephone number is there as typed, and in E.164 format.
fn answers(stored: &StoredRegistration) -> Result<Value, serde_json::Error> {
    let registration = &stored.registration;
    let mut answers = serde_json::to_value(registration)?;
    answers["reference"] = json!(stored.reference);
    answers["submitted_at"] = json!(stored.submitted_at.rfc3339());
    answers["signature"]["signed_at"] = json!(stored.signed_at.rfc3339());
    answers["signature"]["terms_sha256"] = json!(stored.terms_sha256);
    let organisation = &registration.organisation;
    answers["organisation"]["telephone_e164"] = json!(organisation.telephone.e164().as_str());
    let person = &registration.accountable_person;
    answers["accountable_person"]["telephone_e164"] = json!(person.telephone.e164().as_str());
    for (index, person) in registration.people.iter().enumerate() {
        answers["people"][index]["mobile_e164"] = json!(person.mobile.e164().as_str());
    }
    Ok(answers)
}

/// Prints a JSON value as indented lines of name and answer.
fn print(value: &Value, depth: usize) -> io::Result<()> {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('_', " ");
                match value {
                    Value::Object(_) | Value::Array(_) => {
                        say!("{indent}{name}:");
                        print(value, depth + 1)?;
                    }
                    value => say!("{indent}{name}: {}", plain(value)),
                }
            }
        }
        Value::Array(items) => {
            for (item, number) in items.iter().zip(1..) {
                match item {
                    Value::Object(_) => {
                        say!("{indent}{number}.");
                        print(item, depth + 1)?;
                    }
                    item => say!("{indent}{}", plain(item)),
                }
            }
        }
        value => say!("{indent}{}", plain(value)),
    }
    Ok(())
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Null => "not provided".to_owned(),
        value => value.to_string(),
    }
}
