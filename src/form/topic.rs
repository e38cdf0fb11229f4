//! What an answer is about: the rows that the form shows its answers in, and the topics that the
//! desk may ask about.

use serde::{Deserialize, Serialize};

use crate::journey::{TASKS, USERS};
use crate::language::Language;
use crate::page::Page;

use super::{Field, Wording};

/// What an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// The kind of organisation.
    Kind,
    /// Its name.
    Name,
    /// The address of its head office.
    Address,
    /// Its telephone number.
    Telephone,
    /// Its e-mail address.
    Email,
    /// Its SRA number.
    SraNumber,
    /// Its Bar number.
    BarNumber,
    /// Its LAA account numbers.
    LaaAccountNumbers,
    /// Its first hearing.
    FirstHearing,
    /// The accountable person's name.
    AccountablePerson,
    /// Their job title.
    JobTitle,
    /// Their e-mail address.
    AccountableEmail,
    /// Their telephone number.
    AccountableTelephone,
    /// The mobile number of a one-person organisation.
    Mobile,
    /// The users.
    Users,
    /// The signature.
    Signature,
    /// Anything else.
    Other,
}

/// A section of the form, as answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormSection {
    /// The organisation.
    Organisation,
    /// Its accountable person.
    AccountablePerson,
    /// The account of a one-person organisation.
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

    /// Returns the topics that it shows, in order.
    pub fn topics(self) -> impl Iterator<Item = Topic> {
        Topic::ALL
            .iter()
            .copied()
            .filter(move |topic| topic.section() == Some(self))
    }
}

impl Topic {
    /// Every topic, in the order of the form.
    pub const ALL: &'static [Self] = &[
        Self::Kind,
        Self::Name,
        Self::Address,
        Self::Telephone,
        Self::Email,
        Self::SraNumber,
        Self::BarNumber,
        Self::LaaAccountNumbers,
        Self::FirstHearing,
        Self::AccountablePerson,
        Self::JobTitle,
        Self::AccountableEmail,
        Self::AccountableTelephone,
        Self::Mobile,
        Self::Users,
        Self::Signature,
        Self::Other,
    ];

    /// Returns the key that forms and the store use.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Name => "name",
            Self::Address => "address",
            Self::Telephone => "telephone",
            Self::Email => "email",
            Self::SraNumber => "sra-number",
            Self::BarNumber => "bar-number",
            Self::LaaAccountNumbers => "laa-account-numbers",
            Self::FirstHearing => "first-hearing",
            Self::AccountablePerson => "accountable-person",
            Self::JobTitle => "job-title",
            Self::AccountableEmail => "accountable-email",
            Self::AccountableTelephone => "accountable-telephone",
            Self::Mobile => "mobile",
            Self::Users => "users",
            Self::Signature => "signature",
            Self::Other => "other",
        }
    }

    /// Returns the topic with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|topic| topic.key() == key)
    }

    /// Returns the English name.
    #[must_use]
    pub const fn words(self) -> &'static str {
        self.words_in(Language::English)
    }

    /// Returns the name in a language.
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

    /// Returns the section that shows it; `None` if it is not part of the form.
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

    /// Returns the label beside the answer, under the heading of its section.
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

    /// Returns the fields that the answer is made of.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        Field::all().filter(move |field| field.describe().topic == Some(self))
    }

    /// Returns the page on which it is answered; `None` if it is not on one question page.
    #[must_use]
    pub fn page(self) -> Option<Page> {
        self.fields().next().map(Field::page)
    }

    /// Returns the path of the page on which it is answered.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self.page() {
            Some(page) => page.path(),
            None if self == Self::Users => USERS,
            None => TASKS,
        }
    }

    /// Returns the name of its first field; empty if the topic is the whole page.
    #[must_use]
    pub fn field(self) -> &'static str {
        self.fields().next().map_or("", Field::name)
    }

    /// Returns the address of the field that answers it.
    #[must_use]
    pub fn address(self) -> String {
        match self.field() {
            "" => self.path().to_owned(),
            field => format!("{}#{field}", self.path()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_is_found_by_its_key_and_leads_to_a_page() {
        for topic in Topic::ALL {
            assert_eq!(Topic::from_key(topic.key()), Some(*topic));
            assert_eq!(
                serde_json::to_value(topic).unwrap(),
                serde_json::Value::from(topic.key())
            );
            assert!(topic.address().starts_with('/'), "{topic:?}");
            if !topic.field().is_empty() {
                assert!(Page::from_path(topic.path()).is_some(), "{topic:?}");
            }
        }
        assert_eq!(Topic::from_key("nothing"), None);
    }

    #[test]
    fn the_fields_of_a_topic_are_on_one_page() {
        for topic in Topic::ALL {
            let pages: Vec<Page> = topic.fields().map(Field::page).collect();
            assert!(pages.windows(2).all(|two| two[0] == two[1]), "{topic:?}");
        }
    }
}
