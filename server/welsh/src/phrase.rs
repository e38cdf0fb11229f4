//! A phrase of a page: its text as the catalogue has it, with numbers for the tags inside it.

use std::fmt::Write as _;

use crate::markup::{decoded, encoded};

/// A part of a phrase.
pub enum Part<'h> {
    /// A text, with its entities.
    Text(&'h str),
    /// The start tag of an inline element.
    Open(&'h str),
    /// The end tag of an inline element.
    End(&'h str),
    /// An element without content.
    Alone(&'h str),
}

/// Returns the phrase as the catalogue has it, and its tags: the start tag and then the end tag of
/// element 1, and so on.
pub fn key<'h>(parts: &[Part<'h>]) -> (String, Vec<&'h str>) {
    let mut text = String::new();
    let mut tags = Vec::new();
    let mut open = Vec::new();
    for part in parts {
        match part {
            Part::Text(raw) => text.push_str(&decoded(raw)),
            Part::Open(raw) => {
                tags.extend([*raw, ""]);
                let number = tags.len() / 2;
                open.push(number);
                let _ = write!(text, "<{number}>");
            }
            Part::End(raw) => {
                if let Some(number) = open.pop() {
                    tags[number * 2 - 1] = raw;
                    let _ = write!(text, "</{number}>");
                }
            }
            Part::Alone(raw) => {
                tags.extend([*raw, ""]);
                let _ = write!(text, "<{}/>", tags.len() / 2);
            }
        }
    }
    (one_line(&text), tags)
}

/// Writes a Welsh text as HTML, with its numbered tags replaced by those of the page.
pub fn with_tags(welsh: &str, mut tag_at: impl FnMut(usize) -> Option<String>) -> String {
    let mut html = String::with_capacity(welsh.len());
    let mut rest = welsh;
    while let Some((before, after)) = rest.split_once('<') {
        html.push_str(&encoded(before));
        let tag = after.split_once('>').and_then(|(tag, after)| {
            let is_end = tag.starts_with('/');
            let number: usize = tag.trim_matches('/').parse().ok()?;
            let at = number.checked_sub(1)? * 2 + usize::from(is_end);
            Some((tag_at(at)?, after))
        });
        if let Some((tag, after)) = tag {
            html.push_str(&tag);
            rest = after;
        } else {
            html.push_str("&lt;");
            rest = after;
        }
    }
    html.push_str(&encoded(rest));
    html
}

/// Returns how many more elements begin in a phrase than end in it.
pub fn opens(parts: &[Part<'_>]) -> isize {
    let counts = parts.iter().map(|part| match part {
        Part::Open(_) => 1,
        Part::End(_) => -1,
        Part::Text(_) | Part::Alone(_) => 0,
    });
    counts.sum()
}

/// Returns whether the first and the last part are the tags of one element.
pub fn one_element(parts: &[Part<'_>]) -> bool {
    let mut depth = 0_usize;
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Open(_) => depth += 1,
            Part::End(_) => depth = depth.saturating_sub(1),
            Part::Text(_) | Part::Alone(_) => {}
        }
        if depth == 0 {
            return at + 1 == parts.len();
        }
    }
    false
}

/// Returns whether a text has letters, and so words.
pub fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}

/// Replaces each group of white space by one space, and removes it at the ends.
pub fn one_line(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() && letter != '\u{a0}');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_has_numbers_for_its_tags() {
        let parts = [
            Part::Text("Read &amp; sign\n the "),
            Part::Open("<a href=\"/t\">"),
            Part::Text("terms"),
            Part::End("</a>"),
            Part::Alone("<br>"),
            Part::Text("now"),
        ];
        let (text, tags) = key(&parts);
        assert_eq!(text, "Read & sign the <1>terms</1><2/>now");
        assert_eq!(tags, ["<a href=\"/t\">", "</a>", "<br>", ""]);
        let html = with_tags("Nawr<2/> y <1>telerau</1> & <b>", |at| {
            tags.get(at).map(ToString::to_string)
        });
        assert_eq!(
            html,
            "Nawr<br> y <a href=\"/t\">telerau</a> &amp; &lt;b&gt;"
        );
    }

    #[test]
    fn elements_that_reach_beyond_a_phrase_are_found() {
        let parts = [Part::Open("<a>"), Part::Text("x"), Part::End("</a>")];
        assert!(one_element(&parts));
        assert_eq!(opens(&parts), 0);
        assert_eq!(opens(&parts[..2]), 1);
        assert!(!one_element(&parts[..2]));
    }
}
