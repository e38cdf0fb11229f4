//! The reverse proxies that the service trusts to give the client's address.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

/// The networks whose proxies are trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

/// The networks that cannot be reached from the internet: this machine, and private networks.
const NOT_PUBLIC: [&str; 7] = [
    "127.0.0.0/8",
    "::1/128",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "fc00::/7",
    "fe80::/10",
];

impl TrustedProxies {
    /// Trusts no proxy.
    #[must_use]
    pub const fn nobody() -> Self {
        Self(Vec::new())
    }

    /// Trusts proxies on this machine and in private networks.
    #[must_use]
    pub fn not_public() -> Self {
        let networks = NOT_PUBLIC.iter().filter_map(|network| network.parse().ok());
        Self(networks.collect())
    }

    /// Returns whether the peer of a connection is a trusted proxy.
    #[must_use]
    pub fn trust(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        self.0.iter().any(|network| network.contains(&peer))
    }
}

/// The error for an entry that is neither an address nor a network; contains the entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither an address nor a network such as 10.0.0.0/8")]
pub struct NotANetwork(String);

impl FromStr for TrustedProxies {
    type Err = NotANetwork;

    fn from_str(list: &str) -> Result<Self, NotANetwork> {
        let networks = list.split(',').map(str::trim).map(|text| {
            let network = text.parse::<IpNet>();
            network
                .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
                .map_err(|_| NotANetwork(text.to_owned()))
        });
        networks.collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusted(list: &str, peer: &str) -> bool {
        let proxies: TrustedProxies = list.parse().unwrap();
        proxies.trust(peer.parse().unwrap())
    }

    #[test]
    fn proxies_are_named_by_address_and_by_network() {
        for (list, peer, is_trusted) in [
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
            ("192.0.2.0/24, 2001:db8::/32", "192.0.2.200", true),
            ("192.0.2.0/24, 2001:db8::/32", "2001:db8:1::7", true),
            ("192.0.2.0/24, 2001:db8::/32", "203.0.113.1", false),
            // An IPv4 address in the form that a socket for IPv4 and IPv6 reports.
            ("192.0.2.0/24", "::ffff:192.0.2.9", true),
        ] {
            assert_eq!(trusted(list, peer), is_trusted, "{list} {peer}");
        }
        for wrong in ["", "proxy.example", "192.0.2.0/33", "192.0.2.1,"] {
            assert!(wrong.parse::<TrustedProxies>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn usually_nobody_on_the_internet_is_a_proxy() {
        let proxies = TrustedProxies::not_public();
        for (peer, is_trusted) in [
            ("127.0.0.1", true),
            ("::1", true),
            ("::ffff:127.0.0.1", true),
            ("10.1.2.3", true),
            ("172.31.0.1", true),
            ("172.32.0.1", false),
            ("203.0.113.1", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(proxies.trust(peer.parse().unwrap()), is_trusted, "{peer}");
            assert!(!TrustedProxies::nobody().trust(peer.parse().unwrap()));
        }
    }
}
