//! Detects files that people select in place of a spreadsheet: the lock files of Excel and
//! LibreOffice, shortcuts to a file stored elsewhere, and JSON files.

/// Describes a lock file, a shortcut or a JSON file, and says what to select instead. Returns
/// `None` for any other file.
pub(super) fn what(bytes: &[u8]) -> Option<&'static str> {
    let text = || String::from_utf8_lossy(bytes.get(..MAX_BYTES).unwrap_or(bytes));
    if is_lock_of_office(bytes) || is_lock_of_libreoffice(bytes) {
        return Some(
            "the note that a program keeps while a spreadsheet is open. Its name begins with ~$ or .~lock: close the spreadsheet and select that instead",
        );
    }
    if bytes.starts_with(b"{") {
        let has = |mark: &str| text().contains(mark);
        return Some(if has("\"doc_id\"") || has("docs.google.com") {
            "a shortcut to a Google Sheet. In Google Sheets choose File, then Download, then Excel, and select the new file"
        } else {
            "a JSON file. Save it as Excel (xlsx), OpenDocument (ods) or CSV and select that"
        });
    }
    let is_shortcut = bytes.starts_with(b"[InternetShortcut]")
        || bytes.starts_with(b"L\0\0\0\x01\x14\x02\0")
        || (bytes.starts_with(b"<?xml") && text().contains("<key>URL</key>"));
    is_shortcut.then_some(
        "a shortcut to a file that is kept elsewhere. Open it, save a copy and select that",
    )
}

/// The number of bytes at the start of a file that are searched.
const MAX_BYTES: usize = 4_000;

/// Returns whether a file looks like Excel's lock file: the length of the user's name, the name in
/// 54 bytes, and then both again in UTF-16.
fn is_lock_of_office(bytes: &[u8]) -> bool {
    let Some((length, name)) = bytes.split_first() else {
        return false;
    };
    matches!(bytes.len(), 150..=200)
        && *length > 0
        && *length < 55
        && bytes.get(55) == Some(length)
        && bytes.get(56) == Some(&0)
        && name
            .get(usize::from(*length)..54)
            .is_some_and(|rest| rest.iter().all(|byte| matches!(byte, b' ' | 0)))
}

/// Returns whether a file is a lock file of LibreOffice: one line that starts with a comma, ends
/// with a semicolon and contains a `file://` address.
fn is_lock_of_libreoffice(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes.get(..MAX_BYTES).unwrap_or(bytes)) else {
        return false;
    };
    let line = text.trim_end();
    line.starts_with(',') && line.ends_with(';') && !line.contains('\n') && line.contains("file://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointer_files_and_shortcuts_are_named() {
        let mut lock = vec![10];
        lock.extend(b"Priya Iyer");
        lock.resize(55, b' ');
        lock.extend([10, 0]);
        for letter in "Priya Iyer".encode_utf16() {
            lock.extend(letter.to_le_bytes());
        }
        lock.resize(165, b' ');
        for (bytes, words) in [
            (lock.as_slice(), "~$"),
            (
                b",priya,laptop,30.11.2026 09:00,file:///home/priya;",
                "~lock",
            ),
            (
                b"{\"url\": \"https://docs.google.com/x\", \"doc_id\": \"1\"}",
                "Google Sheet",
            ),
            (b"{\"users\": []}", "JSON"),
            (
                b"[InternetShortcut]\r\nURL=https://firm.example/list.xlsx\r\n",
                "shortcut",
            ),
        ] {
            assert!(
                what(bytes).is_some_and(|what| what.contains(words)),
                "{words}"
            );
        }
        for bytes in [
            &b"First name,Last name\n"[..],
            b"",
            b",First name;",
            b"\x0aPriya Iyer",
        ] {
            assert_eq!(what(bytes), None);
        }
    }
}
