//! Parses the HTML of the question pages into the parts of the paper form.
//!
//! The HTML comes from this program, so its elements are known: components of the GOV.UK Design
//! System, each identified by its tag and class.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// A part of the paper form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading below the title of the form, which has level 1.
    Heading {
        /// The level: 2 for a section of the form, 3 for a question page, 4 within a page.
        level: u8,
        /// The text of the heading.
        words: String,
    },
    /// A paragraph.
    Paragraph(String),
    /// A line of a list.
    Item {
        /// The number of the line; `None` for a bullet.
        number: Option<usize>,
        /// The text of the line.
        words: String,
        /// Whether the line belongs to a list that is nested in a line of another list.
        nested: bool,
    },
    /// The text of a question.
    Question(String),
    /// A hint for the answer.
    Hint(String),
    /// Room for an answer; contains the number of lines.
    Answer(u8),
    /// An answer to choose, with a box to tick.
    Choice(String),
}

/// Parses the parts of a page's HTML, in order.
pub fn parts_of(html: &str) -> Vec<Part> {
    // Between two texts leptos writes `<!>`, which is not XML.
    let html = html.replace("<!>", "");
    let mut reading = Reading::default();
    let mut reader = Reader::from_str(&html);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => reading.open(&tag),
            Ok(Event::End(tag)) => reading.close(tag.name().as_ref()),
            Ok(Event::Text(text)) => reading.say(&text),
            Ok(Event::GeneralRef(entity)) => {
                reading.say(&format!("&{};", &*entity));
            }
            // HTML that cannot be parsed ends the form early; the tests would then fail.
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    reading.flush();
    reading.parts
}

/// The kind of part that the next text becomes.
#[derive(Clone, Copy)]
enum Kind {
    Heading(u8),
    Paragraph,
    Item,
    Question,
    Hint,
    Choice,
}

#[derive(Default)]
struct Reading {
    parts: Vec<Part>,
    /// The kind of the part that is being read, with the part's text as HTML; `None` between two
    /// parts.
    current: Option<(Kind, String)>,
    /// The level of the open heading; `None` outside a heading. A label inside a heading becomes
    /// the heading's text.
    heading: Option<u8>,
    /// The open lists, outermost first: the number of the last line, or `None` for a bulleted list.
    lists: Vec<Option<usize>>,
}

impl Reading {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let class = attribute(tag, "class");
        let has = |name: &str| class.split_whitespace().any(|class| class == name);
        match tag.name().as_ref() {
            "h1" => self.begin_heading(3),
            "h2" | "h3" => self.begin_heading(4),
            "p" => self.begin(Kind::Paragraph),
            "ol" | "ul" => {
                self.flush();
                self.lists.push((tag.name().as_ref() == "ol").then_some(0));
            }
            "li" => {
                self.begin(Kind::Item);
                if let Some(Some(number)) = self.lists.last_mut() {
                    *number += 1;
                }
            }
            "legend" => self.begin(Kind::Question),
            "label" if has("govuk-radios__label") || has("govuk-checkboxes__label") => {
                self.begin(Kind::Choice);
            }
            "label" => {
                let kind = self.heading.map_or(Kind::Question, Kind::Heading);
                self.begin(kind);
            }
            "div" if has("govuk-hint") => self.begin(Kind::Hint),
            "textarea" => {
                self.flush();
                let lines = attribute(tag, "rows").parse().unwrap_or(1);
                self.parts.push(Part::Answer(lines));
            }
            "input" => {
                self.flush();
                let is_typed_into = matches!(
                    attribute(tag, "type").as_str(),
                    "text" | "email" | "tel" | "search"
                );
                if is_typed_into {
                    self.parts.push(Part::Answer(1));
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: &str) {
        match tag {
            "h1" | "h2" | "h3" => {
                self.flush();
                self.heading = None;
            }
            "ol" | "ul" => {
                self.flush();
                self.lists.pop();
            }
            "p" | "li" | "legend" | "label" | "div" => self.flush(),
            _ => {}
        }
    }

    fn begin_heading(&mut self, level: u8) {
        self.begin(Kind::Heading(level));
        self.heading = Some(level);
    }

    fn begin(&mut self, kind: Kind) {
        self.flush();
        self.current = Some((kind, String::new()));
    }

    fn say(&mut self, html: &str) {
        if let Some((_, words)) = &mut self.current {
            words.push_str(html);
        }
    }

    fn flush(&mut self) {
        let Some((kind, html)) = self.current.take() else {
            return;
        };
        let words = unescape(&html).map_or_else(|_| html.clone(), std::borrow::Cow::into_owned);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return;
        }
        self.parts.push(match kind {
            Kind::Heading(level) => Part::Heading { level, words },
            Kind::Paragraph => Part::Paragraph(words),
            Kind::Item => Part::Item {
                number: self.lists.last().copied().flatten(),
                words,
                nested: self.lists.len() > 1,
            },
            Kind::Question => Part::Question(words),
            Kind::Hint => Part::Hint(words),
            Kind::Choice => Part::Choice(words),
        });
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    tag.try_get_attribute(name)
        .ok()
        .flatten()
        .map(|found| found.value.into_owned())
        .unwrap_or_default()
}
