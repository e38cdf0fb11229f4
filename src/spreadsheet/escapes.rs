//! Decodes the escapes that web programs write in place of letters: `O&#39;Neill`, `Si&acirc;n`,
//! `Sian%20`.

use unicode_normalization::UnicodeNormalization;

/// Returns the text with its escapes decoded; `None` if it has none.
pub(super) fn decoded(text: &str) -> Option<String> {
    let of_html = if text.contains('&') {
        of_html(text)
    } else {
        None
    };
    let text = of_html.as_deref().unwrap_or(text);
    let of_address = if text.contains('%') {
        of_address(text)
    } else {
        None
    };
    of_address.or(of_html)
}

/// Decodes the character references of HTML. Returns `None` if there are none.
fn of_html(text: &str) -> Option<String> {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_changed = false;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        decoded.push_str(before);
        let end = from.bytes().take(LONGEST).position(|byte| byte == b';');
        let letter = end.and_then(|end| letter(from.get(1..end)?));
        if let (Some(letter), Some(end)) = (letter, end) {
            decoded.push(letter);
            is_changed = true;
            rest = from.get(end + 1..).unwrap_or_default();
        } else {
            decoded.push('&');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    decoded.push_str(rest);
    is_changed.then_some(decoded)
}

/// The maximum length of a character reference, in bytes.
const LONGEST: usize = 12;

/// Returns the character that a reference means. `name` is the reference without its `&` and `;`:
/// `#39`, `#xe2`, `acirc`.
fn letter(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|letter| !letter.is_control());
    }
    let known = match name {
        "amp" => '&',
        "apos" | "lsquo" | "rsquo" => '’',
        "quot" => '"',
        "nbsp" => ' ',
        "hyphen" | "ndash" => '-',
        "szlig" => 'ß',
        "aelig" => 'æ',
        "AElig" => 'Æ',
        "oelig" => 'œ',
        "OElig" => 'Œ',
        "oslash" => 'ø',
        "Oslash" => 'Ø',
        "eth" => 'ð',
        "ETH" => 'Ð',
        "thorn" => 'þ',
        "THORN" => 'Þ',
        "lstrok" => 'ł',
        "Lstrok" => 'Ł',
        _ => return accented(name),
    };
    Some(known)
}

/// Returns the accented letter that a name means: `â` for `acirc`, `É` for `Eacute`.
fn accented(name: &str) -> Option<char> {
    let base = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mark = match name.get(1..)? {
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "circ" => '\u{302}',
        "uml" => '\u{308}',
        "tilde" => '\u{303}',
        "ring" => '\u{30a}',
        "cedil" => '\u{327}',
        "caron" => '\u{30c}',
        "ogon" => '\u{328}',
        "macr" => '\u{304}',
        "breve" => '\u{306}',
        "dot" => '\u{307}',
        "dblac" => '\u{30b}',
        _ => return None,
    };
    let mut composed = [base, mark].into_iter().nfc();
    composed.next().filter(|_| composed.next().is_none())
}

/// Decodes the escapes of web addresses, such as `%20`. Returns `None` if there are none or the
/// result is not text.
fn of_address(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut is_changed = false;
    let mut rest = text.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let digits = behind.get(..2).filter(|_| *byte == b'%');
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let code = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(code) = code {
            decoded.push(code);
            is_changed = true;
            rest = behind.get(2..).unwrap_or_default();
        } else {
            decoded.push(*byte);
            rest = behind;
        }
    }
    let decoded = String::from_utf8(decoded).ok().filter(|_| is_changed)?;
    (!decoded.contains(char::is_control)).then(|| decoded.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_the_letters_that_they_stand_for() {
        for (text, expected) in [
            ("O&#39;Neill", "O'Neill"),
            ("O&#x27;Neill", "O'Neill"),
            ("O&rsquo;Neill", "O’Neill"),
            ("Si&acirc;n", "Siân"),
            ("M&uuml;ller", "Müller"),
            ("W&lstrok;adys&lstrok;aw", "Władysław"),
            ("Nov&aacute;kov&aacute;", "Nováková"),
            ("Sian%20", "Sian"),
            ("Si%C3%A2n", "Siân"),
            ("Ann&nbsp;Lee", "Ann Lee"),
        ] {
            assert_eq!(decoded(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "Zoë & Co",
            "AT&T",
            "100%",
            "50%zz",
            "&;",
            "&#0;",
            "&qacute;",
            "Ann",
        ] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
