//! Puts the Welsh into a finished page.
//!
//! A phrase of a page is the text between two block elements. Links and other inline elements inside
//! it have numbers, so a translator can move them: `Read the <1>privacy notice</1>`.

use std::fmt::Write as _;

use crate::catalogue::Catalogue;
use crate::markup::{Token, decoded, encoded, tokens, value_of};
use crate::phrase::{Part, has_letters, key, one_element, one_line, opens, with_tags};

/// Elements inside a phrase.
const INLINE: [&str; 17] = [
    "a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "kbd", "q", "small", "span",
    "strong", "sub", "sup", "time",
];
/// Classes of inline elements that are phrases of their own.
const ALONE: [&str; 4] = [
    "govuk-visually-hidden",
    "govuk-tag",
    "govuk-service-navigation",
    "govuk-phase-banner__content__tag",
];
/// Elements whose content is never translated.
const OPAQUE: [&str; 4] = ["script", "style", "svg", "textarea"];
/// Elements that contain answers.
const ANSWERS: [&str; 2] = ["dd", "td"];
/// Attributes that people read or hear.
const READ: [&str; 4] = ["aria-label", "title", "alt", "placeholder"];
/// The fewest words of a phrase that is marked as English if it has no Welsh. Names have fewer.
const FEWEST_OF_A_SENTENCE: usize = 5;

/// A page in Welsh.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Translated {
    /// The HTML.
    pub html: String,
    /// The phrases without Welsh.
    pub missing: Vec<Missing>,
}

/// A phrase without Welsh: an answer, or a gap in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The phrase, as the catalogue would have it.
    pub english: String,
    /// Whether it is in an element that contains answers.
    pub is_answer: bool,
}

/// The state while a page is translated.
struct Translation<'c, 'h> {
    catalogue: &'c Catalogue,
    page: Translated,
    phrase: Vec<Part<'h>>,
    /// The depth of inline elements that are phrases of their own.
    alone: Vec<(&'h str, bool)>,
    in_answer: usize,
    in_title: bool,
}

impl Catalogue {
    /// Puts the Welsh into a page. The page no longer loads the WebAssembly, which would draw it in
    /// English.
    #[must_use]
    pub fn page(&self, html: &str) -> Translated {
        let mut translation = Translation {
            catalogue: self,
            page: Translated {
                html: String::with_capacity(html.len() + html.len() / 8),
                missing: Vec::new(),
            },
            phrase: Vec::new(),
            alone: Vec::new(),
            in_answer: 0,
            in_title: false,
        };
        translation.read(html);
        translation.page
    }

    /// Returns the Welsh of a window title: what the page is about, then the names of the service
    /// and the site, separated by hyphens.
    fn title(&self, english: &str) -> Option<String> {
        let mut about = english;
        let mut names = String::new();
        while let Some((before, name)) = about.rsplit_once(" - ")
            && let Some(welsh) = self.fixed_text(name)
        {
            names.insert_str(0, &[" - ", welsh].concat());
            about = before;
        }
        let about = match about.strip_prefix("Error: ") {
            Some(about) => ["Gwall: ", &self.text(about)?].concat(),
            None => self.text(about)?,
        };
        Some(about + &names)
    }
}

impl<'h> Translation<'_, 'h> {
    fn read(&mut self, html: &'h str) {
        let mut opaque: Option<(&str, usize)> = None;
        for token in tokens(html) {
            if let Some((open, depth)) = &mut opaque {
                let (Token::Tag { raw, .. } | Token::Text(raw) | Token::Comment(raw)) = token;
                if let Token::Tag { raw, name, is_end } = token
                    && name == *open
                    && !raw.ends_with("/>")
                {
                    if is_end {
                        *depth -= 1;
                    } else {
                        *depth += 1;
                    }
                }
                self.page.html.push_str(raw);
                if *depth == 0 {
                    opaque = None;
                }
                continue;
            }
            match token {
                Token::Comment(raw) => {
                    // Comments between two texts only help the WebAssembly.
                    if self.phrase.is_empty() {
                        self.page.html.push_str(raw);
                    }
                }
                Token::Text(raw) => self.phrase.push(Part::Text(raw)),
                Token::Tag { raw, name, is_end } => {
                    let is_void = raw.ends_with("/>")
                        || matches!(
                            name,
                            "br" | "input" | "img" | "link" | "meta" | "hr" | "wbr" | "col"
                        );
                    let keeps = OPAQUE.contains(&name) || raw.contains(" translate=\"no\"");
                    if keeps && !is_end && !is_void {
                        self.finish();
                        self.page.html.push_str(raw);
                        opaque = Some((name, 1));
                    } else {
                        self.tag(raw, name, is_end, is_void);
                    }
                }
            }
        }
        self.finish();
    }

