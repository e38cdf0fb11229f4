//! Guesses the one-byte encoding of a text by how plausible the decoded words are: accented letters
//! are inside words, no capital follows a small letter, the letters of a word belong to one
//! alphabet, and one language has all its accented letters.

use encoding_rs::Encoding;
use registration::spreadsheet::CodePage;

use crate::read::languages::is_of_one_language;

/// A one-byte encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// An encoding that the crate `registration` decodes.
    Own(CodePage),
    /// An encoding of the web for Latin letters, with the name shown to people.
    Web(&'static Encoding, &'static str),
    /// An encoding of the web for Greek or Cyrillic, with the name shown to people.
    Other(&'static Encoding, &'static str),
}

impl Page {
    /// Returns the name shown to people.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Own(page) => page.name(),
            Self::Web(_, name) | Self::Other(_, name) => name,
        }
    }

    /// Whether the letters of the encoding are Greek or Cyrillic.
    const fn is_of_another_alphabet(self) -> bool {
        matches!(self, Self::Other(..))
    }

    /// Decodes bytes. Every byte stands for one character.
    pub(super) fn decoded(self, bytes: &[u8]) -> String {
        match self {
            Self::Own(page) => page.decoded(bytes),
            Self::Web(encoding, _) | Self::Other(encoding, _) => {
                encoding.decode_without_bom_handling(bytes).0.into_owned()
            }
        }
    }
}

/// The encodings that are tried. If two are equally plausible, the first takes precedence.
const PAGES: [Page; 17] = [
    Page::Own(CodePage::Windows1252),
    Page::Own(CodePage::MacRoman),
    Page::Own(CodePage::Dos850),
    Page::Web(encoding_rs::WINDOWS_1250, "Windows-1250 (Central Europe)"),
    Page::Web(encoding_rs::ISO_8859_2, "ISO 8859-2 (Central Europe)"),
    Page::Own(CodePage::Dos852),
    Page::Own(CodePage::MacCentralEurope),
    Page::Web(encoding_rs::WINDOWS_1254, "Windows-1254 (Turkish)"),
    Page::Web(encoding_rs::ISO_8859_15, "ISO 8859-15 (Western Europe)"),
    Page::Web(encoding_rs::WINDOWS_1257, "Windows-1257 (Baltic)"),
    Page::Other(encoding_rs::WINDOWS_1251, "Windows-1251 (Cyrillic)"),
    Page::Other(encoding_rs::KOI8_U, "KOI8 (Cyrillic)"),
    Page::Other(encoding_rs::IBM866, "MS-DOS 866 (Cyrillic)"),
    Page::Other(encoding_rs::X_MAC_CYRILLIC, "Mac OS Cyrillic"),
    Page::Other(encoding_rs::ISO_8859_5, "ISO 8859-5 (Cyrillic)"),
    Page::Other(encoding_rs::WINDOWS_1253, "Windows-1253 (Greek)"),
    Page::Other(encoding_rs::ISO_8859_7, "ISO 8859-7 (Greek)"),
];

/// The guess about the encoding of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Guess {
    /// The encoding in which the text is most plausible.
    pub page: Page,
    /// Another encoding in which the text is nearly as plausible, but has other letters; `None` if there is no such
    /// encoding.
    pub other: Option<Page>,
}

