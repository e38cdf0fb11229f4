//! The accented letters of European languages that use the Latin alphabet.

/// Whether one language has all accented letters of a word. Also true of a word without accented
/// letters and of a word in another alphabet.
pub(super) fn is_of_one_language(word: &[char]) -> bool {
    let accented = || {
        let letters = word.iter().filter(|letter| matches!(letter, 'À'..='ſ'));
        letters.flat_map(|letter| letter.to_lowercase().filter(|small| !small.is_ascii()))
    };
    if accented().next().is_none() {
        return true;
    }
    ALPHABETS
        .iter()
        .any(|alphabet| accented().all(|letter| alphabet.contains(letter) || letter == '\u{307}'))
}

/// The accented small letters of each language.
const ALPHABETS: [&str; 19] = [
    // French.
    "àâæçéèêëîïôœùûüÿ",
    // German.
    "äöüß",
    // Spanish, Catalan, Galician.
    "áéíóúüñçàèòï",
    // Portuguese.
    "áâãàçéêíóôõúü",
    // Italian.
    "àèéìíòóùú",
    // Danish, Norwegian, Swedish, Finnish.
    "æøåäöéü",
    // Icelandic.
    "áðéíóúýþæö",
    // Welsh.
    "âêîôûŵŷáéíóúýäëïöü",
    // Irish, Scottish Gaelic.
    "áéíóúàèìòù",
    // Dutch.
    "éëïöüáíóúèêĳ",
    // Polish.
    "ąćęłńóśźż",
    // Czech, Slovak.
    "áäčďéěíĺľňóôŕřšťúůýž",
    // Hungarian.
    "áéíóöőúüű",
    // Romanian.
    "ăâîşţșț",
    // Croatian, Serbian, Slovenian.
    "čćđšž",
    // Turkish.
    "çğıöşüâîû",
    // Lithuanian.
    "ąčęėįšųūž",
    // Latvian.
    "āčēģīķļņšūž",
    // Estonian.
    "äõöüšž",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_a_name_belong_to_one_language() {
        let is_of_one = |word: &str| is_of_one_language(&word.chars().collect::<Vec<_>>());
        for word in [
            "Siân",
            "Dvořák",
            "Wiśniewska",
            "Guðrún",
            "Şahin",
            "İnci",
            "Ann",
            "Иван",
            "",
        ] {
            assert!(is_of_one(word), "{word}");
        }
        for word in ["Dvoøák", "Jiøí", "Èâàí", "Łáñ"] {
            assert!(!is_of_one(word), "{word}");
        }
    }
}
