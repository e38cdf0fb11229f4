//! The identities of officers at a provider of single sign-on.
//!
//! At the first sign-in, the issuer and the subject are bound to the officer. If the email address
//! is later given to somebody else, that person cannot sign in as the officer.

use registration::desk::audit::Action;
use serde_json::json;

use super::officers::{Officer, Row};
use super::people::{lock_officer, officer_entry};
use crate::clock::Moment;
use crate::store::audit::append_next;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_as};
use crate::store::stores::Officers;

/// A person's identity at a provider of single sign-on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ProviderSubject {
    /// The issuer identifier of the provider.
    pub issuer: String,
    /// The provider's identifier for the person.
    pub subject: String,
}

impl Officers {
    /// Returns the officer to whom an identity is bound, if the officer has access.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn officer_by_subject(
        &self,
        subject: &ProviderSubject,
    ) -> Result<Option<Officer>, StoreError> {
        let row: Option<Row> = query_as(
            "select officer.id, name, email, role, has_shortcuts, ended_at from officer_subject join officer on \
             officer.id = officer_id where issuer = $1 and subject = $2 and ended_at is null",
        )
        .bind(&subject.issuer)
        .bind(&subject.subject)
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        row.map(Officer::try_from).transpose()
    }

    /// Returns the identity of an officer at an issuer, if one is bound.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn subject_of(
        &self,
        officer: &OfficerId,
        issuer: &str,
    ) -> Result<Option<ProviderSubject>, StoreError> {
        let row: Option<(String, String)> = query_as(
            "select issuer, subject from officer_subject where officer_id = $1 and issuer = $2",
        )
        .bind(officer.as_str())
        .bind(issuer)
        .fetch_optional(&mut self.database.read().await?)
        .await?;
        Ok(row.map(|(issuer, subject)| ProviderSubject { issuer, subject }))
    }

    /// Binds an identity to an officer, unless the identity or the officer is already bound at this
    /// issuer or the officer has no access.
    ///
    /// Returns whether the identity is now bound to this officer.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn bind_subject(
        &self,
        subject: &ProviderSubject,
        officer: &OfficerId,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        let there = lock_officer(&mut transaction, officer).await?;
        let bound = there
            && query(
                "insert into officer_subject (issuer, subject, officer_id, bound_at) values ($1, \
                 $2, $3, $4) on conflict do nothing",
            )
            .bind(&subject.issuer)
            .bind(&subject.subject)
            .bind(officer.as_str())
            .bind(at.millis())
            .execute(&mut transaction)
            .await?
                == 1;
        if bound {
            let details = json!({ "issuer": subject.issuer });
            append_next(
                &mut transaction,
                officer_entry(
                    officer,
                    at,
                    &officer.actor(),
                    Action::SingleSignOnBound,
                    &details,
                ),
            )
            .await?;
        }
        transaction.commit().await?;
        if bound {
            return Ok(true);
        }
        let holder = self.officer_by_subject(subject).await?;
        Ok(holder.is_some_and(|holder| holder.id == *officer))
    }
}
