//! The list of an organisation's people.

use std::collections::BTreeMap;

use app::pages::members::{HomeView, MemberNotice, MemberRow, PlannedChange, home_page};
use axum::extract::Query;
use axum::response::Response;
use registration::desk::account::Account;
use registration::membership::{MemberId, path};
use registration::problem::Problem;
use serde::Deserialize;

use super::visit::MemberVisit;
use crate::http::visit::PageResult;
use crate::store::{NewView, Subject};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct NoticeQuery {
    done: String,
    late: u32,
}

pub(super) async fn home(visit: MemberVisit, Query(query): Query<NoticeQuery>) -> PageResult {
    let notice = MemberNotice::from_key(&query.done).map(|notice| (notice, query.late));
    visit.list(notice, None).await
}

impl MemberVisit {
    /// Renders the list, after the audit has recorded that the person views it.
    pub(super) async fn list(
        &self,
        notice: Option<(MemberNotice, u32)>,
        problem: Option<Problem>,
    ) -> Result<Response, crate::http::visit::InternalError> {
        let context = &self.visit.service.context;
        let store = &context.store;
        store
            .audit()
            .record_view(NewView {
                actor: &crate::store::Actor::Member(self.member.clone()),
                subject: &Subject::Organisation(self.organisation.id.clone()),
                what: "people",
                source: self.visit.source.as_deref(),
                at: context.clock.now(),
            })
            .await?;
        let accounts = store
            .provisioning()
            .accounts_of(&self.organisation.registration)
            .await?;
        let states: BTreeMap<i64, Account> = accounts
            .iter()
            .map(|account| (account.place, account.account))
            .collect();
        let shown = self.shown(&states, notice, problem);
        Ok(self.visit.show(|| home_page(shown)))
    }

    fn shown(
        &self,
        states: &BTreeMap<i64, Account>,
        notice: Option<(MemberNotice, u32)>,
        problem: Option<Problem>,
    ) -> HomeView {
        let organisation = &self.organisation;
        let today = organisation.on(self.today);
        let name = |member: &MemberId| organisation.name_of(member);
        let mut people: Vec<MemberRow> = today
            .members()
            .filter_map(|member| {
                let stored = organisation.members.get(member)?;
                let details = stored.details.as_ref()?;
                let is_administrator = today.is_administrator(member);
                let mut what: Vec<&str> = Vec::new();
                what.extend(details.account.as_ref().map(|account| account.role.words()));
                what.extend((today.accountable() == Some(member)).then_some("accountable person"));
                what.extend(is_administrator.then_some("administrator"));
                what.extend(details.engagement.last_day().map(|_| "agent"));
                Some(MemberRow {
                    name: details.full_name(),
                    email: details.email.as_str().to_owned(),
                    what: what.join(", "),
                    account: stored.place.and_then(|place| states.get(&place).copied()),
                    remove: path::remove(member),
                    administrator: details
                        .account
                        .is_some()
                        .then(|| path::administrator(member)),
                    is_administrator,
                })
            })
            .collect();
        people.sort_by(|one, other| one.name.cmp(&other.name));
        HomeView {
            organisation: organisation.name.clone(),
            reference: organisation.reference.to_string(),
            accountable: today.accountable().map(name).unwrap_or_default(),
            people,
            planned: self.planned(),
            only_administrator: today.only_administrator().map(name),
            has_others: self.has_others,
            notice,
            problem,
        }
    }

    /// Returns what is planned; the changes of one step are cancelled together.
    fn planned(&self) -> Vec<PlannedChange> {
        let steps: BTreeMap<i64, i64> = self
            .organisation
            .events
            .iter()
            .map(|stored| (stored.event.number, stored.step))
            .collect();
        let mut planned: Vec<(Option<i64>, Vec<String>, Vec<String>)> = Vec::new();
        for event in self.history().to_come(self.today) {
            let step = steps.get(&event.number).copied();
            let words = format!(
                "{}: {} {}",
                event.recorded_on().in_words(),
                self.organisation.name_of(&event.member),
                event.change.words()
            );
            let number = event.number.to_string();
            match planned.iter_mut().find(|(known, ..)| *known == step) {
                Some((_, lines, numbers)) => {
                    lines.push(words);
                    numbers.push(number);
                }
                None => planned.push((step, vec![words], vec![number])),
            }
        }
        planned
            .into_iter()
            .map(|(_, words, numbers)| PlannedChange {
                words,
                numbers: numbers.join(" "),
            })
            .collect()
    }
}
