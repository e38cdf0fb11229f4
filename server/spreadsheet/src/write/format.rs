//! The formats in which files are written.
//!
//! Addresses and settings use a format's key; pages show its name (`words`).

registration::keyed! {
    /// A format of a spreadsheet. The variants have the order in which pages offer them, and each
    /// key is also the file extension.
    #[derive(Hash)]
    pub enum Format {
        /// The format of Excel.
        Xlsx = "xlsx",
        /// OpenDocument, the format of LibreOffice.
        Ods = "ods",
        /// A plain table that every program opens.
        Csv = "csv",
    }
}

impl Format {
    /// Returns the file extension, without the full stop.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        self.key()
    }

    /// Returns the media type, for an HTTP header.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// Returns the name that pages show.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Xlsx => "Excel (xlsx)",
            Self::Ods => "OpenDocument (ods)",
            Self::Csv => "Comma-separated values (csv)",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_found_by_its_key_and_nothing_else_is() {
        for format in Format::ALL {
            assert_eq!(Format::from_key(format.key()), Some(format));
        }
        assert_eq!(Format::from_key("pdf"), None);
        assert_eq!(Format::from_key("XLSX"), None);
    }
}
