//! The page behind the link in an email about a registration.
//!
//! Opening the page changes nothing, because some email programs follow every link. Only the button
//! on the page uses up the link.

use registration::lifecycle::STATUS_LINK;

use crate::pages::prose::{heading, paragraph};
use crate::pages::resume::{registration_link_expired, secret_form};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// Renders the page behind a registration link.
pub fn registration_link_page(secret: &str) -> ServerPage {
    const TITLE: &str = "Check the progress of your registration";
    let parts = vec![
        heading(TITLE),
        paragraph(
            "Select the button to open your registration on this device. The link works once. After that you can come back with your email address.",
        ),
        secret_form(STATUS_LINK, secret, "Open my registration"),
    ];
    server_page(TITLE, None, form_with(None), parts)
}

/// Renders the page for a registration link that does not work.
pub fn registration_link_expired_page() -> ServerPage {
    registration_link_expired(&[
        "you have used it before",
        "it has expired",
        "part of the address is missing",
    ])
}
