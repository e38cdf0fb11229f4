//! The test of an outage of the database under load, which other files run with different faults.
//! Several applicants send forms before, during and after the outage, while the program continues
//! to run. Every answer says within two seconds whether the form was saved.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use server::store::Store;
use ureq::http::Response;
use ureq::{Agent, Body};

use crate::applicant::{Answer, Applicant};
use crate::program::Program;
use crate::{kept, now};

/// The length of the outage in seconds, unless `DRILL_OUTAGE` sets another.
const SECONDS: u64 = 1;
/// The number of answers that the test waits for before the outage, during it and after it.
const ANSWERS: usize = 40;
/// The longest time that an answer may take if it does not wait for a lock of the database.
pub const SOON: Duration = Duration::from_secs(2);
/// The longest time that the test waits for an answer, or for `/readyz` to change.
const PATIENCE: Duration = Duration::from_mins(1);
const APPLICANTS: usize = 4;

/// An outage of a database: how the test begins it and ends it.
pub struct Outage<'a> {
    /// The database and the fault, such as `SQLite, disk full`.
    pub name: &'a str,
    pub database: &'a str,
    /// Begins the outage.
    pub begin: &'a dyn Fn(&Program),
    /// Ends the outage.
    pub end: &'a dyn Fn(&Program),
}

/// Has applicants send forms before, during and after an outage. Then asserts that everything
/// acknowledged is stored and no answer was late, and prints the counts and the longest waits.
pub async fn under_load(outage: &Outage<'_>, program: Program) {
    let seconds = std::env::var("DRILL_OUTAGE").map_or(SECONDS, |text| text.parse().unwrap());
    let mut applicants: Vec<Applicant> = (0..APPLICANTS).map(Applicant::new).collect();
    let stop = AtomicBool::new(false);
    let (sender, answers) = mpsc::channel();
    let (unready, back) = thread::scope(|scope| {
        // If the test fails in here, the applicants stop too.
        let _stopping = Stopping(&stop);
        for applicant in &mut applicants {
            let (sender, address, stop) = (sender.clone(), &program.address, &stop);
            scope.spawn(move || applicant.send_forms_until(stop, address, &sender));
        }
        wait_for(&answers, Answer::Acknowledged, ANSWERS);
        assert_eq!(ready(&program), 200, "{}", outage.name);

        let begun = now();
        (outage.begin)(&program);
        wait_for(&answers, Answer::TurnedAway, ANSWERS);
        let unready = wait_until_ready_says(&program, 503);
        while begun.elapsed() < Duration::from_secs(seconds) {
            wait_for(&answers, Answer::TurnedAway, 1);
            assert_eq!(ready(&program), 503, "{}", outage.name);
            assert_eq!(status(&program, "/"), 200, "{}", outage.name);
            assert_upload_turned_away(&program);
        }

        (outage.end)(&program);
        let ended = now();
        wait_for(&answers, Answer::Acknowledged, ANSWERS);
        let back = ended.elapsed();
        wait_until_ready_says(&program, 200);
        (unready, back)
    });
    drop(program);
    let store = Store::open(outage.database).await.unwrap();
    kept::assert_registrations(&store, &applicants).await;
    kept::assert_drafts(&store, &applicants).await;
    store.close().await;
    assert_audit_holds(outage.database);
    report(outage.name, &applicants, unready, back);
}

/// Prints the numbers of answers and the longest waits; asserts that each wait was shorter than
/// `SOON`.
fn report(name: &str, applicants: &[Applicant], unready: Duration, back: Duration) {
    let mut acknowledged: Vec<Duration> = Vec::new();
    let mut turned_away: Vec<Duration> = Vec::new();
    for applicant in applicants {
        acknowledged.extend(&applicant.waits.acknowledged);
        turned_away.extend(&applicant.waits.turned_away);
    }
    let submitted: usize = applicants.iter().map(|one| one.submitted.len()).sum();
    println!(
        "{name}: {} answers acknowledged and found again, {submitted} of them registrations, the \
         longest after {}; {} turned away, the longest after {}, 99 in 100 within {}; /readyz said \
         no {} after the beginning, and {ANSWERS} answers were acknowledged again {} after the end",
        acknowledged.len(),
        in_seconds(longest(&acknowledged)),
        turned_away.len(),
        in_seconds(longest(&turned_away)),
        in_seconds(of_a_hundred(&mut turned_away, 99)),
        in_seconds(unready),
        in_seconds(back),
    );
    assert!(longest(&turned_away) < SOON, "{name}: {turned_away:?}");
    assert!(longest(&acknowledged) < SOON, "{name}: {acknowledged:?}");
}

