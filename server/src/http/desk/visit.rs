//! The extractor of the desk's pages (`DeskVisit`): identifies the officer, records views in the
//! audit, and renders pages.

use app::pages::desk::{CurrentOfficer, DeskPage, SessionEnd, desk_page};
use app::pages::server_page::ServerPage;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use registration::date::CalendarDate;
use registration::desk::Permission;

use super::access::{SignedIn, end_of};
use super::sign_in_visit::{party, requester};
use crate::clock::Moment;
use crate::http::state::Service;
use crate::http::visit::{InternalError, Visit};
use crate::randomness::SessionToken;
use crate::signing_in::Requester;
use crate::signing_in::passkey::RelyingParty;
use crate::store::{NewView, Officer, OfficerSession, Presence, Store, StoreError, Subject};

/// A request of a signed-in officer, which the guard has passed on.
pub(super) struct DeskVisit {
    pub(super) visit: Visit,
    pub(super) officer: Officer,
    pub(super) session: OfficerSession,
    pub(super) token: SessionToken,
    pub(super) requester: Requester,
    pub(super) party: RelyingParty,
}

impl FromRequestParts<Service> for DeskVisit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, service)
            .await
            .unwrap_or_else(|never| match never {});
        // The guard has already refused requests without a session. Routes without a required
        // permission do not use `DeskVisit`.
        let cookie = service.context.cookie.officer();
        let who = parts.extensions.get::<SignedIn>().cloned();
        let (Some(who), Some(token)) = (who, cookie.read(&parts.headers)) else {
            return Err(StatusCode::UNAUTHORIZED.into_response());
        };
        Ok(Self {
            requester: requester(&visit, &parts.headers),
            party: party(service, &parts.headers),
            token,
            visit,
            officer: who.officer,
            session: who.session,
        })
    }
}

impl DeskVisit {
    /// Returns the database.
    pub(super) fn store(&self) -> &Store {
        &self.visit.service.context.store
    }

    /// Returns the current time.
    pub(super) fn now(&self) -> Moment {
        self.visit.service.context.clock.now()
    }

    /// Returns the end of this officer's session.
    pub(super) fn end(&self) -> SessionEnd {
        end_of(&self.officer, &self.session, self.now())
    }

    /// Returns today's date in London.
    pub(super) fn today(&self) -> Result<CalendarDate, InternalError> {
        self.now().calendar_date().ok_or(InternalError)
    }

    /// Records that this officer has the page of a subject, such as `registration/CP-…`, open.
    ///
    /// Returns the names of the other officers who have the page open, each with the time at which
    /// the officer opened it, for `viewing_notice`. An officer who cannot work on registrations is
    /// not recorded, and gets an empty list.
    pub(super) async fn note_presence(
        &self,
        subject: &Subject,
    ) -> Result<Vec<(String, String)>, StoreError> {
        if !self.may(Permission::WorkOnRegistrations) {
            return Ok(Vec::new());
        }
        let (store, now) = (self.store(), self.now());
        let others = store
            .casework()
            .others_present(subject, &self.officer.id, now)
            .await?;
        store
            .casework()
            .mark_present(subject, &self.officer.id, now)
            .await?;
        let in_words = |viewers: Presence| (viewers.name, viewers.since.in_words());
        Ok(others.into_iter().map(in_words).collect())
    }

    /// Returns whether this officer has a permission.
    pub(super) fn may(&self, permission: Permission) -> bool {
        self.officer.role.may(permission)
    }

    /// Records in the audit that this officer views `what` of a subject, such as `page` of
    /// `registration/CP-…`.
    ///
    /// Call this function before the page shows personal data: if the view cannot be recorded, the
    /// page must fail.
    pub(super) async fn record_view(
        &self,
        subject: &Subject,
        what: &str,
    ) -> Result<(), StoreError> {
        let source = self.visit.source.as_deref();
        self.store()
            .audit()
            .record_view(NewView {
                actor: &self.officer.actor(),
                subject,
                what,
                source,
                at: self.now(),
            })
            .await
    }

    /// Records in the audit that this officer views a list or search results. Lists and search
    /// results have no subject of their own, so the officer is the subject.
    pub(super) async fn record_list_view(&self, what: &str) -> Result<(), StoreError> {
        self.record_view(&self.officer.id.subject(), what).await
    }

    /// Records in the audit that this officer downloads `what` of a subject. Call this function for
    /// each download, before the file is sent.
    pub(super) async fn record_download(
        &self,
        subject: &Subject,
        what: &str,
    ) -> Result<(), StoreError> {
        let source = self.visit.source.as_deref();
        self.store()
            .audit()
            .record_download(NewView {
                actor: &self.officer.actor(),
                subject,
                what,
                source,
                at: self.now(),
            })
            .await
    }

    /// Renders a page of the desk.
    pub(super) fn show(&self, page: impl FnOnce() -> DeskPage) -> Response {
        self.show_with(StatusCode::OK, page)
    }

    /// Renders a page of the desk with a status.
    pub(super) fn show_with(
        &self,
        status: StatusCode,
        page: impl FnOnce() -> DeskPage,
    ) -> Response {
        let framed = || -> ServerPage {
            desk_page(
                &CurrentOfficer {
                    name: self.officer.name.clone(),
                    role: self.officer.role,
                    has_shortcuts: self.officer.has_shortcuts,
                    end: self.end(),
                },
                page(),
            )
        };
        self.visit.show_with(status, framed)
    }
}
