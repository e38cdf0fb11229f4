//! Tests that three servers behind a proxy, which sends each request to the next server in turn,
//! behave like one server.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use registration::desk::OfficerRole;
use registration::identifiers::Email;
use registration::limited_operation::LimitedOperation;
use server::clock::{Clock, SystemClock};
use server::randomness::{SystemRandomness, new_id};
use server::signing_in::{make_link, totp};
use server::store::{Actor, NewOfficer, Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use super::browser::Browser;
use super::load::Load;
use super::proxy::Proxy;
use super::{free_port, of_drill, until};
use crate::forms::user;
use crate::program::Program;
use crate::{databases, postgres, site};

const PASSWORD: &str = "walnut harbour seven";
/// The path of the page that is shown while a spreadsheet is read.
const READING: &str = "/users/upload/reading";

/// Three servers on one database, behind a proxy.
pub struct Three {
    pub database: String,
    pub address: String,
    pub ports: [u16; 3],
    programs: Vec<Option<Program>>,
    settings: Vec<(String, String)>,
    site: PathBuf,
    _folder: TempDir,
    _proxy: Proxy,
}

impl Three {
    /// Starts all three at once on an empty database, which one of them migrates.
    pub async fn start(settings: &[(&str, &str)]) -> Self {
        Self::start_on(postgres::schema().await, settings)
    }

    pub fn start_on(database: String, settings: &[(&str, &str)]) -> Self {
        let folder = databases::folder();
        let ports = [free_port(), free_port(), free_port()];
        let proxy = Proxy::to_servers(&ports);
        let settings = settings.iter();
        let mut three = Self {
            database,
            address: format!("http://127.0.0.1:{}", proxy.port),
            ports,
            programs: vec![None, None, None],
            settings: settings
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            site: site::write_in(folder.path()),
            _folder: folder,
            _proxy: proxy,
        };
        let all = thread::scope(|scope| {
            let starting = [0, 1, 2].map(|server| {
                let three = &three;
                scope.spawn(move || three.started(server))
            });
            starting.map(|program| program.join().unwrap())
        });
        three.programs = all.into_iter().map(Some).collect();
        three
    }

    /// Returns the address of one server.
    pub fn address_of(&self, server: usize) -> String {
        format!("http://127.0.0.1:{}", self.ports[server])
    }

    pub fn kill(&mut self, server: usize) {
        self.programs[server].take().unwrap().kill();
    }

    pub fn start_again(&mut self, server: usize) {
        self.programs[server] = Some(self.started(server));
    }

    /// Runs a statement on the database; returns the number that it selects.
    pub async fn number(&self, statement: &str) -> i64 {
        let mut connection = PgConnection::connect(&self.database).await.unwrap();
        sqlx::query_scalar(AssertSqlSafe(statement.to_owned()))
            .fetch_one(&mut connection)
            .await
            .unwrap()
    }

    fn started(&self, server: usize) -> Program {
        let settings = self.settings.iter();
        let mut settings: Vec<(&str, &str)> = settings
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let listen = format!("127.0.0.1:{}", self.ports[server]);
        settings.push(("REGISTRATION_LISTEN", &listen));
        Program::start_with(&self.database, &self.site, &settings)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journey_goes_on_from_server_to_server_while_they_are_killed() {
    let kills = of_drill("DRILL_SERVER_KILLS", 6);
    let mut three = Three::start(&[]).await;
    let mut load = Load::begin(&three.address);
    for kill in 0..kills {
        let server = usize::try_from(kill % 3).unwrap();
        load.wait_for(40);
        three.kill(server);
        load.wait_for(40);
        three.start_again(server);
    }
    load.wait_for(40);
    let outcome = load.end();
    outcome.assert_kept(&three.database).await;
    println!("Three servers, {kills} kills: {}", outcome.in_words());
    // A kill interrupts at most one request of each of the four applicants.
    let interrupted = outcome.cut_off() + outcome.turned_away();
    assert!(
        interrupted <= usize::try_from(kills).unwrap() * 4,
        "{interrupted}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_sets_up_an_account_and_signs_in_across_the_servers() {
    let three = Three::start(&[]).await;
    let store = Store::open(&three.database).await.unwrap();
    let new = NewOfficer {
        id: new_id(&SystemRandomness).unwrap(),
        name: "Wen Officer".to_owned(),
        email: Email::parse("wen@desk.example").unwrap(),
        role: OfficerRole::Officer,
        at: SystemClock.now(),
    };
    let officers = store.officers();
    let id = officers
        .add_person(&new, &Actor::CommandLine)
        .await
        .unwrap()
        .unwrap();
    let link = make_link(
        officers,
        &SystemClock,
        &SystemRandomness,
        &id,
        &Actor::CommandLine,
    );
    let link = link.await.unwrap().unwrap().secret;

    let mut officer = Browser::new(&three.address);
    let field = |name, value: &str| vec![(name, value.to_owned())];
    officer
        .at(&three.address_of(0))
        .post("/desk/join", &field("secret", link.secret()))
        .assert_leads_to("/desk/join/password");
    officer
        .at(&three.address_of(1))
        .post("/desk/join/password", &field("password", PASSWORD))
        .assert_leads_to("/desk/join/second-factor");
    let page = officer
        .at(&three.address_of(2))
        .get("/desk/join/second-factor");
    let shown = page.text.split("id=\"secret\"").nth(1).unwrap();
    let secret = shown.split(['>', '<']).nth(1).unwrap().replace(' ', "");
    let code = totp::code_at(&secret, SystemClock.now()).unwrap();
    let done = officer
        .at(&three.address_of(0))
        .post("/desk/join/second-factor", &field("code", &code));
    assert!(done.text.contains("app-code"), "{}", done.text);
    for server in [1, 2, 0] {
        let queue = officer.at(&three.address_of(server)).get("/desk/queue");
        assert_eq!(queue.status, 200, "{}", queue.location);
    }
    // Signed out on one server, the officer is signed out on all.
    officer
        .at(&three.address_of(1))
        .post("/desk/sign-out", &Vec::new());
    for server in [0, 1, 2] {
        let queue = officer.at(&three.address_of(server)).get("/desk/queue");
        assert_eq!(queue.status, 303, "{}", queue.text);
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_counts_over_all_servers() {
    let three = Three::start(&[
        ("REGISTRATION_PUBLIC_ADDRESS", "http://localhost:3000"),
        ("REGISTRATION_CLIENT_ADDRESS_HEADER", "x-forwarded-for"),
        ("REGISTRATION_TRUSTED_PROXIES", "127.0.0.1"),
    ])
    .await;
    let most = LimitedOperation::Draft.most();
    let status_from = |place: &'static str| {
        let mut person = Browser::from_place(&three.address, place);
        let name = vec![("name", "Hartwell".to_owned())];
        person.post("/api/organisation/name", &name).status
    };
    let statuses: Vec<u16> = (0..most + 9).map(|_| status_from("203.0.113.20")).collect();
    let begun = statuses.iter().filter(|status| **status == 303).count();
    let refused = statuses.iter().filter(|status| **status == 429).count();
    // The limit allows one more draft after each interval, and an interval or two may pass
    // meanwhile.
    let most = usize::try_from(most).unwrap();
    assert!((most..=most + 2).contains(&begun), "{statuses:?}");
    assert_eq!(begun + refused, statuses.len(), "{statuses:?}");
    assert_eq!(
        status_from("203.0.113.21"),
        303,
        "another place is not refused"
    );
    println!("Three servers: {begun} drafts begun by one place, then refused; the limit is {most}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_is_seen_on_every_server_and_ends_when_its_server_is_killed() {
    let mut three = Three::start(&[]).await;
    let mut person = Browser::new(&three.address_of(0));
    let first = person.post("/api/users/add", &user(1));
    assert_eq!(first.status, 303, "{}", first.text);
    let mut large = String::from("First name,Last name,Email,Mobile,Role,Administrator\n");
    for number in 0..60_000 {
        let row = "Wen,Williams,wen@firm.example,07700 900425,Advocate,No\n";
        large.push_str(&row.replace("wen@", &format!("wen.{number}@")));
    }
    person
        .upload("staff.csv", large.as_bytes())
        .assert_leads_to(READING);
    let seen = person.at(&three.address_of(1)).get(READING);
    assert!(
        seen.text.contains("Reading staff.csv"),
        "{}: {}",
        seen.status,
        seen.location
    );
    three.kill(0);
    let silent = "with changed as (update spreadsheet_reading set seen_at = seen_at - 20000 where \
                  state = 'reading' returning 1) select count(*) from changed";
    assert_eq!(
        three.number(silent).await,
        1,
        "the import had ended before the kill"
    );
    for server in [1, 2] {
        let lost = person.at(&three.address_of(server)).get(READING);
        assert!(
            lost.text.contains("We did not finish reading staff.csv"),
            "{}",
            lost.text
        );
    }
    let small = "First name,Last name,Email,Mobile,Role,Administrator\n\
                 Priya,Iyer,priya@firm.example,07700 900673,Advocate,Yes\n";
    let again = person
        .at(&three.address_of(2))
        .upload("staff.csv", small.as_bytes());
    assert_eq!(again.status, 303, "{}", again.text);
    until(Duration::from_secs(20), "the second import ends", || {
        person
            .at(&three.address_of(1))
            .get(READING)
            .location
            .starts_with("/users/upload/")
    });
    let review = person.get("/users/upload/review");
    assert_eq!(review.status, 200, "{}", review.location);
    assert!(review.text.contains("staff.csv"), "{}", review.text);
}
