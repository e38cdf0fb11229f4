//! Runs the real program under load while the program, its database or its disk fails. No
//! acknowledged answer may be lost, and nothing may be stored in part.
//!
//! The tests in this file kill the program with `kill -9` while several applicants send forms. A
//! fixed pseudo-random sequence decides after how many responses each kill comes. The test then
//! starts the program again on the same database, and the applicants continue with their cookies.
//! At the end, the test reads the database through the store. `make drill` does the same with 1,000
//! kills. The modules test other failures, a slow database, and long use.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "../fixtures/databases.rs"]
mod databases;
#[path = "../fixtures/forms.rs"]
mod forms;
#[path = "../fixtures/postgres.rs"]
mod postgres;
#[path = "../fixtures/site.rs"]
mod site;

mod applicant;
mod full;
mod kept;
mod outage;
mod outbox;
mod program;
mod read_only;
mod relay;
mod servers;
mod slow;
mod small_disk;
mod soak;
mod stopped;
mod visitor;

use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use applicant::Applicant;
use program::Program;
use server::store::Store;

/// The number of kills, unless `DRILL_KILLS` sets another.
const KILLS: usize = 24;
/// The number of applicants who send forms at the same time.
const APPLICANTS: usize = 4;

#[tokio::test]
async fn acknowledged_answers_survive_every_kill_whole_and_once_on_sqlite() {
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    kill_under_load("SQLite", &databases::sqlite_in(&folder), &site).await;
}

#[tokio::test]
async fn acknowledged_answers_survive_every_kill_whole_and_once_on_postgres() {
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    kill_under_load("PostgreSQL", &postgres::schema().await, &site).await;
}

/// Kills the program again and again while applicants send forms, asserts at the end that
/// everything acknowledged is stored, and prints the counts and how long the slowest start took.
async fn kill_under_load(engine: &str, database: &str, site: &Path) {
    let kills = std::env::var("DRILL_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let mut applicants: Vec<Applicant> = (0..APPLICANTS).map(Applicant::new).collect();
    let mut moments = Moments(0x2545_f491_4f6c_dd1d);
    let (mut acknowledged_answers, mut longest_start) = (0, Duration::ZERO);
    for _ in 0..kills {
        let begun = now();
        let program = Program::start(database, site);
        longest_start = longest_start.max(begun.elapsed());
        let (acknowledged, answers) = mpsc::channel();
        let address = program.address.clone();
        let patience = moments.next_between(4, 44);
        thread::scope(|scope| {
            for applicant in &mut applicants {
                let (acknowledged, address) = (acknowledged.clone(), address.clone());
                scope.spawn(move || applicant.send_forms_until_cut_off(&address, &acknowledged));
            }
            for _ in 0..patience {
                answers.recv().unwrap();
            }
            program.kill();
        });
        drop(acknowledged);
        acknowledged_answers += patience + answers.iter().count() as u64;
    }
    let store = Store::open(database).await.unwrap();
    kept::assert_registrations(&store, &applicants).await;
    kept::assert_drafts(&store, &applicants).await;
    let submitted: usize = applicants
        .iter()
        .map(|applicant| applicant.submitted.len())
        .sum();
    println!(
        "{engine}: {kills} kills, {acknowledged_answers} answers acknowledged and found again, \
         {submitted} of them registrations; the longest start took {:.2} s",
        longest_start.as_secs_f64()
    );
    assert!(
        submitted >= APPLICANTS,
        "too little was sent to prove anything: {submitted}"
    );
}

#[expect(
    clippy::disallowed_methods,
    reason = "the drill measures real elapsed time"
)]
fn now() -> Instant {
    Instant::now()
}

/// A fixed pseudo-random sequence, which decides when the program is killed.
struct Moments(u64);

impl Moments {
    fn next_between(&mut self, least: u64, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        least + self.0 % (most - least)
    }
}
