//! A letter in GOV.UK Notify's Markdown: headings, inset text, bullet points and bare addresses.
//!
//! Notify inserts the text into its template before it parses the Markdown, so each character of
//! typed text that has a meaning in Markdown is escaped with a backslash.

use crate::letter::{Letter, Part};

/// Writes the letter as Notify's Markdown.
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

/// Writes each line of the text as a separate inset. Empty lines are left out.
fn quoted(words: &str) -> String {
    let lines: Vec<String> = words
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!("^ {}", plain(line)))
        .collect();
    lines.join("\n\n")
}

/// Escapes text so that nothing in it has a meaning in Markdown. Control characters become spaces,
/// and white space at the ends is removed.
fn plain(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let trimmed = words.trim();
    // A number followed by a full stop or a bracket makes a list, but only at the start of a line.
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
    fn typed_text_has_no_markdown_meaning() {
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
