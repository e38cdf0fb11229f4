//! Warnings to the desk about valid registrations: the warnings of the identifiers, and warnings
//! about answers that are unusual or do not fit together.

use std::collections::BTreeMap;

use crate::identifiers::{Email, LaaAccount, Mobile, SraNumber, is_shared_mailbox};
use crate::registration::{Person, Registration};

use super::near_name::distinctive_words;

/// The maximum number of users that one concern names.
const MAX_NAMED: usize = 5;

/// Domains at which anybody can get an address.
const PUBLIC: [&str; 16] = [
    "aol.com",
    "btinternet.com",
    "gmail.com",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "icloud.com",
    "live.co.uk",
    "live.com",
    "me.com",
    "outlook.com",
    "proton.me",
    "sky.com",
    "talktalk.net",
    "yahoo.co.uk",
    "yahoo.com",
];

/// A warning that an officer should look into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// The name of the answer that the warning is about.
    pub about: &'static str,
    /// The text of the warning.
    pub words: String,
}

/// Returns every concern about a registration, in this order: registration numbers, email
/// addresses, telephone numbers, users.
#[must_use]
pub fn concerns(registration: &Registration) -> Vec<Concern> {
    let mut found = of_numbers(registration);
    found.extend(of_addresses(registration));
    found.extend(of_telephones(registration));
    found.extend(of_users(registration));
    found
}

fn concern(about: &'static str, words: impl Into<String>) -> Concern {
    Concern {
        about,
        words: words.into(),
    }
}

fn of_numbers(registration: &Registration) -> Vec<Concern> {
    let organisation = &registration.organisation;
    let mut found = Vec::new();
    if let Some(number) = &organisation.sra_number
        && let Some(warning) = SraNumber::warning(number.as_str())
    {
        found.push(concern("SRA number", warning.words));
        if number.as_str().len() < 6 {
            found.push(concern(
                "SRA number",
                format!("{number} may be an LAA number, which has fewer than 6 digits"),
            ));
        }
    }
    if let Some(number) = &organisation.bar_number {
        if LaaAccount::check(number.as_str()).is_ok() {
            found.push(concern(
                "Bar number",
                format!("{number} looks like an LAA account number"),
            ));
        }
        if organisation
            .sra_number
            .as_ref()
            .is_some_and(|sra| sra.as_str() == number.as_str())
        {
            found.push(concern(
                "Bar number",
                format!("{number} is also given as the SRA number"),
            ));
        }
    }
    found
}

fn of_addresses(registration: &Registration) -> Vec<Concern> {
    let organisation = &registration.organisation;
    let person = &registration.accountable_person;
    let mut found = Vec::new();
    for (about, email) in [
        ("Email address", &organisation.email),
        ("Email address of the accountable person", &person.email),
    ] {
        found.extend(Email::warning(email.as_str()).map(|warning| concern(about, warning.words)));
        if let Some(words) = domain_concern(organisation.name.as_str(), email.as_str()) {
            found.push(concern(about, words));
        }
    }
    if is_shared_mailbox(person.email.as_str()) {
        found.push(concern(
            "Email address of the accountable person",
            format!("{} looks like a shared mailbox", person.email),
        ));
    }
    let mailbox = Email::mailbox(organisation.email.as_str());
    let has_it = |email: &Email| Email::mailbox(email.as_str()) == mailbox;
    if !organisation.kind.is_one_person() {
        let users: Vec<&Person> = registration
            .people
            .iter()
            .filter(|user| has_it(&user.email))
            .collect();
        if !users.is_empty() {
            found.push(concern(
                "Email address",
                format!(
                    "{mailbox} is the address of the organisation and of {}",
                    named(&users)
                ),
            ));
        } else if has_it(&person.email) {
            found.push(concern(
                "Email address",
                format!(
                    "{mailbox} is the address of the organisation and of the accountable person"
                ),
            ));
        }
    }
    found
}

