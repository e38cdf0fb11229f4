//! The columns of page 2 of the form. The users of a sheet are read into these columns, and sheets
//! of users are written with them.
//!
//! The variants are in the order of the template. Their keys are the field names of a user.

use serde::{Deserialize, Serialize};

use crate::users::User;

crate::keyed! {
    /// A column of a sheet of users.
    #[derive(PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Column {
        /// First name.
        FirstName = "first_name",
        /// Last name.
        LastName = "last_name",
        /// E-mail address.
        Email = "email",
        /// Mobile number.
        Mobile = "mobile",
        /// Role on Common Platform.
        Role = "role",
        /// Whether the user is an organisation administrator: yes or no.
        Administrator = "administrator",
    }
}

impl Column {
    /// Returns the field of a user that the column fills.
    pub(super) fn field_mut(self, user: &mut User) -> &mut String {
        match self {
            Self::FirstName => &mut user.first_name,
            Self::LastName => &mut user.last_name,
            Self::Email => &mut user.email,
            Self::Mobile => &mut user.mobile,
            Self::Role => &mut user.role,
            Self::Administrator => &mut user.administrator,
        }
    }

    /// Returns the index among all columns, from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Returns the heading in the template.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Email => "Email address",
            Self::Mobile => "Mobile number",
            Self::Role => "Role",
            Self::Administrator => "Organisation administrator",
        }
    }

    /// Returns the help text above the heading in the template.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::FirstName | Self::LastName => "As the person is known at work",
            Self::Email => "The activation link goes there, so one of their own for each person",
            Self::Mobile => "Security codes go there as texts, like 07700 900 982",
            Self::Role => "Choose one from the list in each cell",
            Self::Administrator => "Yes or No: at least one person must be Yes",
        }
    }
}
