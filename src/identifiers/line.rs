//! The rule for one line of text, shared by people's names, job titles, organisations' names and
//! address lines.
//!
//! Names may contain any printable character. Apart from empty and overlong lines, the rule rejects
//! only text that cannot be a name: control characters, web addresses, emoji alone, and text that a
//! spreadsheet would run as a formula. In addresses, the rule also rejects angle brackets.

use std::borrow::Cow;

use crate::problem::Problem;
use crate::text::{is_oversized, tidy};

/// A kind of line, with its limits and its noun for messages.
#[derive(Clone, Copy)]
pub(super) struct Line<'n> {
    /// The kind, such as `name`, which is the prefix of the problem codes.
    pub kind: &'static str,
    /// The noun for messages, with its article, such as `a first name`.
    pub noun: &'n str,
    /// The maximum length, in characters.
    pub limit: usize,
    /// Whether `<` and `>` are allowed.
    pub brackets: bool,
    /// Whether a host without `www.` is allowed, as in the organisation name `Booking.com Ltd`.
    pub hosts: bool,
}

impl Line<'_> {
    /// Checks and tidies a line of 1 to `limit` characters.
    pub(super) fn check<'t>(&self, typed: &'t str) -> Result<Cow<'t, str>, Problem> {
        if self.is_plain(typed.as_bytes()) {
            return Ok(Cow::Borrowed(typed));
        }
        if is_oversized(typed, self.limit) {
            return Err(self.problem(Fault::TooLong));
        }
        let tidied = tidy(typed);
        match self.fault(&tidied) {
            None => Ok(tidied),
            Some(fault) => Err(self.problem(fault)),
        }
    }

    /// Checks and tidies a line as `check` does, but accepts an empty line.
    pub(super) fn check_optional<'t>(&self, typed: &'t str) -> Result<Cow<'t, str>, Problem> {
        if is_oversized(typed, self.limit) {
            return Err(self.problem(Fault::TooLong));
        }
        let tidied = tidy(typed);
        match self.fault(&tidied) {
            None | Some(Fault::Empty) => Ok(tidied),
            Some(fault) => Err(self.problem(fault)),
        }
    }

    /// Whether a line is within the limit and needs no further checks: it has only ASCII letters,
    /// digits, hyphens, apostrophes and single spaces between them, and does not begin with a
    /// hyphen.
    fn is_plain(&self, bytes: &[u8]) -> bool {
        if bytes.len() > self.limit {
            return false;
        }
        let mut before = SPACE;
        for &byte in bytes {
            let class = PLAIN[usize::from(byte)];
            if class == 0 || (class == SPACE && before == SPACE) {
                return false;
            }
            before = class;
        }
        before != SPACE && bytes[0] != b'-'
    }

    fn fault(&self, tidied: &str) -> Option<Fault> {
        let first = tidied.chars().next();
        let mut letters = 0;
        let mut worded = false;
        let mut drawn = false;
        for letter in tidied.chars() {
            letters += 1;
            if letter.is_control() || letter == '\u{FFFD}' {
                return Some(Fault::Characters);
            }
            if !self.brackets && matches!(letter, '<' | '>') {
                return Some(Fault::Brackets);
            }
            let picture = is_picture(letter);
            worded |= !picture && letter.is_alphanumeric();
            drawn |= picture;
        }
        match first {
            None => Some(Fault::Empty),
            Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => Some(Fault::Start),
            _ if letters > self.limit => Some(Fault::TooLong),
            _ if drawn && !worded => Some(Fault::Emoji),
            _ if holds_web_address(tidied) || (!self.hosts && holds_host(tidied)) => {
                Some(Fault::WebAddress)
            }
            _ => None,
        }
    }

    fn problem(&self, fault: Fault) -> Problem {
        let bare = without_article(self.noun);
        let (code, words) = match fault {
            Fault::Empty => ("empty", format!("Enter {}", self.noun)),
            Fault::TooLong => (
                "too-long",
                format!("{bare} must be {} characters or fewer", self.limit),
            ),
            Fault::Characters => (
                "characters",
                format!("{bare} must not include characters that cannot be printed: type it again"),
            ),
            Fault::Brackets => ("brackets", format!("{bare} must not include < or >")),
            Fault::Start => ("start", format!("{bare} must not begin with =, +, - or @")),
            Fault::Emoji => (
                "emoji",
                format!("{bare} must include at least one letter or number"),
            ),
            Fault::WebAddress => (
                "web-address",
                format!("{bare} must not include a web address, like www.example.com"),
            ),
        };
        Problem::new(self.kind, format!("{}-{code}", self.kind), words)
    }
}

