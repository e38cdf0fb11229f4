//! Removes the words that people add around a name: titles, honours, jobs, remarks and footnote
//! marks.
//!
//! The removed parts are returned for a note to the sender. A text that is not the name of exactly
//! one person has a [`Doubt`], and only the sender can correct it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::left_words::{self, left_alone, says_left};
use crate::spreadsheet::job_words::{
    JOBS_ALONE, before_job, begins_with_job, is_job, job_in_front,
};
use crate::spreadsheet::name_words::{
    HONOURS, HONOURS_IN_ANY_CASE, HONOURS_OR_NAMES, JOBS, NOBODY, OTHER_NAMES, PAIRS, PRONOUNS,
    REMARKS_BEHIND, TITLES, TITLES_BEFORE_TWO, TITLES_OF_TWO,
};
use crate::spreadsheet::{escapes, mojibake, plain_letters};
use crate::text::tidy;

/// A name, and the parts that were removed from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BareName<'t> {
    /// The name without titles, honours, remarks and marks.
    pub name: Cow<'t, str>,
    /// The name without remarks and marks, but with titles and honours.
    pub with_titles: Cow<'t, str>,
    /// The removed parts, in the order of removal.
    pub taken_off: Vec<String>,
    /// Whether letters were changed: wrongly decoded letters were repaired, escapes were decoded,
    /// or ligatures or styled letters were replaced.
    pub respelt: bool,
}

/// The reason why a text is not the name of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// The text is a placeholder for a missing name, such as "TBC" or "vacant", or has only ASCII
    /// signs.
    Nobody,
    /// The text has more than three digits, or digits and no letters.
    Number,
    /// The text is an email address.
    Email,
    /// The text names more than one person.
    Several,
    /// The text is a title or an honour alone.
    Title,
    /// The text is a job, a team or a room: "Head of Crime".
    Job,
    /// A question mark or the digit 0 stands in the place of a letter: "Si?n", "0wen".
    Lost,
    /// The last word may say that the person has left, or may be the surname: "Ann Mary Leaver".
    Leaver,
    /// The last word may be a job or the surname: "Ann Lee Clerk".
    JobOrSurname,
    /// The text contains tags of a web page.
    Markup,
    /// The text has a bracket without its counterpart.
    Bracket,
    /// The text begins with one or two surnames, and only the sender knows how many: "García López
    /// María".
    Surnames,
    /// The text ends with capitals that may be an honour or a surname.
    Letters,
}

impl<'t> BareName<'t> {
    /// Removes remarks, titles, honours and marks from a tidied name.
    pub(super) fn of(tidied: &'t str) -> Self {
        let mut bare = Self {
            name: Cow::Borrowed(tidied),
            with_titles: Cow::Borrowed(tidied),
            taken_off: Vec::new(),
            respelt: false,
        };
        if is_plain(tidied) {
            return bare;
        }
        bare.respell();
        if is_one_word(&bare.name) {
            bare.with_titles.clone_from(&bare.name);
            return bare;
        }
        bare.take_off_remarks();
        bare.with_titles.clone_from(&bare.name);
        bare.take_off_titles();
        bare.take_off_honours();
        bare
    }

    /// Whether anything was removed or changed.
    pub(super) fn is_changed(&self) -> bool {
        self.respelt || !self.taken_off.is_empty()
    }

    /// Returns the removed remark which says that the person has left; `None` if there is none.
    pub(super) fn left(&self) -> Option<&str> {
        self.taken_off
            .iter()
            .map(String::as_str)
            .find(|remark| says_left(remark))
    }

    /// Removes the titles before a name; at least one word stays.
    pub(super) fn take_off_titles(&mut self) {
        while let Some(length) = title_at(&self.name) {
            self.take_off_front(length);
        }
    }

    /// Removes the honours after a name; at least one word stays.
    pub(super) fn take_off_honours(&mut self) {
        while let Some(kept) = before_honour(&self.name) {
            self.keep_front(kept);
        }
    }

    fn respell(&mut self) {
        // A program may escape a text that is already escaped: "D&amp;#39;Arcy".
        for _ in 0..2 {
            let Some(decoded) = escapes::decoded(&self.name) else {
                break;
            };
            self.name = Cow::Owned(tidy(&decoded).into_owned());
            self.respelt = true;
        }
        if let Some(mended) = mojibake::mended(&self.name) {
            self.name = Cow::Owned(mended);
            self.respelt = true;
        }
        if let Cow::Owned(plain) = plain_letters(&self.name) {
            self.name = Cow::Owned(plain);
            self.respelt = true;
        }
    }

