//! Guesses the one-byte encoding of a text by how plausible the decoded words are: accented letters
//! are inside words, and no capital follows a lower-case letter.

use registration::spreadsheet::CodePage;

/// Returns the encoding in which the lines are most plausible. If two encodings are equally
/// plausible, Windows-1252 takes precedence, then Mac OS Roman.
pub(super) fn likeliest(lines: &[&[u8]]) -> CodePage {
    let mut best = (CodePage::Windows1252, i64::MIN);
    for page in [CodePage::Windows1252, CodePage::MacRoman, CodePage::Dos850] {
        let score = lines
            .iter()
            .take(MAX_LINES)
            .map(|line| plausibility(line, page))
            .sum();
        if score > best.1 {
            best = (page, score);
        }
    }
    best.0
}

/// The maximum number of lines that are scored.
const MAX_LINES: usize = 2_000;

/// Scores how plausible a line is in an encoding; higher is better.
fn plausibility(line: &[u8], page: CodePage) -> i64 {
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
    sense
}

/// The maximum number of bytes of a line that are scored.
const MAX_BYTES: usize = 2_000;

fn sense_of_letter(letter: char, before: char, behind: char) -> i64 {
    let beside_letter = before.is_alphabetic() || behind.is_alphabetic();
    match letter {
        // Letters of names in Western and Central Europe.
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | 'Œ' | 'œ' | 'Š' | 'š' | 'Ž' | 'ž' | 'Ÿ' => {
            let fits = if letter.is_uppercase() {
                // A capital begins a word, or the word is in capitals.
                !before.is_lowercase()
            } else {
                !before.is_uppercase() || behind.is_lowercase() || !behind.is_alphabetic()
            };
            match (fits, beside_letter) {
                (true, true) => usual(letter),
                (true, false) => 1,
                (false, _) => -3,
            }
        }
        // Quotation marks and dashes are between letters or around words.
        '’' | '‘' => {
            if before.is_alphabetic() {
                3
            } else {
                0
            }
        }
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

/// Scores a letter by how common it is in names.
fn usual(letter: char) -> i64 {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'å' | 'ã' | 'ç' | 'é' | 'è' | 'ê' | 'ë' | 'í' | 'ï' | 'ñ' | 'ó'
        | 'ô' | 'ö' | 'ø' | 'ú' | 'ü' | 'ŷ' | 'ŵ' | 'É' | 'Ö' | 'Ü' | 'Á' | 'Ó' | 'Å' | 'Ø'
        | 'ß' | 'š' | 'ž' => 4,
        'î' | 'û' | 'ì' | 'ò' | 'ù' | 'õ' | 'æ' | 'ý' | 'ÿ' | 'œ' | 'ð' | 'þ' => 3,
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
        for page in [CodePage::Windows1252, CodePage::MacRoman, CodePage::Dos850] {
            // One letter may be plausible in two encodings; a list of names is plausible in only
            // one.
            let lines: Vec<Vec<u8>> = names.iter().filter_map(|name| page.encoded(name)).collect();
            let lines: Vec<&[u8]> = lines.iter().map(Vec::as_slice).collect();
            assert_eq!(likeliest(&lines), page);
        }
        assert_eq!(
            likeliest(&[b"Ren\x8Ee;O\xD5Dowd\r", b"M\x9Fller\r"]),
            CodePage::MacRoman
        );
        assert_eq!(likeliest(&[b"O\x92Dowd,\x80100"]), CodePage::Windows1252);
        assert_eq!(likeliest(&[b""]), CodePage::Windows1252);
    }
}
