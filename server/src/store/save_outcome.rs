//! The result of saving answers of a draft, which pages and users share.

/// The result of saving answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveOutcome {
    /// They were stored.
    Saved,
    /// The draft was submitted or has expired; nothing was changed.
    Refused,
    /// Somebody else has saved other answers since (an edit conflict); nothing was changed.
    EditConflict,
}
