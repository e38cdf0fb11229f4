//! Splits a full name in one cell: "Crane, Harriet", "Ms Harriet Crane", "SMITH John".
//!
//! The result is a guess, so a note tells the sender of a file how the name of a user was read. A
//! surname in capitals is recognised at the start and at the end, and so are initials after a
//! surname.

use std::borrow::Cow;

use crate::spreadsheet::bare_name::{BareName, is_remark};
use crate::text::tidy;

/// A full name that was split.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FullName {
    /// First name; empty if there is none.
    pub first: String,
    /// Last name; a name of one word is a last name.
    pub last: String,
    /// The remark which says that the person has left, if any.
    pub left: Option<String>,
}

/// Splits a full name into first and last name.
pub(super) fn split(whole: &str) -> (String, String) {
    let name = read(whole);
    (name.first, name.last)
}

/// Splits a full name and removes titles, honours and remarks.
pub(super) fn read(whole: &str) -> FullName {
    read_in_order(whole, in_order)
}

/// Splits a full name whose surname stands first, and removes titles, honours and remarks.
pub(super) fn read_surname_first(whole: &str) -> FullName {
    read_in_order(whole, in_order_of_surname)
}

fn read_in_order(whole: &str, in_order: fn(&[&str]) -> (String, String)) -> FullName {
    let whole = tidy(whole);
    let mut bare = BareName::of(&whole);
    let left = bare.left().map(str::to_owned);
    let mut parts: Vec<String> = bare
        .name
        .split(',')
        .map(str::trim)
        .enumerate()
        .filter(|(place, part)| *place == 0 || !(part.is_empty() || stands_beside(part)))
        .map(|(_, part)| part.to_owned())
        .collect();
    move_generation(&mut parts);
    if let [last, firsts @ ..] = parts.as_slice()
        && !firsts.is_empty()
    {
        let without = |text: &str| {
            let mut bare = BareName::of(text);
            bare.take_off_titles();
            bare.take_off_honours();
            bare.name.into_owned()
        };
        let (mut first, mut last) = (without(&firsts.join(" ")), without(last));
        // "Smith, John III": the generation belongs to the surname.
        if let Some((kept, word)) = first.rsplit_once(' ')
            && is_generation(word)
        {
            last = [&last, " ", word].concat();
            first.truncate(kept.len());
        }
        return FullName { first, last, left };
    }
    bare.name = Cow::Owned(parts.into_iter().next().unwrap_or_default());
    bare.take_off_titles();
    bare.take_off_honours();
    let words: Vec<&str> = bare
        .name
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect();
    let (first, last) = in_order(&words);
    FullName { first, last, left }
}

/// Moves a generation between commas behind the surname or the whole name: "Smith, Jr., John",
/// "John Smith, Jr.". In "Smith, Junior" it stays, because it is the only first name.
fn move_generation(parts: &mut Vec<String>) {
    let place = parts.iter().skip(1).position(|part| is_generation(part));
    let has_first = parts.len() > 2 || parts.first().is_some_and(|name| name.contains(' '));
    if let Some(place) = place
        && has_first
    {
        let generation = parts.remove(place + 1);
        if let Some(name) = parts.first_mut() {
            name.push(' ');
            name.push_str(&generation);
        }
    }
}

/// Whether a name ends with two to four capitals that may be an honour, after two words with small
/// letters: "Jeffery Smith XRZ".
///
/// Returns `false` if the capitals are a generation or a known surname of two letters. Returns
/// `false` too if the capitals have a vowel and the name has no comma: "KING" in "Mary Ann KING" is
/// a surname.
pub(super) fn ends_with_letters(name: &str) -> bool {
    let Some((before, last)) = name.rsplit_once([' ', ',']) else {
        return false;
    };
    let before = before.trim_end_matches([' ', ',']);
    let has_small = |word: &str| {
        word.starts_with(char::is_uppercase) && !has_capitals_only(word) && !is_particle(word)
    };
    let mut words = before.rsplit(' ');
    let behind_two = words.next().is_some_and(has_small) && words.next().is_some_and(has_small);
    let in_capitals = (2..=4).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_uppercase());
    let is_surname = !name.contains(',') && last.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
    behind_two
        && in_capitals
        && !is_surname
        && !before.contains(',')
        && !is_generation(last)
        && !SURNAMES_OF_TWO.contains(&last)
}

