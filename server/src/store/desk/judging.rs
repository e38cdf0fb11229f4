//! What a page about a registration reads beside its answers: what happened to it, what was sent before, and who is
//! who.

use std::collections::HashMap;

use registration::registration::Registration;

use crate::store::audit::AuditRow;
use crate::store::db::{Store, StoreError, read};

/// What happened to a subject ($1) and to the draft that it was made of ($2).
macro_rules! of_both {
    () => {
        "subject in ($1, $2) and action <> 'seen' and not (subject = $2 and action = 'taken-in')"
    };
}

impl Store {
    /// The names of the people of the desk, those who left too, by identifier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn officer_names(&self) -> Result<HashMap<String, String>, StoreError> {
        let rows: Vec<(String, String)> = read!(self, |connection| {
            sqlx::query_as("select id, name from officer")
                .fetch_all(connection)
                .await
        })?;
        Ok(rows.into_iter().collect())
    }

    /// What happened to a subject and before it to the draft that it was made of, the newest first, without who looked
    /// at it: so many rows after so many others, and how many there are in all. That a draft was taken in stands in
    /// either chain and is given once, as the first that happened.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn happened(
        &self,
        subject: &str,
        draft: &str,
        count: i64,
        after: i64,
    ) -> Result<(Vec<AuditRow>, i64), StoreError> {
        let of_draft = format!("draft/{draft}");
        let rows = read!(self, |connection| {
            sqlx::query_as(concat!(
                "select sequence, at, actor, action, details, previous_hash, hash, source from audit where ",
                of_both!(),
                " order by case when subject = $2 then 1 when action = 'taken-in' then 0 else 2 end desc, ",
                "sequence desc limit $3 offset $4"
            ))
            .bind(subject)
            .bind(&of_draft)
            .bind(count)
            .bind(after)
            .fetch_all(connection)
            .await
        })?;
        let all: i64 = read!(self, |connection| {
            sqlx::query_scalar(concat!("select count(*) from audit where ", of_both!()))
                .bind(subject)
                .bind(&of_draft)
                .fetch_one(connection)
                .await
        })?;
        Ok((rows, all))
    }

    /// What happened to a subject after a row of its chain, the oldest first, without who looked at it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn happened_since(
        &self,
        subject: &str,
        sequence: i64,
    ) -> Result<Vec<AuditRow>, StoreError> {
        Ok(read!(self, |connection| {
            sqlx::query_as(
                "select sequence, at, actor, action, details, previous_hash, hash, source from audit \
                 where subject = $1 and sequence > $2 and action <> 'seen' order by sequence limit 50",
            )
            .bind(subject)
            .bind(sequence)
            .fetch_all(connection)
            .await
        })?)
    }

    /// Which change of a registration was its last; nothing where there is no such registration.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn version(&self, registration: &str) -> Result<Option<i64>, StoreError> {
        Ok(read!(self, |connection| {
            sqlx::query_scalar("select version from registration where id = $1")
                .bind(registration)
                .fetch_optional(connection)
                .await
        })?)
    }

    /// What was sent the time before the last, where a registration was sent more than once.
    ///
    /// # Errors
    /// When the database fails or the row cannot be read.
    pub async fn sent_before(
        &self,
        registration: &str,
    ) -> Result<Option<Registration>, StoreError> {
        let answers: Option<String> = read!(self, |connection| {
            sqlx::query_scalar(
                "select answers from registration_revision where registration_id = $1 \
                 order by revision desc limit 1",
            )
            .bind(registration)
            .fetch_optional(connection)
            .await
        })?;
        answers
            .map(|answers| {
                serde_json::from_str(&answers).map_err(|_| StoreError::Row {
                    table: "registration_revision",
                    column: "answers",
                })
            })
            .transpose()
    }
}