/// Guesses the encoding of these lines.
pub(super) fn likeliest(lines: &[&[u8]]) -> Guess {
    let score = |page: Page| -> i64 {
        let lines = lines.iter().take(MAX_LINES);
        lines.map(|line| plausibility(line, page)).sum()
    };
    let scores = PAGES.map(|page| (page, score(page)));
    let usual = scores[0];
    let mut best = usual;
    for (page, score) in scores {
        if score > best.1 {
            best = (page, score);
        }
    }
    // Keep the usual encoding unless another is clearly more plausible.
    let closest = best;
    if best.1 <= usual.1 + ADVANTAGE {
        best = usual;
    }
    // Give a second guess only if both encodings have Latin letters.
    let has_other_letters = |page: Page| {
        let mut lines = lines.iter().take(MAX_LINES);
        lines.any(|line| {
            let line = line.get(..MAX_BYTES).unwrap_or(line);
            page.decoded(line) != best.0.decoded(line)
        })
    };
    let mut others = scores.into_iter().filter(|(page, score)| {
        let is_near = if best.0 == usual.0 {
            *page == closest.0
        } else if *page == usual.0 {
            score + MARGIN_OF_USUAL >= best.1
        } else {
            score + MARGIN >= best.1
        };
        *page != best.0 && is_near && !page.is_of_another_alphabet() && has_other_letters(*page)
    });
    let other = others.next().filter(|_| !best.0.is_of_another_alphabet());
    Guess {
        page: best.0,
        other: other.map(|(page, _)| page),
    }
}

/// Another encoding is chosen only if its score exceeds that of the usual encoding, Windows-1252,
/// by more than this.
const ADVANTAGE: i64 = 2;

/// If the score of another encoding is lower by at most this, the note shows both readings.
const MARGIN: i64 = 1;

/// The same margin for Windows-1252, if another encoding was chosen.
const MARGIN_OF_USUAL: i64 = 4;

/// The maximum number of lines that are scored.
const MAX_LINES: usize = 1_000;

/// Scores how plausible a line is in an encoding; higher is better.
fn plausibility(line: &[u8], page: Page) -> i64 {
    let text: Vec<char> = page
        .decoded(line.get(..MAX_BYTES).unwrap_or(line))
        .chars()
        .collect();
    let at = |place: Option<usize>| {
        place
            .and_then(|place| text.get(place))
            .copied()
            .unwrap_or(' ')
    };
    let mut sense = 0;
    for (place, letter) in text.iter().enumerate() {
        if letter.is_ascii() {
            continue;
        }
        let (before, behind) = (at(place.checked_sub(1)), at(place.checked_add(1)));
        sense += sense_of_letter(*letter, before, behind);
    }
    let words = text.split(|letter| !letter.is_alphabetic());
    let strange = words.filter(|word| !is_of_one_language(word)).count();
    sense - NO_LANGUAGE * i64::try_from(strange).unwrap_or(i64::MAX / NO_LANGUAGE)
}

/// The penalty for a word whose accented letters no single language has.
const NO_LANGUAGE: i64 = 4;

/// The maximum number of bytes of a line that are scored.
const MAX_BYTES: usize = 1_000;

fn sense_of_letter(letter: char, before: char, behind: char) -> i64 {
    let beside_letter = before.is_alphabetic() || behind.is_alphabetic();
    let is_cased = || {
        if letter.is_uppercase() {
            // A capital begins a word, or the word is in capitals.
            !before.is_lowercase()
        } else {
            !before.is_uppercase() || behind.is_lowercase() || !behind.is_alphabetic()
        }
    };
    match letter {
        // Letters of names in Western and Central Europe.
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ' | 'Ș'..='ț' | 'Ẁ'..='ẅ' | 'Ỳ' | 'ỳ' => {
            let in_accents = is_accented(before) && is_accented(behind);
            match (is_cased(), beside_letter) {
                _ if in_accents => -6,
                (true, true) => usual(letter),
                (true, false) => 1,
                (false, _) => -3,
            }
        }
        // Letters of names in Greek and Cyrillic stand beside letters of the same alphabet.
        '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}' => {
            let is_other = |other: char| other.is_alphabetic() && !is_of_alphabet(letter, other);
            match (is_cased(), beside_letter) {
                _ if is_other(before) || is_other(behind) => -6,
                (true, true) => 3,
                (true, false) => 0,
                (false, _) => -3,
            }
        }
        // Quotation marks and dashes are between letters or around words.
        '’' | '‘' => match (before.is_alphabetic(), behind.is_alphabetic()) {
            // Between small letters, as in "Sa’ad", the byte may be an accented letter in another
            // encoding: "Mart’n" may be "Martín".
            (true, true) if before.is_lowercase() && behind.is_lowercase() => 1,
            (true, true) => 3,
            (true, false) if letter == '’' => 3,
            _ => 0,
        },
        '“' | '”' | '–' | '—' | '\u{a0}' | '…' => {
            i64::from(!(before.is_alphabetic() && behind.is_alphabetic()))
        }
        '·' | '´' | 'ª' | 'º' | '°' | '£' | '€' => 0,
        _ if letter.is_control() => -6,
        // Any other sign inside a word, such as a per mille sign, is a letter in another encoding.
        _ if beside_letter => -4,
        _ => -1,
    }
}

