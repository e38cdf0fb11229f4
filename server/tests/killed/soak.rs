//! Tests 64 connections of applicants and officers for a while: after a warm-up, the memory of the
//! process hardly grows, and 99 of 100 requests to a route take at most a fixed multiple of its
//! median.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use registration::desk::OfficerRole;
use registration::identifiers::Email;
use server::clock::{Clock, SystemClock};
use server::randomness::{SystemRandomness, new_id};
use server::signing_in::{make_link, totp};
use server::store::{Actor, NewOfficer, Store};

use crate::forms::{Fields, pages_of_a_firm, user};
use crate::outage::{Stopping, assert_audit_holds, in_seconds, of_a_hundred};
use crate::program::Program;
use crate::visitor::{Times, Visitor};
use crate::{databases, now, postgres, site};

/// The length of each soak in seconds, unless `DRILL_SOAK` sets another. A soak shorter than `LONG`
/// has looser bounds.
const SECONDS: u64 = 10;
/// The shortest soak to which the strict bounds apply, in seconds.
const LONG: u64 = 1_000;
const APPLICANTS: usize = 56;
const OFFICERS: usize = 8;
/// The time between two requests of a person.
const THINKING: Duration = Duration::from_millis(100);
/// The time after which an officer signs in again. A later sign-in needs a new code, because each
/// code works once.
const SIGN_IN_EVERY: Duration = Duration::from_secs(65);
const PASSWORD: &str = "walnut harbour seven";
const BOUNDARY: &str = "between-the-parts";
const SPREADSHEET: &str = "First name,Last name,Email,Mobile,Role,Administrator\r\n\
                           Priya,Iyer,priya@firm.example,07700 900673,Advocate,Yes\r\n\
                           Wen,Williams,wen@firm.example,07700 900425,Advocate,No\r\n\
                           Marek,Nowak,marek@firm.example,07700 900426,Advocate,No\r\n";

#[tokio::test]
async fn sixty_four_connections_leave_the_memory_as_it_is_on_sqlite() {
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    soak("SQLite", &databases::sqlite_in(&folder), &site).await;
}

#[tokio::test]
async fn sixty_four_connections_leave_the_memory_as_it_is_on_postgres() {
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    soak("PostgreSQL", &postgres::schema().await, &site).await;
}

async fn soak(engine: &str, database: &str, site: &Path) {
    let seconds = std::env::var("DRILL_SOAK").map_or(SECONDS, |text| text.parse().unwrap());
    let program = Program::start(database, site);
    let links = links_of_officers(database).await;
    let stop = AtomicBool::new(false);
    let length = Duration::from_secs(seconds);
    let (times, memory) = thread::scope(|scope| {
        let _stopping = Stopping(&stop);
        let (address, stopped) = (program.address.as_str(), &stop);
        let mut people = Vec::new();
        for number in 0..APPLICANTS {
            people.push(scope.spawn(move || apply(number, address, stopped)));
        }
        for (email, link) in &links {
            people.push(scope.spawn(move || work(email, link, address, stopped)));
        }
        // The caches are full and every connection is open after two fifths of the time.
        let mut memory = Vec::new();
        for fifth in 1..=5 {
            thread::park_timeout(length / 5);
            if fifth > 1 {
                memory.push(resident_kilobytes(&program));
            }
        }
        stop.store(true, Ordering::Relaxed);
        let mut times = Times::default();
        for person in people {
            for (route, of_route) in person.join().unwrap() {
                times.entry(route).or_default().extend(of_route);
            }
        }
        (times, memory)
    });
    drop(program);
    assert_audit_holds(database);
    report(
        &format!("{engine}, {seconds} s"),
        times,
        &memory,
        seconds >= LONG,
    );
}

/// Prints the memory and the times of each route, and compares them with the bounds.
fn report(name: &str, times: Times, memory: &[u64], is_long: bool) {
    let requests: usize = times.values().map(Vec::len).sum();
    println!(
        "{name}, {} connections: {requests} requests; resident memory after 2, 3, 4 and 5 fifths: \
         {memory:?} kB",
        APPLICANTS + OFFICERS
    );
    // A short soak ends while the caches still fill, and other tests run at the same time.
    let (growth, spread, least) = if is_long {
        (110, 20, Duration::ZERO)
    } else {
        (150, 60, Duration::from_secs(3))
    };
    for (route, mut of_route) in times {
        let [half, most] = [50, 99].map(|many| of_a_hundred(&mut of_route, many));
        println!(
            "  {route}: {} requests, half within {}, 99 in 100 within {}",
            of_route.len(),
            in_seconds(half),
            in_seconds(most)
        );
        let bound = (half.max(Duration::from_millis(1)) * spread).max(least);
        assert!(most < bound, "{name}, {route}");
    }
    let (warm, end) = (memory[0], memory[memory.len() - 1]);
    assert!(end * 100 < warm * growth, "{name}: {memory:?}");
}

/// Returns the resident memory of the process, in kilobytes.
fn resident_kilobytes(program: &Program) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let words = line.unwrap().split_whitespace().nth(1);
    words.unwrap().parse().unwrap()
}

