//! The files that an applicant can download, and the address of each file.

registration::keyed! {
    /// A kind of file that an applicant can download.
    pub enum Downloadable {
        /// The empty form.
        Template = "template",
        /// The users on the list.
        Users = "users",
        /// The whole draft.
        Draft = "draft",
        /// The rows with problems in the spreadsheet that waits for confirmation.
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
    /// The link text: the format of the file, and its size if the size never changes.
    pub words: String,
}

impl Downloadable {
    /// Returns the address of the file. `extension` is the file extension of the format.
    #[must_use]
    pub fn address(self, extension: &str) -> String {
        ["/download/", self.key(), ".", extension].concat()
    }
}
