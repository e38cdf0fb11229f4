//! The answers of an invented organisation, as they would have been typed.

use registration::accountable_person::{AccountablePersonContact, AccountablePersonName};
use registration::date::CalendarDate;
use registration::draft::{Draft, PageAnswers};
use registration::form::{Field, FormAnswers};
use registration::organisation::{
    FirstHearing, KindOfOrganisation, OrganisationAddress, OrganisationKind, OrganisationTitle,
    RegistrationNumbers,
};
use registration::page::Page;
use registration::registration::ListedUser;
use registration::signature::Signature;
use registration::terms;
use registration::users::{OneUser, Role, User};

use super::people::{landline, last_name, mailbox, mobile, name};
use super::seeded::SeededRandomness;
use super::words::{JOB_TITLES, STREETS, TOWNS, UNITS};
use crate::clock::Moment;
use crate::randomness::{NoRandomness, new_id};
use crate::store::StoreError;

/// The answers, as typed.
pub(super) struct Answers {
    pub(super) draft: Draft,
    pub(super) users: Vec<ListedUser>,
    kept: Vec<PageAnswers>,
}

impl Answers {
    /// Returns the path of each page and its answers as stored.
    pub(super) fn pages(&self) -> Result<Vec<(&'static str, String)>, StoreError> {
        let unwritten = |_| StoreError::Row {
            table: "draft_page",
            column: "answers",
        };
        self.kept
            .iter()
            .map(|answers| Ok((answers.page().path(), answers.to_json().map_err(unwritten)?)))
            .collect()
    }
}

/// Invents the answers.
pub(super) fn invent(
    random: &SeededRandomness,
    at: u64,
    submitted_at: Moment,
) -> Result<Answers, NoRandomness> {
    let kind = match random.draw(100)? {
        0..55 => OrganisationKind::SolicitorsFirm,
        55..63 => OrganisationKind::BarristersChambers,
        63..93 => OrganisationKind::SelfEmployedBarrister,
        _ => OrganisationKind::Other,
    };
    let person = name(random)?;
    let (town, area) = *random.one_of(&TOWNS)?;
    let organisation = organisation_name(random, kind, &person, town)?;
    let host = format!(
        "{}-{at:x}.example",
        registration::desk::search::words(&organisation)
            .into_iter()
            .take(2)
            .collect::<Vec<_>>()
            .join("-")
    );
    let full_name = [&*person.0, " ", &person.1].concat();
    let email = [&*mailbox(&full_name), "@", &host].concat();
    let accountable_name = AccountablePersonName {
        first_name: person.0,
        last_name: person.1,
        job_title: if kind.is_one_person() {
            "Barrister".to_owned()
        } else {
            (*random.one_of(&JOB_TITLES)?).to_owned()
        },
    };
    let accountable_contact = AccountablePersonContact {
        email,
        telephone: mobile(random)?,
    };
    let mut kept: Vec<PageAnswers> = vec![
        KindOfOrganisation {
            kind: kind.key().to_owned(),
        }
        .into(),
        OrganisationTitle { name: organisation }.into(),
        OrganisationAddress {
            address_line_1: format!("{} {}", random.between(1, 180)?, random.one_of(&STREETS)?),
            town: town.to_owned(),
            postcode: postcode(random, area)?,
            ..OrganisationAddress::default()
        }
        .into(),
    ];
    let contact: FormAnswers = [
        (Field::Telephone, landline(random)?),
        (Field::Email, ["office@", &host].concat()),
    ]
    .into_iter()
    .collect();
    kept.extend(contact.page(Page::OrganisationContact));
    kept.extend([
        numbers(random, kind)?.into(),
        first_hearing(random, submitted_at, town)?.into(),
        accountable_name.clone().into(),
        accountable_contact.clone().into(),
    ]);
    let mut users = Vec::new();
    if kind.is_one_person() {
        kept.push(
            OneUser {
                mobile: mobile(random)?,
            }
            .into(),
        );
    } else {
        let first = User {
            mobile: mobile(random)?,
            role: role(random, kind)?.key().to_owned(),
            administrator: "yes".to_owned(),
            ..User::from_accountable_person(&accountable_name, &accountable_contact)
        };
        users.push(listed(random, first)?);
        for number in 1..count_of_users(random)? {
            users.push(listed(random, user(random, kind, number, &host)?)?);
        }
    }
    kept.push(
        Signature {
            full_name,
            capacity: "Accountable person".to_owned(),
            authority: "yes".to_owned(),
            terms_version: terms::CURRENT.version.to_owned(),
        }
        .into(),
    );
    let mut draft = Draft {
        users: users.len(),
        ..Draft::default()
    };
    for answers in &kept {
        draft.keep(answers.clone());
    }
    Ok(Answers { draft, users, kept })
}

