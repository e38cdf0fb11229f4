//! An English text with places for what varies, such as `{n} of {n2} users`.
//!
//! The name of a place says what it takes: `{n}` a number, `{date}` a date, `{time}` a time, `{words}` a text that
//! the catalogue may translate too, and any other name a text that stays as it is. A digit after the
//! name tells two places apart.

/// The weight of a text whose places take only numbers and dates.
const EXACT: usize = 100;

/// What a place in a text takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Digits, with commas between thousands.
    Number,
    /// A date in words.
    Date,
    /// A time of day.
    Time,
    /// A text that is translated itself.
    Words,
    /// A text that stays as it is, such as a name.
    AsIs,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Fixed words.
    Fixed(String),
    /// A place, with its name.
    Place(String, Kind),
}

/// A text split into fixed words and places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

impl Pattern {
    /// Splits a text at its places.
    pub fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            if !before.is_empty() {
                pieces.push(Piece::Fixed(before.to_owned()));
            }
            pieces.push(Piece::Place(name.to_owned(), kind(name)));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Fixed(rest.to_owned()));
        }
        Self { pieces }
    }

    /// Returns whether the text has no places.
    pub fn is_fixed(&self) -> bool {
        matches!(self.pieces.as_slice(), [Piece::Fixed(_)] | [])
    }

    /// Returns how exact a match is: the number of fixed letters. Numbers and dates alone are never
    /// somebody's own words, so a text with no other places counts as exact.
    pub fn weight(&self) -> usize {
        let is_counted =
            |piece: &Piece| !matches!(piece, Piece::Place(_, Kind::Words | Kind::AsIs));
        let exact = if self.pieces.iter().all(is_counted) {
            EXACT
        } else {
            0
        };
        let letters = self.pieces.iter().map(|piece| match piece {
            Piece::Fixed(words) => words
                .chars()
                .filter(|letter| letter.is_alphabetic())
                .count(),
            Piece::Place(..) => 0,
        });
        exact + letters.sum::<usize>()
    }

    /// Returns the names of the places.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Place(name, _) => Some(name.as_str()),
            Piece::Fixed(_) => None,
        })
    }

    /// Writes the text with a value in each place.
    pub fn filled<'v>(&self, value_of: impl Fn(&str) -> &'v str) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Fixed(words) => words.as_str(),
            Piece::Place(name, _) => value_of(name),
        });
        pieces.collect()
    }

    /// Matches a whole text. Returns what each place takes, or `None` if the text differs.
    pub fn matched<'t>(&self, text: &'t str) -> Option<Vec<(&str, Kind, &'t str)>> {
        let mut found = Vec::new();
        let mut open: Option<(&str, Kind)> = None;
        let mut rest = text;
        for (at, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Fixed(words) => {
                    let Some((name, kind)) = open.take() else {
                        rest = rest.strip_prefix(words.as_str())?;
                        continue;
                    };
                    let is_last = at + 1 == self.pieces.len();
                    let end = if is_last {
                        rest.strip_suffix(words.as_str())?.len()
                    } else {
                        rest.find(words.as_str())?
                    };
                    found.push((name, kind, &rest[..end]));
                    rest = &rest[end + words.len()..];
                }
                Piece::Place(name, kind) => {
                    if open.is_some() {
                        return None;
                    }
                    open = Some((name.as_str(), *kind));
                }
            }
        }
        if let Some((name, kind)) = open {
            found.push((name, kind, std::mem::take(&mut rest)));
        }
        let fits = rest.is_empty()
            && found.iter().all(|(_, kind, taken)| {
                !taken.is_empty() && (*kind != Kind::Number || number(taken).is_some())
            });
        fits.then_some(found)
    }
}

/// Parses a number with commas between thousands.
pub fn number(text: &str) -> Option<u64> {
    let is_number = text.starts_with(|first: char| first.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b',');
    is_number.then(|| text.replace(',', "").parse().ok())?
}

fn kind(name: &str) -> Kind {
    match name.trim_end_matches(|letter: char| letter.is_ascii_digit()) {
        "n" => Kind::Number,
        "date" => Kind::Date,
        "time" => Kind::Time,
        "words" => Kind::Words,
        _ => Kind::AsIs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(pattern: &str, text: &str) -> Option<Vec<String>> {
        let pattern = Pattern::new(pattern);
        let found = pattern.matched(text)?;
        Some(
            found
                .into_iter()
                .map(|(_, _, taken)| taken.to_owned())
                .collect(),
        )
    }

    #[test]
    fn places_take_what_varies() {
        assert_eq!(
            taken(
                "Removed {name}. {n} users",
                "Removed Amara Adeyemi. 1,039 users"
            )
            .unwrap(),
            ["Amara Adeyemi", "1,039"]
        );
        assert_eq!(taken("{n} users", "many users"), None);
        assert_eq!(taken("{n} users", "3 users more"), None);
        assert_eq!(taken("Remove {name}?", "Remove ?"), None);
        assert_eq!(taken("Row {n}", "Row 14").unwrap(), ["14"]);
        assert_eq!(taken("Save", "Save").unwrap(), [""; 0]);
        assert_eq!(taken("Save", "Saved"), None);
    }

    #[test]
    fn a_text_knows_its_places_and_its_weight() {
        let pattern = Pattern::new("{n} of {n2} users");
        assert_eq!(pattern.places().collect::<Vec<_>>(), ["n", "n2"]);
        assert_eq!(pattern.weight(), EXACT + 7);
        assert_eq!(Pattern::new("Remove {name}").weight(), 6);
        assert!(!pattern.is_fixed());
        assert!(Pattern::new("Save").is_fixed());
    }
}