fn of_telephones(registration: &Registration) -> Vec<Concern> {
    let numbers = [
        ("Telephone number", &registration.organisation.telephone),
        (
            "Telephone number of the accountable person",
            &registration.accountable_person.telephone,
        ),
    ];
    numbers
        .into_iter()
        .filter(|(_, number)| !number.e164().is_uk())
        .map(|(about, number)| concern(about, format!("{number} is not a UK number")))
        .collect()
}

fn of_users(registration: &Registration) -> Vec<Concern> {
    let people = &registration.people;
    let mut found = Vec::new();
    let administrators = people.iter().filter(|user| user.administrator).count();
    if administrators == 1 && !registration.organisation.kind.is_one_person() {
        found.push(concern(
            "Users",
            "There is only one administrator. If they leave, nobody can change the users",
        ));
    }
    let shared: Vec<&Person> = people
        .iter()
        .filter(|user| is_shared_mailbox(user.email.as_str()))
        .collect();
    if !shared.is_empty() {
        found.push(concern(
            "Users",
            format!(
                "Addresses that look like shared mailboxes: {}",
                with_addresses(&shared)
            ),
        ));
    }
    for user in people {
        found.extend(
            Email::warning(user.email.as_str())
                .into_iter()
                .map(|warning| concern("Users", format!("{}: {}", full_name(user), warning.words))),
        );
    }
    let foreign: Vec<&Person> = people
        .iter()
        .filter(|user| Mobile::warning(user.mobile.as_str()).is_some())
        .collect();
    if !foreign.is_empty() {
        found.push(concern(
            "Users",
            format!("Mobile numbers not from the UK: {}", named(&foreign)),
        ));
    }
    let mut by_mobile: BTreeMap<String, Vec<&Person>> = BTreeMap::new();
    for user in people {
        by_mobile
            .entry(user.mobile.e164().as_str().to_owned())
            .or_default()
            .push(user);
    }
    for users in by_mobile.values().filter(|users| users.len() > 1) {
        found.push(concern(
            "Users",
            format!(
                "{} users have the mobile number {}: {}",
                users.len(),
                users[0].mobile,
                named(users)
            ),
        ));
    }
    found
}

/// Returns a warning if the domain of an e-mail address is public or does not resemble the
/// organisation's name; otherwise `None`. An ending `.cjsm.net` is ignored.
fn domain_concern(name: &str, email: &str) -> Option<String> {
    let (_, host) = email.split_once('@')?;
    let host = host.strip_suffix(".cjsm.net").unwrap_or(host);
    if PUBLIC.contains(&host) {
        return Some(format!("Anyone can get an address at {host}"));
    }
    let words = distinctive_words(name);
    let bare: String = host.chars().filter(char::is_ascii_alphanumeric).collect();
    let initials: String = words
        .iter()
        .filter_map(|word| word.chars().next())
        .collect();
    let fits = words
        .iter()
        .any(|word| word.chars().count() >= 3 && bare.contains(word.as_str()))
        || (words.len() > 1 && bare.contains(&initials))
        || (words.len() == 1 && bare.contains(&words[0]));
    (!fits).then(|| format!("The domain {host} does not look like the organisation’s name"))
}

fn full_name(user: &Person) -> String {
    user.full_name()
}

fn named(users: &[&Person]) -> String {
    listed(users, full_name)
}

fn with_addresses(users: &[&Person]) -> String {
    listed(users, |user| {
        format!("{} ({})", full_name(user), user.email)
    })
}

