//! Writes addresses with a query and percent-encodes its values.

use percent_encoding::{AsciiSet, utf8_percent_encode};
use registration::percent::RESERVED;

/// The characters to encode. A slash stays as it is, so that dates are readable.
const RESERVED_IN_QUERY: &AsciiSet = &RESERVED.remove(b'/');

/// Returns a path with a query of these names and values. Empty values are left out.
pub(super) fn address(path: &str, values: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    let mut separator = '?';
    for (name, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(separator);
        address.push_str(name);
        address.push('=');
        address.extend(utf8_percent_encode(value, RESERVED_IN_QUERY));
        separator = '&';
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_has_the_query_unchanged() {
        let cases: [(&[(&str, &str)], &str); 3] = [
            (&[], "/desk/audit"),
            (&[("from", ""), ("to", "")], "/desk/audit"),
            (
                &[("from", "27/3/2026"), ("actor", "a b&c=ŵ"), ("to", "")],
                "/desk/audit?from=27/3/2026&actor=a%20b%26c%3D%C5%B5",
            ),
        ];
        for (values, expected) in cases {
            assert_eq!(address("/desk/audit", values), expected);
        }
    }
}
