//! Every answer as people read it, in the order of the form: for checking before, for the copy after.

use leptos::prelude::*;
use registration::draft::{Draft, Page};
use registration::identifiers::Postcode;
use registration::journey::{self, Origin};
use registration::organisation::{OrganisationKind, Requirement};
use registration::registration::{ListedUser, change_user};
use registration::users::Role;

use crate::components::{Cell, LabelSize, SummaryList, SummaryRow, Table};

/// How many users stand on the page that checks answers; the list of users has the rest.
const USERS_SHOWN: usize = 50;

/// The answers of a draft, with Change links where they may still be changed.
#[component]
pub fn AnswersOfDraft(
    /// The draft.
    draft: Draft,
    /// Its users.
    users: Vec<ListedUser>,
    /// Whether the answers may be changed.
    changeable: bool,
) -> impl IntoView {
    let kind = draft.kind();
    let numbers = kind.unwrap_or(OrganisationKind::Other);
    let one_person = draft.is_one_person();
    let row = |key: &'static str, value: Vec<String>, page: Page, field: &str, about: &'static str| {
        let row = SummaryRow::lines(key, or_not_provided(value));
        if changeable {
            let page = Origin::Check.address_of(page.path());
            row.action(format!("{page}#{field}"), "Change", about)
        } else {
            row
        }
    };
    let Draft {
        organisation_name, address, contact, numbers: given, first_hearing, accountable_person,
        accountable_person_contact, one_user, signature, ..
    } = draft;
    let (name, address, contact) = (
        organisation_name.unwrap_or_default(),
        address.unwrap_or_default(),
        contact.unwrap_or_default(),
    );
    let given = given.unwrap_or_default();
    let hearing = first_hearing.unwrap_or_default();
    let person = accountable_person.unwrap_or_default();
    let person_contact = accountable_person_contact.unwrap_or_default();
    let signature = signature.unwrap_or_default();
    let postcode = Postcode::check(&address.postcode)
        .map_or_else(|_| address.postcode.clone(), std::borrow::Cow::into_owned);
    let full_name = format!("{} {}", person.first_name.trim(), person.last_name.trim());

    let mut organisation = vec![
        row("Kind of organisation", vec![kind.map(|kind| kind.words().to_owned()).unwrap_or_default()], Page::OrganisationKind, "kind", "kind of organisation"),
        row("Name", vec![name.name], Page::OrganisationName, "name", "name of the organisation"),
        row("Head office address", vec![address.address_line_1, address.address_line_2, address.town, address.county, postcode], Page::OrganisationAddress, "address_line_1", "head office address"),
        row("Telephone number", vec![contact.telephone], Page::OrganisationContact, "telephone", "telephone number of the organisation"),
        row("Email address", vec![contact.email], Page::OrganisationContact, "email", "email address of the organisation"),
    ];
    if numbers.bar_number() != Requirement::NotAsked {
        organisation.push(row("Bar number", vec![given.bar_number], Page::RegistrationNumbers, "bar_number", "Bar number"));
    }
    if numbers.sra_number() != Requirement::NotAsked {
        organisation.push(row("SRA number", vec![given.sra_number], Page::RegistrationNumbers, "sra_number", "SRA number"));
    }
    organisation.push(row("LAA account numbers", given.laa_account_numbers.lines().map(str::to_owned).collect(), Page::RegistrationNumbers, "laa_account_numbers", "LAA account numbers"));
    let date = hearing.date().map_or_else(
        || [&*hearing.day, &*hearing.month, &*hearing.year].join(" ").trim().to_owned(),
        registration::date::CalendarDate::in_words,
    );
    organisation.push(row("First hearing", vec![hearing.court, date], Page::FirstHearing, "court", "first hearing"));
    let accountable = vec![
        row("Name", vec![full_name.trim().to_owned()], Page::AccountablePersonName, "first_name", "name of the accountable person"),
        row("Job title", vec![person.job_title], Page::AccountablePersonName, "job_title", "job title of the accountable person"),
        row("Email address", vec![person_contact.email], Page::AccountablePersonContact, "email", "email address of the accountable person"),
        row("Telephone number", vec![person_contact.telephone], Page::AccountablePersonContact, "telephone", "telephone number of the accountable person"),
    ];
    let signed = vec![
        row("Signed by", vec![signature.full_name], Page::Signature, "full_name", "name of the signatory"),
        row("Capacity", vec![signature.capacity], Page::Signature, "capacity", "capacity of the signatory"),
        row("Authority", vec![if signature.authority == "yes" { "Declared".to_owned() } else { String::new() }], Page::Signature, "authority", "declaration of authority"),
        row("Version of the Terms", vec![signature.terms_version], Page::Signature, "full_name", "signature under the Terms"),
    ];
    let accounts = if one_person {
        let mobile = one_user.unwrap_or_default().mobile;
        let rows = vec![
            row("Mobile number", vec![mobile], Page::OneUser, "mobile", "mobile number"),
            SummaryRow::new("Roles", "Advocate and organisation administrator"),
        ];
        view! { <SummaryList rows/> }.into_any()
    } else {
        users_table(&users, changeable).into_any()
    };
    view! {
        <h2 class="govuk-heading-m">"Organisation"</h2>
        <SummaryList rows=organisation/>
        <h2 class="govuk-heading-m">"Accountable person"</h2>
        <SummaryList rows=accountable/>
        <h2 class="govuk-heading-m">{if one_person { "Account" } else { "Users" }}</h2>
        {accounts}
        <h2 class="govuk-heading-m">"Terms and Conditions"</h2>
        <SummaryList rows=signed/>
    }
}

fn or_not_provided(lines: Vec<String>) -> Vec<String> {
    let given: Vec<String> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
    if given.is_empty() { vec!["Not provided".to_owned()] } else { given }
}

fn users_table(users: &[ListedUser], changeable: bool) -> impl IntoView + use<> {
    let shown = if changeable { USERS_SHOWN } else { users.len() };
    let mut head =
        ["Name", "Email address", "Mobile number", "Role", "Administrator"].map(Into::into).to_vec();
    if changeable {
        head.push("Action".into());
    }
    let rows = users
        .iter()
        .take(shown)
        .map(|ListedUser { id, user }| {
            let name = user.full_name();
            let mut cells = vec![
                Cell::new(name.clone()),
                Cell::new(user.email.clone()),
                Cell::new(user.mobile.clone()),
                Cell::new(user.role().map_or("Not provided", Role::words)),
                Cell::new(if user.is_administrator() { "Yes" } else { "No" }),
            ];
            if changeable {
                let href = Origin::Check.address_of(&change_user(id));
                cells.push(Cell::new(view! {
                    <a class="govuk-link app-row-action" href=href>
                        "Change"<span class="govuk-visually-hidden">" "{name}</span>
                    </a>
                }));
            }
            cells
        })
        .collect();
    let total = users.len();
    let list = Origin::Check.address_of(if total == 0 { journey::ADD_USER } else { journey::USERS });
    let words = match total {
        0 => "Add a user".to_owned(),
        total if total > shown => format!("Add, change or remove any of the {total} users"),
        _ => "Add, change or remove users".to_owned(),
    };
    view! {
        {(total > 0).then(|| view! {
            <Table head rows caption="Users" caption_size=LabelSize::Hidden first_cell_is_header=true reflows=true/>
        })}
        {(total > shown).then(|| view! {
            <p class="govuk-body">{format!("These are the first {shown} of {total} users.")}</p>
        })}
        {changeable.then(|| view! {
            <p class="govuk-body"><a class="govuk-link" href=list>{words}</a></p>
        })}
    }
}
