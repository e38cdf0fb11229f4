//! Recognises rows without a user: totals, section headings, footers, examples and rows of empty
//! formulas.
//!
//! Each such row is left out with a note. In doubt, a row counts as a user with problems, so that
//! no user is lost.

use crate::spreadsheet::bare_name::is_remark as is_remark_on_person;
use crate::spreadsheet::intake_row::{RowContent, UNCALCULATED};
use crate::spreadsheet::{Cell, Column, IntakeRow, normalised};
use crate::text::{may_begin, tidy};
use crate::users::User;

/// Facts about the cells of a row, which help to decide whether the row is a user.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowCells {
    /// The number of filled columns of the form.
    pub filled: usize,
    /// The number of filled columns of the form that contain a word for a total or a small number.
    pub counted: usize,
    /// Whether a column of the form, or the first cell of the row, says "total".
    pub total: bool,
    /// Whether any column outside the form is filled. Set only if exactly one column of the form is
    /// filled.
    pub others: bool,
    /// The position of the words of a remark. Set only if `may_be_remark` is true for the user.
    pub remark: RemarkPlace,
    /// The number of filled columns of the form that hold an error.
    pub errors: usize,
    /// Whether the table has a column of full names, and not columns of both first and last names.
    pub full_name: bool,
}

/// The position of the words of a remark in a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum RemarkPlace {
    /// Neither the first filled column of the form nor the first cell of the row begins as a
    /// remark.
    #[default]
    Nowhere,
    /// In the first filled column of the form: "Prepared by".
    InForm,
    /// The first filled column of the form begins with one word that may also be a name: "Date",
    /// "Legend".
    WordInForm,
    /// The first filled column of the form has a colon or an equals sign: "Author: Ann Lee".
    Sign,
    /// In the first cell of the row, before the columns of the form.
    BeforeForm,
}

impl RemarkPlace {
    /// Finds the words of a remark in the first filled cell of the form, or in the first cell of
    /// the row.
    pub(super) fn of(first_filled: &Cell<'_>, first: &Cell<'_>) -> Self {
        if let Some(begins) = beginning(first_filled) {
            match begins {
                Beginning::Remark => Self::InForm,
                Beginning::Word => Self::WordInForm,
            }
        } else if has_sign_of_remark(first_filled) {
            Self::Sign
        } else if beginning(first).is_some() {
            Self::BeforeForm
        } else {
            Self::Nowhere
        }
    }
}

impl RowCells {
    /// Counts a filled cell.
    pub(super) fn count(&mut self, cell: &Cell<'_>) {
        self.filled += 1;
        self.errors += usize::from(matches!(cell, Cell::Error(_)));
        let says_total = is_total(cell);
        self.total |= says_total;
        self.counted += usize::from(says_total || is_count(cell));
    }
}

/// Returns the kind of content of a row; `None` if the row is blank or a drawn line.
pub(super) fn content(read: &IntakeRow, cells: RowCells) -> Option<RowContent> {
    if cells.filled == 0 || is_drawn_line(&read.user) {
        return None;
    }
    let user = &read.user;
    Some(if cells.errors == cells.filled {
        RowContent::User
    } else if cells.total && cells.counted == cells.filled && !is_named_like_total(user, cells) {
        RowContent::Remark
    } else if is_unnamed(read) {
        RowContent::Prefilled
    } else if is_remark_row(user, cells)
        || is_section_row(user)
        || is_labelled_count(user, cells)
        || is_text_alone(read, cells)
        || is_example(user)
        || is_sample(user)
    {
        RowContent::Remark
    } else {
        RowContent::User
    })
}

/// Whether a row has at most one of the answers that only a user has: an email address, a mobile
/// number and a role.
pub(super) fn may_be_remark(user: &User) -> bool {
    answers_of_user(user) < 2
}

fn answers_of_user(user: &User) -> usize {
    let digits = || user.mobile.bytes().filter(u8::is_ascii_digit).count();
    let answers = [
        user.email.contains('@'),
        user.role().is_some(),
        digits() > 9,
    ];
    answers.iter().filter(|answer| **answer).count()
}

