//! The answers that a form sent, and the fields that did not arrive.
//!
//! A browser sends every text field, even an empty one. A missing text field was lost on the way or
//! was not on the page, so its stored answer stays. A browser does not send an unticked checkbox. A
//! missing checkbox therefore counts as unticked if any field of its page arrived.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapDeserializer;
use serde::de::{DeserializeOwned, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::answers::Answers;

/// The name of the hidden field with the version of the answers that the form showed.
pub const VERSION: &str = "version";

/// The name of the hidden field with the identifier of the form.
pub const FORM_ID: &str = "form_id";

/// The length of the identifier of a form, in hexadecimal digits.
const FORM_ID_LENGTH: usize = 32;

/// The form that sent the answers, and the version of the answers that it showed.
///
/// Each page that is opened has a form with an identifier of its own. A form may save several
/// times, and its later saves replace its earlier ones. The forms of two people, or of two tabs of
/// one browser, do not replace each other's answers without asking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// The version of the answers that the form showed; `None` if the form did not send a version.
    pub version: Option<i64>,
    /// The identifier of the form; `None` if the form did not send one.
    pub form: Option<String>,
}

impl Shown {
    /// Reads the hidden fields of a form. An identifier in any other format than that of this
    /// service counts as none.
    #[must_use]
    pub fn new(version: Option<i64>, form: Option<&str>) -> Self {
        let is_form_id = |id: &&str| {
            id.len() == FORM_ID_LENGTH && id.bytes().all(|digit| digit.is_ascii_hexdigit())
        };
        Self {
            version,
            form: form.filter(is_form_id).map(str::to_owned),
        }
    }

    /// Returns the version with which the saved answers are compared; `None` if the form sent
    /// neither a version nor an identifier, so that the saved answers are overwritten without a
    /// comparison.
    ///
    /// A form that has an identifier but no version was opened before the draft existed, so it
    /// counts as version 0.
    #[must_use]
    pub fn compared(&self) -> Option<i64> {
        self.version.or(self.form.as_ref().map(|_| 0))
    }
}

/// The answers that a form sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Sent<A> {
    /// The answers. Fields that did not arrive are empty.
    pub answers: A,
    /// The fields that did not arrive.
    #[serde(skip)]
    pub missing: Vec<&'static str>,
    /// The form that sent the answers, and the version of the answers that it showed.
    #[serde(skip)]
    pub shown: Shown,
}

impl<A: Serialize + DeserializeOwned> Sent<A> {
    /// Returns the answers, with missing fields filled from the stored answers.
    #[must_use]
    pub fn over(self, stored: Option<&A>) -> A {
        let Some(stored) = stored.filter(|_| !self.missing.is_empty()) else {
            return self.answers;
        };
        let filled = || -> serde_json::Result<A> {
            let mut answers = serde_json::to_value(&self.answers)?;
            let mut stored = serde_json::to_value(stored)?;
            for field in &self.missing {
                answers[*field] = stored[*field].take();
            }
            serde_json::from_value(answers)
        };
        // This cannot fail, because all answers are strings.
        filled().unwrap_or(self.answers)
    }
}

impl<'de, A: Answers + DeserializeOwned> Deserialize<'de> for Sent<A> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields(PhantomData))
    }
}

struct Fields<A>(PhantomData<A>);

impl<'de, A: Answers + DeserializeOwned> Visitor<'de> for Fields<A> {
    type Value = Sent<A>;

    fn expecting(&self, words: &mut fmt::Formatter) -> fmt::Result {
        words.write_str("the fields of a form")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Sent<A>, M::Error> {
        // A list, not a map, so that a field that arrived twice is rejected below.
        let mut fields: Vec<(String, Value)> = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        let came = |field: &str| fields.iter().any(|(name, _)| name == field);
        let whole = A::FIELDS.iter().any(|field| came(field));
        let unticked = |field| whole && A::BOXES.contains(field);
        let missing = A::FIELDS
            .iter()
            .filter(|field| !came(field) && !unticked(field))
            .copied()
            .collect();
        let hidden = |field: &str| {
            let found = fields.iter().find(|(name, _)| name == field);
            found.and_then(|(_, value)| value.as_str())
        };
        let version = hidden(VERSION).and_then(|version| version.parse().ok());
        let shown = Shown::new(version, hidden(FORM_ID));
        let fields = MapDeserializer::<_, serde_json::Error>::new(fields.into_iter());
        let answers = A::deserialize(fields).map_err(M::Error::custom)?;
        Ok(Sent {
            answers,
            missing,
            shown,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accountable_person::AccountablePersonContact;
    use crate::signature::Signature;

    fn sent<A: Answers + DeserializeOwned>(fields: Value) -> Sent<A> {
        serde_json::from_value(fields).unwrap()
    }

    fn contact(telephone: &str, email: &str) -> AccountablePersonContact {
        AccountablePersonContact {
            telephone: telephone.to_owned(),
            email: email.to_owned(),
        }
    }

    #[test]
    fn a_missing_field_keeps_what_was_kept_and_an_empty_one_empties_it() {
        let stored = contact("01632 960 096", "clerk@firm.example");
        for (fields, expected) in [
            (
                serde_json::json!({ "email": "b@firm.example" }),
                contact("01632 960 096", "b@firm.example"),
            ),
            (
                serde_json::json!({ "telephone": "", "email": "b@firm.example" }),
                contact("", "b@firm.example"),
            ),
            (serde_json::json!({ "other": "1" }), stored.clone()),
        ] {
            let sent: Sent<AccountablePersonContact> = sent(fields);
            assert_eq!(sent.over(Some(&stored)), expected);
        }
    }

    #[test]
    fn a_missing_field_is_empty_where_nothing_was_kept() {
        let sent: Sent<AccountablePersonContact> = sent(serde_json::json!({ "email": "b" }));
        assert_eq!(sent.missing, ["telephone"]);
        assert_eq!(sent.over(None), contact("", "b"));
    }

    #[test]
    fn a_box_is_emptied_by_the_rest_of_its_page_alone() {
        let stored = Signature {
            full_name: "Wen Williams".to_owned(),
            capacity: "Partner".to_owned(),
            authority: "yes".to_owned(),
            terms_version: "29 September 2020".to_owned(),
        };
        let unticked = sent::<Signature>(serde_json::json!({
            "full_name": "Wen Williams", "capacity": "Partner", "terms_version": "29 September 2020"
        }));
        assert_eq!(unticked.over(Some(&stored)).authority, "");
        let nothing = sent::<Signature>(serde_json::json!({ "from": "task" }));
        assert_eq!(nothing.over(Some(&stored)), stored);
    }

    #[test]
    fn a_form_without_a_version_was_opened_before_there_was_a_draft() {
        let shown = |fields| sent::<AccountablePersonContact>(fields).shown;
        let id = "0123456789abcdef".repeat(2);
        for (fields, compared) in [
            (
                serde_json::json!({ "version": "3", "form_id": id }),
                Some(3),
            ),
            (serde_json::json!({ "form_id": id }), Some(0)),
            (serde_json::json!({ "form_id": "short" }), None),
            (serde_json::json!({}), None),
        ] {
            assert_eq!(shown(fields).compared(), compared);
        }
    }

    #[test]
    fn a_field_that_came_twice_is_not_read() {
        let twice = r#"{ "email": "a", "email": "b" }"#;
        assert!(serde_json::from_str::<Sent<AccountablePersonContact>>(twice).is_err());
    }
}
