//! Recognises the meaning of headings in the various words that people use.
//!
//! Headings are compared without case, spaces and signs: first as a whole, then by their parts,
//! then by their significant words (`heading_words`). A column of telephone numbers counts as the
//! column of mobile numbers only if no heading says "mobile".

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::spreadsheet::trust::Trust;
use crate::spreadsheet::{
    Column, HeadingChoice, Mapping, Meaning, heading_words, name_order, normalised,
};

/// Finds the meaning of a heading. A choice that a person made for this heading takes precedence.
///
/// Returns `None` if the meaning is unknown, or if the person chose that the form does not need the
/// column.
pub(super) fn recognised(heading: &str, mapping: &Mapping) -> Option<(Meaning, Trust)> {
    // Longer text is a sentence, not a heading. This check saves time, because every cell of the
    // first rows passes through here.
    if heading.len() > 200 {
        return None;
    }
    let whole = normalised(heading);
    match mapping.meant(&whole) {
        Some(HeadingChoice::As(meaning)) => return Some((meaning, Trust::Exact)),
        Some(HeadingChoice::Nothing) => return None,
        None => {}
    }
    if is_ldap_surname(heading) {
        return Some((Meaning::Column(Column::LastName), Trust::Faint));
    }
    let unnumbered = heading.trim_start_matches(|letter: char| {
        letter.is_ascii_digit() || letter.is_whitespace() || matches!(letter, '.' | ')' | '(')
    });
    let of_both = || name_order::is_of_both(heading).then_some((Meaning::FullName, Trust::Sure));
    meaning_of(&whole)
        .or_else(|| meaning_of(&normalised(unnumbered)))
        .or_else(of_both)
        .or_else(|| of_parts(unnumbered))
        .or_else(|| of_alternatives(unnumbered))
        .or_else(|| heading_words::meaning(unnumbered, meaning_of))
}

/// Whether a heading is "SN", which is the surname in an LDAP directory and otherwise a serial
/// number.
pub(super) fn is_ldap_surname(heading: &str) -> bool {
    heading.trim().eq_ignore_ascii_case(LDAP_SURNAME)
}

/// Whether a heading is the name of an LDAP attribute other than the surname, in any case.
pub(super) fn is_ldap_name(heading: &str) -> bool {
    let heading = heading.trim();
    LDAP.iter().any(|name| heading.eq_ignore_ascii_case(name))
}

/// The LDAP attribute for the surname. A heading with a sign in it, such as "S/N" or "S.N.", is
/// always a serial number.
const LDAP_SURNAME: &str = "sn";

/// Names of other attributes in an export of an LDAP directory.
const LDAP: [&str; 13] = [
    "cn",
    "departmentNumber",
    "displayName",
    "distinguishedName",
    "dn",
    "givenName",
    "mail",
    "objectClass",
    "ou",
    "sAMAccountName",
    "telephoneNumber",
    "uid",
    "userPrincipalName",
];

/// Whether a whole text is a known heading whose meaning is sure.
pub(super) fn is_word(text: &str) -> bool {
    text.len() <= 40 && meaning_of(&normalised(text)).is_some_and(|(_, trust)| trust > Trust::Faint)
}

/// Finds the meaning of a heading with a remark in brackets or after a colon, a line end or a dash:
/// "Email address (work)", "Role – choose one", "User name [userPrincipalName]".
///
/// If the meaning of the heading itself is uncertain, a remark whose meaning is at least as certain
/// decides, such as the technical name in the last example. Returns `None` if the remark changes
/// the meaning of the column, as in "Phone (type)".
fn of_parts(heading: &str) -> Option<(Meaning, Trust)> {
    let (bare, remark) = heading_words::parts(heading)?;
    let by_words = |text: &str| {
        meaning_of(&normalised(text)).or_else(|| heading_words::meaning(text, meaning_of))
    };
    if heading_words::is_other_thing(remark) {
        return None;
    }
    let of_bare = by_words(bare);
    let of_remark =
        by_words(remark).filter(|_| of_bare.is_some() || heading_words::says_nothing(bare));
    match (of_bare, of_remark) {
        (Some(bare), Some(remark)) if remark.1 >= bare.1 && bare.1 <= Trust::Faint => Some(remark),
        // In "Name: First" and "Name - Last", the remark says which part of the name is meant.
        (Some((Meaning::FullName, _)), Some(remark)) if is_part_of_name(remark.0) => Some(remark),
        (bare, remark) => bare.or(remark),
    }
}

const fn is_part_of_name(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Column(Column::FirstName | Column::LastName)
    )
}

