//! How large the form of each page may be. A form is read no further than that, so that nobody makes
//! the rules work on more than the page’s fields can hold.

use app::pages::content::format_request::PATH as OTHER_FORMAT;
use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use registration::performance::FEEDBACK;

/// Largest form with a few short fields, in bytes: an address, a password, a code, the answer of a
/// passkey.
const SMALL: usize = 32 * 1024;
/// Largest form with the answers of a page or with a text, in bytes.
const PAGE: usize = 64 * 1024;
/// Largest form with the texts of an officer, in bytes: twenty questions of 500 characters, each of up to
/// twelve bytes once it is URL-encoded, or the identifiers of a thousand entries of a list.
const OFFICER: usize = 256 * 1024;
/// Largest form with spreadsheet rows, in bytes: twenty rows, each cell as long as allowed and
/// URL-encoded.
const ROWS: usize = 1024 * 1024;
/// Largest form that is read to its end, in bytes. The bytes beyond its limit are read only to be
/// dropped, because the browser shows the answer only once it has sent everything.
const MOST_DRAINED: usize = 32 * 1024 * 1024;

/// The forms at the desk that are small: those of people who are not signed in, and of an account.
const SMALL_AT_DESK: [&str; 6] = [
    "/desk/sign-in",
    "/desk/sign-out",
    "/desk/join",
    "/desk/account",
    "/desk/people",
    "/desk/stay",
];

/// Returns the most bytes of a form that is sent to this path.
pub(super) fn most_bytes(path: &str) -> usize {
    let is_below = |above: &str| {
        path.strip_prefix(above)
            .is_some_and(|below| below.is_empty() || below.starts_with('/'))
    };
    if path == "/api/users/upload/rows" {
        ROWS
    } else if path.starts_with("/api/") || path == FEEDBACK || path == OTHER_FORMAT {
        PAGE
    } else if path.starts_with("/desk/") && !SMALL_AT_DESK.iter().any(|small| is_below(small)) {
        OFFICER
    } else {
        SMALL
    }
}

/// Reads a body, unless it has more than `most` bytes.
pub(super) async fn within_limit(mut body: Body, most: usize) -> Result<Bytes, TooLarge> {
    let mut kept = Vec::new();
    let mut read = 0;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(TooLarge);
        };
        if let Some(data) = frame.data_ref() {
            read += data.len();
            if read <= most {
                kept.extend_from_slice(data);
            } else if read > MOST_DRAINED {
                return Err(TooLarge);
            }
        }
    }
    if read > most {
        Err(TooLarge)
    } else {
        Ok(kept.into())
    }
}

/// A body has more bytes than its limit, or did not arrive.
pub(super) struct TooLarge;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_anybody_can_send_to_the_server_itself_is_small() {
        for path in [
            "/return",
            "/return/code",
            "/return/link",
            "/save",
            "/save/share",
            "/status/address",
            "/two-answers",
            "/to-sign",
            "/desk/sign-in",
            "/desk/sign-in/code",
            "/desk/sign-in/passkey",
            "/desk/join/password",
            "/desk/account/password",
            "/anything/else",
        ] {
            assert_eq!(most_bytes(path), SMALL, "{path}");
        }
        for (path, most) in [
            ("/feedback", PAGE),
            ("/other-formats/request", PAGE),
            ("/api/users/add", PAGE),
            ("/api/users/upload/rows", ROWS),
            ("/desk/registrations/CP-7K3M-9QXF/ask", OFFICER),
            ("/desk/set-up/batches", OFFICER),
            ("/desk/joined", OFFICER),
        ] {
            assert_eq!(most_bytes(path), most, "{path}");
        }
    }
}
