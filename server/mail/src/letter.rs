//! A letter: a subject and its parts, without saying how they look.
//!
//! There are as few kinds of parts as the messages need, each of which text, HTML and GOV.UK Notify can
//! show. A part never holds markup: whatever a person typed is text wherever it arrives.

use std::borrow::Cow;

use registration::language::Language;

/// Words of a letter: ours, or somebody's.
pub type Words = Cow<'static, str>;

/// What a message says, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The language of every word in it.
    pub language: Language,
    /// The subject, one line.
    pub subject: String,
    /// What it says, from top to bottom.
    pub parts: Vec<Part>,
}

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading.
    Heading(Words),
    /// A paragraph.
    Paragraph(Words),
    /// A paragraph that was written by an officer: line breaks in it are kept.
    Quoted(String),
    /// A list of short points.
    Points(Vec<Words>),
    /// The address of a page, on a line of its own.
    Link(String),
    /// A code to be typed, on a line of its own.
    Code(String),
    /// Answers: what was asked and what was answered.
    Answers(Vec<(String, String)>),
}

impl Letter {
    /// A letter without parts.
    #[must_use]
    pub fn new(language: Language, subject: impl Into<String>) -> Self {
        Self {
            language,
            subject: one_line(&subject.into()),
            parts: Vec::new(),
        }
    }

    /// With a heading.
    #[must_use]
    pub fn heading(self, words: impl Into<Words>) -> Self {
        self.with(Part::Heading(words.into()))
    }

    /// With a paragraph.
    #[must_use]
    pub fn paragraph(self, words: impl Into<Words>) -> Self {
        self.with(Part::Paragraph(words.into()))
    }

    /// With words of an officer.
    #[must_use]
    pub fn quoted(self, words: &str) -> Self {
        self.with(Part::Quoted(words.trim().to_owned()))
    }

    /// With a list of short points.
    #[must_use]
    pub fn points(self, points: impl IntoIterator<Item = impl Into<Words>>) -> Self {
        self.with(Part::Points(points.into_iter().map(Into::into).collect()))
    }

    /// With the address of a page.
    #[must_use]
    pub fn link(self, address: impl Into<String>) -> Self {
        self.with(Part::Link(address.into()))
    }

    /// With a code to be typed.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        self.with(Part::Code(code.into()))
    }

    /// With answers.
    #[must_use]
    pub fn answers(self, answers: impl IntoIterator<Item = (String, String)>) -> Self {
        self.with(Part::Answers(answers.into_iter().collect()))
    }

    fn with(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }
}

/// Words on one line: a line break in a subject would begin another header.
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
