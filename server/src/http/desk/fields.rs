//! What the desk's forms and addresses bring: fields of which one name may come several times, and what an address asks
//! for, whatever somebody has typed into it.

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

/// The fields as they were sent, without the letter that no database keeps.
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
    /// The first value of a name; empty where it did not come.
    pub(super) fn one(&self, name: &str) -> &str {
        let mut fields = self.0.iter();
        fields
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// Every value of a name.
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

/// What an address asks for. What is not asked for, or cannot be read, is empty.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// Which list.
    pub(super) list: String,
    /// What is searched.
    pub(super) words: String,
    /// Which page of the list.
    pub(super) page: usize,
    /// What was just done.
    pub(super) done: String,
    /// To how many.
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
