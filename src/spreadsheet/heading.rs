//! The meaning of headings, in the words that people use for them.
//!
//! Headings are compared without case, spaces, hyphens, underscores and other signs, and both with
//! and without a remark in brackets or after a colon. A column for any telephone counts as the
//! mobile number only if no column says mobile.

use crate::spreadsheet::{Column, HeadingChoice, Mapping, Meaning, normalised};

/// How far the meaning of a heading can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// The heading may mean this, if no other heading does.
    Faint,
    /// The heading means this.
    Sure,
}

/// Finds the meaning of a heading; a meaning that a person chose for it comes first.
pub(super) fn recognised(heading: &str, mapping: &Mapping) -> Option<(Meaning, Trust)> {
    // Longer text is a sentence, not a heading. Every cell of the first rows comes
    // here, so this saves time.
    if heading.len() > 200 {
        return None;
    }
    let whole = normalised(heading);
    match mapping.meant(&whole) {
        Some(HeadingChoice::As(meaning)) => return Some((meaning, Trust::Sure)),
        Some(HeadingChoice::Nothing) => return None,
        None => {}
    }
    let unnumbered = heading.trim_start_matches(|letter: char| {
        letter.is_ascii_digit() || letter.is_whitespace() || matches!(letter, '.' | ')' | '(')
    });
    let bare = unnumbered
        .split(['(', '[', ':', '\n', '\r'])
        .next()
        .unwrap_or_default();
    [whole, normalised(unnumbered), normalised(bare)]
        .iter()
        .find_map(|text| meaning_of(text).or_else(|| meaning_of(without_user(text)?)))
        .or_else(|| meaning_of_all(bare))
}

/// Finds the meaning of a heading like "Role / user type", if all its names mean the same.
fn meaning_of_all(heading: &str) -> Option<(Meaning, Trust)> {
    let mut names = heading.split('/').map(normalised);
    let first = meaning_of(&names.next()?)?;
    names
        .all(|name| meaning_of(&name).is_some_and(|(meaning, _)| meaning == first.0))
        .then_some(first)
}

fn without_user(text: &str) -> Option<&str> {
    text.strip_prefix("users")
        .or_else(|| text.strip_prefix("user"))
        .or_else(|| text.strip_prefix("staff"))
        .filter(|rest| !rest.is_empty())
}

fn meaning_of(text: &str) -> Option<(Meaning, Trust)> {
    if text.is_empty() {
        return None;
    }
    let in_list = |lists: &[(Meaning, &[&str])]| {
        lists
            .iter()
            .find(|(_, words)| words.contains(&text))
            .map(|(meaning, _)| *meaning)
    };
    in_list(&SURE)
        .map(|meaning| (meaning, Trust::Sure))
        .or_else(|| in_list(&FAINT).map(|meaning| (meaning, Trust::Faint)))
}

const SURE: [(Meaning, &[&str]); 7] = [
    (
        Meaning::Column(Column::FirstName),
        &[
            "firstname",
            "firstnames",
            "forename",
            "forenames",
            "givenname",
            "givennames",
            "christianname",
            "first",
            "fname",
            "firstnameofuser",
            "enwcyntaf",
        ],
    ),
    (
        Meaning::Column(Column::LastName),
        &[
            "lastname",
            "lastnames",
            "surname",
            "surnames",
            "familyname",
            "secondname",
            "last",
            "lname",
            "cyfenw",
        ],
    ),
    (
        Meaning::Column(Column::Email),
        &[
            "email",
            "emails",
            "emailaddress",
            "emailaddresses",
            "emailid",
            "emailaddr",
            "mail",
            "mailaddress",
            "workemail",
            "workemailaddress",
            "businessemail",
            "secureemail",
            "contactemail",
            "electronicmail",
            "electronicmailaddress",
            "ebost",
            "cyfeiriadebost",
        ],
    ),
    (
        Meaning::Column(Column::Mobile),
        &[
            "mobile",
            "mobiles",
            "mobilenumber",
            "mobileno",
            "mobilenumbers",
            "mobilephone",
            "mobilephonenumber",
            "mobilephoneno",
            "mobiletelephone",
            "mobiletelephonenumber",
            "mobiletel",
            "mobiletelno",
            "mob",
            "mobno",
            "mobnumber",
            "gsm",
            "cell",
            "cellphone",
            "cellphonenumber",
            "workmobile",
            "workmobilenumber",
            "phonemobile",
            "telmobile",
            "telephonemobile",
            "ffonsymudol",
            "ffônsymudol",
            "rhifffonsymudol",
            "rhifffônsymudol",
            "symudol",
        ],
    ),
    (
        Meaning::Column(Column::Role),
        &[
            "role",
            "roles",
            "userrole",
            "usertype",
            "roletype",
            "typeofuser",
            "typeofrole",
            "accounttype",
            "typeofaccount",
            "type",
            "usergroup",
            "group",
            "commonplatformrole",
            "cprole",
            "rolerequired",
            "rolename",
            "roleoncommonplatform",
            "rôl",
        ],
    ),
    (
        Meaning::Column(Column::Administrator),
        &[
            "administrator",
            "admin",
            "organisationadministrator",
            "organizationadministrator",
            "organisationadmin",
            "organizationadmin",
            "orgadministrator",
            "orgadmin",
            "orgadminyn",
            "orgadminyesno",
            "isadmin",
            "isadministrator",
            "adminuser",
            "adminrights",
            "administratorrights",
            "adminaccess",
            "adminyn",
            "adminyesno",
            "administratoryn",
            "administratoryesno",
            "organisationadministratoryesno",
            "organisationadministratoryn",
            "authorisedadministrator",
            "authorizedadministrator",
            "accountadministrator",
            "accountadmin",
            "firmadmin",
            "firmadministrator",
            "adminstrator",
            "gweinyddwr",
        ],
    ),
    (
        Meaning::FullName,
        &[
            "name",
            "names",
            "fullname",
            "fullnames",
            "nameofuser",
            "person",
            "employee",
            "employeename",
            "staffname",
            "staffmember",
            "contactname",
            "firstandlastname",
            "firstnameandsurname",
            "nameinfull",
            "enw",
            "enwllawn",
        ],
    ),
];