fn listed(users: &[&Person], words: impl Fn(&Person) -> String) -> String {
    let mut named: Vec<String> = users
        .iter()
        .take(MAX_NAMED)
        .map(|user| words(user))
        .collect();
    if users.len() > MAX_NAMED {
        named.push(format!("and {} more", users.len() - MAX_NAMED));
    }
    named.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixtures::{a_barrister, a_firm, a_person, with};

    fn words_of(registration: &Registration) -> Vec<String> {
        concerns(registration)
            .into_iter()
            .map(|concern| format!("{}: {}", concern.about, concern.words))
            .collect()
    }

    #[test]
    fn a_registration_without_oddities_has_one_administrator_to_look_at() {
        let firm = with(a_firm(), |registration| {
            registration.people[1].administrator = true;
            registration.organisation.email = "s.moss@hartwell-crane.example".parse().unwrap();
        });
        assert_eq!(words_of(&firm), Vec::<String>::new());
        assert_eq!(
            words_of(&a_firm()),
            ["Users: There is only one administrator. If they leave, nobody can change the users"]
        );
    }

    #[test]
    fn each_oddity_is_told() {
        type Change = fn(&mut Registration);
        let cases: [(Change, &str); 12] = [
            (
                |it| it.organisation.sra_number = Some("12345".parse().unwrap()),
                "may be an LAA number",
            ),
            (
                |it| it.organisation.sra_number = Some("12345678".parse().unwrap()),
                "most have 6 digits and this one has 8",
            ),
            (
                |it| it.organisation.bar_number = Some("1A234B".parse().unwrap()),
                "1A234B looks like an LAA account number",
            ),
            (
                |it| it.organisation.email = "post@hartwell-crane.con".parse().unwrap(),
                "did you mean post@hartwell-crane.com?",
            ),
            (
                |it| it.accountable_person.email = "yusuf@gmail.com".parse().unwrap(),
                "Anyone can get an address at gmail.com",
            ),
            (
                |it| it.organisation.email = "post@moss.example".parse().unwrap(),
                "moss.example does not look like the organisation’s name",
            ),
            (
                |it| it.accountable_person.email = "clerks@hartwell-crane.example".parse().unwrap(),
                "clerks@hartwell-crane.example looks like a shared mailbox",
            ),
            (
                |it| it.people[1].email = "info@hartwell-crane.example".parse().unwrap(),
                "Wen Williams 2 (info@hartwell-crane.example)",
            ),
            (
                |it| it.people[1].email = it.organisation.email.clone(),
                "is the address of the organisation and of Wen Williams 2",
            ),
            (
                |it| it.accountable_person.telephone = "+353 1 234 5678".parse().unwrap(),
                "is not a UK number",
            ),
            (
                |it| it.people[0].mobile = "+353 85 123 4567".parse().unwrap(),
                "Mobile numbers not from the UK: Wen Williams 1",
            ),
            (
                |it| it.people[1].mobile = it.people[0].mobile.clone(),
                "2 users have the mobile number 07700 900001: Wen Williams 1, Wen Williams 2",
            ),
        ];
        for (change, expected) in cases {
            let odd = with(a_firm(), change);
            let found = words_of(&odd);
            assert!(
                found.iter().any(|words| words.contains(expected)),
                "{expected}: {found:?}"
            );
        }
    }

    #[test]
    fn the_domain_of_the_initials_fits() {
        for (name, host, fits) in [
            ("Hartwell Crane & Co", "hc-law.example", true),
            ("5 Assize Chambers", "assize.example", true),
            ("Hartwell Crane", "bridge.example", false),
        ] {
            let found = domain_concern(name, &format!("a@{host}"));
            assert_eq!(found.is_none(), fits, "{name} {host}: {found:?}");
        }
    }

    #[test]
    fn of_many_users_the_first_are_named() {
        let many = with(a_firm(), |registration| {
            registration.people = (1..=9).map(a_person).collect();
            let mobile = registration.people[0].mobile.clone();
            for user in &mut registration.people {
                user.mobile = mobile.clone();
            }
        });
        let found = words_of(&many);
        assert!(
            found
                .iter()
                .any(|words| words.ends_with("Wen Williams 5, and 4 more")),
            "{found:?}"
        );
    }

    #[test]
    fn one_person_has_one_administrator_and_one_address() {
        let barrister = with(a_barrister(), |registration| {
            registration.organisation.email = registration.accountable_person.email.clone();
        });
        let found = words_of(&barrister);
        assert!(found.is_empty(), "{found:?}");
    }
}
