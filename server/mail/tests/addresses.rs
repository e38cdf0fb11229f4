//! Every address that the form accepts is sent in ASCII, in a form that SMTP servers accept.
#![expect(clippy::unwrap_used, reason = "a panic makes the test fail")]

#[path = "fixtures/envelopes.rs"]
mod envelopes;
#[path = "fixtures/sender.rs"]
mod sender;

use envelopes::{envelope, welsh_envelope};
use mail::{Envelope, Failure};
use proptest::prelude::*;
use registration::identifiers::Email;

/// Returns the address that a transport sends to.
fn sent_to(email: Email) -> Result<String, Failure> {
    Envelope {
        to: email,
        ..welsh_envelope("clerk@firm.example")
    }
    .ascii_address()
}

#[test]
fn a_host_beyond_ascii_becomes_punycode() {
    for (typed, sent) in [
        ("clerk@firm.example", "clerk@firm.example"),
        ("clerk@b\u{fc}cher.example", "clerk@xn--bcher-kva.example"),
        ("clerk@B\u{dc}CHER.example", "clerk@xn--bcher-kva.example"),
        ("clerk@bu\u{308}cher.example", "clerk@xn--bcher-kva.example"),
        ("clerk@xn--bcher-kva.example", "clerk@xn--bcher-kva.example"),
    ] {
        let address = envelope(typed).ascii_address();
        assert_eq!(address.as_deref(), Ok(sent), "{typed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_accepted_address_can_be_sent_to(
        local in "[a-z.+_'-]{1,70}",
        host in "([a-z0-9.-]|[\u{e0}\u{fc}\u{738b}\u{44f}]){1,70}",
        end in "com|example|xn--p1ai|xn--zckzah|xn--[0-9]{1,3}",
    ) {
        if let Ok(email) = Email::parse(&format!("{local}@{host}.{end}")) {
            let sent = sent_to(email).unwrap();
            prop_assert!(sent.is_ascii());
            prop_assert!(sent.parse::<lettre::Address>().is_ok(), "{sent}");
        }
    }
}
