//! Recognises the labels of page 1 of the old spreadsheet form, in the various words that people
//! use.
//!
//! Page 1 has a label and a value in each row, while a table of users has headings above its
//! columns.

use crate::form::{Field, FormSection, Topic};
use crate::spreadsheet::heading_words::words;
use crate::spreadsheet::normalised;

/// The meaning of a row's label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// One field of the form.
    Field(Field),
    /// The whole address in one cell.
    Address,
    /// The accountable person's first and last name together.
    FullName,
    /// Part of the signature, which is never read from a file.
    Signature,
}

/// A section of page 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Organisation,
    AccountablePerson,
    Signature,
    /// Details of somebody else, such as a court or a supplier. They are never read.
    Others,
}

impl Section {
    /// Returns the section that begins at a row with this label; `None` if no section does.
    pub(super) fn of(label: &str) -> Option<Self> {
        let plain = normalised(label);
        if plain.contains("accountable") || plain.contains("responsibleperson") {
            Some(Self::AccountablePerson)
        } else if plain.contains("signature") || plain.contains("termsandconditions") {
            Some(Self::Signature)
        } else if plain.contains("organisation") || plain.contains("headoffice") {
            Some(Self::Organisation)
        } else if is_of_others(label) {
            Some(Self::Others)
        } else {
            None
        }
    }

    /// Whether only page 1 of the form has such a section.
    pub(super) const fn is_of_the_form(self) -> bool {
        matches!(self, Self::AccountablePerson | Self::Signature)
    }
}

/// Whether a heading or the name of a sheet says that the details below it are of somebody else:
/// "Suppliers", "Our landlord".
pub(super) fn is_of_others(heading: &str) -> bool {
    let words = words(heading);
    let is_other = |word: &String| {
        let word = word.as_str();
        let one = word.strip_suffix('s').unwrap_or(word);
        OTHERS.contains(&word) || OTHERS.contains(&one)
    };
    words.len() <= MAX_WORDS && words.iter().any(is_other)
}

/// The maximum number of words of a heading; a longer text is a sentence.
const MAX_WORDS: usize = 5;

/// Words for people and organisations that a firm deals with, in the singular.
const OTHERS: [&str; 43] = [
    "accountant",
    "auditor",
    "bank",
    "case",
    "claimant",
    "client",
    "competitor",
    "complainant",
    "contractor",
    "court",
    "cps",
    "creditor",
    "customer",
    "debtor",
    "defendant",
    "donor",
    "expert",
    "fournisseur",
    "funder",
    "hearing",
    "insurance",
    "insurer",
    "interpreter",
    "invoice",
    "instructing",
    "instructed",
    "landlord",
    "lieferant",
    "lieferanten",
    "opponent",
    "opposing",
    "opposition",
    "payee",
    "police",
    "prison",
    "probation",
    "prosecution",
    "prosecutor",
    "supplier",
    "tenant",
    "vendor",
    "witness",
    "witnesses",
];

/// Whether a label names the registering organisation or its accountable person, or belongs to a
/// question that only the form asks, such as the first hearing.
pub(super) fn is_own(label: &str) -> bool {
    let plain = normalised(label);
    let own = [
        "organisation",
        "organization",
        "accountable",
        "headoffice",
        "chambersname",
        "firmname",
    ];
    own.iter()
        .chain(&FIRST_HEARING)
        .any(|word| plain.contains(word))
        || ["nameofchambers", "nameoffirm", "laa", "legalaid", "sra"]
            .iter()
            .any(|start| plain.starts_with(start))
}

/// Parts of the labels of the first hearing, normalised.
pub(super) const FIRST_HEARING: [&str; 3] = ["firsthearing", "earliesthearing", "firstcourt"];

/// Finds the section and the meaning of a label. `section` is the current section, but the label
/// may name another section.
///
/// Labels of the signature, and labels that name the accountable person, are found in every
/// section. Any other label is not found in the section of the signature; in the section of others,
/// it is found only if `is_own` accepts it. Returns `None` if the label is not found or is unknown.
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
    if section == Section::Signature || (section == Section::Others && !is_own(label)) {
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
    if matches!(plain, "name" | "fullname") {
        return Some(Label::FullName);
    }
    read_as(plain, FormSection::AccountablePerson)
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
    match short {
        "address" | "fulladdress" | "postaladdress" | "headofficeaddress" => Some(Label::Address),
        _ if short.starts_with("laa") || short.contains("legalaid") => {
            Some(Label::Field(Field::LaaAccountNumbers))
        }
        _ if short.starts_with("sra") || short.contains("solicitorsregulation") => {
            Some(Label::Field(Field::SraNumber))
        }
        _ => read_as(short, FormSection::Organisation),
    }
}

/// Finds the field with this label in a section; `None` if the section has no such field.
fn read_as(plain: &str, section: FormSection) -> Option<Label> {
    Field::all()
        .find(|field| {
            let of_section = field.topic().and_then(Topic::section) == Some(section);
            let row = field.describe().sheet.filter(|_| of_section);
            row.is_some_and(|row| row.read_as.contains(&plain))
        })
        .map(Label::Field)
}
