//! Tests a slow database under load: people wait longer, but no acknowledged answer is lost. A
//! delay on PostgreSQL turns no form away. During a lock on SQLite, each answer comes within
//! `LONGEST`.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use server::store::Store;
use sqlx::{Connection, SqliteConnection};

use crate::applicant::{Answer, Applicant};
use crate::outage::{Stopping, assert_audit_holds, in_seconds, of_a_hundred, ready, wait_for};
use crate::program::Program;
use crate::{databases, kept, postgres, site};

/// The delay of each packet to the database and back.
const DELAY: Duration = Duration::from_millis(10);
/// The time for which another process holds the lock of the file, in seconds, unless `DRILL_LOCK`
/// sets another.
const LOCKED_SECONDS: u64 = 3;
/// The longest wait for an answer while another process holds the lock: ten seconds for the
/// connection that writes, ten for the lock, and one more.
const LONGEST: Duration = Duration::from_secs(21);
/// The number of acknowledged answers that the test waits for before it makes the database slow,
/// and again afterwards.
const ANSWERS: usize = 20;
const APPLICANTS: usize = 4;

#[tokio::test]
async fn a_server_that_answers_slowly_only_makes_people_wait_on_postgres() {
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    let url = postgres::schema().await;
    let at = url.find('@').unwrap() + 1;
    let end = at + url[at..].find('/').unwrap();
    let delays = Arc::new(AtomicBool::new(false));
    let proxy = delaying_proxy(url[at..end].to_owned(), Arc::clone(&delays));
    let database = [&url[..at], &proxy, &url[end..]].concat();
    let program = Program::start(&database, &site);
    let applicants = answered(&program, || delays.store(true, Ordering::Relaxed));
    drop(program);
    let turned_away: usize = applicants
        .iter()
        .map(|one| one.waits.turned_away.len())
        .sum();
    assert_eq!(turned_away, 0);
    let name = format!("PostgreSQL, {} ms slower each way", DELAY.as_millis());
    let store = Store::open(&url).await.unwrap();
    assert_kept(&name, &url, &store, applicants).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_of_another_process_only_makes_people_wait_on_sqlite() {
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    let database = databases::sqlite_in(&folder);
    let program = Program::start(&database, &site);
    let seconds = std::env::var("DRILL_LOCK").map_or(LOCKED_SECONDS, |text| text.parse().unwrap());
    let file = format!("sqlite:{database}");
    let lock = || {
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async {
                let mut connection = SqliteConnection::connect(&file).await.unwrap();
                sqlx::query("pragma busy_timeout = 10000")
                    .execute(&mut connection)
                    .await
                    .unwrap();
                let locked = connection.begin_with("begin immediate").await.unwrap();
                tokio::time::sleep(Duration::from_secs(seconds)).await;
                // While the lock lasts, nothing can be written, so /readyz answers 503.
                assert_eq!(ready(&program), 503);
                locked.rollback().await.unwrap();
            });
        });
    };
    let applicants = answered(&program, lock);
    drop(program);
    let name = format!("SQLite, locked for {seconds} s");
    let store = Store::open(&database).await.unwrap();
    assert_kept(&name, &database, &store, applicants).await;
}

/// Has applicants send forms, calls `slow` meanwhile, and waits for answers before and after the
/// call. Returns the applicants.
fn answered(program: &Program, slow: impl FnOnce()) -> Vec<Applicant> {
    let mut applicants: Vec<Applicant> = (0..APPLICANTS).map(Applicant::new).collect();
    let stop = AtomicBool::new(false);
    let (sender, answers) = mpsc::channel();
    thread::scope(|scope| {
        let _stopping = Stopping(&stop);
        for applicant in &mut applicants {
            let (sender, address, stop) = (sender.clone(), &program.address, &stop);
            scope.spawn(move || applicant.send_forms_until(stop, address, &sender));
        }
        wait_for(&answers, Answer::Acknowledged, ANSWERS);
        slow();
        wait_for(&answers, Answer::Acknowledged, ANSWERS);
    });
    applicants
}

async fn assert_kept(name: &str, database: &str, store: &Store, applicants: Vec<Applicant>) {
    kept::assert_registrations(store, &applicants).await;
    kept::assert_drafts(store, &applicants).await;
    store.close().await;
    assert_audit_holds(database);
    let turned_away: usize = applicants
        .iter()
        .map(|one| one.waits.turned_away.len())
        .sum();
    let waits = applicants.into_iter().flat_map(|one| {
        let waits = one.waits;
        waits.acknowledged.into_iter().chain(waits.turned_away)
    });
    let mut waits: Vec<Duration> = waits.collect();
    println!(
        "{name}: {} answers, {turned_away} of them turned away, the rest found again, the longest \
         after {}, 99 in 100 within {}, half within {}",
        waits.len(),
        in_seconds(of_a_hundred(&mut waits, 100)),
        in_seconds(of_a_hundred(&mut waits, 99)),
        in_seconds(of_a_hundred(&mut waits, 50)),
    );
    let longest = of_a_hundred(&mut waits, 100);
    assert!(longest < LONGEST, "{longest:?}");
}

/// Starts a proxy to `server` that delays data in both directions while `delays` is set; returns
/// the address of the proxy.
fn delaying_proxy(server: String, delays: Arc<AtomicBool>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for client in listener.incoming() {
            let client = client.unwrap();
            let server = TcpStream::connect(&server).unwrap();
            for (from, to) in [(&client, &server), (&server, &client)] {
                let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                let delays = Arc::clone(&delays);
                thread::spawn(move || pass_on(from, to, &delays));
            }
        }
    });
    address
}

/// Passes on what one side sends, after `DELAY` if `delays` is set, until either side closes.
fn pass_on(mut from: TcpStream, mut to: TcpStream, delays: &AtomicBool) {
    let mut bytes = vec![0; 1 << 16];
    loop {
        let count = from.read(&mut bytes).unwrap_or_default();
        if delays.load(Ordering::Relaxed) {
            thread::sleep(DELAY);
        }
        if count == 0 || to.write_all(&bytes[..count]).is_err() {
            let _the_other_side_may_have_closed = to.shutdown(Shutdown::Both);
            return;
        }
    }
}
