//! Pages with information or an error message. Only the server renders them, without WebAssembly.
//!
//! Each page is a file with its title and the content of `<main>`. docs/content.md says where each
//! text comes from and who must check it.

use leptos::prelude::*;
use registration::retention::Periods;

use crate::service::Contact;

mod accessibility_statement;
mod busy;
mod cookies;
mod cookies_needed;
mod fault;
pub mod format_request;
mod help;
mod layout;
mod method_or_bad_request;
mod not_found;
mod other_formats;
mod privacy;
mod refused;
mod service_closed;
mod terms_and_conditions;
mod too_large;
mod too_many;
mod too_slow;
mod unavailable;

pub use unavailable::UnsavedForm;

/// A page with information or an error message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContentPage {
    /// The accessibility statement. The law fixes some of its wording.
    AccessibilityStatement,
    /// The privacy notice.
    Privacy,
    /// The cookies that the service sets.
    Cookies,
    /// Help, and how to reach the Common Platform Desk.
    Help,
    /// The Terms and Conditions, to read without signing.
    TermsAndConditions,
    /// How to ask for the form in another format.
    OtherFormats,
    /// The page for an address that does not exist.
    NotFound,
    /// The page for a failure of the server.
    Fault,
    /// The page shown while the service is closed. [`ContentPage::closed_until`] renders it with
    /// the time of reopening.
    Closed,
    /// The page for a request that is larger than the server accepts.
    TooLarge,
    /// The page for a request that did not come from a page of the service.
    Refused,
    /// The page for a request that could not be read, or used a method that the page does not
    /// accept.
    Unreadable,
    /// The page for a browser that does not send back the cookie of a new draft. Without the
    /// cookie, no answer can be saved.
    CookiesNeeded,
    /// The page for a client that sent the body of its request too slowly.
    TooSlow,
    /// The page for a network that has started more registrations, uploads or sign-ins than the
    /// service allows.
    TooMany,
    /// The page for a request that the server has no capacity for at the moment.
    Busy,
    /// The page for a request during which the database could not be used. If the request sent a
    /// form, use [`ContentPage::unavailable_for_form`].
    Unavailable,
}

impl ContentPage {
    /// All content pages.
    pub const ALL: [Self; 17] = [
        Self::AccessibilityStatement,
        Self::Privacy,
        Self::Cookies,
        Self::Help,
        Self::TermsAndConditions,
        Self::OtherFormats,
        Self::NotFound,
        Self::Fault,
        Self::Closed,
        Self::TooLarge,
        Self::Refused,
        Self::Unreadable,
        Self::CookiesNeeded,
        Self::TooSlow,
        Self::TooMany,
        Self::Busy,
        Self::Unavailable,
    ];

