//! The settings for messages, which are sent by SMTP, sent by GOV.UK Notify, or only shown on a
//! page.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use mail::{Mailer, Memory, Notify, NotifyError, NotifyKey, Smtp, SmtpError};

use super::exposure::local_address;
use super::public_address::PublicAddress;
use crate::this_machine::is_encrypted_or_here;

/// The settings for messages.
#[derive(Debug, Clone, Args)]
pub struct MailSettings {
    /// How messages are sent. Without this setting and without HTTPS, messages are only shown on
    /// the page /dev/mail.
    #[arg(long = "mail", env = "REGISTRATION_MAIL", value_enum)]
    pub method: Option<MailMethod>,

    /// Sender address of messages by SMTP.
    #[arg(
        long = "mail-from",
        env = "REGISTRATION_MAIL_FROM",
        default_value = "no-reply@register.example"
    )]
    pub from: String,

    /// File with the URL of the SMTP server, like `smtps://user:password@host:465` or
    /// `smtp://user:password@host:587?tls=required`. The URL can also be in the variable
    /// `REGISTRATION_SMTP_URL`.
    #[arg(long, env = "REGISTRATION_SMTP_URL_FILE", value_name = "FILE")]
    pub smtp_url_file: Option<PathBuf>,

    /// The URL of the SMTP server.
    #[arg(skip)]
    pub smtp_url: Option<String>,

    /// File with the certificate (PEM) of the authority that issued the SMTP server's certificate,
    /// if that authority is not a public one.
    #[arg(long, env = "REGISTRATION_SMTP_AUTHORITY")]
    pub smtp_authority: Option<PathBuf>,

    /// File with the API key of GOV.UK Notify. The key can also be in the variable
    /// `REGISTRATION_NOTIFY_KEY`.
    #[arg(long, env = "REGISTRATION_NOTIFY_KEY_FILE", value_name = "FILE")]
    pub notify_key_file: Option<PathBuf>,

    /// API key of GOV.UK Notify.
    #[arg(skip)]
    pub notify_key: Option<String>,

    /// Identifier of the GOV.UK Notify template, whose subject must be ((subject)) and whose body
    /// must be ((body)).
    #[arg(long, env = "REGISTRATION_NOTIFY_TEMPLATE")]
    pub notify_template: Option<String>,

    /// Address of the GOV.UK Notify API.
    #[arg(long, env = "REGISTRATION_NOTIFY_URL", default_value = Notify::ADDRESS)]
    pub notify_url: String,

    /// The address of the service as people type it, for links in messages
    #[arg(long, env = "REGISTRATION_PUBLIC_ADDRESS")]
    pub public_address: Option<PublicAddress>,
}

/// The way in which messages are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MailMethod {
    /// Shown on the page /dev/mail instead of sent. Not possible over HTTPS.
    Page,
    /// Sent by SMTP.
    Smtp,
    /// Sent by GOV.UK Notify.
    Notify,
}

/// The transport of messages: the mailer, and the messages for the page /dev/mail.
pub struct Transport {
    /// The mailer that sends messages, or only collects them.
    pub mailer: Arc<dyn Mailer>,
    /// The messages for the page /dev/mail; `None` if messages are really sent.
    pub shown: Option<Arc<Memory>>,
}