/// Asserts that `registration audit verify` finds no fault.
pub fn assert_audit_holds(database: &str) {
    let verified = Command::new(env!("CARGO_BIN_EXE_registration"))
        .args(["audit", "verify", "--database", database])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

/// Waits for `count` new answers of one kind, and ignores the others.
pub fn wait_for(answers: &Receiver<Answer>, kind: Answer, mut count: usize) {
    // Answers that came before this call do not count.
    while answers.try_recv().is_ok() {}
    while count > 0 {
        if answers.recv_timeout(PATIENCE).unwrap() == kind {
            count -= 1;
        }
    }
}

/// Waits until `/readyz` answers with the expected status; returns how long that took.
fn wait_until_ready_says(program: &Program, expected: u16) -> Duration {
    let begun = now();
    while ready(program) != expected {
        assert!(begun.elapsed() < PATIENCE, "/readyz never said {expected}");
    }
    begun.elapsed()
}

/// Returns the status with which `/readyz` answers.
pub fn ready(program: &Program) -> u16 {
    status(program, "/readyz")
}

fn status(program: &Program, path: &str) -> u16 {
    let begun = now();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)));
    let agent: Agent = config.build().into();
    let address = format!("{}{path}", program.address);
    let answer = agent.get(address).header("accept", "text/html").call();
    let status = answer.unwrap().status().as_u16();
    assert!(begun.elapsed() < SOON, "{path} took {:?}", begun.elapsed());
    status
}

/// Asserts that an upload is answered in time with the page that says that the service is not
/// available.
fn assert_upload_turned_away(program: &Program) {
    let form = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"users.csv\"\r\n\
                content-type: text/csv\r\n\r\nfirst name,last name\r\nWen,Williams\r\n--b--\r\n";
    let begun = now();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0);
    let agent: Agent = config.build().into();
    let answer = agent
        .post(format!("{}/api/users/upload", program.address))
        .header("accept", "text/html")
        .header("content-type", "multipart/form-data; boundary=b")
        .send(form);
    assert_turned_away("an upload", &mut answer.unwrap());
    assert!(begun.elapsed() < SOON, "an upload: {:?}", begun.elapsed());
}

/// Asserts that an answer is the page that says that the service is not available at the moment,
/// with a link to help.
pub fn assert_turned_away(what: &str, answer: &mut Response<Body>) {
    let text = answer.body_mut().read_to_string().unwrap();
    assert_eq!(answer.status(), 503, "{what}: {text}");
    assert!(
        text.contains("not available at the moment"),
        "{what}: {text}"
    );
    assert!(text.contains("href=\"/help\""), "{what}: {text}");
}

fn longest(waits: &[Duration]) -> Duration {
    waits.iter().max().copied().unwrap_or_default()
}

/// Returns the wait that `many` of a hundred waits do not exceed; sorts the waits.
pub fn of_a_hundred(waits: &mut [Duration], many: usize) -> Duration {
    waits.sort_unstable();
    let at = (waits.len() * many).div_ceil(100).max(1) - 1;
    waits.get(at).copied().unwrap_or_default()
}

pub fn in_seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// Sets the flag that stops the applicants when this value is dropped.
pub struct Stopping<'a>(pub &'a AtomicBool);

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Returns a command that runs the program with its log in a file.
pub fn logging_to(log: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_registration"));
    let log = std::fs::File::create(log).unwrap();
    program.stderr(log);
    program
}
