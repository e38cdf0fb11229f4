//! Lookup keys of a registration. Two registrations with the same key may belong together; the
//! store keeps the keys under an index to find them.

use std::collections::BTreeSet;

use crate::identifiers::{Email, Mobile};
use crate::registration::Registration;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $key:literal $words:literal;)*) => {
        /// The kind of a lookup key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum KeyKind { $($(#[$doc])* $kind,)* }

        impl KeyKind {
            /// Every kind, the strongest evidence first.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// Returns the name that the store uses.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$kind => $key,)* }
            }

            /// Returns what two registrations with the same key have in common.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$kind => $words,)* }
            }
        }
    };
}

kinds! {
    /// A number of the Solicitors Regulation Authority.
    Sra "sra" "Same SRA number";
    /// A Bar number.
    Bar "bar" "Same Bar number";
    /// An account number of the Legal Aid Agency.
    Laa "laa" "Same LAA account number";
    /// A mailbox of the organisation, its accountable person or a user.
    Mailbox "mailbox" "Same mailbox";
    /// A mobile number of a user or the accountable person.
    Mobile "mobile" "Same mobile number";
    /// A postcode; it counts only together with nearly the same name.
    Postcode "postcode" "Same postcode and a similar name";
}

impl KeyKind {
    /// Returns the kind with this name in the store.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }
}

/// Returns the keys of a registration, without duplicates.
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
            assert_eq!(KeyKind::from_key(kind.key()), Some(*kind));
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
