//! The contract of the store: each function in a `contract!` block is tested on SQLite and on
//! PostgreSQL.
//!
//! `TEST_POSTGRES_URL` is the address of the PostgreSQL server; `make test` and `.ci/with-postgres`
//! provide one.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

/// Turns each function into one test on SQLite and one on PostgreSQL.
macro_rules! contract {
    ($(async fn $name:ident($store:ident: &TestStore) $body:block)*) => {$(
        async fn $name($store: &crate::test_store::TestStore) $body

        mod $name {
            use crate::test_store::TestStore;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name(&TestStore::on_sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name(&TestStore::on_postgres().await).await;
            }
        }
    )*};
}

#[path = "../fixtures/databases.rs"]
mod databases;
#[path = "../fixtures/postgres.rs"]
mod postgres;
#[path = "../fixtures/registrations.rs"]
mod registrations;

mod access_links;
mod accounts;
mod append_only;
mod audit;
mod audit_broken;
mod audit_deep;
mod carry_over;
mod clock_jumps;
mod demo;
mod drafts;
mod edit_conflict;
mod figures;
mod format_requests;
mod languages;
mod lifecycle;
mod mail_outage;
mod members;
mod members_model;
mod migrations;
mod operation_limits;
mod outbox;
mod pages;
mod postgres_tls;
mod private_file;
mod queue;
mod retention;
mod retention_bytes;
mod roles;
mod round_trip;
mod sessions;
mod signing_in;
mod silence;
mod spreadsheets;
mod submission;
mod test_store;
mod timeline;
mod users;
mod views;
mod worker;
