//! Links to the public registers and to the organisation's website. If possible, a link to a
//! register opens it at the organisation's number or name.

use super::check::Check;
use crate::percent::percent_encoded;
use crate::registration::Registration;

/// A link to an external page for officers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterLink {
    /// The URL of the external page.
    pub address: String,
    /// The text of the link.
    pub words: String,
}

impl Check {
    /// Returns the links that help an officer make this check; empty if there are none.
    #[must_use]
    pub fn links(self, registration: &Registration) -> Vec<RegisterLink> {
        let organisation = &registration.organisation;
        let name = organisation.name.as_str();
        let link = |address: String, words: String| RegisterLink { address, words };
        match self {
            Self::SraRegister => match &organisation.sra_number {
                Some(number) => vec![link(
                    format!(
                        "https://www.sra.org.uk/consumers/register/organisation/?sraNumber={}",
                        percent_encoded(number.as_str())
                    ),
                    format!("SRA register at {number}"),
                )],
                None => vec![link(
                    "https://www.sra.org.uk/consumers/register/".to_owned(),
                    "SRA register".to_owned(),
                )],
            },
            Self::BarRegister => vec![link(
                "https://www.barstandardsboard.org.uk/barristers-register/".to_owned(),
                match &organisation.bar_number {
                    // The Barristers' Register has no link to a single number.
                    Some(number) => format!(
                        "Barristers’ Register of the Bar Standards Board: search for {number}"
                    ),
                    None => "Barristers’ Register of the Bar Standards Board".to_owned(),
                },
            )],
            Self::LaaAccount | Self::OtherRegistrations => Vec::new(),
            Self::CompaniesHouse => vec![link(
                format!(
                    "https://find-and-update.company-information.service.gov.uk/search/companies?q={}",
                    percent_encoded(name)
                ),
                format!("Companies House: search for {name}"),
            )],
            Self::Address | Self::Authority => Self::SraRegister
                .links(registration)
                .into_iter()
                .filter(|_| organisation.sra_number.is_some())
                .collect(),
            Self::EmailDomain => domain(registration)
                .map(|domain| {
                    link(
                        format!("https://{}/", percent_encoded(&domain)),
                        format!("Website at {domain}"),
                    )
                })
                .into_iter()
                .collect(),
        }
    }
}

/// Returns the domain of the organisation's e-mail address, without `.cjsm.net`.
///
/// Returns `None` for a domain with letters outside ASCII, because such a domain may imitate the
/// real one.
fn domain(registration: &Registration) -> Option<String> {
    let (_, host) = registration.organisation.email.as_str().split_once('@')?;
    let host = host.strip_suffix(".cjsm.net").unwrap_or(host);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    host.bytes().all(is_plain).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixtures::{a_barrister, a_firm, with};

    #[test]
    fn registers_are_opened_at_the_number_or_the_name() {
        let firm = with(a_firm(), |registration| {
            registration.organisation.name = "O’Dowd & Co \"LLP\"".parse().unwrap();
        });
        let cases = [
            (
                Check::SraRegister,
                "https://www.sra.org.uk/consumers/register/organisation/?sraNumber=483452",
            ),
            (
                Check::CompaniesHouse,
                "https://find-and-update.company-information.service.gov.uk/search/companies?q=O%E2%80%99Dowd%20%26%20Co%20%22LLP%22",
            ),
            (
                Check::BarRegister,
                "https://www.barstandardsboard.org.uk/barristers-register/",
            ),
            (Check::EmailDomain, "https://hartwell-crane.example/"),
        ];
        for (check, address) in cases {
            assert_eq!(check.links(&firm)[0].address, address, "{check:?}");
        }
        assert!(Check::LaaAccount.links(&firm).is_empty());
        let barrister = Check::BarRegister.links(&a_barrister());
        assert!(barrister[0].words.ends_with("search for 54321"));
    }
}
