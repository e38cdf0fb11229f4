//! What the pages say about the service itself: its name and how to contact the Common Platform
//! Desk.
//!
//! The server takes the contact details from its settings, so no page contains an address of its
//! own.

use serde::{Deserialize, Serialize};

/// The name of the service, in the header and in every page title.
pub const SERVICE_NAME: &str = "Register for Common Platform";

/// The end of every page title on a host that may use GOV.UK’s branding.
pub const GOV_UK: &str = " - GOV.UK";

/// The end of every page title. The server provides it as context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TitleEnd(pub &'static str);

/// The contact details of the Common Platform Desk, from the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The email address of the Common Platform Desk.
    pub email: String,
    /// Its telephone number, as people would dial it.
    pub telephone: String,
    /// When the telephone is answered, such as `Monday to Friday, 9am to 5pm`.
    pub hours: String,
}
