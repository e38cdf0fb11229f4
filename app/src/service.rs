//! What a page says about the service itself: its name, who runs it and how to reach them.
//!
//! The server fills this from its settings, so that no page has an address of its own.

use serde::{Deserialize, Serialize};

/// The name that stands in the header and at the end of every page title.
pub const SERVICE_NAME: &str = "Register for Common Platform";

/// What ends every page title where the host may use GOV.UK’s branding.
pub const GOV_UK: &str = " - GOV.UK";

/// What ends every page title, given to the pages by the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TitleEnd(pub &'static str);

/// How people reach the Common Platform Desk, from the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The e-mail address of the Common Platform Desk.
    pub email: String,
    /// Its telephone number, as people would dial it.
    pub telephone: String,
    /// When the telephone is answered, such as `Monday to Friday, 9am to 5pm`.
    pub hours: String,
}
