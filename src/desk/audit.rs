//! The words in which the audit trail is shown: names of actions, and the details of a row with the
//! values before and after a change.

mod action;

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::lifecycle::State;

pub use self::action::Action;

/// Path of the audit search.
pub const AUDIT: &str = "/desk/audit";
/// Path of the page that verifies one chain of audit rows.
pub const AUDIT_CHAIN: &str = "/desk/audit/chain";
/// Path below which the history of one registration is exported.
pub const AUDIT_HISTORY: &str = "/desk/audit/history";

/// A line of the details of an audit row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailLine {
    /// The name of the detail, such as `Postcode`.
    pub name: String,
    /// The value before the change; `None` if the row does not record it.
    pub before: Option<String>,
    /// The value after the change, or the only value of a detail that is not a change; `None` if
    /// the row does not record it.
    pub after: Option<String>,
}

/// Returns the words for an action's key; an unknown key is itself turned into words.
#[must_use]
pub fn action_words(key: &str) -> Cow<'static, str> {
    match Action::from_key(key) {
        Some(action) => Cow::Borrowed(action.words()),
        None => Cow::Owned(in_words(key)),
    }
}

/// Turns the JSON details of a row into lines, with `before` and `after` side by side. A value that
/// is `null` has no line.
///
/// Details that are not JSON become one line with their text.
#[must_use]
pub fn detail_lines(details: &str) -> Vec<DetailLine> {
    let mut lines = Vec::new();
    match serde_json::from_str(details) {
        Ok(Value::Object(mut fields)) => {
            let before = fields.remove("before").filter(|value| !value.is_null());
            let after = fields.remove("after").filter(|value| !value.is_null());
            beside("Changed", before.as_ref(), after.as_ref(), &mut lines);
            flatten("", &fields, &mut lines);
        }
        Ok(Value::Null) => {}
        Ok(value) => push_lines("Details", &value, &mut lines),
        Err(_) => push_lines("Details", &Value::from(details), &mut lines),
    }
    lines
}

/// Adds a line with a value before and after a change, or a line for each changed field of an
/// object. If a value is the state of a registration, the line has the name `Status` and the
/// display name of the state.
fn beside(name: &str, before: Option<&Value>, after: Option<&Value>, lines: &mut Vec<DetailLine>) {
    let fields = |value: Option<&Value>| match value {
        Some(Value::Object(fields)) => Some(fields.clone()),
        _ => None,
    };
    let (of_before, of_after) = (fields(before), fields(after));
    if of_before.is_none() && of_after.is_none() {
        let (before, after) = (before.map(plain), after.map(plain));
        let state = |key: Option<String>| {
            key.map(|key| State::from_key(&key).map_or(key, |state| state.words().to_owned()))
        };
        let is_state = [&before, &after]
            .into_iter()
            .flatten()
            .any(|key| State::from_key(key).is_some());
        let (name, before, after) = if is_state {
            ("Status", state(before), state(after))
        } else {
            (name, before, after)
        };
        if before.is_some() || after.is_some() {
            lines.push(DetailLine {
                name: name.to_owned(),
                before,
                after,
            });
        }
        return;
    }
    let (of_before, of_after) = (of_before.unwrap_or_default(), of_after.unwrap_or_default());
    let more = of_after.keys().filter(|key| !of_before.contains_key(*key));
    for key in of_before.keys().chain(more) {
        let (before, after) = (of_before.get(key), of_after.get(key));
        if before != after {
            beside(&in_words(key), before, after, lines);
        }
    }
}

fn flatten(above: &str, fields: &Map<String, Value>, lines: &mut Vec<DetailLine>) {
    for (key, value) in fields {
        let name = if above.is_empty() {
            in_words(key)
        } else {
            format!("{above}, {}", key.replace(['-', '_'], " "))
        };
        push_lines(&name, value, lines);
    }
}

fn push_lines(name: &str, value: &Value, lines: &mut Vec<DetailLine>) {
    match value {
        Value::Null => {}
        Value::Object(fields) => flatten(name, fields, lines),
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (item, number) in items.iter().zip(1..) {
                push_lines(&format!("{name} {number}"), item, lines);
            }
        }
        value => lines.push(DetailLine {
            name: name.to_owned(),
            before: None,
            after: Some(plain(value)),
        }),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) if text.is_empty() => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Array(items) if items.is_empty() => "nothing".to_owned(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        value => value.to_string(),
    }
}

/// Turns a key into words: `sra_number` becomes `Sra number`.
fn in_words(key: &str) -> String {
    let words = key.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audit_details_are_shown_line_by_line() {
        // Each line: its name, before, after.
        type Line = (&'static str, Option<&'static str>, Option<&'static str>);
        let cases: [(&str, &[Line]); 9] = [
            ("{}", &[]),
            ("null", &[]),
            (
                r#"{"before":"received","after":"approved","revision":2,"more":null}"#,
                &[
                    ("Status", Some("Received"), Some("Approved")),
                    ("Revision", None, Some("2")),
                ],
            ),
            (
                r#"{"before":{"postcode":"WR1 2ND","town":"Leeds"},"after":{"postcode":"WR1 2NE","town":"Leeds"}}"#,
                &[("Postcode", Some("WR1 2ND"), Some("WR1 2NE"))],
            ),
            (
                r#"{"before":{"county":null},"after":{"county":"Kent","is_new":true}}"#,
                &[
                    ("County", Some("nothing"), Some("Kent")),
                    ("Is new", None, Some("yes")),
                ],
            ),
            (
                r#"{"before":"5 days","after":"7 days"}"#,
                &[("Changed", Some("5 days"), Some("7 days"))],
            ),
            (
                r#"{"more":[{"topic":"name","asked":"Why?"},{"topic":"users","asked":"Who?"}],"list":["a","b"]}"#,
                &[
                    ("List", None, Some("a, b")),
                    ("More 1, asked", None, Some("Why?")),
                    ("More 1, topic", None, Some("name")),
                    ("More 2, asked", None, Some("Who?")),
                    ("More 2, topic", None, Some("users")),
                ],
            ),
            (
                r#"{"more":{"reason":"other","words":""}}"#,
                &[
                    ("More, reason", None, Some("other")),
                    ("More, words", None, Some("nothing")),
                ],
            ),
            ("not json", &[("Details", None, Some("not json"))]),
        ];
        for (details, expected) in cases {
            let found = detail_lines(details);
            let mut lines: Vec<Line> = Vec::new();
            for line in &found {
                let Some(same) = expected.iter().find(|expected| {
                    (expected.0, expected.1, expected.2)
                        == (
                            line.name.as_str(),
                            line.before.as_deref(),
                            line.after.as_deref(),
                        )
                }) else {
                    panic!("{details}: {line:?}");
                };
                lines.push(*same);
            }
            assert_eq!(lines.len(), expected.len(), "{details}");
        }
    }

    #[test]
    fn an_unknown_action_is_shown_by_its_key() {
        assert_eq!(action_words("approved"), "Approved it");
        assert_eq!(action_words("note-added"), "Note added");
        assert_eq!(action_words(""), "");
    }
}
