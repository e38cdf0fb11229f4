//! A letter: a subject and its parts, without any layout.
//!
//! A letter has only kinds of parts that plain text, HTML and GOV.UK Notify can all show. A part contains no markup:
//! text that a person typed is never interpreted.

use std::borrow::Cow;

use registration::language::Language;

/// Text of a letter: fixed, or with a person's answers in it.
pub type Words = Cow<'static, str>;

/// The content of a message, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The language of the subject and of every part.
    pub language: Language,
    /// The subject, on one line.
    pub subject: String,
    /// The parts, from top to bottom.
    pub parts: Vec<Part>,
}

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading.
    Heading(Words),
    /// A paragraph.
    Paragraph(Words),
    /// A paragraph that an officer wrote, with its line breaks.
    Quoted(String),
    /// A list of short points.
    Points(Vec<Words>),
    /// The address of a page, on a line of its own.
    Link(String),
    /// A code for the reader to type, on a line of its own.
    Code(String),
    /// Questions and their answers.
    Answers(Vec<(String, String)>),
}

impl Letter {
    /// Creates a letter without parts. The subject is joined into one line.
    #[must_use]
    pub fn new(language: Language, subject: impl Into<String>) -> Self {
        Self {
            language,
            subject: one_line(&subject.into()),
            parts: Vec::new(),
        }
    }

    /// Adds a heading.
    #[must_use]
    pub fn heading(self, words: impl Into<Words>) -> Self {
        self.with(Part::Heading(words.into()))
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn paragraph(self, words: impl Into<Words>) -> Self {
        self.with(Part::Paragraph(words.into()))
    }

    /// Adds text that an officer wrote, without the white space at its ends.
    #[must_use]
    pub fn quoted(self, words: &str) -> Self {
        self.with(Part::Quoted(words.trim().to_owned()))
    }

    /// Adds a list of short points.
    #[must_use]
    pub fn points(self, points: impl IntoIterator<Item = impl Into<Words>>) -> Self {
        self.with(Part::Points(points.into_iter().map(Into::into).collect()))
    }

    /// Adds the address of a page.
    #[must_use]
    pub fn link(self, address: impl Into<String>) -> Self {
        self.with(Part::Link(address.into()))
    }

    /// Adds a code for the reader to type.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        self.with(Part::Code(code.into()))
    }

    /// Adds questions and their answers.
    #[must_use]
    pub fn answers(self, answers: impl IntoIterator<Item = (String, String)>) -> Self {
        self.with(Part::Answers(answers.into_iter().collect()))
    }

    fn with(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }
}

/// Joins text into one line, because a line break in a subject would start another header.
pub(crate) fn one_line(words: &str) -> String {
    words
        .split(|character: char| character.is_control() || character.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_line() {
        let letter = Letter::new(Language::English, "Registration\r\nBcc: all@firm.example\n");
        assert_eq!(letter.subject, "Registration Bcc: all@firm.example");
    }
}
