//! The settings of single sign-on for the desk, with the department's `OpenID` Connect provider.

use std::path::PathBuf;

use clap::Args;

use crate::http::desk::SINGLE_SIGN_ON_CALLBACK;
use crate::signing_in::single_sign_on::{Provider, RequiredContext};
use crate::this_machine::is_encrypted_or_here;

/// The settings of single sign-on for the desk, which is off if no issuer is set.
#[derive(Debug, Clone, Default, Args)]
pub struct SingleSignOnSettings {
    /// The address of the department's `OpenID` Connect provider, with which officers can sign in.
    #[arg(long = "openid-issuer", env = "REGISTRATION_OPENID_ISSUER")]
    pub issuer: Option<String>,

    /// Client identifier of this service at the provider.
    #[arg(long = "openid-client", env = "REGISTRATION_OPENID_CLIENT")]
    pub client: Option<String>,

    /// File with the client secret of this service at the provider. The secret can also be in the
    /// variable `REGISTRATION_OPENID_SECRET`.
    #[arg(
        long = "openid-secret-file",
        env = "REGISTRATION_OPENID_SECRET_FILE",
        value_name = "FILE"
    )]
    pub secret_file: Option<PathBuf>,

    /// Client secret of this service at the provider.
    #[arg(skip)]
    pub secret: Option<String>,

    /// Name of the department's sign-in, shown after the words `Sign in with`.
    #[arg(
        long = "openid-name",
        env = "REGISTRATION_OPENID_NAME",
        default_value = "your department’s single sign-on"
    )]
    pub name: String,

    /// Values of the token's claim `acr` that prove two factors, separated by commas. If neither
    /// `acr` nor `amr` values are set, the service asks for its own second factor.
    #[arg(
        long = "openid-acr",
        env = "REGISTRATION_OPENID_ACR",
        value_delimiter = ','
    )]
    pub acr: Vec<String>,

    /// Values of the token's claim `amr` that prove two factors, such as `mfa`, separated by
    /// commas.
    #[arg(
        long = "openid-amr",
        env = "REGISTRATION_OPENID_AMR",
        value_delimiter = ','
    )]
    pub amr: Vec<String>,
}

/// The reason why the settings of single sign-on cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SingleSignOnSettingsError {
    /// A setting is missing; contains the name of its variable.
    #[error("to let people sign in with OpenID Connect, set {0}")]
    Missing(&'static str),
    /// The provider's address is neither HTTPS nor on this machine.
    #[error("REGISTRATION_OPENID_ISSUER must begin with https:// (http:// on this machine alone)")]
    Issuer,
}

impl SingleSignOnSettings {
    /// Returns the provider; `None` if no issuer is set. `service` is the public address of this
    /// service.
    ///
    /// # Errors
    /// When a setting is missing, or the provider's address is neither HTTPS nor on this machine.
    pub fn provider(&self, service: &str) -> Result<Option<Provider>, SingleSignOnSettingsError> {
        let given = |setting: &Option<String>| {
            let trimmed = setting.as_deref().map(str::trim);
            trimmed.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let Some(issuer) = given(&self.issuer) else {
            return Ok(None);
        };
        if !is_encrypted_or_here(&issuer) {
            return Err(SingleSignOnSettingsError::Issuer);
        }
        let missing = SingleSignOnSettingsError::Missing;
        Ok(Some(Provider {
            name: self.name.clone(),
            issuer: issuer.trim_end_matches('/').to_owned(),
            client: given(&self.client).ok_or(missing("REGISTRATION_OPENID_CLIENT"))?,
            secret: given(&self.secret).ok_or(missing("REGISTRATION_OPENID_SECRET"))?,
            back: [service, SINGLE_SIGN_ON_CALLBACK].concat(),
            required: RequiredContext {
                acr: values(&self.acr),
                amr: values(&self.amr),
            },
        }))
    }
}

/// Returns the non-empty values of a list, without white space at their ends.
fn values(list: &[String]) -> Vec<String> {
    let values = list.iter().map(|value| value.trim().to_owned());
    values.filter(|value| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_there_when_all_of_it_is_set() {
        let of = |issuer: Option<&str>, client: Option<&str>| {
            let settings = SingleSignOnSettings {
                issuer: issuer.map(str::to_owned),
                client: client.map(str::to_owned),
                secret_file: None,
                secret: Some("secret".to_owned()),
                name: "the department".to_owned(),
                acr: vec![String::new()],
                amr: vec![" mfa".to_owned(), "hwk".to_owned()],
            };
            settings.provider("https://register.example")
        };
        assert_eq!(of(None, None).unwrap(), None);
        assert_eq!(of(Some(" "), None).unwrap(), None);
        let provider = of(Some("https://id.example/"), Some("desk"))
            .unwrap()
            .unwrap();
        assert_eq!(provider.issuer, "https://id.example");
        assert!(provider.required.acr.is_empty());
        assert_eq!(provider.required.amr, ["mfa", "hwk"]);
        assert_eq!(
            provider.back,
            "https://register.example/desk/sign-in/department/back"
        );
        assert!(of(Some("https://id.example"), None).is_err());
        for (issuer, is_right) in [
            ("http://127.0.0.1:8080/oidc", true),
            ("http://localhost", true),
            ("http://id.example", false),
            ("http://127.0.0.1.evil.example", false),
            ("http://localhost.evil.example", false),
            ("http://localhost@evil.example", false),
            ("https://", false),
        ] {
            assert_eq!(of(Some(issuer), Some("desk")).is_ok(), is_right, "{issuer}");
        }
    }
}
