//! Three servers send each message of one outbox once. A kill during sending causes at most one
//! message to be sent twice, because SMTP has no way to ask whether the mail server accepted it.

use std::time::Duration;

use server::store::Store;

use super::outage::assert_everything_is_sent;
use super::three::Three;
use super::{mail_settings, until};
use crate::outbox::message;
use crate::postgres;
use crate::relay::Relay;

/// The number of messages.
const MESSAGES: u64 = 400;
/// The number of kills.
const KILLS: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_servers_send_each_message_once() {
    let database = postgres::schema().await;
    let store = Store::open(&database).await.unwrap();
    for number in 0..MESSAGES {
        store.outbox().post(&message(number)).await.unwrap();
    }
    let relay = Relay::open();
    let mut three = Three::start_on(database.clone(), &mail_settings(&relay.url));
    for kill in 0..KILLS {
        for _ in 0..60 {
            relay.steps.recv_timeout(Duration::from_secs(30)).unwrap();
        }
        three.kill(kill);
        three.start_again(kill);
    }
    let all = usize::try_from(MESSAGES).unwrap();
    let waiting = "select count(*) from outbox where state = 'waiting'";
    while three.number(waiting).await > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    until(Duration::from_secs(30), "the servers pause", || {
        while relay.steps.try_recv().is_ok() {}
        relay.steps.recv_timeout(Duration::from_secs(1)).is_err()
    });
    // The servers that run have sent what they claimed. The claims of killed servers would last ten
    // minutes, so the test ends them.
    let claimed = "with ended as (update outbox set next_attempt_at = 0 where state = 'claimed' \
                   returning 1) select count(*) from ended";
    let left = three.number(claimed).await;
    assert_everything_is_sent(&database).await;
    let taken = relay.taken();
    assert_eq!(taken.len(), all);
    let twice: usize = taken.values().map(|times| times - 1).sum();
    println!(
        "Three servers, {KILLS} kills, {MESSAGES} messages: {left} were claimed by a killed server, {twice} sent twice"
    );
    assert!(twice <= KILLS, "{twice}");
    store.close().await;
}
