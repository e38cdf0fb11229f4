//! Splits the HTML of a page into tags and texts. The HTML must be well formed, as Leptos writes it.

use std::borrow::Cow;

/// A token of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'h> {
    /// A tag: its whole text, and its name in lower case.
    Tag {
        /// The text from `<` to `>`.
        raw: &'h str,
        /// The name of the element.
        name: &'h str,
        /// Whether it is an end tag.
        is_end: bool,
    },
    /// A text, with its entities.
    Text(&'h str),
    /// A comment or the document type.
    Comment(&'h str),
}

/// The tokens of HTML. The content of scripts and styles is one text.
pub struct Tokens<'h> {
    rest: &'h str,
    /// The element whose content is no HTML, after its start tag.
    opaque: Option<&'h str>,
}

/// Splits HTML into tokens.
pub const fn tokens(html: &str) -> Tokens<'_> {
    Tokens {
        rest: html,
        opaque: None,
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some(name) = self.opaque.take() {
            let end = self
                .rest
                .find(&["</", name].concat())
                .unwrap_or(self.rest.len());
            if end > 0 {
                return Some(Token::Text(self.cut(end)));
            }
        }
        if !self.rest.starts_with('<') {
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            return Some(Token::Text(self.cut(end)));
        }
        let end = if self.rest.starts_with("<!--") {
            self.rest.find("-->").map_or(self.rest.len(), |end| end + 3)
        } else {
            end_of_tag(self.rest)
        };
        let raw = self.cut(end);
        if raw.starts_with("<!") {
            return Some(Token::Comment(raw));
        }
        let is_end = raw.starts_with("</");
        let inner = &raw[if is_end { 2 } else { 1 }..];
        let name_end = inner
            .find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/'))
            .unwrap_or(inner.len());
        let name = &inner[..name_end];
        if !is_end && matches!(name, "script" | "style") {
            self.opaque = Some(name);
        }
        Some(Token::Tag { raw, name, is_end })
    }
}

impl<'h> Tokens<'h> {
    fn cut(&mut self, end: usize) -> &'h str {
        let (cut, rest) = self.rest.split_at(end);
        self.rest = rest;
        cut
    }
}

/// Returns the length of a tag. A `>` in quotation marks does not end a tag.
fn end_of_tag(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// Returns the place of an attribute's value in a tag; `None` if the tag has no such attribute with
/// a value in quotation marks.
pub fn value_of(raw: &str, attribute: &str) -> Option<std::ops::Range<usize>> {
    let mark = [" ", attribute, "=\""].concat();
    let start = raw.find(&mark)? + mark.len();
    let end = start + raw[start..].find('"')?;
    Some(start..end)
}

/// Resolves the entities of a text.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let found = after.split_once(';').and_then(|(name, after)| {
            let letter = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => '\u{a0}',
                _ => {
                    let code = name.strip_prefix('#')?;
                    let code = match code.strip_prefix(['x', 'X']) {
                        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                        None => code.parse().ok()?,
                    };
                    char::from_u32(code)?
                }
            };
            Some((letter, after))
        });
        if let Some((letter, after)) = found {
            decoded.push(letter);
            rest = after;
        } else {
            decoded.push('&');
            rest = after;
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Writes a text as HTML, also inside an attribute.
pub fn encoded(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            letter => html.push(letter),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_split_into_tags_and_texts() {
        let html = "<!DOCTYPE html><p title=\"a>b\">x<!> y</p><script>if (a<b) {}</script><br/>";
        let whole: String = tokens(html)
            .map(|token| match token {
                Token::Tag { raw, .. } | Token::Text(raw) | Token::Comment(raw) => raw,
            })
            .collect();
        assert_eq!(whole, html);
        assert!(tokens(html).any(|token| token == Token::Text("if (a<b) {}")));
        assert!(tokens(html).any(|token| matches!(token, Token::Tag { name: "br", .. })));
    }

    #[test]
    fn entities_are_resolved_and_written() {
        assert_eq!(
            decoded("a &amp;&nbsp;b &#x27;c&#39; &unknown; & d"),
            "a &\u{a0}b 'c' &unknown; & d"
        );
        assert_eq!(encoded("<a> & \"b\""), "&lt;a&gt; &amp; &quot;b&quot;");
    }

    #[test]
    fn the_value_of_an_attribute_is_found() {
        let tag = "<a href=\"/x\" aria-label=\"Next\">";
        assert_eq!(&tag[value_of(tag, "aria-label").unwrap()], "Next");
        assert_eq!(value_of(tag, "title"), None);
    }
}
