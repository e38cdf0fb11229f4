//! The kind of organisation. It decides which registration numbers the form asks for, and whether
//! there can be several users.

use serde::{Deserialize, Serialize};

use crate::language::Language;

crate::keyed! {
    /// A kind of organisation that may register. The variants are in the order in which the page
    /// lists them.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum OrganisationKind {
        /// A firm of solicitors, regulated by the SRA.
        SolicitorsFirm = "solicitors-firm",
        /// A set of barristers' chambers.
        BarristersChambers = "barristers-chambers",
        /// A self-employed, freelance or direct access barrister: an organisation of one person,
        /// who is its only user and its organisation administrator.
        SelfEmployedBarrister = "self-employed-barrister",
        /// Any other organisation that defends people in the criminal courts.
        Other = "other",
    }
}

impl OrganisationKind {
    /// Returns the English name, as shown to people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        self.words_in(Language::English)
    }

    /// Returns the name in a language, as shown to people.
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

    /// Whether the organisation has only one person, who is its only user.
    #[must_use]
    pub const fn is_one_person(self) -> bool {
        matches!(self, Self::SelfEmployedBarrister)
    }
}
