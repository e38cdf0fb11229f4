//! The answers of a submitted registration, for the copy and for the desk. Compiled for the server
//! only.

use registration::form::{FormAnswers, FormSection};
use registration::language::Language;
use registration::registration::{Person, Registration};

use super::answers::{NOT_PROVIDED, Row, Section, Users};
use super::answers_of_draft::{is_asked, or_not_provided};
use super::sign::DECLARATION;
use crate::backend::SubmittedRegistration;

/// Returns the sections of a registration, in the order of the form. Before them is a section
/// without a heading: the reference, and the time of the first and of the latest submission.
pub fn sections(submitted: SubmittedRegistration) -> Vec<Section> {
    let SubmittedRegistration {
        reference,
        submitted_at,
        sent_again_at,
        signed_at,
        terms_sha256,
        registration,
        ..
    } = submitted;
    let answers = FormAnswers::of_registration(&registration);
    let Registration {
        organisation,
        people,
        signature,
        ..
    } = registration;
    let section = |of_form: Option<FormSection>, rows| Section {
        of_form,
        title: of_form.map_or("", FormSection::title).to_owned(),
        rows,
        users: None,
    };
    let answered = |of_form: FormSection| {
        let topics = of_form.topics();
        let rows = topics
            .filter(|topic| is_asked(*topic, organisation.kind))
            .map(|topic| Row {
                topic: Some(topic),
                ..row(topic.label(), answers.lines(topic, Language::English))
            })
            .collect();
        section(Some(of_form), rows)
    };
    let mut sent = vec![
        row("Reference", [reference]),
        row("Submitted", [submitted_at]),
    ];
    sent.extend(sent_again_at.map(|at| row("Sent again", [at])));
    vec![
        section(None, sent),
        answered(FormSection::Organisation),
        answered(FormSection::AccountablePerson),
        Section {
            users: Some(Users {
                rows: people
                    .into_iter()
                    .map(|person| (person_row(&person), None))
                    .collect(),
                ..Users::default()
            }),
            ..section(Some(FormSection::Users), Vec::new())
        },
        section(
            Some(FormSection::Signature),
            vec![
                row("Signed by", [signature.full_name.to_string()]),
                row("Role", [signature.capacity.to_string()]),
                row("Declaration", [DECLARATION.to_owned()]),
                row("Signed", [signed_at]),
                row("Version of the Terms", [signature.terms_version]),
                row(
                    "Fingerprint of the Terms",
                    [
                        "This number shows which text you signed. You do not need to do anything with it."
                            .to_owned(),
                        ["SHA-256: ", &terms_sha256].concat(),
                    ],
                ),
            ],
        ),
    ]
}

/// Returns the answers of a section in one language, each with the name of its topic. Leaves out
/// topics that the form does not ask this kind of organisation about.
///
/// A line feed separates the lines of an answer. An answer that was not given becomes "Not
/// provided" in that language. Used for the copy that is sent by email, and at the desk.
#[must_use]
pub fn answers_of_section(
    registration: &Registration,
    section: FormSection,
    language: Language,
) -> Vec<(&'static str, String)> {
    let answers = FormAnswers::of_registration(registration);
    section
        .topics()
        .filter(|topic| is_asked(*topic, registration.organisation.kind))
        .map(|topic| {
            let lines = answers.lines(topic, language);
            let answered = if lines.is_empty() {
                language.of(NOT_PROVIDED, "Heb ei ddarparu").to_owned()
            } else {
                lines.join("\n")
            };
            (topic.words_in(language), answered)
        })
        .collect()
}

fn person_row(person: &Person) -> [String; 5] {
    [
        person.full_name(),
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
