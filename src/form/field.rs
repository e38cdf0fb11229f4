//! The fields of the form, each described once. Drafts, registrations, spreadsheets, messages and
//! the desk iterate over these descriptions. The question pages draw each of their inputs from its
//! description.
//!
//! To add a field, add a variant and list it in `ALL`. The compiler then reports most places that
//! must handle the new variant.

use crate::organisation::{OrganisationKind, Requirement};
use crate::page::Page;

use super::Wording;

/// A field of a question page. The order of the variants follows page 1 of the spreadsheet form
/// that this service replaces, which begins with the name of the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The organisation's name.
    OrganisationName,
    /// The kind of organisation.
    OrganisationKind,
    /// Line 1 of the head office's address.
    AddressLine1,
    /// Line 2 of the head office's address.
    AddressLine2,
    /// The town or city of the head office.
    Town,
    /// The county of the head office.
    County,
    /// The postcode of the head office.
    Postcode,
    /// The organisation's telephone number.
    Telephone,
    /// The organisation's e-mail address.
    Email,
    /// The organisation's number with the Solicitors Regulation Authority.
    SraNumber,
    /// The organisation's number with the Bar Standards Board.
    BarNumber,
    /// The organisation's account numbers with the Legal Aid Agency, one per line.
    LaaAccountNumbers,
    /// The court of the first hearing.
    Court,
    /// The day of the first hearing.
    HearingDay,
    /// The month of the first hearing.
    HearingMonth,
    /// The year of the first hearing.
    HearingYear,
    /// The accountable person's first name.
    AccountableFirstName,
    /// The accountable person's last name.
    AccountableLastName,
    /// The accountable person's job title.
    JobTitle,
    /// The accountable person's e-mail address.
    AccountableEmail,
    /// The accountable person's telephone number.
    AccountableTelephone,
    /// Whether the accountable person needs an account, as the first user.
    NeedsAccount,
    /// The mobile number of the only user of a one-person organisation.
    Mobile,
    /// The full name of the signatory of the Terms.
    FullName,
    /// The capacity in which the signatory signs the Terms.
    Capacity,
    /// The signatory's declaration of authority.
    Authority,
    /// The version of the Terms that is signed; sent by the page, not typed.
    TermsVersion,
}

/// The description of a field.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    /// The page that asks for the field.
    pub page: Page,
    /// The name of the field in the page's form.
    pub name: &'static str,
    /// The label of the field on its page, without “(optional)”.
    pub label: Wording,
    /// The hint of the field on its page; empty if there is none.
    pub hint: Wording,
    /// The name of the field outside its page, such as in a message about a correction.
    pub words: Wording,
    /// The kind of input.
    pub entry: Entry,
    /// The row for the field on page 1 of the spreadsheet form; `None` if page 1 has no such row.
    pub sheet: Option<SheetRow>,
}

/// The kind of input for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// One line of text.
    Line {
        /// The expected length of the text.
        length: Length,
        /// The HTML `autocomplete` token; empty if there is none.
        autocomplete: &'static str,
    },
    /// A name, a code or a number, for which spell checking is off.
    Code {
        /// The expected length of the text.
        length: Length,
        /// The HTML `autocomplete` token; empty if there is none.
        autocomplete: &'static str,
    },
    /// A number of at most ten digits.
    Digits,
    /// An e-mail address.
    Email {
        /// The HTML `autocomplete` token; empty if there is none.
        autocomplete: &'static str,
    },
    /// A telephone number.
    Telephone {
        /// The HTML `autocomplete` token; empty if there is none.
        autocomplete: &'static str,
    },
    /// Several lines of text, with one value per line.
    Lines,
    /// The day, the month or the year of a date.
    DatePart,
    /// One of several choices.
    Choice,
    /// A checkbox, or a hidden field.
    Special,
}

/// The expected length of a line of text, which decides the width of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Any length.
    Any,
    /// A name or a few words.
    Words,
    /// At most twenty characters.
    Twenty,
    /// At most ten characters.
    Ten,
}

/// A row of page 1 of the spreadsheet form.
#[derive(Debug, Clone, Copy)]
pub struct SheetRow {
    /// The key of the row in the JSON of page 1.
    pub key: &'static str,
    /// The label in files that the service writes.
    pub label: &'static str,
    /// The labels that the service accepts in uploaded files, normalised. A leading “organisation”
    /// or “accountable person” is removed from a label before it is compared with them.
    pub read_as: &'static [&'static str],
}

