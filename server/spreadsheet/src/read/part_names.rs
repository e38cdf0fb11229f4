//! Normalises the names of the parts of a zipped workbook, to compare them.
//!
//! Some programs write the names with backslashes or in another case; Excel and LibreOffice accept
//! both.

/// Returns a name with forward slashes, in lower case and relative to the root.
pub(super) fn plain(name: &str) -> String {
    let name = name.replace('\\', "/").to_lowercase();
    name.trim_start_matches("./")
        .trim_start_matches('/')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_their_slashes_and_case() {
        for name in ["xl/workbook.xml", "xl\\Workbook.xml", "/XL/workbook.xml"] {
            assert_eq!(plain(name), "xl/workbook.xml");
        }
    }
}
