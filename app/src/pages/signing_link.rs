//! The page behind the link that asks an accountable person to sign a form that an officer entered.
//!
//! Opening the page changes nothing, because some email programs follow every link. Only the button
//! on the page uses up the link.

use crate::pages::prose::{heading, paragraph};
use crate::pages::resume::{registration_link_expired, secret_form};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// Renders the page behind the signing link.
pub fn signing_link_page(secret: &str) -> ServerPage {
    const TITLE: &str = "Check and sign your organisation’s registration";
    let parts = vec![
        heading(TITLE),
        paragraph(
            "The Common Platform Desk has filled in a registration on behalf of your organisation. You are named in it as the accountable person.",
        ),
        paragraph(
            "Check the answers and change what is not right. Then accept the Terms and Conditions and submit the registration.",
        ),
        paragraph("The link works once. After that you can come back with your email address."),
        secret_form("/to-sign", secret, "Check the answers"),
    ];
    server_page(TITLE, None, form_with(None), parts)
}

/// Renders the page for a signing link that does not work.
pub fn signing_link_expired_page() -> ServerPage {
    registration_link_expired(&[
        "you have used it before",
        "the desk has sent you a newer one",
        "it has expired",
        "part of the address is missing",
    ])
}