    fn take_off_remarks(&mut self) {
        if let Some((kept, _)) = self.name.split_once('<')
            && self.name.ends_with('>')
            && self.name.contains('@')
            && kept.contains(char::is_alphabetic)
        {
            // "Ann Lee <ann@firm.example>", as an email program writes it.
            self.keep_front(kept.trim_end().len());
        }
        if let Some(rest) = ["- ", "– ", "-- ", "> "]
            .iter()
            .find_map(|sign| self.name.strip_prefix(sign))
        {
            self.take_off_front(self.name.len() - rest.len());
        }
        while let Some((start, end)) = in_brackets(&self.name) {
            self.take_out(start, end);
        }
        self.take_off_brackets();
        while let Some((start, end)) = pronouns(&self.name) {
            self.take_out(start, end);
        }
        if let Some(length) = number_in_front(&self.name) {
            self.take_off_front(length);
        }
        if let Some(length) = label_in_front(&self.name) {
            self.take_off_front(length);
        }
        if let Some(length) = left_in_front(&self.name) {
            self.take_off_front(length);
        }
        if let Some((kept, sign)) = behind_a_dash(&self.name) {
            let remark = self.name.get(kept + sign..).unwrap_or_default().trim();
            self.taken_off.push(remark.to_owned());
            self.shorten(kept);
        }
        if let Some(kept) = before_remark(&self.name) {
            self.keep_front(kept);
        }
        if let Some(kept) = before_left(&self.name) {
            self.keep_front(kept);
        }
        self.take_off_marks();
        if let Some(kept) = before_job(&self.name) {
            self.keep_front(kept);
        }
        if let Some(length) = job_in_front(&self.name) {
            self.take_off_front(length);
        }
    }

    /// Removes the brackets around a whole name: "(Sean Reilly)".
    fn take_off_brackets(&mut self) {
        for (open, close) in [('(', ')'), ('[', ']')] {
            let inside = self
                .name
                .strip_prefix(open)
                .and_then(|rest| rest.strip_suffix(close))
                .map(str::trim)
                .filter(|inside| inside.contains(char::is_alphabetic));
            if let Some(inside) = inside.filter(|inside| !inside.contains([open, close])) {
                self.name = Cow::Owned(inside.to_owned());
                self.taken_off.push(format!("{open} {close}"));
            }
        }
    }

    /// Removes a remark between two byte positions, and the brackets around it.
    fn take_out(&mut self, start: usize, end: usize) {
        let remark = self.name.get(start..end).unwrap_or_default();
        let remark = without_brackets(remark);
        self.taken_off.push(remark.to_owned());
        let (before, behind) = (
            self.name.get(..start).unwrap_or_default().trim_end(),
            self.name
                .get(end..)
                .unwrap_or_default()
                .trim_start_matches([' ', '.']),
        );
        let behind = if before.is_empty() {
            behind.trim_start_matches([' ', '.', ','])
        } else {
            behind
        };
        let before = if behind.is_empty() {
            before.trim_end_matches([' ', ','])
        } else {
            before
        };
        let space = if before.is_empty() || behind.is_empty() || behind.starts_with(',') {
            ""
        } else {
            " "
        };
        self.name = Cow::Owned([before, space, behind].concat());
    }

    /// Removes footnote marks around a name: `John *`, `Smith**`, `John 1`.
    fn take_off_marks(&mut self) {
        let is_mark = |letter: char| {
            matches!(
                letter,
                '*' | '†'
                    | '‡'
                    | '§'
                    | '¶'
                    | '\\'
                    | '¹'
                    | '²'
                    | '³'
                    | '#'
                    | '^'
                    | ';'
                    | ','
                    | '?'
                    | '…'
            ) || letter == ' '
        };
        let kept = self.name.trim_end_matches(is_mark);
        // A question mark directly after a letter may stand in the place of a letter: "Jos?".
        let lost = self.name.get(kept.len()..).unwrap_or_default();
        let lost = lost.len() - lost.trim_start_matches('?').len();
        let kept = self.name.get(..kept.len() + lost).unwrap_or(kept);
        let kept = match kept.rsplit_once(' ') {
            // A footnote, as in "John 1", or a count, as in "John x2".
            Some((rest, mark))
                if mark.len() <= 2
                    && mark.trim_start_matches('x').len() == 1
                    && mark.ends_with(|letter: char| letter.is_ascii_digit()) =>
            {
                rest
            }
            _ => kept,
        };
        if kept.contains(char::is_alphabetic) && kept.len() < self.name.len() {
            self.keep_front(kept.len());
        }
        let front = self.name.len()
            - self
                .name
                .trim_start_matches(['*', '•', '·', '†', '#', ' '])
                .len();
        if front > 0 && self.name.contains(char::is_alphabetic) {
            self.take_off_front(front);
        }
    }

