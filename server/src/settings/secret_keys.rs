//! The setting with the keys that encrypt secrets in the database.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::Args;

use super::secret::{Environment, SecretError, secret};
use crate::randomness::{NoRandomness, Randomness};
use crate::secret_keys::{NotAKey, SecretKeys};

/// The environment variable with the keys.
const NAME: &str = "REGISTRATION_SECRETS_KEY";

/// The setting with the keys that encrypt secrets in the database.
#[derive(Debug, Clone, Default, Args)]
pub struct SecretKeySettings {
    /// File with the keys that encrypt secrets in the database, the newest first. The keys can also
    /// be in the variable `REGISTRATION_SECRETS_KEY`. Without both, the service makes a key file
    /// beside a SQLite database.
    #[arg(
        id = "secrets-key-file",
        long = "secrets-key-file",
        env = "REGISTRATION_SECRETS_KEY_FILE",
        value_name = "FILE"
    )]
    pub file: Option<PathBuf>,
}

/// The reason why the keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretKeysError {
    /// No key is set, but PostgreSQL needs one, because several servers may share the database.
    #[error(
        "with PostgreSQL, set REGISTRATION_SECRETS_KEY or REGISTRATION_SECRETS_KEY_FILE to a key that only the service can read, as `openssl rand -base64 32` prints one"
    )]
    Missing,
    /// The setting is set twice, or its file cannot be read.
    #[error(transparent)]
    Setting(#[from] SecretError),
    /// A key is malformed.
    #[error("a key of REGISTRATION_SECRETS_KEY cannot be read: {0}")]
    Key(#[from] NotAKey),
    /// The key file beside the database cannot be used.
    #[error("the key file {0} cannot be used: {1}")]
    Beside(PathBuf, io::Error),
    /// The machine has no random bytes for a new key.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl SecretKeySettings {
    /// Returns the keys. If no key is set, uses a key file beside `database`, the file of a SQLite
    /// database, and makes the key file if needed.
    ///
    /// # Errors
    /// When no key is set for a database on a server, a key cannot be read, or the key file beside
    /// `database` cannot be used.
    pub fn keys(
        &self,
        database: Option<&Path>,
        randomness: &dyn Randomness,
        environment: Environment<'_>,
    ) -> Result<SecretKeys, SecretKeysError> {
        let text = if let Some(text) = secret(NAME, self.file.as_deref(), environment)? {
            text
        } else {
            let database = database.ok_or(SecretKeysError::Missing)?;
            let mut name = database.as_os_str().to_owned();
            name.push(".key");
            let path = PathBuf::from(name);
            beside(&path, &SecretKeys::new_text(randomness)?)
                .map_err(|error| SecretKeysError::Beside(path, error))?
        };
        Ok(SecretKeys::parse(&text)?)
    }
}

/// Returns the text of a key file. If the file does not exist, creates it with the key `new`.
///
/// The file is created atomically: another process that starts at the same time must neither read
/// half a key nor replace this process's key.
fn beside(path: &Path, new: &str) -> io::Result<String> {
    match std::fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        read => return read,
    }
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}", std::process::id()));
    let draft = PathBuf::from(draft);
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)?;
    writeln!(file, "{new}")?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => std::fs::read_to_string(path),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::randomness::SystemRandomness;

    fn unset(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn a_sqlite_database_gets_a_key_file_that_stays() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("registration.db");
        let settings = SecretKeySettings::default();
        let keys = || {
            settings
                .keys(Some(&database), &SystemRandomness, &unset)
                .unwrap()
        };
        let sealed = keys().seal(&SystemRandomness, "a", "secret").unwrap();
        assert_eq!(keys().open("a", &sealed).as_deref(), Some("secret"));
        let file = folder.path().join("registration.db.key");
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        std::fs::write(&file, "damaged").unwrap();
        let damaged = settings.keys(Some(&database), &SystemRandomness, &unset);
        assert!(matches!(damaged, Err(SecretKeysError::Key(_))));
    }

    #[test]
    fn a_database_of_several_servers_needs_a_key() {
        let settings = SecretKeySettings::default();
        let missing = settings.keys(None, &SystemRandomness, &unset);
        assert!(matches!(missing, Err(SecretKeysError::Missing)));
        let text = SecretKeys::new_text(&SystemRandomness).unwrap();
        let set = |name: &str| (name == NAME).then(|| text.clone());
        assert!(settings.keys(None, &SystemRandomness, &set).is_ok());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys");
        std::fs::write(&file, format!("{text}\n")).unwrap();
        let settings = SecretKeySettings { file: Some(file) };
        assert!(settings.keys(None, &SystemRandomness, &unset).is_ok());
        assert!(settings.keys(None, &SystemRandomness, &set).is_err());
    }
}
