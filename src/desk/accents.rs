//! Removes the accents of letters, so that names are found and compared however they were typed.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Appends a lower-case letter to a word, without the letter's accents: `ø` as `o`, `ß` as `ss`.
pub(super) fn push_without_accents(letter: char, word: &mut String) {
    let plain = match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' | 'ẁ' | 'ẃ' | 'ẅ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        other => {
            word.push(without_accents(other));
            return;
        }
    };
    word.push_str(plain);
}

/// Returns a Latin letter without its accents, and any other letter unchanged.
fn without_accents(letter: char) -> char {
    let mut parts = Vec::new();
    decompose_canonical(letter, |part| parts.push(part));
    match parts.as_slice() {
        [base, marks @ ..]
            if base.is_ascii_alphabetic() && marks.iter().all(|mark| is_combining_mark(*mark)) =>
        {
            *base
        }
        _ => letter,
    }
}
