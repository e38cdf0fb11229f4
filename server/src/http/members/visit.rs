//! The request of somebody who is signed in to manage an organisation (`MemberVisit`). Whether the
//! person may is looked up for each request.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use registration::date::CalendarDate;
use registration::desk::sent_on::TypedDay;
use registration::membership::path::{MEMBERS, ORGANISATIONS, SIGN_IN};
use registration::membership::{History, MemberId, Step};
use serde::Deserialize;

use app::pages::members::{MemberNotice, PersonChoice, nothing_to_manage_page};

use crate::http::state::Service;
use crate::http::visit::{InternalError, PageResult, Visit};
use crate::randomness::SessionToken;
use crate::store::{
    Actor, MemberStepOutcome, NewMember, NewMemberStep, OpenOrganisation, StoreError,
};

/// A session of somebody who manages at least one organisation now.
pub(super) struct SignedIn {
    pub(super) visit: Visit,
    pub(super) token: SessionToken,
    /// The organisations that the person manages: the identifier, the name, and the member.
    pub(super) organisations: Vec<(String, String, MemberId)>,
    /// The organisation that the person has chosen.
    pub(super) chosen: Option<String>,
}

/// A request about one organisation, by somebody who manages it now.
pub(super) struct MemberVisit {
    pub(super) visit: Visit,
    pub(super) organisation: OpenOrganisation,
    /// The person who is signed in.
    pub(super) member: MemberId,
    /// Whether the person manages other organisations too.
    pub(super) has_others: bool,
    /// Today in London.
    pub(super) today: CalendarDate,
}

/// The day of a change, as a form sends it. Fields that are left out are as if they were empty.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct DayForm {
    #[serde(rename = "day-day")]
    day: String,
    #[serde(rename = "day-month")]
    month: String,
    #[serde(rename = "day-year")]
    year: String,
}

impl DayForm {
    pub(super) fn typed(&self) -> TypedDay {
        TypedDay {
            day: self.day.clone(),
            month: self.month.clone(),
            year: self.year.clone(),
        }
    }
}

impl FromRequestParts<Service> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Service,
    ) -> Result<Self, Self::Rejection> {
        let Ok(visit) = Visit::from_request_parts(parts, service).await;
        let context = &service.context;
        let to_sign_in = || Redirect::to(SIGN_IN).into_response();
        let Some(token) = context.cookie.member().read(&parts.headers) else {
            return Err(to_sign_in());
        };
        let now = context.clock.now();
        let session = context
            .store
            .access_links()
            .member_session(&token.hash(), now)
            .await
            .map_err(failed)?;
        let (Some(session), Some(today)) = (session, now.calendar_date()) else {
            return Err(to_sign_in());
        };
        let organisations = context
            .store
            .organisations()
            .managed_by(&session.mailbox, today)
            .await
            .map_err(failed)?;
        if organisations.is_empty() {
            return Err(visit.show(nothing_to_manage_page));
        }
        Ok(Self {
            visit,
            token,
            organisations,
            chosen: session.organisation_id,
        })
    }
}

impl FromRequestParts<Service> for MemberVisit {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Service,
    ) -> Result<Self, Self::Rejection> {
        let signed_in = SignedIn::from_request_parts(parts, service).await?;
        let chosen = signed_in
            .organisations
            .iter()
            .find(|(id, ..)| Some(id) == signed_in.chosen.as_ref());
        let Some((id, _, member)) = chosen else {
            return Err(Redirect::to(ORGANISATIONS).into_response());
        };
        let context = &service.context;
        let found = context.store.organisations().organisation(id).await;
        let organisation = found.map_err(failed)?;
        let (Some(organisation), Some(today)) = (organisation, context.clock.now().calendar_date())
        else {
            return Err(Redirect::to(SIGN_IN).into_response());
        };
        Ok(Self {
            member: member.clone(),
            has_others: signed_in.organisations.len() > 1,
            visit: signed_in.visit,
            organisation,
            today,
        })
    }
}

impl MemberVisit {
    /// Takes a step and returns to the list with a banner. If the step is refused, returns the page
    /// that `again` makes of the problem.
    pub(super) async fn take(
        &self,
        step: Step,
        people: Vec<NewMember>,
        notice: MemberNotice,
        again: impl FnOnce(registration::problem::Problem) -> Response,
    ) -> PageResult {
        let context = &self.visit.service.context;
        let new = NewMemberStep {
            organisation: self.organisation.id.clone(),
            step,
            people: people.clone(),
            edits: std::collections::BTreeMap::new(),
            by: Actor::Member(self.member.clone()),
            at: context.clock.now(),
        };
        Ok(match context.store.organisations().take_step(&new).await? {
            MemberStepOutcome::Taken { days_late } => {
                let to = format!("{MEMBERS}?done={}&late={days_late}", notice.key());
                Redirect::to(&to).into_response()
            }
            MemberStepOutcome::Refused(refusal) => again(refusal.problem(|member| {
                let joins = people.iter().find(|person| person.id == *member);
                joins.map_or_else(
                    || self.organisation.name_of(member),
                    |person| person.details.full_name(),
                )
            })),
            MemberStepOutcome::NotAllowed | MemberStepOutcome::NotOpen => {
                Redirect::to(MEMBERS).into_response()
            }
        })
    }

    /// Returns the members today, other than one, by name. `with_account` leaves out those who have
    /// no account.
    pub(super) fn others(&self, than: &MemberId, with_account: bool) -> Vec<PersonChoice> {
        let people = self.history().on(self.today);
        let mut others: Vec<PersonChoice> = people
            .members()
            .filter(|member| *member != than)
            .filter(|member| {
                let details = self.organisation.details_of(member);
                details.is_some_and(|details| !with_account || details.account.is_some())
            })
            .map(|member| PersonChoice {
                id: member.to_string(),
                name: self.organisation.name_of(member),
            })
            .collect();
        others.sort_by(|one, other| one.name.cmp(&other.name));
        others
    }

    /// Returns the member with this identifier who is on the list today.
    pub(super) fn member(&self, id: &str) -> Option<MemberId> {
        let member = MemberId::named(id);
        self.history().on(self.today).has(&member).then_some(member)
    }

    pub(super) fn history(&self) -> &History {
        &self.organisation.history
    }
}

fn failed(error: StoreError) -> Response {
    InternalError::from(error).into_response()
}