impl Field {
    /// Every field, in order.
    pub const ALL: &'static [Self] = &[
        Self::OrganisationName,
        Self::OrganisationKind,
        Self::AddressLine1,
        Self::AddressLine2,
        Self::Town,
        Self::County,
        Self::Postcode,
        Self::Telephone,
        Self::Email,
        Self::SraNumber,
        Self::BarNumber,
        Self::LaaAccountNumbers,
        Self::Court,
        Self::HearingDay,
        Self::HearingMonth,
        Self::HearingYear,
        Self::AccountableFirstName,
        Self::AccountableLastName,
        Self::JobTitle,
        Self::AccountableEmail,
        Self::AccountableTelephone,
        Self::NeedsAccount,
        Self::Mobile,
        Self::FullName,
        Self::Capacity,
        Self::Authority,
        Self::TermsVersion,
    ];

    /// Returns the fields of a page, in order.
    pub fn of_page(page: Page) -> impl Iterator<Item = Self> {
        Self::all().filter(move |field| field.page() == page)
    }

    /// Returns all fields, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied()
    }

    /// Returns the field with this name on a page; `None` if the page has no such field.
    #[must_use]
    pub fn find(page: Page, name: &str) -> Option<Self> {
        Self::of_page(page).find(|field| field.name() == name)
    }

    /// Returns the page that asks for the field.
    #[must_use]
    pub const fn page(self) -> Page {
        self.describe().page
    }

    /// Returns the name of the field in its page's form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.describe().name
    }

    /// Returns whether the field is required, optional or not asked for a kind of organisation.
    #[must_use]
    pub const fn requirement(self, kind: OrganisationKind) -> Requirement {
        match self {
            Self::SraNumber => kind.sra_number(),
            Self::BarNumber => kind.bar_number(),
            Self::Mobile if !kind.is_one_person() => Requirement::NotAsked,
            Self::NeedsAccount if kind.is_one_person() => Requirement::NotAsked,
            Self::AddressLine2
            | Self::County
            | Self::LaaAccountNumbers
            | Self::Court
            | Self::HearingDay
            | Self::HearingMonth
            | Self::HearingYear => Requirement::Optional,
            _ => Requirement::Required,
        }
    }

    /// Whether the form asks a kind of organisation for the field.
    #[must_use]
    pub fn is_asked_of(self, kind: OrganisationKind) -> bool {
        self.requirement(kind) != Requirement::NotAsked
    }

    /// Returns the description of the field.
    #[must_use]
    #[expect(
        clippy::too_many_lines,
        reason = "one entry for each field, read as a table"
    )]
    pub const fn describe(self) -> Description {
        const NONE: Wording = Wording::english("");
        match self {
            Self::OrganisationKind => Description {
                page: Page::OrganisationKind,
                name: "kind",
                label: Wording::both("Kind of organisation", "Math o sefydliad"),
                hint: NONE,
                words: Wording::both("Kind of organisation", "Math o sefydliad"),
                entry: Entry::Choice,
                sheet: Some(SheetRow {
                    key: "kind",
                    label: "Organisation type",
                    read_as: &[
                        "type",
                        "typeoforganisation",
                        "kind",
                        "kindoforganisation",
                        "typeoforganization",
                    ],
                }),
            },
            Self::OrganisationName => Description {
                page: Page::OrganisationName,
                name: "name",
                label: Wording::both("Name of the organisation", "Enw’r sefydliad"),
                hint: Wording::english("As it appears on your regulator’s register"),
                words: Wording::both("Name of the organisation", "Enw’r sefydliad"),
                entry: Entry::Code {
                    length: Length::Any,
                    autocomplete: "organization",
                },
                sheet: Some(SheetRow {
                    key: "name",
                    label: "Organisation name",
                    read_as: &[
                        "name",
                        "nameoforganisation",
                        "nameoforganization",
                        "nameoffirm",
                        "nameofchambers",
                        "nameoffirmorchambers",
                        "tradingname",
                    ],
                }),
            },
            Self::AddressLine1 => Description {
                page: Page::OrganisationAddress,
                name: "address_line_1",
                label: Wording::both("Address line 1", "Llinell gyfeiriad 1"),
                hint: NONE,
                words: Wording::both("Address line 1", "Llinell gyfeiriad 1"),
                entry: Entry::Line {
                    length: Length::Any,
                    autocomplete: "address-line1",
                },
                sheet: Some(SheetRow {
                    key: "line1",
                    label: "Head office address line 1",
                    read_as: &[
                        "addressline1",
                        "address1",
                        "line1",
                        "buildingandstreet",
                        "street",
                    ],
                }),
            },
            Self::AddressLine2 => Description {
                page: Page::OrganisationAddress,
                name: "address_line_2",
                label: Wording::both("Address line 2", "Llinell gyfeiriad 2"),
                hint: NONE,
                words: Wording::both("Address line 2", "Llinell gyfeiriad 2"),
                entry: Entry::Line {
                    length: Length::Any,
                    autocomplete: "address-line2",
                },
                sheet: Some(SheetRow {
                    key: "line2",
                    label: "Head office address line 2",
                    read_as: &["addressline2", "address2", "line2"],
                }),
            },
            Self::Town => Description {
                page: Page::OrganisationAddress,
                name: "town",
                label: Wording::both("Town or city", "Tref neu ddinas"),
                hint: NONE,
                words: Wording::both("Town or city", "Tref neu ddinas"),
                entry: Entry::Line {
                    length: Length::Words,
                    autocomplete: "address-level2",
                },
                sheet: Some(SheetRow {
                    key: "town",
                    label: "Town or city",
                    read_as: &[
                        "town",
                        "city",
                        "townorcity",
                        "towncity",
                        "addresstown",
                        "addresstownorcity",
                        "addressline3",
                        "line3",
                    ],
                }),
            },
            Self::County => Description {
                page: Page::OrganisationAddress,
                name: "county",
                label: Wording::both("County", "Sir"),
                hint: NONE,
                words: Wording::both("County", "Sir"),
                entry: Entry::Line {
                    length: Length::Words,
                    autocomplete: "",
                },
                sheet: Some(SheetRow {
                    key: "county",
                    label: "County",
                    read_as: &["county", "addresscounty", "addressline4"],
                }),
            },
            Self::Postcode => Description {
                page: Page::OrganisationAddress,
                name: "postcode",
                label: Wording::both("Postcode", "Cod post"),
                hint: NONE,
                words: Wording::both("Postcode", "Cod post"),
                entry: Entry::Code {
                    length: Length::Ten,
                    autocomplete: "postal-code",
                },
                sheet: Some(SheetRow {
                    key: "postcode",
                    label: "Postcode",
                    read_as: &["postcode", "postalcode", "zip", "addresspostcode"],
                }),
            },
            Self::Telephone => Description {
                page: Page::OrganisationContact,
                name: "telephone",
                label: Wording::english("Main telephone number"),
                hint: Wording::english("For a number outside the UK, include the country code"),
                words: Wording::both(
                    "Telephone number of the organisation",
                    "Rhif ffôn y sefydliad",
                ),
                entry: Entry::Telephone {
                    autocomplete: "tel",
                },
                sheet: Some(SheetRow {
                    key: "telephone",
                    label: "Telephone",
                    read_as: &[
                        "telephone",
                        "telephonenumber",
                        "phone",
                        "phonenumber",
                        "tel",
                        "telno",
                        "maintelephone",
                        "switchboard",
                        "contactnumber",
                    ],
                }),
            },
            Self::Email => Description {
                page: Page::OrganisationContact,
                name: "email",
                label: Wording::english("Main email address"),
                hint: Wording::english("We’ll email it when we have received your registration"),
                words: Wording::both(
                    "Email address of the organisation",
                    "Cyfeiriad e-bost y sefydliad",
                ),
                entry: Entry::Email {
                    autocomplete: "email",
                },
                sheet: Some(SheetRow {
                    key: "email",
                    label: "Email",
                    read_as: &[
                        "email",
                        "emailaddress",
                        "mainemail",
                        "mainemailaddress",
                        "generalemail",
                    ],
                }),
            },
            Self::SraNumber => Description {
                page: Page::RegistrationNumbers,
                name: "sra_number",
                label: Wording::both("SRA number", "Rhif SRA"),
                hint: Wording::english("The number on the Solicitors Register, usually 6 digits"),
                words: Wording::both("SRA number", "Rhif SRA"),
                entry: Entry::Digits,
                sheet: Some(SheetRow {
                    key: "sra",
                    label: "SRA number",
                    read_as: &[],
                }),
            },
            Self::BarNumber => Description {
                page: Page::RegistrationNumbers,
                name: "bar_number",
                label: Wording::both("Bar number", "Rhif Bar"),
                hint: Wording::english(
                    "The Bar Council membership number of the barrister or the head of chambers",
                ),
                words: Wording::both("Bar number", "Rhif Bar"),
                entry: Entry::Code {
                    length: Length::Twenty,
                    autocomplete: "",
                },
                sheet: Some(SheetRow {
                    key: "bar",
                    label: "Bar number",
                    read_as: &[
                        "bar",
                        "barnumber",
                        "barno",
                        "barcouncilnumber",
                        "bsbnumber",
                        "barid",
                        "barstandardsboardnumber",
                        "barmembershipnumber",
                    ],
                }),
            },
            Self::LaaAccountNumbers => Description {
                page: Page::RegistrationNumbers,
                name: "laa_account_numbers",
                label: Wording::both("LAA account numbers", "Rhifau cyfrif LAA"),
                hint: Wording::english("Like 1A234B. Enter each number on a new line, up to 20"),
                words: Wording::both("LAA account numbers", "Rhifau cyfrif LAA"),
                entry: Entry::Lines,
                sheet: Some(SheetRow {
                    key: "laa",
                    label: "LAA account numbers",
                    read_as: &[],
                }),
            },
            Self::Court => Description {
                page: Page::FirstHearing,
                name: "court",
                label: Wording::english("Name of the court"),
                hint: Wording::english("For example, Leeds Magistrates’ Court"),
                words: Wording::both("Court of the first hearing", "Llys y gwrandawiad cyntaf"),
                entry: Entry::Line {
                    length: Length::Any,
                    autocomplete: "",
                },
                sheet: Some(SheetRow {
                    key: "first_court",
                    label: "First hearing: court",
                    read_as: &[
                        "firsthearingcourt",
                        "firstcourt",
                        "court",
                        "courtname",
                        "nameofcourt",
                        "courtoffirsthearing",
                        "earliesthearingcourt",
                    ],
                }),
            },
            Self::HearingDay => Description {
                page: Page::FirstHearing,
                name: "hearing-day",
                label: Wording::both("Day", "Diwrnod"),
                hint: NONE,
                words: Wording::both("Day of the first hearing", "Diwrnod y gwrandawiad cyntaf"),
                entry: Entry::DatePart,
                sheet: Some(SheetRow {
                    key: "first_hearing",
                    label: "First hearing: date",
                    read_as: &[
                        "firsthearingdate",
                        "firsthearing",
                        "dateoffirsthearing",
                        "hearingdate",
                        "earliesthearing",
                        "earliesthearingdate",
                        "dateofhearing",
                    ],
                }),
            },
            Self::HearingMonth => Description {
                page: Page::FirstHearing,
                name: "hearing-month",
                label: Wording::both("Month", "Mis"),
                hint: NONE,
                words: Wording::both("Month of the first hearing", "Mis y gwrandawiad cyntaf"),
                entry: Entry::DatePart,
                sheet: None,
            },
            Self::HearingYear => Description {
                page: Page::FirstHearing,
                name: "hearing-year",
                label: Wording::both("Year", "Blwyddyn"),
                hint: NONE,
                words: Wording::both("Year of the first hearing", "Blwyddyn y gwrandawiad cyntaf"),
                entry: Entry::DatePart,
                sheet: None,
            },
            Self::AccountableFirstName => Description {
                page: Page::AccountablePersonName,
                name: "first_name",
                label: Wording::both("First name", "Enw cyntaf"),
                hint: Wording::both(
                    "If you have only one name, enter it as the last name and a hyphen (-) here",
                    "Os mai dim ond un enw sydd gennych, rhowch ef fel cyfenw a chysylltnod (-) yma",
                ),
                words: Wording::both(
                    "First name of the accountable person",
                    "Enw cyntaf y person atebol",
                ),
                entry: Entry::Code {
                    length: Length::Words,
                    autocomplete: "",
                },
                sheet: Some(SheetRow {
                    key: "accountable_first_name",
                    label: "Accountable person: first name",
                    read_as: &[
                        "firstname",
                        "forename",
                        "givenname",
                        "firstnames",
                        "forenames",
                    ],
                }),
            },
            Self::AccountableLastName => Description {
                page: Page::AccountablePersonName,
                name: "last_name",
                label: Wording::both("Last name", "Cyfenw"),
                hint: NONE,
                words: Wording::both(
                    "Last name of the accountable person",
                    "Cyfenw’r person atebol",
                ),
                entry: Entry::Code {
                    length: Length::Words,
                    autocomplete: "",
                },
                sheet: Some(SheetRow {
                    key: "accountable_last_name",
                    label: "Accountable person: last name",
                    read_as: &["lastname", "surname", "familyname"],
                }),
            },
            Self::JobTitle => Description {
                page: Page::AccountablePersonName,
                name: "job_title",
                label: Wording::both("Job title", "Teitl swydd"),
                hint: Wording::english("For example, Partner or Senior clerk"),
                words: Wording::both(
                    "Job title of the accountable person",
                    "Teitl swydd y person atebol",
                ),
                entry: Entry::Line {
                    length: Length::Words,
                    autocomplete: "",
                },
                sheet: Some(SheetRow {
                    key: "accountable_job_title",
                    label: "Accountable person: job title",
                    read_as: &[
                        "jobtitle",
                        "position",
                        "role",
                        "job",
                        "title",
                        "positioninorganisation",
                    ],
                }),
            },
            Self::AccountableEmail => Description {
                page: Page::AccountablePersonContact,
                name: "email",
                label: Wording::both("Email address", "Cyfeiriad e-bost"),
                hint: Wording::english(
                    "Their own address, not one that several people share. We may write to it about the registration",
                ),
                words: Wording::both(
                    "Email address of the accountable person",
                    "Cyfeiriad e-bost y person atebol",
                ),
                entry: Entry::Email { autocomplete: "" },
                sheet: Some(SheetRow {
                    key: "accountable_email",
                    label: "Accountable person: email",
                    read_as: &["email", "emailaddress", "workemail"],
                }),
            },
            Self::AccountableTelephone => Description {
                page: Page::AccountablePersonContact,
                name: "telephone",
                label: Wording::both("Telephone number", "Rhif ffôn"),
                hint: Wording::english(
                    "If you give a mobile number, we’ll use it for their account",
                ),
                words: Wording::both(
                    "Telephone number of the accountable person",
                    "Rhif ffôn y person atebol",
                ),
                entry: Entry::Telephone { autocomplete: "" },
                sheet: Some(SheetRow {
                    key: "accountable_telephone",
                    label: "Accountable person: telephone",
                    read_as: &[
                        "telephone",
                        "telephonenumber",
                        "phone",
                        "phonenumber",
                        "tel",
                        "telno",
                        "mobile",
                        "mobilenumber",
                        "contactnumber",
                    ],
                }),
            },
            Self::NeedsAccount => Description {
                page: Page::FirstUser,
                name: "needs_account",
                label: Wording::english("The accountable person needs an account"),
                hint: NONE,
                words: Wording::english("The accountable person needs an account"),
                entry: Entry::Choice,
                sheet: None,
            },
            Self::Mobile => Description {
                page: Page::OneUser,
                name: "mobile",
                label: Wording::both("Mobile number", "Rhif ffôn symudol"),
                hint: Wording::english(
                    "Common Platform will text a code to it when they activate their account",
                ),
                words: Wording::both("Mobile number of a user", "Rhif ffôn symudol defnyddiwr"),
                entry: Entry::Telephone { autocomplete: "" },
                sheet: None,
            },
            Self::FullName => Description {
                page: Page::Signature,
                name: "full_name",
                label: Wording::english("Your full name"),
                hint: Wording::english("Typing your name is your signature"),
                words: Wording::both("Signed by", "Llofnodwyd gan"),
                entry: Entry::Code {
                    length: Length::Words,
                    autocomplete: "name",
                },
                sheet: None,
            },
            Self::Capacity => Description {
                page: Page::Signature,
                name: "capacity",
                label: Wording::english("Your role"),
                hint: Wording::english("For example, Accountable person or Partner"),
                words: Wording::english("Role of the signatory"),
                entry: Entry::Line {
                    length: Length::Words,
                    autocomplete: "",
                },
                sheet: None,
            },
            Self::Authority => Description {
                page: Page::Signature,
                name: "authority",
                label: Wording::english("Declaration"),
                hint: NONE,
                words: Wording::english("Authority"),
                entry: Entry::Special,
                sheet: None,
            },
            Self::TermsVersion => Description {
                page: Page::Signature,
                name: "terms_version",
                label: Wording::english("Version of the Terms"),
                hint: NONE,
                words: Wording::english("Version of the Terms"),
                entry: Entry::Special,
                sheet: None,
            },
        }
    }
}
