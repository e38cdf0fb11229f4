//! Measures the shared texts of an old workbook before calamine reads it.
//!
//! calamine copies a shared text into every cell that uses it, so one long text in many cells can
//! cost more memory than the whole file.

use crate::read::xls_format::{double_word, next_record, record, word};

/// The lengths of the shared texts of a workbook, in bytes, with two bytes for each letter.
#[derive(Debug, Default)]
pub(super) struct SharedTexts {
    lengths: Vec<u32>,
    /// The assumed length of a text that could not be measured.
    otherwise: u32,
}

impl SharedTexts {
    /// Measures the texts in the shared string table, whose record starts at `at`. If the table ends early, each
    /// missing text counts as long as the whole table.
    pub(super) fn at(records: &[u8], at: usize) -> Self {
        let mut pieces = Pieces::of(records.get(at..).unwrap_or_default());
        let otherwise = pieces.bytes();
        let mut lengths = Vec::new();
        if pieces.skip(8).is_some() {
            while let Some(length) = pieces.text() {
                lengths.push(length);
            }
        }
        Self { lengths, otherwise }
    }

    /// Returns the length of the text that a `LabelSst` record uses, in bytes, with two bytes for each letter.
    pub(super) fn length_in(&self, body: &[u8]) -> u64 {
        let number = double_word(body, 6).and_then(|number| usize::try_from(number).ok());
        let length = number.and_then(|number| self.lengths.get(number));
        u64::from(*length.unwrap_or(&self.otherwise))
    }
}

/// The body of a record and of the records that continue it, read from the front.
struct Pieces<'r> {
    current: &'r [u8],
    rest: Vec<&'r [u8]>,
}

impl<'r> Pieces<'r> {
    fn of(records: &'r [u8]) -> Self {
        let mut bodies = Vec::new();
        let mut rest = records;
        while let Some((kind, body, after)) = next_record(rest) {
            if !bodies.is_empty() && kind != record::CONTINUE {
                break;
            }
            bodies.push(body);
            rest = after;
        }
        bodies.reverse();
        let current = bodies.pop().unwrap_or_default();
        Self {
            current,
            rest: bodies,
        }
    }

    fn bytes(&self) -> u32 {
        let all = self.current.len() + self.rest.iter().map(|body| body.len()).sum::<usize>();
        u32::try_from(all).unwrap_or(u32::MAX)
    }

    /// Skips this number of bytes; `None` if there are fewer.
    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > self.current.len() {
            bytes -= self.current.len();
            self.current = self.rest.pop()?;
        }
        self.current = self.current.get(bytes..)?;
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        while self.current.is_empty() {
            self.current = self.rest.pop()?;
        }
        let byte = *self.current.first()?;
        self.skip(1)?;
        Some(byte)
    }

    /// Skips a text and returns its length in bytes, with two bytes for each letter ([MS-XLS] 2.5.293). Returns `None`
    /// at the end of the table.
    fn text(&mut self) -> Option<u32> {
        while self.current.is_empty() {
            self.current = self.rest.pop()?;
        }
        let letters = usize::from(word(self.current, 0)?);
        self.skip(2)?;
        let flags = self.byte()?;
        let runs = if flags & 0x8 == 0 {
            0
        } else {
            let runs = usize::from(word(self.current, 0)?);
            self.skip(2)?;
            runs
        };
        let phonetic = if flags & 0x4 == 0 {
            0
        } else {
            let bytes = usize::try_from(double_word(self.current, 0)?).ok()?;
            self.skip(4)?;
            bytes
        };
        self.letters(letters, flags)?;
        self.skip(runs * 4)?;
        self.skip(phonetic)?;
        u32::try_from(letters * 2).ok()
    }

    /// Skips letters of one or two bytes each. A record that continues the letters begins with its
    /// own flags.
    fn letters(&mut self, mut letters: usize, mut flags: u8) -> Option<()> {
        while letters > 0 {
            if self.current.is_empty() {
                self.current = self.rest.pop()?;
                flags = self.byte()?;
            }
            let bytes = if flags & 0x1 == 0 { 1 } else { 2 };
            let here = (self.current.len() / bytes).min(letters);
            if here == 0 {
                return None;
            }
            self.skip(here * bytes)?;
            letters -= here;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record_of(kind: u16, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), body].concat()
    }

    #[test]
    fn texts_are_measured_in_every_form() {
        let plain = [&[3, 0, 0][..], b"Wen"].concat();
        let wide = [&[2, 0, 1][..], &[1, 1, 2, 1]].concat();
        let rich = [&[1, 0, 0x8, 1, 0][..], b"a", &[0; 4]].concat();
        let phonetic = [&[1, 0, 0x4, 2, 0, 0, 0][..], b"b", &[0; 2]].concat();
        let cut = [&[4, 0, 0][..], b"ab"].concat();
        let table = [&[0; 8][..], &plain, &wide, &rich, &phonetic, &cut].concat();
        // The rest of the cut text is continued with two bytes a letter.
        let continued = [1, b'c', 0, b'd', 0, 1, 0, 0, b'e'];
        let records = [
            record_of(record::SHARED_TEXTS, &table),
            record_of(record::CONTINUE, &continued),
            record_of(record::END, &[]),
        ]
        .concat();
        let texts = SharedTexts::at(&records, 0);
        assert_eq!(texts.lengths, [6, 4, 2, 2, 8, 2]);
        let used = |number: u8| texts.length_in(&[0, 0, 0, 0, 0, 0, number, 0, 0, 0]);
        assert_eq!([used(0), used(5)], [6, 2]);
        let whole = table.len() + continued.len();
        assert_eq!(used(6), whole as u64);
    }
}