/// Whether the row of a user with few answers begins as a remark.
fn is_remark_row(user: &User, cells: RowCells) -> bool {
    let beside = [&user.email, &user.mobile, &user.role, &user.administrator];
    let beside = beside.iter().filter(|text| !text.is_empty()).count();
    let has_names = !user.first_name.is_empty() && !user.last_name.is_empty();
    match cells.remark {
        RemarkPlace::Nowhere => false,
        // "Date Kimiko" with an email address is a person.
        RemarkPlace::WordInForm if has_names && user.email.contains('@') => false,
        RemarkPlace::InForm | RemarkPlace::WordInForm => beside < 2,
        RemarkPlace::Sign => beside < 2 && answers_of_user(user) == 0,
        // Such words may be the status of a person: "Signed | Ann | Lee".
        RemarkPlace::BeforeForm => beside == 0 && cells.filled < 2,
    }
}

/// Whether a row is a section heading that fills several cells: the same text in three or more
/// cells and no other text, or the name of a team with a prefilled answer about administrators.
fn is_section_row(user: &User) -> bool {
    let texts = [
        &user.first_name,
        &user.last_name,
        &user.email,
        &user.mobile,
        &user.role,
        &user.administrator,
    ];
    let mut filled = texts.iter().filter(|text| !text.is_empty());
    let first = filled.next().map_or("", |text| text.as_str());
    let (mut same, mut count) = (true, 1);
    for text in filled {
        same &= *text == first;
        count += 1;
    }
    if same && count > 2 && first.len() <= LONGEST_SECTION && !first.contains(['@', '#']) {
        return true;
    }
    let beside = [&user.last_name, &user.email, &user.mobile, &user.role];
    let words: Vec<&str> = user.first_name.split(' ').collect();
    !user.administrator.is_empty()
        && beside.iter().all(|text| text.is_empty())
        && is_section(&words)
}

/// The maximum length of the heading of a section, in bytes.
const LONGEST_SECTION: usize = 60;

/// The kind of words with which a remark begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beginning {
    /// Words or signs that no name begins with: "Prepared by", "Date of issue", "© ".
    Remark,
    /// One word that may also be a name: "Date", "Legend".
    Word,
}

/// Returns the kind of words with which a cell begins as a remark; `None` if it does not begin as a
/// remark.
fn beginning(cell: &Cell<'_>) -> Option<Beginning> {
    let Cell::Text(text) = cell else {
        return None;
    };
    let text = tidy(text);
    let lower = text.to_lowercase();
    if is_page_number(&lower) {
        return Some(Beginning::Remark);
    }
    let start = remark_start(&lower)?;
    let is_word = start.chars().all(char::is_alphabetic);
    // "Date of issue", "Version 2", "Notes:"
    let behind = text.split_once(' ').map_or("", |(_, behind)| behind);
    let is_name = behind.is_empty() || behind.starts_with(char::is_uppercase);
    let ends = !text.contains([':', '=', '/']) && !text.ends_with('.');
    Some(if is_word && is_name && ends {
        Beginning::Word
    } else {
        Beginning::Remark
    })
}

/// Whether a text has a colon or an equals sign, which no name has: "Author: Ann Lee", "N = 2".
fn has_sign_of_remark(cell: &Cell<'_>) -> bool {
    let Cell::Text(text) = cell else {
        return false;
    };
    let has_colon = |text: &str| text.ends_with(':') || text.contains(": ") || text.contains(" = ");
    text.contains([':', '=']) && !text.contains('@') && has_colon(text.trim_end())
}

fn begins_as_remark(lower: &str) -> bool {
    remark_start(lower).is_some() || is_page_number(lower)
}

