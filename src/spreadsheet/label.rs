//! The labels of page 1 of the old form, in the words that people use for them.
//!
//! A sheet with a value beside each label has labels where a table of users has headings.

use crate::spreadsheet::normalised;

/// The meaning of a row's label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Name,
    Kind,
    Address,
    Line1,
    Line2,
    Town,
    County,
    Postcode,
    Telephone,
    Email,
    Laa,
    Sra,
    Bar,
    Court,
    Hearing,
    FirstName,
    LastName,
    FullName,
    JobTitle,
    Signature,
}

/// The section that rows belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Organisation,
    AccountablePerson,
    Signature,
}

impl Section {
    /// Returns the section that a row with these words opens.
    pub(super) fn of(label: &str) -> Option<Self> {
        let plain = normalised(label);
        if plain.contains("accountable") || plain.contains("responsibleperson") {
            Some(Self::AccountablePerson)
        } else if plain.contains("signature") || plain.contains("termsandconditions") {
            Some(Self::Signature)
        } else if plain.contains("organisation") || plain.contains("headoffice") {
            Some(Self::Organisation)
        } else {
            None
        }
    }
}

/// Finds the meaning of a label, and its section: the current one or one that the label names.
pub(super) fn label_of(label: &str, section: Section) -> Option<(Section, Label)> {
    let plain = normalised(label);
    if plain.contains("signature") || plain.contains("accepted") || plain.contains("signed") {
        return Some((Section::Signature, Label::Signature));
    }
    for start in [
        "accountableperson",
        "nameofaccountableperson",
        "accountable",
    ] {
        if let Some(rest) = plain.strip_prefix(start) {
            let rest = rest.trim_start_matches('s');
            let label = if rest.is_empty() || rest == "name" || start.starts_with("name") {
                Some(Label::FullName)
            } else {
                of_person(rest)
            };
            return Some((Section::AccountablePerson, label?));
        }
    }
    if section == Section::Signature {
        return None;
    }
    if section == Section::AccountablePerson
        && let Some(label) = of_person(&plain)
    {
        return Some((section, label));
    }
    let label = of_organisation(&plain)?;
    Some((Section::Organisation, label))
}

fn of_person(plain: &str) -> Option<Label> {
    Some(match plain {
        "firstname" | "forename" | "givenname" | "firstnames" | "forenames" => Label::FirstName,
        "lastname" | "surname" | "familyname" => Label::LastName,
        "name" | "fullname" => Label::FullName,
        "jobtitle" | "position" | "role" | "job" | "title" | "positioninorganisation" => {
            Label::JobTitle
        }
        "email" | "emailaddress" | "workemail" => Label::Email,
        "telephone" | "telephonenumber" | "phone" | "phonenumber" | "tel" | "telno" | "mobile"
        | "mobilenumber" | "contactnumber" => Label::Telephone,
        _ => return None,
    })
}

fn of_organisation(plain: &str) -> Option<Label> {
    let short = [
        "organisation",
        "organization",
        "headoffice",
        "firm",
        "chambers",
    ]
    .iter()
    .find_map(|start| plain.strip_prefix(start))
    .map(|rest| rest.trim_start_matches('s'))
    .filter(|rest| !rest.is_empty())
    .unwrap_or(plain);
    Some(match short {
        "name"
        | "nameoforganisation"
        | "nameoforganization"
        | "nameoffirm"
        | "nameofchambers"
        | "nameoffirmorchambers"
        | "tradingname" => Label::Name,
        "type" | "typeoforganisation" | "kind" | "kindoforganisation" | "typeoforganization" => {
            Label::Kind
        }
        "address" | "fulladdress" | "postaladdress" | "headofficeaddress" => Label::Address,
        "addressline1" | "address1" | "line1" | "buildingandstreet" | "street" => Label::Line1,
        "addressline2" | "address2" | "line2" => Label::Line2,
        "town" | "city" | "townorcity" | "towncity" | "addresstown" | "addresstownorcity"
        | "addressline3" | "line3" => Label::Town,
        "county" | "addresscounty" | "addressline4" => Label::County,
        "postcode" | "postalcode" | "zip" | "addresspostcode" => Label::Postcode,
        "telephone" | "telephonenumber" | "phone" | "phonenumber" | "tel" | "telno"
        | "maintelephone" | "switchboard" | "contactnumber" => Label::Telephone,
        "email" | "emailaddress" | "mainemail" | "mainemailaddress" | "generalemail" => {
            Label::Email
        }
        _ if short.starts_with("laa") || short.contains("legalaid") => Label::Laa,
        _ if short.starts_with("sra") || short.contains("solicitorsregulation") => Label::Sra,
        "bar"
        | "barnumber"
        | "barno"
        | "barcouncilnumber"
        | "bsbnumber"
        | "barid"
        | "barstandardsboardnumber"
        | "barmembershipnumber" => Label::Bar,
        "firsthearingcourt"
        | "firstcourt"
        | "court"
        | "courtname"
        | "nameofcourt"
        | "courtoffirsthearing"
        | "earliesthearingcourt" => Label::Court,
        "firsthearingdate"
        | "firsthearing"
        | "dateoffirsthearing"
        | "hearingdate"
        | "earliesthearing"
        | "earliesthearingdate"
        | "dateofhearing" => Label::Hearing,
        _ => return None,
    })
}
