//! The state of the router (`Service`): the resources and settings that handlers need.
//!
//! axum clones the state for each layer of each request, so `Service` is one pointer.

use std::ops::Deref;
use std::sync::Arc;

use app::backend::Applicant;
use app::service::{Contact, TargetDays};
use app::shell::Document;
use axum::extract::FromRef;
use axum::http::HeaderName;
use axum::http::request::Parts;
use leptos::config::LeptosOptions;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use mail::Memory;
use registration::retention::Periods;

use super::pace::Pace;
use super::page_origin::PageOrigin;
use super::trusted_proxies::TrustedProxies;
use crate::applicant::{FormOfRequest, RequestApplicant};
use crate::context::AppContext;
use crate::current_request;
use crate::performance::Performance;
use crate::signing_in::single_sign_on::SingleSignOn;

/// The state of the router, shared by all requests.
#[derive(Clone)]
pub struct Service(Arc<ServiceResources>);

impl Service {
    /// Shares the resources and settings among all requests.
    #[must_use]
    pub fn new(resources: ServiceResources) -> Self {
        Self(Arc::new(resources))
    }
}

impl Deref for Service {
    type Target = ServiceResources;

    fn deref(&self) -> &ServiceResources {
        &self.0
    }
}

/// The resources and settings that handlers need.
pub struct ServiceResources {
    /// The database, the clock and other resources of the process.
    pub context: Arc<AppContext>,
    /// The parts that every HTML document shares.
    pub document: Arc<Document>,
    /// The contact details of the Common Platform Desk.
    pub contact: Arc<Contact>,
    /// The retention periods of personal data, for the privacy notice.
    pub retention: Arc<Periods>,
    /// The address of the service as people type it, without a slash at its end.
    pub address: Arc<str>,
    /// The provider for single sign-on, if the settings name one.
    pub department: Option<Arc<SingleSignOn>>,
    /// The cache of the published performance figures.
    pub performance: Arc<Performance>,
    /// Whether people reach the service over HTTPS.
    pub over_https: bool,
    /// Whether the service is closed. Health checks are answered nevertheless.
    pub closed: bool,
    /// The header in which a reverse proxy sends the client's address; `None` if the address of the
    /// connection counts.
    pub client_address_header: Option<HeaderName>,
    /// The reverse proxies whose address header is trusted.
    pub trusted_proxies: TrustedProxies,
    /// The origins that forms may come from.
    pub page_origin: PageOrigin,
    /// The pace at which the bodies of requests must arrive.
    pub pace: Pace,
    /// The target time for the desk's decision, in working days.
    pub target_days: u32,
    /// The address of the department's own `security.txt`; `None` to serve one from the settings.
    pub security_txt: Option<Arc<str>>,
    /// The unsent messages for the page `/dev/mail`; `None` over HTTPS or if messages are really
    /// sent.
    pub shown_mail: Option<Arc<Memory>>,
    /// The options with which leptos renders pages.
    pub leptos: LeptosOptions,
}

impl FromRef<Service> for LeptosOptions {
    fn from_ref(service: &Service) -> Self {
        service.leptos.clone()
    }
}

/// Provides the form that an officer keys in with the current request, if there is one, so that the
/// page's links and forms stay within it.
pub(super) fn provide_keyed_form() {
    if let Some(form) = current_request::keyed_form() {
        provide_context(form);
    }
}

impl Service {
    /// Provides the leptos context of a page or a server function, such as the applicant of the
    /// request.
    pub(super) fn provide(&self, form: FormOfRequest) {
        let token =
            use_context::<Parts>().and_then(|parts| self.context.cookie.read(&parts.headers));
        // While leptos lists the routes, there is neither a request nor a response.
        let response = use_context::<ResponseOptions>().unwrap_or_default();
        let applicant = RequestApplicant::new(Arc::clone(&self.context), token, form, response);
        provide_context::<Arc<dyn Applicant>>(Arc::new(applicant));
        provide_keyed_form();
        provide_context(self.contact.clone());
        provide_context(TargetDays(self.target_days));
        provide_context(self.document.title_end());
    }
}
