//! The names of the parts of a packed workbook, in the form in which they are compared.
//!
//! Some programs write them with backslashes or in other letters; Excel and LibreOffice accept that.

/// Returns a name as it is compared: with slashes, in small letters, from the root.
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
