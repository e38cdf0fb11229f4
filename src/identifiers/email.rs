//! An e-mail address. The rules are those of GOV.UK Notify, through which the service can send
//! e-mail. An address that no mail server can deliver to is rejected too.
//!
//! Text around a pasted address is removed, as in `Name <a@b>` and `mailto:a@b`. Curly apostrophes
//! become straight. An address at the Criminal Justice Secure eMail service (`….cjsm.net`) counts
//! as the same mailbox as the ordinary address in it.

use std::borrow::Cow;

use super::{misspelt_host::likely_host, punycode, punycode::LABEL_LIMIT, text_newtype};
use crate::left_words::says_out_of_use;
use crate::problem::Problem;
use crate::text::{is_dash, is_invisible, is_oversized, tidy};

/// An e-mail address: at most 320 characters, with the ASCII letters of the host in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// The words of the problem `email-out-of-use`.
    pub(crate) const OUT_OF_USE: &str =
        "Enter an email address that is in use: the words beside this one say that it is not";

    /// The maximum length of an address, in characters.
    pub const LIMIT: usize = 320;

    /// Checks an address and returns it tidied, without the text around it.
    ///
    /// # Errors
    /// `email-empty`, `email-two` (more than one address), `email-at` (no @, or more than one),
    /// `email-trailing` (`.`, `;` or `,` at the end), `email-spaces`, `email-dots` (`..`, or a full
    /// stop at the beginning or before the @), `email-characters` (the message names the
    /// character), `email-host` (no valid domain after the @), `email-too-long`, `email-format`,
    /// `email-out-of-use` (`(old)` behind the address).
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        let bytes = typed.as_bytes();
        if let Some(host) = host_of(bytes)
            && !host.iter().any(u8::is_ascii_uppercase)
            && !typed.starts_with(TEXT_MARKS)
            && is_sendable(typed)
        {
            return Ok(Cow::Borrowed(typed));
        }
        if is_oversized(typed, Self::LIMIT) {
            return Err(problem_too_long());
        }
        if typed.contains(NO_BREAK) {
            let tidied = unwrapped(&typed.replace(NO_BREAK, ""))?;
            if is_good(&tidied) {
                return Ok(Cow::Owned(tidied));
            }
            // If the address is still wrong, the problem is reported for the text with its no-break
            // spaces, as people see the text.
        }
        let tidied = unwrapped(typed)?;
        match (is_good(&tidied), tidied == typed) {
            (true, true) => Ok(Cow::Borrowed(typed)),
            (true, false) => Ok(Cow::Owned(tidied)),
            (false, _) => Err(problem(&tidied)),
        }
    }

    /// Parses an address from the store; `None` if it does not have the form of an address.
    ///
    /// Older rules accepted some addresses that no mail server delivers to, such as
    /// `jo.@firm.example`. Such addresses are still read, so that records that contain them can be
    /// opened.
    #[must_use]
    pub fn stored(text: &str) -> Option<Self> {
        let kept = || is_shaped(text).then(|| Self(text.to_owned()));
        Self::parse(text).ok().or_else(kept)
    }

    /// Returns the mailbox of a tidied address, for comparisons.
    ///
    /// The mailbox is in lower case, with the host in ASCII and without `.cjsm.net` at the end.
    #[must_use]
    pub fn mailbox(tidied: &str) -> String {
        let mut lower = tidied.to_lowercase();
        if let Some(ordinary) = lower.strip_suffix(CJSM)
            && !ordinary.ends_with('@')
        {
            lower.truncate(ordinary.len());
        }
        match lower.rsplit_once('@') {
            Some((local, host)) if !host.is_ascii() => [local, "@", &in_ascii(host)].concat(),
            _ => lower,
        }
    }

    /// Returns a warning about an address that is valid but probably a mistake; `None` for any
    /// other text.
    ///
    /// `email-read-as` says that text around the address was left out: a name, `mailto:`, a
    /// semicolon or a remark. `email-misspelt` suggests the host that was probably meant.
    /// `email-cjsm` marks an address of secure e-mail, because accounts are sent to the ordinary
    /// address. The messages of the other two also say which text around the address was left out.
    #[must_use]
    pub fn warning(typed: &str) -> Option<Problem> {
        let tidied = Self::check(typed).ok()?;
        let (local, host) = tidied.split_once('@')?;
        let read_as = read_as(typed, &tidied);
        let cjsm = host.ends_with(CJSM);
        let code = match &read_as {
            _ if cjsm => "email-cjsm",
            Some(_) => "email-read-as",
            None => "email-misspelt",
        };
        let doubt = if cjsm {
            let ordinary = host.strip_suffix(CJSM).filter(|host| host.contains('.'));
            Some(match ordinary {
                Some(host) => format!(
                    "accounts are sent to the ordinary address, like {local}@{host}, not to CJSM"
                ),
                None => "accounts are sent to the ordinary address, not to CJSM".to_owned(),
            })
        } else {
            likely_host(host).map(|meant| format!("did you mean {local}@{meant}?"))
        };
        let words = match (read_as, doubt) {
            (None, None) => return None,
            (Some(words), None) | (None, Some(words)) => words,
            (Some(read_as), Some(doubt)) => [&read_as, ", but ", &doubt].concat(),
        };
        let words = ["Check the email address: ", &words].concat();
        Some(Problem::new("email", code, words))
    }
}

