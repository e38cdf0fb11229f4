//! The people of the desk, for a desk administrator: who there is, adding somebody, another role, the end of access,
//! a new link. An auditor sees who there is.

use leptos::prelude::*;
use registration::desk::{HeldCount, LINK_DAYS, OfficerRole, PEOPLE, Permission};
use registration::problem::Problem;

use super::frame::{DeskPage, Place};
use crate::components::{
    Button, ButtonKind, Cell, Choice, InsetText, LinkButton, NotificationBanner, Radios,
    SummaryList, SummaryRow, Table, Tag, TagColour, TextInput, WarningText, text,
};
use crate::form::FormState;
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};

/// What stands in place of the form on one's own page.
pub const OWN_ROLE: &str = "Another desk administrator must change your role";
/// Where somebody is added.
pub const PEOPLE_ADD: &str = "/desk/people/add";

/// How somebody's access stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// They can sign in.
    CanSignIn,
    /// They have not set their account up yet.
    NotSetUp,
    /// It was ended.
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

/// Somebody of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// By this their page is found.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: OfficerRole,
    /// Whether they can sign in.
    pub access: Access,
}

/// Something that was done to somebody, which their page says once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonNews {
    /// They have another role.
    RoleChanged,
    /// Their access is ended.
    Ended,
}

impl PersonNews {
    /// The word in the address of the page.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::RoleChanged => "role",
            Self::Ended => "ended",
        }
    }

    /// What a word in the address means.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::RoleChanged, Self::Ended]
            .into_iter()
            .find(|news| news.key() == key)
    }

    const fn words(self) -> &'static str {
        match self {
            Self::RoleChanged => "The role is changed. It counts from their next page on.",
            Self::Ended => "The access is ended. They are signed out everywhere.",
        }
    }
}

/// What the page of one person shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPerson {
    /// The person.
    pub person: Person,
    /// Whether who looks may change it.
    pub may_change: bool,
    /// Whether it is who looks.
    pub is_oneself: bool,
    /// What they have.
    pub held: HeldCount,
    /// What was just done to them, and what was given back with it.
    pub news: Option<(PersonNews, HeldCount)>,
}

/// What was typed about somebody who is added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedPerson {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The key of the role.
    pub role: String,
}

/// The page that lists everybody, for somebody who may change it or only look.
pub fn people_page(people: Vec<Person>, may_change: bool) -> DeskPage {
    const TITLE: &str = "People of the desk";
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
        .then(|| view! { <LinkButton href=PEOPLE_ADD>{text("Add somebody")}</LinkButton> });
    let parts = vec![
        heading(TITLE),
        add.into_any(),
        view! { <Table rows head first_cell_is_header=true reflows=true/> }.into_any(),
    ];
    DeskPage::new(TITLE, Place::People, parts).wide()
}

/// The page on which somebody is added.
pub fn add_person_page(typed: TypedPerson, problems: Vec<Problem>) -> DeskPage {
    const TITLE: &str = "Add somebody to the desk";
    let form = FormState::new(problems, Vec::new());
    let name = view! {
        <TextInput
            name="name"
            label="Full name"
            value=typed.name
            problem=form.problem("name")
            autocomplete="off"
            spellcheck=false
        />
    };
    let email = view! {
        <TextInput
            name="email"
            label="Work email address"
            hint="They sign in with it"
            input_type="email"
            value=typed.email
            problem=form.problem("email")
            autocomplete="off"
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
                <Button prevent_double_click=true>{text("Add and make a link")}</Button>
            </form>
        }
        .into_any(),
    ];
    DeskPage::new(TITLE, Place::People, parts)
        .back(PEOPLE)
        .form(form)
}

/// The page that shows a new link, once.
pub fn new_link_page(name: &str, link: String, until: &str) -> DeskPage {
    let title = ["Give ", name, " this link"].concat();
    let parts = vec![
        heading(title.clone()),
        view! { <InsetText><span class="app-long-word" id="link">{link}</span></InsetText> }
            .into_any(),
        paragraph(
            [
                "With it they choose a password and set up their second step. It works once, until ",
                until,
                ".",
            ]
            .concat(),
        ),
        view! {
            <WarningText>{text("This page shows the link once. Whoever has it can sign in as this person: give it to nobody else.")}</WarningText>
        }
        .into_any(),
        paragraph_of(vec![outside_link(PEOPLE, "Go to the people of the desk")]),
    ];
    DeskPage::new(title, Place::People, parts)
}

