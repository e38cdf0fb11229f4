//! Extractors for the desk's forms and queries. Field names may repeat, and a query that cannot be
//! parsed counts as empty. `nul.rs` has already replaced NUL in forms and queries.

use std::convert::Infallible;

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

/// The fields of a form, by name.
#[derive(Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map_err(IntoResponse::into_response)?;
        Ok(Self(fields))
    }
}

impl Fields {
    /// Returns the fields of a stored form.
    pub(super) const fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// Returns the first value of a field; empty if the field was not sent.
    pub(super) fn text(&self, name: &str) -> &str {
        let mut fields = self.0.iter();
        fields
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// Returns whether the field was sent, even if it is empty.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Returns every value of a field.
    pub(super) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns the number in a field. Returns 0, which is never a version, if the field is missing
    /// or not a number.
    pub(super) fn number(&self, name: &str) -> i64 {
        self.text(name).parse().unwrap_or_default()
    }

    /// Replaces the values of a field.
    pub(super) fn replace(&mut self, name: &str, value: String) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value));
    }

    /// Returns the names and values, as sent.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

/// The fields of a query, by name; none if the query cannot be read.
pub(super) struct QueryFields(pub(super) Fields);

impl<S: Send + Sync> FromRequestParts<S> for QueryFields {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let fields = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        Ok(Self(Fields(
            fields.map(|Query(fields)| fields).unwrap_or_default(),
        )))
    }
}

/// Query of a list page of the desk. A value that is missing or cannot be parsed is empty or 0.
#[derive(Debug, Default)]
pub(super) struct ListQuery {
    /// The key of the list to show.
    pub(super) list: String,
    /// The search text, if the text may be in an address, such as a reference.
    pub(super) words: String,
    /// The identifier of a stored search text, which may contain a name.
    pub(super) found: String,
    /// The number of the page of the list.
    pub(super) page: usize,
    /// The key of the change that the page confirms.
    pub(super) done: String,
    /// The number of entries that were changed.
    pub(super) count: usize,
}

impl<S: Send + Sync> FromRequestParts<S> for ListQuery {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let QueryFields(fields) = QueryFields::from_request_parts(parts, state).await?;
        Ok(Self {
            list: fields.text("list").to_owned(),
            words: fields.text("words").chars().take(100).collect(),
            found: fields.text("found").chars().take(64).collect(),
            page: fields.text("page").parse().unwrap_or_default(),
            done: fields.text("done").to_owned(),
            count: fields.text("count").parse().unwrap_or_default(),
        })
    }
}
