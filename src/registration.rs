//! A registration: the answers of a complete draft, all of them valid.
//!
//! An applicant's draft becomes a registration only through `complete`, which decides whether the
//! draft may be submitted. Each problem has the address of the field that needs correcting.

use serde::{Deserialize, Serialize};

use crate::date::{CalendarDate, parts_of};
use crate::draft::{Draft, PageAnswers};
use crate::form::{Field, FormAnswers};
use crate::identifiers::{
    AddressLine, BarNumber, Email, JobTitle, LaaAccount, Mobile, OrganisationName, PersonName,
    Postcode, SraNumber, Telephone, Town, full_name,
};
use crate::journey::{Task, USERS};
use crate::organisation::OrganisationKind;
use crate::page::Page;
use crate::problem::Problem;
use crate::users::{self, Role, User, list_problems};

/// A complete and valid registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The organisation that registers.
    pub organisation: Organisation,
    /// The accountable person of the organisation.
    pub accountable_person: AccountablePerson,
    /// The users, in the order in which they were added.
    pub people: Vec<Person>,
    /// The signature under the Terms and Conditions.
    pub signature: Signature,
}

/// The organisation that registers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// The kind of organisation.
    pub kind: OrganisationKind,
    /// The name of the organisation.
    pub name: OrganisationName,
    /// First line of the head office's address.
    pub address_line_1: AddressLine,
    /// Second line of the head office's address, if any.
    pub address_line_2: Option<AddressLine>,
    /// Town or city.
    pub town: Town,
    /// County, if any.
    pub county: Option<AddressLine>,
    /// Postcode.
    pub postcode: Postcode,
    /// Main telephone number.
    pub telephone: Telephone,
    /// Main e-mail address.
    pub email: Email,
    /// LAA account numbers; may be empty.
    pub laa_account_numbers: Vec<LaaAccount>,
    /// SRA number, if the organisation gave one.
    pub sra_number: Option<SraNumber>,
    /// Bar number, if the organisation gave one.
    pub bar_number: Option<BarNumber>,
    /// The court of the first hearing, if given.
    pub first_court: Option<AddressLine>,
    /// The day of the first hearing, if given.
    pub first_hearing: Option<CalendarDate>,
}

/// The accountable person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountablePerson {
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// Job title.
    pub job_title: JobTitle,
    /// E-mail address.
    pub email: Email,
    /// Telephone number.
    pub telephone: Telephone,
}

/// A user of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// E-mail address.
    pub email: Email,
    /// Mobile number.
    pub mobile: Mobile,
    /// Role.
    pub role: Role,
    /// Whether the user is an organisation administrator.
    pub administrator: bool,
}

impl AccountablePerson {
    /// Returns the first and last name, or the only name.
    #[must_use]
    pub fn full_name(&self) -> String {
        full_name(self.first_name.as_str(), self.last_name.as_str())
    }
}

impl Person {
    /// Returns the first and last name, or the only name.
    #[must_use]
    pub fn full_name(&self) -> String {
        full_name(self.first_name.as_str(), self.last_name.as_str())
    }
}

/// The signature under the Terms and Conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The full name that the person typed as their signature, tidied.
    pub full_name: PersonName,
    /// The capacity in which the person signed.
    pub capacity: JobTitle,
    /// The version of the Terms that was signed.
    pub terms_version: String,
}

/// A problem, with the address of the field that needs correcting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedProblem {
    /// The address of the field, such as `/organisation/name?from=check#name`; the address of the
    /// page if the problem is not about a single field.
    pub address: String,
    /// The problem with the field.
    pub problem: Problem,
}

/// A user on a draft's list, with the identifier for the user's pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedUser {
    /// The identifier of the user within the draft.
    pub id: String,
    /// The answers about the user.
    pub user: User,
}

