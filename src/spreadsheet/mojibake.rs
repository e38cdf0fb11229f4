//! Repairs names that another program decoded wrongly before the file was made: `SiÃ¢n` for Siân.
//!
//! A name is repaired only if it becomes valid UTF-8, with Latin letters only, when it is encoded
//! with a single-byte encoding. A correct name does not become such a text by chance.

use crate::spreadsheet::CodePage;

/// Returns the repaired name; `None` if the name needs no repair or cannot be repaired.
pub(super) fn mended(text: &str) -> Option<String> {
    if text.is_ascii() || has_lone_letter(text) {
        return None;
    }
    // Two programs may have decoded the name wrongly, one after the other.
    decoded(text).find_map(|once| {
        decoded(&once)
            .chain([once.clone()])
            .find(|name| is_latin(name))
    })
}

/// Whether a letter beyond ASCII has only ASCII characters beside it.
///
/// UTF-8 has at least two bytes for a letter beyond ASCII, so a wrongly decoded letter never stands
/// alone. Most correct names are recognised by this, without decoding them.
fn has_lone_letter(text: &str) -> bool {
    let mut run = 0;
    for letter in text.chars() {
        if !letter.is_ascii() {
            run += 1;
        } else if run == 1 {
            return true;
        } else {
            run = 0;
        }
    }
    run == 1
}

/// Returns the shorter texts that a text may have been, one for each single-byte encoding in which
/// it is valid UTF-8.
fn decoded(text: &str) -> impl Iterator<Item = String> {
    let length = text.chars().count();
    [CodePage::Windows1252, CodePage::MacRoman, CodePage::Dos850]
        .into_iter()
        .filter_map(|page| String::from_utf8(page.encoded(text)?).ok())
        .filter(move |text| text.chars().count() < length)
}

/// Whether a text has only Latin letters and the signs of names. A correct name such as L’Écuyer
/// can be valid UTF-8 in one of the encodings by chance, but it then has letters of other
/// alphabets.
fn is_latin(text: &str) -> bool {
    text.chars().all(|letter| match letter {
        '×' | '÷' => false,
        '\u{A0}' | 'À'..='ſ' | '\u{1E00}'..='\u{1EFF}' | '‘' | '’' | '–' | '—' => true,
        _ => letter.is_ascii() && !letter.is_ascii_control(),
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
            "L’Écuyer",
            "D’Épinay",
            "d’éon",
            "M’Öberg",
            "Jean–Élie",
            "Auðólfur",
            "Heiðíson",
            "¦îrlea",
            "¦árka",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
