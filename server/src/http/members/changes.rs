//! Removes a person, hands over as accountable person, and makes somebody an administrator or ends
//! that. Whoever is needed in their place is named on the same page, and all of it is one step.

use app::pages::members::{
    AdministratorView, HandOverView, MemberNotice, RemoveView, administrator_page, hand_over_page,
    remove_page,
};
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use registration::desk::sent_on::TypedDay;
use registration::membership::{Change, MemberId, Step, effective_day, path};
use registration::problem::Problem;
use serde::Deserialize;

use super::visit::{DayForm, MemberVisit};
use crate::http::visit::PageResult;

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct ChangeForm {
    /// The next accountable person.
    accountable: String,
    /// The next administrator.
    administrator: String,
    /// Whether the former accountable person leaves: `yes` or `no`.
    leaves: String,
    #[serde(flatten)]
    day: DayForm,
}

/// What the form is about, and how it was filled in.
struct Shown {
    member: MemberId,
    form: ChangeForm,
    day: TypedDay,
    problems: Vec<Problem>,
}

impl Shown {
    fn of(member: MemberId, form: &ChangeForm, problem: Problem) -> Self {
        Self {
            member,
            day: form.day.typed(),
            form: form.clone(),
            problems: vec![problem],
        }
    }
}

pub(super) async fn ask_remove(visit: MemberVisit, Path(member): Path<String>) -> Response {
    match visit.member(&member) {
        Some(member) => visit.remove_page(visit.first(member)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

pub(super) async fn remove(
    visit: MemberVisit,
    Path(member): Path<String>,
    Form(form): Form<ChangeForm>,
) -> PageResult {
    let Some(member) = visit.member(&member) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let again = |problem| visit.remove_page(Shown::of(member.clone(), &form, problem));
    let day = match effective_day(&form.day.typed(), visit.today) {
        Ok(day) => day,
        Err(problem) => return Ok(again(problem)),
    };
    let (is_accountable, is_last) = visit.duties(&member);
    let accountable = match visit.chosen(&form.accountable, "accountable", is_accountable) {
        Ok(chosen) => chosen,
        Err(problem) => return Ok(again(problem)),
    };
    let administrator = match visit.chosen(&form.administrator, "administrator", is_last) {
        Ok(chosen) => chosen,
        Err(problem) => return Ok(again(problem)),
    };
    let step = Step::hand_over(member.clone(), accountable, administrator, true, day);
    visit
        .take(step, Vec::new(), MemberNotice::Removed, again)
        .await
}

pub(super) async fn ask_accountable(visit: MemberVisit) -> Response {
    match visit.accountable() {
        Some(member) => visit.hand_over_page(visit.first(member)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

pub(super) async fn accountable(visit: MemberVisit, Form(form): Form<ChangeForm>) -> PageResult {
    let Some(member) = visit.accountable() else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let again = |problem| visit.hand_over_page(Shown::of(member.clone(), &form, problem));
    let next = match visit.chosen(&form.accountable, "accountable", true) {
        Ok(next) => next,
        Err(problem) => return Ok(again(problem)),
    };
    if !matches!(form.leaves.as_str(), "yes" | "no") {
        let words = format!(
            "Select yes if {} leaves the organisation",
            visit.organisation.name_of(&member)
        );
        return Ok(again(Problem::new("leaves", "leaves-empty", words)));
    }
    let day = match effective_day(&form.day.typed(), visit.today) {
        Ok(day) => day,
        Err(problem) => return Ok(again(problem)),
    };
    let step = Step::hand_over(member.clone(), next, None, form.leaves == "yes", day);
    visit
        .take(step, Vec::new(), MemberNotice::HandedOver, again)
        .await
}

pub(super) async fn ask_administrator(visit: MemberVisit, Path(member): Path<String>) -> Response {
    match visit.member(&member) {
        Some(member) => visit.administrator_page(visit.first(member)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

pub(super) async fn administrator(
    visit: MemberVisit,
    Path(member): Path<String>,
    Form(form): Form<ChangeForm>,
) -> PageResult {
    let Some(member) = visit.member(&member) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let again = |problem| visit.administrator_page(Shown::of(member.clone(), &form, problem));
    let effective_on = match effective_day(&form.day.typed(), visit.today) {
        Ok(day) => day,
        Err(problem) => return Ok(again(problem)),
    };
    let (_, is_last) = visit.duties(&member);
    let next = match visit.chosen(&form.administrator, "administrator", is_last) {
        Ok(next) => next,
        Err(problem) => return Ok(again(problem)),
    };
    let is_administrator = visit.history().on(visit.today).is_administrator(&member);
    let mut changes: Vec<(MemberId, Change)> = Vec::new();
    changes.extend(next.map(|next| (next, Change::BecomeAdministrator)));
    let change = if is_administrator {
        Change::StopAdministrator
    } else {
        Change::BecomeAdministrator
    };
    changes.push((member.clone(), change));
    let step = Step::Report {
        changes,
        effective_on,
    };
    visit
        .take(step, Vec::new(), MemberNotice::HandedOver, again)
        .await
}

impl MemberVisit {
    fn first(&self, member: MemberId) -> Shown {
        Shown {
            member,
            form: ChangeForm::default(),
            day: TypedDay::of(self.today),
            problems: Vec::new(),
        }
    }

    fn accountable(&self) -> Option<MemberId> {
        self.history().on(self.today).accountable().cloned()
    }

    /// Returns whether a member is the accountable person, and whether the last administrator,
    /// today.
    fn duties(&self, member: &MemberId) -> (bool, bool) {
        let people = self.history().on(self.today);
        (
            people.accountable() == Some(member),
            people.only_administrator() == Some(member),
        )
    }

    /// Returns the person who was chosen to take over, if somebody must.
    fn chosen(
        &self,
        id: &str,
        field: &'static str,
        is_needed: bool,
    ) -> Result<Option<MemberId>, Problem> {
        if !is_needed {
            return Ok(None);
        }
        self.member(id).map(Some).ok_or_else(|| {
            let words = match field {
                "accountable" => "Choose who will be the accountable person",
                _ => "Choose who will be an administrator",
            };
            Problem::new(field, "successor-empty", words)
        })
    }

    fn remove_page(&self, shown: Shown) -> Response {
        let (is_accountable, is_last_administrator) = self.duties(&shown.member);
        let view = RemoveView {
            name: self.organisation.name_of(&shown.member),
            action: path::remove(&shown.member),
            day: shown.day,
            today: self.today,
            is_accountable,
            is_last_administrator,
            people: self.others(&shown.member, false),
            with_accounts: self.others(&shown.member, true),
            chosen: [shown.form.accountable, shown.form.administrator],
            problems: placed(shown.problems, "accountable"),
        };
        self.visit.show(|| remove_page(view))
    }

    fn hand_over_page(&self, shown: Shown) -> Response {
        let view = HandOverView {
            name: self.organisation.name_of(&shown.member),
            people: self.others(&shown.member, false),
            chosen: shown.form.accountable,
            leaves: shown.form.leaves,
            day: shown.day,
            today: self.today,
            problems: placed(shown.problems, "accountable"),
        };
        self.visit.show(|| hand_over_page(view))
    }

    fn administrator_page(&self, shown: Shown) -> Response {
        let people = self.history().on(self.today);
        let view = AdministratorView {
            name: self.organisation.name_of(&shown.member),
            is_administrator: people.is_administrator(&shown.member),
            is_last: people.only_administrator() == Some(&shown.member),
            people: self.others(&shown.member, true),
            chosen: shown.form.administrator,
            action: path::administrator(&shown.member),
            day: shown.day,
            today: self.today,
            problems: placed(shown.problems, "administrator"),
        };
        self.visit.show(|| administrator_page(view))
    }
}

/// Places the problem about a successor at the field of this page.
fn placed(problems: Vec<Problem>, field: &'static str) -> Vec<Problem> {
    problems
        .into_iter()
        .map(|problem| match problem.code.as_ref() {
            "member-last-administrator" | "member-without-account" => problem.at("administrator"),
            "member-accountable" | "member-accountable-already" => problem.at("accountable"),
            _ if problem.field == "successor" || problem.field == "member" => problem.at(field),
            _ => problem,
        })
        .collect()
}