/// Whether a letter is a Latin letter with an accent.
fn is_accented(letter: char) -> bool {
    matches!(letter, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ')
}

/// Whether two letters are both Greek or both Cyrillic.
fn is_of_alphabet(letter: char, other: char) -> bool {
    let is_greek = |letter: char| matches!(letter, '\u{370}'..='\u{3ff}');
    let is_cyrillic = |letter: char| matches!(letter, '\u{400}'..='\u{52f}');
    (is_greek(letter) && is_greek(other)) || (is_cyrillic(letter) && is_cyrillic(other))
}

/// Scores a letter by how common it is in names.
fn usual(letter: char) -> i64 {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'å' | 'ã' | 'ç' | 'é' | 'è' | 'ê' | 'ë' | 'í' | 'ï' | 'ñ' | 'ó'
        | 'ô' | 'ù' | 'ö' | 'ø' | 'ú' | 'ü' | 'ŷ' | 'ŵ' | 'É' | 'Ö' | 'Ü' | 'Á' | 'Ó' | 'Å'
        | 'Ø' | 'ß' | 'š' | 'ž' | 'ą' | 'ł' | 'Ł' | 'ś' | 'Ś' | 'ż' | 'Ż' | 'ź' | 'ğ' | 'ş'
        | 'ı' | 'Ş' | 'İ' | 'ř' | 'ť' | 'ő' | 'ű' | 'ș' | 'ț' | 'Ș' | 'Ț' => 4,
        'î' | 'û' | 'ì' | 'ò' | 'õ' | 'æ' | 'ý' | 'ÿ' | 'ð' | 'þ' | 'č' | 'ć' | 'ę' | 'ń' | 'ě'
        | 'ů' | 'ď' | 'ň' | 'đ' | 'ă' | 'ţ' | 'Š' | 'Ž' | 'Č' | 'Ć' | 'Đ' | 'Ř' | 'Þ' | 'ū'
        | 'ė' | 'ā' | 'ē' | 'ī' | 'ų' | 'į' | 'ķ' | 'ļ' | 'ņ' | 'ģ' => 3,
        // In names, "œ" is rarer than the "ś" and the "ú" with the same byte in other encodings.
        'œ' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_told_by_the_names_that_come_out() {
        let names = [
            "Siân,Hughes",
            "Zoë,O'Neill",
            "Renée,Müller",
            "José,Nuñez",
            "Émile,Öberg",
            "Łukasz",
        ];
        let page_of = |lines: &[&[u8]]| likeliest(lines).page;
        for page in [CodePage::Windows1252, CodePage::MacRoman, CodePage::Dos850] {
            // One letter may be plausible in two encodings; a list of names is plausible in only
            // one.
            let lines: Vec<Vec<u8>> = names.iter().filter_map(|name| page.encoded(name)).collect();
            let lines: Vec<&[u8]> = lines.iter().map(Vec::as_slice).collect();
            assert_eq!(page_of(&lines), Page::Own(page));
        }
        assert_eq!(
            page_of(&[b"Ren\x8Ee;O\xD5Dowd\r", b"M\x9Fller\r"]),
            Page::Own(CodePage::MacRoman)
        );
        assert_eq!(
            page_of(&[b"O\x92Dowd,\x80100"]),
            Page::Own(CodePage::Windows1252)
        );
        assert_eq!(page_of(&[b""]), Page::Own(CodePage::Windows1252));
    }

    /// Encodes each name in this encoding.
    fn in_encoding(names: &[&str], encoding: &'static Encoding) -> Vec<Vec<u8>> {
        let encoded = |name: &&str| encoding.encode(name).0.into_owned();
        names.iter().map(encoded).collect()
    }

    #[test]
    fn names_of_central_europe_greece_and_turkey_are_read_in_their_own_letters() {
        use encoding_rs::{
            IBM866, ISO_8859_2, ISO_8859_5, ISO_8859_7, KOI8_U, WINDOWS_1250, WINDOWS_1251,
            WINDOWS_1253, WINDOWS_1254, WINDOWS_1257, X_MAC_CYRILLIC,
        };
        let polish = ["Łukasz,Woźniak", "Małgorzata,Żółkowska", "Paweł,Dąbrowski"];
        let czech = ["Jiří,Dvořák", "Tomáš,Novotný", "Zdeněk,Růžička"];
        let hungarian = ["László,Szűcs", "Erzsébet,Vörös", "Győző,Kovács"];
        let croatian = ["Marko,Perišić", "Željka,Đurić", "Ante,Čačić"];
        let russian = ["Иван,Петров", "Елена,Сидорова", "Пётр,Яковлев"];
        let greek = ["Ελένη,Παπαδοπούλου", "Γιώργος,Νικολάου"];
        let turkish = ["Gökçe,Şahin", "Yiğit,Işık", "Ayşe,Çelik"];
        let lithuanian = ["Jūratė,Žukauskienė", "Šarūnas,Kęstutis"];
        for (names, encoding) in [
            (polish.as_slice(), WINDOWS_1250),
            (&polish, ISO_8859_2),
            (&czech, WINDOWS_1250),
            (&czech, ISO_8859_2),
            (&hungarian, WINDOWS_1250),
            (&croatian, WINDOWS_1250),
            (&russian, WINDOWS_1251),
            (&russian, KOI8_U),
            (&russian, IBM866),
            (&russian, ISO_8859_5),
            (&russian, X_MAC_CYRILLIC),
            (&greek, WINDOWS_1253),
            (&greek, ISO_8859_7),
            (&turkish, WINDOWS_1254),
            (&lithuanian, WINDOWS_1257),
        ] {
            let lines = in_encoding(names, encoding);
            let lines: Vec<&[u8]> = lines.iter().map(Vec::as_slice).collect();
            let guess = likeliest(&lines);
            let read: Vec<String> = lines.iter().map(|line| guess.page.decoded(line)).collect();
            assert_eq!(read, names, "{} as {}", encoding.name(), guess.page.name());
        }
    }

    #[test]
    fn a_name_of_the_west_alone_stays_what_it_is() {
        let names = ["Brûlé", "Ève", "Ægir", "Tõnu", "Sigurður", "Þorsteinn"];
        let pages = names.map(|name| {
            let bytes = encoding_rs::WINDOWS_1252.encode(name).0;
            (name, likeliest(&[&bytes]).page.name())
        });
        let usual = Page::Own(CodePage::Windows1252).name();
        assert_eq!(pages, names.map(|name| (name, usual)));
    }

    #[test]
    fn names_of_the_west_stay_what_they_are() {
        for names in [
            ["Hélène", "François", "Benoît"],
            ["Søren", "Ødegård", "Åse"],
            ["José", "Muñoz", "Núñez"],
            ["João", "Conceição", "Simões"],
            ["Müller", "Jürgen", "Weiß"],
            ["Siân", "Gwenllïan", "Tomós"],
            ["Sigríður", "Guðrún", "Þórdís"],
            ["Niccolò", "Nicolò", "Cantù"],
        ] {
            let lines = in_encoding(&names, encoding_rs::WINDOWS_1252);
            let lines: Vec<&[u8]> = lines.iter().map(Vec::as_slice).collect();
            assert_eq!(
                likeliest(&lines).page,
                Page::Own(CodePage::Windows1252),
                "{names:?}"
            );
        }
    }
}
