//! The settings of the service: each an option of `serve` and an environment variable, with its default.

use std::net::SocketAddr;
use std::path::PathBuf;

use ::mail::Sender;
use app::service::Contact;
use clap::{Args, ValueEnum};
use http::HeaderName;
use registration::desk::queue::TARGET_WORKING_DAYS;
use registration::performance::Cost;

use crate::http::cookie::CookieName;
use crate::signing_in::department::Provider;

mod department;
mod mail;

pub use department::{DepartmentSettings, DepartmentSettingsError};
pub use mail::{MailSettings, MailSettingsError, MailWay, Transport};

/// Where everything is kept.
#[derive(Debug, Clone, Args)]
pub struct Database {
    /// The database: a file's path, or a URL that begins with postgres://
    #[arg(
        long = "database",
        env = "REGISTRATION_DATABASE",
        default_value = "registration.db",
        hide_env_values = true
    )]
    pub address: String,
}

/// How the service is run.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Everything that is kept.
    #[command(flatten)]
    pub database: Database,

    /// Address and port to listen on.
    #[arg(long, env = "REGISTRATION_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    /// Folder of the browser's files, as the build leaves it.
    #[arg(long, env = "REGISTRATION_SITE", default_value = "target/site")]
    pub site: PathBuf,

    /// Whether people reach the service over HTTPS: then its cookie travels over HTTPS alone.
    #[arg(long, env = "REGISTRATION_HTTPS", value_name = "true|false", num_args = 0..=1, default_value_t = false, default_missing_value = "true", action = clap::ArgAction::Set)]
    pub https: bool,

    /// Whose header the pages carry. Only a host that may use the crown sets `govuk`.
    #[arg(long, env = "REGISTRATION_BRAND", value_enum, default_value_t = BrandName::Generic)]
    pub brand: BrandName,

    /// E-mail address of the Common Platform Desk, as the pages give it.
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

    /// When the telephone of the Common Platform Desk is answered.
    #[arg(
        long,
        env = "REGISTRATION_DESK_HOURS",
        default_value = "Monday to Friday, 9am to 5pm"
    )]
    pub desk_hours: String,

    /// The same in Welsh, for messages to those who chose it.
    #[arg(
        long,
        env = "REGISTRATION_DESK_HOURS_IN_WELSH",
        default_value = "dydd Llun i ddydd Gwener, 9am i 5pm"
    )]
    pub desk_hours_in_welsh: String,

    /// Within how many working days the desk means to decide on a registration.
    #[arg(long, env = "REGISTRATION_TARGET_DAYS", default_value_t = TARGET_WORKING_DAYS.into(), value_parser = clap::value_parser!(u32).range(1..=60))]
    pub target_days: u32,

    /// What one registration costs in pounds, such as 4.12, to be published; without it: not yet measured.
    #[arg(long, env = "REGISTRATION_COST", value_name = "POUNDS")]
    pub cost_per_registration: Option<Cost>,

    /// Answers every page with `the service is unavailable`.
    #[arg(long, env = "REGISTRATION_CLOSED", value_name = "true|false", num_args = 0..=1, default_value_t = false, default_missing_value = "true", action = clap::ArgAction::Set)]
    pub closed: bool,

    /// Address of the department's own security.txt, to which readers of ours are led.
    #[arg(long, env = "REGISTRATION_SECURITY_TXT")]
    pub security_txt: Option<String>,

    /// The header in which a proxy in front names who asks. Without it the connection's other end is meant.
    #[arg(long, env = "REGISTRATION_CLIENT_ADDRESS_HEADER")]
    pub client_address_header: Option<HeaderName>,

    /// How messages leave.
    #[command(flatten)]
    pub mail: MailSettings,

    /// The department's own sign-in for the desk.
    #[command(flatten)]
    pub department: DepartmentSettings,

    /// How log lines are written.
    #[arg(long, env = "REGISTRATION_LOG", value_enum, default_value_t = LogFormat::Text)]
    pub log: LogFormat,
}

/// Whose header the pages carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BrandName {
    /// The name of the service, no crown.
    Generic,
    /// GOV.UK's header, for a host that may use it.
    Govuk,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// A JSON object a line, for machines.
    Json,
}

impl Settings {
    /// How people reach the Common Platform Desk.
    #[must_use]
    pub fn contact(&self) -> Contact {
        Contact {
            email: self.desk_email.clone(),
            telephone: self.desk_telephone.clone(),
            hours: self.desk_hours.clone(),
        }
    }

    /// Who messages are from, where the service listens at an address.
    ///
    /// # Errors
    /// When the public address is missing or is none.
    pub fn sender(&self, listen: SocketAddr) -> Result<Sender, MailSettingsError> {
        Ok(Sender {
            service: self.mail.public_address(listen)?,
            desk_email: self.desk_email.clone(),
            desk_telephone: self.desk_telephone.clone(),
            desk_hours: self.desk_hours.clone(),
            desk_hours_in_welsh: self.desk_hours_in_welsh.clone(),
        })
    }

    /// The department's own sign-in, if the settings name one, where the service is at an address.
    ///
    /// # Errors
    /// When a part of it is missing.
    pub fn department(&self, service: &str) -> Result<Option<Provider>, DepartmentSettingsError> {
        self.department.provider(service)
    }

    /// What the cookie is called.
    #[must_use]
    pub const fn cookie(&self) -> CookieName {
        if self.https {
            CookieName::Secure
        } else {
            CookieName::Plain
        }
    }
}