    fn tag(&mut self, raw: &'h str, name: &'h str, is_end: bool, is_void: bool) {
        if INLINE.contains(&name) {
            let is_alone = if is_end {
                let open = self.alone.iter().rposition(|(open, _)| *open == name);
                open.is_some_and(|at| self.alone.remove(at).1)
            } else {
                let is_alone = value_of(raw, "class").is_some_and(|class| {
                    ALONE.iter().any(|alone| raw[class.clone()].contains(alone))
                });
                if !is_void {
                    self.alone.push((name, is_alone));
                }
                is_alone
            };
            if !is_alone {
                self.phrase.push(match (is_void, is_end) {
                    (true, _) => Part::Alone(raw),
                    (false, true) => Part::End(raw),
                    (false, false) => Part::Open(raw),
                });
                return;
            }
        }
        self.finish();
        if ANSWERS.contains(&name) {
            if is_end {
                self.in_answer = self.in_answer.saturating_sub(1);
            } else {
                self.in_answer += 1;
            }
        }
        if name == "title" {
            self.in_title = !is_end;
        }
        if raw.contains("id=\"registration-wasm\"") {
            return;
        }
        let tag = self.with_attributes(raw);
        if name == "html" && !is_end {
            self.page
                .html
                .push_str(&tag.replacen("lang=\"en\"", "lang=\"cy\"", 1));
        } else {
            self.page.html.push_str(&tag);
        }
    }

    /// Translates the attributes of a tag that people read or hear.
    fn with_attributes(&mut self, raw: &str) -> String {
        let mut tag = raw.to_owned();
        for attribute in READ {
            let Some(place) = value_of(&tag, attribute) else {
                continue;
            };
            let english = decoded(&tag[place.clone()]).into_owned();
            if let Some(welsh) = self.catalogue.text(&english) {
                tag.replace_range(place, &encoded(&welsh));
            } else {
                self.miss(english);
            }
        }
        tag
    }

    /// Translates the phrase that has been read, and begins the next.
    fn finish(&mut self) {
        let mut parts = std::mem::take(&mut self.phrase);
        let has_words = parts
            .iter()
            .any(|part| matches!(part, Part::Text(text) if has_letters(&decoded(text))));
        if !has_words {
            for part in parts {
                self.as_it_is(&part);
            }
            return;
        }
        // Tags and spaces around the words are no part of the phrase.
        let mut after = Vec::new();
        loop {
            match parts.as_slice() {
                [Part::Open(_), .., Part::End(_)] if one_element(&parts) => {
                    after.extend(parts.pop());
                    let first = parts.remove(0);
                    self.as_it_is(&first);
                }
                [Part::Text(text), ..] if text.trim().is_empty() => {
                    let first = parts.remove(0);
                    self.as_it_is(&first);
                }
                [.., Part::Text(text)] if text.trim().is_empty() => after.extend(parts.pop()),
                // The start or the end of an element that reaches beyond the phrase.
                [Part::Open(_), ..] if opens(&parts) > 0 => {
                    let first = parts.remove(0);
                    self.as_it_is(&first);
                }
                [Part::End(_), ..] => {
                    let first = parts.remove(0);
                    self.as_it_is(&first);
                }
                [.., Part::End(_)] if opens(&parts) < 0 => after.extend(parts.pop()),
                [Part::Alone(_), ..] => {
                    let first = parts.remove(0);
                    self.as_it_is(&first);
                }
                [.., Part::Alone(_)] => after.extend(parts.pop()),
                _ => break,
            }
        }
        self.phrase_of(&parts);
        for part in after.into_iter().rev() {
            self.as_it_is(&part);
        }
    }

