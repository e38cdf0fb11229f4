//! Single-byte character encodings, which office programs used before UTF-8.
//!
//! The crate `encoding_rs` has only the encodings of the web. It lacks the DOS encodings, which
//! Excel still offers as "CSV (MS-DOS)", and most encodings of older Macs.

/// A single-byte character encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePage {
    /// Windows in Western Europe.
    Windows1252,
    /// Older Macs in Western Europe. Excel for Mac still writes this encoding.
    MacRoman,
    /// DOS in Western Europe.
    Dos850,
    /// DOS in Central Europe.
    Dos852,
    /// DOS in the United States.
    Dos437,
    /// Older Macs in Greece.
    MacGreek,
    /// Older Macs in Central Europe.
    MacCentralEurope,
}

impl CodePage {
    /// Returns the encoding for a code page number of Excel's old format (xls); `None` for other
    /// numbers.
    #[must_use]
    pub const fn from_number(number: u16) -> Option<Self> {
        match number {
            1252 | 0x8001 | 0 => Some(Self::Windows1252),
            10_000 | 0x8000 => Some(Self::MacRoman),
            850 => Some(Self::Dos850),
            852 => Some(Self::Dos852),
            437 => Some(Self::Dos437),
            10_006 => Some(Self::MacGreek),
            10_029 => Some(Self::MacCentralEurope),
            _ => None,
        }
    }

    /// Returns the name shown to people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Windows1252 => "Windows-1252",
            Self::MacRoman => "Mac OS Roman",
            Self::Dos850 => "MS-DOS (850)",
            Self::Dos852 => "MS-DOS 852 (Central Europe)",
            Self::Dos437 => "MS-DOS (437)",
            Self::MacGreek => "Mac OS Greek",
            Self::MacCentralEurope => "Mac OS Central European",
        }
    }

    /// Decodes bytes. Every byte stands for one character.
    #[must_use]
    pub fn decoded(self, bytes: &[u8]) -> String {
        let upper: Vec<char> = self.upper_half().chars().collect();
        let letter = |byte: &u8| match byte.checked_sub(0x80) {
            None => char::from(*byte),
            Some(place) => upper
                .get(usize::from(place))
                .copied()
                .unwrap_or(char::REPLACEMENT_CHARACTER),
        };
        bytes.iter().map(letter).collect()
    }

    /// Encodes a text; `None` if the encoding lacks a character of the text.
    #[must_use]
    pub fn encoded(self, text: &str) -> Option<Vec<u8>> {
        let byte = |letter: char| {
            if letter.is_ascii() {
                return u8::try_from(letter).ok();
            }
            let place = self.upper_half().chars().position(|own| own == letter)?;
            u8::try_from(place + 0x80).ok()
        };
        text.chars().map(byte).collect()
    }

    /// Returns the characters for the bytes from 0x80 to 0xFF, in order.
    const fn upper_half(self) -> &'static str {
        match self {
            Self::Windows1252 => WINDOWS_1252,
            Self::MacRoman => MAC_ROMAN,
            Self::Dos850 => DOS_850,
            Self::Dos852 => DOS_852,
            Self::Dos437 => DOS_437,
            Self::MacGreek => MAC_GREEK,
            Self::MacCentralEurope => MAC_CENTRAL_EUROPE,
        }
    }
}

const WINDOWS_1252: &str = "\
    €\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ\
    \u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß\
    àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ\
    ";

const MAC_ROMAN: &str = "\
    ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü\
    †°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø\
    ¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ\
    ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ\
    ";

const DOS_850: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ\
    áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
    ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}\
    ";

const DOS_852: &str = "\
    ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×č\
    áíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐\
    └┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀\
    ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}\
    ";

const DOS_437: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ\
    áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}\
    ";

const MAC_GREEK: &str = "\
    Ä¹²É³ÖÜ΅àâä΄¨çéèêë£™îï•½‰ôö¦€ùûü\
    †ΓΔΘΛΞΠß®©ΣΪ§≠°·Α±≤≥¥ΒΕΖΗΙΚΜΦΫΨΩ\
    άΝ¬ΟΡ≈Τ«»…\u{a0}ΥΧΆΈœ–―“”‘’÷ΉΊΌΎέήίόΏ\
    ύαβψδεφγηιξκλμνοπώρστθωςχυζϊϋΐΰ\u{ad}\
    ";

const MAC_CENTRAL_EUROPE: &str = "\
    ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü\
    †°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅ\
    ņŃ¬√ńŇ∆«»…\u{a0}ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖ\
    ŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ\
    ";

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [CodePage; 6] = [
        CodePage::Windows1252,
        CodePage::MacRoman,
        CodePage::Dos850,
        CodePage::Dos437,
        CodePage::MacGreek,
        CodePage::MacCentralEurope,
    ];

    #[test]
    fn every_byte_is_a_letter_and_comes_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        for page in ALL {
            let text = page.decoded(&bytes);
            assert_eq!(text.chars().count(), 256, "{page:?}");
            assert_eq!(
                page.encoded(&text).as_deref(),
                Some(bytes.as_slice()),
                "{page:?}"
            );
            assert_eq!(page.encoded("王"), None);
        }
    }

    #[test]
    fn a_name_is_read_as_each_system_wrote_it() {
        for (page, bytes) in [
            (CodePage::Windows1252, b"Si\xE2n Zo\xEB O\x92Dowd"),
            (CodePage::MacRoman, b"Si\x89n Zo\x91 O\xD5Dowd"),
        ] {
            assert_eq!(page.decoded(bytes), "Siân Zoë O’Dowd");
        }
        assert_eq!(CodePage::Dos850.decoded(b"Si\x83n Zo\x89"), "Siân Zoë");
        assert_eq!(CodePage::Dos437.decoded(b"Si\x83n Zo\x89"), "Siân Zoë");
    }
}