/// Finds the meaning of a heading like "Role / user type", if all its alternatives mean the same.
fn of_alternatives(heading: &str) -> Option<(Meaning, Trust)> {
    let bare = heading_words::parts(heading).map_or(heading, |(bare, _)| bare);
    if !bare.contains('/') {
        return None;
    }
    let mut names = bare.split('/').map(normalised);
    let first = meaning_of(&names.next()?)?;
    names
        .all(|name| meaning_of(&name).is_some_and(|(meaning, _)| meaning == first.0))
        .then_some(first)
}

fn meaning_of(text: &str) -> Option<(Meaning, Trust)> {
    KNOWN.get(text).copied()
}

static KNOWN: LazyLock<HashMap<&'static str, (Meaning, Trust)>> = LazyLock::new(|| {
    let lists = [
        (Trust::Last, LAST.as_slice()),
        (Trust::Faint, FAINT.as_slice()),
        (Trust::Sure, SURE.as_slice()),
    ];
    let words = lists.into_iter().flat_map(|(trust, lists)| {
        lists.iter().flat_map(move |(meaning, words)| {
            words.iter().map(move |word| {
                let is_exact = trust == Trust::Sure && EXACT.contains(word);
                (
                    *word,
                    (*meaning, if is_exact { Trust::Exact } else { trust }),
                )
            })
        })
    });
    words.collect()
});

/// The form's own words, and words that people use for nothing else.
///
/// No word for a full name is listed, because a column "Name" often has names other than the names
/// of users.
const EXACT: [&str; 27] = [
    "firstname",
    "firstnames",
    "forename",
    "forenames",
    "lastname",
    "surname",
    "familyname",
    "email",
    "emails",
    "emailaddress",
    "mobile",
    "mobilenumber",
    "mobileno",
    "mobilephone",
    "mobilephonenumber",
    "role",
    "userrole",
    "commonplatformrole",
    "roleoncommonplatform",
    "rolerequired",
    "cprole",
    "rôl",
    "organisationadministrator",
    "administrator",
    "orgadministrator",
    "organisationadmin",
    "gweinyddwr",
];

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
            "given",
            "namegiven",
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
            "family",
            "namefamily",
            "familynames",
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
            "mobiletelephoneno",
            "cellno",
            "cellnumber",
            "handphone",
            "mobilephonenum",
            "mobilenum",
            "phonemobile",
            "telmobile",
            "mphone",
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
            "typeofuserrole",
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
            "admins",
            "administrators",
            "organisationadministrators",
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
            "displayname",
            "nameformatted",
            "formattedname",
            "firstnamelastname",
            "firstandsurname",
            "forenameandsurname",
            "forenamesurname",
            "nameandsurname",
            "firstnameandsurname",
            "nameinfull",
            "enw",
            "enwllawn",
        ],
    ),
];

/// Headings whose meaning is a last resort; see [`Trust::Last`].
const LAST: [(Meaning, &[&str]); 3] = [
    (
        Meaning::Column(Column::FirstName),
        &["othername", "othernames"],
    ),
    (
        Meaning::FullName,
        &["clerk", "clerkname", "clerks", "paralegal", "secretary"],
    ),
    (Meaning::Column(Column::Email), &["cjsm", "cjsmaddress"]),
];

