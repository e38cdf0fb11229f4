//! Tests a database that is away for a while: it crashed, an operator stopped it, or it does not
//! answer because its proxy is frozen. `make drill` sets `DRILL_OUTAGE`, the length of each outage
//! in seconds.

use std::collections::BTreeMap;
use std::time::Duration;

use server::store::{MessageState, Store};
use tokio::time::Instant;

use super::browser::{Answer, Browser};
use super::cluster::Cluster;
use super::load::{Load, TOLD_WITHIN};
use super::proxy::Proxy;
use super::{mail_settings, of_drill, until};
use crate::program::Program;
use crate::relay::Relay;
use crate::{databases, site};

/// The longest time until the service is ready again after the database is back.
const BACK_WITHIN: Duration = Duration::from_secs(5);
const NAME: &str = "/api/organisation/name";

/// An action on the database, such as a crash or a start.
type Change<'a> = &'a dyn Fn();

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_goes_away_is_told_at_once_and_loses_nothing() {
    let seconds = Duration::from_secs(of_drill("DRILL_OUTAGE", 3));
    let folder = databases::folder();
    let postgres = Cluster::new();
    let proxy = Proxy::to_postgres(&[postgres.port]);
    let relay = Relay::open();
    let program = Program::start_with(
        &Cluster::url(proxy.port),
        &site::write_in(folder.path()),
        &mail_settings(&relay.url),
    );
    let mut person = Browser::new(&program.address);
    let form = vec![("name", "Hart & Sons".to_owned())];
    assert_eq!(person.post(NAME, &form).status, 303);

    let mut load = Load::begin(&program.address);
    let outages: [(&str, Change, Change); 3] = [
        ("crashed", &|| postgres.crash(), &|| postgres.start()),
        ("stopped", &|| postgres.stop(), &|| postgres.start()),
        ("silent", &|| proxy.freeze(), &|| proxy.thaw()),
    ];
    for (what, goes, comes_back) in outages {
        load.wait_for(40);
        goes();
        let begun = Instant::now();
        let mut longest = Duration::ZERO;
        while begun.elapsed() < seconds {
            longest = longest.max(assert_tells(&mut person, what, &form));
        }
        comes_back();
        let back = until(BACK_WITHIN, what, || person.get("/readyz").status == 200);
        let shown = person.get("/organisation/name");
        assert!(
            shown.text.contains("Hart &amp; Sons"),
            "{what}: {}",
            shown.status
        );
        println!(
            "PostgreSQL {what} for {} s: told within {:.2} s, back after {:.2} s",
            seconds.as_secs(),
            longest.as_secs_f64(),
            back.as_secs_f64()
        );
    }
    load.wait_for(40);
    let outcome = load.end();
    let database = Cluster::url(postgres.port);
    assert_everything_is_sent(&database).await;
    outcome.assert_kept(&database).await;
    println!("{}", outcome.in_words());
    outcome.assert_told();
    drop(program);
}

/// Asserts that every kind of request is answered in time while the database is away; returns the
/// longest wait.
fn assert_tells(person: &mut Browser, what: &str, form: &Vec<(&'static str, String)>) -> Duration {
    let assert_page = |answer: &Answer| {
        assert_eq!(answer.status, 503, "{what}: {}", answer.text);
        let title = "The service is not available at the moment";
        assert!(answer.text.contains(title), "{what}: {}", answer.text);
    };
    let opened = person.get("/tasks");
    assert_page(&opened);
    let sent = person.post(NAME, form);
    assert_page(&sent);
    assert!(
        sent.text.contains("value=\"Hart &amp; Sons\""),
        "{}",
        sent.text
    );
    let ready = person.get("/readyz");
    assert_eq!(ready.status, 503, "{what}: {}", ready.text);
    assert_eq!(person.get("/healthz").status, 200);
    assert_eq!(person.get("/help").status, 200);
    let desk = person.get("/desk/sign-in");
    assert!(
        [200, 303, 503].contains(&desk.status),
        "{what}: {}",
        desk.status
    );
    let longest = [opened, sent, ready, desk].map(|answer| answer.took);
    let longest = longest.into_iter().max().unwrap();
    assert!(longest < TOLD_WITHIN, "{what}: {longest:?}");
    longest
}

/// Waits until every message is sent; panics if the worker does not send them within 30 seconds.
pub async fn assert_everything_is_sent(database: &str) {
    const LIMIT: Duration = Duration::from_secs(30);
    let store = Store::open(database).await.unwrap();
    let begun = Instant::now();
    loop {
        let rows = store.outbox().rows(i64::MAX).await.unwrap();
        let states: BTreeMap<&str, usize> = rows.iter().fold(BTreeMap::new(), |mut states, row| {
            *states.entry(row.state.key()).or_default() += 1;
            states
        });
        if states
            .keys()
            .all(|state| *state == MessageState::Sent.key())
        {
            break;
        }
        assert!(
            begun.elapsed() < LIMIT,
            "the worker does not go on: {states:?}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    store.close().await;
}
