//! A letter as plain text, for mail programs that show no HTML and for notifications on a phone.

use std::fmt::Write;

use crate::letter::{Letter, Part};

/// Writes the letter as plain text. The lines of a paragraph are not wrapped.
#[must_use]
pub fn as_text(letter: &Letter) -> String {
    let parts: Vec<String> = letter.parts.iter().map(part).collect();
    parts.join("\n\n") + "\n"
}

fn part(part: &Part) -> String {
    match part {
        Part::Heading(words) => format!("{words}\n{}", "-".repeat(words.chars().count())),
        Part::Paragraph(words) => words.to_string(),
        Part::Quoted(words) | Part::Link(words) | Part::Code(words) => words.clone(),
        Part::Points(points) => {
            let points: Vec<String> = points.iter().map(|point| format!("* {point}")).collect();
            points.join("\n")
        }
        Part::Answers(answers) => {
            let mut text = String::new();
            for (asked, answered) in answers {
                // Writing to a string cannot fail.
                let _written = write!(
                    text,
                    "{asked}\n  {}\n",
                    answered.lines().collect::<Vec<_>>().join("\n  ")
                );
            }
            text.trim_end().to_owned()
        }
    }
}
