//! Decodes text in the encodings that Excel, LibreOffice and older systems write.
//!
//! A byte order mark decides. Without one, the text is UTF-8 if every byte fits; otherwise UTF-16
//! if about every second byte is zero; otherwise Windows-1252, in which a curly quote is 0x92.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use registration::spreadsheet::{Note, Refusal};

/// Decodes a file and removes its byte order mark; adds a note if the encoding was guessed.
pub(super) fn decoded(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<Note>), Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let (text, _) = encoding.decode_without_bom_handling(rest);
        return checked(text).map(|text| (text, None));
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !has_zeros(bytes)
    {
        return checked(Cow::Borrowed(text)).map(|text| (text, None));
    }
    if let Some(encoding) = utf_16(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return checked(text).map(|text| (text, None));
    }
    if has_zeros(bytes) {
        return Err(Refusal::NotASpreadsheet(None));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let note = Note::on_file(
        "encoding-guessed",
        "The file does not say how its letters are written: we read it as Windows-1252. Check names \
         with accents",
    );
    checked(text).map(|text| (text, Some(note)))
}

fn has_zeros(bytes: &[u8]) -> bool {
    memchr::memchr(0, bytes).is_some()
}

/// Detects UTF-16: if most letters are Latin, about every second byte is zero.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(1_000) & !1)?;
    let zeros = |odd: usize| {
        start
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let half = start.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > half * 6 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 6 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
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

    #[test]
    fn every_encoding_of_the_office_is_read() {
        let utf_16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "Zoë,Rees\n".encode_utf16().flat_map(order).collect()
        };
        let with_mark = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for bytes in [
            "Zoë,Rees\n".as_bytes().to_vec(),
            with_mark(b"\xEF\xBB\xBF", "Zoë,Rees\n".as_bytes()),
            with_mark(b"\xFF\xFE", &utf_16(u16::to_le_bytes)),
            with_mark(b"\xFE\xFF", &utf_16(u16::to_be_bytes)),
            utf_16(u16::to_le_bytes),
            utf_16(u16::to_be_bytes),
            b"Zo\xEB,Rees\n".to_vec(),
        ] {
            let (text, note) = decoded(&bytes).unwrap();
            assert_eq!(text, "Zoë,Rees\n");
            assert_eq!(note.is_some(), bytes[2] == 0xEB);
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let noise: Vec<u8> = (0..=255).cycle().take(4_000).collect();
        assert_eq!(decoded(&noise), Err(Refusal::NotASpreadsheet(None)));
    }
}
