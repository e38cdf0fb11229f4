//! The two PostgreSQL roles that docs/operations/postgres-roles.sql creates. One role owns the
//! tables. The other, the service's role, only reads and writes rows, so it cannot drop the
//! triggers that protect the audit.

use registration::draft::PageAnswers;
use registration::retention::{Periods, PersonalData};
use server::store::{NewSession, NewView, OfficerId, Store, Subject};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};
use tokio::sync::Mutex;

use crate::test_store::{at_hour, named, token};

const SCRIPT: &str = include_str!("../../../docs/operations/postgres-roles.sql");

static MAKING_ROLES: Mutex<()> = Mutex::const_new(());

/// The URLs of a new database: for the role that owns the tables, and for the service's role.
struct Addresses {
    owner: String,
    service: String,
}

async fn new_database(name: &str) -> Addresses {
    let url = std::env::var("TEST_POSTGRES_URL").unwrap();
    let server: PgConnectOptions = url.parse().unwrap();
    let name = format!("{name}_{}", std::process::id());
    // Roles belong to the whole PostgreSQL server, so two tests must not create them at once.
    let _one_at_a_time = MAKING_ROLES.lock().await;
    let mut superuser = server.connect().await.unwrap();
    for statement in ["drop database if exists", "create database"] {
        let statement = format!("{statement} {name}");
        superuser.execute(AssertSqlSafe(statement)).await.unwrap();
    }
    superuser.close().await.unwrap();
    let mut superuser = server.clone().database(&name).connect().await.unwrap();
    sqlx::raw_sql(SCRIPT).execute(&mut superuser).await.unwrap();
    superuser.close().await.unwrap();
    let address = |role: &str| {
        let (host, port) = (server.get_host(), server.get_port());
        format!("postgres://{role}@{host}:{port}/{name}")
    };
    Addresses {
        owner: address("registration_owner"),
        service: address("registration_service"),
    }
}

#[tokio::test]
async fn the_service_cannot_take_the_guards_off_its_audit() {
    let addresses = new_database("roles").await;
    let refused = Store::open(&addresses.service).await.unwrap_err();
    assert!(
        refused.to_string().contains("registration migrate"),
        "{refused}"
    );

    Store::open(&addresses.owner).await.unwrap().close().await;
    let store = Store::open(&addresses.service).await.unwrap();
    let session = NewSession {
        token: token(1),
        ends: at_hour(20),
        draft_ends: at_hour(20),
    };
    let drafts = store.drafts();
    drafts
        .begin_draft("draft", &session, at_hour(0))
        .await
        .unwrap();
    let answers: PageAnswers = named("Kept");
    drafts
        .save_page("draft", &answers, at_hour(0))
        .await
        .unwrap();
    store
        .audit()
        .record_view(NewView {
            actor: &OfficerId::named("7").actor(),
            subject: &Subject::Draft("draft".to_owned()),
            what: "page",
            source: Some("192.0.2.1"),
            at: at_hour(1),
        })
        .await
        .unwrap();
    // The service's role may erase data that is due, such as the network address of this view.
    let late = at_hour(2 + 365 * 24);
    let erased = store.retention().erase_due(&Periods::default(), late).await;
    assert_eq!(erased.unwrap(), [(PersonalData::Addresses, 1)]);
    store.close().await;

    let mut service = PgConnection::connect(&addresses.service).await.unwrap();
    for statement in [
        "drop trigger audit_is_never_updated on audit",
        "alter table audit disable trigger all",
        "alter table audit disable trigger audit_is_never_deleted",
        "drop table audit cascade",
        "alter table audit rename to another",
        "create or replace function audit_refuses_change() returns trigger language plpgsql as \
         'begin return null; end'",
        "drop function audit_refuses_change() cascade",
        "set session_replication_role = replica",
        "truncate audit",
        "drop trigger note_is_never_updated on registration_note",
        "drop trigger audit_seal_is_never_updated on audit_seal",
        "create table another (id text)",
        "create temporary table audit (id text)",
        "set role registration_owner",
    ] {
        let error = service.execute(statement).await.unwrap_err();
        let error = error.to_string();
        let denied = ["permission denied", "must be owner"];
        assert!(
            denied.iter().any(|words| error.contains(words)),
            "{statement}: {error}"
        );
    }
    // The triggers themselves still reject changes.
    for statement in ["update audit set at = 0", "delete from audit"] {
        let error = service.execute(statement).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{statement}: {error}");
    }
}

#[tokio::test]
async fn the_service_does_not_start_on_tables_of_another_version() {
    let addresses = new_database("versions").await;
    Store::open(&addresses.owner).await.unwrap().close().await;
    let mut owner = PgConnection::connect(&addresses.owner).await.unwrap();
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
                 values (9999, 'newer', true, '', 0)";
    owner.execute(newer).await.unwrap();
    let refused = Store::open(&addresses.service)
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("9999"), "{refused}");
    let older = "delete from _sqlx_migrations where version > 1";
    owner.execute(older).await.unwrap();
    let refused = Store::open(&addresses.service)
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("registration migrate"), "{refused}");
}
