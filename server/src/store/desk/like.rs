//! Patterns for SQL's `like`, shared by the lists of account set-up.

/// Turns search words into a pattern for SQL's `like`; empty if there are no words.
pub(in crate::store) fn like(words: &str) -> String {
    let words = registration::text::tidy(words).to_lowercase();
    if words.is_empty() {
        return words;
    }
    // A search has no wildcards. Each wildcard character that a person types is replaced by `_`,
    // which matches any one character, including the typed one.
    let plain: String = words
        .chars()
        .map(|letter| {
            if matches!(letter, '%' | '_' | '\\') {
                '_'
            } else {
                letter
            }
        })
        .collect();
    format!("%{plain}%")
}