text_newtype!(Email, stored);

/// The ending of addresses at the Criminal Justice Secure eMail service.
const CJSM: &str = ".cjsm.net";

/// Spaces at which a line cannot break.
///
/// Word processors and web pages put such spaces into addresses unnoticed, and Notify removes them.
const NO_BREAK: [char; 3] = ['\u{A0}', '\u{2007}', '\u{202F}'];

fn is_good(tidied: &str) -> bool {
    is_shaped(tidied) && is_sendable(tidied)
}

/// Whether a mail server can deliver to an address that passes Notify's rule.
///
/// SMTP rejects a full stop at either end of the part before the @, and more than 64 characters in
/// that part. A label that begins with `xn--` must be valid Punycode.
fn is_sendable(tidied: &str) -> bool {
    let Some((local, host)) = tidied.rsplit_once('@') else {
        return false;
    };
    has_whole_dots(local)
        && local.len() <= LOCAL_LIMIT
        // Few hosts have a hyphen, and the search for one letter is the faster one.
        && (!host.contains('-')
            || host
                .split('.')
                .filter_map(|label| label.strip_prefix(PUNYCODE))
                .all(|label| punycode::is_encoded(label, may_be_in_host)))
}

fn has_whole_dots(local: &str) -> bool {
    !local.starts_with('.') && !local.ends_with('.')
}

/// Whether an address passes Notify's rule.
fn is_shaped(tidied: &str) -> bool {
    if tidied.is_ascii() {
        return host_of(tidied.as_bytes()).is_some();
    }
    stand_in(tidied).is_some_and(|ascii| host_of(ascii.as_bytes()).is_some())
}

/// Converts a host to ASCII: a label with letters outside ASCII becomes Punycode, unless it is too
/// long.
fn in_ascii(host: &str) -> String {
    let mut ascii = String::with_capacity(host.len() + 8);
    for (place, label) in host.split('.').enumerate() {
        if place > 0 {
            ascii.push('.');
        }
        match punycode::encoded(label) {
            Some(encoded) if !label.is_ascii() => ascii.extend(["xn--", &encoded]),
            _ => ascii.push_str(label),
        }
    }
    ascii
}

/// Returns the host of an ASCII address that passes Notify's rule; `None` for any other address.
fn host_of(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    let mut before = 0;
    while let Some(&byte) = bytes.get(at) {
        if CLASSES[usize::from(byte)] & LOCAL == 0 || (byte == b'.' && before == b'.') {
            break;
        }
        before = byte;
        at += 1;
    }
    match bytes.get(at..) {
        Some([b'@', host @ ..]) if at > 0 && bytes.len() <= Email::LIMIT && is_host(host) => {
            Some(host)
        }
        _ => None,
    }
}