/// The page of one person.
pub fn person_page(shown: ShownPerson, problems: Vec<Problem>) -> DeskPage {
    let ShownPerson {
        person,
        may_change,
        is_oneself,
        held,
        news,
    } = shown;
    let form = FormState::new(problems, Vec::new());
    let title = person.name.clone();
    let mut parts = Vec::new();
    parts.extend(news.map(|(news, given_back)| {
        let more = given_back.words().map(|words| {
            let were = if given_back.is_one() { "was" } else { "were" };
            paragraph(format!(
                "{words} {were} given back to the queue for somebody else to take."
            ))
        });
        view! { <NotificationBanner success=true heading=news.words()>{more}</NotificationBanner> }
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
        // Who only looks is told nothing that they could do.
    } else if person.access == Access::Ended {
        parts.push(paragraph(
            "To let them back in, add them again with the same email address.",
        ));
    } else {
        parts.push(if is_oneself {
            own_role()
        } else {
            change_role(&at, person.role, held, form)
        });
        parts.push(subheading("If they cannot sign in"));
        parts.push(paragraph_of(vec![outside_link(
            [&*at, "/link"].concat(),
            "Make a new link",
        )]));
        parts.push(subheading("If they do not work here any more"));
        parts.push(paragraph_of(vec![outside_link(
            [&*at, "/end"].concat(),
            if is_oneself {
                "End your own access"
            } else {
                "End their access"
            },
        )]));
    }
    DeskPage::new(title, Place::People, parts)
        .back(PEOPLE)
        .form(form)
}

/// The form by which somebody else gets another role.
fn change_role(at: &str, role: OfficerRole, held: HeldCount, form: FormState) -> AnyView {
    let roles = roles(role.key().to_owned(), form);
    let goes_back = held
        .words()
        .filter(|_| role.may(Permission::WorkOnRegistrations))
        .map(|words| {
            paragraph(format!(
                "They have {words}. With a role that does not work on registrations {}.",
                goes_back(held)
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

/// What stands in its place where somebody looks at themselves.
fn own_role() -> AnyView {
    view! { <div id="role">{paragraph([OWN_ROLE, "."].concat())}</div> }.into_any()
}

const fn goes_back(held: HeldCount) -> &'static str {
    if held.is_one() {
        "it is given back to the queue for somebody else to take"
    } else {
        "they are given back to the queue for somebody else to take"
    }
}

/// Asks before a new link is made.
pub fn ask_link_page(person: &Person) -> DeskPage {
    let title = ["Make a new link for ", &person.name, "?"].concat();
    let at = address(&person.id);
    let parts = vec![
        heading(title.clone()),
        paragraph(
            "Their password, authenticator app, passkeys and recovery codes stop working at once, and they are signed out everywhere.",
        ),
        paragraph(format!(
            "They can sign in again when they have used the link. It works once, for {LINK_DAYS} days."
        )),
        view! {
            <form action=[&*at, "/link"].concat() method="post" novalidate>
                <Button kind=ButtonKind::Warning prevent_double_click=true>
                    {text("Make a new link")}
                </Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(at.clone(), "Do not make one")]),
    ];
    DeskPage::new(title, Place::People, parts).back(at)
}

/// Asks before an access is ended, with what the person has; `problem` says why it was not.
pub fn ask_end_page(person: &Person, held: HeldCount, problem: Option<Problem>) -> DeskPage {
    let form = FormState::new(problem.into_iter().collect(), Vec::new());
    let title = ["End the access of ", &person.name, "?"].concat();
    let at = address(&person.id);
    let parts = vec![
        heading(title.clone()),
        paragraph(
            "They are signed out everywhere at once and cannot sign in any more. What they did stays in the audit under their name.",
        ),
        held.words()
            .map(|words| paragraph(format!("They have {words}: {}.", goes_back(held))))
            .into_any(),
        view! {
            <form action=[&*at, "/end"].concat() method="post" novalidate id="end">
                <Button kind=ButtonKind::Warning prevent_double_click=true>
                    {text("End access")}
                </Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(at.clone(), "Do not end it")]),
    ];
    DeskPage::new(title, Place::People, parts)
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
        OfficerRole::Officer => "Checks registrations, decides and sets up accounts",
        OfficerRole::SeniorOfficer => "Does what an officer does, and can undo a decision",
        OfficerRole::Auditor => "Reads everything and changes nothing",
        OfficerRole::Administrator => "Sees to people and settings, and makes no decisions",
    }
}

fn address(id: &str) -> String {
    [PEOPLE, "/", id].concat()
}