impl Registration {
    /// Returns the answer to a field, as an applicant would type it; `None` if the registration has
    /// no such answer.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<String> {
        let organisation = &self.organisation;
        let person = &self.accountable_person;
        let signature = &self.signature;
        let hearing = |part: usize| {
            let date = organisation.first_hearing?.to_string();
            parts_of(&date).map(|parts| parts[part].clone())
        };
        match field {
            Field::OrganisationKind => Some(organisation.kind.key().to_owned()),
            Field::OrganisationName => Some(organisation.name.to_string()),
            Field::AddressLine1 => Some(organisation.address_line_1.to_string()),
            Field::AddressLine2 => Some(organisation.address_line_2.as_ref()?.to_string()),
            Field::Town => Some(organisation.town.to_string()),
            Field::County => Some(organisation.county.as_ref()?.to_string()),
            Field::Postcode => Some(organisation.postcode.to_string()),
            Field::Telephone => Some(organisation.telephone.to_string()),
            Field::Email => Some(organisation.email.to_string()),
            Field::SraNumber => Some(organisation.sra_number.as_ref()?.to_string()),
            Field::BarNumber => Some(organisation.bar_number.as_ref()?.to_string()),
            Field::LaaAccountNumbers => {
                let numbers = organisation.laa_account_numbers.iter();
                let numbers: Vec<String> = numbers.map(ToString::to_string).collect();
                (!numbers.is_empty()).then(|| numbers.join("\n"))
            }
            Field::Court => Some(organisation.first_court.as_ref()?.to_string()),
            Field::HearingDay => hearing(0),
            Field::HearingMonth => hearing(1),
            Field::HearingYear => hearing(2),
            Field::AccountableFirstName => Some(person.first_name.to_string()),
            Field::AccountableLastName => Some(person.last_name.to_string()),
            Field::JobTitle => Some(person.job_title.to_string()),
            Field::AccountableEmail => Some(person.email.to_string()),
            Field::AccountableTelephone => Some(person.telephone.to_string()),
            Field::Mobile if organisation.kind.is_one_person() => {
                Some(self.people.first()?.mobile.to_string())
            }
            Field::Mobile | Field::NeedsAccount => None,
            Field::FullName => Some(signature.full_name.to_string()),
            Field::Capacity => Some(signature.capacity.to_string()),
            Field::Authority => Some("yes".to_owned()),
            Field::TermsVersion => Some(signature.terms_version.clone()),
        }
    }

    /// Converts the registration back into a draft, so that officers can correct the answers under
    /// the same rules.
    #[must_use]
    pub fn draft(&self) -> Draft {
        let answers = FormAnswers::of_registration(self);
        let mut draft = Draft {
            users: self.people.len(),
            ..Draft::default()
        };
        let is_submitted = |page: &&Page| !matches!(page, Page::FirstUser | Page::NewUser);
        for page in Page::ALL.iter().filter(is_submitted) {
            // A page without answers counts as sent, but empty.
            let typed = answers.page(*page);
            draft.keep(typed.unwrap_or_else(|| PageAnswers::empty(*page)));
        }
        draft
    }
}

impl FormAnswers {
    /// Returns the answers of a registration, as an applicant would type them.
    #[must_use]
    pub fn of_registration(registration: &Registration) -> Self {
        Field::all()
            .filter_map(|field| Some((field, registration.text(field)?)))
            .collect()
    }
}

/// Validates a draft and builds its registration.
///
/// # Errors
/// All problems of the draft, in the order of the form; never an empty list.
pub fn complete(draft: &Draft, listed: &[ListedUser]) -> Result<Registration, Vec<PlacedProblem>> {
    let problems = problems(draft, listed);
    if !problems.is_empty() {
        return Err(problems);
    }
    built(draft, &users_of(draft, listed)).map_err(|problem| {
        vec![PlacedProblem {
            address: crate::journey::TASKS.to_owned(),
            problem,
        }]
    })
}

/// Returns all problems that prevent a draft from being submitted, in the order of the form.
#[must_use]
pub fn problems(draft: &Draft, listed: &[ListedUser]) -> Vec<PlacedProblem> {
    let one_person = draft.is_one_person();
    let mut placed = Vec::new();
    for task in Task::ALL {
        if task == Task::Users && !one_person {
            placed.extend(problems_of_users(listed));
        }
        for page in task.pages(one_person) {
            // A page that was never sent counts as empty. Its required answers are then missing,
            // but the optional hearing is valid.
            placed.extend(
                draft
                    .problems_of(*page)
                    .into_iter()
                    .map(|problem| PlacedProblem {
                        address: format!("{}?from=check#{}", page.path(), problem.field),
                        problem: of_whom(*page, problem),
                    }),
            );
        }
    }
    placed
}

/// Puts "Organisation" or "Accountable person" before the message of a problem, because the pages
/// about them can have problems with the same message.
fn of_whom(page: Page, problem: Problem) -> Problem {
    let whose = match page {
        Page::OrganisationContact => "Organisation",
        Page::AccountablePersonName | Page::AccountablePersonContact => "Accountable person",
        _ => return problem,
    };
    Problem {
        words: format!("{whose}: {}", problem.words).into(),
        ..problem
    }
}

