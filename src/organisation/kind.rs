//! The kind of organisation, which decides the numbers that are asked and how many users there are.

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// The kinds of organisation that may register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrganisationKind {
    /// A firm of solicitors, regulated by the SRA.
    SolicitorsFirm,
    /// A set of barristers' chambers.
    BarristersChambers,
    /// A self-employed, freelance or direct access barrister: an organisation of one person, who is its
    /// only user and its organisation administrator.
    SelfEmployedBarrister,
    /// Any other organisation that defends people in the criminal courts.
    Other,
}

impl OrganisationKind {
    /// Every kind, in the order of the page.
    pub const ALL: [Self; 4] = [
        Self::SolicitorsFirm,
        Self::BarristersChambers,
        Self::SelfEmployedBarrister,
        Self::Other,
    ];

    /// Returns the kind with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Returns the key that forms and the store use.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::SolicitorsFirm => "solicitors-firm",
            Self::BarristersChambers => "barristers-chambers",
            Self::SelfEmployedBarrister => "self-employed-barrister",
            Self::Other => "other",
        }
    }

    /// Returns the words that people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        self.words_in(Language::English)
    }

    /// Returns these words in a language, for messages.
    #[must_use]
    pub const fn words_in(self, language: Language) -> &'static str {
        let (english, welsh) = match self {
            Self::SolicitorsFirm => ("Solicitors’ firm", "Cwmni cyfreithwyr"),
            Self::BarristersChambers => ("Barristers’ chambers", "Siambrau bargyfreithwyr"),
            Self::SelfEmployedBarrister => {
                ("Self-employed barrister", "Bargyfreithiwr hunangyflogedig")
            }
            Self::Other => ("Another kind of organisation", "Math arall o sefydliad"),
        };
        language.of(english, welsh)
    }

    /// Whether the organisation is one person, who is its only user.
    #[must_use]
    pub const fn is_one_person(self) -> bool {
        matches!(self, Self::SelfEmployedBarrister)
    }
}
