//! Connection options for PostgreSQL.
//!
//! Connections to another machine use TLS with a verified certificate, because they carry the
//! password and personal data.

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::error::StoreError;
use crate::this_machine::is_this_machine;

/// Parses the URL of a database; requires verified TLS for a server on another machine.
///
/// # Errors
/// When the URL cannot be parsed, or asks for a weaker check of a server on another machine.
pub(super) fn postgres_options(url: &str) -> Result<PgConnectOptions, StoreError> {
    let options = PgConnectOptions::from_str(url)?;
    let host = options.get_host();
    let is_here = options.get_socket().is_some() || host.starts_with('/') || is_this_machine(host);
    match options.get_ssl_mode() {
        _ if is_here => Ok(options),
        // `Prefer` is the mode of a URL that names no mode.
        PgSslMode::Prefer | PgSslMode::VerifyFull => Ok(options.ssl_mode(PgSslMode::VerifyFull)),
        PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Require | PgSslMode::VerifyCa => {
            Err(StoreError::Unverified)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_machine_is_reached_over_verified_tls_alone() {
        for (url, is_verified) in [
            ("postgres://user:secret@db.example/registration", Some(true)),
            (
                "postgresql://user:secret@192.0.2.1:5433/registration",
                Some(true),
            ),
            (
                "postgres://user@db.example/registration?sslmode=verify-full",
                Some(true),
            ),
            (
                "postgres://user@db.example/registration?sslmode=prefer",
                Some(true),
            ),
            (
                "postgres://user@127.0.0.1.evil.example/registration",
                Some(true),
            ),
            ("postgres:///registration?host=db.example", Some(true)),
            (
                "postgres://user@localhost/registration?hostaddr=192.0.2.1",
                Some(true),
            ),
            ("postgres://user@127.0.0.1/registration", Some(false)),
            (
                "postgres://user@localhost/registration?sslmode=disable",
                Some(false),
            ),
            ("postgres://user@[::1]/registration", Some(false)),
            ("postgres:///registration?host=/run/postgresql", Some(false)),
            ("postgres://%2Frun%2Fpostgresql/registration", Some(false)),
            (
                "postgres://user@db.example/registration?sslmode=disable",
                None,
            ),
            (
                "postgres://user@db.example/registration?sslmode=allow",
                None,
            ),
            (
                "postgres://user@db.example/registration?sslmode=require",
                None,
            ),
            (
                "postgres://user@db.example/registration?sslmode=verify-ca",
                None,
            ),
            (
                "postgres://user@db.example/registration?ssl-mode=disable",
                None,
            ),
            ("postgres://user@0.0.0.0/registration?sslmode=disable", None),
        ] {
            let options = postgres_options(url).ok();
            let mode =
                options.map(|options| matches!(options.get_ssl_mode(), PgSslMode::VerifyFull));
            assert_eq!(mode, is_verified, "{url}");
        }
    }
}
