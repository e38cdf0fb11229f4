//! The certainty of the meaning of a heading. If two headings have the same meaning, the more
//! certain heading takes precedence.

/// The confidence in the meaning of a heading, from lowest to highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// The last resort, such as "Phone 2". The column is read only if no heading with the same
    /// meaning is [`Sure`](Self::Sure) or [`Exact`](Self::Exact), and only in rows in which no
    /// other column has a plausible value.
    Last,
    /// A second column of a known meaning, such as "Email 2". The column is read only in rows in
    /// which the first column has no plausible value.
    Spare,
    /// The heading may have the meaning, unless another heading has the same meaning with more
    /// certainty.
    Faint,
    /// The heading has the meaning.
    Sure,
    /// The heading is the form's own word, or a word that people use for nothing else.
    Exact,
}
