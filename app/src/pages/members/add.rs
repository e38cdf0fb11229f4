//! The page that adds a person to the list.

use leptos::prelude::*;
use registration::date::CalendarDate;
use registration::desk::sent_on::TypedDay;
use registration::membership::path::{ADD, MEMBERS};
use registration::organisation::OrganisationKind;
use registration::problem::Problem;
use registration::users::{Role, User};

use super::successor::day_of_change;
use crate::components::{Button, Choice, DateInput, Radios, TextInput, text};
use crate::form::FormState;
use crate::pages::prose::{heading, outside_link, paragraph_of};
use crate::pages::server_page::{ServerPage, server_page};

/// The data for the page that adds a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddView {
    /// The answers about the person, as typed.
    pub user: User,
    /// The kind of organisation, which decides the roles that are offered.
    pub kind: Option<OrganisationKind>,
    /// How the person is engaged: `employee`, `agent` or not answered.
    pub engagement: String,
    /// The last day of an agent, as typed.
    pub last_day: TypedDay,
    /// Why an agent needs an account, as typed.
    pub reason: String,
    /// The first day, as typed.
    pub day: TypedDay,
    /// Today in London.
    pub today: CalendarDate,
    /// The problems with the form.
    pub problems: Vec<Problem>,
}

/// Renders the page that adds a person.
pub fn add_page(shown: AddView) -> ServerPage {
    const TITLE: &str = "Add a person";
    let form = FormState::new(shown.problems, Vec::new());
    let user = shown.user;
    let roles = Role::offered(shown.kind, &user.role)
        .into_iter()
        .map(|role| Choice::new(role.key(), role.words()).hint(role.hint()))
        .collect::<Vec<_>>();
    let name = view! {
        <TextInput name="first_name" label="First name" value=user.first_name problem=form.problem("first_name") spellcheck=false/>
        <TextInput name="last_name" label="Last name" value=user.last_name problem=form.problem("last_name") spellcheck=false/>
    };
    let contact = view! {
        <TextInput
            name="email"
            label="Email address"
            hint="The activation link goes to this address. It must be the person’s own"
            input_type="email"
            value=user.email
            problem=form.problem("email")
            spellcheck=false
        />
        <TextInput
            name="mobile"
            label="Mobile number"
            hint="Common Platform sends its codes to this number by text"
            input_type="tel"
            value=user.mobile
            problem=form.problem("mobile")
            spellcheck=false
        />
    };
    let choices = view! {
        <Radios name="role" label="Role" choices=roles value=user.role problem=form.problem("role")/>
        <Radios
            name="administrator"
            label="Is the person an organisation administrator?"
            choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
            value=user.administrator
            problem=form.problem("administrator")
        />
        <Radios
            name="engagement"
            label="How does the person work for you?"
            choices=vec![
                Choice::new("employee", "As an employee, partner or tenant"),
                Choice::new("agent", "As an agent, for a time")
                    .hint("Give the last day and the reason below"),
            ]
            value=shown.engagement
            problem=form.problem("engagement")
        />
    };
    let last_problem = Signal::derive(move || {
        ["last-day", "last-month", "last-year"]
            .into_iter()
            .find_map(|part| form.problem(part).get())
    });
    let agent = view! {
        <DateInput
            name="last"
            label="Last day of an agent"
            hint="Leave it empty for anybody else"
            day=shown.last_day.day
            month=shown.last_day.month
            year=shown.last_day.year
            problem=last_problem
        />
        <TextInput
            name="agent_reason"
            label="Why an agent needs an account"
            hint="Leave it empty for anybody else"
            value=shown.reason
            problem=form.problem("agent_reason")
        />
    };
    let day = day_of_change("From which day?", shown.day, shown.today, form);
    let parts = vec![
        heading(TITLE),
        view! {
            <form action=ADD method="post" novalidate>
                {name}
                {contact}
                {choices}
                {agent}
                {day}
                <Button prevent_double_click=true>{text("Add to the list")}</Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(MEMBERS, "Do not add anybody")]),
    ];
    server_page(TITLE, Some(MEMBERS), form, parts)
}
