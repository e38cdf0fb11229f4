//! The catalogue: the Welsh of each English text.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::fault::Fault;
use crate::pattern::{Kind, Pattern, number};
use crate::{date, plural, po};

/// The files of the catalogue, each with its name.
const FILES: [(&str, &str); 8] = [
    ("frame.po", include_str!("../texts/frame.po")),
    ("journey.po", include_str!("../texts/journey.po")),
    ("problems.po", include_str!("../texts/problems.po")),
    ("users.po", include_str!("../texts/users.po")),
    ("information.po", include_str!("../texts/information.po")),
    ("after.po", include_str!("../texts/after.po")),
    ("states.po", include_str!("../texts/states.po")),
    ("members.po", include_str!("../texts/members.po")),
];

/// The number of fixed letters that a text with places needs to match an answer, which may be
/// somebody's own words.
const LEAST_FOR_ANSWERS: usize = 8;

/// The length of a text, in bytes, above which it is somebody's own words. No text of the catalogue
/// is nearly as long.
const LONGEST: usize = 2_000;

/// The number of sentences at whose end a text is tried, so that somebody's own words cost little.
const MOST_SENTENCES: usize = 12;

/// The catalogue of the service. The tests read it too, so a fault in a file never reaches a page.
static OF_THE_SERVICE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::read(&FILES).unwrap_or_default());

/// The Welsh of each English text.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    fixed: HashMap<String, String>,
    varying: Vec<Varying>,
    out_of_date: Vec<String>,
}

/// A text with places. The longest fixed text comes first in the catalogue.
#[derive(Debug, Clone)]
struct Varying {
    english: Pattern,
    /// One Welsh text, or one for each plural form.
    welsh: Vec<Pattern>,
}

impl Catalogue {
    /// Returns the catalogue of the service.
    #[must_use]
    pub fn of_the_service() -> &'static Self {
        &OF_THE_SERVICE
    }

    /// Reads files, each given with its name.
    ///
    /// # Errors
    /// The first fault, with the name of its file and its line.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, Fault> {
        let mut catalogue = Self::default();
        for (file, text) in files {
            catalogue.add(text).map_err(|fault| Fault::In {
                file: (*file).to_owned(),
                fault: Box::new(fault),
            })?;
        }
        catalogue
            .varying
            .sort_by_key(|varying| std::cmp::Reverse(varying.english.weight()));
        Ok(catalogue)
    }

    /// Returns the English texts whose Welsh is out of date.
    #[must_use]
    pub fn out_of_date(&self) -> &[String] {
        &self.out_of_date
    }

    /// Returns the Welsh of a text; `None` if the catalogue does not have it.
    #[must_use]
    pub fn text(&self, english: &str) -> Option<String> {
        self.heavy_text(english, 0)
    }

    /// Returns the Welsh of an answer, which may be somebody's own words. A text with places needs
    /// many fixed letters to match.
    #[must_use]
    pub fn answer(&self, english: &str) -> Option<String> {
        self.heavy_text(english, LEAST_FOR_ANSWERS)
    }

    /// Returns the Welsh of a text without places; `None` if the catalogue does not have it.
    pub(crate) fn fixed_text(&self, english: &str) -> Option<&str> {
        self.fixed.get(english).map(String::as_str)
    }

    fn heavy_text(&self, english: &str, least: usize) -> Option<String> {
        if english.len() > LONGEST {
            return None;
        }
        self.whole(english, least)
            .or_else(|| self.sentences(english, least))
    }

    /// Translates a text as one piece.
    fn whole(&self, english: &str, least: usize) -> Option<String> {
        if let Some(welsh) = self.fixed.get(english) {
            return Some(welsh.clone());
        }
        if let Some(welsh) = date::in_welsh(english) {
            return Some(welsh);
        }
        self.varying
            .iter()
            .take_while(|varying| varying.english.weight() >= least)
            .find_map(|varying| self.filled(varying, english))
    }

    /// Translates a text of several sentences, each of which is in the catalogue.
    fn sentences(&self, english: &str, least: usize) -> Option<String> {
        let ends = english.match_indices(['.', '?', '!', ':']);
        for (end, _) in ends.take(MOST_SENTENCES) {
            let (first, others) = english.split_at(end + 1);
            let Some(others) = others.strip_prefix(' ') else {
                continue;
            };
            let opens = others.starts_with(|letter: char| {
                letter.is_uppercase() || letter.is_ascii_digit() || letter == '“'
            });
            if opens
                && let Some(first) = self.whole(first, least)
                && let Some(others) = self.heavy_text(others, least)
            {
                return Some([&first, " ", &others].concat());
            }
        }
        None
    }

    fn filled(&self, varying: &Varying, english: &str) -> Option<String> {
        let taken = varying.english.matched(english)?;
        let counted = taken
            .iter()
            .find(|(_, kind, _)| *kind == Kind::Number)
            .and_then(|(_, _, taken)| number(taken));
        let mut values = Vec::with_capacity(taken.len());
        for (name, kind, text) in taken {
            let value = match kind {
                Kind::Date => date::in_welsh(text)?,
                Kind::Time => date::time_in_welsh(text)?,
                Kind::Words => self.text(text).unwrap_or_else(|| text.to_owned()),
                Kind::Number | Kind::AsIs => text.to_owned(),
            };
            values.push((name, value));
        }
        let form = match counted {
            Some(number) if varying.welsh.len() == plural::FORMS => plural::form(number),
            _ => varying.welsh.len() - 1,
        };
        Some(varying.welsh.get(form)?.filled(|name| {
            values
                .iter()
                .find(|(place, _)| *place == name)
                .map_or("", |(_, value)| value)
        }))
    }

    fn add(&mut self, text: &str) -> Result<(), Fault> {
        for entry in po::entries(text)? {
            let fault = |english: &str| Fault::OtherPlaces {
                line: entry.line,
                english: english.to_owned(),
            };
            if entry.out_of_date {
                self.out_of_date.push(entry.english.clone());
            }
            let welsh: Vec<Pattern> = entry.welsh.iter().map(|text| Pattern::new(text)).collect();
            for english in [Some(&entry.english), entry.plural.as_ref()]
                .into_iter()
                .flatten()
            {
                let pattern = Pattern::new(english);
                let has_all = |of: &Pattern, other: &Pattern| {
                    of.places()
                        .all(|name| other.places().any(|place| place == name))
                };
                let same = welsh.iter().all(|welsh| has_all(welsh, &pattern))
                    && welsh.last().is_some_and(|welsh| has_all(&pattern, welsh))
                    && entry.welsh.iter().all(|welsh| tags(welsh) == tags(english));
                if !same {
                    return Err(fault(english));
                }
                if pattern.is_fixed() {
                    let before = self.fixed.insert(english.clone(), entry.welsh[0].clone());
                    if before.is_some() {
                        return Err(Fault::Twice {
                            line: entry.line,
                            english: english.clone(),
                        });
                    }
                } else {
                    self.varying.push(Varying {
                        english: pattern,
                        welsh: welsh.clone(),
                    });
                }
            }
        }
        Ok(())
    }
}

