//! Checks at the start that other machines can reach the service only over HTTPS, and that the
//! settings do not contradict each other.

use std::net::SocketAddr;

use super::Settings;
use crate::context::ClientLimits;
use crate::http::PageOrigin;
use crate::this_machine::is_loopback;

/// The reason why the service does not start with these settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExposureError {
    /// Other machines could reach the service without HTTPS; contains the address.
    #[error(
        "{0} can be reached from other machines: set REGISTRATION_HTTPS=true, with a reverse proxy that serves HTTPS; or give --insecure-demo, for a demonstration with invented answers only"
    )]
    Unencrypted(String),
    /// HTTPS is set, but the public address begins with http://.
    #[error("REGISTRATION_HTTPS is true, but REGISTRATION_PUBLIC_ADDRESS begins with http://")]
    PlainAddress,
    /// The public address begins with https://, but HTTPS is not set, so the cookies would not be
    /// secure.
    #[error("REGISTRATION_PUBLIC_ADDRESS begins with https://: set REGISTRATION_HTTPS=true too")]
    HttpsNotSet,
    /// Both HTTPS and a demonstration without HTTPS are set.
    #[error("--insecure-demo is for a demonstration without HTTPS: leave it out")]
    DemoOverHttps,
}

impl Settings {
    /// Checks that other machines can reach the service only over HTTPS, unless the settings
    /// explicitly allow a demonstration without HTTPS.
    ///
    /// # Errors
    /// When the settings would expose the service, or contradict each other.
    pub fn check_exposure(&self) -> Result<(), ExposureError> {
        let public = self.mail.public_address.as_ref();
        if self.https {
            if self.insecure_demo {
                return Err(ExposureError::DemoOverHttps);
            }
            return match public {
                Some(public) if !public.is_https() => Err(ExposureError::PlainAddress),
                _ => Ok(()),
            };
        }
        if public.is_some_and(super::PublicAddress::is_https) {
            return Err(ExposureError::HttpsNotSet);
        }
        if self.insecure_demo {
            return Ok(());
        }
        if !is_loopback(self.listen.ip()) {
            return Err(ExposureError::Unencrypted(self.listen.to_string()));
        }
        match public {
            Some(public) if !public.is_this_machine() => {
                Err(ExposureError::Unencrypted(public.to_string()))
            }
            _ => Ok(()),
        }
    }

    /// Returns the origins that pages of the service may have.
    #[must_use]
    pub fn page_origin(&self) -> PageOrigin {
        match &self.mail.public_address {
            Some(public) => PageOrigin::Public(public.as_str().to_owned()),
            None if self.insecure_demo => PageOrigin::AsHost,
            None => PageOrigin::ThisMachine,
        }
    }

    /// Returns whether each client address has limits. There are no limits if HTTPS, the public
    /// address and the demonstration are all unset, because then only this machine can reach the
    /// service.
    #[must_use]
    pub fn client_limits(&self) -> ClientLimits {
        if self.https || self.insecure_demo || self.mail.public_address.is_some() {
            ClientLimits::Kept
        } else {
            ClientLimits::Lifted
        }
    }

    /// Returns a warning for operators about the settings for the client's address; `None` if the
    /// settings are fine.
    #[must_use]
    pub fn client_address_warning(&self) -> Option<&'static str> {
        match (&self.client_address_header, &self.trusted_proxies) {
            (None, None) if self.https => Some(
                "every request counts as one from the reverse proxy, in the audit and in the limits: set REGISTRATION_CLIENT_ADDRESS_HEADER",
            ),
            (None, Some(_)) => Some(
                "REGISTRATION_TRUSTED_PROXIES does nothing without REGISTRATION_CLIENT_ADDRESS_HEADER",
            ),
            (Some(_), None) => Some(
                "the client’s address is believed from any proxy in a private network: set REGISTRATION_TRUSTED_PROXIES to the addresses of your proxies",
            ),
            _ => None,
        }
    }
}

/// Returns the URL of the service for a browser on this machine.
#[must_use]
pub fn local_address(listen: SocketAddr) -> String {
    format!("http://{listen}")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    /// A command line that consists of the settings alone.
    #[derive(Parser)]
    struct Alone {
        #[command(flatten)]
        settings: Settings,
    }

    fn settings(arguments: &str) -> Settings {
        let arguments = std::iter::once("serve").chain(arguments.split_whitespace());
        Alone::try_parse_from(arguments).unwrap().settings
    }

    #[test]
    fn nothing_is_exposed_without_https_unless_it_is_a_demonstration() {
        use ExposureError::{DemoOverHttps, HttpsNotSet, PlainAddress, Unencrypted};
        let unencrypted = |at: &str| Err(Unencrypted(at.to_owned()));
        for (arguments, expected) in [
            ("", Ok(())),
            ("--listen 127.0.0.1:0", Ok(())),
            ("--listen [::1]:3000", Ok(())),
            ("--listen [::ffff:127.0.0.1]:3000", Ok(())),
            ("--listen 0.0.0.0:3000", unencrypted("0.0.0.0:3000")),
            ("--listen [::]:3000", unencrypted("[::]:3000")),
            ("--listen 192.168.1.2:3000", unencrypted("192.168.1.2:3000")),
            ("--listen 0.0.0.0:3000 --https", Ok(())),
            ("--listen 0.0.0.0:3000 --insecure-demo", Ok(())),
            ("--https --insecure-demo", Err(DemoOverHttps)),
            ("--public-address http://localhost:8080", Ok(())),
            (
                "--public-address http://register.example",
                unencrypted("http://register.example"),
            ),
            (
                "--public-address http://register.example --insecure-demo",
                Ok(()),
            ),
            (
                "--https --public-address http://register.example",
                Err(PlainAddress),
            ),
            (
                "--public-address https://register.example",
                Err(HttpsNotSet),
            ),
            (
                "--public-address https://register.example --insecure-demo",
                Err(HttpsNotSet),
            ),
            ("--https --public-address https://register.example", Ok(())),
        ] {
            assert_eq!(
                settings(arguments).check_exposure(),
                expected,
                "{arguments}"
            );
        }
    }

    #[test]
    fn places_are_limited_wherever_others_reach_the_service() {
        for (arguments, limits) in [
            ("", ClientLimits::Lifted),
            ("--listen [::1]:3000", ClientLimits::Lifted),
            ("--https", ClientLimits::Kept),
            ("--insecure-demo", ClientLimits::Kept),
            ("--public-address http://localhost", ClientLimits::Kept),
        ] {
            assert_eq!(settings(arguments).client_limits(), limits, "{arguments}");
        }
    }

    #[test]
    fn a_start_warns_if_clients_cannot_be_told_apart_or_may_lie() {
        let warning = |arguments| settings(arguments).client_address_warning();
        assert_eq!(warning(""), None);
        assert!(
            warning("--https")
                .unwrap()
                .contains("CLIENT_ADDRESS_HEADER")
        );
        let header = "--https --client-address-header x-forwarded-for";
        assert!(warning(header).unwrap().contains("TRUSTED_PROXIES"));
        let both = [header, " --trusted-proxies 192.0.2.1"].concat();
        assert_eq!(warning(&both), None);
        assert!(warning("--trusted-proxies 192.0.2.1").is_some());
    }
}