    fn take_off_front(&mut self, length: usize) {
        let (off, kept) = self.name.split_at(length);
        self.taken_off.push(off.trim().to_owned());
        self.name = Cow::Owned(kept.trim_start().to_owned());
    }

    fn keep_front(&mut self, length: usize) {
        let off = self.name.get(length..).unwrap_or_default();
        let words = off.trim_matches([' ', ',']);
        let told = if words.is_empty() { off.trim() } else { words };
        if !told.is_empty() {
            self.taken_off.push(told.to_owned());
        }
        self.shorten(length);
    }

    fn shorten(&mut self, length: usize) {
        let kept = self.name.get(..length).unwrap_or_default();
        self.name = Cow::Owned(kept.trim_end_matches([' ', ',']).to_owned());
    }
}

/// Returns the reason why a tidied text is not the name of one person; `None` if it may be a name.
pub(super) fn doubt(text: &str) -> Option<Doubt> {
    if is_plain(text) {
        let mut small = [0; LONGEST_WORD];
        let small = small.get_mut(..text.len())?;
        small.copy_from_slice(text.as_bytes());
        small.make_ascii_lowercase();
        if is_honour_alone(text) {
            return Some(Doubt::Title);
        }
        let doubt = *WORDS.get(std::str::from_utf8(small).ok()?)?;
        // A capital X may be an initial, but a small x is a placeholder. "True" and "Leaver" are
        // surnames.
        let is_name = matches!(text, "X" | "True" | "Leaver");
        return (!is_name).then_some(doubt);
    }
    if text.is_empty() {
        return None;
    }
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let words = text.to_lowercase();
    let plain = words.trim_matches(|letter: char| !letter.is_alphanumeric());
    let is_address = |text: &str| {
        let at = text.find('@');
        at.is_some_and(|at| at > 0 && text.get(at..).is_some_and(|host| host.contains('.')))
    };
    if is_address(text) {
        Some(Doubt::Email)
    } else if digits > 3 || (digits > 0 && letters == 0) {
        Some(Doubt::Number)
    } else if (letters == 0 && !text.starts_with(['=', '+', '@']) && text.is_ascii())
        || NOBODY.contains(&plain)
        || left_alone().any(|left| left == plain)
        || is_remark_on_leaving(text)
        || has_word_of_nobody(plain)
    {
        Some(Doubt::Nobody)
    } else if text.contains('<') && text.contains('>') {
        Some(Doubt::Markup)
    } else if names_several(&words) || names_alternatives(text) {
        Some(Doubt::Several)
    } else if TITLES.contains(&plain) || is_honour_alone(text) {
        Some(Doubt::Title)
    } else if is_job(text) {
        Some(Doubt::Job)
    } else if has_lost_letter(text) {
        Some(Doubt::Lost)
    } else if ends_with_leaver(text) {
        Some(Doubt::Leaver)
    } else if [['(', ')'], ['[', ']']]
        .iter()
        .any(|[open, close]| text.matches(*open).count() != text.matches(*close).count())
    {
        Some(Doubt::Bracket)
    } else {
        None
    }
}

/// The maximum length of a word that is looked up in `WORDS`, in bytes. No single word there is
/// longer.
const LONGEST_WORD: usize = 16;

/// Titles and placeholders that are not names, each with its [`Doubt`].
static WORDS: LazyLock<HashMap<&'static str, Doubt>> = LazyLock::new(|| {
    let titles = TITLES.iter().map(|title| (*title, Doubt::Title));
    let nobody = NOBODY.iter().copied().chain(left_alone());
    let nobody = nobody.map(|word| (word, Doubt::Nobody));
    let jobs = JOBS_ALONE.iter().map(|job| (job.as_str(), Doubt::Job));
    jobs.chain(titles).chain(nobody).collect()
});

