//! Reads secret settings from an environment variable, or from the file that the same variable with
//! the suffix `_FILE` names. A secret is never an argument, because every user of the machine can
//! list arguments.

use std::io;
use std::path::{Path, PathBuf};

/// A function that returns the value of an environment variable, so that tests can replace the
/// environment.
pub type Environment<'e> = &'e dyn Fn(&str) -> Option<String>;

/// The reason why a secret setting cannot be used. The error never contains the secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The variable and the file are both set.
    #[error("set {0} or {0}_FILE, not both")]
    Both(&'static str),
    /// The file cannot be read.
    #[error("{path}, the file of {name}_FILE, cannot be read: {error}")]
    File {
        /// The name of the variable.
        name: &'static str,
        /// The path of the file.
        path: PathBuf,
        /// The reason why the file cannot be read.
        error: io::Error,
    },
}

/// Returns the value of an environment variable of this process; `None` if it is not set or not
/// valid UTF-8.
#[must_use]
pub fn of_process(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Returns a secret setting, without white space at its ends; `None` if it is not set.
///
/// # Errors
/// When the setting is set both ways, or its file cannot be read.
pub fn secret(
    name: &'static str,
    file: Option<&Path>,
    environment: Environment<'_>,
) -> Result<Option<String>, SecretError> {
    let named = environment(name).filter(|value| !value.trim().is_empty());
    let value = match (named, file) {
        (Some(_), Some(_)) => return Err(SecretError::Both(name)),
        (None, Some(path)) => {
            let text = std::fs::read_to_string(path).map_err(|error| SecretError::File {
                name,
                path: path.to_owned(),
                error,
            })?;
            Some(text)
        }
        (named, None) => named,
    };
    let trimmed = value.map(|value| value.trim().to_owned());
    Ok(trimmed.filter(|value| !value.is_empty()))
}

/// Returns whether an argument is a URL with a password, which other users of the machine could
/// read.
#[must_use]
pub fn holds_password(argument: &str) -> bool {
    let Some((_, rest)) = argument.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let in_authority = authority
        .rsplit_once('@')
        .is_some_and(|(user, _)| user.contains(':'));
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    in_authority || query.split('&').any(|pair| pair.starts_with("password="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_from_its_variable_or_its_file() {
        const NAME: &str = "REGISTRATION_SMTP_URL";
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "smtps://user:secret@mail.example\n").unwrap();
        let missing = folder.path().join("missing");
        let set = |name: &str| (name == NAME).then(|| " from the variable ".to_owned());
        let unset = |_: &str| None;
        let empty = |_: &str| Some(" ".to_owned());
        let of = |file: Option<&Path>, environment: Environment<'_>| {
            secret(NAME, file, environment).map_err(|error| error.to_string())
        };
        assert_eq!(of(None, &unset), Ok(None));
        assert_eq!(of(None, &empty), Ok(None));
        assert_eq!(of(None, &set), Ok(Some("from the variable".to_owned())));
        for environment in [&unset as Environment<'_>, &empty] {
            let secret = Ok(Some("smtps://user:secret@mail.example".to_owned()));
            assert_eq!(of(Some(&path), environment), secret);
        }
        let both = of(Some(&path), &set).unwrap_err();
        assert!(
            both.contains("not both") && !both.contains("secret@"),
            "{both}"
        );
        let gone = of(Some(&missing), &unset).unwrap_err();
        assert!(gone.contains("REGISTRATION_SMTP_URL_FILE"), "{gone}");
    }

    #[test]
    fn a_password_in_an_argument_is_noticed() {
        for argument in [
            "postgres://user:secret@db.example/registration",
            "--database=postgres://user:secret@db.example",
            "postgres:///registration?password=secret",
            "postgres:///registration?host=db&password=secret",
            "smtps://user:secret@mail.example:465",
        ] {
            assert!(holds_password(argument), "{argument}");
        }
        for argument in [
            "serve",
            "registration.db",
            "postgres://user@db.example:5432/registration",
            "https://register.example:8080/a:b@c",
            "--question",
            "What is 1:2@3?",
        ] {
            assert!(!holds_password(argument), "{argument}");
        }
    }
}
