//! The questions about the organisation: page 1 of the form.

mod address;
mod contact;
mod first_hearing;
mod kind;
mod name;
mod registration_numbers;

pub use address::AddressPage;
pub use contact::ContactPage;
pub use first_hearing::FirstHearingPage;
pub use kind::KindPage;
pub use name::NamePage;
pub use registration_numbers::RegistrationNumbersPage;