/// Whether a text is one word of ASCII letters, hyphens and apostrophes, as most first and last
/// names are.
///
/// The word may still be a placeholder, such as "TBC".
fn is_plain(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'\'');
    text.bytes().all(is_letter) && text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
}

/// Whether a text is one word of letters, so that nothing can be removed from it: "Siân".
fn is_one_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

/// Whether a text is an honour and nothing else: "KC", "Q.C.", "esq".
fn is_honour_alone(text: &str) -> bool {
    if text.len() > LONGEST_WORD {
        return false;
    }
    // The honours that are not in `HONOURS_IN_ANY_CASE` have a capital after the first letter. Most
    // names have none, so for most names `HONOURS` need not be searched.
    let is_any = |text: &str| {
        (text.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()) && HONOURS.contains(&text))
            || HONOURS_IN_ANY_CASE
                .iter()
                .any(|honour| text.eq_ignore_ascii_case(honour) && !is_short_and_mixed(text))
    };
    if text.contains('.') {
        is_any(&text.replace(['.', ' '], ""))
    } else {
        is_any(text)
    }
}

/// Whether a text is "Kc" or "Qc". With one capital, these are not read as honours, because "Kc" is
/// a surname.
fn is_short_and_mixed(text: &str) -> bool {
    matches!(text, "Kc" | "Qc")
}

/// Whether a question mark or the digit 0 stands in the place of a letter: "Si?n", "Jos?",
/// "0’Neill".
fn has_lost_letter(text: &str) -> bool {
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let behind = letters.peek().copied().unwrap_or(' ');
        let is_lost = match letter {
            '?' => before.is_alphabetic() || behind.is_alphabetic(),
            '0' => {
                (before.is_alphabetic() || before == ' ')
                    && (behind.is_alphabetic() || matches!(behind, '\'' | '’'))
            }
            _ => false,
        };
        if is_lost {
            return true;
        }
        before = letter;
    }
    false
}

fn has_word_of_nobody(text: &str) -> bool {
    let mut words = text.split(' ');
    words.any(|word| {
        matches!(
            word,
            "tbc" | "tba" | "tbd" | "vacant" | "vacancy" | "unknown"
        )
    })
}

/// Whether a lower-case text names more than one person: "mr & mrs smith", "john/jane",
/// "lee, ann; roe, bob".
fn names_several(words: &str) -> bool {
    let has_list = words.match_indices(';').any(|(at, _)| {
        let (before, behind) = words.split_at(at);
        // The semicolon of "D&#39;Arcy" ends a character reference of HTML.
        let ends_sign = before
            .rsplit(' ')
            .next()
            .is_some_and(|word| word.contains('&'));
        before.contains(char::is_alphabetic) && behind.contains(char::is_alphabetic) && !ends_sign
    });
    if has_list {
        return true;
    }
    if let Some((before, behind)) = words.split_once('/') {
        // "Ravi s/o Kumar" is one person.
        let one_letter = |text: &str| text.chars().count() == 1;
        let last = before.rsplit(' ').next().unwrap_or_default();
        let next = behind.split(' ').next().unwrap_or_default();
        let has_letters = |text: &str| text.contains(char::is_alphabetic);
        return has_letters(before)
            && has_letters(behind)
            && !(one_letter(last) && one_letter(next));
    }
    PAIRS.iter().any(|pair| {
        words.split_once(pair).is_some_and(|(before, behind)| {
            before.contains(char::is_alphabetic)
                && behind.contains(char::is_alphabetic)
                && !matches!(behind.trim_end_matches('.'), "co" | "sons")
        })
    })
}

/// Whether a text has "or" between two words. "Or" with a capital is a name: "Tal Or Cohen".
fn names_alternatives(text: &str) -> bool {
    text.split_once(" or ").is_some_and(|(before, behind)| {
        before.ends_with(char::is_alphabetic) && behind.starts_with(char::is_alphabetic)
    })
}

