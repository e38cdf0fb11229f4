//! The question pages about the organisation. The old form asked these questions on its page 1.

pub(super) mod address;
pub(super) mod contact;
pub(super) mod first_hearing;
pub(super) mod kind;
pub(super) mod name;
pub(super) mod registration_numbers;

pub use address::AddressPage;
pub use contact::ContactPage;
pub use first_hearing::FirstHearingPage;
pub use kind::KindPage;
pub use name::NamePage;
pub use registration_numbers::RegistrationNumbersPage;
