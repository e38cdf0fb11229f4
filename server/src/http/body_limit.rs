//! The largest form that each page accepts. A limit near the size of the page’s fields saves the
//! rules from checking very long texts.

use app::pages::content::format_request::PATH as OTHER_FORMAT;
use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use registration::feedback::FEEDBACK;
use registration::keyed_form;

/// The largest form with a few short fields, in bytes: an address, a password, a code, or a
/// passkey's answer.
const SMALL: usize = 32 * 1024;
/// The largest form with the answers of a page or with a text, in bytes.
const PAGE: usize = 64 * 1024;
/// The largest form with an officer's texts, in bytes: twenty questions of 500 characters, which
/// have up to twelve bytes each when URL-encoded, or the identifiers of a thousand list entries.
const OFFICER: usize = 256 * 1024;
/// The largest form with spreadsheet rows, in bytes: twenty rows, with each cell URL-encoded and as
/// long as allowed.
const ROWS: usize = 1024 * 1024;
/// The largest form that is read to its end, in bytes. Bytes beyond the page's limit are read and
/// dropped, because a browser shows the answer only once it has sent the whole form.
const MAX_DRAINED: usize = 32 * 1024 * 1024;

/// The desk's pages with small forms: the pages before sign-in, and the pages about accounts.
const SMALL_AT_DESK: [&str; 6] = [
    "/desk/sign-in",
    "/desk/sign-out",
    "/desk/join",
    "/desk/account",
    "/desk/people",
    "/desk/stay",
];

/// Returns the largest form that this path accepts, in bytes.
pub(super) fn most_bytes(path: &str) -> usize {
    let path = keyed_form::without_base(path);
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

/// Reads a body of at most `most` bytes. Reads a larger body to its end or to `MAX_DRAINED` bytes,
/// and returns an error.
pub(super) async fn within_limit(mut body: Body, most: usize) -> Result<Bytes, TooLarge> {
    let mut received = Vec::new();
    let mut read = 0;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(TooLarge);
        };
        if let Some(data) = frame.data_ref() {
            read += data.len();
            if read <= most {
                received.extend_from_slice(data);
            } else if read > MAX_DRAINED {
                return Err(TooLarge);
            }
        }
    }
    if read > most {
        Err(TooLarge)
    } else {
        Ok(received.into())
    }
}

/// The error for a body that has more bytes than its limit, or that did not arrive completely.
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