/// Returns the length in bytes of the title at the beginning of a name, with the full stop and the
/// spaces after it.
///
/// Returns `None` if there is no title, if a comma follows it, or if no word would remain.
fn title_at(name: &str) -> Option<usize> {
    let behind = |length: usize| {
        let rest = name.get(length..)?;
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        let spaces = rest.len() - rest.trim_start().len();
        let has_word = rest.trim_start().contains(char::is_alphabetic);
        let dotted = name.get(..length)?.ends_with('.');
        let ends = spaces > 0 || dotted || length < name.len() - rest.len();
        (has_word && ends && !rest.trim_start().starts_with(','))
            .then(|| name.len() - rest.trim_start().len())
    };
    let starts = |title: &&&str| {
        name.get(..title.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(title))
    };
    let of_two = TITLES_OF_TWO
        .iter()
        .filter(starts)
        .find_map(|title| behind(title.len()));
    let of_one = || {
        TITLES
            .iter()
            .filter(starts)
            .find_map(|title| behind(title.len()))
    };
    let before_two = || {
        let words = name.split(' ').filter(|word| !word.is_empty()).count();
        let mut titles = TITLES_BEFORE_TWO
            .iter()
            .filter(|_| words > 2)
            .filter(starts);
        titles.find_map(|title| behind(title.len()))
    };
    of_two.or_else(of_one).or_else(before_two)
}

/// Returns the length in bytes of a name without the honour at its end and the spaces and commas
/// before the honour; `None` if the name does not end with an honour or no word would remain.
fn before_honour(name: &str) -> Option<usize> {
    let (rest, last) = name.rsplit_once([' ', ','])?;
    let rest = rest.trim_end_matches([' ', ',']);
    if !rest.contains(char::is_alphabetic) {
        return None;
    }
    let bare: String = last.chars().filter(|letter| *letter != '.').collect();
    let in_capitals = !name.contains(char::is_lowercase);
    let is_honour =
        is_honour_alone(&bare) || (!in_capitals && HONOURS_OR_NAMES.contains(&bare.as_str()));
    // In "Smith J.P." the last word is initials, not an honour.
    let initials = last.contains('.')
        && !rest.contains(' ')
        && !bare.ends_with('C')
        && !bare.contains(char::is_lowercase);
    (is_honour && !initials).then_some(rest.len())
}

/// Finds the first remark in brackets. Returns the byte positions of its start and end, brackets
/// included; `None` if there is no remark or no letter would remain.
fn in_brackets(name: &str) -> Option<(usize, usize)> {
    let start = name.find(['(', '['])?;
    let rest = name.get(start..)?;
    let (open, close) = if rest.starts_with('(') {
        ('(', ')')
    } else {
        ('[', ']')
    };
    let mut depth = 0_usize;
    let counterpart = rest.match_indices([open, close]).find(|(_, bracket)| {
        if bracket.starts_with(open) {
            depth += 1;
        } else {
            depth -= 1;
        }
        depth == 0
    });
    // If the bracket has no counterpart, the remark ends at the first closing bracket, or else at
    // the end of the text.
    let end = counterpart
        .map(|(at, _)| at)
        .or_else(|| rest.find(close))
        .map_or(name.len(), |at| start + at + 1);
    let outside = [name.get(..start)?, name.get(end..)?].concat();
    outside
        .contains(char::is_alphabetic)
        .then_some((start, end))
}

/// Returns a remark without the brackets around it; brackets inside the remark stay.
fn without_brackets(remark: &str) -> &str {
    let inside = remark.strip_prefix(['(', '[']).unwrap_or(remark).trim();
    let has_more = |close: char, open: char| {
        inside.ends_with(close) && inside.matches(close).count() > inside.matches(open).count()
    };
    if has_more(')', '(') || has_more(']', '[') {
        inside.get(..inside.len() - 1).unwrap_or_default().trim()
    } else {
        inside
    }
}

/// Finds pronouns beside a name: "she/her", "they / them". Returns the byte positions of their
/// start and end; `None` if there are fewer than two pronouns, if a slash follows the last one, or
/// if no letter would remain.
fn pronouns(name: &str) -> Option<(usize, usize)> {
    name.match_indices('/').find_map(|(slash, _)| {
        let before = name.get(..slash)?.trim_end();
        let start = before.rfind([' ', ',']).map_or(0, |space| space + 1);
        let mut count = 0;
        let mut end = start;
        loop {
            let rest = name.get(end..)?;
            let word = end + rest.len() - rest.trim_start_matches([' ', '/']).len();
            let letters = name.get(word..)?;
            let length = letters
                .find(|letter: char| !letter.is_alphabetic())
                .unwrap_or(letters.len());
            let is_next = count == 0 || name.get(end..word)?.contains('/');
            let small = letters.get(..length)?.to_lowercase();
            if !is_next || !PRONOUNS.contains(&small.as_str()) {
                break;
            }
            count += 1;
            end = word + length;
        }
        let rest = name.get(end..)?;
        let outside = [name.get(..start)?, rest].concat();
        let ends = !rest.trim_start().starts_with('/');
        (count > 1 && ends && outside.contains(char::is_alphabetic)).then_some((start, end))
    })
}

