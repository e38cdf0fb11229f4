//! Casework: everything that the desk does with registrations, apart from its pages.

pub mod assignment;
pub mod assisted;
pub mod audit_export;
pub mod bulk;
pub mod context;
pub mod figures;
pub mod lifecycle;
pub mod list_export;
pub mod provisioning;
pub mod silence;
