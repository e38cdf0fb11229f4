//! Data for setting up a second factor, for the enrolment pages and the account pages: the QR code
//! for an authenticator app, and the JSON with which a browser creates a passkey.

use std::fmt::Write;

use app::pages::desk::{AppSecret, PasskeyAddress, QrPicture};
use axum::response::Response;
use qrcode::{Color, QrCode};
use serde_json::json;

use super::sign_in_visit::json as answer;
use crate::signing_in::passkey::{RelyingParty, encoded};
use crate::signing_in::totp;
use crate::store::{Officer, StoredPasskey};

/// The width of the white margin around a QR code, in squares of the code, as ISO/IEC 18004
/// requires.
const MARGIN: usize = 4;

/// Returns a secret for an authenticator app, as text and as a QR code.
pub(super) fn app_secret(secret: &str, email: &str) -> AppSecret {
    AppSecret {
        secret: secret.to_owned(),
        picture: picture(&totp::address(secret, email)),
    }
}

/// Returns whether passkeys work at the address of the desk, for a page.
pub(super) fn passkey_address(party: &RelyingParty) -> PasskeyAddress {
    match party.number() {
        None => PasskeyAddress::Name,
        Some(_) => PasskeyAddress::Number {
            instead: party.by_name(),
        },
    }
}

/// Answers with the JSON with which a browser creates a passkey.
pub(super) fn to_make(
    challenge: &str,
    party: &RelyingParty,
    officer: &Officer,
    known: &[StoredPasskey],
) -> Response {
    let ids: Vec<&str> = known.iter().map(|passkey| &*passkey.id).collect();
    answer(&json!({
        "challenge": challenge,
        "rpId": party.id,
        "user": {
            "id": encoded(officer.id.as_str().as_bytes()),
            "name": officer.email,
            "displayName": officer.name,
        },
        "exclude": ids,
    }))
}

fn picture(text: &str) -> QrPicture {
    // There is no QR code if the text is too long. The page also shows the secret as text.
    let Ok(code) = QrCode::new(text) else {
        return QrPicture {
            size: 1,
            path: String::new(),
        };
    };
    let width = code.width();
    let mut path = String::new();
    for (place, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let (x, y) = (place % width + MARGIN, place / width + MARGIN);
            // Writing to a string cannot fail.
            let _written = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    QrPicture {
        size: width + 2 * MARGIN,
        path,
    }
}
