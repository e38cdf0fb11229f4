//! The setting that names the database.

use std::path::PathBuf;

use clap::Args;
use form_urlencoded::byte_serialize;

use super::secret::{SecretError, of_process, secret};

/// The default database: a SQLite file in the current folder.
const USUAL_FILE: &str = "registration.db";
/// The environment variable that names the database.
const NAME: &str = "REGISTRATION_DATABASE";

/// The setting that names the database.
#[derive(Debug, Clone, Default, Args)]
pub struct Database {
    /// The database: a file’s path, or a URL that begins with postgres://. A URL with a password
    /// must be in the variable `REGISTRATION_DATABASE` or a file. [default: registration.db]
    #[arg(id = "database", long = "database", value_name = "FILE|URL")]
    pub named: Option<String>,

    /// File with the path or URL of the database.
    #[arg(
        id = "database-file",
        long = "database-file",
        env = "REGISTRATION_DATABASE_FILE",
        value_name = "FILE"
    )]
    pub file: Option<PathBuf>,

    /// File with the certificate (PEM) of the authority that issued the certificate of the
    /// PostgreSQL server, if that authority is not a public one.
    #[arg(
        id = "database-authority",
        long = "database-authority",
        env = "REGISTRATION_DATABASE_AUTHORITY",
        value_name = "FILE"
    )]
    pub authority: Option<PathBuf>,
}

impl Database {
    /// Returns the path or the URL of the database.
    ///
    /// # Errors
    /// When the variable and the file are both set, or the file cannot be read. An argument takes
    /// precedence over both.
    pub fn address(&self) -> Result<String, SecretError> {
        let address = match &self.named {
            Some(named) => named.clone(),
            None => secret(NAME, self.file.as_deref(), &of_process)?
                .unwrap_or_else(|| USUAL_FILE.to_owned()),
        };
        Ok(self.with_authority(address))
    }

    fn with_authority(&self, address: String) -> String {
        let Some(path) = self.authority.as_ref().and_then(|path| path.to_str()) else {
            return address;
        };
        if !address.contains("://") {
            return address;
        }
        let joint = if address.contains('?') { '&' } else { '?' };
        let path: String = byte_serialize(path.as_bytes()).collect();
        format!("{address}{joint}sslrootcert={path}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authority_is_part_of_the_url_of_a_server() {
        for (address, whole) in [
            ("registration.db", "registration.db"),
            (
                "postgres://db.example/registration",
                "postgres://db.example/registration?sslrootcert=%2Fetc%2Four+authority.pem",
            ),
            (
                "postgres://db.example/registration?user=a",
                "postgres://db.example/registration?user=a&sslrootcert=%2Fetc%2Four+authority.pem",
            ),
        ] {
            let database = Database {
                named: Some(address.to_owned()),
                authority: Some("/etc/our authority.pem".into()),
                ..Database::default()
            };
            assert_eq!(database.address().unwrap(), whole);
        }
    }
}
