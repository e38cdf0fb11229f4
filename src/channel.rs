//! The channel by which a registration arrived. It is stored from the first answer on, and the
//! desk's figures count it.

/// The channel by which a registration arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// The applicant typed it into the pages.
    Web,
    /// The applicant used the pages and uploaded a spreadsheet of users or answers.
    Spreadsheet,
    /// The applicant sent a file to the desk, and an officer entered it.
    DeskFile,
    /// The applicant sent a paper form to the desk, and an officer keyed it in.
    DeskPaper,
}

impl Channel {
    /// Every channel, in the order of the figures.
    pub const ALL: [Self; 4] = [
        Self::Web,
        Self::Spreadsheet,
        Self::DeskFile,
        Self::DeskPaper,
    ];

    /// Returns the key that the store uses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Spreadsheet => "spreadsheet",
            Self::DeskFile => "desk-file",
            Self::DeskPaper => "desk-paper",
        }
    }

    /// Returns the channel with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.key() == key)
    }

    /// Whether an officer entered it on behalf of the applicant.
    #[must_use]
    pub const fn is_by_desk(self) -> bool {
        matches!(self, Self::DeskFile | Self::DeskPaper)
    }

    /// Returns the name that people see.
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
