//! `registration demo`: fills a database with invented registrations, to try out the desk and
//! measure its speed.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;
use registration::date::CalendarDate;

use super::say::say;
use crate::clock::{Clock, SystemClock};
use crate::demo::{Demo, officers};
use crate::settings::Database;
use crate::store::{self, DemoBatch, Store, StoreError};

/// The number of registrations that are written in one transaction.
const AT_ONCE: u64 = 10_000;

/// Options of `registration demo`.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    database: Database,

    /// How many registrations; if more than 100,000, those decided over 60 days ago have no checks,
    /// and their drafts no pages
    #[arg(long, default_value_t = 500)]
    registrations: u64,

    /// Seed: the same number makes the same registrations, another number makes others
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// The last day of the data, such as 2026-11-25; today if no day is given
    #[arg(long, value_parser = day)]
    day: Option<CalendarDate>,

    /// Adds the registrations even if the database already has some
    #[arg(long)]
    add: bool,
}

/// Fills the database. The exit code is 1 if it already has registrations and `--add` is not given.
///
/// # Errors
/// When the database fails. The message is for the person at the terminal.
pub async fn run(options: &Options) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let store = Store::open(&options.database.address()?).await?;
    let today = options.day.or_else(|| SystemClock.now().calendar_date());
    let Some(today) = today else {
        return Err("the machine's clock tells no day".into());
    };
    let demo = Demo {
        registrations: options.registrations,
        seed: options.seed,
        today,
    };
    let filled = fill(store.demo(), demo, options.add, |done| {
        eprint!("\r{done} of {} registrations", options.registrations);
    })
    .await?;
    store.close().await;
    if !filled {
        eprintln!(
            "This database holds registrations. Nothing was changed: name another database, or give --add to put invented ones among them."
        );
        return Ok(ExitCode::FAILURE);
    }
    eprintln!();
    say!(
        "{} invented registrations are there, as of {}. No message was sent to anybody.",
        options.registrations,
        today.in_words()
    );
    Ok(ExitCode::SUCCESS)
}

/// Fills a database, and calls `told` with the number of registrations written so far.
///
/// Returns `false` without writing if the database already has registrations and `add` is `false`.
///
/// # Errors
/// When the store fails.
pub async fn fill(
    store: &store::Demo,
    demo: Demo,
    add: bool,
    told: impl Fn(u64),
) -> Result<bool, StoreError> {
    let mut taken = store.references().await?;
    if !taken.is_empty() && !add {
        return Ok(false);
    }
    let generator = demo.generator();
    store.begin_demo(&officers(generator.begins())).await?;
    let mut sent_by_day = BTreeMap::new();
    let mut done = 0;
    while done < demo.registrations {
        let end = demo.registrations.min(done + AT_ONCE);
        let mut batch = DemoBatch::new(&mut taken);
        for at in done..end {
            batch.add(generator.registration(at)?)?;
        }
        for (day, count) in &batch.sent_by_day {
            *sent_by_day.entry(*day).or_default() += count;
        }
        store.save_demo(batch).await?;
        done = end;
        told(done);
    }
    store.save_demo_requests(&generator.requests()?).await?;
    store
        .save_demo_counts(&generator.counts(&sent_by_day)?)
        .await?;
    store.end_demo().await?;
    Ok(true)
}

fn day(typed: &str) -> Result<CalendarDate, String> {
    CalendarDate::try_from(typed.to_owned())
        .map_err(|_| "a day is written like 2026-11-25".to_owned())
}