const FAINT: [(Meaning, &[&str]); 5] = [
    // Such columns hold sign-in names as often as names of people.
    (Meaning::FullName, &["user", "username", "usernames"]),
    (
        Meaning::Column(Column::FirstName),
        &["knownas", "preferredname", "preferredfirstname"],
    ),
    (
        Meaning::Column(Column::Email),
        &["cjsmemail", "cjsmemailaddress"],
    ),
    (
        Meaning::Column(Column::Mobile),
        &[
            "phone",
            "phonenumber",
            "phoneno",
            "phones",
            "telephone",
            "telephonenumber",
            "telephoneno",
            "tel",
            "telno",
            "telnumber",
            "contactnumber",
            "contactno",
            "contactphone",
            "contacttelephone",
            "contacttelephonenumber",
            "number",
            "ffon",
            "ffôn",
            "rhifffôn",
        ],
    ),
    (
        Meaning::Column(Column::Role),
        &[
            "accesstype",
            "profile",
            "userprofile",
            "position",
            "jobtitle",
            "jobrole",
            "job",
            "occupation",
            "profession",
            "grade",
            "swydd",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_the_words_that_people_use() {
        for (heading, meaning) in [
            ("First name", Meaning::Column(Column::FirstName)),
            ("FIRST_NAME", Meaning::Column(Column::FirstName)),
            ("\u{feff}Forename(s)", Meaning::Column(Column::FirstName)),
            ("Surname *", Meaning::Column(Column::LastName)),
            ("E-mail", Meaning::Column(Column::Email)),
            ("Email address (work)", Meaning::Column(Column::Email)),
            ("Mobile: for codes", Meaning::Column(Column::Mobile)),
            ("Tel. no.", Meaning::Column(Column::Mobile)),
            ("User type", Meaning::Column(Column::Role)),
            ("Admin?", Meaning::Column(Column::Administrator)),
            ("User's surname", Meaning::Column(Column::LastName)),
            ("Full Name", Meaning::FullName),
            ("1. First name", Meaning::Column(Column::FirstName)),
            ("(2) Surname", Meaning::Column(Column::LastName)),
            ("Role / user type", Meaning::Column(Column::Role)),
            ("Forename/First name", Meaning::Column(Column::FirstName)),
            ("Rhif ffôn symudol", Meaning::Column(Column::Mobile)),
            ("Org admin (Y/N)", Meaning::Column(Column::Administrator)),
            ("Org admin Y/N", Meaning::Column(Column::Administrator)),
            ("Org admin yes/no", Meaning::Column(Column::Administrator)),
            (
                "Administrator rights",
                Meaning::Column(Column::Administrator),
            ),
            ("CJSM email", Meaning::Column(Column::Email)),
            ("CJSM e-mail address", Meaning::Column(Column::Email)),
            ("GSM", Meaning::Column(Column::Mobile)),
            ("Access type", Meaning::Column(Column::Role)),
            ("Profile", Meaning::Column(Column::Role)),
            ("User profile", Meaning::Column(Column::Role)),
        ] {
            let found = recognised(heading, &Mapping::default()).map(|(meaning, _)| meaning);
            assert_eq!(found, Some(meaning), "{heading}");
        }
        for heading in [
            "",
            "Priya",
            "Date sent",
            "Created",
            "07700 900123",
            "Notes",
            "Name / email",
            "1.",
            "/",
        ] {
            assert_eq!(recognised(heading, &Mapping::default()), None, "{heading}");
        }
    }

    #[test]
    fn no_two_meanings_share_a_word() {
        let mut seen = std::collections::HashSet::new();
        for word in SURE.iter().chain(&FAINT).flat_map(|(_, words)| *words) {
            assert!(seen.insert(*word), "{word}");
            assert_eq!(normalised(word), *word);
        }
    }
}