/// Returns the length of a list number before a name, in bytes: "1. John Smith". Returns `None` if
/// the name has no list number.
fn number_in_front(name: &str) -> Option<usize> {
    let rest = name.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = name.len() - rest.len();
    let rest = rest.strip_prefix(['.', ')'])?;
    (digits > 0 && digits < 4 && rest.trim_start().starts_with(char::is_alphabetic))
        .then(|| name.len() - rest.len())
}

/// Finds a remark after a dash or a bar between spaces.
///
/// Returns the lengths of the text before the sign and of the sign, in bytes; `None` if there is no
/// such remark.
fn behind_a_dash(name: &str) -> Option<(usize, usize)> {
    let signs = [" - ", " – ", " — ", " | ", " -- "];
    let (at, length) = signs
        .iter()
        .filter_map(|sign| name.find(sign).map(|at| (at, sign.len())))
        .min()?;
    let (before, remark) = (name.get(..at)?, name.get(at + length..)?.trim());
    let one_name = remark.split(' ').count() == 1
        && remark.starts_with(char::is_uppercase)
        && !is_remark(remark);
    // "Smith - Jones" is a double-barrelled name, written with spaces.
    let is_whole = before.trim().contains(' ');
    (before.contains(char::is_alphabetic) && (is_whole || !one_name)).then_some((at, length))
}

/// Returns the length of the name before a remark such as "left 2024" or "LEAVER", in bytes; `None`
/// if there is no such remark.
fn before_left(name: &str) -> Option<usize> {
    let mut words = name.match_indices(' ');
    words
        .find(|(space, _)| {
            let rest = name.get(space + 1..).unwrap_or_default();
            let word = rest.split(' ').next().unwrap_or_default();
            (is_left_word(word) && !may_be_surname(name, rest))
                || begins_with_phrase(rest, &["no longer", "do not use", "not here"])
        })
        .map(|(space, _)| space)
}

/// Returns the length of a word with a colon before a name, in bytes: "Cover: Ann Lee". Returns
/// `None` if there is no such word or no name behind it.
fn label_in_front(name: &str) -> Option<usize> {
    let (label, rest) = name.split_once(": ")?;
    let is_word = label.starts_with(char::is_alphabetic) && !label.contains(' ');
    (is_word && rest.starts_with(char::is_uppercase)).then(|| name.len() - rest.len())
}

/// Returns the length of a word such as "LEAVER" before a name, in bytes, with the signs after it;
/// `None` if there is no such word or no other word.
fn left_in_front(name: &str) -> Option<usize> {
    let (first, rest) = name.split_once(' ')?;
    let is_sign = |letter: char| !letter.is_alphanumeric();
    let rest = rest.trim_start_matches(is_sign);
    let is_name = rest.starts_with(char::is_uppercase);
    // In "Leaver, Peter" the first word is a surname.
    (is_left_word(first) && is_name && !first.ends_with(',')).then(|| name.len() - rest.len())
}

/// Whether the rest of a name is "Leaver", or "LEAVER" in a name in capitals. Such a word may be
/// the surname.
fn may_be_surname(name: &str, rest: &str) -> bool {
    rest == "Leaver" || (rest == "LEAVER" && !name.contains(char::is_lowercase))
}

/// Whether a name of several words ends with "Leaver", which may say that the person has left or be
/// the surname.
fn ends_with_leaver(text: &str) -> bool {
    let last = text.rsplit_once([' ', ',']).map(|(_, last)| last);
    last.is_some_and(|last| may_be_surname(text, last))
}

/// Whether a text only says that a person has left: "Left the firm".
fn is_remark_on_leaving(text: &str) -> bool {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    is_left_word(first) && !rest.contains(char::is_uppercase)
}

fn is_left_word(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    left_words::is_left_word(word)
}