const FAINT: [(Meaning, &[&str]); 5] = [
    // Columns with such headings may have sign-in names, or the names of people who are not users.
    (
        Meaning::FullName,
        &[
            "user",
            "username",
            "usernames",
            "cn",
            "commonname",
            "barrister",
            "barristername",
            "solicitor",
            "solicitorname",
            "advocate",
            "advocatename",
            "lawyer",
            "lawyername",
            "feeearner",
            "feeearnername",
            "counsel",
            "colleague",
            "member",
            "membername",
            "applicant",
            "attendee",
            "candidate",
            "councillor",
            "delegate",
            "intern",
            "nominee",
            "participant",
            "pupil",
            "trainee",
        ],
    ),
    (
        Meaning::Column(Column::FirstName),
        &["knownas", "preferredname", "preferredfirstname"],
    ),
    (
        Meaning::Column(Column::Email),
        &["cjsmemail", "cjsmemailaddress", "userprincipalname", "upn"],
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
            "whatsapp",
            "whatsappnumber",
            "whatsappno",
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
    #[expect(clippy::too_many_lines, reason = "a table of cases")]
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
            ("E-mail – work", Meaning::Column(Column::Email)),
            ("Role - choose one", Meaning::Column(Column::Role)),
            ("E-mail 1 - Value", Meaning::Column(Column::Email)),
            ("phone2", Meaning::Column(Column::Mobile)),
            ("Phone 2", Meaning::Column(Column::Mobile)),
            (
                "What is your first name?",
                Meaning::Column(Column::FirstName),
            ),
            (
                "What is the user’s last name?",
                Meaning::Column(Column::LastName),
            ),
            (
                "Please enter the user's email",
                Meaning::Column(Column::Email),
            ),
            (
                "Which role does the user need?",
                Meaning::Column(Column::Role),
            ),
            (
                "Is the user an administrator?",
                Meaning::Column(Column::Administrator),
            ),
            (
                "Will they be an organisation administrator",
                Meaning::Column(Column::Administrator),
            ),
            (
                "Mobile number for security codes",
                Meaning::Column(Column::Mobile),
            ),
            (
                "Mobile phone number of user",
                Meaning::Column(Column::Mobile),
            ),
            (
                "Role required on Common Platform",
                Meaning::Column(Column::Role),
            ),
            (
                "User name [userPrincipalName] Required",
                Meaning::Column(Column::Email),
            ),
            ("Name [displayName] Required", Meaning::FullName),
            ("name.given", Meaning::Column(Column::FirstName)),
            ("name.family", Meaning::Column(Column::LastName)),
            ("givenName", Meaning::Column(Column::FirstName)),
            ("primaryPhone", Meaning::Column(Column::Mobile)),
            ("Name: First", Meaning::Column(Column::FirstName)),
            ("Name - Last", Meaning::Column(Column::LastName)),
            ("User details - Email", Meaning::Column(Column::Email)),
            ("Employee's surname", Meaning::Column(Column::LastName)),
            ("sn", Meaning::Column(Column::LastName)),
            ("SN", Meaning::Column(Column::LastName)),
            ("Barrister", Meaning::FullName),
            ("Delegate first name", Meaning::Column(Column::FirstName)),
            ("Nominee’s surname", Meaning::Column(Column::LastName)),
            ("Participants' email", Meaning::Column(Column::Email)),
            ("Partner mobile", Meaning::Column(Column::Mobile)),
            ("Intern_Name", Meaning::FullName),
            ("Trainee name", Meaning::FullName),
            ("Attendee", Meaning::FullName),
            (
                "Please leave your email address",
                Meaning::Column(Column::Email),
            ),
            ("Please type your e-mail", Meaning::Column(Column::Email)),
            (
                "Share your mobile number with us",
                Meaning::Column(Column::Mobile),
            ),
            (
                "Please confirm or supply a surname",
                Meaning::Column(Column::LastName),
            ),
            ("Type of user", Meaning::Column(Column::Role)),
            ("Other name(s)", Meaning::Column(Column::FirstName)),
            ("Councillor", Meaning::FullName),
        ] {
            let found = recognised(heading, &Mapping::default()).map(|(meaning, _)| meaning);
            assert_eq!(found, Some(meaning), "{heading}");
        }
        for (heading, trust) in [
            ("Role", Trust::Exact),
            ("What is your role?", Trust::Exact),
            ("userType", Trust::Sure),
            ("Work email", Trust::Sure),
            ("mphone", Trust::Sure),
            ("Phone 1", Trust::Faint),
            ("WhatsApp", Trust::Faint),
            ("WhatsApp number", Trust::Faint),
            ("Councillor", Trust::Faint),
            ("Email 2", Trust::Spare),
            ("Phone 2", Trust::Last),
        ] {
            let found = recognised(heading, &Mapping::default()).map(|(_, trust)| trust);
            assert_eq!(found, Some(trust), "{heading}");
        }
        for heading in [
            "",
            "Priya",
            "Date sent",
            "Created",
            "07700 900123",
            "Notes",
            "Name / email",
            "Client name",
            "Debtor",
            "Parent email",
            "Candidate number",
            "Member type",
            "S/N",
            "S.N.",
            "S. No",
            "S N",
            "S-N (auto)",
            "E-mail 1 - Label",
            "Phone (type)",
            "Email type",
            "Manager’s email",
            "Manager - Email",
            "Alternate email address",
            "Home email",
            "Office phone",
            "hphone",
            "Organisation name",
            "Name of organisation",
            "Organisation",
            "Phonetic First Name",
            "Middle Name",
            "Start time",
            "Date of birth",
            "Name 2",
            "First name 2",
            "Please complete every column",
            "1.",
            "/",
        ] {
            assert_eq!(recognised(heading, &Mapping::default()), None, "{heading}");
        }
    }

    #[test]
    fn no_two_meanings_share_a_word() {
        let mut seen = std::collections::HashSet::new();
        let lists = SURE.iter().chain(&FAINT).chain(&LAST);
        for word in lists.flat_map(|(_, words)| *words) {
            assert!(seen.insert(*word), "{word}");
            assert_eq!(normalised(word), *word);
        }
        for word in EXACT {
            assert_eq!(
                KNOWN.get(word).map(|(_, trust)| *trust),
                Some(Trust::Exact),
                "{word}"
            );
        }
    }
}
