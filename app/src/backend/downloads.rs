//! The files that an applicant can download, and their addresses.

registration::keyed! {
    /// A file that an applicant can download.
    pub enum Downloadable {
        /// The empty form.
        Template = "template",
        /// The users so far.
        Users = "users",
        /// The whole draft.
        Draft = "draft",
        /// The rows of the waiting file that have problems.
        RowsWithProblems = "rows-to-put-right",
        /// The submitted registration.
        Registration = "registration",
    }
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
    /// Returns the address of the file in the format with this file extension.
    #[must_use]
    pub fn address(self, extension: &str) -> String {
        ["/download/", self.key(), ".", extension].concat()
    }
}
