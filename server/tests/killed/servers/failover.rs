//! Tests that a synchronous standby takes over without the loss of an acknowledged answer when its
//! primary crashes under load. `make drill` sets `DRILL_FAILOVERS`, the number of failovers.

use std::time::Duration;

use tokio::time::Instant;

use super::browser::Browser;
use super::cluster::Cluster;
use super::load::Load;
use super::outage::assert_everything_is_sent;
use super::proxy::Proxy;
use super::{mail_settings, of_drill, until};
use crate::program::Program;
use crate::relay::Relay;
use crate::{databases, site};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_takes_over_with_everything_that_was_acknowledged() {
    let failovers = of_drill("DRILL_FAILOVERS", 1);
    let folder = databases::folder();
    let site = site::write_in(folder.path());
    let mut primary = Cluster::new();
    let mut standby = primary.standby();
    let relay = Relay::open();
    let mut longest = Duration::ZERO;
    let proxy = Proxy::to_postgres(&[primary.port, standby.port]);
    let (mut from, mut to) = (0, 1);
    let program = Program::start_with(&Cluster::url(proxy.port), &site, &mail_settings(&relay.url));
    let mut load = Load::begin(&program.address);
    for failover in 1..=failovers {
        load.wait_for(60);
        let begun = Instant::now();
        primary.crash();
        standby.promote();
        proxy.switch(from, to);
        until(Duration::from_secs(10), "the service is ready", || {
            Browser::new(&program.address).get("/readyz").status == 200
        });
        longest = longest.max(begun.elapsed());
        if failover < failovers {
            // The crashed primary is replaced by a new standby at the same address.
            let port = primary.port;
            primary = standby;
            standby = primary.standby_at(port);
            (from, to) = (to, from);
        } else {
            primary = standby;
            break;
        }
    }
    load.wait_for(60);
    let outcome = load.end();
    let database = Cluster::url(primary.port);
    assert_everything_is_sent(&database).await;
    outcome.assert_kept(&database).await;
    println!(
        "PostgreSQL failed over {failovers} times: ready again after {:.2} s at most; {}",
        longest.as_secs_f64(),
        outcome.in_words()
    );
    outcome.assert_told();
    drop(program);
}