/// Whether a name whose surnames stand first has three or more words, not counting particles at its
/// start, and neither a comma nor capitals show where the first name begins: "García López María".
pub(super) fn has_surnames_of_unclear_length(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let particles = words.iter().take_while(|word| is_particle(word)).count();
    words.len() > particles + 2 && !name.contains(',') && capitals_at_start(&words) == 0
}

/// Whether a part between commas is a title, an honour or a remark: "KC", "Mr", "Partner".
fn stands_beside(part: &str) -> bool {
    let with_name = ["Ann ", part].concat();
    let is_honour = BareName::of(&with_name).name == "Ann";
    let with_surname = [part, " Ann"].concat();
    let is_title = BareName::of(&with_surname).name == "Ann";
    is_honour || is_title || is_remark(part)
}

/// Splits the words of a name into first and last name.
fn in_order(words: &[&str]) -> (String, String) {
    if words.len() < 2 {
        return (String::new(), words.concat());
    }
    let joined = |words: &[&str]| words.join(" ");
    let all_in_capitals = words
        .iter()
        .all(|word| has_capitals_only(word) || is_generation(word));
    if !all_in_capitals {
        let at_start = capitals_at_start(words);
        if at_start > 0 {
            return (joined(&words[at_start..]), joined(&words[..at_start]));
        }
        let at_end = capitals_at_end(words);
        if at_end > 0 {
            let from = words.len() - at_end;
            return (joined(&words[..from]), joined(&words[from..]));
        }
    }
    // "van der Berg Zoë": if a name begins with a lower-case particle or with two particles, the
    // surname comes first.
    let particles = words.iter().take_while(|word| is_particle(word)).count();
    let leads = particles > 1 || words[0].starts_with(char::is_lowercase);
    if particles > 0 && leads && words.len() > particles + 1 {
        return (
            joined(&words[particles + 1..]),
            joined(&words[..=particles]),
        );
    }
    let initials = words
        .iter()
        .rev()
        .take_while(|word| is_initial(word))
        .count();
    if initials > 0 && initials == words.len() - 1 && !is_initial(words[0]) {
        return (joined(&words[1..]), words[0].to_owned());
    }
    let from = words
        .iter()
        .enumerate()
        .skip(1)
        .find(|(_, word)| is_particle(word))
        .map_or(words.len() - 1, |(place, _)| place);
    // The last name of "John Smith Jr" and "John Smith II" has two words.
    let from = if from == words.len() - 1 && from > 1 && is_generation(words[from]) {
        from - 1
    } else {
        from
    };
    (joined(&words[..from]), joined(&words[from..]))
}

/// Splits the words of a name whose surname stands first: the surname in capitals, or the first
/// word with the particles before it.
fn in_order_of_surname(words: &[&str]) -> (String, String) {
    if words.len() < 2 {
        return (String::new(), words.concat());
    }
    let joined = |words: &[&str]| words.join(" ");
    let particles = words.iter().take_while(|word| is_particle(word)).count();
    let mut length = match capitals_at_start(words) {
        0 => particles + 1,
        capitals => capitals,
    };
    if words.get(length).is_some_and(|word| is_generation(word)) {
        length += 1;
    }
    // At least one word is the first name.
    let length = length.min(words.len() - 1);
    (joined(&words[length..]), joined(&words[..length]))
}

/// Returns the number of words of a surname in capitals at the start of a name: three for
/// "DE LA MARE Ann". Returns 0 if there is no such surname or no other word would remain.
///
/// Short words count only before a longer word in capitals, except a known surname of two letters.
fn capitals_at_start(words: &[&str]) -> usize {
    let mut length = 0;
    for (place, word) in words.iter().enumerate() {
        if is_in_capitals(word) || (length == place && place > 0 && is_generation(word)) {
            length = place + 1;
        } else if !(is_short_of_surname(word) || (length == 0 && has_capitals_only(word))) {
            break;
        }
    }
    if length == 0 && SURNAMES_OF_TWO.contains(&words[0]) {
        length = 1;
    }
    if length < words.len() { length } else { 0 }
}