/// Returns the tags of a text, such as `<1>`, in alphabetical order.
fn tags(text: &str) -> Vec<&str> {
    let mut tags: Vec<&str> = text
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(tag, _)| tag)
        .filter(|tag| tag.contains(|letter: char| letter.is_ascii_digit()))
        .collect();
    tags.sort_unstable();
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    const USERS: &str = "msgid \"Save\"\nmsgstr \"Cadw\"\n\n\
        msgid \"{n} user\"\nmsgid_plural \"{n} users\"\n\
        msgstr[0] \"dim defnyddwyr\"\nmsgstr[1] \"{n} defnyddiwr\"\nmsgstr[2] \"{n} ddefnyddiwr\"\n\
        msgstr[3] \"{n} defnyddiwr\"\nmsgstr[4] \"{n} defnyddiwr\"\nmsgstr[5] \"{n} defnyddiwr\"\n\n\
        msgid \"Removed {name}.\"\nmsgstr \"Tynnwyd {name}.\"\n\n\
        msgid \"{words} on {date}\"\nmsgstr \"{words} ar {date}\"";

    fn catalogue() -> Catalogue {
        Catalogue::read(&[("users.po", USERS)]).unwrap()
    }

    #[test]
    fn the_catalogue_of_the_service_has_no_fault() {
        if let Err(fault) = Catalogue::read(&FILES) {
            panic!("{fault}");
        }
    }

    #[test]
    fn a_text_is_found_with_its_numbers_names_dates_and_sentences() {
        let catalogue = catalogue();
        for (english, welsh) in [
            ("Save", "Cadw"),
            ("2 users", "2 ddefnyddiwr"),
            ("1 user", "1 defnyddiwr"),
            ("0 users", "dim defnyddwyr"),
            (
                "Removed Amara Adeyemi. 39 users",
                "Tynnwyd Amara Adeyemi. 39 defnyddiwr",
            ),
            ("Save on 3 September 2026", "Cadw ar 3 Medi 2026"),
            ("Amara on 3 September 2026", "Amara ar 3 Medi 2026"),
            ("3 September 2026", "3 Medi 2026"),
        ] {
            assert_eq!(catalogue.text(english).as_deref(), Some(welsh));
        }
        for english in ["Send", "Save on Monday morning", "many users"] {
            assert_eq!(catalogue.text(english), None, "{english}");
        }
    }

    #[test]
    fn long_words_of_somebody_are_not_searched() {
        let catalogue = catalogue();
        assert_eq!(catalogue.text(&"Save. ".repeat(1_000)), None);
        assert_eq!(
            catalogue.text(&["Save? ".repeat(300), "x".to_owned()].concat()),
            None
        );
    }

    #[test]
    fn an_answer_is_not_taken_for_a_text_with_places() {
        let catalogue = catalogue();
        assert_eq!(catalogue.answer("Removed Ltd."), None);
        assert_eq!(catalogue.answer("Save").as_deref(), Some("Cadw"));
    }

    #[test]
    fn a_fault_names_its_file_and_line() {
        let text = "msgid \"Save\"\nmsgstr \"Cadw\"\n\nmsgid \"See <1>help</1>\"\nmsgstr \"Gweler cymorth\"";
        let fault = Catalogue::read(&[("a.po", text)]).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "a.po, line 4: the Welsh of “See <1>help</1>” has other places or tags"
        );
        let twice = "msgid \"Save\"\nmsgstr \"Cadw\"";
        assert!(Catalogue::read(&[("a.po", twice), ("b.po", twice)]).is_err());
    }
}
