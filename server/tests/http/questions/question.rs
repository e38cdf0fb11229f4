//! The question pages that `end2end/data/questions.json` describes.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub path: String,
    pub heading: String,
    /// Other pages with their answers, to be sent first: the fields of this page depend on them.
    #[serde(default)]
    pub before: Vec<(String, Answers)>,
    pub fields: Vec<Field>,
    /// The problems if the page is sent empty; `None` if every field is optional.
    pub empty: Option<Problems>,
    pub wrong: Vec<Wrong>,
    pub right: Answers,
    /// The heading of the next page.
    pub next: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub name: String,
    pub label: String,
    #[serde(default)]
    pub kind: Kind,
}

/// The kind of a field.
#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    #[default]
    Text,
    /// Radio buttons; the answer is the label of a choice.
    Radios,
    /// A checkbox; the answer is `yes`, or nothing if it is not ticked.
    Checkbox,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    pub answers: Answers,
    pub problems: Problems,
}

/// The problem at each wrong field, by the field's name, in page order.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct Problems(#[serde(deserialize_with = "in_order")] pub Vec<(String, String)>);

/// The typed or selected answers, by the field's name.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub struct Answers(#[serde(deserialize_with = "in_order")] Vec<(String, String)>);

impl Answers {
    /// Returns the answer for a field; `None` if the field is to stay as it is.
    pub fn of(&self, field: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map(|(_, answer)| answer.as_str())
    }

    /// Encodes the answers as the body of a form.
    pub fn encoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }
}

/// Reads every question.
pub fn all() -> Vec<Question> {
    serde_json::from_str(include_str!("../../../../end2end/data/questions.json")).unwrap()
}

/// Reads the pairs of an object in the order of the file.
fn in_order<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<(String, String)>, D::Error> {
    struct Pairs;

    impl<'de> Visitor<'de> for Pairs {
        type Value = Vec<(String, String)>;

        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("an object of texts")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut pairs = Vec::new();
            while let Some(pair) = map.next_entry()? {
                pairs.push(pair);
            }
            Ok(pairs)
        }
    }

    source.deserialize_map(Pairs)
}
