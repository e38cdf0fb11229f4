//! Decodes text in the encodings that Excel, LibreOffice and older systems write.
//!
//! A byte order mark shows the encoding. Without a mark, the text counts as UTF-16 if it has many
//! zero bytes, nearly all of them at odd or nearly all at even positions, and decodes to plausible
//! characters. Otherwise it counts as UTF-8.
//!
//! Lines that are not valid UTF-8 are decoded in the one-byte encoding that gives the most
//! plausible words. If other lines have UTF-8 letters, only the invalid bytes are decoded in this
//! way.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use registration::spreadsheet::{Note, Refusal};

use crate::read::letters::{Guess, Page, likeliest};

/// Decodes a file and removes its byte order mark. Notes tell the sender if the encoding was
/// guessed or NUL characters were removed. A binary file, or a file of NUL characters alone, is
/// refused.
pub(super) fn decoded(bytes: &[u8]) -> Result<(Cow<'_, str>, Vec<Note>), Refusal> {
    let (text, mut notes) = letters(bytes);
    let text = without_last_mark(text);
    let Some(cleaned) = without_nul(&text) else {
        return checked(text).map(|text| (text, notes));
    };
    notes.push(Note::on_file(
        "empty-characters-removed",
        "The file has characters that stand for nothing (NUL), as of a broken copy: we took them out",
    ));
    if cleaned.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    checked(Cow::Owned(cleaned)).map(|text| (text, notes))
}

fn letters(bytes: &[u8]) -> (Cow<'_, str>, Vec<Note>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        if encoding != encoding_rs::UTF_8 {
            return (encoding.decode_without_bom_handling(rest).0, Vec::new());
        }
        return of_lines(rest);
    }
    match utf_16(bytes) {
        Some(encoding) => (encoding.decode_without_bom_handling(bytes).0, Vec::new()),
        None => of_lines(bytes),
    }
}

/// Decodes text in UTF-8, in a one-byte encoding, or in both, as in a list joined from two files.
fn of_lines(bytes: &[u8]) -> (Cow<'_, str>, Vec<Note>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let lines = || bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r'));
    let has_utf_8 = lines().any(|line| !line.is_ascii() && std::str::from_utf8(line).is_ok());
    let strange: Vec<&[u8]> = lines()
        .filter(|line| std::str::from_utf8(line).is_err())
        .collect();
    // Valid UTF-8 letters say nothing about the encoding of the invalid bytes, so replace each such letter by a plain
    // letter before the guess.
    let without_utf_8: Vec<Vec<u8>> = strange
        .iter()
        .filter(|_| has_utf_8)
        .map(|line| with_plain_letters(line))
        .collect();
    let guess = if has_utf_8 {
        likeliest(&without_utf_8.iter().map(Vec::as_slice).collect::<Vec<_>>())
    } else {
        likeliest(&strange)
    };
    let page = guess.page;
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for line in lines() {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            // In a UTF-8 file, decode only the invalid bytes; the letters around them are UTF-8.
            Err(_) if has_utf_8 => {
                for chunk in line.utf8_chunks() {
                    text.push_str(chunk.valid());
                    text.push_str(&page.decoded(chunk.invalid()));
                }
            }
            Err(_) => text.push_str(&page.decoded(line)),
        }
    }
    let words = words_with_letters(&strange, guess, has_utf_8);
    let (code, start) = if has_utf_8 {
        (
            "encoding-mixed",
            "Some letters of the file are not written as the others are",
        )
    } else {
        (
            "encoding-guessed",
            "The file does not say how its letters are written",
        )
    };
    let words = format!("{start}: we read them as {}. Check {words}", page.name());
    (Cow::Owned(text), vec![Note::on_file(code, words)])
}

/// Replaces each valid UTF-8 letter outside ASCII by `e`; ASCII and invalid bytes stay.
fn with_plain_letters(line: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(line.len());
    for chunk in line.utf8_chunks() {
        let letters = chunk.valid().chars();
        plain.extend(letters.map(|letter| {
            u8::try_from(letter)
                .ok()
                .filter(u8::is_ascii)
                .unwrap_or(b'e')
        }));
        plain.extend_from_slice(chunk.invalid());
    }
    plain
}

