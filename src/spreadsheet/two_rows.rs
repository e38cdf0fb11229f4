//! Headings that take two rows: "First" above "name", or "Name" above the columns "First" and
//! "Last".

use crate::spreadsheet::heading::recognised;
use crate::spreadsheet::layout::looks_like_data;
use crate::spreadsheet::trust::Trust;
use crate::spreadsheet::{Cell, Heading, Layout, Mapping};
use crate::text::tidy;

/// Returns the layout of two rows of headings, one below the other; `None` if the second row is not
/// the next row or not part of the headings.
///
/// In each column, the words of both rows are tried together, then the lower words, then the upper
/// words. If the upper words alone are the heading, a filled cell below them belongs to a person,
/// and the second row is not headings.
pub(super) fn layout(
    (row, upper): (u32, &[Cell<'_>]),
    (next, lower): &(u32, Vec<Cell<'_>>),
    mapping: &Mapping,
) -> Option<Layout> {
    if *next > row.saturating_add(1) {
        return None;
    }
    let mut headings: Vec<(Heading, Trust)> = Vec::new();
    let mut lower_ones = 0;
    for place in 0..upper.len().max(lower.len()) {
        let above = text_at(upper, place)?;
        let below = text_at(lower, place)?;
        let both = [above.as_str(), below.as_str()].join(" ");
        let candidates = match (above.is_empty(), below.is_empty()) {
            (true, true) => continue,
            (_, true) => vec![above],
            (true, false) => vec![below.clone()],
            (false, false) => vec![both, below.clone(), above],
        };
        let known = candidates
            .iter()
            .find_map(|text| Some((text, recognised(text, mapping)?)));
        if let Some((text, (_, trust))) = known
            && !below.is_empty()
        {
            // If only the upper words are known, the cell of the second row is data. A word of low
            // confidence, such as "Solicitor", also occurs in rows of people.
            if !text.ends_with(below.as_str()) || (*text == below && trust < Trust::Sure) {
                return None;
            }
            lower_ones += 1;
        }
        let (text, known) = match (known, candidates.first()) {
            (Some((text, known)), _) => (text, Some(known)),
            (None, Some(text)) => (text, None),
            (None, None) => continue,
        };
        let heading = Heading {
            place,
            text: text.chars().take(100).collect(),
            meaning: known.map(|(meaning, _)| meaning),
        };
        headings.push((heading, known.map_or(Trust::Sure, |(_, trust)| trust)));
    }
    (lower_ones > 1)
        .then(|| Layout::of_headings(*next, headings))
        .flatten()
}

/// Returns the tidied text of a cell, empty if the cell is blank; `None` if the cell cannot be part
/// of a heading.
fn text_at(cells: &[Cell<'_>], place: usize) -> Option<String> {
    match cells.get(place) {
        None => Some(String::new()),
        Some(Cell::Text(text)) => {
            let text = tidy(text);
            (text.len() <= 100 && !looks_like_data(&text)).then(|| text.into_owned())
        }
        Some(cell) => cell.is_blank().then(String::new),
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::spreadsheet::Column;

    fn cells(texts: &[&'static str]) -> Vec<Cell<'static>> {
        let cell = |text: &&'static str| Cell::Text(Cow::Borrowed(*text));
        texts.iter().map(cell).collect()
    }

    fn of(upper: &[&'static str], lower: &[&'static str]) -> Option<Layout> {
        layout((1, &cells(upper)), &(2, cells(lower)), &Mapping::default())
    }

    #[test]
    fn the_words_of_two_rows_make_one_heading() {
        for (upper, lower) in [
            (
                ["First", "Last", "Email", "Mobile", "User", "Organisation"],
                ["name", "name", "address", "number", "role", "administrator"],
            ),
            (
                ["Name", "", "Contact", "", "Role", "Administrator"],
                ["First", "Last", "Email", "Mobile", "", ""],
            ),
        ] {
            let layout = of(&upper, &lower).unwrap();
            assert_eq!(layout.heading_row, Some(2));
            for column in Column::ALL {
                assert_eq!(layout.places(column), [column.index()], "{upper:?}");
            }
        }
    }

    #[test]
    fn a_person_is_no_second_row_of_headings() {
        let headings = ["Name", "Email", "Mobile", "Type"];
        for person in [
            ["Priya Iyer", "", "", "Advocate"],
            ["First", "Last", "07700 900101", ""],
            ["Priya", "", "", ""],
            ["", "", "Solicitor", "Admin"],
        ] {
            assert_eq!(of(&headings, &person), None, "{person:?}");
        }
    }
}
