//! Every file that the `expected.json` of `files/` or of `found/` names gives the outcome listed
//! there: the people, the problems, the organisation page, the notes or the refusal.
//!
//! The files in `found/` imitate real files that were once misread. Files whose names begin with
//! the same number were misread in the same way.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic makes the test fail"
)]

#[path = "fixtures/expected.rs"]
mod wanted;

use std::collections::BTreeMap;
use std::path::PathBuf;

use registration::spreadsheet::{Mapping, ReadOutcome};
use serde_json::Value;
use spreadsheet::read::{Limits, outcome, unwatched};
use wanted::assert_as_wanted;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

fn read(name: &str) -> Value {
    let bytes = std::fs::read(file(name)).unwrap();
    let outcome: ReadOutcome = outcome(
        &bytes,
        &Mapping::default(),
        &Limits::default(),
        &mut unwatched,
    )
    .unwrap();
    serde_json::to_value(outcome).unwrap()
}

#[test]
fn every_file_comes_out_as_expected() {
    for (folder, files) in [("files", 14), ("found", 61)] {
        let text = std::fs::read_to_string(file(&format!("{folder}/expected.json"))).unwrap();
        let expected: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(expected.len(), files);
        for (name, wanted) in expected {
            let name = format!("{folder}/{name}");
            assert_as_wanted(&name, &read(&name), &wanted);
        }
    }
}

#[test]
fn files_of_other_programs_are_read_with_what_is_odd_in_them_told() {
    for end in ["xlsx", "ods", "xls"] {
        let found = read(&format!("files/libreoffice-from-template.{end}"));
        assert_eq!(found["outcome"], "read", "{end}: {found}");
        assert!(
            !found["people"].as_array().unwrap().is_empty(),
            "{end}: {found}"
        );
        assert_eq!(found["problems"], serde_json::json!([]), "{end}");
    }
    for end in ["xlsx", "ods"] {
        let found = read(&format!("files/libreoffice-changed.{end}"));
        assert_eq!(found["outcome"], "read", "{end}: {found}");
        let hidden = found["notes"]
            .as_array()
            .unwrap()
            .iter()
            .find(|note| note["code"] == "rows-hidden");
        assert!(
            hidden.is_some_and(|note| note["message"].as_str().unwrap().contains("row 5")),
            "{end}: {found}"
        );
    }
}
