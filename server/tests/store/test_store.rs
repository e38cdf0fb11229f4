//! A store for each test, with a second connection straight to its database.

use std::ops::Deref;

use registration::draft::PageAnswers;
use registration::identifiers::Reference;
use registration::language::Language;
use registration::organisation::OrganisationNameAnswer;
use registration::signature::Signature;
use registration::users::User;
use server::clock::Moment;
use server::randomness::{SessionToken, TokenHash};
use server::store::{
    NewRegistration, NewSession, SessionDraft, Store, StoredLifecycle, Submission,
};
use sqlx::{AssertSqlSafe, Executor, PgPool, SqlitePool};
use tempfile::TempDir;

use crate::registrations::firm;
use crate::{databases, postgres};

/// The lifetime of a session in the tests, in hours.
pub const SESSION_HOURS: i64 = 20;
/// The lifetime of a draft in the tests, in hours.
pub const DRAFT_HOURS: i64 = 28 * 24;

pub struct TestStore {
    store: Store,
    database: Database,
    address: String,
    _folder: TempDir,
}

enum Database {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// Submits a registration; returns its lifecycle state.
pub async fn submitted(store: &TestStore, number: u64) -> StoredLifecycle {
    let draft = store.begin_signed(number).await;
    let new = store.submission(&draft, number).await;
    assert_eq!(
        store.registrations().submit(&new).await.unwrap(),
        Submission::Saved
    );
    lifecycle(store, &new.reference).await
}

/// Returns the current lifecycle state of a registration.
pub async fn again(store: &TestStore, from: &StoredLifecycle) -> StoredLifecycle {
    lifecycle(store, &from.reference).await
}

async fn lifecycle(store: &TestStore, reference: &Reference) -> StoredLifecycle {
    let found = store.casework().lifecycle(reference).await.unwrap();
    found.unwrap()
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl TestStore {
    pub async fn on_sqlite() -> Self {
        let folder = databases::folder();
        let address = databases::sqlite_in(&folder);
        let store = Store::open(&address).await.unwrap();
        let pool = SqlitePool::connect(&format!("sqlite:{address}"))
            .await
            .unwrap();
        Self {
            store,
            database: Database::Sqlite(pool),
            address,
            _folder: folder,
        }
    }

    pub async fn on_postgres() -> Self {
        Self::at_postgres(postgres::schema().await).await
    }

    /// Opens a store at the URL of a PostgreSQL database.
    pub async fn at_postgres(address: String) -> Self {
        let store = Store::open(&address).await.unwrap();
        let pool = PgPool::connect(&address).await.unwrap();
        Self {
            store,
            database: Database::Postgres(pool),
            address,
            _folder: databases::folder(),
        }
    }

    /// Returns a copy of the store for another task.
    pub fn shared(&self) -> Store {
        self.store.clone()
    }

    /// Returns the address of the database: a file path or a URL.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Opens the database again, as a server does when it starts, and closes it.
    pub async fn opened_again(&self) {
        Store::open(&self.address).await.unwrap().close().await;
    }

    /// Indexes all registrations and requests whose index is missing or old, as a running server
    /// does; returns how many.
    pub async fn indexed(&self) -> u64 {
        let mut all = 0;
        loop {
            match self.casework().index_old(7).await.unwrap() {
                0 => return all,
                indexed => all += indexed,
            }
        }
    }

    /// Runs a statement directly on the database.
    pub async fn execute(&self, statement: &'static str) -> Result<u64, sqlx::Error> {
        Ok(match &self.database {
            Database::Sqlite(pool) => pool.execute(statement).await?.rows_affected(),
            Database::Postgres(pool) => pool.execute(statement).await?.rows_affected(),
        })
    }

    /// Runs a statement directly on the database, for SQL that differs between the two.
    pub async fn execute_on_sqlite_or_postgres(&self, sqlite: String, postgres: String) {
        match &self.database {
            Database::Sqlite(pool) => pool.execute(AssertSqlSafe(sqlite)).await.map(drop),
            Database::Postgres(pool) => pool.execute(AssertSqlSafe(postgres)).await.map(drop),
        }
        .unwrap();
    }

    /// Runs a statement directly on the database, for SQL that differs between the two; returns the
    /// number of changed rows, or why the database refused it.
    pub async fn execute_if_it_is_accepted(
        &self,
        sqlite: &'static str,
        postgres: &'static str,
    ) -> Result<u64, sqlx::Error> {
        Ok(match &self.database {
            Database::Sqlite(pool) => pool.execute(sqlite).await?.rows_affected(),
            Database::Postgres(pool) => pool.execute(postgres).await?.rows_affected(),
        })
    }

    /// Runs a query directly on the database and returns the number that it selects.
    pub async fn number(&self, query: &'static str) -> i64 {
        match &self.database {
            Database::Sqlite(pool) => sqlx::query_scalar(query).fetch_one(pool).await.unwrap(),
            Database::Postgres(pool) => sqlx::query_scalar(query).fetch_one(pool).await.unwrap(),
        }
    }

    /// Returns the number of rows in each table that a submission writes to.
    pub async fn rows_of_submissions(&self) -> [i64; 4] {
        [
            self.number("select count(*) from registration").await,
            self.number("select count(*) from registration_user").await,
            self.number("select count(*) from audit").await,
            self.number("select count(*) from outbox").await,
        ]
    }

    /// Begins an applicant's draft at hour 0; returns its identifier.
    pub async fn begin(&self, applicant: u64) -> String {
        let id = format!("draft-{applicant}");
        let ends = (at_hour(DRAFT_HOURS), at_hour(SESSION_HOURS));
        self.drafts()
            .begin_draft(
                &id,
                &NewSession {
                    token: token(applicant),
                    ends: ends.1,
                    draft_ends: ends.0,
                },
                at_hour(0),
            )
            .await
            .unwrap();
        id
    }

    /// Returns an applicant's draft at this hour; it must exist.
    pub async fn session_draft(&self, applicant: u64, hour: i64) -> SessionDraft {
        self.drafts()
            .session_draft(&token(applicant), at_hour(hour))
            .await
            .unwrap()
            .unwrap()
    }

    /// Begins an applicant's draft and signs it, so that it can be submitted; returns its
    /// identifier.
    pub async fn begin_signed(&self, applicant: u64) -> String {
        let draft = self.begin(applicant).await;
        self.drafts()
            .save_page(
                &draft,
                &PageAnswers::Signature(Signature::default()),
                at_hour(1),
            )
            .await
            .unwrap();
        draft
    }

    /// Creates a registration from the draft's current version, with identifiers made from
    /// `number`.
    pub async fn submission(&self, draft: &str, number: u64) -> NewRegistration {
        NewRegistration {
            id: format!("registration-{number}"),
            reference: Reference::from_random(number),
            draft: draft.to_owned(),
            version: self.drafts().draft_version(draft).await.unwrap(),
            message: format!("message-{number}"),
            language: Language::English,
            at: at_hour(2),
            copies: Vec::new(),
            previous_submission: None,
            terms_sha256: "5a".repeat(32),
            registration: firm(3),
        }
    }
}

/// Returns the moment this many hours after the test began.
pub fn at_hour(hour: i64) -> Moment {
    Moment::from_millis(1_790_000_000_123).plus_hours(hour)
}

/// Returns the stored hash of an applicant's cookie.
pub fn token(applicant: u64) -> TokenHash {
    SessionToken::parse(&format!("{applicant:064x}"))
        .unwrap()
        .hash()
}

/// Creates a user with valid answers.
pub fn user(number: usize) -> User {
    User {
        first_name: "Wen".to_owned(),
        last_name: format!("Williams {number}"),
        email: format!("wen.{number}@firm.example"),
        mobile: "07700 900425".to_owned(),
        role: "advocate".to_owned(),
        administrator: "no".to_owned(),
    }
}

/// Returns the answers of the page about the organisation's name.
pub fn named(name: &str) -> PageAnswers {
    PageAnswers::from(OrganisationNameAnswer {
        name: name.to_owned(),
    })
}

/// Returns the name of the organisation in a draft.
pub fn name_in(session_draft: &SessionDraft) -> &str {
    &session_draft.draft.organisation_name.as_ref().unwrap().name
}
