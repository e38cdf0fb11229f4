//! Extractors for the desk's forms and queries: form fields, whose names may repeat, and a query
//! that never fails to parse.

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

/// Form fields, with NUL removed.
pub(super) struct Fields(Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map_err(IntoResponse::into_response)?;
        Ok(Self(fields).without_nul())
    }
}

impl Fields {
    /// Returns the first value of a name; empty if there is none.
    pub(super) fn one(&self, name: &str) -> &str {
        let mut fields = self.0.iter();
        fields
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// Returns every value of a name.
    pub(super) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    fn without_nul(mut self) -> Self {
        for (_, value) in &mut self.0 {
            value.retain(|letter| letter != '\0');
        }
        self
    }
}

/// Query of a page of the desk. A value that is missing or cannot be read is empty.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The list to show.
    pub(super) list: String,
    /// The search text.
    pub(super) words: String,
    /// The page of the list.
    pub(super) page: usize,
    /// The change that the page confirms.
    pub(super) done: String,
    /// How many it was done to.
    pub(super) count: usize,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let fields = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
        let fields = Fields(fields.map(|Query(fields)| fields).unwrap_or_default()).without_nul();
        Ok(Self {
            list: fields.one("list").to_owned(),
            words: fields.one("words").chars().take(100).collect(),
            page: fields.one("page").parse().unwrap_or_default(),
            done: fields.one("done").to_owned(),
            count: fields.one("count").parse().unwrap_or_default(),
        })
    }
}
