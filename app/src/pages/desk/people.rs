//! The pages about the people of the desk: the list, and the forms to add a person, change a role,
//! end access or send a new link.
//!
//! A desk administrator can use all of them. An auditor can only read the list and the page of each
//! person.

use const_format::concatcp;
use leptos::prelude::*;
use registration::desk::{OfficerRole, PEOPLE, Permission, Workload};
use registration::lifetimes::ENROLMENT_LINK_HOURS;
use registration::problem::Problem;

use super::frame::{DeskPage, MenuEntry};
use crate::components::{
    Button, ButtonKind, Cell, Choice, LinkButton, NotificationBanner, Radios, SummaryList,
    SummaryRow, Table, Tag, TagColour, TextInput, text,
};
use crate::form::FormState;
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};

/// The text that a desk administrator sees in place of the form that changes their own role.
pub const OWN_ROLE: &str = "Another desk administrator must change your role";
/// Address of the page that adds a person.
pub const PEOPLE_ADD: &str = "/desk/people/add";

/// Whether a person has access to the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The person can sign in.
    CanSignIn,
    /// The person has not set up their account yet.
    NotSetUp,
    /// The person's access was ended.
    Ended,
}

impl Access {
    const fn words(self) -> &'static str {
        match self {
            Self::CanSignIn => "Can sign in",
            Self::NotSetUp => "Link not used yet",
            Self::Ended => "Ended",
        }
    }

    fn tag(self) -> AnyView {
        let colour = match self {
            Self::CanSignIn => TagColour::Green,
            Self::NotSetUp => TagColour::Orange,
            Self::Ended => TagColour::Grey,
        };
        view! { <Tag words=self.words() colour/> }.into_any()
    }
}

/// A person of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The identifier of the person, which is part of the address of their page.
    pub id: String,
    /// The name of the person.
    pub name: String,
    /// The email address of the person.
    pub email: String,
    /// The role of the person, which decides their permissions.
    pub role: OfficerRole,
    /// Whether the person has access to the desk.
    pub access: Access,
}

registration::keyed! {
    /// The outcome of a change to a person, shown as a banner on their page.
    pub enum PersonNotice {
        /// The role of the person was changed.
        RoleChanged = "role",
        /// The access of the person was ended.
        Ended = "ended",
        /// The person was added, and a link was sent to them.
        Added = "added",
        /// A new link was sent to the person.
        LinkSent = "link-sent",
    }
}

impl PersonNotice {
    const fn words(self) -> &'static str {
        match self {
            Self::RoleChanged => "The role is changed. This applies from the next page they open.",
            Self::Ended => "Their access has ended. They are signed out everywhere.",
            Self::Added => {
                concatcp!(
                    "The person is added. We have emailed them a link to set up their account. It works once, for ",
                    ENROLMENT_LINK_HOURS,
                    " hours."
                )
            }
            Self::LinkSent => {
                concatcp!(
                    "We have emailed them a link. It works once, for ",
                    ENROLMENT_LINK_HOURS,
                    " hours."
                )
            }
        }
    }
}

/// The data for the page of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    /// The person of this page.
    pub person: Person,
    /// Whether the current officer may change people of the desk.
    pub may_change: bool,
    /// Whether the person is the current officer.
    pub is_oneself: bool,
    /// The number of entries assigned to the person.
    pub workload: Workload,
    /// The outcome of the latest change, if any, and the work that it released.
    pub notice: Option<(PersonNotice, Workload)>,
}

/// The form for a new person, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedPerson {
    /// The name, as typed.
    pub name: String,
    /// The email address, as typed.
    pub email: String,
    /// The key of the chosen role; empty if none is chosen.
    pub role: String,
}

/// Renders the list of people. If `may_change` is true, also renders a button to add a person.
pub fn people_page(people: Vec<Person>, may_change: bool) -> DeskPage {
    const TITLE: &str = "People";
    let rows = people
        .into_iter()
        .map(|person| {
            vec![
                Cell::new(outside_link(address(&person.id), person.name)),
                Cell::from(person.email),
                Cell::from(person.role.words()),
                Cell::new(person.access.tag()),
            ]
        })
        .collect::<Vec<_>>();
    let head = vec![
        "Name".into(),
        "Email address".into(),
        "Role".into(),
        "Access".into(),
    ];
    let add = may_change
        .then(|| view! { <LinkButton href=PEOPLE_ADD>{text("Add a person")}</LinkButton> });
    let parts = vec![
        heading(TITLE),
        add.into_any(),
        view! { <Table rows head first_cell_is_header=true reflows=true/> }.into_any(),
    ];
    DeskPage::new(TITLE, MenuEntry::People, parts).wide()
}

/// Renders the page that adds a person.
pub fn add_person_page(typed: TypedPerson, problems: Vec<Problem>) -> DeskPage {
    const TITLE: &str = "Add a person to the desk";
    let form = FormState::new(problems, Vec::new());
    let name = view! {
        <TextInput
            name="name"
            label="Full name"
            value=typed.name
            problem=form.problem("name")
            spellcheck=false
        />
    };
    let email = view! {
        <TextInput
            name="email"
            label="Work email address"
            hint="They use this to sign in"
            input_type="email"
            value=typed.email
            problem=form.problem("email")
            spellcheck=false
        />
    };
    let roles = roles(typed.role, form);
    let parts = vec![
        heading(TITLE),
        view! {
            <form action=PEOPLE_ADD method="post" novalidate>
                {name}
                {email}
                {roles}
                <Button prevent_double_click=true>{text("Add and send a link")}</Button>
            </form>
        }
        .into_any(),
    ];
    DeskPage::new(TITLE, MenuEntry::People, parts)
        .back(PEOPLE)
        .form(form)
}

