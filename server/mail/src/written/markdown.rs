//! A letter in the Markdown that GOV.UK Notify reads: headings, points and bare addresses.
//!
//! Notify puts what it is told into its template before it reads the Markdown, so whatever a person typed
//! is written with a backslash before each sign that would mean something there.

use crate::letter::{Letter, Part};

/// The letter as Notify's Markdown.
#[must_use]
pub fn as_markdown(letter: &Letter) -> String {
    let parts: Vec<String> = letter.parts.iter().map(part).collect();
    parts.join("\n\n")
}

fn part(part: &Part) -> String {
    match part {
        Part::Heading(words) => format!("# {}", plain(words)),
        Part::Paragraph(words) => plain(words),
        Part::Quoted(words) => quoted(words),
        Part::Link(address) => address.clone(),
        Part::Code(code) => code.clone(),
        Part::Points(points) => {
            let points: Vec<String> = points
                .iter()
                .map(|point| format!("* {}", plain(point)))
                .collect();
            points.join("\n")
        }
        Part::Answers(answers) => {
            let answers: Vec<String> = answers
                .iter()
                .map(|(asked, answered)| {
                    let answered: Vec<String> = answered.lines().map(plain).collect();
                    format!("* {}: {}", plain(asked), answered.join(", "))
                })
                .collect();
            answers.join("\n")
        }
    }
}

/// An inset text of Notify's; an empty line would end it.
fn quoted(words: &str) -> String {
    let lines: Vec<String> = words
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!("^ {}", plain(line)))
        .collect();
    lines.join("\n\n")
}

/// Words without any meaning in Markdown.
fn plain(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let trimmed = words.trim();
    // A number with a stop begins a list, but only at the beginning of a line.
    let numbered = trimmed
        .split_once(['.', ')'])
        .filter(|(number, rest)| {
            !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && rest.starts_with(char::is_whitespace)
        })
        .map(|(number, _)| number.len());
    for (at, character) in trimmed.char_indices() {
        let begins = at == 0 && matches!(character, '#' | '+' | '-' | '^' | '>' | '•' | '=');
        if begins || Some(at) == numbered || matches!(character, '\\' | '`' | '*' | '_' | '[' | ']')
        {
            text.push('\\');
        }
        text.push(if character.is_control() {
            ' '
        } else {
            character
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_typed_means_nothing_in_markdown() {
        for (typed, written) in [
            ("Hartwell Crane & Co LLP", "Hartwell Crane & Co LLP"),
            ("# Heading", "\\# Heading"),
            ("* point", "\\* point"),
            ("- point", "\\- point"),
            ("12-14 Assize Street", "12-14 Assize Street"),
            ("1. first", "1\\. first"),
            ("2.30pm on Monday", "2.30pm on Monday"),
            ("^ inset", "\\^ inset"),
            (
                "[click](https://else.example)",
                "\\[click\\](https://else.example)",
            ),
            ("a\u{b}b\nc", "a b c"),
            ("back\\slash", "back\\\\slash"),
        ] {
            assert_eq!(plain(typed), written, "{typed}");
        }
    }

    #[test]
    fn each_line_of_an_officers_words_stays_inset() {
        assert_eq!(quoted("One.\n\n# Two"), "^ One.\n\n^ \\# Two");
    }
}
