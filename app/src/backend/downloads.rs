//! The files that an applicant can download: what each is called in addresses, and the links to it.

/// What can be downloaded.
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
    /// The registration that was made of the draft.
    Registration,
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Where it is.
    pub address: String,
    /// Its format in words, with its size where it is always the same.
    pub words: String,
}

impl Downloadable {
    /// Everything that can be downloaded.
    pub const ALL: [Self; 5] = [
        Self::Template,
        Self::Users,
        Self::Draft,
        Self::RowsWithProblems,
        Self::Registration,
    ];

    /// The word by which addresses name it.
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

    /// What has this word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// Where it is in a format, which is named by the end of its files' names.
    #[must_use]
    pub fn address(self, extension: &str) -> String {
        ["/download/", self.key(), ".", extension].concat()
    }
}
