//! A question page as `end2end/data/questions.json` describes it.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub path: String,
    pub heading: String,
    /// What must be answered before this page is asked in this shape: pages and answers.
    #[serde(default)]
    pub before: Vec<(String, Answers)>,
    pub fields: Vec<Field>,
    /// What the page says when it is sent empty; nothing where everything is optional.
    pub empty: Option<Problems>,
    pub wrong: Vec<Wrong>,
    pub right: Answers,
    /// The heading of the page that comes after right answers.
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

/// How a field is answered.
#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    #[default]
    Text,
    /// By the label of one of its choices.
    Radios,
    /// By `yes` or nothing.
    Checkbox,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    pub answers: Answers,
    pub problems: Problems,
}

/// The words beside each field that is wrong, by the name of the field, in the order of the page.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct Problems(#[serde(deserialize_with = "in_order")] pub Vec<(String, String)>);

/// What is typed or chosen, by the name of the field.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub struct Answers(#[serde(deserialize_with = "in_order")] Vec<(String, String)>);

impl Answers {
    /// The answer of a field; none where it is left as it is.
    pub fn of(&self, field: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map(|(_, answer)| answer.as_str())
    }

    /// As the body of a form.
    pub fn encoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }
}

/// Every question.
pub fn all() -> Vec<Question> {
    serde_json::from_str(include_str!("../../../../end2end/data/questions.json")).unwrap()
}

/// The pairs of an object in the order in which they stand.
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