/// The reason why the mail settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MailSettingsError {
    /// HTTPS is set, so messages must be sent, but no way of sending is set.
    #[error(
        "over HTTPS messages must be sent: set REGISTRATION_MAIL to smtp or notify, and REGISTRATION_PUBLIC_ADDRESS"
    )]
    NotSet,
    /// A setting that this way of sending needs is missing; contains the setting's name.
    #[error("to send messages this way, set {0}")]
    Missing(&'static str),
    /// The certificate file cannot be read.
    #[error("the file of REGISTRATION_SMTP_AUTHORITY cannot be read: {0}")]
    Authority(#[from] std::io::Error),
    /// SMTP cannot be set up.
    #[error(transparent)]
    Smtp(#[from] SmtpError),
    /// The address of Notify is on another machine and not HTTPS, so the key would be sent
    /// unencrypted.
    #[error("REGISTRATION_NOTIFY_URL must begin with https:// (http:// on this machine alone)")]
    NotifyUrl,
    /// Notify cannot be set up.
    #[error(transparent)]
    Notify(#[from] NotifyError),
}

impl MailSettings {
    /// Creates the mailer. It does not connect to the mail server yet.
    ///
    /// # Errors
    /// When a setting is missing or not valid.
    pub fn transport(&self, over_https: bool) -> Result<Transport, MailSettingsError> {
        let mailer: Arc<dyn Mailer> = match (self.method, over_https) {
            (Some(MailMethod::Page) | None, true) => return Err(MailSettingsError::NotSet),
            (Some(MailMethod::Page) | None, false) => {
                let memory = Arc::new(Memory::default());
                return Ok(Transport {
                    mailer: Arc::clone(&memory) as Arc<dyn Mailer>,
                    shown: Some(memory),
                });
            }
            (Some(MailMethod::Smtp), _) => {
                let url = set(self.smtp_url.as_deref(), "REGISTRATION_SMTP_URL")?;
                let authority = self
                    .smtp_authority
                    .as_ref()
                    .map(std::fs::read)
                    .transpose()?;
                Arc::new(Smtp::new(url, &self.from, authority.as_deref())?)
            }
            (Some(MailMethod::Notify), _) => {
                let key = set(self.notify_key.as_deref(), "REGISTRATION_NOTIFY_KEY")?;
                let template = set(
                    self.notify_template.as_deref(),
                    "REGISTRATION_NOTIFY_TEMPLATE",
                )?;
                if !is_encrypted_or_here(&self.notify_url) {
                    return Err(MailSettingsError::NotifyUrl);
                }
                Arc::new(Notify::new(
                    &self.notify_url,
                    NotifyKey::parse(key)?,
                    template,
                ))
            }
        };
        Ok(Transport {
            mailer,
            shown: None,
        })
    }

    /// Returns the public address of the service, without a trailing slash.
    ///
    /// If no public address is set and messages are only shown, returns the address on which the
    /// service listens.
    ///
    /// # Errors
    /// When messages are sent and no public address is set.
    pub fn public_address(&self, listen: SocketAddr) -> Result<String, MailSettingsError> {
        match (&self.public_address, self.method) {
            (Some(address), _) => Ok(address.as_str().to_owned()),
            (None, Some(MailMethod::Page) | None) => Ok(local_address(listen)),
            (None, Some(_)) => Err(MailSettingsError::Missing("REGISTRATION_PUBLIC_ADDRESS")),
        }
    }
}

fn set<'a>(setting: Option<&'a str>, name: &'static str) -> Result<&'a str, MailSettingsError> {
    setting
        .map(str::trim)
        .filter(|setting| !setting.is_empty())
        .ok_or(MailSettingsError::Missing(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(method: Option<MailMethod>) -> MailSettings {
        MailSettings {
            method,
            from: "no-reply@register.example".to_owned(),
            smtp_url_file: None,
            smtp_url: None,
            notify_key_file: None,
            smtp_authority: None,
            notify_key: None,
            notify_template: None,
            notify_url: Notify::ADDRESS.to_owned(),
            public_address: None,
        }
    }

    #[test]
    fn over_https_no_page_shows_messages() {
        for method in [None, Some(MailMethod::Page)] {
            assert!(matches!(
                settings(method).transport(true),
                Err(MailSettingsError::NotSet)
            ));
            assert!(settings(method).transport(false).unwrap().shown.is_some());
        }
    }

    #[tokio::test]
    async fn missing_settings_are_named() {
        let missing = |settings: &MailSettings| match settings.transport(true) {
            Err(MailSettingsError::Missing(name)) => name,
            _ => "nothing",
        };
        let mut smtp = settings(Some(MailMethod::Smtp));
        assert_eq!(missing(&smtp), "REGISTRATION_SMTP_URL");
        smtp.smtp_url = Some("smtps://mail.example".to_owned());
        assert!(smtp.transport(true).unwrap().shown.is_none());

        let mut notify = settings(Some(MailMethod::Notify));
        assert_eq!(missing(&notify), "REGISTRATION_NOTIFY_KEY");
        notify.notify_key = Some("not a key".to_owned());
        assert_eq!(missing(&notify), "REGISTRATION_NOTIFY_TEMPLATE");
        notify.notify_template = Some("f33517ff-2a88-4f6e-b855-c550268ce08a".to_owned());
        assert!(matches!(
            notify.transport(true),
            Err(MailSettingsError::Notify(_))
        ));
        notify.notify_key = Some(
            "live-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
                .to_owned(),
        );
        assert!(notify.transport(true).is_ok());
        for (url, is_right) in [
            ("https://notify.example", true),
            ("http://127.0.0.1:6011", true),
            ("http://notify.example", false),
            ("http://127.0.0.1.evil.example", false),
        ] {
            url.clone_into(&mut notify.notify_url);
            assert_eq!(notify.transport(true).is_ok(), is_right, "{url}");
        }
    }

    #[test]
    fn links_lead_to_the_public_address() {
        let listen = SocketAddr::from(([127, 0, 0, 1], 3000));
        let of = |method, address: Option<&str>| {
            let mut settings = settings(method);
            settings.public_address = address.map(|address| address.parse().unwrap());
            settings.public_address(listen).ok()
        };
        assert_eq!(of(None, None).as_deref(), Some("http://127.0.0.1:3000"));
        assert_eq!(of(Some(MailMethod::Smtp), None), None);
        assert_eq!(
            of(Some(MailMethod::Smtp), Some("https://register.example/")).as_deref(),
            Some("https://register.example")
        );
    }
}