/// Adds officers; returns the email address and the secret of the set-up link of each.
async fn links_of_officers(database: &str) -> Vec<(String, String)> {
    let store = Store::open(database).await.unwrap();
    let mut links = Vec::new();
    for number in 0..OFFICERS {
        let email = format!("wen{number}@desk.example");
        let new = NewOfficer {
            id: new_id(&SystemRandomness).unwrap(),
            name: format!("Wen {number}"),
            email: Email::parse(&email).unwrap(),
            role: OfficerRole::Officer,
            at: SystemClock.now(),
        };
        let officers = store.officers();
        let added = officers.add_person(&new, &Actor::CommandLine).await;
        let id = added.unwrap().unwrap();
        let link = make_link(
            officers,
            &SystemClock,
            &SystemRandomness,
            &id,
            &Actor::CommandLine,
        )
        .await;
        links.push((email, link.unwrap().unwrap().secret.secret().to_owned()));
    }
    store.close().await;
    links
}

/// Registers one firm after another: answers, a spreadsheet, saving for later, submission, status.
fn apply(number: usize, address: &str, stop: &AtomicBool) -> Times {
    let mut visitor = Visitor::new(address);
    let mut firm = 0;
    while !stop.load(Ordering::Relaxed) {
        firm += 1;
        visitor.forget_cookies();
        let name = format!("Firm {number} {firm}");
        for (page, fields) in pages_of_a_firm(&name) {
            visitor.get("question page", page.strip_prefix("/api").unwrap());
            visitor.post("answer", page, &fields);
            thread::park_timeout(THINKING);
            if stop.load(Ordering::Relaxed) {
                return visitor.times;
            }
        }
        visitor.get("task list", "/tasks");
        let email = format!("clerk.{number}.{firm}@firm.example");
        let saved = visitor.post("save for later", "/save", &vec![("email", email)]);
        if saved.status == 303 {
            visitor.get("page of the code", &saved.location);
        }
        thread::park_timeout(THINKING);
        if firm % 2 == 0 {
            upload(&mut visitor);
        } else {
            visitor.post("add a user", "/api/users/add", &user(1));
        }
        thread::park_timeout(THINKING);
        visitor.get("list of users", "/users");
        visitor.get("check answers", "/check-answers");
        visitor.post("submit", "/api/submit", &Fields::new());
        thread::park_timeout(THINKING);
        visitor.get("submitted", "/submitted");
        visitor.get("status", "/status");
    }
    visitor.times
}

fn upload(visitor: &mut Visitor) {
    let body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"staff.csv\"\r\n\r\n\
         {SPREADSHEET}\r\n--{BOUNDARY}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    visitor.send("upload", "/api/users/upload", &kind, body);
    thread::park_timeout(THINKING);
    visitor.get("review of an upload", "/users/upload/review");
    visitor.post("add rows", "/api/users/upload/add", &Fields::new());
}

/// Sets up an account, then signs in, takes registrations and checks them.
fn work(email: &str, link: &str, address: &str, stop: &AtomicBool) -> Times {
    let mut visitor = Visitor::new(address);
    visitor.post("set up", "/desk/join", &vec![("secret", link.to_owned())]);
    let password = || ("password", PASSWORD.to_owned());
    visitor.post("set up", "/desk/join/password", &vec![password()]);
    let page = visitor.get("set up", "/desk/join/second-factor");
    let shown = page.between("id=\"secret\"", "<").unwrap();
    let secret = shown.split_once('>').unwrap().1.replace(' ', "");
    let code = || ("code", totp::code_at(&secret, SystemClock.now()).unwrap());
    visitor.post("set up", "/desk/join/second-factor", &vec![code()]);
    let mut signed_in = now();
    while !stop.load(Ordering::Relaxed) {
        if signed_in.elapsed() > SIGN_IN_EVERY {
            visitor.forget_cookies();
            let fields = vec![("email", email.to_owned()), password()];
            visitor.post("sign in", "/desk/sign-in", &fields);
            visitor.post("sign in, code", "/desk/sign-in/code", &vec![code()]);
            signed_in = now();
        }
        visitor.get("queue", "/desk/queue");
        let taken = visitor.post("take the next", "/desk/queue/next", &Fields::new());
        thread::park_timeout(THINKING);
        if !taken.location.starts_with("/desk/registrations/") {
            // An empty queue answers sooner, so it counts as a route of its own.
            visitor.rename_last("take the next", "nothing to take");
            continue;
        }
        let registration = taken.location.split('?').next().unwrap().to_owned();
        let page = visitor.get("registration", &registration);
        let hidden = |name: &str| {
            let before = ["name=\"", name, "\" value=\""].concat();
            page.between(&before, "\"").unwrap_or("0").to_owned()
        };
        assert!(
            page.text.contains("id=\"check-address\""),
            "no check on {registration}: {}",
            page.text
        );
        let fields = vec![
            ("outcome-address", "passed".to_owned()),
            ("note-address", String::new()),
            ("seen-address", hidden("seen-address")),
            ("about-address", hidden("about-address")),
            ("version", hidden("version")),
            ("seen", hidden("seen")),
        ];
        let checks = [registration.as_str(), "/checks"].concat();
        visitor.post("check, saved", &checks, &fields);
        thread::park_timeout(THINKING);
    }
    visitor.times
}
