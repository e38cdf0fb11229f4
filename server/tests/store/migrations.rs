//! The migrations: both databases have the same migrations, each migration runs once, and the data
//! survives a restart.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::pin::pin;
use std::time::Duration;

use mail::Message;
use registration::identifiers::Reference;
use serde_json::json;
use server::clock::Moment;
use server::store::{MessageState, NewSession, Store};
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection};
use tokio::time::timeout;

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
        .drafts()
        .begin_draft(
            "draft",
            &NewSession {
                token: token(1),
                ends,
                draft_ends: ends,
            },
            at_hour(0),
        )
        .await
        .unwrap();
    store
        .drafts()
        .save_page("draft", &named("Kept"), at_hour(0))
        .await
        .unwrap();
    store.close().await;
    assert!(store.check_writing(at_hour(0)).await.is_err());

    let store = Store::open(address).await.unwrap();
    store.check_writing(at_hour(0)).await.unwrap();
    let session_draft = store
        .drafts()
        .session_draft(&token(1), at_hour(1))
        .await
        .unwrap()
        .unwrap();
    assert!(session_draft.draft.organisation_name.is_some());
    store.close().await;
}

#[test]
fn both_databases_have_migrations_of_the_same_names() {
    assert_eq!(files("sqlite"), files("postgres"));
    assert!(!files("sqlite").is_empty());
}

#[tokio::test]
async fn sqlite_data_survives_a_restart() {
    let folder = databases::folder();
    opened_twice(&databases::sqlite_in(&folder)).await;
}

#[tokio::test]
async fn postgres_data_survives_a_restart() {
    opened_twice(&postgres::schema().await).await;
}

#[tokio::test]
async fn two_that_start_at_once_make_the_tables_once() {
    let folder = databases::folder();
    for address in [databases::sqlite_in(&folder), postgres::schema().await] {
        let (one, other) = tokio::join!(Store::open(&address), Store::open(&address));
        one.unwrap().check_writing(at_hour(0)).await.unwrap();
        other.unwrap().check_writing(at_hour(0)).await.unwrap();
    }
}

/// Opening a store waits while another process is writing to the new database file.
#[tokio::test]
async fn a_new_file_that_another_process_writes_to_is_waited_for() {
    let folder = databases::folder();
    let address = databases::sqlite_in(&folder);
    let options = SqliteConnectOptions::new()
        .filename(&address)
        .create_if_missing(true);
    let mut other = options.connect().await.unwrap();
    sqlx::raw_sql("create table its_own (id text); begin immediate")
        .execute(&mut other)
        .await
        .unwrap();
    let mut opening = pin!(Store::open(&address));
    let early = timeout(Duration::from_millis(200), &mut opening).await;
    assert!(
        early.is_err(),
        "it did not wait: {:?}",
        early.map(|opened| opened.map(drop))
    );
    sqlx::raw_sql("commit").execute(&mut other).await.unwrap();
    opening
        .await
        .unwrap()
        .check_writing(at_hour(0))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_sqlite_url_names_a_file_too() {
    let folder = databases::folder();
    let address = databases::sqlite_in(&folder);
    let store = Store::open(&format!("sqlite:{address}")).await.unwrap();
    store.check_writing(at_hour(0)).await.unwrap();
    assert!(Path::new(&address).exists());
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_an_error_and_no_panic() {
    let folder = databases::folder();
    let address = folder.path().join("missing/registration.db");
    assert!(Store::open(address.to_str().unwrap()).await.is_err());
}

/// Rows for the tables of the first migration: a registration with its message, and a message whose
/// registration does not exist.
const BEFORE_MESSAGES: &str = "
    insert into registration (id, reference, draft_id, submitted_at, kind, name, address_line_1, town, postcode,
        telephone, email, laa_account_numbers, accountable_first_name, accountable_last_name,
        accountable_job_title, accountable_email, accountable_telephone, signed_by, signed_as, signed_at,
        terms_version, terms_sha256)
    values ('r', 'CP-0000-0000', 'd', 5, 'solicitors-firm', 'A', 'A', 'A', 'WR1 2ND', '01632 960 096',
        'clerk@firm.example', '', 'A', 'A', 'A', 'a@firm.example', '01632 960 096', 'A', 'A', 5, '1', '5a');
    insert into outbox values ('m', 'registration-received', 'registration/CP-0000-0000', 5);
    insert into outbox values ('n', 'registration-received', 'registration/CP-GONE', 6);";

/// Creates a database with the tables of the first migration and these rows.
async fn of_the_first_version(address: &str, rows: String) {
    let first = databases::folder();
    let is_postgres = address.starts_with("postgres");
    let name = if is_postgres { "postgres" } else { "sqlite" };
    let file = "0001_registrations.sql";
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(name)
        .join(file);
    fs::copy(from, first.path().join(file)).unwrap();
    let migrations = Migrator::new(first.path()).await.unwrap();
    if is_postgres {
        let mut connection = PgConnection::connect(address).await.unwrap();
        migrations.run(&mut connection).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(rows))
            .execute(&mut connection)
            .await
            .unwrap();
    } else {
        let mut connection = SqliteConnection::connect(&format!("sqlite:{address}?mode=rwc"))
            .await
            .unwrap();
        migrations.run(&mut connection).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(rows))
            .execute(&mut connection)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_message_that_waited_before_messages_could_be_sent_is_sent() {
    let folder = databases::folder();
    for address in [databases::sqlite_in(&folder), postgres::schema().await] {
        of_the_first_version(&address, BEFORE_MESSAGES.to_owned()).await;
        let store = Store::open(&address).await.unwrap();
        let now = Moment::from_millis(9);
        let claimed = store
            .outbox()
            .claim_messages(9, now, at_hour(1))
            .await
            .unwrap();
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].recipient.as_str(), "clerk@firm.example");
        let expected = Message::RegistrationReceived {
            reference: Reference::from_random(0),
        };
        assert_eq!(claimed[0].message, expected.into());
        assert_eq!(
            store.outbox().dead_messages().await.unwrap()[0].state,
            MessageState::Dead
        );
        store.close().await;
    }
}

