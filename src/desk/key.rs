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

/// Returns the match of two registrations in words, such as `Same mobile number (07700 900001)`.
#[must_use]
pub fn likeness(kind: KeyKind, value: &str) -> String {
    let national;
    let shown = match Mobile::check(value) {
        Ok(number) if kind == KeyKind::Mobile => {
            national = number.national();
            &*national
        }
        _ => value,
    };
    format!("{} ({shown})", kind.words())
}

/// Returns the owners of a mailbox or a mobile number of a registration, such as `user Wen Li`.
/// Returns an empty list for the other kinds of keys, which always belong to the organisation.
#[must_use]
pub fn owners(registration: &Registration, kind: KeyKind, value: &str) -> Vec<String> {
    let organisation = &registration.organisation;
    let person = &registration.accountable_person;
    let is_mailbox =
        |email: &Email| kind == KeyKind::Mailbox && Email::mailbox(email.as_str()) == value;
    let is_mobile = |number: Option<&str>| kind == KeyKind::Mobile && number == Some(value);
    let mut owners = Vec::new();
    if is_mailbox(&organisation.email) {
        owners.push("the organisation".to_owned());
    }
    let telephone = Mobile::check(person.telephone.as_str()).ok();
    if is_mailbox(&person.email) || is_mobile(telephone.as_ref().map(AsRef::as_ref)) {
        owners.push(["accountable person ", &person.full_name()].concat());
    }
    for user in &registration.people {
        if is_mailbox(&user.email) || is_mobile(Some(user.mobile.e164().as_str())) {
            owners.push(["user ", &user.full_name()].concat());
        }
    }
    owners
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
    fn a_likeness_says_whose_mailbox_or_mobile_number_it_is() {
        let firm = with(a_firm(), |registration| {
            registration.people[1].mobile = registration.people[0].mobile.clone();
        });
        let mobile = firm.people[0].mobile.e164();
        assert_eq!(
            likeness(KeyKind::Mobile, mobile.as_str()),
            "Same mobile number (07700 900001)"
        );
        assert_eq!(
            owners(&firm, KeyKind::Mobile, mobile.as_str()),
            firm.people
                .iter()
                .take(2)
                .map(|user| format!("user {}", user.full_name()))
                .collect::<Vec<_>>()
        );
        assert_eq!(
            owners(&firm, KeyKind::Mailbox, "yusuf@hartwell-crane.example"),
            [format!(
                "accountable person {}",
                firm.accountable_person.full_name()
            )]
        );
        assert!(owners(&firm, KeyKind::Sra, "483452").is_empty());
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