#[derive(Clone, Copy)]
enum Fault {
    Empty,
    TooLong,
    Characters,
    Brackets,
    Start,
    Emoji,
    WebAddress,
}

const SPACE: u8 = 2;

/// The class of each byte: 1 for letters, digits, `'` and `-`; `SPACE` for a space; 0 for other
/// bytes.
static PLAIN: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'\'' | b'-' => 1,
            b' ' => SPACE,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// Turns a noun such as `a first name` into the start of a sentence: `First name`.
fn without_article(noun: &str) -> String {
    let bare = match noun.split_once(' ') {
        Some(("a" | "an" | "the" | "your" | "their", rest)) => rest,
        _ => noun,
    };
    let mut letters = bare.chars();
    letters.next().map_or_else(String::new, |first| {
        // Every noun begins with an ASCII letter.
        std::iter::once(first.to_ascii_uppercase())
            .chain(letters)
            .collect()
    })
}

/// Whether a character is a picture, such as an emoji, an arrow or a box. Pictures alone are not a
/// name.
fn is_picture(letter: char) -> bool {
    matches!(letter,
        '\u{2190}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}' | '\u{E000}'..='\u{F8FF}'
        | '\u{A9}' | '\u{AE}' | '\u{2122}' | '\u{203C}' | '\u{2049}' | '\u{20E3}')
}

/// Whether a text contains a web address.
///
/// Web addresses are `http://…`, `mailto:…`, `www.…`, and a host with a common ending before a
/// slash, a colon or a question mark. `Booking.com Ltd` has none.
fn holds_web_address(tidied: &str) -> bool {
    if !tidied.contains(['.', ':']) {
        return false;
    }
    let lower = tidied.to_ascii_lowercase();
    ["://", "http:", "https:", "mailto:", "www."]
        .iter()
        .any(|part| lower.contains(part))
        || lower
            .match_indices(['/', ':', '?'])
            .any(|(at, _)| ends_like_a_domain(&lower[..at]))
}

/// Whether a word of the text looks like a host, such as `login.evil.co.uk`.
fn holds_host(tidied: &str) -> bool {
    let lower = tidied.to_ascii_lowercase();
    lower
        .split_whitespace()
        .map(|word| word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric()))
        .any(|word| {
            HOSTS.iter().any(|ending| {
                word.strip_suffix(ending)
                    .is_some_and(|rest| !rest.is_empty())
            })
        })
}

fn ends_like_a_domain(before: &str) -> bool {
    let Some((rest, ending)) = before.rsplit_once('.') else {
        return false;
    };
    ENDINGS.contains(&ending) && rest.ends_with(|last: char| last.is_ascii_alphanumeric())
}

/// Endings of hosts, none of which occurs in people's names.
///
/// The list leaves out `.de` and `.co`, because `J.de Souza` and `A.Co` are names.
const HOSTS: [&str; 8] = [
    ".com", ".net", ".org", ".info", ".biz", ".co.uk", ".org.uk", ".gov.uk",
];

/// The endings of most web addresses that people paste into forms.
const ENDINGS: [&str; 28] = [
    "com", "net", "org", "info", "biz", "co", "uk", "gov", "eu", "io", "ru", "cn", "de", "fr",
    "me", "ly", "gl", "xyz", "top", "link", "site", "online", "shop", "app", "law", "example",
    "tk", "us",
];