/// A registration with every answer, and one without the optional answers.
const OF_COLUMNS: &str = "
    insert into registration values ('r', 'CP-0000-0000', 'd', 5, 'barristers-chambers', 'Crane “O''Neill” Chambers',
        '2nd Floor', '14 Cornmarket', 'Worcester', 'Worcestershire', 'WR1 2ND', '01632 960 096', 'clerk@crane.example',
        '1K482L\n2P771M', '614207', '12345', 'Leeds Crown Court', '2026-12-01', 'Siân', 'Crane', 'Head of chambers',
        'sian@crane.example', '07700 900451', 'Siân Crane', 'Head of chambers', 6, '29 September 2020', '5a');
    insert into registration_user values ('r', 1, 'Wen', 'Ash', 'wen@crane.example', '07700 900425', 'advocate', true);
    insert into registration values ('s', 'OTHER', 'e', 5, 'other', 'Law Centre',
        '1 High Street', null, 'Leeds', null, 'LS1 4AP', '01632 960 097', 'a@centre.example',
        '', null, null, null, null, 'Kofi', 'Rees', 'Solicitor',
        'kofi@centre.example', '01632 960 098', 'Kofi Rees', 'Solicitor', 7, '29 September 2020', '5a');";

#[tokio::test]
async fn answers_that_were_columns_are_the_same_in_their_document() {
    let folder = databases::folder();
    for address in [databases::sqlite_in(&folder), postgres::schema().await] {
        let other = Reference::from_random(1).to_string();
        of_the_first_version(&address, OF_COLUMNS.replace("OTHER", &other)).await;
        let store = Store::open(&address).await.unwrap();
        let found = |number| {
            let store = store.clone();
            async move {
                let reference = Reference::from_random(number);
                let found = store.registrations().registration(&reference).await;
                serde_json::to_value(found.unwrap().unwrap().registration).unwrap()
            }
        };
        assert_eq!(
            found(0).await,
            json!({
                "organisation": {
                    "kind": "barristers-chambers", "name": "Crane “O'Neill” Chambers",
                    "address_line_1": "2nd Floor", "address_line_2": "14 Cornmarket",
                    "town": "Worcester", "county": "Worcestershire", "postcode": "WR1 2ND",
                    "telephone": "01632 960 096", "email": "clerk@crane.example",
                    "laa_account_numbers": ["1K482L", "2P771M"], "sra_number": "614207",
                    "bar_number": "12345", "first_court": "Leeds Crown Court",
                    "first_hearing": "2026-12-01",
                },
                "accountable_person": {
                    "first_name": "Siân", "last_name": "Crane", "job_title": "Head of chambers",
                    "email": "sian@crane.example", "telephone": "07700 900451",
                },
                "people": [{
                    "first_name": "Wen", "last_name": "Ash", "email": "wen@crane.example",
                    "mobile": "07700 900425", "role": "advocate", "administrator": true,
                }],
                "signature": {
                    "full_name": "Siân Crane", "capacity": "Head of chambers",
                    "terms_version": "29 September 2020",
                },
            })
        );
        let other = found(1).await;
        assert_eq!(other["organisation"]["laa_account_numbers"], json!([]));
        for optional in [
            "address_line_2",
            "county",
            "sra_number",
            "bar_number",
            "first_court",
        ] {
            assert_eq!(other["organisation"][optional], json!(null), "{optional}");
        }
        store.close().await;
    }
}
