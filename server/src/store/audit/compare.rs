//! Compares the tables with the values that follow from the audit (`audit verify --deep`).
//!
//! Every chain is replayed (`replay.rs`), and each difference names the table, the row and the
//! column. The values are not named, because they are personal data.

use std::fmt;

use registration::desk::key::{KeyKind, keys};
use registration::identifiers::Reference;
use registration::membership::History;
use registration::registration::Registration;

use super::model::FoundRow;
use super::replay::{Replayed, Said};
use super::subject::Subject;
use super::verify::{EVERY_ROW, PAGE, ROWS_OF_ONE};
use crate::randomness::sha256;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::organisations::{event_digest, events_of, wrong_terms};
use crate::store::registrations::registration_of;
use crate::store::statement::{query_as, query_scalar};
use crate::store::stores::Audit;
use crate::store::submission::as_json;

/// A row of a table that is not as the audit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFault {
    /// The subject of the chain.
    pub subject: String,
    /// The name of the table.
    pub table: &'static str,
    /// The row, such as `user 2` or `check sra`.
    pub row: String,
    /// The column; `None` if the row is missing or should not exist.
    pub column: Option<String>,
}

impl fmt::Display for TableFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            subject,
            table,
            row,
            column,
        } = self;
        match column {
            Some(column) => write!(
                out,
                "{subject}: table {table}, row {row}, column {column}: not what the audit says"
            ),
            None => write!(
                out,
                "{subject}: table {table}, row {row}: the audit says otherwise"
            ),
        }
    }
}

/// The columns of a registration that are compared with its chain and its answers.
#[derive(sqlx::FromRow)]
struct RegistrationRow {
    id: String,
    state: String,
    officer_id: Option<String>,
    revision: i64,
    name: String,
    kind: String,
    accountable_email: String,
    first_hearing: Option<String>,
    questions_at: Option<i64>,
    reminded_at: Option<i64>,
    erased_at: Option<i64>,
}

/// The faults of one subject.
struct Faults {
    subject: String,
    found: Vec<TableFault>,
}

impl Faults {
    fn add(&mut self, table: &'static str, row: impl Into<String>, column: impl Into<String>) {
        self.found.push(TableFault {
            subject: self.subject.clone(),
            table,
            row: row.into(),
            column: Some(column.into()),
        });
    }

    fn add_row(&mut self, table: &'static str, row: impl Into<String>) {
        self.found.push(TableFault {
            subject: self.subject.clone(),
            table,
            row: row.into(),
            column: None,
        });
    }
}

