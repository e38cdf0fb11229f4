//! The result of saving a page or a user of a draft.

/// The result of saving answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveOutcome {
    /// The answers were stored.
    Saved,
    /// The draft was submitted or has expired, its list of users is full, or the user is not in the
    /// list; nothing was changed.
    Refused,
    /// Another form has saved different answers meanwhile; nothing was changed.
    EditConflict,
}
