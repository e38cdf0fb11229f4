//! Recognises errors that a spreadsheet program wrote as text, as in a CSV file: `#N/A`, `Err:502`.

/// The error values of Excel, LibreOffice and Google Sheets, without the `#`.
const ERRORS: [&str; 18] = [
    "N/A",
    "NAME?",
    "VALUE!",
    "REF!",
    "DIV/0!",
    "NUM!",
    "NULL!",
    "SPILL!",
    "CALC!",
    "FIELD!",
    "BLOCKED!",
    "CONNECT!",
    "BUSY!",
    "UNKNOWN!",
    "EXTERNAL!",
    "PYTHON!",
    "ERROR!",
    "GETTING_DATA",
];

/// Whether a text is an error, or the `####` that a column shows if it is too narrow.
pub(super) fn is_error_like(text: &str) -> bool {
    if let Some(name) = text.strip_prefix('#') {
        return ERRORS.iter().any(|error| error.eq_ignore_ascii_case(name))
            || (name.len() > 1 && name.bytes().all(|byte| byte == b'#'));
    }
    text.strip_prefix("Err:")
        .is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_told_by_its_name() {
        for error in ["#N/A", "#n/a", "#NAME?", "#DIV/0!", "Err:502", "###"] {
            assert!(is_error_like(error), "{error}");
        }
        for other in [
            "", "#", "##", "#1", "#Ann", "N/A", "Err:", "Err: 502", "Errol",
        ] {
            assert!(!is_error_like(other), "{other}");
        }
    }
}
