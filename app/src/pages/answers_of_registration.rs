//! The answers of a submitted registration, for its copy and for the desk. Compiled for the server
//! only.

use registration::language::Language;
use registration::more_information::Topic;
use registration::organisation::Requirement;
use registration::registration::{Organisation, Person, Registration};

use super::answers::{NOT_PROVIDED, Row, Section, Users};
use super::answers_of_draft::or_not_provided;
use crate::backend::SubmittedRegistration;

/// Returns the sections of a registration, in the order of the form.
pub fn sections(submitted: SubmittedRegistration) -> Vec<Section> {
    let SubmittedRegistration {
        reference,
        submitted_at,
        sent_again_at,
        signed_at,
        terms_sha256,
        registration,
    } = submitted;
    let Registration {
        organisation,
        accountable_person,
        people,
        signature,
    } = registration;
    let section = |title: &str, rows| Section {
        title: title.to_owned(),
        rows,
        users: None,
    };
    let name = format!(
        "{} {}",
        accountable_person.first_name, accountable_person.last_name
    );
    let mut sent = vec![
        row("Reference", [reference]),
        row("Submitted", [submitted_at]),
    ];
    sent.extend(sent_again_at.map(|at| row("Sent again", [at])));
    vec![
        section("", sent),
        section("Organisation", rows_of(organisation)),
        section(
            "Accountable person",
            vec![
                row("Name", [name]),
                row("Job title", [accountable_person.job_title.to_string()]),
                row("Email address", [accountable_person.email.to_string()]),
                row(
                    "Telephone number",
                    [accountable_person.telephone.to_string()],
                ),
            ],
        ),
        Section {
            title: "Users".to_owned(),
            rows: Vec::new(),
            users: Some(Users {
                rows: people
                    .into_iter()
                    .map(|person| (person_row(&person), None))
                    .collect(),
                ..Users::default()
            }),
        },
        section(
            "Terms and Conditions",
            vec![
                row("Signed by", [signature.full_name.to_string()]),
                row("Capacity", [signature.capacity.to_string()]),
                row("Signed", [signed_at]),
                row("Version of the Terms", [signature.terms_version]),
                row("SHA-256 of the text", [terms_sha256]),
            ],
        ),
    ]
}

/// Returns the organisation's answers in a language, each with the name of its topic.
///
/// An answer of several lines has a line feed between them. Used in the copy that is sent by email,
/// and at the desk.
#[must_use]
pub fn about_organisation(
    organisation: Organisation,
    language: Language,
) -> Vec<(&'static str, String)> {
    answers_about(organisation, language)
        .into_iter()
        .map(|(topic, lines)| {
            let answered = if lines.is_empty() {
                language.of(NOT_PROVIDED, "Heb ei ddarparu").to_owned()
            } else {
                lines.join("\n")
            };
            (topic.words_in(language), answered)
        })
        .collect()
}

fn rows_of(organisation: Organisation) -> Vec<Row> {
    answers_about(organisation, Language::English)
        .into_iter()
        .map(|(topic, lines)| {
            // The heading of the section already names the organisation.
            let key = match topic {
                Topic::Name => "Name",
                Topic::Telephone => "Telephone number",
                Topic::Email => "Email address",
                topic => topic.words(),
            };
            row(key, lines)
        })
        .collect()
}

fn answers_about(organisation: Organisation, language: Language) -> Vec<(Topic, Vec<String>)> {
    let address = [
        Some(organisation.address_line_1.to_string()),
        organisation.address_line_2.map(|line| line.to_string()),
        Some(organisation.town.to_string()),
        organisation.county.map(|county| county.to_string()),
        Some(organisation.postcode.to_string()),
    ];
    let hearing = [
        organisation.first_court.map(|court| court.to_string()),
        organisation
            .first_hearing
            .map(|day| day.in_words_of(language)),
    ];
    let numbers = organisation.laa_account_numbers.iter();
    let one = |text: String| vec![text];
    let kind = organisation.kind;
    let was_asked = |topic: &Topic| match topic {
        Topic::SraNumber => kind.sra_number() != Requirement::NotAsked,
        Topic::BarNumber => kind.bar_number() != Requirement::NotAsked,
        _ => true,
    };
    let answers = [
        (
            Topic::Kind,
            one(organisation.kind.words_in(language).to_owned()),
        ),
        (Topic::Name, one(organisation.name.to_string())),
        (Topic::Address, address.into_iter().flatten().collect()),
        (Topic::Telephone, one(organisation.telephone.to_string())),
        (Topic::Email, one(organisation.email.to_string())),
        (
            Topic::SraNumber,
            organisation
                .sra_number
                .map(|number| number.to_string())
                .into_iter()
                .collect(),
        ),
        (
            Topic::BarNumber,
            organisation
                .bar_number
                .map(|number| number.to_string())
                .into_iter()
                .collect(),
        ),
        (
            Topic::LaaAccountNumbers,
            numbers.map(ToString::to_string).collect(),
        ),
        (Topic::FirstHearing, hearing.into_iter().flatten().collect()),
    ];
    answers
        .into_iter()
        .filter(|(topic, _)| was_asked(topic))
        .collect()
}

fn person_row(person: &Person) -> [String; 5] {
    [
        format!("{} {}", person.first_name, person.last_name),
        person.email.to_string(),
        person.mobile.to_string(),
        person.role.words().to_owned(),
        if person.administrator { "Yes" } else { "No" }.to_owned(),
    ]
}

fn row(key: &str, lines: impl IntoIterator<Item = String>) -> Row {
    Row {
        key: key.to_owned(),
        lines: or_not_provided(lines),
        ..Row::default()
    }
}