/// Returns the length of the name before a remark, in bytes; `None` if there is no remark. A remark
/// begins with "c/o" or one of `REMARKS_BEHIND`, or gives an earlier or another name.
fn before_remark(name: &str) -> Option<usize> {
    let mut spaces = name.match_indices(' ');
    spaces
        .find(|(space, _)| {
            let rest = name.get(space + 1..).unwrap_or_default();
            let before = name.get(..*space).unwrap_or_default();
            begins_with_phrase(rest, &REMARKS_BEHIND)
                || begins_with_phrase(rest, &["c/o"])
                || begins_with_other_name(before, rest)
        })
        .map(|(space, _)| space)
}

/// Whether the rest of a name gives an earlier or another name: "née Smith", "aka Jones".
///
/// With a capital, "Nee" and "Aka" are also names: "Chua Nee Hock". "Nee" then begins a remark only
/// after at least two words and before a single word, and "Aka" never begins one.
fn begins_with_other_name(before: &str, rest: &str) -> bool {
    let Some((word, other)) = rest.split_once(' ') else {
        return false;
    };
    let is_name = other.starts_with(char::is_uppercase);
    match word {
        "nee" | "aka" => true,
        "Nee" | "NEE" => is_name && before.contains(' ') && !other.contains(' '),
        _ => OTHER_NAMES.contains(&word.to_lowercase().as_str()),
    }
}

/// Whether a text begins with one of these lower-case phrases, as whole words.
fn begins_with_phrase(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let start = text.get(..phrase.len());
        start.is_some_and(|start| start.to_lowercase() == *phrase)
            && text
                .get(phrase.len()..)
                .is_some_and(|rest| rest.starts_with(' ') || rest.is_empty())
    })
}

