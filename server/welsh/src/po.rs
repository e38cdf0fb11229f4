//! Reads a catalogue in the format of gettext (PO), which every translator's editor can open.

use super::fault::Fault;
use super::plural::FORMS;

/// An entry of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The line of the file on which the entry begins, for messages about it.
    pub line: usize,
    /// The English text; with `plural`, the text for one.
    pub english: String,
    /// The English text for several.
    pub plural: Option<String>,
    /// The Welsh text; with `plural`, one text for each form of `plural::form`.
    pub welsh: Vec<String>,
    /// Whether the English has changed since the Welsh was written (`#, fuzzy`).
    pub out_of_date: bool,
}

/// The part of an entry to which a line in quotation marks belongs.
#[derive(Clone, Copy)]
enum Part {
    Nothing,
    English,
    Plural,
    Welsh(usize),
}

/// Reads all entries of a file. The entry with the empty English text, the header, is left out.
pub fn entries(text: &str) -> Result<Vec<Entry>, Fault> {
    let mut entries = Vec::new();
    let mut entry = Entry::default();
    let mut part = Part::Nothing;
    for (at, line) in text.lines().enumerate() {
        let number = at + 1;
        let line = line.trim();
        if line.is_empty() {
            finish(&mut entry, &mut entries)?;
            part = Part::Nothing;
            continue;
        }
        if let Some(flags) = line.strip_prefix("#,") {
            entry.out_of_date |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let quoted = if line.starts_with('"') {
            line
        } else {
            let (keyword, quoted) = line.split_once(' ').ok_or(Fault::Unreadable(number))?;
            part = match keyword {
                "msgid" => {
                    entry.line = number;
                    Part::English
                }
                "msgid_plural" => {
                    entry.plural = Some(String::new());
                    Part::Plural
                }
                "msgstr" => Part::Welsh(0),
                _ => Part::Welsh(form(keyword).ok_or(Fault::Unreadable(number))?),
            };
            quoted.trim_start()
        };
        let words = unquoted(quoted).ok_or(Fault::Unreadable(number))?;
        match part {
            Part::Nothing => return Err(Fault::Unreadable(number)),
            Part::English => entry.english.push_str(&words),
            Part::Plural => entry.plural.get_or_insert_default().push_str(&words),
            Part::Welsh(form) => {
                if entry.welsh.len() <= form {
                    entry.welsh.resize(form + 1, String::new());
                }
                entry.welsh[form].push_str(&words);
            }
        }
    }
    finish(&mut entry, &mut entries)?;
    Ok(entries)
}

fn form(keyword: &str) -> Option<usize> {
    let form = keyword
        .strip_prefix("msgstr[")?
        .strip_suffix(']')?
        .parse()
        .ok()?;
    (form < FORMS).then_some(form)
}

fn finish(entry: &mut Entry, entries: &mut Vec<Entry>) -> Result<(), Fault> {
    let entry = std::mem::take(entry);
    if entry.english.is_empty() {
        return Ok(());
    }
    let forms = if entry.plural.is_some() { FORMS } else { 1 };
    if entry.welsh.len() != forms || entry.welsh.iter().any(String::is_empty) {
        return Err(Fault::NoWelsh {
            line: entry.line,
            english: entry.english,
        });
    }
    entries.push(entry);
    Ok(())
}

/// Returns the text between quotation marks, with its escapes resolved.
fn unquoted(quoted: &str) -> Option<String> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '\\' => match letters.next()? {
                'n' => '\n',
                letter @ ('"' | '\\') => letter,
                _ => return None,
            },
            '"' => return None,
            letter => letter,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_with_their_forms_and_flags() {
        let text = "msgid \"\"\nmsgstr \"Language: cy\\n\"\n\n#. A button.\n#, fuzzy\nmsgid \"Save \"\n\"\\\"now\\\"\"\nmsgstr \"Cadw\"\n";
        let read = entries(text).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].english, "Save \"now\"");
        assert_eq!(read[0].welsh, ["Cadw"]);
        assert!(read[0].out_of_date);
    }

    #[test]
    fn a_text_without_welsh_and_a_missing_form_are_faults() {
        for text in [
            "msgid \"Save\"\nmsgstr \"\"",
            "msgid \"{n} user\"\nmsgid_plural \"{n} users\"\nmsgstr[0] \"{n} defnyddiwr\"",
        ] {
            assert!(matches!(entries(text), Err(Fault::NoWelsh { line: 1, .. })));
        }
        for text in [
            "Save",
            "msgid Save",
            "msgid \"Save",
            "\"Save\"",
            "msgstr[6] \"a\"",
        ] {
            assert!(matches!(entries(text), Err(Fault::Unreadable(1))), "{text}");
        }
    }
}