/// Whether a host has at most 253 characters and at least two labels, all of them valid.
///
/// A label has letters and digits, with at most two hyphens in a row between them. The last label
/// has at least two characters and consists of letters, or is Punycode.
fn is_host(host: &[u8]) -> bool {
    let mut start = 0;
    let mut hyphens = 0;
    let mut all_letters = true;
    for (place, &byte) in host.iter().enumerate() {
        let class = CLASSES[usize::from(byte)];
        if class & (LETTER | DIGIT) != 0 {
            hyphens = 0;
            all_letters &= class & LETTER != 0;
        } else if byte == b'-' && place > start && hyphens < 2 {
            hyphens += 1;
            all_letters = false;
        } else if byte == b'.' && place > start && hyphens == 0 && place - start <= LABEL_LIMIT {
            start = place + 1;
            all_letters = true;
        } else {
            return false;
        }
    }
    let ending = &host[start..];
    start > 0
        && host.len() <= HOST_LIMIT
        && hyphens == 0
        && (2..=LABEL_LIMIT).contains(&ending.len())
        && (all_letters || is_punycode(ending))
}

fn is_punycode(label: &[u8]) -> bool {
    match label.split_at_checked(4) {
        Some((mark, rest)) => {
            mark.eq_ignore_ascii_case(b"xn--")
                && !rest.is_empty()
                && !rest.starts_with(b"-")
                && !rest.windows(2).any(|pair| pair == b"--")
        }
        None => false,
    }
}

const HOST_LIMIT: usize = 253;
/// The maximum number of characters before the @ (RFC 5321, 4.5.3.1.1).
const LOCAL_LIMIT: usize = 64;
/// The prefix of a label in Punycode.
const PUNYCODE: &str = "xn--";
const LOCAL: u8 = 1;
const LETTER: u8 = 2;
const DIGIT: u8 = 4;

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => LOCAL | LETTER,
            b'0'..=b'9' => LOCAL | DIGIT,
            b'.' | b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'/' | b'=' | b'?'
            | b'^' | b'_' | b'`' | b'{' | b'|' | b'}' | b'~' | b'-' => LOCAL,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// Apostrophes that exports write before a text. No address starts with one of them.
const TEXT_MARKS: [char; 5] = ['\'', '’', '‘', '`', '´'];

/// Removes the text around an address, lower-cases the host and straightens the apostrophes.
///
/// # Errors
/// The problems of [`address_in`].
fn unwrapped(typed: &str) -> Result<String, Problem> {
    let text = visible(typed);
    // Programs write an apostrophe before a text, so that a spreadsheet does not run the text as a
    // formula.
    let address = address_in(&text)?.trim_start_matches(TEXT_MARKS);
    Ok(match address.rsplit_once('@') {
        Some((local, host)) => {
            let mut whole = local.replace(['’', '‘', 'ʼ', '＇'], "'");
            whole.push('@');
            // Letters outside ASCII keep their case here; `mailbox` lower-cases them for
            // comparisons.
            whole.extend(
                host.chars()
                    .map(|letter| narrow(letter).to_ascii_lowercase()),
            );
            whole
        }
        None => address.to_owned(),
    })
}

/// Tidies a text and removes its invisible characters.
fn visible(typed: &str) -> Cow<'_, str> {
    let text = tidy(typed);
    if text.contains(is_invisible) {
        return Cow::Owned(text.replace(is_invisible, ""));
    }
    text
}

/// Says how a valid address was read without the text around it; `None` if there is no such text.
fn read_as(typed: &str, address: &str) -> Option<String> {
    let text = visible(typed);
    let inside = address_in(&text).ok()?;
    (inside.len() < text.len()).then(|| format!("we read {text} as {address}"))
}

/// Returns the address in a text of the form `Name <a@b>`, `mailto:a@b`, `a@b;` or `a@b (work)`.
///
/// # Errors
/// `email-two` if the text has angle brackets and more than one address, and `email-out-of-use` if a
/// remark says that the address is no longer in use.
fn address_in(text: &str) -> Result<&str, Problem> {
    let mut address = text;
    if let Some((before, wrapped)) = address.split_once('<')
        && let Some(inside) = wrapped.strip_suffix('>')
    {
        if inside.contains(['<', '>']) {
            return Err(problem_two());
        }
        let name = before.trim_matches([' ', '"', '\'']);
        let inside = without_mailto(inside.trim());
        if name.contains('@') && !name.eq_ignore_ascii_case(inside) {
            return Err(problem_two());
        }
        address = inside;
    }
    // People copy an address from a list together with the semicolon or comma after it.
    if let Some(bare) = without_remark(address)
        && is_shaped(without_mailto(bare))
    {
        if address.get(bare.len()..).is_some_and(says_out_of_use) {
            return Err(new_problem("email-out-of-use", Email::OUT_OF_USE));
        }
        address = bare;
    }
    Ok(without_mailto(address))
}

