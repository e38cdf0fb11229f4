//! Repairs names that another program decoded wrongly before the file was made: `SiÃ¢n` for Siân.
//!
//! A name is repaired only if it becomes valid UTF-8 when it is encoded with a single-byte
//! encoding. A correct name does not become valid UTF-8 in this way by chance.

use crate::spreadsheet::CodePage;

/// Returns the repaired name; `None` if the name needs no repair or cannot be repaired.
pub(super) fn mended(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let once = mended_once(text)?;
    // Two programs may have decoded the name wrongly, one after the other.
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