/// Returns the longest of [`REMARKS`] with which a text in lower case begins.
fn remark_start(lower: &str) -> Option<&'static str> {
    let starts = REMARKS.iter().copied().filter(|start| {
        let behind = lower
            .strip_prefix(start)
            .and_then(|rest| rest.chars().next());
        lower.starts_with(start)
            && (start.ends_with(|last: char| !last.is_alphabetic())
                || !behind.is_some_and(char::is_alphabetic))
    });
    starts.max_by_key(|start| start.len())
}

/// Whether a text is the number of a page: "Page 1 of 2", "Seite 1 von 2".
fn is_page_number(lower: &str) -> bool {
    let mut words = lower.split(' ');
    let is_page = |word: &str| PAGES.contains(&word);
    let is_number = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
    words.next().is_some_and(is_page) && words.next().is_some_and(is_number)
}

/// Whether a cell begins with a word for a total, such as "total" or "headcount".
pub(super) fn is_total(cell: &Cell<'_>) -> bool {
    // The test of the first letter saves time, because the first cell of every row passes through here.
    let is_first = |byte: u8| TOTAL_LETTERS[usize::from(byte)];
    matches!(cell, Cell::Text(text) if may_begin(text, is_first) && begins_as_total(&tidy(text)))
}

fn begins_as_total(text: &str) -> bool {
    let Some(first) = text.bytes().next() else {
        return false;
    };
    let of_letter = TOTALS
        .iter()
        .find(|(letter, _)| first.to_ascii_lowercase() == *letter);
    of_letter.is_some_and(|(_, totals)| {
        totals.iter().any(|total| {
            let start = text.as_bytes().get(..total.len());
            let starts = start.is_some_and(|start| start.eq_ignore_ascii_case(total.as_bytes()));
            let behind = || text.get(total.len()..).and_then(|rest| rest.chars().next());
            starts && !behind().is_some_and(char::is_alphabetic)
        })
    })
}

/// For each byte, whether it is the first letter of a word in [`TOTALS`], in either case.
const TOTAL_LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut place = 0;
    while place < TOTALS.len() {
        let letter = TOTALS[place].0;
        letters[letter as usize] = true;
        letters[letter.to_ascii_uppercase() as usize] = true;
        place += 1;
    }
    letters
};

/// Lower-case words for a total, grouped by their first letter.
const TOTALS: [(u8, &[&str]); 11] = [
    (b't', &["total", "totals", "totale", "totaal", "totalt"]),
    (
        b's',
        &[
            "sub-total",
            "subtotal",
            "subtotals",
            "sub total",
            "sum",
            "summe",
            "suma",
            "somme",
            "somma",
            "staff:",
        ],
    ),
    (b'g', &["grand total", "gesamt", "gesamtzahl"]),
    (b'o', &["overall total", "ogółem"]),
    (b'c', &["count", "cyfanswm", "celkem"]),
    (b'h', &["headcount", "head count"]),
    (
        b'n',
        &[
            "number of",
            "no. of",
            "no of",
            "nr of",
            "nifer",
            "nombre de",
        ],
    ),
    (b'a', &["average", "anzahl", "aantal", "antal"]),
    (b'i', &["insgesamt", "i alt"]),
    (b'r', &["razem", "records", "rows"]),
    (b'u', &["users:", "users ="]),
];

/// Whether a cell is a count: a number with fewer digits than a telephone number.
fn is_count(cell: &Cell<'_>) -> bool {
    let text = cell.text();
    if !may_begin(&text, |byte| byte.is_ascii_digit()) {
        return false;
    }
    let text = tidy(&text);
    let number = text.trim_end_matches('%');
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    number.len() < 7 && !number.is_empty() && number.bytes().all(is_part)
}

/// Whether a row has the name of a section and otherwise only counts: "Clerks | | | 4".
fn is_labelled_count(user: &User, cells: RowCells) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A number in the administrator column alone may mean yes or no.
    let names = [&user.last_name, &user.email, &user.mobile];
    cells.filled > 1
        && cells.counted + 1 == cells.filled
        && names.iter().any(|text| is_digits(text) && text.len() < 7)
        && user.role.is_empty()
        && is_section(&[user.first_name.as_str()])
}

