//! The topics of the form: the rows in which answers are shown, and the subjects that the desk may
//! ask about.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::page::Page;

use super::{Field, Wording};

crate::keyed! {
    /// The topic of an answer or of a question from the desk. The variants are in the order of the
    /// form.
    #[derive(Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Topic {
        /// The kind of organisation.
        Kind = "kind",
        /// The organisation's name.
        Name = "name",
        /// The address of the organisation's head office.
        Address = "address",
        /// The organisation's telephone number.
        Telephone = "telephone",
        /// The organisation's e-mail address.
        Email = "email",
        /// The organisation's SRA number.
        SraNumber = "sra-number",
        /// The organisation's Bar number.
        BarNumber = "bar-number",
        /// The organisation's LAA account numbers.
        LaaAccountNumbers = "laa-account-numbers",
        /// The organisation's first hearing.
        FirstHearing = "first-hearing",
        /// The accountable person's name.
        AccountablePerson = "accountable-person",
        /// The accountable person's job title.
        JobTitle = "job-title",
        /// The accountable person's e-mail address.
        AccountableEmail = "accountable-email",
        /// The accountable person's telephone number.
        AccountableTelephone = "accountable-telephone",
        /// The mobile number of the only user of a one-person organisation.
        Mobile = "mobile",
        /// The users.
        Users = "users",
        /// The signature.
        Signature = "signature",
        /// A topic outside the form.
        Other = "other",
    }
}

/// A section in which answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormSection {
    /// The organisation.
    Organisation,
    /// The accountable person.
    AccountablePerson,
    /// The account of the only user of a one-person organisation.
    Account,
    /// The users.
    Users,
    /// The signature under the Terms and Conditions.
    Signature,
}

impl FormSection {
    /// Returns the heading of the section.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Organisation => "Organisation",
            Self::AccountablePerson => "Accountable person",
            Self::Account => "Account",
            Self::Users => "Users",
            Self::Signature => "Terms and Conditions",
        }
    }

    /// Returns the topics of the section, in order.
    pub fn topics(self) -> impl Iterator<Item = Topic> {
        Topic::ALL
            .into_iter()
            .filter(move |topic| topic.section() == Some(self))
    }
}

impl Topic {
    /// Returns the topics of a question page, in order.
    pub fn of_page(page: Page) -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(move |topic| topic.page() == Some(page))
    }

    /// Returns the name of the topic, in English.
    #[must_use]
    pub const fn words(self) -> &'static str {
        self.words_in(Language::English)
    }

    /// Returns the name of the topic in a language.
    #[must_use]
    pub const fn words_in(self, language: Language) -> &'static str {
        self.wording().of(language)
    }

    const fn wording(self) -> Wording {
        match self {
            Self::Kind => Field::OrganisationKind.describe().words,
            Self::Name => Field::OrganisationName.describe().words,
            Self::Address => Wording::both("Head office address", "Cyfeiriad y brif swyddfa"),
            Self::Telephone => Field::Telephone.describe().words,
            Self::Email => Field::Email.describe().words,
            Self::SraNumber => Field::SraNumber.describe().words,
            Self::BarNumber => Field::BarNumber.describe().words,
            Self::LaaAccountNumbers => Field::LaaAccountNumbers.describe().words,
            Self::FirstHearing => Wording::both("First hearing", "Gwrandawiad cyntaf"),
            Self::AccountablePerson => {
                Wording::both("Name of the accountable person", "Enw’r person atebol")
            }
            Self::JobTitle => Field::JobTitle.describe().words,
            Self::AccountableEmail => Field::AccountableEmail.describe().words,
            Self::AccountableTelephone => Field::AccountableTelephone.describe().words,
            Self::Mobile => Wording::both(
                "Mobile number of the barrister",
                "Rhif ffôn symudol y bargyfreithiwr",
            ),
            Self::Users => Wording::both("Users", "Defnyddwyr"),
            Self::Signature => Wording::both("Signature", "Llofnod"),
            Self::Other => Wording::both("Something else", "Rhywbeth arall"),
        }
    }

    /// Returns the section that shows the topic; `None` for [`Other`](Self::Other).
    #[must_use]
    pub const fn section(self) -> Option<FormSection> {
        Some(match self {
            Self::Kind
            | Self::Name
            | Self::Address
            | Self::Telephone
            | Self::Email
            | Self::SraNumber
            | Self::BarNumber
            | Self::LaaAccountNumbers
            | Self::FirstHearing => FormSection::Organisation,
            Self::AccountablePerson
            | Self::JobTitle
            | Self::AccountableEmail
            | Self::AccountableTelephone => FormSection::AccountablePerson,
            Self::Mobile => FormSection::Account,
            Self::Users => FormSection::Users,
            Self::Signature => FormSection::Signature,
            Self::Other => return None,
        })
    }

    /// Returns the label of the topic's answer, for use below the heading of the topic's section.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name | Self::AccountablePerson => "Name",
            Self::Telephone | Self::AccountableTelephone => "Telephone number",
            Self::Email | Self::AccountableEmail => "Email address",
            Self::JobTitle => "Job title",
            Self::Mobile => "Mobile number",
            other => other.words(),
        }
    }

    /// Returns the fields of the topic, in order.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        Field::all().filter(move |field| field.topic() == Some(self))
    }

    /// Returns the page that asks about the topic; `None` if no question page does.
    #[must_use]
    pub fn page(self) -> Option<Page> {
        self.fields().next().map(Field::page)
    }

    /// Returns the name of the topic's first field; empty if the topic has no field.
    #[must_use]
    pub fn field(self) -> &'static str {
        self.fields().next().map_or("", Field::name)
    }
}

impl Field {
    /// Returns the topic of the field; `None` if no topic shows the field.
    #[must_use]
    pub const fn topic(self) -> Option<Topic> {
        Some(match self {
            Self::OrganisationKind => Topic::Kind,
            Self::OrganisationName => Topic::Name,
            Self::AddressLine1
            | Self::AddressLine2
            | Self::Town
            | Self::County
            | Self::Postcode => Topic::Address,
            Self::Telephone => Topic::Telephone,
            Self::Email => Topic::Email,
            Self::SraNumber => Topic::SraNumber,
            Self::BarNumber => Topic::BarNumber,
            Self::LaaAccountNumbers => Topic::LaaAccountNumbers,
            Self::Court | Self::HearingDay | Self::HearingMonth | Self::HearingYear => {
                Topic::FirstHearing
            }
            Self::AccountableFirstName | Self::AccountableLastName => Topic::AccountablePerson,
            Self::JobTitle => Topic::JobTitle,
            Self::AccountableEmail => Topic::AccountableEmail,
            Self::AccountableTelephone => Topic::AccountableTelephone,
            Self::Mobile => Topic::Mobile,
            Self::FullName | Self::Capacity | Self::Authority | Self::TermsVersion => {
                Topic::Signature
            }
            Self::NeedsAccount => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_of_a_topic_are_on_one_page() {
        for topic in Topic::ALL {
            let pages: Vec<Page> = topic.fields().map(Field::page).collect();
            assert!(pages.windows(2).all(|two| two[0] == two[1]), "{topic:?}");
        }
    }
}
