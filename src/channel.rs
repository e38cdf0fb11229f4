//! The channel by which a registration arrived: online, by spreadsheet, or through the desk. The
//! desk's figures count registrations by channel.

crate::keyed! {
    /// The channel by which a registration arrived.
    #[derive(Hash)]
    pub enum Channel {
        /// The applicant typed the answers into the pages.
        Web = "web",
        /// The applicant used the pages and uploaded a spreadsheet of users or answers.
        Spreadsheet = "spreadsheet",
        /// The applicant sent a file to the desk, and an officer entered its answers.
        DeskFile = "desk-file",
        /// The applicant sent a paper form to the desk, and an officer keyed in its answers.
        DeskPaper = "desk-paper",
    }
}

impl Channel {
    /// Whether an officer entered the registration on behalf of the applicant.
    #[must_use]
    pub const fn is_by_desk(self) -> bool {
        matches!(self, Self::DeskFile | Self::DeskPaper)
    }

    /// Returns the display name, in English.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Web => "Online",
            Self::Spreadsheet => "Online, with a spreadsheet",
            Self::DeskFile => "File sent to the desk",
            Self::DeskPaper => "On paper to the desk",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_is_found_by_its_key() {
        for way in Channel::ALL {
            assert_eq!(Channel::from_key(way.key()), Some(way));
        }
        assert_eq!(Channel::from_key("pigeon"), None);
    }
}