fn organisation_name(
    random: &SeededRandomness,
    kind: OrganisationKind,
    person: &(String, String),
    town: &str,
) -> Result<String, NoRandomness> {
    let (one, other) = (last_name(random)?, last_name(random)?);
    Ok(match (kind, random.draw(4)?) {
        (OrganisationKind::SolicitorsFirm, 0) => format!("{one} & {other} LLP"),
        (OrganisationKind::SolicitorsFirm, 1) => format!("{one} {other} Solicitors"),
        (OrganisationKind::SolicitorsFirm, 2) => format!("{one} Law Ltd"),
        (OrganisationKind::SolicitorsFirm, _) => format!("{} Solicitors", person.1),
        (OrganisationKind::BarristersChambers, 0..2) => format!("{one} Chambers"),
        (OrganisationKind::BarristersChambers, _) => format!("{one} Court Chambers, {town}"),
        (OrganisationKind::SelfEmployedBarrister, _) => format!("{} {}", person.0, person.1),
        (OrganisationKind::Other, _) => format!("{town} {one} Advice Centre"),
    })
}

fn postcode(random: &SeededRandomness, area: &str) -> Result<String, NoRandomness> {
    Ok(format!(
        "{area}{} {}{}{}",
        random.between(1, 9)?,
        random.between(0, 9)?,
        random.one_of(&UNITS)?,
        random.one_of(&UNITS)?
    ))
}

fn numbers(
    random: &SeededRandomness,
    kind: OrganisationKind,
) -> Result<RegistrationNumbers, NoRandomness> {
    let letter = || -> Result<char, NoRandomness> {
        let drawn = u8::try_from(random.draw(26)?).unwrap_or_default();
        Ok(char::from(b'A' + drawn))
    };
    let account = || -> Result<String, NoRandomness> {
        Ok(format!(
            "{}{}{:03}{}",
            random.draw(10)?,
            letter()?,
            random.draw(1_000)?,
            letter()?
        ))
    };
    let sra = format!("{:06}", random.between(100_000, 899_999)?);
    let bar = format!("{:05}", random.between(10_000, 99_999)?);
    let of = |is_asked: bool, number: &String| {
        if is_asked {
            number.clone()
        } else {
            String::new()
        }
    };
    let has_account = random.happens(70)?;
    Ok(RegistrationNumbers {
        sra_number: of(kind == OrganisationKind::SolicitorsFirm, &sra),
        bar_number: of(
            matches!(
                kind,
                OrganisationKind::SelfEmployedBarrister | OrganisationKind::BarristersChambers
            ),
            &bar,
        ),
        laa_account_numbers: if has_account && !kind.is_one_person() {
            account()?
        } else {
            String::new()
        },
    })
}

/// Invents an upcoming hearing, for one organisation in twelve.
fn first_hearing(
    random: &SeededRandomness,
    submitted_at: Moment,
    town: &str,
) -> Result<FirstHearing, NoRandomness> {
    let days = random.between(4, 40)?;
    let date = submitted_at
        .calendar_date()
        .and_then(|day| CalendarDate::of_day_number(day.day_number() + days));
    let (true, Some(date)) = (random.draw(12)? == 0, date) else {
        return Ok(FirstHearing::default());
    };
    let text = date.to_string();
    let mut parts = text.split('-').map(str::to_owned);
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    Ok(FirstHearing {
        court: [town, " Magistrates’ Court"].concat(),
        day: day.unwrap_or_default(),
        month: month.unwrap_or_default(),
        year: year.unwrap_or_default(),
    })
}

/// Draws a number of users: few for most organisations, many for some.
fn count_of_users(random: &SeededRandomness) -> Result<u64, NoRandomness> {
    Ok(match random.draw(1_000)? {
        0..300 => 1,
        300..800 => 2 + random.draw(3)?,
        800..980 => 5 + random.draw(6)?,
        980..998 => 11 + random.draw(20)?,
        _ => 40 + random.draw(60)?,
    })
}

fn role(random: &SeededRandomness, kind: OrganisationKind) -> Result<Role, NoRandomness> {
    Ok(match (kind, random.draw(4)?) {
        (OrganisationKind::BarristersChambers, 0) => Role::ChambersAdmin,
        (OrganisationKind::BarristersChambers, 1) => Role::ChambersClerk,
        (OrganisationKind::BarristersChambers, _) | (_, 0) => Role::Advocate,
        _ => Role::DefenceLawyer,
    })
}

fn user(
    random: &SeededRandomness,
    kind: OrganisationKind,
    number: u64,
    host: &str,
) -> Result<User, NoRandomness> {
    let (first_name, last_name) = name(random)?;
    let administrator = number == 1 || random.happens(10)?;
    Ok(User {
        // The number keeps the addresses of an organisation's users apart.
        email: format!(
            "{}.{number}@{host}",
            mailbox(&[&*first_name, " ", &last_name].concat())
        ),
        first_name,
        last_name,
        mobile: mobile(random)?,
        role: role(random, kind)?.key().to_owned(),
        administrator: if administrator { "yes" } else { "no" }.to_owned(),
    })
}

fn listed(random: &SeededRandomness, user: User) -> Result<ListedUser, NoRandomness> {
    Ok(ListedUser {
        id: new_id(random)?,
        user,
    })
}
