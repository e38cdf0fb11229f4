//! What a page of the desk needs of a request: who asks, and how it is shown.

use app::pages::coming_back::Written;
use app::pages::desk::{DeskPage, SessionEnd, Who, desk_page};
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use registration::date::CalendarDate;
use registration::desk::Permission;

use super::access::{SignedIn, end_of};
use super::entering::{asker, party};
use crate::clock::Moment;
use crate::http::router::Service;
use crate::http::visit::{Broken, Visit};
use crate::randomness::SessionToken;
use crate::signing_in::Asker;
use crate::signing_in::passkey::RelyingParty;
use crate::store::{Officer, OfficerSession, OnIt, Store, StoreError};

/// A request of an officer who was let in by the guard.
pub(super) struct DeskVisit {
    pub(super) visit: Visit,
    pub(super) officer: Officer,
    pub(super) session: OfficerSession,
    pub(super) token: SessionToken,
    pub(super) asker: Asker,
    pub(super) party: RelyingParty,
}

impl FromRequestParts<Service> for DeskVisit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, service)
            .await
            .unwrap_or_else(|never| match never {});
        // Only a route that needs nothing lets nobody in, and such a route asks for no officer.
        let cookie = service.desk.cookie.officer();
        let who = parts.extensions.get::<SignedIn>().cloned();
        let (Some(who), Some(token)) = (who, cookie.read(&parts.headers)) else {
            return Err(StatusCode::UNAUTHORIZED.into_response());
        };
        Ok(Self {
            asker: asker(&visit, &parts.headers),
            party: party(service, &parts.headers),
            token,
            visit,
            officer: who.officer,
            session: who.session,
        })
    }
}

impl DeskVisit {
    /// What is kept.
    pub(super) const fn store(&self) -> &Store {
        &self.visit.service.desk.store
    }

    /// Now.
    pub(super) fn now(&self) -> Moment {
        self.visit.service.desk.clock.now()
    }

    /// Until when this officer is signed in.
    pub(super) fn end(&self) -> SessionEnd {
        end_of(&self.session, self.now())
    }

    /// The day in London.
    pub(super) fn today(&self) -> Result<CalendarDate, Broken> {
        self.now().calendar_date().ok_or(Broken)
    }

    /// Notes that this officer has the page of something open, such as `registration/CP-…`; gives who else has, and
    /// since when, in words, for `on_it_notice`. Who only reads is in nobody's way.
    pub(super) async fn comes_to(
        &self,
        subject: &str,
    ) -> Result<Vec<(String, String)>, StoreError> {
        if !self.may(Permission::WorkOnRegistrations) {
            return Ok(Vec::new());
        }
        let (store, now) = (self.store(), self.now());
        let others = store.who_else_is_on(subject, &self.officer.id, now).await?;
        store.seen_on(subject, &self.officer.id, now).await?;
        let in_words = |on_it: OnIt| (on_it.name, on_it.since.in_words());
        Ok(others.into_iter().map(in_words).collect())
    }

    /// Whether this officer may do something.
    pub(super) fn may(&self, permission: Permission) -> bool {
        self.officer.role.may(permission)
    }

    /// Writes down that this officer looks at `what` of a subject, such as `page` of `registration/CP-…`. To be called
    /// before personal data is shown: what cannot be written down is not shown.
    pub(super) async fn saw(&self, subject: &str, what: &str) -> Result<(), StoreError> {
        let source = self.visit.source.as_deref();
        self.store()
            .saw(&self.officer.actor(), subject, what, source, self.now())
            .await
    }

    /// The same of a list or a search, which has no subject of its own: it stands with the officer's.
    pub(super) async fn saw_list(&self, what: &str) -> Result<(), StoreError> {
        self.saw(&self.officer.actor(), what).await
    }

    /// Writes down that this officer takes `what` of a subject away as a file, each time. To be called before it is
    /// given.
    pub(super) async fn took_away(&self, subject: &str, what: &str) -> Result<(), StoreError> {
        let source = self.visit.source.as_deref();
        self.store()
            .took_away(&self.officer.actor(), subject, what, source, self.now())
            .await
    }

    /// Writes a page of the desk.
    pub(super) fn show(&self, page: impl FnOnce() -> DeskPage) -> Response {
        self.show_with(StatusCode::OK, page)
    }

    /// Writes a page of the desk with a status.
    pub(super) fn show_with(
        &self,
        status: StatusCode,
        page: impl FnOnce() -> DeskPage,
    ) -> Response {
        let framed = || -> Written {
            desk_page(
                &Who {
                    name: self.officer.name.clone(),
                    role: self.officer.role,
                    end: self.end(),
                },
                page(),
            )
        };
        self.visit.show_with(status, framed)
    }
}
