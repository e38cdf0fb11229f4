//! Lookup keys of a registration. Two registrations with a key in common may be from the same
//! organisation; the store indexes the keys to find such pairs.

use std::collections::BTreeSet;

use crate::identifiers::{Email, Mobile};
use crate::registration::Registration;

crate::keyed! {
    /// The kind of a lookup key. The variants are in order of strength as evidence, the strongest
    /// first.
    #[derive(PartialOrd, Ord, Hash)]
    pub enum KeyKind {
        /// An SRA number (Solicitors Regulation Authority).
        Sra = "sra",
        /// A Bar number.
        Bar = "bar",
        /// An account number of the Legal Aid Agency.
        Laa = "laa",
        /// A mailbox of the organisation, its accountable person or a user.
        Mailbox = "mailbox",
        /// A mobile number of a user or the accountable person.
        Mobile = "mobile",
        /// A postcode. It counts as a match only if the names of the organisations are similar too.
        Postcode = "postcode",
    }
}

impl KeyKind {
    /// Returns the words that tell officers why two registrations match.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Sra => "Same SRA number",
            Self::Bar => "Same Bar number",
            Self::Laa => "Same LAA account number",
            Self::Mailbox => "Same mailbox",
            Self::Mobile => "Same mobile number",
            Self::Postcode => "Same postcode and a similar name",
        }
    }
}

/// Returns the lookup keys of a registration, without duplicates.
#[must_use]
pub fn keys(registration: &Registration) -> BTreeSet<(KeyKind, String)> {
    let organisation = &registration.organisation;
    let person = &registration.accountable_person;
    let mailbox = |email: &Email| (KeyKind::Mailbox, Email::mailbox(email.as_str()));
    let mut keys = BTreeSet::new();
    keys.insert((KeyKind::Postcode, organisation.postcode.to_string()));
    keys.extend(
        organisation
            .sra_number
            .iter()
            .map(|number| (KeyKind::Sra, number.to_string())),
    );
    keys.extend(
        organisation
            .bar_number
            .iter()
            .map(|number| (KeyKind::Bar, number.as_str().to_uppercase())),
    );
    keys.extend(
        organisation
            .laa_account_numbers
            .iter()
            .map(|number| (KeyKind::Laa, number.to_string())),
    );
    keys.insert(mailbox(&organisation.email));
    keys.insert(mailbox(&person.email));
    keys.extend(registration.people.iter().map(|user| mailbox(&user.email)));
    keys.extend(
        Mobile::check(person.telephone.as_str())
            .ok()
            .map(|number| (KeyKind::Mobile, number.as_str().to_owned())),
    );
    keys.extend(
        registration
            .people
            .iter()
            .map(|user| (KeyKind::Mobile, user.mobile.e164().as_str().to_owned())),
    );
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixtures::{a_firm, with};

    #[test]
    fn each_kind_is_found_by_its_key() {
        for kind in KeyKind::ALL {
            assert_eq!(KeyKind::from_key(kind.key()), Some(kind));
        }
        assert_eq!(KeyKind::from_key("colour"), None);
    }

    #[test]
    fn a_registration_is_kept_under_its_numbers_mailboxes_mobiles_and_postcode() {
        let firm = with(a_firm(), |registration| {
            registration.people[1].email = "Wen.2@Hartwell-Crane.example.cjsm.net".parse().unwrap();
            registration.people[1].mobile = registration.people[0].mobile.clone();
        });
        let found: Vec<String> = keys(&firm)
            .into_iter()
            .map(|(kind, value)| format!("{} {value}", kind.key()))
            .collect();
        assert_eq!(
            found,
            [
                "sra 483452",
                "laa 1A234B",
                "mailbox post@hartwell-crane.example",
                "mailbox wen.1@hartwell-crane.example",
                "mailbox wen.2@hartwell-crane.example",
                "mailbox yusuf@hartwell-crane.example",
                "mobile +447700900001",
                "postcode WR1 2ND",
            ]
        );
    }
}