/// The maximum number of words that a note lists.
const MAX_WORDS: usize = 10;

/// Lists the words whose letters were guessed, for the sender to check; at most `MAX_WORDS`.
///
/// If the second most plausible encoding turns a word into another name, both readings are listed.
fn words_with_letters(lines: &[&[u8]], guess: Guess, mixed: bool) -> String {
    let read = |word: &[u8], page: Page| -> String {
        let word = if mixed {
            let chunks = word.utf8_chunks();
            chunks
                .map(|chunk| [chunk.valid(), &page.decoded(chunk.invalid())].concat())
                .collect()
        } else {
            page.decoded(word)
        };
        word.chars().take(40).collect()
    };
    let mut words: Vec<String> = Vec::new();
    let mut more = false;
    for line in lines {
        let is_end = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphabetic() && *byte != b'\'';
        // In a UTF-8 file, only words with invalid bytes were guessed.
        let is_guessed =
            |word: &&[u8]| !(word.is_ascii() || mixed && std::str::from_utf8(word).is_ok());
        for word in line.split(is_end).filter(is_guessed) {
            let likeliest = read(word, guess.page);
            let other = guess.other.map(|page| read(word, page));
            let is_name = |word: &String| {
                word.chars()
                    .all(|letter| letter.is_alphabetic() || matches!(letter, '\'' | '’'))
            };
            let word = match other.filter(|other| *other != likeliest && is_name(other)) {
                Some(other) => format!("“{likeliest}” (or “{other}”)"),
                None => format!("“{likeliest}”"),
            };
            if words.contains(&word) {
                continue;
            }
            if words.len() == MAX_WORDS {
                more = true;
                break;
            }
            words.push(word);
        }
    }
    if more {
        return format!("{} and other names with accents", words.join(", "));
    }
    match words.as_slice() {
        [] => "names with accents".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Detects UTF-16 by its zero bytes; returns `None` if the text is in another encoding. In UTF-16,
/// Latin letters, digits and punctuation have a zero in every second byte. Letters of other scripts
/// have no zero byte, but every list has email addresses and numbers.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let whole = bytes.get(..bytes.len() & !1)?;
    let pairs = whole.len() / 2;
    let count =
        |is_so: &dyn Fn(&[u8]) -> bool| whole.chunks_exact(2).filter(|pair| is_so(pair)).count();
    let (even, odd) = (count(&|pair| pair[0] == 0), count(&|pair| pair[1] == 0));
    let enough = |zeros: usize, others: usize| zeros * 20 > pairs && others * 20 < zeros;
    // In UTF-16 the high byte of a letter is below 0x20 in most scripts. In a one-byte encoding
    // every letter is 0x20 or above, so such a text has few bytes below 0x20.
    let small = |upper: usize| {
        count(&|pair| pair.get(upper).is_some_and(|byte| *byte < 0x20)) * 10 >= pairs * 6
    };
    let encoding = if enough(odd, even) && small(1) {
        UTF_16LE
    } else if enough(even, odd) && small(0) {
        UTF_16BE
    } else {
        return None;
    };
    let (text, broken) = encoding.decode_without_bom_handling(whole);
    let strange = text.chars().filter(|letter| is_strange(*letter)).count();
    (!broken && strange * 100 <= text.chars().count()).then_some(encoding)
}

fn is_strange(letter: char) -> bool {
    (letter.is_control()
        && !matches!(
            letter,
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}' | '\0'
        ))
        || matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{fffe}')
}

/// Removes the end-of-file character of DOS (0x1A), and any NUL characters beside it, from the end
/// of a text.
fn without_last_mark(text: Cow<'_, str>) -> Cow<'_, str> {
    let kept = text.trim_end_matches(['\u{1a}', '\0']).len();
    if kept == text.len() || !text.get(kept..).is_some_and(|end| end.contains('\u{1a}')) {
        return text;
    }
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(..kept).unwrap_or(text)),
        Cow::Owned(mut text) => {
            text.truncate(kept);
            Cow::Owned(text)
        }
    }
}