/// Returns the number of words of a surname in capitals at the end of a name: two for
/// "Ann DE PRAT". At least one word stays before the surname.
fn capitals_at_end(words: &[&str]) -> usize {
    let behind = words.iter().rev();
    let generations = behind.take_while(|word| is_generation(word)).count();
    let mut length = 0;
    let places = words.iter().enumerate().skip(1).rev().skip(generations);
    for (place, word) in places {
        if !(is_in_capitals(word) || (length > 0 && is_short_of_surname(word))) {
            break;
        }
        length = words.len() - place;
    }
    length
}

/// Surnames of two letters that are not likely to be two initials.
const SURNAMES_OF_TWO: [&str; 22] = [
    "AU", "DO", "FU", "GU", "HO", "HU", "IP", "KO", "LI", "LO", "LU", "LY", "NG", "OH", "OU", "QU",
    "SU", "TU", "VO", "WU", "XU", "YU",
];

/// Whether a word before a longer word in capitals belongs to the same surname: a particle, the "O"
/// of "O BRIEN", or two capitals.
fn is_short_of_surname(word: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    let two = letters == 2 && has_capitals_only(word) && !is_initial(word) && !is_generation(word);
    two || is_particle(word) || matches!(word, "O" | "O'" | "O’")
}

/// Whether a word is a surname in capitals, with at least three letters, such as `SMITH` or
/// `McDONALD`.
fn is_in_capitals(word: &str) -> bool {
    let rest = behind_prefix(word);
    let letters = rest.chars().filter(|letter| letter.is_alphabetic()).count();
    letters > 2 && has_capitals_only(word) && !is_initial(word) && !is_generation(word)
}

/// Whether a word has capitals and, except in a prefix such as `Mc`, no small letters.
fn has_capitals_only(word: &str) -> bool {
    let rest = behind_prefix(word);
    rest.contains(char::is_uppercase) && !rest.contains(char::is_lowercase)
}

/// Returns a surname without its prefix, which may have small letters: `DONALD` for `McDONALD`.
fn behind_prefix(word: &str) -> &str {
    ["Mc", "Mac", "d'", "d’"]
        .iter()
        .find_map(|start| word.strip_prefix(start))
        .filter(|rest| rest.len() > 1)
        .unwrap_or(word)
}

/// Whether a word is an initial, or several initials with full stops: `J`, `J.`, `J.P.`.
fn is_initial(word: &str) -> bool {
    let letters = || word.chars().filter(|letter| *letter != '.');
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() < 2);
    letters().all(char::is_uppercase)
        && (letters().count() == 1 || (dotted && letters().count() > 0))
}

/// Whether a word distinguishes the generations of a family: `Jr`, `Senior`, `III`.
pub(super) fn is_generation(word: &str) -> bool {
    let bare = word.trim_end_matches('.').to_lowercase();
    matches!(
        bare.as_str(),
        "jr" | "jnr" | "sr" | "snr" | "junior" | "senior" | "ii" | "iii" | "iv"
    )
}

