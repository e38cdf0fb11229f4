//! Replaces ligatures and styled letters with plain ones: `ﬁona` with a ligature, `Ｙｕｋｉ` in full
//! width.
//!
//! Such letters look ordinary, but a search for the name in plain letters would not find it.

use std::borrow::Cow;

/// Replaces ligatures and styled letters in a text. The text is borrowed if it has none.
#[must_use]
pub(super) fn plain_letters(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|letter| plain(letter).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut made = String::with_capacity(text.len());
    for letter in text.chars() {
        match plain(letter) {
            Some(plain) => made.push_str(&plain),
            None => made.push(letter),
        }
    }
    Cow::Owned(made)
}

/// Returns the plain form of a ligature or styled letter; `None` for any other character.
fn plain(letter: char) -> Option<Cow<'static, str>> {
    let joined = match letter {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        'ĳ' => "ij",
        'Ĳ' => "IJ",
        'ŉ' => "ʼn",
        'Ǆ' => "DŽ",
        'ǅ' => "Dž",
        'ǆ' => "dž",
        'Ǉ' => "LJ",
        'ǈ' => "Lj",
        'ǉ' => "lj",
        'Ǌ' => "NJ",
        'ǋ' => "Nj",
        'ǌ' => "nj",
        'Ǳ' => "DZ",
        'ǲ' => "Dz",
        'ǳ' => "dz",
        'ſ' => "s",
        _ => "",
    };
    if !joined.is_empty() {
        return Some(Cow::Borrowed(joined));
    }
    let code = u32::from(letter);
    let ascii = match code {
        // Full-width characters and the full-width space.
        0xFF01..=0xFF5E => code - 0xFF01 + 0x21,
        0x3000 => 0x20,
        // Letters in circles.
        0x24B6..=0x24CF => code - 0x24B6 + 0x41,
        0x24D0..=0x24E9 => code - 0x24D0 + 0x61,
        // The thirteen mathematical alphabets, each with capitals and small letters.
        0x1D400..=0x1D6A3 => {
            let place = (code - 0x1D400) % 52;
            if place < 26 {
                place + 0x41
            } else {
                place - 26 + 0x61
            }
        }
        _ => return None,
    };
    char::from_u32(ascii).map(|letter| Cow::Owned(letter.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_and_dressed_letters_become_plain() {
        for (text, plain) in [
            ("ﬁona", "fiona"),
            ("Kaﬀka", "Kaffka"),
            ("Ｙｕｋｉ", "Yuki"),
            ("Ｏ’Ｄｏｗｄ", "O’Dowd"),
            ("ĳsbrand", "ijsbrand"),
            ("𝐀𝓃𝗇", "Ann"),
            ("Ⓐⓝⓝ", "Ann"),
        ] {
            assert_eq!(plain_letters(text), plain, "{text}");
        }
    }

    #[test]
    fn letters_of_their_own_stay() {
        for text in [
            "Fiona", "Siân", "Æ", "œ", "L·lu", "ʻAkamu", "محمد", "d´Arcy", "Łukasz", "𠮷野",
        ] {
            assert!(matches!(plain_letters(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
