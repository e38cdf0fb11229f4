//! The pages about the people of the desk. Desk administrators can change people, and auditors can
//! view them.

use app::pages::desk::{
    Access, OWN_ROLE, PEOPLE_ADD, Person, PersonNotice, PersonView, TypedPerson, add_person_page,
    ask_end_page, ask_link_page, people_page, person_page,
};
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::{OfficerRole, PEOPLE, Permission, Workload};
use registration::problem::Problem;
use serde::Deserialize;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::http::visit::{InternalError, PageResult};
use crate::signing_in::read_person;
use crate::store::{Officer, OfficerId, PersonChange};

/// Adds the routes of the people pages and of their forms.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let reads = Needs::May(Permission::ReadPeople);
    let needs = Needs::May(Permission::ManagePeople);
    routes
        .get(PEOPLE, reads, list)
        .get(PEOPLE_ADD, needs, show_add)
        .post(PEOPLE_ADD, needs, add)
        .get("/desk/people/{officer}", reads, show)
        .post("/desk/people/{officer}/role", needs, change_role)
        .get("/desk/people/{officer}/link", needs, ask_link)
        .post("/desk/people/{officer}/link", needs, link)
        .get("/desk/people/{officer}/end", needs, ask_end)
        .post("/desk/people/{officer}/end", needs, end)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct PersonForm {
    name: String,
    email: String,
    role: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct NoticeQuery {
    done: String,
    registrations: usize,
    requests: usize,
}

async fn list(visit: DeskVisit) -> PageResult {
    let officers = visit.store().officers().list().await?;
    let set_up = visit.store().officers().enrolled_officers().await?;
    let people = officers
        .into_iter()
        .map(|officer| shown(officer, &set_up))
        .collect();
    let may_change = visit.may(Permission::ManagePeople);
    Ok(visit.show(|| people_page(people, may_change)))
}

async fn show_add(visit: DeskVisit) -> Response {
    visit.show(|| add_person_page(TypedPerson::default(), Vec::new()))
}

async fn add(visit: DeskVisit, Form(typed): Form<PersonForm>) -> PageResult {
    let context = &visit.visit.service.context;
    let again = |problems| {
        let typed = TypedPerson {
            name: typed.name.clone(),
            email: typed.email.clone(),
            role: typed.role.clone(),
        };
        visit.show(|| add_person_page(typed, problems))
    };
    let new = match read_person(
        (&typed.name, &typed.email, &typed.role),
        context.clock.as_ref(),
        context.randomness.as_ref(),
    )? {
        Ok(new) => new,
        Err(problems) => return Ok(again(problems)),
    };
    let added = context
        .store
        .officers()
        .add_person(&new, &visit.officer.actor())
        .await?;
    match added {
        Some(officer) => visit.send_link(&officer, PersonNotice::Added).await,
        None => Ok(again(vec![Problem::new(
            "email",
            "email-known",
            "Enter a different email address. This one is already in use",
        )])),
    }
}

async fn show(
    visit: DeskVisit,
    Path(officer): Path<String>,
    Query(query): Query<NoticeQuery>,
) -> PageResult {
    let Some(person) = visit.person(officer).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let given_back = Workload {
        registrations: query.registrations,
        requests: query.requests,
    };
    let notice = PersonNotice::from_key(&query.done).map(|notice| (notice, given_back));
    visit.person_page(person, Vec::new(), notice).await
}

async fn change_role(
    visit: DeskVisit,
    Path(officer): Path<String>,
    Form(typed): Form<PersonForm>,
) -> PageResult {
    let Some(person) = visit.person(officer).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let Some(role) = OfficerRole::from_key(&typed.role) else {
        let problem = Problem::new("role", "role-empty", "Select a role");
        return visit.person_page(person, vec![problem], None).await;
    };
    let id = OfficerId::named(person.id.clone());
    let changed = visit
        .store()
        .officers()
        .change_officer_role(&id, role, &visit.officer.actor(), visit.now())
        .await?;
    match changed {
        PersonChange::Done(given_back) => {
            Ok(visit.done(&id, PersonNotice::RoleChanged, given_back))
        }
        PersonChange::NotThere => Ok(StatusCode::NOT_FOUND.into_response()),
        PersonChange::LastAdministrator => {
            let problem = last_administrator("role", "change this role");
            visit.person_page(person, vec![problem], None).await
        }
        PersonChange::OwnRole => {
            let problem = Problem::new("role", "own-role", OWN_ROLE);
            visit.person_page(person, vec![problem], None).await
        }
    }
}

async fn ask_link(visit: DeskVisit, Path(officer): Path<String>) -> PageResult {
    Ok(match visit.person(officer).await? {
        Some(person) if person.access != Access::Ended => visit.show(|| ask_link_page(&person)),
        _ => StatusCode::NOT_FOUND.into_response(),
    })
}

async fn link(visit: DeskVisit, Path(officer): Path<String>) -> PageResult {
    match visit.person(officer).await? {
        Some(person) => {
            let id = OfficerId::named(person.id);
            visit.send_link(&id, PersonNotice::LinkSent).await
        }
        None => Ok(StatusCode::NOT_FOUND.into_response()),
    }
}

async fn ask_end(visit: DeskVisit, Path(officer): Path<String>) -> PageResult {
    Ok(match visit.person(officer).await? {
        Some(person) if person.access != Access::Ended => {
            let workload = visit
                .store()
                .officers()
                .workload(&OfficerId::named(&*person.id))
                .await?;
            visit.show(|| ask_end_page(&person, workload, None))
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    })
}

async fn end(visit: DeskVisit, Path(officer): Path<String>) -> PageResult {
    let Some(person) = visit.person(officer).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let id = OfficerId::named(person.id.clone());
    let ended = visit
        .store()
        .officers()
        .end_officer(&id, &visit.officer.actor(), visit.now())
        .await?;
    Ok(match ended {
        PersonChange::Done(given_back) => visit.done(&id, PersonNotice::Ended, given_back),
        PersonChange::LastAdministrator => {
            let workload = visit.store().officers().workload(&id).await?;
            let problem = last_administrator("end", "end this access");
            visit.show(|| ask_end_page(&person, workload, Some(problem)))
        }
        PersonChange::NotThere | PersonChange::OwnRole => StatusCode::NOT_FOUND.into_response(),
    })
}

fn last_administrator(field: &'static str, what: &str) -> Problem {
    let words = format!("Add another desk administrator, who must sign in before you {what}");
    Problem::new(field, "last-administrator", words)
}

fn shown(officer: Officer, set_up: &[OfficerId]) -> Person {
    let access = if officer.ended_at.is_some() {
        Access::Ended
    } else if set_up.contains(&officer.id) {
        Access::CanSignIn
    } else {
        Access::NotSetUp
    };
    Person {
        id: officer.id.to_string(),
        name: officer.name,
        email: officer.email,
        role: officer.role,
        access,
    }
}

impl DeskVisit {
    async fn person(&self, id: String) -> Result<Option<Person>, InternalError> {
        let id = OfficerId::named(id);
        let Some(officer) = self.store().officers().officer(&id).await? else {
            return Ok(None);
        };
        let set_up = self.store().officers().enrolled_officers().await?;
        Ok(Some(shown(officer, &set_up)))
    }

    async fn person_page(
        &self,
        person: Person,
        problems: Vec<Problem>,
        notice: Option<(PersonNotice, Workload)>,
    ) -> PageResult {
        let id = OfficerId::named(&*person.id);
        let shown = PersonView {
            may_change: self.may(Permission::ManagePeople),
            is_oneself: id == self.officer.id,
            workload: self.store().officers().workload(&id).await?,
            person,
            notice,
        };
        Ok(self.show(|| person_page(shown, problems)))
    }

    fn done(&self, officer: &OfficerId, notice: PersonNotice, given_back: Workload) -> Response {
        if *officer == self.officer.id && notice == PersonNotice::Ended {
            return Redirect::to(registration::desk::SIGN_OUT).into_response();
        }
        let counted = |name: &str, count: usize| match count {
            0 => String::new(),
            count => format!("&{name}={count}"),
        };
        let address = [
            format!("{PEOPLE}/{officer}?done={}", notice.key()),
            counted("registrations", given_back.registrations),
            counted("requests", given_back.requests),
        ]
        .concat();
        Redirect::to(&address).into_response()
    }

    async fn send_link(&self, officer: &OfficerId, notice: PersonNotice) -> PageResult {
        let context = &self.visit.service.context;
        Ok(if context.send_link(officer, &self.officer).await? {
            self.done(officer, notice, Workload::default())
        } else {
            StatusCode::NOT_FOUND.into_response()
        })
    }
}