/// Removes NUL from a text; `None` if it has none.
fn without_nul(text: &str) -> Option<String> {
    memchr::memchr(0, text.as_bytes())?;
    Some(text.replace('\0', ""))
}

/// Refuses text with too many control characters (over 1%): such a file is binary, not text.
fn checked(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    let strange = text
        .bytes()
        .filter(|byte| {
            byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A)
        })
        .count();
    if strange * 100 > text.len() {
        Err(Refusal::NotASpreadsheet(None))
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16_of(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_encoding_of_the_office_is_read() {
        let text = "Zoë,Rees,zoe@firm.example\n";
        let utf_16 = |order: fn(u16) -> [u8; 2]| utf_16_of(text, order);
        let with_mark = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        let in_bytes = |letter: &[u8]| [b"Zo", letter, b",Rees,zoe@firm.example\n"].concat();
        for (bytes, guessed) in [
            (text.as_bytes().to_vec(), None),
            (with_mark(b"\xEF\xBB\xBF", text.as_bytes()), None),
            (with_mark(b"\xFF\xFE", &utf_16(u16::to_le_bytes)), None),
            (with_mark(b"\xFE\xFF", &utf_16(u16::to_be_bytes)), None),
            (utf_16(u16::to_le_bytes), None),
            (utf_16(u16::to_be_bytes), None),
            (in_bytes(b"\xEB"), Some("Windows-1252")),
            (in_bytes(b"\x91"), Some("Mac OS Roman")),
        ] {
            let (read, notes) = decoded(&bytes).unwrap();
            assert_eq!(read, text);
            assert_eq!(notes.len(), usize::from(guessed.is_some()));
            if let Some(page) = guessed {
                assert!(notes[0].message.contains(page), "{}", notes[0].message);
                assert!(
                    notes[0].message.ends_with("Check “Zoë”"),
                    "{}",
                    notes[0].message
                );
            }
        }
    }

    #[test]
    fn letters_of_dos_are_read() {
        let (text, notes) = decoded(b"Si\x83n,Zo\x89\n").unwrap();
        assert_eq!(text, "Siân,Zoë\n");
        assert!(notes[0].message.contains("MS-DOS (850)"));
    }

    #[test]
    fn utf_16_of_letters_without_zeros_is_read() {
        let text = "μητρώο,Αθηνά Παπαδοπούλου,eleni@hc.example,07700 900301\r\nИван,Петров,i@hc.example\r\n";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(decoded(&utf_16_of(text, order)).unwrap().0, text);
        }
    }

    #[test]
    fn one_strange_byte_leaves_the_letters_of_other_lines_alone() {
        let bytes = ["Siân,Zoë\n".as_bytes(), b"Ren\xE9e,", "Zoë\n".as_bytes()].concat();
        let (text, notes) = decoded(&bytes).unwrap();
        assert_eq!(text, "Siân,Zoë\nRenée,Zoë\n");
        assert_eq!(notes[0].code, "encoding-mixed");
        assert!(
            notes[0].message.ends_with("Check “Renée”"),
            "{}",
            notes[0].message
        );
    }

    #[test]
    fn nul_and_the_mark_at_the_end_are_taken_out() {
        for bytes in [
            &b"Kofi\0,Rees\n"[..],
            b"Kofi,Rees\n\0\0\0\0\0\0\0\0\0\0\0\0",
        ] {
            let (text, notes) = decoded(bytes).unwrap();
            assert_eq!(text, "Kofi,Rees\n");
            assert_eq!(notes[0].code, "empty-characters-removed");
        }
        assert_eq!(
            decoded(b"Kofi,Rees\n\x1a").unwrap(),
            (Cow::Borrowed("Kofi,Rees\n"), vec![])
        );
        assert_eq!(decoded(&[0; 40]).err(), Some(Refusal::Empty));
    }

    #[test]
    fn a_file_that_is_not_text_is_refused() {
        let noise: Vec<u8> = (0..=255).cycle().take(4_000).collect();
        assert_eq!(decoded(&noise).err(), Some(Refusal::NotASpreadsheet(None)));
    }
}
