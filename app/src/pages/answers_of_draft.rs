//! The answers of a draft, each with its Change link. Compiled for the server only.

use registration::as_sent::AsSent;
use registration::draft::Draft;
use registration::identifiers::Postcode;
use registration::journey::{self, PageOrigin};
use registration::organisation::{OrganisationKind, Requirement};
use registration::page::Page;
use registration::registration::{ListedUser, change_user};
use registration::users::{Role, User};

use super::answers::{NOT_PROVIDED, Row, Section, Users};

/// How many users the check answers page shows; the list of users shows them all.
const USERS_SHOWN: usize = 50;

/// Returns the sections of a draft, in the order of the form.
pub fn sections(draft: &Draft, users: &[ListedUser]) -> Vec<Section> {
    let accounts = if draft.is_one_person() {
        let mobile = draft.one_user.clone().unwrap_or_default().mobile;
        Section {
            title: "Account".to_owned(),
            rows: vec![
                row(
                    "Mobile number",
                    [mobile],
                    Page::OneUser,
                    "mobile",
                    "mobile number",
                ),
                Row {
                    key: "Roles".to_owned(),
                    lines: vec!["Advocate and organisation administrator".to_owned()],
                    ..Row::default()
                },
            ],
            users: None,
        }
    } else {
        Section {
            title: "Users".to_owned(),
            rows: Vec::new(),
            users: Some(table(users)),
        }
    };
    vec![
        organisation(draft),
        accountable_person(draft),
        accounts,
        signature(draft),
    ]
}

