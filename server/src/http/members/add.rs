//! Adds a person to an organisation.

use app::pages::members::{AddView, MemberNotice, add_page};
use axum::Form;
use axum::response::Response;
use registration::date::CalendarDate;
use registration::desk::sent_on::TypedDay;
use registration::identifiers::{Email, Mobile, PersonName};
use registration::membership::{
    AGENT_REASON, Engagement, MemberAccount, MemberDetails, Step, effective_day,
};
use registration::problem::Problem;
use registration::users::User;
use serde::Deserialize;

use super::visit::{DayForm, MemberVisit};
use crate::http::visit::PageResult;
use crate::store::{NewMember, StoreError};

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct AddForm {
    first_name: String,
    last_name: String,
    email: String,
    mobile: String,
    role: String,
    administrator: String,
    engagement: String,
    #[serde(rename = "last-day")]
    last_day: String,
    #[serde(rename = "last-month")]
    last_month: String,
    #[serde(rename = "last-year")]
    last_year: String,
    agent_reason: String,
    #[serde(flatten)]
    day: DayForm,
}

pub(super) async fn ask(visit: MemberVisit) -> Response {
    let typed = AddForm::default();
    visit.add_page(&typed, TypedDay::of(visit.today), Vec::new())
}

pub(super) async fn add(visit: MemberVisit, Form(typed): Form<AddForm>) -> PageResult {
    let (details, effective_on) = match typed.read(visit.today) {
        Ok(read) => read,
        Err(problems) => return Ok(visit.add_page(&typed, typed.day.typed(), problems)),
    };
    let context = &visit.visit.service.context;
    let id =
        crate::randomness::new_member_id(context.randomness.as_ref()).map_err(StoreError::from)?;
    let is_administrator = typed.user().is_administrator();
    let people = vec![NewMember {
        id: id.clone(),
        details,
    }];
    let step = Step::add([(id, is_administrator)], effective_on);
    visit
        .take(step, people, MemberNotice::Added, |problem| {
            visit.add_page(&typed, typed.day.typed(), vec![problem])
        })
        .await
}

impl AddForm {
    fn user(&self) -> User {
        User {
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            email: self.email.clone(),
            mobile: self.mobile.clone(),
            role: self.role.clone(),
            administrator: self.administrator.clone(),
        }
    }

    fn last(&self) -> TypedDay {
        TypedDay {
            day: self.last_day.clone(),
            month: self.last_month.clone(),
            year: self.last_year.clone(),
        }
    }

    /// Reads the person and the day. The rules are those of a user of a registration.
    fn read(&self, today: CalendarDate) -> Result<(MemberDetails, CalendarDate), Vec<Problem>> {
        let user = self.user();
        let mut problems = user.problems_of_row();
        let engagement = self
            .engaged(today)
            .map_err(|problem| problems.push(problem));
        let day = effective_day(&self.day.typed(), today);
        let day = day.map_err(|problem| problems.push(problem));
        let parsed = (
            PersonName::parse_part(&user.first_name),
            PersonName::parse_part(&user.last_name),
            Email::parse(&user.email),
            Mobile::parse(&user.mobile),
            user.role(),
        );
        match (parsed, engagement, day) {
            (
                (Ok(first_name), Ok(last_name), Ok(email), Ok(mobile), Some(role)),
                Ok(engagement),
                Ok(day),
            ) if problems.is_empty() => {
                let details = MemberDetails {
                    first_name,
                    last_name,
                    email,
                    job_title: None,
                    telephone: None,
                    account: Some(MemberAccount { mobile, role }),
                    engagement,
                };
                Ok((details, day))
            }
            _ => Err(problems),
        }
    }

    fn engaged(&self, today: CalendarDate) -> Result<Engagement, Problem> {
        match self.engagement.as_str() {
            "employee" => Ok(Engagement::Employee),
            "agent" => {
                let last_day = self.last().date().ok_or_else(|| {
                    let words = format!(
                        "The last day of an agent must be a real date, like {}",
                        today.in_words()
                    );
                    Problem::new("last-day", "agent-last-day", words)
                })?;
                if last_day < today {
                    let words = "The last day of an agent must be today or in the future";
                    return Err(Problem::new("last-day", "agent-last-day-past", words));
                }
                let reason = AGENT_REASON.parse(&self.agent_reason)?;
                Ok(Engagement::Agent { last_day, reason })
            }
            _ => Err(Problem::new(
                "engagement",
                "engagement-empty",
                "Select how the person works for you",
            )),
        }
    }
}

impl MemberVisit {
    fn add_page(&self, typed: &AddForm, day: TypedDay, problems: Vec<Problem>) -> Response {
        let shown = AddView {
            user: typed.user(),
            kind: None,
            engagement: typed.engagement.clone(),
            last_day: typed.last(),
            reason: typed.agent_reason.clone(),
            day,
            today: self.today,
            problems,
        };
        self.visit.show(|| add_page(shown))
    }
}