/// Returns the users of a draft: the users on its list, or the only user of a one-person
/// organisation.
#[must_use]
pub fn users_of(draft: &Draft, listed: &[ListedUser]) -> Vec<User> {
    if !draft.is_one_person() {
        return listed.iter().map(|listed| listed.user.clone()).collect();
    }
    let name = draft.accountable_person.clone().unwrap_or_default();
    let contact = draft.accountable_person_contact.clone().unwrap_or_default();
    vec![
        draft
            .one_user
            .clone()
            .unwrap_or_default()
            .user(&name, &contact),
    ]
}

/// Returns the address of the page that changes a user on the list.
#[must_use]
pub fn change_user(id: &str) -> String {
    format!("{USERS}/{id}/change")
}

fn problems_of_users(listed: &[ListedUser]) -> Vec<PlacedProblem> {
    let users: Vec<User> = listed.iter().map(|listed| listed.user.clone()).collect();
    let (of_list, of_users) = list_problems(&users);
    let list = of_list.into_iter().map(|problem| {
        let address = if listed.is_empty() {
            crate::journey::ADD_USER
        } else {
            USERS
        };
        PlacedProblem {
            address: format!("{address}?from=check"),
            problem,
        }
    });
    let rows = of_users
        .into_iter()
        .filter_map(|users::UserProblem { index, problem }| {
            let listed = listed.get(index)?;
            let name = match listed.user.full_name() {
                name if name.is_empty() => format!("User {}", index + 1),
                name => name,
            };
            Some(PlacedProblem {
                address: format!("{}?from=check#{}", change_user(&listed.id), problem.field),
                problem: Problem {
                    words: format!("{name}: {}", problem.words).into(),
                    ..problem
                },
            })
        });
    list.chain(rows).collect()
}

/// Builds the registration of a draft, or returns the problem of the first answer that cannot be
/// parsed.
pub(crate) fn built(draft: &Draft, users: &[User]) -> Result<Registration, Problem> {
    let kind = draft
        .kind()
        .ok_or_else(|| Problem::new("kind", "kind-empty", ""))?;
    let name = draft.organisation_name.clone().unwrap_or_default();
    let address = draft.address.clone().unwrap_or_default();
    let contact = draft.contact.clone().unwrap_or_default();
    let numbers = draft.numbers.clone().unwrap_or_default().asked_of(kind);
    let hearing = draft.first_hearing.clone().unwrap_or_default();
    let person = draft.accountable_person.clone().unwrap_or_default();
    let person_contact = draft.accountable_person_contact.clone().unwrap_or_default();
    let signature = draft.signature.clone().unwrap_or_default();
    Ok(Registration {
        organisation: Organisation {
            kind,
            name: OrganisationName::parse(&name.name)?,
            address_line_1: AddressLine::parse(&address.address_line_1)?,
            address_line_2: given(&address.address_line_2, AddressLine::parse)?,
            town: Town::parse(&address.town)?,
            county: given(&address.county, AddressLine::parse)?,
            postcode: Postcode::parse(&address.postcode)?,
            telephone: Telephone::parse(&contact.telephone)?,
            email: Email::parse(&contact.email)?,
            laa_account_numbers: LaaAccount::check_list(&numbers.laa_account_numbers)
                .map_err(|mut problems| problems.remove(0))?,
            sra_number: given(&numbers.sra_number, SraNumber::parse)?,
            bar_number: given(&numbers.bar_number, BarNumber::parse)?,
            first_court: given(&hearing.court, AddressLine::parse)?,
            first_hearing: hearing.date(),
        },
        accountable_person: AccountablePerson {
            first_name: PersonName::parse_part(&person.first_name)?,
            last_name: PersonName::parse_part(&person.last_name)?,
            job_title: JobTitle::parse(&person.job_title)?,
            email: Email::parse(&person_contact.email)?,
            telephone: Telephone::parse(&person_contact.telephone)?,
        },
        people: users.iter().map(person_of).collect::<Result<_, _>>()?,
        signature: Signature {
            full_name: PersonName::parse(&signature.full_name)?,
            capacity: JobTitle::parse(&signature.capacity)?,
            terms_version: signature.terms_version,
        },
    })
}

fn person_of(user: &User) -> Result<Person, Problem> {
    Ok(Person {
        first_name: PersonName::parse_part(&user.first_name)?,
        last_name: PersonName::parse_part(&user.last_name)?,
        email: Email::parse(&user.email)?,
        mobile: Mobile::parse(&user.mobile)?,
        role: user
            .role()
            .ok_or_else(|| Problem::new("role", "role-empty", "Select the role"))?,
        administrator: user.is_administrator(),
    })
}

fn given<T>(
    typed: &str,
    parse: impl FnOnce(&str) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    if typed.trim().is_empty() {
        Ok(None)
    } else {
        parse(typed).map(Some)
    }
}