/// Returns the same sections, with a mark at each answer that differs from what was last sent.
pub fn sections_since(draft: &Draft, users: &[ListedUser], sent: &AsSent) -> Vec<Section> {
    let mut now = sections(draft, users);
    let before = sections(&sent.draft(), &[]);
    for section in &mut now {
        let was = before.iter().find(|was| was.title == section.title);
        for row in &mut section.rows {
            let was = was.and_then(|was| was.rows.iter().find(|was| was.key == row.key));
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
    if page == Page::FirstUser {
        let first = draft.first_user.clone().unwrap_or_default();
        let line = first.needs_account;
        return vec![row(
            "The accountable person needs an account",
            [line],
            page,
            "needs_account",
            "",
        )];
    }
    let address = PageOrigin::Check.address_of(page.path());
    sections(draft, &[])
        .into_iter()
        .flat_map(|section| section.rows)
        .filter(|row| {
            let change = row
                .change
                .as_ref()
                .and_then(|(href, _)| href.split_once('#'));
            change.is_some_and(|(href, _)| href == address)
        })
        .collect()
}

fn organisation(draft: &Draft) -> Section {
    let kind = draft.kind();
    let name = draft.organisation_name.clone().unwrap_or_default();
    let address = draft.address.clone().unwrap_or_default();
    let contact = draft.contact.clone().unwrap_or_default();
    let postcode = Postcode::check(&address.postcode)
        .map_or_else(|_| address.postcode.clone(), std::borrow::Cow::into_owned);
    let hearing = draft.first_hearing.clone().unwrap_or_default();
    let date = hearing.date().map_or_else(
        || {
            [&*hearing.day, &*hearing.month, &*hearing.year]
                .join(" ")
                .trim()
                .to_owned()
        },
        registration::date::CalendarDate::in_words,
    );
    let kind_words = kind.map(|kind| kind.words().to_owned()).unwrap_or_default();
    let lines = [
        address.address_line_1,
        address.address_line_2,
        address.town,
        address.county,
        postcode,
    ];
    let mut rows = vec![
        row(
            "Kind of organisation",
            [kind_words],
            Page::OrganisationKind,
            "kind",
            "kind of organisation",
        ),
        row(
            "Name",
            [name.name],
            Page::OrganisationName,
            "name",
            "name of the organisation",
        ),
        row(
            "Head office address",
            lines,
            Page::OrganisationAddress,
            "address_line_1",
            "head office address",
        ),
        row(
            "Telephone number",
            [contact.telephone],
            Page::OrganisationContact,
            "telephone",
            "telephone number of the organisation",
        ),
        row(
            "Email address",
            [contact.email],
            Page::OrganisationContact,
            "email",
            "email address of the organisation",
        ),
    ];
    rows.extend(numbers(draft, kind.unwrap_or(OrganisationKind::Other)));
    rows.push(row(
        "First hearing",
        [hearing.court, date],
        Page::FirstHearing,
        "court",
        "first hearing",
    ));
    Section {
        title: "Organisation".to_owned(),
        rows,
        users: None,
    }
}

fn numbers(draft: &Draft, kind: OrganisationKind) -> Vec<Row> {
    let numbers = draft.numbers.clone().unwrap_or_default();
    let number =
        |key, value: String, field| row(key, [value], Page::RegistrationNumbers, field, key);
    let mut rows = Vec::new();
    if kind.bar_number() != Requirement::NotAsked {
        rows.push(number("Bar number", numbers.bar_number, "bar_number"));
    }
    if kind.sra_number() != Requirement::NotAsked {
        rows.push(number("SRA number", numbers.sra_number, "sra_number"));
    }
    let accounts: Vec<String> = numbers
        .laa_account_numbers
        .lines()
        .map(str::to_owned)
        .collect();
    rows.push(row(
        "LAA account numbers",
        accounts,
        Page::RegistrationNumbers,
        "laa_account_numbers",
        "LAA account numbers",
    ));
    rows
}

fn accountable_person(draft: &Draft) -> Section {
    let person = draft.accountable_person.clone().unwrap_or_default();
    let contact = draft.accountable_person_contact.clone().unwrap_or_default();
    let name = format!("{} {}", person.first_name.trim(), person.last_name.trim());
    let rows = vec![
        row(
            "Name",
            [name.trim().to_owned()],
            Page::AccountablePersonName,
            "first_name",
            "name of the accountable person",
        ),
        row(
            "Job title",
            [person.job_title],
            Page::AccountablePersonName,
            "job_title",
            "job title of the accountable person",
        ),
        row(
            "Email address",
            [contact.email],
            Page::AccountablePersonContact,
            "email",
            "email address of the accountable person",
        ),
        row(
            "Telephone number",
            [contact.telephone],
            Page::AccountablePersonContact,
            "telephone",
            "telephone number of the accountable person",
        ),
    ];
    Section {
        title: "Accountable person".to_owned(),
        rows,
        users: None,
    }
}

fn signature(draft: &Draft) -> Section {
    let signature = draft.signature.clone().unwrap_or_default();
    let authority = if signature.authority == "yes" {
        "Declared".to_owned()
    } else {
        String::new()
    };
    let rows = vec![
        row(
            "Signed by",
            [signature.full_name],
            Page::Signature,
            "full_name",
            "name of the signatory",
        ),
        row(
            "Capacity",
            [signature.capacity],
            Page::Signature,
            "capacity",
            "capacity of the signatory",
        ),
        row(
            "Authority",
            [authority],
            Page::Signature,
            "authority",
            "declaration of authority",
        ),
        row(
            "Version of the Terms",
            [signature.terms_version],
            Page::Signature,
            "full_name",
            "signature under the Terms",
        ),
    ];
    Section {
        title: "Terms and Conditions".to_owned(),
        rows,
        users: None,
    }
}

fn table(users: &[ListedUser]) -> Users {
    let rows = users
        .iter()
        .take(USERS_SHOWN)
        .map(|ListedUser { id, user }| {
            let answers = [
                user.full_name(),
                user.email.clone(),
                user.mobile.clone(),
                user.role().map_or(NOT_PROVIDED, Role::words).to_owned(),
                if user.is_administrator() { "Yes" } else { "No" }.to_owned(),
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

fn row(
    key: &str,
    lines: impl IntoIterator<Item = String>,
    page: Page,
    field: &str,
    about: &str,
) -> Row {
    let page = PageOrigin::Check.address_of(page.path());
    Row {
        key: key.to_owned(),
        lines: or_not_provided(lines),
        change: Some((format!("{page}#{field}"), about.to_owned())),
        ..Row::default()
    }
}

/// Returns the lines that are not blank, or `NOT_PROVIDED` if all are.
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
