//! The settings of the service. Each setting is an option of `registration serve` and an
//! environment variable; a secret is only a variable or a file.

use std::net::SocketAddr;
use std::path::PathBuf;

use ::mail::Sender;
use app::service::Contact;
use clap::{Args, ValueEnum};
use http::HeaderName;
use registration::desk::queue::TARGET_WORKING_DAYS;
use registration::performance::Cost;

use self::secret::{Environment, SecretError, secret};
use crate::cookie::CookieName;
use crate::http::TrustedProxies;
use crate::signing_in::single_sign_on::Provider;

mod address_lookup;
mod database;
mod exposure;
mod mail;
mod public_address;
mod retention;
pub mod secret;
mod secret_keys;
mod single_sign_on;

pub use address_lookup::{AddressLookupSettings, AddressLookupSettingsError};
pub use database::Database;
pub use exposure::{ExposureError, local_address};
pub use mail::{MailMethod, MailSettings, MailSettingsError, Transport};
pub use public_address::{NotAnAddress, PublicAddress};
pub use retention::RetentionSettings;
pub use secret_keys::{SecretKeySettings, SecretKeysError};
pub use single_sign_on::{SingleSignOnSettings, SingleSignOnSettingsError};

/// The settings of `registration serve`.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// The database.
    #[command(flatten)]
    pub database: Database,

    /// The keys that encrypt secrets in the database.
    #[command(flatten)]
    pub secret_keys: SecretKeySettings,

    /// Address and port to listen on.
    #[arg(long, env = "REGISTRATION_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    /// Folder with the files for browsers, as the build writes it.
    #[arg(long, env = "REGISTRATION_SITE", default_value = "target/site")]
    pub site: PathBuf,

    /// Whether people reach the service over HTTPS. If so, browsers send its cookies over HTTPS
    /// only.
    #[arg(long, env = "REGISTRATION_HTTPS", value_name = "true|false", num_args = 0..=1, default_value_t = false, default_missing_value = "true", action = clap::ArgAction::Set)]
    pub https: bool,

    /// Serves other machines without HTTPS, for a demonstration with invented answers. Every page
    /// shows a warning.
    #[arg(long, env = "REGISTRATION_INSECURE_DEMO", value_name = "true|false", num_args = 0..=1, default_value_t = false, default_missing_value = "true", action = clap::ArgAction::Set)]
    pub insecure_demo: bool,

    /// The header of the pages. Set `govuk` only if your host may use the crown.
    #[arg(long, env = "REGISTRATION_BRAND", value_enum, default_value_t = BrandName::Generic)]
    pub brand: BrandName,

    /// Email address of the Common Platform Desk, as the pages show it.
    #[arg(
        long,
        env = "REGISTRATION_DESK_EMAIL",
        default_value = "common-platform-desk@justice.example"
    )]
    pub desk_email: String,

    /// Telephone number of the Common Platform Desk.
    #[arg(
        long,
        env = "REGISTRATION_DESK_TELEPHONE",
        default_value = "01632 960 000"
    )]
    pub desk_telephone: String,

    /// The hours in which the Common Platform Desk answers its telephone.
    #[arg(
        long,
        env = "REGISTRATION_DESK_HOURS",
        default_value = "Monday to Friday, 9am to 5pm"
    )]
    pub desk_hours: String,

    /// The telephone hours in Welsh, for messages in Welsh.
    #[arg(
        long,
        env = "REGISTRATION_DESK_HOURS_IN_WELSH",
        default_value = "dydd Llun i ddydd Gwener, 9am i 5pm"
    )]
    pub desk_hours_in_welsh: String,

    /// Target for the desk's decision on a registration, in working days.
    #[arg(long, env = "REGISTRATION_TARGET_DAYS", default_value_t = TARGET_WORKING_DAYS.into(), value_parser = clap::value_parser!(u32).range(1..=60))]
    pub target_days: u32,

    /// Cost of one registration in pounds, such as 4.12, for the published figures. Without a cost
    /// they show “not yet measured”.
    #[arg(long, env = "REGISTRATION_COST", value_name = "POUNDS")]
    pub cost_per_registration: Option<Cost>,

    /// Closes the service: every page says that the service is unavailable.
    #[arg(long, env = "REGISTRATION_CLOSED", value_name = "true|false", num_args = 0..=1, default_value_t = false, default_missing_value = "true", action = clap::ArgAction::Set)]
    pub closed: bool,

    /// Address of the department's own security.txt, to which the service redirects.
    #[arg(long, env = "REGISTRATION_SECURITY_TXT")]
    pub security_txt: Option<String>,

    /// Header in which a reverse proxy gives the client's address. Without this setting, the
    /// address of the connection counts.
    #[arg(long, env = "REGISTRATION_CLIENT_ADDRESS_HEADER")]
    pub client_address_header: Option<HeaderName>,

    /// Addresses and networks of the reverse proxies whose header is trusted, separated by commas.
    /// Without this setting, proxies on this machine and in private networks are trusted.
    #[arg(long, env = "REGISTRATION_TRUSTED_PROXIES", value_name = "NETWORKS")]
    pub trusted_proxies: Option<TrustedProxies>,

    /// How long personal data is kept.
    #[command(flatten)]
    pub retention: RetentionSettings,

    /// Settings of messages.
    #[command(flatten)]
    pub mail: MailSettings,

    /// Settings of single sign-on for the desk.
    #[command(flatten)]
    pub department: SingleSignOnSettings,

    /// Settings of the address service.
    #[command(flatten)]
    pub address_lookup: AddressLookupSettings,

    /// Address and port for /metrics, which only Prometheus should reach. Without this setting,
    /// metrics are not served.
    #[arg(long, env = "REGISTRATION_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,

    /// Address of an OpenTelemetry collector that gets the spans by OTLP over HTTP, such as
    /// `http://127.0.0.1:4318`. Without it, no spans are exported. `OTEL_TRACES_SAMPLER` and
    /// `OTEL_TRACES_SAMPLER_ARG` choose a part of the spans.
    #[arg(long, env = "REGISTRATION_OTLP")]
    pub otlp: Option<String>,

    /// Format of log lines.
    #[arg(long, env = "REGISTRATION_LOG", value_enum, default_value_t = LogFormat::Text)]
    pub log: LogFormat,
}

