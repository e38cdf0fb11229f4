//! The result of saving a page or a user of a draft.

/// The result of saving answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveOutcome {
    /// The answers were stored.
    Saved,
    /// The draft was submitted or has expired, its list is full, or it has no such user; nothing
    /// was changed.
    Refused,
    /// Another session has saved different answers meanwhile; nothing was changed.
    EditConflict,
}
