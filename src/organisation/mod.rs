//! Page 1 of the form, the organisation: one file per question page.

mod address;
mod contact;
mod first_hearing;
mod kind;
mod kind_of_organisation;
mod name;
mod registration_numbers;

pub use address::OrganisationAddress;
pub use contact::OrganisationContact;
pub use first_hearing::FirstHearing;
pub use kind::OrganisationKind;
pub use kind_of_organisation::KindOfOrganisation;
pub use name::OrganisationNameAnswer;
pub use registration_numbers::{RegistrationNumbers, Requirement};
