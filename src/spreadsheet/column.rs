//! The columns of page 2 of the form, in which every sheet of users is read and written.
//!
//! Their order is the order in the template; their keys are the fields of a user.

use serde::{Deserialize, Serialize};

/// A column of a sheet of users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// E-mail address.
    Email,
    /// Mobile number.
    Mobile,
    /// Role on Common Platform.
    Role,
    /// Organisation administrator: yes or no.
    Administrator,
}

impl Column {
    /// Every column, in the order of the template.
    pub const ALL: [Self; 6] = [
        Self::FirstName,
        Self::LastName,
        Self::Email,
        Self::Mobile,
        Self::Role,
        Self::Administrator,
    ];

    /// Returns the field of a user that the column fills.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Email => "email",
            Self::Mobile => "mobile",
            Self::Role => "role",
            Self::Administrator => "administrator",
        }
    }

    /// Returns the column of a field.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }

    /// Returns the place among all columns, from 0.
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

    /// Returns the line of help above the heading in the template.
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
