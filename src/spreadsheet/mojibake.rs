//! Names whose letters another program misread before the file was made: `SiÃ¢n` for Siân.
//!
//! UTF-8 that was read as one letter for each byte can be told with certainty, because no name has
//! such letters by chance: the bytes must be UTF-8 again.

use crate::spreadsheet::CodePage;

/// Returns the name as it was written; `None` if it was not misread.
pub(super) fn mended(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let once = mended_once(text)?;
    // Two programs may have misread it, one after the other.
    Some(mended_once(&once).unwrap_or(once))
}

fn mended_once(text: &str) -> Option<String> {
    [CodePage::Windows1252, CodePage::MacRoman, CodePage::Dos850]
        .into_iter()
        .find_map(|page| {
            let mended = String::from_utf8(page.encoded(text)?).ok()?;
            let is_shorter = mended.chars().count() < text.chars().count();
            let is_name = !mended.chars().any(char::is_control);
            (is_shorter && is_name).then_some(mended)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_were_misread_are_mended() {
        for (text, name) in [
            ("SiÃ¢n", "Siân"),
            ("Oâ€™Dowd", "O’Dowd"),
            ("NuÃ±ez", "Nuñez"),
            ("Zo√´", "Zoë"),
            ("Si├ón", "Siân"),
            ("SiÃƒÂ¢n", "Siân"),
            ("Ã‰mile", "Émile"),
        ] {
            assert_eq!(mended(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn other_letters_stay() {
        for text in [
            "Sian",
            "Siân",
            "Zoë",
            "Ångström",
            "O’Dowd",
            "Ã",
            "王小明",
            "Łukasz",
            "Jo 😀",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
