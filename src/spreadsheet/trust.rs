//! How far the meaning of a heading can be trusted, so that a better heading wins.

/// The confidence in the meaning of a heading, from lowest to highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// The last resort, such as "Phone 2": the column is read only if no better column helps.
    Last,
    /// A second column of a known meaning, such as "Email 2". It is read only if the first column
    /// does not help.
    Spare,
    /// The heading may mean this, unless another heading means it more surely.
    Faint,
    /// The heading means this.
    Sure,
    /// The heading is the form's own word, or a word that people use for nothing else.
    Exact,
}