impl Audit {
    /// Compares the tables with the values that the chains record, and passes each difference to
    /// `found`.
    ///
    /// Returns the number of subjects that were compared. `one` limits the comparison to one
    /// subject.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn compare_tables(
        &self,
        one: Option<&str>,
        found: &mut (dyn FnMut(TableFault) + Send),
    ) -> Result<u64, StoreError> {
        let statement = one.map_or(EVERY_ROW, |_| ROWS_OF_ONE);
        let mut place = (one.unwrap_or_default().to_owned(), i64::MIN);
        let mut replayed: Option<Replayed> = None;
        let mut compared = 0;
        loop {
            let page: Vec<FoundRow> = query_as(statement)
                .bind(&place.0)
                .bind(place.1)
                .bind(PAGE)
                .fetch_all(&mut self.database.read().await?)
                .await?;
            if page.is_empty() {
                if let Some(replayed) = replayed.take() {
                    compared += self.compare(&place.0, replayed, found).await?;
                }
                return Ok(compared);
            }
            for FoundRow { subject, row } in page {
                if subject != place.0
                    && let Some(before) = replayed.take()
                {
                    compared += self.compare(&place.0, before, found).await?;
                }
                replayed.get_or_insert_default().take(&row);
                place = (subject, row.sequence);
            }
        }
    }

    /// Compares the tables of one subject with its replayed chain.
    ///
    /// Returns 1 if the subject has tables, and 0 otherwise.
    ///
    /// On a live service, the subject may change after its chain was read and before its tables are
    /// read. If the chain has grown, the faults are dropped and the comparison is made again.
    async fn compare(
        &self,
        subject: &str,
        mut replayed: Replayed,
        found: &mut (dyn FnMut(TableFault) + Send),
    ) -> Result<u64, StoreError> {
        loop {
            let mut faults = Faults {
                subject: subject.to_owned(),
                found: Vec::new(),
            };
            let has_tables = self.compare_once(subject, &replayed, &mut faults).await?;
            if !faults.found.is_empty() {
                let now = self.replayed(subject).await?;
                if now.last != replayed.last {
                    replayed = now;
                    continue;
                }
            }
            faults.found.into_iter().for_each(&mut *found);
            return Ok(u64::from(has_tables));
        }
    }

    /// Replays the whole chain of a subject.
    async fn replayed(&self, subject: &str) -> Result<Replayed, StoreError> {
        let mut replayed = Replayed::default();
        let mut last = i64::MIN;
        loop {
            let page: Vec<FoundRow> = query_as(ROWS_OF_ONE)
                .bind(subject)
                .bind(last)
                .bind(PAGE)
                .fetch_all(&mut self.database.read().await?)
                .await?;
            for FoundRow { row, .. } in &page {
                replayed.take(row);
                last = row.sequence;
            }
            if page.is_empty() {
                return Ok(replayed);
            }
        }
    }

    /// Compares the tables of one subject with its replayed chain, without reading the chain again;
    /// returns whether the subject has tables.
    async fn compare_once(
        &self,
        subject: &str,
        replayed: &Replayed,
        faults: &mut Faults,
    ) -> Result<bool, StoreError> {
        let mut connection = self.database.read().await?;
        match Subject::parse(subject) {
            Ok(Subject::Registration(reference)) => {
                registration(&mut connection, &reference, replayed, faults).await?;
            }
            Ok(Subject::Officer(id)) => {
                officer(&mut connection, id.as_str(), replayed, faults).await?;
            }
            Ok(Subject::FormatRequest(id)) => {
                request(&mut connection, &id, replayed, faults).await?;
            }
            Ok(Subject::Organisation(id)) => {
                organisation(&mut connection, &id, replayed, faults).await?;
            }
            Ok(Subject::Settings) => settings(&mut connection, replayed, faults).await?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

async fn registration(
    connection: &mut Connection<'_>,
    reference: &Reference,
    replayed: &Replayed,
    faults: &mut Faults,
) -> Result<(), StoreError> {
    const TABLE: &str = "registration";
    let row: Option<RegistrationRow> = query_as(
        "select id, state, officer_id, revision, name, kind, accountable_email, first_hearing, \
         questions_at, reminded_at, erased_at from registration where reference = $1",
    )
    .bind(reference.as_str())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else {
        faults.add_row(TABLE, reference.as_str());
        return Ok(());
    };
    for (column, is_wrong) in [
        ("state", replayed.state.is_contradicted_by(&row.state)),
        (
            "officer_id",
            replayed.officer.is_contradicted_by(&row.officer_id),
        ),
        (
            "revision",
            replayed.revision.is_contradicted_by(&row.revision),
        ),
        (
            "questions_at",
            replayed.questions_at.is_contradicted_by(&row.questions_at),
        ),
        (
            "reminded_at",
            replayed.reminded_at.is_contradicted_by(&row.reminded_at),
        ),
        // Only one direction is compared: the chain also records the erasure of one person, which
        // does not erase the registration.
        ("erased_at", row.erased_at.is_some() && !replayed.is_erased),
    ] {
        if is_wrong {
            faults.add(TABLE, reference.as_str(), column);
        }
    }
    if row.erased_at.is_some() {
        return Ok(());
    }
    answers(connection, reference, &row, (replayed, faults)).await?;
    checks(connection, &row.id, replayed, faults).await?;
    let accounts: Vec<(i64, String)> = query_as(
        "select position, account from registration_user where registration_id = $1 order by \
         position",
    )
    .bind(&row.id)
    .fetch_all(connection)
    .await?;
    for (place, account) in accounts {
        if replayed
            .accounts
            .get(&place)
            .is_some_and(|said| *said != account)
        {
            faults.add("registration_user", format!("user {place}"), "account");
        }
    }
    Ok(())
}

/// Compares the answers with the hash in the chain, and the columns that repeat answers with the
/// answers.
async fn answers(
    connection: &mut Connection<'_>,
    reference: &Reference,
    row: &RegistrationRow,
    (replayed, faults): (&Replayed, &mut Faults),
) -> Result<(), StoreError> {
    let stored = match registration_of(connection, reference).await {
        Ok(Some(stored)) => stored.registration,
        Ok(None) => return Ok(()),
        Err(StoreError::Row { table, column }) => {
            faults.add(table, reference.as_str(), column);
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let organisation = &stored.organisation;
    let hearing = organisation.first_hearing.map(|day| day.to_string());
    for (column, is_wrong) in [
        ("name", row.name != organisation.name.as_str()),
        ("kind", row.kind != organisation.kind.key()),
        (
            "accountable_email",
            row.accountable_email != stored.accountable_person.email.as_str(),
        ),
        ("first_hearing", row.first_hearing != hearing),
    ] {
        if is_wrong {
            faults.add("registration", reference.as_str(), column);
        }
    }
    let Said::Is(said) = &replayed.answers else {
        return Ok(());
    };
    if sha256(as_json(&stored)?.as_bytes()) == *said {
        return Ok(());
    }
    let places = changed_answers(connection, &row.id, &stored).await?;
    if places.is_empty() {
        faults.add(
            "registration",
            reference.as_str(),
            "answers, or registration_user of it",
        );
    }
    for (table, row, column) in places {
        let row = row.unwrap_or_else(|| reference.to_string());
        faults.add(table, row, column);
    }
    Ok(())
}

/// Returns the answers that are missing from the index of similar registrations: the table, the row
/// and the column of each.
///
/// The index is written together with the answers, so these answers were changed later. Returns an
/// empty list if the index has no keys of the registration.
async fn changed_answers(
    connection: &mut Connection<'_>,
    id: &str,
    stored: &Registration,
) -> Result<Vec<(&'static str, Option<String>, String)>, StoreError> {
    let indexed: Vec<(String, String)> =
        query_as("select kind, value from registration_key where registration_id = $1")
            .bind(id)
            .fetch_all(connection)
            .await?;
    if indexed.is_empty() {
        return Ok(Vec::new());
    }
    let is_indexed = |kind: KeyKind, value: &str| {
        indexed
            .iter()
            .any(|(known, indexed)| known == kind.key() && indexed == value)
    };
    let mut places = Vec::new();
    for (number, user) in (1..).zip(&stored.people) {
        let mut of_user = stored.clone();
        of_user.people = vec![user.clone()];
        let without = Registration {
            people: Vec::new(),
            ..stored.clone()
        };
        let others = keys(&without);
        for (kind, value) in keys(&of_user) {
            if !others.contains(&(kind, value.clone())) && !is_indexed(kind, &value) {
                let column = match kind {
                    KeyKind::Mailbox => "email",
                    _ => "mobile",
                };
                places.push((
                    "registration_user",
                    Some(format!("user {number}")),
                    column.to_owned(),
                ));
            }
        }
    }
    let without = Registration {
        people: Vec::new(),
        ..stored.clone()
    };
    for (kind, value) in keys(&without) {
        if !is_indexed(kind, &value) {
            places.push(("registration", None, format!("answers ({})", kind.key())));
        }
    }
    Ok(places)
}

async fn checks(
    connection: &mut Connection<'_>,
    id: &str,
    replayed: &Replayed,
    faults: &mut Faults,
) -> Result<(), StoreError> {
    const TABLE: &str = "registration_check";
    let rows: Vec<(String, String, String)> = query_as(
        "select name, outcome, note from registration_check where registration_id = $1 order by \
         name",
    )
    .bind(id)
    .fetch_all(connection)
    .await?;
    for (name, outcome, note) in &rows {
        let row = format!("check {name}");
        match replayed.checks.get(name) {
            None if replayed.checks_unknown => {}
            None => faults.add_row(TABLE, row),
            Some((said, _)) if said != outcome => faults.add(TABLE, row, "outcome"),
            Some((_, said)) if said.is_contradicted_by(note) => faults.add(TABLE, row, "note"),
            Some(_) => {}
        }
    }
    for name in replayed.checks.keys() {
        if !rows.iter().any(|(known, ..)| known == name) {
            faults.add_row(TABLE, format!("check {name}"));
        }
    }
    Ok(())
}

async fn officer(
    connection: &mut Connection<'_>,
    id: &str,
    replayed: &Replayed,
    faults: &mut Faults,
) -> Result<(), StoreError> {
    let row: Option<(String, Option<i64>)> =
        query_as("select role, ended_at from officer where id = $1")
            .bind(id)
            .fetch_optional(connection)
            .await?;
    let Some((role, ended_at)) = row else {
        faults.add_row("officer", id);
        return Ok(());
    };
    if replayed.role.is_contradicted_by(&role) {
        faults.add("officer", id, "role");
    }
    if replayed.has_ended.is_contradicted_by(&ended_at.is_some()) {
        faults.add("officer", id, "ended_at");
    }
    Ok(())
}

/// Compares the events of an organisation with its chain, and the rows of what is true on each day
/// with the events.
async fn organisation(
    connection: &mut Connection<'_>,
    id: &str,
    replayed: &Replayed,
    faults: &mut Faults,
) -> Result<(), StoreError> {
    const TABLE: &str = "member_event";
    if replayed.is_erased {
        return Ok(());
    }
    let stored = match events_of(connection, id).await {
        Ok(stored) => stored,
        Err(StoreError::Row { table, column }) => {
            faults.add(table, id, column);
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let mut known = 0;
    for (first, last, digest) in &replayed.member_events {
        let step = stored
            .iter()
            .map(|stored| &stored.event)
            .filter(|event| (*first..=*last).contains(&event.number));
        if event_digest(step) != *digest {
            faults.add_row(TABLE, format!("events {first} to {last}"));
        }
        known = known.max(*last);
    }
    for stored in &stored {
        let event = &stored.event;
        if event.number > known && !replayed.members_unknown {
            faults.add_row(TABLE, format!("event {}", event.number));
        }
        if event.cancelled != replayed.cancelled_events.contains(&event.number)
            && !replayed.members_unknown
        {
            faults.add(TABLE, format!("event {}", event.number), "cancelled_at");
        }
    }
    let history = History::new(stored.into_iter().map(|stored| stored.event).collect());
    for (table, row) in wrong_terms(connection, id, &history).await? {
        faults.add_row(table, row);
    }
    Ok(())
}

async fn request(
    connection: &mut Connection<'_>,
    id: &str,
    replayed: &Replayed,
    faults: &mut Faults,
) -> Result<(), StoreError> {
    let row: Option<(String, Option<String>)> =
        query_as("select state, officer_id from format_request where id = $1")
            .bind(id)
            .fetch_optional(connection)
            .await?;
    // A request is deleted at the end of its retention period; its chain stays.
    let Some((state, officer)) = row else {
        return Ok(());
    };
    if replayed.state.is_contradicted_by(&state) {
        faults.add("format_request", id, "state");
    }
    if replayed.officer.is_contradicted_by(&officer) {
        faults.add("format_request", id, "officer_id");
    }
    Ok(())
}

async fn settings(
    connection: &mut Connection<'_>,
    replayed: &Replayed,
    faults: &mut Faults,
) -> Result<(), StoreError> {
    for (name, said) in &replayed.settings {
        let value: Option<String> = query_scalar("select value from desk_setting where name = $1")
            .bind(name)
            .fetch_optional(connection)
            .await?;
        if value.as_ref() != Some(said) {
            faults.add("desk_setting", name.as_str(), "value");
        }
    }
    Ok(())
}
