//! Decides by the heading of a column of full names whether the surname stands first: "Surname,
//! Forename", "Name (last, first)", "Nachname, Vorname".

use crate::spreadsheet::heading_words::words;

/// Whether a heading names both parts of a name, and nothing else.
pub(super) fn is_of_both(heading: &str) -> bool {
    let words = words(heading);
    let parts: Vec<Part> = words.iter().filter_map(|word| part(word)).collect();
    let mut others = words.iter().filter(|word| part(word).is_none());
    parts.contains(&Part::Surname)
        && parts.contains(&Part::Forename)
        && others.all(|word| BESIDE.contains(&word.as_str()))
}

/// The order of the names in a column of full names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameOrder {
    /// The first name is first, or the heading does not give an order.
    FirstName,
    /// The surname is first.
    Surname,
    /// One or more surnames are first: "Apellidos y nombre".
    Surnames,
}

impl NameOrder {
    /// Returns the order that a heading names.
    pub(super) fn of(heading: &str) -> Self {
        let words = words(heading);
        let place = |sought: Part| words.iter().position(|word| part(word) == Some(sought));
        match (place(Part::Surname), place(Part::Forename)) {
            (Some(last), Some(first)) if last < first => {
                let is_plural = words
                    .get(last)
                    .is_some_and(|word| PLURAL.contains(&word.as_str()));
                if is_plural {
                    Self::Surnames
                } else {
                    Self::Surname
                }
            }
            _ => Self::FirstName,
        }
    }
}

/// Words for surnames in the plural. They show that a person may have two surnames.
const PLURAL: [&str; 3] = ["surnames", "lastnames", "apellidos"];

/// A part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Surname,
    Forename,
}

fn part(word: &str) -> Option<Part> {
    if SURNAME.contains(&word) {
        Some(Part::Surname)
    } else if FORENAME.contains(&word) {
        Some(Part::Forename)
    } else {
        None
    }
}

/// Words for the surname, in the languages in which people write headings.
const SURNAME: [&str; 32] = [
    "surname",
    "surnames",
    "last",
    "lastname",
    "lastnames",
    "family",
    "familyname",
    "cyfenw",
    "nachname",
    "nachnamen",
    "familienname",
    "zuname",
    "nom",
    "noms",
    "apellido",
    "apellidos",
    "apelido",
    "sobrenome",
    "cognome",
    "cognom",
    "nazwisko",
    "nazwiska",
    "achternaam",
    "efternamn",
    "efternavn",
    "etternavn",
    "příjmení",
    "priezvisko",
    "prezime",
    "priimek",
    "nume",
    "sukunimi",
];

/// Words for the first name, in the same languages.
const FORENAME: [&str; 33] = [
    "forename",
    "forenames",
    "first",
    "firstname",
    "firstnames",
    "given",
    "givenname",
    "christian",
    "initial",
    "initials",
    "cyntaf",
    "vorname",
    "vornamen",
    "rufname",
    "prénom",
    "prénoms",
    "prenom",
    "prenoms",
    "nombre",
    "nombres",
    "nome",
    "imię",
    "imiona",
    "imie",
    "voornaam",
    "voornamen",
    "förnamn",
    "fornavn",
    "jméno",
    "meno",
    "ime",
    "prenume",
    "etunimi",
];

/// Other words in a heading that names both parts of a name.
const BESIDE: [&str; 27] = [
    "a", "ac", "and", "e", "employee", "en", "enw", "et", "full", "i", "middle", "name", "names",
    "och", "of", "og", "order", "person", "staff", "the", "their", "then", "title", "und", "user",
    "y", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_a_heading_is_known() {
        for heading in [
            "Surname Forename",
            "Surname, First name",
            "Last, First",
            "LAST NAME / FIRST NAME",
            "Surname & initials",
            "lastName firstName",
            "Name (surname first)",
            "Name (last, first)",
            "Nachname, Vorname",
            "NOM et prénom",
            "Apellidos y nombre",
            "Cognome e nome",
            "Nazwisko i imię",
            "Cyfenw, enw cyntaf",
        ] {
            assert!(
                is_of_both(heading) && NameOrder::of(heading) != NameOrder::FirstName,
                "{heading}"
            );
        }
        for heading in [
            "First name and surname",
            "Forename Surname",
            "First, Last",
            "Vorname und Nachname",
            "Imię i nazwisko",
            "Initials and surname",
        ] {
            assert!(
                is_of_both(heading) && NameOrder::of(heading) == NameOrder::FirstName,
                "{heading}"
            );
        }
        for heading in [
            "Name",
            "Surname",
            "First name",
            "First hearing",
            "Last login, first login",
            "Family court, first hearing",
            "",
        ] {
            assert!(!is_of_both(heading), "{heading}");
        }
    }
}
