//! Recognises names and addresses of the machine itself.

use std::net::IpAddr;

use http::Uri;

/// Returns whether a host name or IP address, as in a URL, is this machine.
#[must_use]
pub fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost") || bare.parse().is_ok_and(is_loopback)
}

/// Returns whether a URL is HTTPS, or HTTP on this machine.
#[must_use]
pub fn is_encrypted_or_here(url: &str) -> bool {
    let Ok(url) = url.parse::<Uri>() else {
        return false;
    };
    let is_plain_host = |host: &str| !host.is_empty() && !host.contains('@');
    let host = url.host().filter(|host| is_plain_host(host));
    match (url.scheme_str(), host) {
        (Some("https"), Some(_)) => true,
        (Some("http"), Some(host)) => is_this_machine(host),
        _ => false,
    }
}

/// Returns whether an IP address can be reached only from this machine.
#[must_use]
pub fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_this_machine_are_its_own() {
        for host in [
            "localhost",
            "LOCALHOST",
            "127.0.0.1",
            "127.8.0.1",
            "::1",
            "[::1]",
        ] {
            assert!(is_this_machine(host), "{host}");
        }
        assert!(is_this_machine("::ffff:127.0.0.1"));
        for host in [
            "",
            "0.0.0.0",
            "::",
            "192.168.0.1",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "register.example",
        ] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