    /// Returns the path of the page.
    ///
    /// The path of an error page is internal: the server shows the page in place of another page.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::AccessibilityStatement => "/accessibility-statement",
            Self::Privacy => "/privacy",
            Self::Cookies => "/cookies",
            Self::Help => "/help",
            Self::TermsAndConditions => "/terms-and-conditions",
            Self::OtherFormats => "/other-formats",
            Self::NotFound => "/errors/not-found",
            Self::Fault => "/errors/fault",
            Self::Closed => "/errors/closed",
            Self::TooLarge => "/errors/too-large",
            Self::Refused => "/errors/refused",
            Self::Unreadable => "/errors/unreadable",
            Self::CookiesNeeded => "/errors/cookies-needed",
            Self::TooSlow => "/errors/too-slow",
            Self::TooMany => "/errors/too-many",
            Self::Busy => "/errors/busy",
            Self::Unavailable => "/errors/unavailable",
        }
    }

    /// Returns the heading of the page. The `<title>` element begins with the same text.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::AccessibilityStatement => accessibility_statement::TITLE,
            Self::Privacy => privacy::TITLE,
            Self::Cookies => cookies::TITLE,
            Self::Help => help::TITLE,
            Self::TermsAndConditions => terms_and_conditions::TITLE,
            Self::OtherFormats => other_formats::TITLE,
            Self::NotFound => not_found::TITLE,
            Self::Fault => fault::TITLE,
            Self::Closed => service_closed::TITLE,
            Self::TooLarge => too_large::TITLE,
            Self::Refused => refused::TITLE,
            Self::Unreadable => method_or_bad_request::TITLE,
            Self::CookiesNeeded => cookies_needed::TITLE,
            Self::TooSlow => too_slow::TITLE,
            Self::TooMany => too_many::TITLE,
            Self::Busy => busy::TITLE,
            Self::Unavailable => unavailable::TITLE,
        }
    }

    /// Returns the HTTP status of the response.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::AccessibilityStatement
            | Self::Privacy
            | Self::Cookies
            | Self::Help
            | Self::TermsAndConditions
            | Self::OtherFormats => 200,
            Self::Unreadable => 400,
            Self::Refused | Self::CookiesNeeded => 403,
            Self::NotFound => 404,
            Self::TooSlow => 408,
            Self::TooLarge => 413,
            Self::TooMany => 429,
            Self::Fault => 500,
            Self::Closed | Self::Busy | Self::Unavailable => 503,
        }
    }

    /// Returns the page at a path; `None` if the path has no content page.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.path() == path)
    }

    /// Renders the content of `<main>`. `retention` has the retention periods of personal data.
    #[must_use]
    pub fn view(self, contact: &Contact, retention: &Periods) -> AnyView {
        let contact = contact.clone();
        match self {
            Self::AccessibilityStatement => {
                view! { <accessibility_statement::AccessibilityStatement contact /> }.into_any()
            }
            Self::Privacy => {
                view! { <privacy::Privacy contact retention=retention.clone() /> }.into_any()
            }
            Self::Cookies => view! { <cookies::Cookies /> }.into_any(),
            Self::Help => view! { <help::Help contact /> }.into_any(),
            Self::TermsAndConditions => {
                view! { <terms_and_conditions::TermsAndConditions /> }.into_any()
            }
            Self::OtherFormats => view! { <other_formats::OtherFormats contact /> }.into_any(),
            Self::NotFound => view! { <not_found::NotFound contact /> }.into_any(),
            Self::Fault => view! { <fault::Fault contact /> }.into_any(),
            Self::Closed => view! { <service_closed::ServiceClosed contact /> }.into_any(),
            Self::TooLarge => view! { <too_large::TooLarge contact /> }.into_any(),
            Self::Refused => view! { <refused::Refused contact /> }.into_any(),
            Self::Unreadable => view! { <method_or_bad_request::Unreadable contact /> }.into_any(),
            Self::CookiesNeeded => view! { <cookies_needed::CookiesNeeded contact /> }.into_any(),
            Self::TooSlow => view! { <too_slow::TooSlow contact /> }.into_any(),
            Self::TooMany => view! { <too_many::TooMany contact /> }.into_any(),
            Self::Busy => view! { <busy::Busy contact /> }.into_any(),
            Self::Unavailable => view! { <unavailable::Unavailable contact /> }.into_any(),
        }
    }

    /// Renders the page for a form that was sent while the database could not be used.
    #[must_use]
    pub fn unavailable_for_form(contact: &Contact, form: UnsavedForm) -> AnyView {
        let contact = contact.clone();
        view! { <unavailable::Unavailable contact form /> }.into_any()
    }

    /// Renders the page of a closed service with the time of reopening.
    ///
    /// `until` is display text, such as `9am on Monday 30 November 2026`.
    #[must_use]
    pub fn closed_until(contact: &Contact, until: impl Into<String>) -> AnyView {
        let contact = contact.clone();
        view! { <service_closed::ServiceClosed contact until=until.into() /> }.into_any()
    }
}
