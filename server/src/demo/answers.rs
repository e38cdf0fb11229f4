//! Invents the answers of an organisation, as an applicant would type them.

use registration::date::CalendarDate;
use registration::draft::{Draft, PageAnswers};
use registration::form::{Field, FormAnswers};
use registration::journey::Task;
use registration::organisation::OrganisationKind;
use registration::registration::ListedUser;
use registration::terms;
use registration::users::{Role, User};

use super::likenesses::Likeness;
use super::people::{landline, last_name, mailbox, mobile, name};
use super::seeded::SeededRandomness;
use super::words::{JOB_TITLES, STREETS, TOWNS, UNITS};
use crate::clock::Moment;
use crate::randomness::{NoRandomness, new_id};
use crate::store::StoreError;

/// The invented answers of one registration.
pub(super) struct Answers {
    pub(super) draft: Draft,
    pub(super) users: Vec<ListedUser>,
    stored: Vec<PageAnswers>,
}

impl Answers {
    /// Returns the path of each page, with its answers as the database stores them.
    pub(super) fn pages(&self) -> Result<Vec<(&'static str, String)>, StoreError> {
        let unwritten = |_| StoreError::Row {
            table: "draft_page",
            column: "answers",
        };
        self.stored
            .iter()
            .map(|answers| Ok((answers.page().path(), answers.to_json().map_err(unwritten)?)))
            .collect()
    }
}

/// Invents the answers of the registration with the number `at`, and replaces the answer that it
/// shares with another registration.
pub(super) fn invent(
    random: &SeededRandomness,
    at: u64,
    submitted_at: Moment,
    likeness: Option<Likeness>,
) -> Result<Answers, NoRandomness> {
    let drawn = match random.draw(100)? {
        0..55 => OrganisationKind::SolicitorsFirm,
        55..63 => OrganisationKind::BarristersChambers,
        63..93 => OrganisationKind::SelfEmployedBarrister,
        _ => OrganisationKind::Other,
    };
    let kind = likeness.as_ref().and_then(Likeness::kind).unwrap_or(drawn);
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
    let job_title = if kind.is_one_person() {
        "Barrister"
    } else {
        *random.one_of(&JOB_TITLES)?
    };
    let mut typed: FormAnswers = [
        (Field::OrganisationKind, kind.key().to_owned()),
        (Field::OrganisationName, organisation),
        (Field::AccountableFirstName, person.0),
        (Field::AccountableLastName, person.1),
        (Field::JobTitle, job_title.to_owned()),
        (Field::AccountableEmail, email),
        (Field::AccountableTelephone, mobile(random)?),
        (
            Field::AddressLine1,
            format!("{} {}", random.between(1, 180)?, random.one_of(&STREETS)?),
        ),
        (Field::Town, town.to_owned()),
        (Field::Postcode, postcode(random, area)?),
        (Field::Telephone, landline(random)?),
        (Field::Email, ["office@", &host].concat()),
        (Field::FullName, full_name),
        (Field::Capacity, "Accountable person".to_owned()),
        (Field::Authority, "yes".to_owned()),
        (Field::TermsVersion, terms::CURRENT.version.to_owned()),
    ]
    .into_iter()
    .collect();
    add_numbers(&mut typed, random, kind)?;
    add_first_hearing(&mut typed, random, submitted_at, town)?;
    if let Some(likeness) = likeness {
        likeness.share(&mut typed);
    }
    let mut users = Vec::new();
    if kind.is_one_person() {
        typed.set(Field::Mobile, mobile(random)?);
    } else {
        let first = User {
            first_name: typed.get(Field::AccountableFirstName).to_owned(),
            last_name: typed.get(Field::AccountableLastName).to_owned(),
            email: typed.get(Field::AccountableEmail).to_owned(),
            mobile: mobile(random)?,
            role: role(random, kind)?.key().to_owned(),
            administrator: "yes".to_owned(),
        };
        users.push(listed(random, first)?);
        for number in 1..count_of_users(random)? {
            users.push(listed(random, user(random, kind, number, &host)?)?);
        }
    }
    let mut draft = Draft {
        users: users.len(),
        ..Draft::default()
    };
    let stored = kept_of(&typed, kind);
    for answers in &stored {
        draft.keep(answers.clone());
    }
    Ok(Answers {
        draft,
        users,
        stored,
    })
}

/// Returns the answers of every page for this kind of organisation, including optional pages that
/// were left empty.
fn kept_of(typed: &FormAnswers, kind: OrganisationKind) -> Vec<PageAnswers> {
    Task::ALL
        .iter()
        .flat_map(|task| task.pages(kind.is_one_person()))
        .map(|page| {
            typed
                .page(*page)
                .unwrap_or_else(|| PageAnswers::empty(*page))
        })
        .collect()
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

fn add_numbers(
    typed: &mut FormAnswers,
    random: &SeededRandomness,
    kind: OrganisationKind,
) -> Result<(), NoRandomness> {
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
    if kind == OrganisationKind::SolicitorsFirm {
        typed.set(Field::SraNumber, sra);
    }
    if matches!(
        kind,
        OrganisationKind::SelfEmployedBarrister | OrganisationKind::BarristersChambers
    ) {
        typed.set(Field::BarNumber, bar);
    }
    if random.happens(70)? && !kind.is_one_person() {
        typed.set(Field::LaaAccountNumbers, account()?);
    }
    Ok(())
}

/// Invents an upcoming hearing, for one organisation in twelve.
fn add_first_hearing(
    typed: &mut FormAnswers,
    random: &SeededRandomness,
    submitted_at: Moment,
    town: &str,
) -> Result<(), NoRandomness> {
    let days = random.between(4, 40)?;
    let date = submitted_at
        .calendar_date()
        .and_then(|day| CalendarDate::of_day_number(day.day_number() + days));
    if let (true, Some(date)) = (random.draw(12)? == 0, date) {
        typed.set(Field::Court, [town, " Magistrates’ Court"].concat());
        typed.set_hearing_date(&date.to_string());
    }
    Ok(())
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
        // The number makes the addresses of an organisation's users differ.
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