/// Removes the semicolons, commas and remark in brackets behind an address; `None` if there are
/// none.
fn without_remark(address: &str) -> Option<&str> {
    let end = address.trim_end_matches([' ', ';', ',']);
    let bare = match end.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((before, remark)) if !remark.contains('@') => before.trim_end(),
        _ => end,
    };
    (bare.len() < address.len()).then_some(bare)
}

fn without_mailto(address: &str) -> &str {
    match address.split_at_checked(7) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto:") => rest
            .split_once('?')
            .map_or(rest, |(before, _)| before)
            .trim(),
        _ => address,
    }
}

/// Returns the ASCII form of a full-width character or an East Asian full stop.
///
/// In a host, both forms mean the same (IDNA).
fn narrow(letter: char) -> char {
    match letter {
        '\u{3002}' | '\u{FF61}' => '.',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}

/// Replaces the letters outside ASCII in the host of an address. The resulting ASCII address has
/// the same faults.
///
/// A label with such letters is replaced by a stand-in that is as long as the label in Punycode.
/// Returns `None` if the address has no @, or a character that is not allowed in any host.
fn stand_in(tidied: &str) -> Option<String> {
    let (local, host) = tidied.rsplit_once('@')?;
    let mut ascii = String::with_capacity(tidied.len() + 8);
    ascii.push_str(local);
    let mut mark = '@';
    for label in host.split('.') {
        ascii.push(mark);
        mark = '.';
        if !label.is_ascii() {
            ascii.push_str("xn--");
            // The stand-in is filled up to at most one character beyond the limit, which is enough
            // to show that the label is too long.
            let longer = punycode::length(label).min(LABEL_LIMIT + 1);
            let letters = label.chars().count();
            ascii.extend(std::iter::repeat_n('x', longer.saturating_sub(letters)));
        }
        for letter in label.chars() {
            ascii.push(match letter {
                _ if letter.is_ascii() => letter,
                _ if letter.is_alphanumeric() || is_mark(letter) => 'x',
                _ => return None,
            });
        }
    }
    Some(ascii)
}

/// Whether a character is allowed in a host: a letter or mark of any script, a digit or a hyphen.
fn may_be_in_host(letter: char) -> bool {
    letter == '-' || letter.is_alphanumeric() || is_mark(letter)
}

/// Whether a character is a middle dot, or a combining mark that Unicode does not count as
/// alphabetic.
fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{B7}' | '\u{30FB}' | '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0487}'
        | '\u{0591}'..='\u{05BD}' | '\u{064B}'..='\u{065F}' | '\u{0E47}'..='\u{0E4E}'
        | '\u{093C}' | '\u{094D}' | '\u{09BC}' | '\u{09CD}' | '\u{0A3C}' | '\u{0A4D}'
        | '\u{0ABC}' | '\u{0ACD}' | '\u{0B3C}' | '\u{0B4D}' | '\u{0BCD}' | '\u{0C4D}'
        | '\u{0CBC}' | '\u{0CCD}' | '\u{0D4D}' | '\u{0DCA}' | '\u{0EC8}'..='\u{0ECE}'
        | '\u{1037}'..='\u{103A}' | '\u{17C9}'..='\u{17D3}' | '\u{3099}' | '\u{309A}')
}

#[cold]
fn problem_two() -> Problem {
    new_problem(
        "email-two",
        "Enter only one email address, like name@example.com",
    )
}

#[cold]
fn problem_too_long() -> Problem {
    new_problem(
        "email-too-long",
        "Email address must be 320 characters or fewer",
    )
}

