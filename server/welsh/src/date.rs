//! Dates and times of a page, written in Welsh.

use registration::date::{month_number, month_of};
use registration::language::Language;

/// The days of the week in English and Welsh.
const DAYS: [(&str, &str); 7] = [
    ("Monday", "Dydd Llun"),
    ("Tuesday", "Dydd Mawrth"),
    ("Wednesday", "Dydd Mercher"),
    ("Thursday", "Dydd Iau"),
    ("Friday", "Dydd Gwener"),
    ("Saturday", "Dydd Sadwrn"),
    ("Sunday", "Dydd Sul"),
];

/// Writes an English date in Welsh, such as `3 September 2026`, `Thursday 3 September` or
/// `September 2026`. Returns `None` if the text is no such date.
pub fn in_welsh(english: &str) -> Option<String> {
    let mut has_month = false;
    let words: Option<Vec<String>> = english
        .split(' ')
        .map(|word| {
            let bare = word.trim_end_matches(',');
            let is_number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
            if is_number {
                return (bare.len() <= 4).then(|| bare.to_owned());
            }
            if let Some((_, welsh)) = DAYS.iter().find(|(day, _)| *day == bare) {
                return Some((*welsh).to_owned());
            }
            let number = month_number(bare)?;
            has_month = true;
            let short = bare.len() == 3 && bare != "May";
            let is_whole = month_of(number, Language::English) == Some(bare);
            let welsh = month_of(number, Language::Welsh)?;
            if is_whole {
                Some(welsh.to_owned())
            } else {
                short.then(|| welsh.chars().take(3).collect())
            }
        })
        .collect();
    words.filter(|_| has_month).map(|words| words.join(" "))
}

/// Writes an English time in Welsh, such as `4:24am`. Returns `None` if the text is no such time.
pub fn time_in_welsh(english: &str) -> Option<String> {
    match english {
        "midday" => return Some("ganol dydd".to_owned()),
        "midnight" => return Some("hanner nos".to_owned()),
        _ => {}
    }
    let (digits, half) = if let Some(digits) = english.strip_suffix("am") {
        (digits, "yb")
    } else {
        (english.strip_suffix("pm")?, "yh")
    };
    let is_time = digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.len() <= 5
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b':');
    is_time.then(|| [digits, half].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_in_welsh() {
        for (english, welsh) in [
            ("3 September 2026", "3 Medi 2026"),
            ("Thursday 3 December", "Dydd Iau 3 Rhagfyr"),
            ("May 2026", "Mai 2026"),
            ("3 Feb 2026", "3 Chw 2026"),
        ] {
            assert_eq!(in_welsh(english).as_deref(), Some(welsh));
        }
    }

    #[test]
    fn a_time_is_written_in_welsh() {
        for (english, welsh) in [
            ("4:24am", Some("4:24yb")),
            ("10pm", Some("10yh")),
            ("midday", Some("ganol dydd")),
            ("am", None),
            ("soon", None),
            ("4:24am: you sent it", None),
        ] {
            assert_eq!(time_in_welsh(english).as_deref(), welsh);
        }
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in [
            "",
            "3",
            "Maya",
            "May Williams",
            "3 September 2026 at noon",
            "2026-09-03",
        ] {
            assert_eq!(in_welsh(text), None, "{text}");
        }
    }
}
