//! The name of the service, and the contact details of the Common Platform Desk.
//!
//! The server reads the contact details from its settings, so no page contains them as fixed text.

use serde::{Deserialize, Serialize};

/// The name of the service, for the header and every window title.
pub const SERVICE_NAME: &str = "Register for Common Platform";

/// The end of every window title on a host that may use the GOV.UK brand.
pub const GOV_UK: &str = " - GOV.UK";

/// The end of every window title. The server provides it as Leptos context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TitleEnd(pub &'static str);

/// The number of working days in which the desk aims to decide, from the settings. The server
/// provides it as Leptos context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetDays(pub u32);

/// The contact details of the Common Platform Desk, from the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The email address of the desk.
    pub email: String,
    /// The telephone number of the desk, as people would dial it.
    pub telephone: String,
    /// The hours during which the desk answers the telephone, such as `Monday to Friday, 9am to
    /// 5pm`.
    pub hours: String,
}
