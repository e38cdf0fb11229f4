//! The page that shows two registrations side by side, with the differences marked.

use leptos::prelude::*;
use registration::desk::check::Check;
use registration::form::{FormSection, Topic};
use registration::identifiers::Email;
use registration::language::Language;
use registration::registration::{Person, Registration};

use super::address;
use crate::components::{Cell, LabelSize, Table, Tag, TagColour, text};
use crate::pages::answers::{NOT_PROVIDED, Row};
use crate::pages::answers_of_registration::answers_of_section;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};

/// The answer to a question that an organisation is not asked.
const NOT_ASKED: &str = "Not asked";

/// The data for the page that compares two registrations.
pub struct CompareView {
    /// The reference of the first registration.
    pub reference: String,
    /// The reference of the second registration.
    pub other: String,
    /// The similarities of the two registrations, as display text.
    pub common: Vec<String>,
    /// The state of each registration and the day since which it has that state, as display text.
    pub states: [String; 2],
    /// The answers of both registrations.
    pub rows: Vec<Compared>,
    /// The pairs of users with the same mailbox or mobile number.
    pub users: Vec<Compared>,
}

/// The answers of two registrations to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The label of the question.
    pub key: String,
    /// The answer of each registration, line by line.
    pub answers: [Vec<String>; 2],
}

/// Renders the page that compares two registrations.
pub fn compare_page(shown: CompareView) -> DeskPage {
    let title = ["Compare ", &shown.reference, " with ", &shown.other].concat();
    let [state, other_state] = shown.states;
    let mut rows = vec![Compared {
        key: "Status".to_owned(),
        answers: [vec![state], vec![other_state]],
    }];
    rows.extend(shown.rows);
    let mut parts = vec![heading(title.clone())];
    if shown.common.is_empty() {
        parts.push(paragraph(
            "They share no number, mailbox or mobile number and do not have similar names.",
        ));
    } else {
        parts.push(paragraph("They have in common:"));
        parts.push(list(shown.common.into_iter().map(text).collect()));
    }
    let names = [shown.reference.clone(), shown.other.clone()];
    parts.push(table("Answers", &names, rows));
    parts.push(subheading("Users in both"));
    if shown.users.is_empty() {
        parts.push(paragraph(
            "No users have the same mailbox or mobile number.",
        ));
    } else {
        parts.push(table("Users in both", &names, shown.users));
    }
    parts.push(paragraph_of(vec![outside_link(
        address(&shown.other, ""),
        ["Go to ", &shown.other].concat(),
    )]));
    let check = Check::OtherRegistrations;
    parts.push(paragraph_of(vec![outside_link(
        [&*address(&shown.reference, ""), "#check-", check.key()].concat(),
        ["Check of ", &shown.reference, ": ", check.words()].concat(),
    )]));
    DeskPage::new(title, MenuEntry::Queue, parts)
        .back(address(&shown.reference, "") + "#alike")
        .wide()
}

fn table(caption: &'static str, names: &[String; 2], rows: Vec<Compared>) -> AnyView {
    let [one, other] = names.clone();
    let head = vec![
        "Question".into(),
        one.into(),
        other.into(),
        "Comparison".into(),
    ];
    let rows = rows
        .into_iter()
        .map(|row| {
            let (words, colour) = if row.differs() {
                ("Differs", TagColour::Yellow)
            } else if row.has_no_answer() {
                ("No answer in either", TagColour::Grey)
            } else {
                ("Same", TagColour::Grey)
            };
            let [one, other] = row.answers.map(|lines| Cell::new(each_line(lines)));
            let tag = view! { <Tag words colour/> };
            vec![Cell::from(row.key), one, other, Cell::new(tag)]
        })
        .collect();
    view! {
        <Table head rows caption caption_size=LabelSize::Hidden first_cell_is_header=true reflows=true/>
    }
    .into_any()
}

fn each_line(lines: Vec<String>) -> Vec<AnyView> {
    lines
        .into_iter()
        .map(|line| view! { <div class="app-lines">{line}</div> }.into_any())
        .collect()
}

impl Compared {
    /// Whether neither registration has an answer.
    #[must_use]
    pub fn has_no_answer(&self) -> bool {
        self.answers.iter().all(|lines| {
            let given =
                |line: &&String| !line.is_empty() && **line != NOT_PROVIDED && **line != NOT_ASKED;
            !lines.iter().any(|line| given(&line))
        })
    }

    /// Whether the two answers differ in more than upper and lower case.
    #[must_use]
    pub fn differs(&self) -> bool {
        let [one, other] = &self.answers;
        let plain = |lines: &[String]| lines.join("\n").to_lowercase();
        plain(one) != plain(other)
    }
}

