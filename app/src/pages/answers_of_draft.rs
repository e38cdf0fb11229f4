//! The answers of a draft, each with a link to change it. Compiled for the server only.

use registration::draft::Draft;
use registration::form::{Field, FormAnswers, FormSection, Topic};
use registration::journey::{self, PageOrigin};
use registration::language::Language;
use registration::organisation::OrganisationKind;
use registration::page::Page;
use registration::registration::{ListedUser, change_user};
use registration::submitted_answers::SubmittedAnswers;
use registration::users::{Role, User};

use super::answers::{NOT_PROVIDED, Row, Section, Users};

/// The maximum number of users on the check answers page. The list of users shows all users.
const USERS_SHOWN: usize = 50;

/// Returns the sections of a draft, in the order of the form. Answers are spelled as the registration will store them.
pub fn sections(draft: &Draft, users: &[ListedUser]) -> Vec<Section> {
    let answers = FormAnswers::of_draft(draft).as_stored();
    let kind = draft.kind().unwrap_or(OrganisationKind::Other);
    let accounts = if draft.is_one_person() {
        let mut account = section(FormSection::Account, &answers, kind);
        account.rows.push(Row {
            key: "Roles".to_owned(),
            lines: vec!["Advocate and organisation administrator".to_owned()],
            ..Row::default()
        });
        account
    } else {
        Section {
            users: Some(table(users)),
            ..empty(FormSection::Users)
        }
    };
    vec![
        section(FormSection::Organisation, &answers, kind),
        section(FormSection::AccountablePerson, &answers, kind),
        accounts,
        Section {
            rows: signature(&answers).into(),
            ..empty(FormSection::Signature)
        },
    ]
}

/// Returns the sections of a draft. Answers that differ from the latest submission are marked.
pub fn sections_since(
    draft: &Draft,
    users: &[ListedUser],
    sent: &SubmittedAnswers,
) -> Vec<Section> {
    let mut now = sections(draft, users);
    let before = sections(&sent.draft(), &[]);
    for section in &mut now {
        let was = before.iter().find(|was| was.of_form == section.of_form);
        for row in &mut section.rows {
            let was = was.and_then(|was| was.rows.iter().find(|was| was.is_about(row)));
            row.is_changed = was.is_none_or(|was| was.lines != row.lines);
        }
        if let Some(table) = &mut section.users {
            let changed = users.iter().take(USERS_SHOWN).enumerate();
            table.changed = changed
                .filter(|(_, listed)| !sent.has(&listed.user))
                .map(|(place, _)| place)
                .collect();
            let listed: Vec<&User> = users.iter().map(|listed| &listed.user).collect();
            table.gone = sent.gone(&listed);
        }
    }
    now
}

/// Returns the answers of one page, each with its label.
pub fn answers_of_page(draft: &Draft, page: Page) -> Vec<Row> {
    let answers = FormAnswers::of_draft(draft);
    match page {
        Page::Signature => signature(&answers).into(),
        Page::FirstUser => {
            let field = Field::NeedsAccount;
            vec![row_of(field, answers.get(field), "")]
        }
        Page::NewUser => {
            let user = draft.new_user.as_ref();
            let rows = answers_of_user(user).into_iter();
            rows.map(|(key, answer)| Row {
                key: key.to_owned(),
                lines: vec![answer],
                ..Row::default()
            })
            .collect()
        }
        page => {
            let kind = draft.kind().unwrap_or(OrganisationKind::Other);
            Topic::of_page(page)
                .filter(|topic| is_asked(*topic, kind))
                .map(|topic| row(topic, &answers))
                .collect()
        }
    }
}

impl Row {
    /// Whether both rows show the answer to the same question.
    fn is_about(&self, other: &Self) -> bool {
        self.topic == other.topic && self.key == other.key
    }
}

fn empty(of_form: FormSection) -> Section {
    Section {
        of_form: Some(of_form),
        title: of_form.title().to_owned(),
        ..Section::default()
    }
}

fn section(of_form: FormSection, answers: &FormAnswers, kind: OrganisationKind) -> Section {
    let topics = of_form.topics().filter(|topic| is_asked(*topic, kind));
    Section {
        rows: topics.map(|topic| row(topic, answers)).collect(),
        ..empty(of_form)
    }
}

/// Whether a kind of organisation is asked about a topic.
pub fn is_asked(topic: Topic, kind: OrganisationKind) -> bool {
    topic.fields().any(|field| field.is_asked_of(kind))
}