/// Whether a row has one text and nothing else: a section heading, a footer or a remark.
///
/// A full name alone in a column of full names counts as a user without the other answers.
fn is_text_alone(read: &IntakeRow, cells: RowCells) -> bool {
    let user = &read.user;
    let beside = [&user.email, &user.mobile, &user.role, &user.administrator];
    let alone = beside.iter().all(|text| text.is_empty());
    let text = user.full_name();
    if text.is_empty() && cells.filled == 1 && !cells.others {
        // A section heading may stand in the first column even if the first column is for email
        // addresses or numbers.
        let is_words =
            |text: &str| !text.contains(|letter: char| letter == '@' || letter.is_ascii_digit());
        let words = [&user.email, &user.mobile]
            .into_iter()
            .find(|text| !text.is_empty());
        return words.is_some_and(|text| is_words(text)) && read.faults.is_empty();
    }
    if !alone || text.is_empty() || read.faults.iter().any(|fault| fault.code == UNCALCULATED) {
        return false;
    }
    let words: Vec<&str> = text.split(' ').collect();
    let lower = text.to_lowercase();
    let is_name = text.starts_with(char::is_alphanumeric) && !text.ends_with(':');
    let starts = begins_as_remark(&lower) || is_total_row(&words, &text);
    if cells.filled > 1 {
        // In a CSV file, a footer with a comma fills two cells.
        return words.len() > 4 || (words.len() > 1 && starts);
    }
    if cells.full_name {
        let has_digits = text.contains(|letter: char| letter.is_ascii_digit());
        let one_word = !cells.others && is_heading_word(&words, &text);
        return starts
            || !is_name
            || has_digits
            || one_word
            || words.len() > 4
            || is_section(&words);
    }
    let one_cell = !cells.others
        && user.last_name.is_empty()
        && (words.len() > 1 || is_heading_word(&words, &text));
    starts || !is_name || one_cell || words.len() > 3
}

/// Whether the only filled cell is a full name that begins with a word for a total: "Total Khan".
fn is_named_like_total(user: &User, cells: RowCells) -> bool {
    let text = user.full_name();
    let words: Vec<&str> = text.split(' ').collect();
    cells.filled == 1 && begins_as_total(&text) && !is_total_row(&words, &text)
}

/// Whether the text of a row says "total" and is no name such as "Total Khan" or "Antal Kovács".
fn is_total_row(words: &[&str], text: &str) -> bool {
    let has_sign = || text.contains(|letter: char| letter.is_ascii_digit() || letter == ':');
    let is_name = |word: &&str| word.starts_with(char::is_uppercase);
    begins_as_total(text) && (!words.get(1).is_some_and(is_name) || has_sign())
}

/// Whether a text is one word that cannot be a name.
///
/// Such a word is a section heading ("YORK", "Clerks") or the rest of a remark in lower case. Any
/// other single word may be a name.
fn is_heading_word(words: &[&str], text: &str) -> bool {
    let is_capitals = text.chars().filter(|letter| letter.is_alphabetic()).count() > 1
        && !text.contains(char::is_lowercase);
    let is_small = text.starts_with(char::is_lowercase);
    words.len() == 1 && (is_capitals || is_small || is_section(words))
}

/// Whether words are a section heading: "Leeds office", "Crime Team".
fn is_section(words: &[&str]) -> bool {
    let last = words.last().map_or("", |word| word.trim_end_matches(':'));
    is_remark_on_person(last)
        || matches!(
            last.to_lowercase().as_str(),
            "department"
                | "dept"
                | "branch"
                | "crime"
                | "staff"
                | "users"
                | "others"
                | "clerks"
                | "joiners"
                | "starters"
                | "temps"
                | "division"
                | "unit"
                | "offices"
                | "llp"
                | "ltd"
        )
}

