//! The form that an officer keys in for an organisation, and the base of its addresses: `/desk/forms/` and the
//! identifier of the draft.
//!
//! On the server, the form is in the context of the request. In the browser, the base is in the address of the
//! document, and stays the same until another document is loaded.

#[cfg(feature = "ssr")]
use leptos::prelude::use_context;
use registration::keyed_form;

use crate::components::Words;

#[cfg(feature = "hydrate")]
thread_local! {
    /// The base of the document's form; `None` on the pages of an applicant.
    static BASE: Option<String> = {
        let path = leptos::prelude::window().location().pathname().unwrap_or_default();
        keyed_form::split(&path).map(|(base, _)| base.to_owned())
    };
}

/// The form that an officer keys in with the current request.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedForm {
    /// The identifier of the draft, which is part of each address of the form.
    pub draft: String,
    /// The name of the organisation; empty while it is unknown.
    pub organisation: String,
}

/// Returns the base of the form that is keyed in; `None` on the pages of an applicant.
#[cfg(feature = "ssr")]
fn base() -> Option<String> {
    use_context::<KeyedForm>().map(|form| keyed_form::base(&form.draft))
}

/// Returns the base of the form that is keyed in; `None` on the pages of an applicant.
#[cfg(feature = "hydrate")]
fn base() -> Option<String> {
    BASE.with(Clone::clone)
}

/// Replaces `base` in a build without `hydrate` and `ssr`, which shows no pages.
#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
fn base() -> Option<String> {
    None
}

/// Returns the base for the router, which is empty on the server and on the pages of an applicant.
///
/// The server removes the base before its own router sees the address.
pub fn router_base() -> Words {
    if cfg!(feature = "ssr") {
        return Words::Borrowed("");
    }
    base().unwrap_or_default().into()
}

/// Whether the page belongs to a form that an officer keys in.
pub fn is_keyed() -> bool {
    base().is_some()
}

/// Returns the address to use on the current page. In a form that an officer keys in, adds the base to the addresses of
/// the draft (see `registration::keyed_form::within`).
pub fn address(address: Words) -> Words {
    // Most addresses never change, so look for the base only if the address might.
    if address != "/"
        && address != registration::desk::ASSISTED_FORM
        && !keyed_form::is_of_draft(&address)
    {
        return address;
    }
    match base() {
        Some(base) => keyed_form::within(&base, address),
        None => address,
    }
}