/// The header of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BrandName {
    /// A header with the name of the service, without the crown.
    Generic,
    /// GOV.UK's header, for a host that may use it.
    Govuk,
}

/// Format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Text lines, for people.
    Text,
    /// One JSON object per line, for machines.
    Json,
}

impl Settings {
    /// Reads the secret settings from environment variables or files.
    ///
    /// # Errors
    /// When a secret is set both ways, or its file cannot be read.
    pub fn read_secrets(&mut self, environment: Environment<'_>) -> Result<(), SecretError> {
        let mail = &mut self.mail;
        let file = mail.smtp_url_file.as_deref();
        mail.smtp_url = secret("REGISTRATION_SMTP_URL", file, environment)?;
        let file = mail.notify_key_file.as_deref();
        mail.notify_key = secret("REGISTRATION_NOTIFY_KEY", file, environment)?;
        let department = &mut self.department;
        let file = department.secret_file.as_deref();
        department.secret = secret("REGISTRATION_OPENID_SECRET", file, environment)?;
        let address_lookup = &mut self.address_lookup;
        let file = address_lookup.key_file.as_deref();
        address_lookup.key = secret("REGISTRATION_ADDRESS_SERVICE_KEY", file, environment)?;
        Ok(())
    }

    /// Returns the contact details of the Common Platform Desk.
    #[must_use]
    pub fn contact(&self) -> Contact {
        Contact {
            email: self.desk_email.clone(),
            telephone: self.desk_telephone.clone(),
            hours: self.desk_hours.clone(),
        }
    }

    /// Returns the sender of messages. If no public address is set, links in messages lead to the
    /// address `listen`.
    ///
    /// # Errors
    /// When messages are really sent and the public address is missing.
    pub fn sender(&self, listen: SocketAddr) -> Result<Sender, MailSettingsError> {
        Ok(Sender {
            service: self.mail.public_address(listen)?,
            desk_email: self.desk_email.clone(),
            desk_telephone: self.desk_telephone.clone(),
            desk_hours: self.desk_hours.clone(),
            desk_hours_in_welsh: self.desk_hours_in_welsh.clone(),
        })
    }

    /// Returns the provider for single sign-on, if the settings name one; `service` is the public
    /// address of this service.
    ///
    /// # Errors
    /// When a setting is missing, or the provider's address is neither HTTPS nor on this machine.
    pub fn department(&self, service: &str) -> Result<Option<Provider>, SingleSignOnSettingsError> {
        self.department.provider(service)
    }

    /// Returns the reverse proxies whose header is trusted.
    #[must_use]
    pub fn trusted_proxies(&self) -> TrustedProxies {
        match (&self.trusted_proxies, &self.client_address_header) {
            (Some(proxies), _) => proxies.clone(),
            (None, Some(_)) => TrustedProxies::not_public(),
            (None, None) => TrustedProxies::nobody(),
        }
    }

    /// Returns the name of the applicant's cookie.
    #[must_use]
    pub const fn cookie(&self) -> CookieName {
        if self.https {
            CookieName::Secure
        } else {
            CookieName::Plain
        }
    }
}