/// Whether words beside a name are a remark on the person and not part of the name.
///
/// A remark begins or ends with a job, has a digit, has several words and begins in lower case, or
/// says that the person has left.
pub(super) fn is_remark(words: &str) -> bool {
    let text = words.trim();
    let small = text.starts_with(char::is_lowercase) && text.contains(' ');
    let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let last = last.trim_matches(|letter: char| !letter.is_alphanumeric());
    let job = JOBS
        .iter()
        .any(|job| last == *job || last.strip_suffix('s') == Some(*job));
    let digits = text.contains(|letter: char| letter.is_ascii_digit());
    small || job || digits || begins_with_job(text) || says_left(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_around_a_name_is_removed_and_returned() {
        for (text, name, off) in [
            ("Mr John", "John", &["Mr"][..]),
            ("Mrs. Zoë", "Zoë", &["Mrs."]),
            ("Rt Hon John", "John", &["Rt Hon"]),
            ("Prof. Dr. Anna", "Anna", &["Prof. Dr."]),
            ("Smith KC", "Smith", &["KC"]),
            ("Smith (left 2024)", "Smith", &["left 2024"]),
            ("O'Neill (née Smith)", "O'Neill", &["née Smith"]),
            ("Asha [Ash]", "Asha", &["Ash"]),
            ("John (Mr) Smith", "John Smith", &["Mr"]),
            ("John (", "John", &[""]),
            ("John Smith - Solicitor", "John Smith", &["Solicitor"]),
            (
                "Smith – on leave until May",
                "Smith",
                &["on leave until May"],
            ),
            ("Smith left 2024", "Smith", &["left 2024"]),
            ("John *", "John", &["*"]),
            ("Smith**", "Smith", &["**"]),
            ("John 1", "John", &["1"]),
            ("1. John", "John", &["1."]),
            ("Ann Lee she/her", "Ann Lee", &["she/her"]),
            ("Jeffery Smith MD", "Jeffery Smith", &["MD"]),
            ("Ann Lee, DDS, JD", "Ann Lee", &["JD", "DDS"]),
            ("Ann Lee M.D.", "Ann Lee", &["M.D."]),
            ("Ann Lee FCIArb TEP", "Ann Lee", &["TEP", "FCIArb"]),
            ("ANN LEE RN", "ANN LEE RN", &[]),
            ("Barr. Ann Lee", "Ann Lee", &["Barr."]),
            ("Barr.Ann Lee", "Ann Lee", &["Barr."]),
            ("Barr Ann", "Barr Ann", &[]),
            ("Adv. Ann Lee", "Ann Lee", &["Adv."]),
            (
                "Bldr (Mrs).Momoh Ann Mary",
                "Momoh Ann Mary",
                &["Mrs", "Bldr"],
            ),
            ("(Mrs), Ann Lee", "Ann Lee", &["Mrs"]),
            ("Lee (Mrs), Ann", "Lee, Ann", &["Mrs"]),
            ("Ann (Nan (Nana)) Lee", "Ann Lee", &["Nan (Nana)"]),
            ("(Sean Reilly)", "Sean Reilly", &["( )"]),
            ("[Ann Lee]", "Ann Lee", &["[ ]"]),
            ("(Mr Sean Reilly)", "Sean Reilly", &["( )", "Mr"]),
            ("(Ann", "(Ann", &[]),
            ("Ann Lee;", "Ann Lee", &[";"]),
            ("Ann Lee, She/Her/Hers", "Ann Lee", &["She/Her/Hers"]),
            ("Lee, Ann they / them", "Lee, Ann", &["they / them"]),
            ("Ann he/they Lee", "Ann Lee", &["he/they"]),
            ("she/her", "she/her", &[]),
            ("Sheher Shep/Herd", "Sheher Shep/Herd", &[]),
            ("John\\", "John", &["\\"]),
            ("Smith - Jones", "Smith - Jones", &[]),
            ("Sian", "Sian", &[]),
            ("X Æ A-12", "X Æ A-12", &[]),
            ("Robert 3rd", "Robert 3rd", &[]),
            ("Louis XIV", "Louis XIV", &[]),
            ("St John", "St John", &[]),
            ("Jack MA", "Jack", &["MA"]),
            ("JACK MA", "JACK MA", &[]),
            ("Drew", "Drew", &[]),
            ("KC", "KC", &[]),
            ("Mr", "Mr", &[]),
            ("(Ann)", "Ann", &["( )"]),
            ("()", "()", &[]),
            ("", "", &[]),
        ] {
            let bare = BareName::of(text);
            assert_eq!(bare.name, name, "{text}");
            let expected: Vec<&str> = off.to_vec();
            let found: Vec<&str> = bare.taken_off.iter().map(String::as_str).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_remark_that_a_person_left_is_noticed() {
        for (text, left) in [
            ("Smith (left 2024)", true),
            ("Smith - leaver", true),
            ("Smith (leaves in May)", true),
            ("Smith (retired)", true),
            ("Smith (Cleft Lane)", false),
            ("Smith (Partner)", false),
        ] {
            assert_eq!(BareName::of(text).left().is_some(), left, "{text}");
        }
    }

    #[test]
    fn cells_that_name_nobody_or_several_people_are_doubted() {
        for (text, expected) in [
            ("TBC", Doubt::Nobody),
            ("tbc", Doubt::Nobody),
            ("n/a", Doubt::Nobody),
            ("N/A", Doubt::Nobody),
            ("-", Doubt::Nobody),
            ("?", Doubt::Nobody),
            ("Vacant", Doubt::Nobody),
            ("VACANT POST", Doubt::Nobody),
            ("x", Doubt::Nobody),
            ("Reception", Doubt::Nobody),
            ("07700 900123", Doubt::Number),
            ("12", Doubt::Number),
            ("john.smith@firm.example", Doubt::Email),
            ("John/Jane", Doubt::Several),
            ("Mr & Mrs", Doubt::Several),
            ("John and Jane", Doubt::Several),
            ("Ann Lee; Bob Roe", Doubt::Several),
            ("Lee, Ann; Roe, Bob", Doubt::Several),
            ("Ann Lee)", Doubt::Bracket),
            ("(Ann", Doubt::Bracket),
            ("Mr", Doubt::Title),
            ("Dr.", Doubt::Title),
            ("<b>John</b>", Doubt::Markup),
        ] {
            assert_eq!(doubt(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "J",
            "John",
            "Ravi s/o Kumar",
            "X Æ A-12",
            "R2D2",
            "Na",
            "Anderson",
            "Tbilisi",
            "王小明",
            "O’Dowd",
            "Zoë & Co",
            "=Abel",
            "Ann “Nan”",
            "Post",
            "Office",
            "Ann Lee;",
            "D&#39;Arcy Lee",
            "Ann (Nan) Lee",
        ] {
            assert_eq!(doubt(text), None, "{text}");
        }
    }
}