/// Returns the most specific problem of an invalid address.
#[cold]
fn problem(tidied: &str) -> Problem {
    if tidied.is_empty() {
        return new_problem(
            "email-empty",
            "Enter an email address, like name@example.com",
        );
    }
    let Some((local, host)) = tidied.split_once('@') else {
        return new_problem(
            "email-at",
            "Email address must include an @, like name@example.com",
        );
    };
    if host.contains('@') {
        return if tidied.contains([' ', ';', ',', '/', '|', '&']) {
            problem_two()
        } else {
            new_problem(
                "email-at",
                "Email address must include only one @, like name@example.com",
            )
        };
    }
    let trailing = match tidied.chars().next_back() {
        Some('.') => Some("a full stop"),
        Some(';') => Some("a semicolon"),
        Some(',') => Some("a comma"),
        _ => None,
    };
    if let Some(mark) = trailing {
        return Problem::new(
            "email",
            "email-trailing",
            format!("Email address must not end with {mark}, like name@example.com"),
        );
    }
    if tidied.contains(' ') {
        return new_problem(
            "email-spaces",
            "Email address must not include spaces, like name@example.com",
        );
    }
    if local.is_empty() || host.is_empty() {
        return new_problem(
            "email-format",
            "Enter an email address in the correct format, like name@example.com",
        );
    }
    if tidied.contains("..") {
        return new_problem(
            "email-dots",
            "Email address must not have 2 full stops in a row, like name@example.com",
        );
    }
    if !has_whole_dots(local) {
        return new_problem(
            "email-dots",
            "Email address must not have a full stop at the beginning or before the @, like name@example.com",
        );
    }
    let strange = local
        .chars()
        .find(|&letter| {
            !u8::try_from(letter).is_ok_and(|byte| CLASSES[usize::from(byte)] & LOCAL != 0)
        })
        .or_else(|| {
            host.chars().find(|&letter| {
                !(letter.is_alphanumeric() || is_mark(letter) || matches!(letter, '.' | '-'))
            })
        });
    if let Some(letter) = strange {
        let named = match letter {
            ',' => "a comma".to_owned(),
            ';' => "a semicolon".to_owned(),
            '"' | '“' | '”' => "quotation marks".to_owned(),
            '_' => "an underscore after the @".to_owned(),
            _ if letter.is_control() => "characters that cannot be printed".to_owned(),
            _ if is_dash(letter) => format!("a long dash ({letter})"),
            _ => letter.to_string(),
        };
        return Problem::new(
            "email",
            "email-characters",
            format!("Email address must not include {named} and must be like name@example.com"),
        );
    }
    if tidied.chars().count() > Email::LIMIT {
        return problem_too_long();
    }
    if local.len() > LOCAL_LIMIT {
        return new_problem(
            "email-too-long",
            "The part of the email address before the @ must be 64 characters or fewer",
        );
    }
    new_problem(
        "email-host",
        "Email address must end with a domain after the @, like name@example.com",
    )
}