/// Returns the answers of two registrations, and the pairs of users with the same mailbox or mobile
/// number.
#[must_use]
pub fn compared(one: &Registration, other: &Registration) -> (Vec<Compared>, Vec<Compared>) {
    let rows = paired(rows(one), rows(other));
    let mut users = Vec::new();
    for user in &one.people {
        let mailbox = Email::mailbox(user.email.as_str());
        let has_mailbox = |against: &&Person| Email::mailbox(against.email.as_str()) == mailbox;
        let has_mobile = |against: &&Person| against.mobile.e164() == user.mobile.e164();
        // A mailbox belongs to one person, but several people may share a mobile number. A user
        // with the same mailbox therefore takes precedence.
        let same = other.people.iter().find(has_mailbox);
        let similar = same.or_else(|| other.people.iter().find(has_mobile));
        users.extend(similar.map(|against| Compared {
            key: user.full_name(),
            answers: [user_lines(user), user_lines(against)],
        }));
    }
    (rows, users)
}

/// Pairs the answers to the same question. The form does not ask every question of every kind of
/// organisation, so an answer may have no counterpart.
fn paired(one: Vec<Row>, mut other: Vec<Row>) -> Vec<Compared> {
    let not_asked = || vec![NOT_ASKED.to_owned()];
    let mut pairs = Vec::new();
    for row in one {
        let against = other.iter().position(|against| against.key == row.key);
        // The questions before the counterpart are asked of the other organisation only.
        for alone in other.drain(..against.unwrap_or_default()) {
            pairs.push(Compared {
                key: alone.key,
                answers: [not_asked(), alone.lines],
            });
        }
        let against = against.map(|_| other.remove(0).lines);
        pairs.push(Compared {
            key: row.key,
            answers: [row.lines, against.unwrap_or_else(not_asked)],
        });
    }
    pairs.extend(other.into_iter().map(|alone| Compared {
        key: alone.key,
        answers: [not_asked(), alone.lines],
    }));
    pairs
}

fn rows(registration: &Registration) -> Vec<Row> {
    let row = |key: &str, value: &str| Row {
        key: key.to_owned(),
        lines: value.lines().map(str::to_owned).collect(),
        ..Row::default()
    };
    let sections = [FormSection::Organisation, FormSection::AccountablePerson];
    let mut rows: Vec<Row> = sections
        .into_iter()
        .flat_map(|section| answers_of_section(registration, section, Language::English))
        .map(|(key, value)| row(key, &value))
        .collect();
    rows.push(row(
        Topic::Users.words(),
        &registration.people.len().to_string(),
    ));
    rows
}

fn user_lines(user: &Person) -> Vec<String> {
    vec![
        user.full_name(),
        user.email.to_string(),
        user.mobile.as_str().to_owned(),
        user.role.words().to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(answers: &[(&str, &str)]) -> Vec<Row> {
        let row = |(key, answer): &(&str, &str)| Row {
            key: (*key).to_owned(),
            lines: vec![(*answer).to_owned()],
            ..Row::default()
        };
        answers.iter().map(row).collect()
    }

    #[test]
    fn what_neither_has_answered_is_not_the_same() {
        for (one, other, is_empty) in [
            ("Not provided", "Not provided", true),
            ("Not asked", "Not provided", true),
            ("Moss", "Not provided", false),
            ("Moss", "Moss", false),
        ] {
            let answers = [vec![one.to_owned()], vec![other.to_owned()]];
            let pair = Compared {
                key: "County".to_owned(),
                answers,
            };
            assert_eq!(pair.has_no_answer(), is_empty, "{one}, {other}");
        }
    }

    #[test]
    fn answers_to_the_same_question_stand_side_by_side() {
        let firm = rows(&[("Name", "Moss"), ("LAA number", "0A123B"), ("Users", "3")]);
        let barrister = rows(&[("Name", "Iyer"), ("Bar number", "12345"), ("Users", "1")]);
        let expected = [
            ("Name", "Moss", "Iyer"),
            ("LAA number", "0A123B", "Not asked"),
            ("Bar number", "Not asked", "12345"),
            ("Users", "3", "1"),
        ];
        let pairs = paired(firm.clone(), barrister.clone());
        assert_eq!(pairs.len(), expected.len());
        for (pair, (key, one, other)) in pairs.iter().zip(expected) {
            assert_eq!(pair.key, key);
            assert_eq!(pair.answers.concat(), [one, other]);
        }
        assert_eq!(paired(barrister, firm).len(), expected.len());
        assert_eq!(paired(Vec::new(), Vec::new()), []);
    }
}
