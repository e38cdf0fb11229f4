//! The files that an applicant can download, and their addresses.

/// A file that an applicant can download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Downloadable {
    /// The empty form.
    Template,
    /// The users so far.
    Users,
    /// The whole draft.
    Draft,
    /// The rows of the waiting file that have problems.
    RowsWithProblems,
    /// The submitted registration.
    Registration,
}

/// A link to a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The address of the file.
    pub address: String,
    /// The file's format in words. Includes the size if the file is always the same.
    pub words: String,
}

impl Downloadable {
    /// Every file that can be downloaded.
    pub const ALL: [Self; 5] = [
        Self::Template,
        Self::Users,
        Self::Draft,
        Self::RowsWithProblems,
        Self::Registration,
    ];

    /// Returns the file's name in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Users => "users",
            Self::Draft => "draft",
            Self::RowsWithProblems => "rows-to-put-right",
            Self::Registration => "registration",
        }
    }

    /// Returns the file that has this name in addresses.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// Returns the address of the file in the format with this file extension.
    #[must_use]
    pub fn address(self, extension: &str) -> String {
        ["/download/", self.key(), ".", extension].concat()
    }
}