fn new_problem(code: &'static str, words: &'static str) -> Problem {
    Problem::new("email", code, words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(typed: &str) -> String {
        match Email::check(typed) {
            Ok(tidied) => format!("ok {tidied}"),
            Err(problem) => problem.code.into_owned(),
        }
    }

    #[test]
    fn addresses_that_notify_accepts() {
        for typed in [
            "email@domain.com",
            "firstname.lastname@domain.com",
            "firstname.o'lastname@domain.com",
            "email@subdomain.domain.com",
            "firstname+lastname@domain.com",
            "1234567890@domain.com",
            "email@domain-one.com",
            "_______@domain.com",
            "email@domain.name",
            "email@domain.superlongtld",
            "email@domain.co.jp",
            "firstname-lastname@domain.com",
            "info@german-financial-services.vermögensberatung",
            "info@german-financial-services.reallylongarbitrarytldthatiswaytoohugejustincase",
            "japanese-info@例え.テスト",
            "email@double--hyphen.com",
            "a@firm.example",
            "clerk@xn--frm-ula.xn--p1ai",
            "a!#$%&'*+/=?^_`{|}~-z@firm.example",
        ] {
            assert_eq!(Email::check(typed), Ok(Cow::Borrowed(typed)), "{typed:?}");
        }
    }

    #[test]
    fn typed_text_is_tidied() {
        for (typed, tidied) in [
            ("email@domain.COM", "email@domain.com"),
            ("Ada.Lovelace@Firm.Example", "Ada.Lovelace@firm.example"),
            (" email@domain.com ", "email@domain.com"),
            ("\temail@domain.com", "email@domain.com"),
            ("\temail@domain.com\n", "email@domain.com"),
            ("\u{200b}email@domain.com\u{200b}", "email@domain.com"),
            ("em\u{200d}ail@dom\u{feff}ain.com\u{a0}", "email@domain.com"),
            ("ann\u{a0}@domain.com", "ann@domain.com"),
            ("ann@\u{202f}dom\u{2007}ain.com", "ann@domain.com"),
            ("Ann\u{a0}Lee\u{a0}<ann\u{a0}@domain.com>", "ann@domain.com"),
            (
                "Outlook Contact <outlook-contact@domain.com>",
                "outlook-contact@domain.com",
            ),
            (
                "\"Contact, Outlook\" <outlook-contact@domain.com>",
                "outlook-contact@domain.com",
            ),
            ("<a@firm.example>", "a@firm.example"),
            ("a@firm.example <mailto:a@firm.example>", "a@firm.example"),
            ("mailto:a@firm.example", "a@firm.example"),
            ("'a@firm.example", "a@firm.example"),
            ("`a@firm.example", "a@firm.example"),
            ("‘a@firm.example", "a@firm.example"),
            ("o'neill@firm.example", "o'neill@firm.example"),
            ("MAILTO:a@firm.example?subject=Hello", "a@firm.example"),
            (
                "local-with-’-apostrophe@domain.com",
                "local-with-'-apostrophe@domain.com",
            ),
            ("clerk@ＦＩＲＭ．example", "clerk@firm.example"),
            ("info@例え。テスト", "info@例え.テスト"),
            ("info@VERMÖGEN.example", "info@vermÖgen.example"),
        ] {
            assert_eq!(code(typed), format!("ok {tidied}"), "{typed:?}");
        }
    }

    #[test]
    fn faults() {
        let long_label = format!("a@{}.example", "b".repeat(64));
        let long_host = format!("a@{}example", "firm.".repeat(50));
        let long = format!("email-too-long-{}@example.com", "a".repeat(320));
        let local = format!("{}@example.com", "a".repeat(65));
        let long_foreign = format!("a@{}.example", "é".repeat(60));
        for (typed, expected) in [
            ("", "email-empty"),
            (" \u{200b} ", "email-empty"),
            ("<>", "email-empty"),
            ("plainaddress", "email-at"),
            ("no-at.domain.com", "email-at"),
            ("multiple@domains@domain.com", "email-at"),
            ("a@firm.example; c@firm.example", "email-two"),
            ("a@firm.example,c@firm.example", "email-two"),
            ("a@firm.example\nc@firm.example", "email-two"),
            ("a@firm.example\u{a0}c@firm.example", "email-two"),
            ("A <a@firm.example>; C <c@firm.example>", "email-two"),
            ("a@firm.example <c@firm.example>", "email-two"),
            ("a@firm.example.", "email-trailing"),
            ("a@firm;", "email-trailing"),
            ("a@firm,", "email-trailing"),
            ("spaces in local@domain.com", "email-spaces"),
            ("spaces-in-domain@dom ain.com", "email-spaces"),
            ("@no-local-part.com", "email-format"),
            ("nothing-after@", "email-format"),
            ("lots-of-dots@domain..gov..uk", "email-dots"),
            ("two-dots..in-local@domain.com", "email-dots"),
            (".begins@firm.example", "email-dots"),
            ("ends.@firm.example", "email-dots"),
            ("ends.@b\u{fc}cher.example", "email-dots"),
            (&local, "email-too-long"),
            ("a@xn--.example", "email-host"),
            ("a@xn--0.example", "email-host"),
            ("a@firm.xn--zz", "email-host"),
            ("email@[123.123.123.123]", "email-characters"),
            (";beginning-semicolon@domain.co.uk", "email-characters"),
            ("middle-semicolon@domain.co;uk", "email-characters"),
            ("\"email+leading-quotes@domain.com", "email-characters"),
            ("email+middle\"-quotes@domain.com", "email-characters"),
            ("\"quoted-local-part\"@domain.com", "email-characters"),
            ("\"quoted@domain.com\"", "email-characters"),
            ("underscores-in-domain@dom_ain.com", "email-characters"),
            ("pipe-in-domain@example.com|gov.uk", "email-characters"),
            ("comma,in-local@gov.uk", "email-characters"),
            ("comma-in-domain@domain,gov.uk", "email-characters"),
            ("pound-sign-in-local£@domain.com", "email-characters"),
            ("local-with-”-quotes@domain.com", "email-characters"),
            ("brackets(in)local@domain.com", "email-characters"),
            ("あいうえお@example.com", "email-characters"),
            ("email@123.123.123.123", "email-host"),
            ("no-tld@domain", "email-host"),
            ("domain-starts-with-a-dot@.domain.com", "email-host"),
            (
                "a@机械电脑网络服务信息技术公司律师法庭辩护刑事案件平台.com",
                "email-host",
            ),
            ("incorrect-punycode@xn---something.com", "email-host"),
            ("email.23@-email.com", "email-host"),
            ("email.23@email-.com", "email-host"),
            ("email@firm.c", "email-host"),
            ("email@firm.c0m", "email-host"),
            (&long_label, "email-host"),
            (&long_host, "email-host"),
            (&long_foreign, "email-host"),
            (&long, "email-too-long"),
        ] {
            assert_eq!(code(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn words_name_the_fault() {
        for (typed, words) in [
            (
                "a@firm;",
                "Email address must not end with a semicolon, like name@example.com",
            ),
            (
                "a£@firm.example",
                "Email address must not include £ and must be like name@example.com",
            ),
        ] {
            assert_eq!(
                Email::check(typed).map_err(|problem| problem.words),
                Err(words.into())
            );
        }
    }

    #[test]
    fn one_mailbox() {
        for (one, other) in [
            ("Clerk@firm.co.uk", "clerk@firm.co.uk"),
            ("clerk@firm.co.uk.cjsm.net", "clerk@firm.co.uk"),
            ("CLERK@firm.cjsm.net", "clerk@firm"),
            ("a@bücher.example", "a@xn--bcher-kva.example"),
            ("A@XN--BCHER-KVA.example", "a@xn--bcher-kva.example"),
            ("a@BÜCHER.example.cjsm.net", "a@xn--bcher-kva.example"),
            ("info@例え.テスト", "info@xn--r8jz45g.xn--zckzah"),
        ] {
            assert_eq!(Email::mailbox(one), other);
        }
        assert_eq!(Email::mailbox("a@cjsm.net"), "a@cjsm.net");
        assert_eq!(Email::mailbox("a@.cjsm.net"), "a@.cjsm.net");
    }

    #[test]
    fn warnings() {
        for (typed, meant) in [
            ("clerk@gmial.com", "clerk@gmail.com"),
            ("clerk@gmail.co", "clerk@gmail.com"),
            ("clerk@gmial.con", "clerk@gmail.com"),
            ("clerk@hotmial.com", "clerk@hotmail.com"),
            ("clerk@homtail.com", "clerk@hotmail.com"),
            ("clerk@hotmail.con", "clerk@hotmail.com"),
            ("clerk@Yahooo.com", "clerk@yahoo.com"),
            ("clerk@outlok.com", "clerk@outlook.com"),
            ("clerk@btinternet.con", "clerk@btinternet.com"),
            ("clerk@firm.co.ik", "clerk@firm.co.uk"),
        ] {
            let warning = Email::warning(typed).expect("a warning");
            assert_eq!(warning.code, "email-misspelt");
            assert_eq!(
                warning.words,
                format!("Check the email address: did you mean {meant}?")
            );
        }
        for typed in ["a@firm.co.uk.cjsm.net", "a@firm.cjsm.net"] {
            assert_eq!(Email::warning(typed).expect("a warning").code, "email-cjsm");
        }
        for typed in [
            "clerk@gmail.com",
            "clerk@firm.example",
            "clerk@mail.com",
            "wrong",
        ] {
            assert_eq!(Email::warning(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn an_address_that_was_stored_before_is_still_read() {
        for text in [
            ".jo.@firm.example",
            &format!("{}@firm.example", "a".repeat(70)),
        ] {
            assert!(Email::parse(text).is_err(), "{text}");
            assert_eq!(
                Email::stored(text)
                    .map(|email| email.to_string())
                    .as_deref(),
                Some(text)
            );
            let json = format!("\"{text}\"");
            assert!(serde_json::from_str::<Email>(&json).is_ok(), "{text}");
        }
        assert_eq!(Email::stored("nobody"), None);
    }

    #[test]
    fn serde_goes_through_the_rule() {
        let email: Email = serde_json::from_str("\" a@FIRM.example \"").expect("an address");
        assert_eq!(
            serde_json::to_string(&email).expect("a string"),
            "\"a@firm.example\""
        );
        assert!(serde_json::from_str::<Email>("\"a\"").is_err());
    }

    #[test]
    fn a_mark_or_a_remark_behind_an_address_is_told() {
        for typed in [
            "a@firm.example;",
            "a@firm.example,",
            "a@firm.example (work)",
            "a@firm.example (w);",
        ] {
            assert_eq!(
                Email::check(typed).as_deref(),
                Ok("a@firm.example"),
                "{typed}"
            );
            let warning = Email::warning(typed).expect("a warning");
            assert_eq!(warning.code, "email-read-as");
            assert_eq!(
                warning.words,
                format!("Check the email address: we read {typed} as a@firm.example")
            );
        }
        for typed in [
            "mailto:a@firm.example",
            "mailto:a@firm.example;",
            "mailto:a@firm.example (work)",
            "Ann Lee <a@firm.example>",
            "<mailto:a@FIRM.example>",
        ] {
            assert_eq!(
                Email::check(typed).as_deref(),
                Ok("a@firm.example"),
                "{typed}"
            );
            let warning = Email::warning(typed).expect(typed);
            assert_eq!(warning.code, "email-read-as");
            assert_eq!(
                warning.words,
                format!("Check the email address: we read {typed} as a@firm.example")
            );
        }
        let misspelt = Email::warning("mailto:a@gmial.com (work)").expect("a warning");
        assert_eq!(
            misspelt.words,
            "Check the email address: we read mailto:a@gmial.com (work) as a@gmial.com, but did you mean a@gmail.com?"
        );
        for typed in [
            "a@firm.example",
            "a@FIRM.example",
            " a@firm.example\u{200b}",
            "'a@firm.example",
        ] {
            assert_eq!(Email::warning(typed), None, "{typed}");
        }
        for typed in [
            "a@firm.example (old)",
            "mailto:a@firm.example (no longer in use);",
            "a@firm.example (left)",
        ] {
            let code = Email::check(typed).map_err(|problem| problem.code);
            assert_eq!(code, Err("email-out-of-use".into()), "{typed}");
        }
        assert!(Email::check("left@firm.example (work)").is_ok());
        assert!(Email::check("jo smith@firm.example").is_err());
        assert!(Email::check("a@firm.example; b@firm.example").is_err());
    }

    proptest! {
        #[test]
        fn never_panics(typed in any::<String>()) {
            let _ = Email::warning(&typed);
            if let Ok(tidied) = Email::check(&typed) {
                prop_assert_eq!(Email::check(&tidied), Ok(Cow::Borrowed(tidied.as_ref())));
            }
        }

        #[test]
        fn a_tidied_address_stays(typed in "[ <]?(mailto:)?[a-zA-Z.’é]{1,8}@[a-zA-Z0-9é。例.-]{1,12}\\.[a-zA-Zé]{1,4}[ >.]?") {
            if let Ok(tidied) = Email::check(&typed) {
                prop_assert_eq!(Email::check(&tidied), Ok(Cow::Borrowed(tidied.as_ref())));
                let mailbox = Email::mailbox(&tidied);
                prop_assert_eq!(Email::mailbox(&mailbox), mailbox.clone());
                prop_assert_eq!(Email::mailbox(&format!("{tidied}.cjsm.net")), mailbox);
            }
        }

        #[test]
        fn every_spelling_of_a_good_address(local in "[a-z0-9+_-]{1,12}", label in "[a-z0-9]{1,12}") {
            let good = format!("{local}@{label}.example");
            let host_in_capitals = format!("{local}@{}.EXAMPLE", label.to_uppercase());
            for typed in [
                good.clone(),
                host_in_capitals,
                format!(" {good}\u{a0}"),
                format!("mailto:{good}"),
                format!("A Clerk <{good}>"),
                format!("{good};"),
                format!("{good}, "),
                format!("{good} (work)"),
                format!("\u{feff}{local}\u{200b}@{label}.example"),
            ] {
                let email = Email::parse(&typed);
                prop_assert_eq!(email.as_ref().map(Email::as_str), Ok(good.as_str()), "{:?}", typed);
            }
            for typed in [format!("{good} "), format!("{good}.")] {
                prop_assert_eq!(Email::check(&typed).is_ok(), typed.ends_with(' '));
            }
        }
    }
}
