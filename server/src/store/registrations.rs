//! Reads submitted registrations.

use registration::identifiers::{Email, Mobile, PersonName, Reference};
use registration::problem::Problem;
use registration::registration::{Person, Registration};
use registration::users::Role;

use super::answers_document::read_document;
use super::connection::Connection;
use super::error::StoreError;
use super::statement::query_as;
use super::stores::Registrations;
use crate::clock::Moment;

/// A registration as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRegistration {
    /// The registration's reference.
    pub reference: Reference,
    /// When the registration was first submitted.
    pub submitted_at: Moment,
    /// When the registration was last submitted, if it was submitted more than once.
    pub sent_again_at: Option<Moment>,
    /// When the Terms were signed.
    pub signed_at: Moment,
    /// The SHA-256 of the text of the Terms that were signed.
    pub terms_sha256: String,
    /// The answers that were last submitted, with the desk's corrections.
    pub registration: Registration,
}

/// A registration in a list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedRegistration {
    /// The registration's reference.
    pub reference: String,
    /// When the registration was first submitted, in milliseconds since 1970.
    pub submitted_at: i64,
    /// The key of the kind of organisation.
    pub kind: String,
    /// The name of the organisation.
    pub name: String,
    /// The number of users.
    pub users: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    reference: String,
    submitted_at: i64,
    answers: String,
    signed_at: i64,
    terms_sha256: String,
    revision: i64,
    sent_at: i64,
    erased_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct UserRow {
    first_name: String,
    last_name: String,
    email: String,
    mobile: String,
    role: String,
    administrator: bool,
}

impl Registrations {
    /// Returns all registrations, newest first.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn list(&self) -> Result<Vec<ListedRegistration>, StoreError> {
        query_as(
            "select reference, submitted_at, kind, name, (select count(*) from registration_user \
             where registration_id = registration.id and not joined_later) as users from registration order by \
             submitted_at desc, id",
        )
        .fetch_all(&mut self.database.read().await?)
        .await
    }

    /// Returns the registration with this reference; `None` if it does not exist or was erased.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn registration(
        &self,
        reference: &Reference,
    ) -> Result<Option<StoredRegistration>, StoreError> {
        registration_of(&mut self.database.read().await?, reference).await
    }

    /// Returns the registration that was made from a draft.
    ///
    /// Returns `None` if the draft was never submitted or the registration was erased.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn registration_of_draft(
        &self,
        draft: &str,
    ) -> Result<Option<StoredRegistration>, StoreError> {
        let row: Option<Row> = query_as("select * from registration where draft_id = $1")
            .bind(draft)
            .fetch_optional(&mut self.database.read().await?)
            .await?;
        whole(&mut self.database.read().await?, row).await
    }
}

/// Returns the registration with this reference; `None` if it does not exist or was erased.
pub(super) async fn registration_of(
    connection: &mut Connection<'_>,
    reference: &Reference,
) -> Result<Option<StoredRegistration>, StoreError> {
    let row: Option<Row> = query_as("select * from registration where reference = $1")
        .bind(reference.as_str())
        .fetch_optional(connection)
        .await?;
    whole(connection, row).await
}

async fn whole(
    connection: &mut Connection<'_>,
    row: Option<Row>,
) -> Result<Option<StoredRegistration>, StoreError> {
    // An erased registration has no answers left.
    let Some(row) = row.filter(|row| row.erased_at.is_none()) else {
        return Ok(None);
    };
    let users: Vec<UserRow> = query_as(
        "select first_name, last_name, email, mobile, role, administrator from registration_user \
         where registration_id = $1 and not joined_later order by position",
    )
    .bind(&row.id)
    .fetch_all(connection)
    .await?;
    let people = users
        .into_iter()
        .map(Person::try_from)
        .collect::<Result<_, _>>()?;
    row.with(people).map(Some)
}

impl TryFrom<UserRow> for Person {
    type Error = StoreError;

    fn try_from(row: UserRow) -> Result<Self, StoreError> {
        let table = "registration_user";
        Ok(Self {
            first_name: PersonName::parse_part(&row.first_name)
                .map_err(unread(table, "first_name"))?,
            last_name: PersonName::parse_part(&row.last_name)
                .map_err(unread(table, "last_name"))?,
            email: Email::stored(&row.email).ok_or(StoreError::Row {
                table,
                column: "email",
            })?,
            mobile: Mobile::parse(&row.mobile).map_err(unread(table, "mobile"))?,
            role: Role::from_key(&row.role).ok_or(StoreError::Row {
                table,
                column: "role",
            })?,
            administrator: row.administrator,
        })
    }
}

impl Row {
    fn with(self, people: Vec<Person>) -> Result<StoredRegistration, StoreError> {
        Ok(StoredRegistration {
            reference: Reference::parse(&self.reference)
                .map_err(unread("registration", "reference"))?,
            submitted_at: Moment::from_millis(self.submitted_at),
            sent_again_at: (self.revision > 1).then(|| Moment::from_millis(self.sent_at)),
            signed_at: Moment::from_millis(self.signed_at),
            terms_sha256: self.terms_sha256,
            registration: read_document(&self.answers, people)?,
        })
    }
}

fn unread(table: &'static str, column: &'static str) -> impl FnOnce(Problem) -> StoreError {
    move |_| StoreError::Row { table, column }
}
