//! Pages that only inform: rendered by the server alone, without WebAssembly.
//!
//! One file per page: its title and what goes inside `<main>`. Where each text comes from and who
//! must check it is in docs/content.md.

use leptos::prelude::*;

use crate::service::Contact;

mod accessibility_statement;
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

/// A page that only informs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContentPage {
    /// How accessible the service is, in the words that the law fixes.
    AccessibilityStatement,
    /// What is done with personal data.
    Privacy,
    /// The cookies, one by one.
    Cookies,
    /// Help, and how to reach the Common Platform Desk.
    Help,
    /// The Terms and Conditions, for reading.
    TermsAndConditions,
    /// How to ask for the form in another format.
    OtherFormats,
    /// There is no such page.
    NotFound,
    /// Something broke on the server.
    Fault,
    /// The service is closed for a while; [`ContentPage::closed_until`] can say until when.
    Closed,
    /// More was sent than the server takes.
    TooLarge,
    /// The request did not come from a page of the service.
    Refused,
    /// What was sent could not be read, or in no way that the page takes.
    Unreadable,
    /// The browser refuses the cookie without which nothing can be kept.
    CookiesNeeded,
}

impl ContentPage {
    /// Every page.
    pub const ALL: [Self; 13] = [
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
    ];

    /// Where the page is. The path of an error page is internal: it is shown in place of another.
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
        }
    }

    /// The heading of the page, with which its `<title>` begins.
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
        }
    }

    /// The HTTP status that the page is sent with.
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
            Self::TooLarge => 413,
            Self::Fault => 500,
            Self::Closed => 503,
        }
    }

    /// The page that has this path.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.path() == path)
    }

    /// What goes inside `<main>`.
    #[must_use]
    pub fn view(self, contact: &Contact) -> AnyView {
        let contact = contact.clone();
        match self {
            Self::AccessibilityStatement => {
                view! { <accessibility_statement::AccessibilityStatement contact /> }.into_any()
            }
            Self::Privacy => view! { <privacy::Privacy contact /> }.into_any(),
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
        }
    }

    /// The page of a closed service that knows when it opens: `9am on Monday 30 November 2026`.
    #[must_use]
    pub fn closed_until(contact: &Contact, until: impl Into<String>) -> AnyView {
        let contact = contact.clone();
        view! { <service_closed::ServiceClosed contact until=until.into() /> }.into_any()
    }
}