    fn phrase_of(&mut self, parts: &[Part<'h>]) {
        let (english, tags) = key(parts);
        // Somebody may have typed what looks like a numbered tag.
        let is_plain = parts.iter().all(|part| match part {
            Part::Text(raw) => !raw.contains("&lt;") || tags.is_empty(),
            _ => true,
        });
        if let Some(welsh) = self.welsh(&english).filter(|_| is_plain) {
            let starts_with_space = matches!(parts.first(), Some(Part::Text(text)) if text.starts_with(char::is_whitespace));
            let ends_with_space = matches!(parts.last(), Some(Part::Text(text)) if text.ends_with(char::is_whitespace));
            if starts_with_space {
                self.page.html.push(' ');
            }
            let html = with_tags(&welsh, |tag| {
                let tag = tags.get(tag).copied()?;
                Some(self.with_attributes(tag))
            });
            self.page.html.push_str(&html);
            if ends_with_space {
                self.page.html.push(' ');
            }
            return;
        }
        let mut gaps = false;
        let texts = parts
            .iter()
            .filter(|part| matches!(part, Part::Text(_)))
            .count();
        for part in parts {
            let Part::Text(text) = part else {
                self.as_it_is(part);
                continue;
            };
            let words = one_line(&decoded(text));
            if let Some(welsh) = self.welsh(&words).filter(|_| texts > 1) {
                self.page.html.push_str(&around(text, &encoded(&welsh)));
                continue;
            }
            gaps |= has_letters(&words);
            let is_sentence = words.split(' ').count() >= FEWEST_OF_A_SENTENCE
                && self.in_answer == 0
                && !self.in_title;
            if is_sentence {
                let _ = write!(self.page.html, "<span lang=\"en\">{text}</span>");
            } else {
                self.page.html.push_str(text);
            }
        }
        if gaps {
            self.miss(english);
        }
    }

    fn welsh(&self, english: &str) -> Option<String> {
        if self.in_title {
            self.catalogue.title(english)
        } else if self.in_answer > 0 {
            self.catalogue.answer(english)
        } else {
            self.catalogue.text(english)
        }
    }

    fn as_it_is(&mut self, part: &Part<'h>) {
        match part {
            Part::Text(raw) | Part::End(raw) => self.page.html.push_str(raw),
            Part::Open(raw) | Part::Alone(raw) => {
                let tag = self.with_attributes(raw);
                self.page.html.push_str(&tag);
            }
        }
    }

    fn miss(&mut self, english: String) {
        if has_letters(&english) {
            self.page.missing.push(Missing {
                english,
                is_answer: self.in_answer > 0,
            });
        }
    }
}

/// Puts the white space around a text around another.
fn around(text: &str, other: &str) -> String {
    let begins = text.starts_with(char::is_whitespace);
    let ends = text.ends_with(char::is_whitespace);
    let space = |is_there: bool| if is_there { " " } else { "" };
    [space(begins), other, space(ends)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: &str = "msgid \"Read the <1>privacy notice</1> first.\"\nmsgstr \"Yn gyntaf, darllenwch yr <1>hysbysiad preifatrwydd</1>.\"\n\n\
        msgid \"Help\"\nmsgstr \"Cymorth\"\n\n\
        msgid \"Error:\"\nmsgstr \"Gwall:\"\n\n\
        msgid \"Enter {words}\"\nmsgstr \"Rhowch {words}\"\n\n\
        msgid \"a name\"\nmsgstr \"enw\"";

    fn welsh(html: &str) -> Translated {
        Catalogue::read(&[("a.po", TEXTS)]).unwrap().page(html)
    }

    #[test]
    fn a_phrase_keeps_its_links_and_their_place() {
        assert_eq!(
            welsh("<p>Read the <a href=\"/privacy\">privacy<!> notice</a> first.</p>").html,
            "<p>Yn gyntaf, darllenwch yr <a href=\"/privacy\">hysbysiad preifatrwydd</a>.</p>"
        );
    }

    #[test]
    fn tags_around_a_phrase_are_no_part_of_it() {
        assert_eq!(
            welsh("<li> <a href=\"/help\" title=\"Help\"><b>Help</b></a></li>").html,
            "<li> <a href=\"/help\" title=\"Cymorth\"><b>Cymorth</b></a></li>"
        );
        assert_eq!(
            welsh("<p><span class=\"govuk-visually-hidden\">Error:</span> Enter a name</p>").html,
            "<p><span class=\"govuk-visually-hidden\">Gwall:</span> Rhowch enw</p>"
        );
    }

    #[test]
    fn answers_scripts_and_what_is_typed_stay() {
        for html in [
            "<script>Help</script>",
            "<textarea name=\"a\">Help</textarea>",
            "<p translate=\"no\">Help <b>Help</b></p>",
            "<input value=\"Help\">",
            "<td>Enter Ltd</td>",
        ] {
            assert_eq!(welsh(html).html, html);
        }
    }

    #[test]
    fn a_phrase_without_welsh_is_listed_and_a_sentence_is_marked_as_english() {
        let page = welsh("<p>Nobody has translated this sentence.</p><p>Amara</p>");
        assert_eq!(
            page.html,
            "<p><span lang=\"en\">Nobody has translated this sentence.</span></p><p>Amara</p>"
        );
        let missing: Vec<_> = page
            .missing
            .iter()
            .map(|missing| &*missing.english)
            .collect();
        assert_eq!(missing, ["Nobody has translated this sentence.", "Amara"]);
    }

    #[test]
    fn the_document_is_welsh_and_loads_no_webassembly() {
        let page = welsh(
            "<html lang=\"en\"><link id=\"registration-wasm\" href=\"/a.wasm\"><title>Error: Help - Help</title></html>",
        );
        assert_eq!(
            page.html,
            "<html lang=\"cy\"><title>Gwall: Cymorth - Cymorth</title></html>"
        );
    }

    #[test]
    fn what_was_typed_stays_escaped() {
        assert_eq!(
            welsh("<p>Enter &lt;b&gt; &amp; c</p>").html,
            "<p>Rhowch &lt;b&gt; &amp; c</p>"
        );
    }
}