fn is_particle(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "van"
            | "von"
            | "der"
            | "den"
            | "de"
            | "del"
            | "della"
            | "dos"
            | "da"
            | "di"
            | "du"
            | "la"
            | "le"
            | "al"
            | "el"
            | "bin"
            | "bint"
            | "ibn"
            | "ap"
            | "ab"
            | "st"
            | "st."
            | "ste"
            | "ste."
            | "mc"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_apart_as_a_colleague_would() {
        for (whole, first, last) in [
            ("Harriet Crane", "Harriet", "Crane"),
            ("Crane, Harriet", "Harriet", "Crane"),
            ("Crane,Harriet", "Harriet", "Crane"),
            ("Crane, Ms Harriet", "Harriet", "Crane"),
            ("Crane, Harriet (Ms)", "Harriet", "Crane"),
            ("Crane, Harriet, KC", "Harriet", "Crane"),
            ("Crane, Harriet, Partner", "Harriet", "Crane"),
            ("Harriet Crane, Partner", "Harriet", "Crane"),
            ("Harriet Crane - Solicitor", "Harriet", "Crane"),
            ("Harriet Crane – left 2024", "Harriet", "Crane"),
            ("Harriet Crane (Partner)", "Harriet", "Crane"),
            ("Harriet (Hattie) Crane", "Harriet", "Crane"),
            ("Mr. J Smith", "J", "Smith"),
            ("Mary Ann Smith", "Mary Ann", "Smith"),
            ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
            ("Van Morrison", "Van", "Morrison"),
            ("Siân ap Rhys", "Siân", "ap Rhys"),
            ("Dr Kofi van Rees KC", "Kofi", "van Rees"),
            ("Dr. med. Anna Müller", "Anna", "Müller"),
            ("Rt Hon John Smith", "John", "Smith"),
            ("Wing Commander A B Smith", "A B", "Smith"),
            ("Recorder John Smith", "John", "Smith"),
            ("Captain Tom Moore", "Tom", "Moore"),
            ("Major Smith", "Major", "Smith"),
            ("HHJ Smith", "", "Smith"),
            ("Lord Justice Smith", "", "Smith"),
            ("Hon. Mrs Justice Smith", "", "Smith"),
            ("D'Arcy Berg, K.C., OBE", "D'Arcy", "Berg"),
            ("Berg KC, D'Arcy", "D'Arcy", "Berg"),
            ("John Smith LLB (Hons)", "John", "Smith"),
            ("SMITH John", "John", "SMITH"),
            ("John SMITH", "John", "SMITH"),
            ("VAN DER BERG Zoë", "Zoë", "VAN DER BERG"),
            ("van der Berg Zoë", "Zoë", "van der Berg"),
            ("McDONALD Iain", "Iain", "McDONALD"),
            ("AJ Smith", "AJ", "Smith"),
            ("MS HARRIET CRANE", "HARRIET", "CRANE"),
            ("Smith J", "J", "Smith"),
            ("Smith J.P.", "J.P.", "Smith"),
            ("Smith A. B.", "A. B.", "Smith"),
            ("J. R. R. Tolkien", "J. R. R.", "Tolkien"),
            ("J S", "J", "S"),
            ("John Smith Jr", "John", "Smith Jr"),
            ("John Smith II", "John", "Smith II"),
            ("John Smith, Jr.", "John", "Smith Jr."),
            ("Smith, Jr., John", "John", "Smith Jr."),
            ("Smith, Jr, John", "John", "Smith Jr"),
            ("Smith, John, III", "John", "Smith III"),
            ("Smith, John III", "John", "Smith III"),
            ("Smith Jr, John", "John", "Smith Jr"),
            ("Smith, Junior", "Junior", "Smith"),
            ("Smith, Jr., John, KC", "John", "Smith Jr."),
            ("Smith, John J.", "John J.", "Smith"),
            ("Jeffery Smith MD", "Jeffery", "Smith"),
            ("Smith, Jeffery, DDS", "Jeffery", "Smith"),
            ("(Sean Reilly)", "Sean", "Reilly"),
            ("Bldr (Mrs).Momoh Ann Mary", "Momoh Ann", "Mary"),
            ("KC", "", "KC"),
            ("Cher", "", "Cher"),
            ("", "", ""),
        ] {
            assert_eq!(split(whole), (first.to_owned(), last.to_owned()), "{whole}");
        }
    }

    #[test]
    fn the_heading_may_say_that_the_surname_stands_first() {
        for (whole, first, last) in [
            ("Bowen Anwen", "Anwen", "Bowen"),
            ("Bowen, Anwen", "Anwen", "Bowen"),
            ("Van Dyke Dick", "Dick", "Van Dyke"),
            ("de la Cruz María José", "María José", "de la Cruz"),
            ("Lee A. B.", "A. B.", "Lee"),
            ("LEE ANN MARY", "ANN MARY", "LEE"),
            ("Mrs Lee Ann KC", "Ann", "Lee"),
            ("Smith Jr John", "John", "Smith Jr"),
            ("Lee", "", "Lee"),
            ("", "", ""),
        ] {
            let name = read_surname_first(whole);
            assert_eq!(
                (name.first.as_str(), name.last.as_str()),
                (first, last),
                "{whole}"
            );
        }
    }

    #[test]
    fn a_surname_in_capitals_takes_its_short_words() {
        for (whole, first, last) in [
            ("DE PRAT Ann", "Ann", "DE PRAT"),
            ("Ann DE PRAT", "Ann", "DE PRAT"),
            ("DE LA MARE Ann", "Ann", "DE LA MARE"),
            ("Ann DE LA MARE", "Ann", "DE LA MARE"),
            ("Ann B DE PRAT", "Ann B", "DE PRAT"),
            ("AP RHYS Ann", "Ann", "AP RHYS"),
            ("AB ROWLANDS Ann", "Ann", "AB ROWLANDS"),
            ("O BRIEN Ann", "Ann", "O BRIEN"),
            ("Ann O BRIEN", "Ann", "O BRIEN"),
            ("ST JOHN Ann", "Ann", "ST JOHN"),
            ("ST. JOHN Ann", "Ann", "ST. JOHN"),
            ("LE ROUX Ann", "Ann", "LE ROUX"),
            ("AL MAKHOUL Ann", "Ann", "AL MAKHOUL"),
            ("EL SAYED Ann Mary", "Ann Mary", "EL SAYED"),
            ("DI MARCO Ann", "Ann", "DI MARCO"),
            ("MC DONALD Ann", "Ann", "MC DONALD"),
            ("Ann Mc Donald", "Ann", "Mc Donald"),
            ("TE KANAWA Ann", "Ann", "TE KANAWA"),
            ("NG Ann", "Ann", "NG"),
            ("Ann NG", "Ann", "NG"),
            ("d'ARCY Ann", "Ann", "d'ARCY"),
            ("Zoë van der BERG", "Zoë", "van der BERG"),
            ("VAN DER BERG ZOË", "ZOË", "VAN DER BERG"),
            ("Van MORRISON", "Van", "MORRISON"),
            ("SMITH A B", "A B", "SMITH"),
            ("SMITH J Ann", "J Ann", "SMITH"),
            ("Ann J SMITH", "Ann J", "SMITH"),
            ("J R SMITH", "J R", "SMITH"),
            ("A B Smith", "A B", "Smith"),
            ("JOHN NG", "JOHN", "NG"),
            ("ANN DE PRAT", "ANN", "DE PRAT"),
            ("SMITH Jr John", "John", "SMITH Jr"),
            ("JOHN SMITH Jr", "JOHN", "SMITH Jr"),
            ("John SMITH III", "John", "SMITH III"),
            ("Ann B. SMITH", "Ann B.", "SMITH"),
            ("Mary TU PHAM", "Mary", "TU PHAM"),
            ("SAN MARTIN Ann", "Ann", "SAN MARTIN"),
            ("STE MARIE Ann", "Ann", "STE MARIE"),
            ("Ann D'ARCY", "Ann", "D'ARCY"),
            ("McDONALD DE PRAT Ann", "Ann", "McDONALD DE PRAT"),
            ("IAIN McDONALD", "IAIN", "McDONALD"),
            ("AL PACINO", "AL", "PACINO"),
            ("Van Der Berg Zoë", "Zoë", "Van Der Berg"),
        ] {
            assert_eq!(split(whole), (first.to_owned(), last.to_owned()), "{whole}");
        }
    }

    #[test]
    fn letters_that_may_be_an_honour_are_doubted() {
        for (name, expected) in [
            ("Jeffery Smith XRZ", true),
            ("Jeffery Smith, XRZ", true),
            ("Jeffery Paul Smith XZ", true),
            ("Jeffery Smith, TEX", true),
            ("Mary Ann KING", false),
            ("Jean Marie ROUX", false),
            ("Smith, Jeffery XY", false),
            ("Jeffery SMITH", false),
            ("Jeffery Paul SMITH", false),
            ("Ann Mary NG", false),
            ("Anna van BERG", false),
            ("Ann B LEE", false),
            ("Ann De PRAT", false),
            ("Ann DE PRAT", false),
            ("JEFFERY SMITH XRZ", false),
            ("John Smith III", false),
            ("Smith J.P.", false),
            ("", false),
        ] {
            assert_eq!(ends_with_letters(name), expected, "{name}");
        }
    }
}