/// Lower-case beginnings of remarks that stand in a row of their own. A beginning that ends with a
/// letter must not be followed by another letter.
const REMARKS: [&str; 68] = [
    "* ",
    "any questions",
    "approved by",
    "as at",
    "as of",
    "authorised by",
    "checked by",
    "compiled by",
    "completed by",
    "confidential",
    "contact us",
    "continued",
    "copyright",
    "correct as at",
    "correct as of",
    "created",
    "creado por",
    "créé",
    "date",
    "dated",
    "downloaded",
    "end",
    "erstellt",
    "exported",
    "extracted",
    "for more information",
    "for queries",
    "for questions",
    "generated",
    "gedruckt",
    "if you",
    "imprimé",
    "internal use",
    "issued by",
    "key:",
    "last modified",
    "last updated",
    "legend",
    "list of",
    "list prepared",
    "n.b.",
    "nb",
    "note",
    "notes",
    "not for",
    "paratowyd gan",
    "please",
    "prepared",
    "preparado por",
    "préparé par",
    "preparato da",
    "printed",
    "private and",
    "produced by",
    "requested by",
    "reviewed by",
    "revised",
    "see also",
    "signed",
    "source",
    "stand:",
    "submitted by",
    "the above",
    "this list",
    "updated",
    "version",
    "www.",
    "© ",
];

/// Words for the page of a printed list, in lower case.
const PAGES: [&str; 8] = [
    "page", "pages", "pg", "sheet", "seite", "tudalen", "página", "pagina",
];

/// Whether a row has a role or an answer about administrators but no person.
///
/// Such a row was prefilled, by hand or by formulas whose results are empty or zero.
fn is_unnamed(read: &IntakeRow) -> bool {
    // An uncalculated formula still counts as a person.
    let is_formula = |column: Column| {
        let faults = &mut read.faults.iter();
        faults.any(|fault| fault.code == UNCALCULATED && fault.field == column.key())
    };
    [
        Column::FirstName,
        Column::LastName,
        Column::Email,
        Column::Mobile,
    ]
    .into_iter()
    .all(|column| says_nothing(column, read.text(column)) && !is_formula(column))
}

/// Whether a cell is empty, or the result of a formula on empty cells: `0`, `@firm.example`.
fn says_nothing(column: Column, text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    if column == Column::Email
        && let Some((name, _)) = text.split_once('@')
    {
        return !name.contains(char::is_alphanumeric);
    }
    matches!(
        text,
        "0" | "0.0" | "0 0" | "FALSE" | "1899-12-30" | "1899-12-31" | "1900-01-00" | "00/01/1900"
    )
}

/// Whether a row is an example of how to fill the sheet in: "e.g. Jane".
fn is_example(user: &User) -> bool {
    [&user.first_name, &user.last_name].iter().any(|name| {
        let start = name.get(..3).unwrap_or_default();
        ["e.g", "eg.", "eg:"]
            .iter()
            .any(|example| start.eq_ignore_ascii_case(example))
    })
}

/// Whether a row is the template's sample. The sample is recognised by at least two of its first
/// name, its last name and the host of its email address; a real user may have one of these.
fn is_sample(user: &User) -> bool {
    // Normalising only removes characters, so a shorter name cannot match.
    let starts =
        |name: &str, start: &str| name.len() >= start.len() && normalised(name).starts_with(start);
    let host = "@test.com";
    let address = user.email.len().checked_sub(host.len());
    let address = address.and_then(|at| user.email.get(at..));
    [
        starts(&user.first_name, "testfirst"),
        starts(&user.last_name, "testlast"),
        address.is_some_and(|end| end.eq_ignore_ascii_case(host)),
    ]
    .iter()
    .filter(|sign| **sign)
    .count()
        > 1
}

/// Whether a row is a line of dashes or similar signs, as people draw in tables.
fn is_drawn_line(user: &User) -> bool {
    let drawn = |text: &String| {
        text.bytes()
            .all(|byte| matches!(byte, b'-' | b'=' | b'_' | b'*' | b'.' | b':'))
    };
    let names = [&user.first_name, &user.last_name, &user.email, &user.mobile];
    names.iter().all(|text| drawn(text)) && names.iter().any(|text| text.len() > 1)
}
