//! The way by which a registration came: what the figures count, kept with it from the first answer on.

/// How a registration came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CameBy {
    /// Typed into the pages by its applicant.
    Web,
    /// By its applicant, with users or answers out of an uploaded spreadsheet.
    Spreadsheet,
    /// As a file that was sent to the desk, which took it in.
    DeskFile,
    /// On paper, keyed by the desk.
    DeskPaper,
}

impl CameBy {
    /// Every way, in the order of the figures.
    pub const ALL: [Self; 4] = [
        Self::Web,
        Self::Spreadsheet,
        Self::DeskFile,
        Self::DeskPaper,
    ];

    /// The word that the store keeps.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Spreadsheet => "spreadsheet",
            Self::DeskFile => "desk-file",
            Self::DeskPaper => "desk-paper",
        }
    }

    /// The way of this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.key() == key)
    }

    /// Whether the desk brought it in on behalf of its applicant.
    #[must_use]
    pub const fn is_by_desk(self) -> bool {
        matches!(self, Self::DeskFile | Self::DeskPaper)
    }

    /// What people call it.
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
        for way in CameBy::ALL {
            assert_eq!(CameBy::from_key(way.key()), Some(way));
        }
        assert_eq!(CameBy::from_key("pigeon"), None);
    }
}
