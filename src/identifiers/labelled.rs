//! Removes the label before a number and the remark behind it: `tel:+44 …`, `07700 900101 (work)`,
//! `SRA 123456`.
//!
//! People copy such texts from signatures and lists. The fields and the spreadsheet reader share
//! this rule, and a warning says how the text was read.

/// Returns a telephone number without its label and its remark; `None` if it has neither.
pub(super) fn telephone(typed: &str) -> Option<&str> {
    let behind = without_label(typed.trim(), &TELEPHONE);
    let bare = without_remark(behind);
    (bare.len() < typed.trim().len() && has_digit(bare)).then_some(bare)
}

/// Returns an SRA number without its label and its remark; `None` if it has neither.
pub(super) fn sra_number(typed: &str) -> Option<&str> {
    let bare = without_remark(without_label(typed.trim(), &SRA));
    (bare.len() < typed.trim().len() && has_digit(bare)).then_some(bare)
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Removes the words of a label from the beginning of a text, with the signs between them.
fn without_label<'t>(typed: &'t str, labels: &[&str]) -> &'t str {
    let mut rest = typed;
    // A label has a few words: "SRA ID number:", "Solicitors Regulation Authority number:".
    for _ in 0..MOST_WORDS {
        let length = rest
            .find(|letter: char| !letter.is_alphabetic())
            .unwrap_or(rest.len());
        let (word, behind) = rest.split_at(length);
        if word.is_empty() || !labels.iter().any(|label| word.eq_ignore_ascii_case(label)) {
            break;
        }
        rest = behind.trim_start_matches([' ', ':', '.', '#', '-', '–', '=', '\u{a0}']);
    }
    rest
}

/// Removes a remark without digits from the end of a text: `(work)`, `[direct]`, `- mobile`.
/// Spaces, commas and semicolons at the end are removed too.
fn without_remark(typed: &str) -> &str {
    let end = typed.trim_end_matches([' ', ';', ',']);
    let closed = [('(', ')'), ('[', ']')]
        .iter()
        .find_map(|(open, close)| end.strip_suffix(*close)?.rsplit_once(*open));
    if let Some((before, remark)) = closed
        && is_words(remark)
    {
        return before.trim_end();
    }
    let before = end.trim_end_matches(char::is_alphabetic);
    let word = end.get(before.len()..).unwrap_or_default();
    if REMARKS
        .iter()
        .any(|remark| word.eq_ignore_ascii_case(remark))
    {
        return before.trim_end_matches([' ', '-', '–', ',', ':']);
    }
    end
}

fn is_words(remark: &str) -> bool {
    remark.contains(char::is_alphabetic) && !remark.contains(|letter: char| letter.is_ascii_digit())
}

/// The maximum number of words of a label.
const MOST_WORDS: usize = 6;

/// Words of a label before a telephone number.
const TELEPHONE: [&str; 24] = [
    "tel",
    "telephone",
    "phone",
    "ph",
    "mobile",
    "mob",
    "cell",
    "m",
    "t",
    "p",
    "sms",
    "callto",
    "call",
    "whatsapp",
    "work",
    "home",
    "direct",
    "number",
    "no",
    "num",
    "contact",
    "dd",
    "ffon",
    "symudol",
];

/// Words of a label before an SRA number.
const SRA: [&str; 12] = [
    "sra",
    "solicitors",
    "regulation",
    "authority",
    "id",
    "no",
    "number",
    "num",
    "ref",
    "reg",
    "registration",
    "firm",
];

/// Remarks that people write behind a number without brackets: `07700 900101 work`.
const REMARKS: [&str; 13] = [
    "work",
    "mobile",
    "mob",
    "home",
    "personal",
    "private",
    "direct",
    "office",
    "business",
    "main",
    "cell",
    "whatsapp",
    "preferred",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_remarks_are_found() {
        for (typed, bare) in [
            ("tel:+447700900101", "+447700900101"),
            ("Tel. 07700 900101", "07700 900101"),
            ("Mobile number: 07700 900101", "07700 900101"),
            ("M 07700 900101", "07700 900101"),
            ("07700 900101 (work)", "07700 900101"),
            ("07700 900101 [my own]", "07700 900101"),
            ("07700 900101 - work", "07700 900101"),
            ("tel: 07700 900101 (work);", "07700 900101"),
        ] {
            assert_eq!(telephone(typed), Some(bare), "{typed}");
        }
        for typed in [
            "07700 900101",
            "(0113) 496 0000",
            "07700 900101 (2)",
            "tel:",
            "Ann",
            "",
        ] {
            assert_eq!(telephone(typed), None, "{typed}");
        }
        for (typed, bare) in [
            ("SRA 123456", "123456"),
            ("SRA ID: 123456", "123456"),
            ("SRA No. 123456", "123456"),
            ("sra#123456", "123456"),
            ("123456 (firm)", "123456"),
        ] {
            assert_eq!(sra_number(typed), Some(bare), "{typed}");
        }
        for typed in ["123456", "SRA", "BSB 123456", "12345A"] {
            assert_eq!(sra_number(typed), None, "{typed}");
        }
    }
}