fn row(topic: Topic, answers: &FormAnswers) -> Row {
    let words = match topic {
        Topic::Mobile => topic.label(),
        topic => topic.words(),
    };
    let page = PageOrigin::Check.address_of(topic.path());
    Row {
        topic: Some(topic),
        key: topic.label().to_owned(),
        lines: or_not_provided(answers.lines(topic, Language::English)),
        change: Some((
            format!("{page}#{}", topic.field()),
            inside_a_sentence(words),
        )),
        ..Row::default()
    }
}

/// Changes the first letter to lower case, unless the text begins with an abbreviation or "Bar".
pub(in crate::pages) fn inside_a_sentence(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() && !words.starts_with("Bar ") => {
            first.to_lowercase().chain(words.chars().skip(1)).collect()
        }
        _ => words.to_owned(),
    }
}

fn signature(answers: &FormAnswers) -> [Row; 4] {
    let authority = match answers.get(Field::Authority) {
        "yes" => "Declared",
        _ => "",
    };
    let version = Row {
        // Nobody types the version of the Terms. To change it, the person signs again, so this row
        // links to the signature.
        change: row_of(Field::FullName, "", "signature under the Terms").change,
        ..row_of(Field::TermsVersion, answers.get(Field::TermsVersion), "")
    };
    let of = |field, about| row_of(field, answers.get(field), about);
    [
        of(Field::FullName, "name of the signatory"),
        of(Field::Capacity, "role of the signatory"),
        row_of(Field::Authority, authority, "declaration of authority"),
        version,
    ]
}

fn row_of(field: Field, answer: &str, about: &str) -> Row {
    let page = PageOrigin::Check.address_of(field.page().path());
    Row {
        topic: field.topic(),
        key: field.describe().words.english.to_owned(),
        lines: or_not_provided([answer.to_owned()]),
        change: Some((format!("{page}#{}", field.name()), about.to_owned())),
        ..Row::default()
    }
}

/// Returns the answers about a user, each with its label. If `user` is `None`, every answer is
/// `NOT_PROVIDED`.
pub fn answers_of_user(user: Option<&User>) -> Vec<(&'static str, String)> {
    let answer = |of: fn(&User) -> String| {
        let given = user.map(of).filter(|answer| !answer.trim().is_empty());
        given.unwrap_or_else(|| NOT_PROVIDED.to_owned())
    };
    vec![
        ("First name", answer(|user| user.first_name.clone())),
        ("Last name", answer(|user| user.last_name.clone())),
        ("Email address", answer(|user| user.email.clone())),
        ("Mobile number", answer(|user| user.mobile.clone())),
        (
            "Role",
            answer(|user| {
                user.role()
                    .map_or_else(String::new, |role| role.words().to_owned())
            }),
        ),
        (
            "Administrator",
            answer(|user| user.administrator_words().unwrap_or_default().to_owned()),
        ),
    ]
}

fn table(users: &[ListedUser]) -> Users {
    let rows = users
        .iter()
        .take(USERS_SHOWN)
        .map(|ListedUser { id, user }| {
            let user = user.as_stored();
            let answers = [
                user.full_name(),
                user.email.clone(),
                user.mobile.clone(),
                user.role().map_or(NOT_PROVIDED, Role::words).to_owned(),
                user.administrator_words()
                    .unwrap_or(NOT_PROVIDED)
                    .to_owned(),
            ];
            (
                answers,
                Some(PageOrigin::Check.address_of(&change_user(id))),
            )
        })
        .collect();
    let list = if users.is_empty() {
        journey::ADD_USER
    } else {
        journey::USERS
    };
    let words = if users.is_empty() {
        "Add a user"
    } else {
        "Add, change or remove users"
    };
    Users {
        rows,
        hidden: users.len().saturating_sub(USERS_SHOWN),
        change: Some((PageOrigin::Check.address_of(list), words.to_owned())),
        ..Users::default()
    }
}

/// Returns the lines that are not blank, or `NOT_PROVIDED` if all lines are blank.
pub fn or_not_provided(lines: impl IntoIterator<Item = String>) -> Vec<String> {
    let given: Vec<String> = lines
        .into_iter()
        .filter(|line| !line.trim().is_empty())
        .collect();
    if given.is_empty() {
        vec![NOT_PROVIDED.to_owned()]
    } else {
        given
    }
}
