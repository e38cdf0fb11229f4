//! The tables: the same for both databases, made once, kept when the service starts again.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use server::store::Store;

use crate::test_store::{at_hour, named, token};
use crate::{databases, postgres};

fn files(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(folder);
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).collect()
}

async fn opened_twice(address: &str) {
    let store = Store::open(address).await.unwrap();
    let ends = at_hour(20);
    store
        .begin_draft("draft", &token(1), at_hour(0), ends, ends)
        .await
        .unwrap();
    store
        .save_page("draft", &named("Kept"), at_hour(0))
        .await
        .unwrap();
    store.close().await;
    assert!(store.ping().await.is_err());

    let store = Store::open(address).await.unwrap();
    store.ping().await.unwrap();
    let held = store
        .held_draft(&token(1), at_hour(1))
        .await
        .unwrap()
        .unwrap();
    assert!(held.draft.organisation_name.is_some());
    store.close().await;
}

#[test]
fn both_databases_have_migrations_of_the_same_names() {
    assert_eq!(files("sqlite"), files("postgres"));
    assert!(!files("sqlite").is_empty());
}

#[tokio::test]
async fn what_is_kept_in_sqlite_is_there_after_a_restart() {
    let folder = databases::folder();
    opened_twice(&databases::sqlite_in(&folder)).await;
}

#[tokio::test]
async fn what_is_kept_in_postgres_is_there_after_a_restart() {
    opened_twice(&postgres::schema().await).await;
}

#[tokio::test]
async fn two_that_start_at_once_make_the_tables_once() {
    let folder = databases::folder();
    for address in [databases::sqlite_in(&folder), postgres::schema().await] {
        let (one, other) = tokio::join!(Store::open(&address), Store::open(&address));
        one.unwrap().ping().await.unwrap();
        other.unwrap().ping().await.unwrap();
    }
}

#[tokio::test]
async fn a_sqlite_url_names_a_file_too() {
    let folder = databases::folder();
    let address = databases::sqlite_in(&folder);
    let store = Store::open(&format!("sqlite:{address}")).await.unwrap();
    store.ping().await.unwrap();
    assert!(Path::new(&address).exists());
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_an_error_and_no_panic() {
    let folder = databases::folder();
    let address = folder.path().join("missing/registration.db");
    assert!(Store::open(address.to_str().unwrap()).await.is_err());
}
