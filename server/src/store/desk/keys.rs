//! The keys of registrations (such as a postcode or an SRA number), used to find similar
//! registrations.
//!
//! Keys are written in the transaction that writes the answers. For registrations stored without
//! keys (before keys existed, or as demo data), the keys are written in batches while the service
//! runs.

use std::cmp::Reverse;

use registration::desk::key::{KeyKind, keys};
use registration::desk::nearly_same;
use registration::identifiers::Reference;
use registration::lifecycle::State;
use registration::registration::Registration;
use sqlx::AssertSqlSafe;

use crate::clock::Moment;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::registrations::{StoredRegistration, registration_of};
use crate::store::statement::{query, query_as};
use crate::store::stores::Casework;

/// The maximum number of registrations examined for each kind of key.
const MAX_OF_A_KIND: i64 = 50;
/// The maximum number of keys that one statement inserts.
pub(in crate::store) const KEYS_AT_ONCE: usize = 500;

/// A registration that shares a key with another registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimilarRegistration {
    /// The registration's reference.
    pub reference: Reference,
    /// The name of the organisation.
    pub organisation: String,
    /// The state of the registration.
    pub state: State,
    /// When the registration was first submitted.
    pub submitted_at: Moment,
    /// The shared keys: for each kind of key, the first shared value.
    pub common: Vec<(KeyKind, String)>,
}

#[derive(sqlx::FromRow)]
struct Row {
    value: String,
    reference: String,
    name: String,
    state: String,
    submitted_at: i64,
}

/// Replaces the keys of a registration, in the transaction that writes its answers.
pub(in crate::store) async fn save_keys(
    connection: &mut Connection<'_>,
    id: &str,
    registration: &Registration,
) -> Result<(), StoreError> {
    query("delete from registration_key where registration_id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    let keys: Vec<_> = keys(registration).into_iter().collect();
    for some in keys.chunks(KEYS_AT_ONCE) {
        let rows: Vec<String> = (0..some.len())
            .map(|at| format!("($1, ${}, ${})", 2 * at + 2, 2 * at + 3))
            .collect();
        let statement = format!(
            "insert into registration_key (registration_id, kind, value) values {}",
            rows.join(", ")
        );
        // Safe: the statement contains only fixed text and placeholders.
        let mut insert = query(AssertSqlSafe(statement)).bind(id);
        for (kind, value) in some {
            insert = insert.bind(kind.key()).bind(value);
        }
        insert.execute(connection).await?;
    }
    query("update registration set keyed = true where id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

impl Casework {
    /// Returns the registrations that share a key with the registration `id`: the strongest kind of
    /// key first, then the most shared keys, then the newest. At most `MAX_OF_A_KIND` are examined
    /// for each kind of key.
    ///
    /// A shared postcode counts only if the names of the organisations are nearly the same too.
    /// `organisation` is the name of the organisation of the registration `id`.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn similar(
        &self,
        id: &str,
        organisation: &str,
    ) -> Result<Vec<SimilarRegistration>, StoreError> {
        let mut found: Vec<SimilarRegistration> = Vec::new();
        for kind in KeyKind::ALL {
            let rows: Vec<Row> = query_as(
                "select own.value, registration.reference, registration.name, registration.state, \
                 registration.submitted_at from registration_key as own join registration_key as \
                 other on other.kind = own.kind and other.value = own.value and \
                 other.registration_id <> own.registration_id join registration on \
                 registration.id = other.registration_id where own.registration_id = $1 and \
                 own.kind = $2 limit $3",
            )
            .bind(id)
            .bind(kind.key())
            .bind(MAX_OF_A_KIND)
            .fetch_all(&mut self.database.read().await?)
            .await?;
            for row in rows {
                if kind == KeyKind::Postcode && !nearly_same(organisation, &row.name) {
                    continue;
                }
                add(&mut found, kind, row)?;
            }
        }
        found.sort_by_key(|one| {
            let strongest = one.common.iter().map(|(kind, _)| *kind).min();
            let (count, at) = (one.common.len(), one.submitted_at.millis());
            (strongest, Reverse(count), Reverse(at), one.reference)
        });
        Ok(found)
    }

    /// Writes the keys of up to `at_once` registrations without keys; returns the number of these
    /// registrations.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn index_keys(&self, at_once: i64) -> Result<usize, StoreError> {
        let unkeyed: Vec<(String, String)> =
            query_as("select id, reference from registration where not keyed order by id limit $1")
                .bind(at_once)
                .fetch_all(&mut self.database.read().await?)
                .await?;
        let mut read = Vec::new();
        for (id, reference) in &unkeyed {
            let stored = match parsed(reference) {
                Ok(reference) => self.registered(&reference).await,
                Err(error) => Err(error),
            };
            match stored {
                Ok(stored) => read.push((id, stored)),
                // A registration that cannot be read gets no keys and must not block other
                // registrations.
                Err(error @ StoreError::Row { .. }) => {
                    tracing::error!(%error, reference, "a registration cannot be read to write its keys");
                    read.push((id, None));
                }
                Err(error) => return Err(error),
            }
        }
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        for (id, stored) in &read {
            // If a submission or correction has written keys meanwhile, leave these newer keys.
            let is_ours = query("update registration set keyed = true where id = $1 and not keyed")
                .bind(*id)
                .execute(&mut transaction)
                .await?
                == 1;
            if let (true, Some(stored)) = (is_ours, stored) {
                save_keys(&mut transaction, id, &stored.registration).await?;
            }
        }
        transaction.commit().await?;
        Ok(unkeyed.len())
    }

    async fn registered(
        &self,
        reference: &Reference,
    ) -> Result<Option<StoredRegistration>, StoreError> {
        registration_of(&mut self.database.read().await?, reference).await
    }
}

/// Returns the keys that two registrations share.
///
/// A shared postcode counts only if the names of the organisations are nearly the same.
#[must_use]
pub fn in_common(one: &Registration, other: &Registration) -> Vec<(KeyKind, String)> {
    let others = keys(other);
    let nearly = nearly_same(
        one.organisation.name.as_str(),
        other.organisation.name.as_str(),
    );
    keys(one)
        .into_iter()
        .filter(|key| others.contains(key) && (key.0 != KeyKind::Postcode || nearly))
        .collect()
}

fn add(found: &mut Vec<SimilarRegistration>, kind: KeyKind, row: Row) -> Result<(), StoreError> {
    let reference = parsed(&row.reference)?;
    let common = (kind, row.value);
    if let Some(known) = found.iter_mut().find(|known| known.reference == reference) {
        if !known.common.iter().any(|(known, _)| *known == kind) {
            known.common.push(common);
        }
        return Ok(());
    }
    found.push(SimilarRegistration {
        reference,
        organisation: row.name,
        state: State::from_key(&row.state).ok_or(StoreError::Row {
            table: "registration",
            column: "state",
        })?,
        submitted_at: Moment::from_millis(row.submitted_at),
        common: vec![common],
    });
    Ok(())
}

fn parsed(reference: &str) -> Result<Reference, StoreError> {
    Reference::parse(reference).map_err(|_| StoreError::Row {
        table: "registration",
        column: "reference",
    })
}
