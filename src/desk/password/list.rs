//! A list of words in one text, one word on each line and sorted by bytes. A binary search finds a
//! word without splitting the text into lines.

use std::cmp::Ordering;

/// A sorted list with one word on each line.
pub(super) struct List(pub(super) &'static str);

impl List {
    /// Whether a word is on the list.
    pub(super) fn has(&self, word: &str) -> bool {
        let bytes = self.0.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let start = bytes[low..middle]
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(low, |at| low + at + 1);
            let end = bytes[middle..]
                .iter()
                .position(|byte| *byte == b'\n')
                .map_or(bytes.len(), |at| middle + at);
            match bytes[start..end].cmp(word.as_bytes()) {
                Ordering::Equal => return true,
                Ordering::Less => low = end + 1,
                Ordering::Greater => high = start,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_a_list_is_found_and_nothing_else() {
        let list = List("ab\nabc\nb\nbcd\nzz\n");
        for word in ["ab", "abc", "b", "bcd", "zz"] {
            assert!(list.has(word), "{word}");
        }
        for word in ["", "a", "abcd", "bc", "z", "zzz", "\n", "ab\nabc", "é"] {
            assert!(!list.has(word), "{word}");
        }
    }
}