/// Renders the page of one person.
pub fn person_page(shown: PersonView, problems: Vec<Problem>) -> DeskPage {
    let PersonView {
        person,
        may_change,
        is_oneself,
        workload,
        notice,
    } = shown;
    let form = FormState::new(problems, Vec::new());
    let title = person.name.clone();
    let mut parts = Vec::new();
    parts.extend(notice.map(|(notice, given_back)| {
        let more = given_back.words().map(|words| {
            let were = if given_back.is_one() { "was" } else { "were" };
            paragraph(format!("{words} {were} given back to the queue."))
        });
        view! { <NotificationBanner success=true heading=notice.words()>{more}</NotificationBanner> }
            .into_any()
    }));
    parts.push(heading(title.clone()));
    let rows = vec![
        SummaryRow::new("Email address", text(person.email)),
        SummaryRow::new("Role", text(person.role.words())),
        SummaryRow::new("Access", person.access.tag()),
    ];
    parts.push(view! { <SummaryList rows/> }.into_any());
    let at = address(&person.id);
    if !may_change {
        // An officer who may not change people sees no forms.
    } else if person.access == Access::Ended {
        parts.push(paragraph(
            "To restore their access, add them again with the same email address.",
        ));
    } else {
        parts.push(if is_oneself {
            own_role()
        } else {
            change_role(&at, person.role, workload, form)
        });
        parts.push(subheading("If they cannot sign in"));
        parts.push(paragraph_of(vec![outside_link(
            [&*at, "/link"].concat(),
            "Send a new link",
        )]));
        parts.push(subheading("If they leave the desk"));
        parts.push(paragraph_of(vec![outside_link(
            [&*at, "/end"].concat(),
            if is_oneself {
                "End your own access"
            } else {
                "End their access"
            },
        )]));
    }
    DeskPage::new(title, MenuEntry::People, parts)
        .back(PEOPLE)
        .form(form)
}

/// Renders the form that changes the role of another person.
fn change_role(at: &str, role: OfficerRole, workload: Workload, form: FormState) -> AnyView {
    let roles = roles(role.key().to_owned(), form);
    let goes_back = workload
        .words()
        .filter(|_| role.may(Permission::WorkOnRegistrations))
        .map(|words| {
            paragraph(format!(
                "If the new role cannot work on registrations, {words} assigned to them will be given back to the queue."
            ))
        });
    view! {
        <form action=[at, "/role"].concat() method="post" novalidate>
            {roles}
            {goes_back}
            <Button prevent_double_click=true>{text("Change role")}</Button>
        </form>
    }
    .into_any()
}

/// Renders the text that a desk administrator sees on their own page, in place of the form that
/// changes the role.
fn own_role() -> AnyView {
    view! { <div id="role">{paragraph([OWN_ROLE, "."].concat())}</div> }.into_any()
}

/// Renders the page that asks for confirmation before a new link is sent.
pub fn ask_link_page(person: &Person) -> DeskPage {
    let title = ["Send a new link to ", &person.name, "?"].concat();
    let at = address(&person.id);
    let parts = vec![
        heading(title.clone()),
        paragraph(
            "Their password, authenticator app, passkeys and recovery codes will stop working, and they will be signed out everywhere.",
        ),
        paragraph(format!(
            "We will email the link to {}. They can sign in again after they use it. It works once, for {ENROLMENT_LINK_HOURS} hours.",
            person.email
        )),
        paragraph("All desk administrators are told by email that you sent it."),
        view! {
            <form action=[&*at, "/link"].concat() method="post" novalidate>
                <Button kind=ButtonKind::Warning prevent_double_click=true>
                    {text("Send a new link")}
                </Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(at.clone(), "Cancel")]),
    ];
    DeskPage::new(title, MenuEntry::People, parts).back(at)
}

/// Renders the page that asks for confirmation before a person's access is ended.
///
/// `workload` is the work assigned to the person. `problem` is the reason why their access was not
/// ended.
pub fn ask_end_page(person: &Person, workload: Workload, problem: Option<Problem>) -> DeskPage {
    let form = FormState::new(problem.into_iter().collect(), Vec::new());
    let title = ["End the access of ", &person.name, "?"].concat();
    let at = address(&person.id);
    let parts = vec![
        heading(title.clone()),
        paragraph(
            "They will be signed out everywhere and cannot sign in again. Their actions stay in the audit under their name.",
        ),
        workload
            .words()
            .map(|words| {
                paragraph(format!(
                    "{words} assigned to them will be given back to the queue."
                ))
            })
            .into_any(),
        view! {
            <form action=[&*at, "/end"].concat() method="post" novalidate id="end">
                <Button kind=ButtonKind::Warning prevent_double_click=true>
                    {text("End access")}
                </Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(at.clone(), "Cancel")]),
    ];
    DeskPage::new(title, MenuEntry::People, parts)
        .back(at)
        .form(form)
}

fn roles(chosen: String, form: FormState) -> AnyView {
    let choices = OfficerRole::ALL
        .into_iter()
        .map(|role| Choice::new(role.key(), role.words()).hint(what_it_may(role)))
        .collect::<Vec<_>>();
    view! { <Radios name="role" label="Role" choices value=chosen problem=form.problem("role")/> }
        .into_any()
}

const fn what_it_may(role: OfficerRole) -> &'static str {
    match role {
        OfficerRole::Officer => "Checks registrations, makes decisions and sets up accounts",
        OfficerRole::SeniorOfficer => "Does what an officer does, and can undo decisions",
        OfficerRole::Auditor => "Reads everything and changes nothing",
        OfficerRole::Administrator => "Manages people and settings, and makes no decisions",
    }
}

fn address(id: &str) -> String {
    [PEOPLE, "/", id].concat()
}
