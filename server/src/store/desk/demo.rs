//! Writes invented registrations for demonstrations and load tests, in bulk.
//!
//! Invented registrations are stored in the same tables as real ones; each statement inserts many
//! rows. Search words first go into a table without indexes. At the end, the words are moved to the
//! search index in index order, which is a hundred times faster if the index is large.

mod rows;

use std::collections::{BTreeMap, BTreeSet};

use registration::channel::Channel;
use registration::date::CalendarDate;
use registration::desk::audit::Action;
use registration::desk::check::{Check, CheckResult};
use registration::desk::search::sorted_as;
use registration::desk::{OfficerRole, TargetClock};
use registration::format_request::Format;
use registration::identifiers::{Email, Reference};
use registration::lifecycle::State;
use registration::lifetimes::ANSWERS_DAYS;
use registration::more_information::Question;
use registration::registration::{ListedUser, Registration};
use rows::{Placeholder, Rows, insert};

use super::search_index::{
    IndexedUser, WORDS_VERSION, add_ends, phrases_of, phrases_of_request, search_key, waits_since,
};
use super::{account_id, organisation_id};
use crate::clock::Moment;
use crate::store::answers_document::document;
use crate::store::audit::{Actor, NewEntry, Record, Subject};
use crate::store::database::Engine;
use crate::store::error::StoreError;
use crate::store::officer_id::OfficerId;
use crate::store::statement::{query, query_scalar};
use crate::store::stores::Demo;

/// A mask for the random bits of a reference.
const REFERENCE_BITS: u64 = (1 << Reference::BITS) - 1;

/// An invented officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoOfficer {
    /// The officer's identifier, the same in every run.
    pub id: String,
    /// The officer's name.
    pub name: String,
    /// The officer's email address.
    pub email: String,
    /// The officer's role.
    pub role: OfficerRole,
    /// When the officer was added.
    pub at: Moment,
}

/// An invented registration with its draft and its history.
#[derive(Debug, Clone)]
pub struct DemoRegistration {
    /// The registration's identifier.
    pub id: String,
    /// The identifier of the draft that was submitted.
    pub draft: String,
    /// The random bits of the reference. If that reference is in use, the next free one is
    /// assigned.
    pub random_reference: u64,
    /// When the registration was first submitted.
    pub submitted_at: Moment,
    /// The channel through which the registration came.
    pub channel: Channel,
    /// The identifier of the officer who filled in the form, if the desk did.
    pub taken_in_by: Option<String>,
    /// The pages of the draft: path and answers as JSON.
    pub pages: Vec<(&'static str, String)>,
    /// The users of the draft.
    pub users: Vec<ListedUser>,
    /// The SHA-256 of the text of the Terms.
    pub terms_sha256: String,
    /// The submitted answers.
    pub registration: Registration,
    /// The history after the first submission.
    pub history: DemoHistory,
}

/// The history of an invented registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoHistory {
    /// The state of the registration.
    pub state: State,
    /// When the registration entered this state.
    pub state_since: Moment,
    /// When the registration was last submitted.
    pub sent_at: Moment,
    /// The registration's version, which counts its changes.
    pub version: i64,
    /// The clock that measures the desk's target.
    pub clock: TargetClock,
    /// The officer to whom the registration is or was last assigned; `None` if it was never
    /// assigned.
    pub officer: Option<String>,
    /// The desk's most recent questions to the applicant.
    pub asked: Vec<Question>,
    /// Why the registration was not approved, as told to the applicant; `None` unless the state is
    /// “not approved”.
    pub told: Option<String>,
    /// The earlier submissions: the time of each, and its answers as JSON.
    pub revisions: Vec<(Moment, String)>,
    /// The state of each user's account and the time at which the account entered it. The time is
    /// `None` if the account entered its state on approval, or the registration is not approved.
    pub accounts: Vec<(&'static str, Option<Moment>)>,
    /// The outcomes of the registration's checks.
    pub checks: Vec<DemoCheck>,
    /// The audit rows about the registration.
    pub events: Vec<DemoEvent>,
}

/// The invented outcome of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoCheck {
    /// The check that was made.
    pub check: Check,
    /// The outcome and the note.
    pub result: CheckResult,
    /// The answers that were checked.
    pub about: String,
    /// The officer who made the check.
    pub officer: String,
    /// When the check was made.
    pub at: Moment,
}

/// Invented daily counts and feedback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoCounts {
    /// The numbers of drafts begun and submitted, by day.
    pub days: Vec<DemoDay>,
    /// The feedback about the service.
    pub feedback: Vec<DemoFeedback>,
}

/// The numbers of drafts begun on one day, and of those submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoDay {
    /// The London day, in days since 1970.
    pub day: i64,
    /// The number of drafts begun on that day.
    pub begun: i64,
    /// The number of those drafts that were submitted.
    pub sent: i64,
}

/// Invented feedback about the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoFeedback {
    /// The feedback's identifier.
    pub id: String,
    /// The London day, in days since 1970.
    pub day: i64,
    /// The score, from 1 (very dissatisfied) to 5 (very satisfied).
    pub score: i64,
}

/// An invented audit row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoEvent {
    /// When the event happened.
    pub at: Moment,
    /// The actor, as the audit records it.
    pub actor: Actor,
    /// The action, as the audit records it.
    pub action: Action,
    /// The details of the action, as JSON.
    pub details: String,
}

/// An invented request for another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoRequest {
    /// The request's identifier.
    pub id: String,
    /// When the request was sent.
    pub asked_at: Moment,
    /// The requested format.
    pub format: Format,
    /// The day since which the request has been waiting, in days since 1970.
    pub waits_since: i64,
    /// The name of the person who sent the request.
    pub name: String,
    /// The person's email address, if given.
    pub email: Option<String>,
    /// The person's telephone number, if given.
    pub telephone: Option<String>,
    /// When the request was answered, if it was.
    pub answered_at: Option<Moment>,
    /// The officer to whom the request is assigned or who answered it; `None` if it is unassigned.
    pub officer: Option<String>,
}

/// Invented registrations to insert in one transaction.
pub struct DemoBatch<'a> {
    /// The references in use, including those of this batch.
    taken: &'a mut BTreeSet<Reference>,
    tables: Vec<Rows>,
    words: Rows,
    /// The words that a search can find by a part in their middle.
    long_words: BTreeSet<String>,
    /// The number of submitted drafts that were begun on each day (in days since 1970).
    ///
    /// Drafts that the desk filled in are left out, because the figures do not count them.
    pub sent_by_day: BTreeMap<i64, i64>,
}

/// Returns when the draft of an invented registration was begun: two hours before its submission.
#[must_use]
pub fn begun_at(submitted_at: Moment) -> Moment {
    submitted_at.plus_hours(-2)
}

impl DemoOfficer {
    /// Returns the officer as an actor of the audit.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Officer(OfficerId::named(&*self.id))
    }
}

const OF_DRAFT: usize = 0;
const OF_PAGE: usize = 1;
const OF_DRAFT_USER: usize = 2;
const OF_REGISTRATION: usize = 3;
const OF_USER: usize = 4;
const OF_REVISION: usize = 5;
const OF_SEARCH: usize = 6;
const OF_AUDIT: usize = 7;
const OF_AUDIT_VALUE: usize = 8;
const OF_ORGANISATION: usize = 9;
const OF_CHECK: usize = 10;

/// The reason stored for every invented account that failed.
const WHY_FAILED: &str = "Another account has this email address";

impl<'a> DemoBatch<'a> {
    /// Returns an empty batch.
    #[must_use]
    pub fn new(taken: &'a mut BTreeSet<Reference>) -> Self {
        let tables = vec![
            Rows::new(
                "draft (id, created_at, expires_at, users, submitted_at, was_sent, asked, as_sent, came_by, \
                 taken_in_by, taken_in_at)",
                11,
            ),
            Rows::new("draft_page (draft_id, page, answers, version, saved_at)", 5),
            Rows::new(
                "draft_user (id, draft_id, position, first_name, last_name, email, mobile, role, \
                 administrator, version)",
                10,
            ),
            Rows::new(
                "registration (id, reference, draft_id, submitted_at, answers, kind, name, \
                 accountable_email, first_hearing, signed_at, terms_sha256, state, state_since, \
                 version, revision, sent_at, asked, told, officer_id, clock_days, clock_since, \
                 waits_since, user_count, sort_name, words_version, came_by)",
                26,
            ),
            Rows::new(
                "registration_user (registration_id, position, first_name, last_name, email, mobile, role, \
                 administrator, account, account_since, in_set_up, account_id, account_reason, sent_at, \
                 activated_at, failed_at)",
                16,
            ),
            Rows::new(
                "registration_revision (registration_id, revision, sent_at, answers)",
                4,
            ),
            Rows::new(
                "registration_search (search_key, registration_id, phrases)",
                3,
            ),
            Rows::new(
                "audit (subject, sequence, at, actor, action, details_digest, previous_hash, hash)",
                8,
            ),
            Rows::new("audit_value (subject, sequence, details_key, details)", 4),
            Rows::new("organisation (id, registration_id, made_at)", 3),
            Rows::new(
                "registration_check (registration_id, name, outcome, note, about, officer_id, made_at, version)",
                8,
            ),
        ];
        Self {
            taken,
            tables,
            words: Rows::new("demo_word (word, search_key)", 2),
            long_words: BTreeSet::new(),
            sent_by_day: BTreeMap::new(),
        }
    }

    /// Adds a registration with its draft, users, checks, search words and audit rows.
    ///
    /// # Errors
    /// When the answers cannot be written as JSON, or the operating system provides no random
    /// bytes.
    pub fn add(&mut self, demo: DemoRegistration) -> Result<(), StoreError> {
        let mut bits = demo.random_reference & REFERENCE_BITS;
        let mut reference = Reference::from_random(bits);
        while !self.taken.insert(reference) {
            bits = (bits + 1) & REFERENCE_BITS;
            reference = Reference::from_random(bits);
        }
        self.add_draft(&demo)?;
        self.add_registration(&demo, reference)?;
        self.add_people(&demo);
        self.add_search(&demo, reference);
        self.add_checks(&demo);
        self.add_audit(demo, reference)?;
        Ok(())
    }

    fn add_draft(&mut self, demo: &DemoRegistration) -> Result<(), StoreError> {
        let history = &demo.history;
        let kept_until = history.state_since.plus_hours(ANSWERS_DAYS * 24);
        let users = i64::try_from(demo.registration.people.len()).unwrap_or_default();
        // A draft is open while its applicant has questions to answer.
        let is_open = history.state == State::MoreInformationNeeded;
        let submitted_answers = registration::submitted_answers::SubmittedAnswers {
            pages: demo
                .pages
                .iter()
                .map(|(page, answers)| ((*page).to_owned(), answers.clone()))
                .collect(),
            users: demo
                .users
                .iter()
                .map(|listed| listed.user.clone())
                .collect(),
        };
        let open = |text: String| if is_open { text } else { String::new() };
        let begun_at = begun_at(demo.submitted_at);
        // The figures do not count drafts that the desk filled in.
        if demo.taken_in_by.is_none() {
            let day = begun_at.calendar_date().map_or(0, CalendarDate::day_number);
            *self.sent_by_day.entry(day).or_default() += 1;
        }
        self.tables[OF_DRAFT]
            .text(&demo.draft)
            .number(begun_at.millis())
            .number(kept_until.millis())
            .number(if demo.registration.organisation.kind.is_one_person() {
                0
            } else {
                users
            })
            .maybe_number((!is_open).then(|| history.sent_at.millis()))
            .truth(true)
            .text(open(json(&history.asked)?))
            .text(open(json(&submitted_answers)?))
            .text(demo.channel.key())
            .maybe(demo.taken_in_by.clone())
            .maybe_number(demo.taken_in_by.is_some().then(|| begun_at.millis()));
        for (page, answers) in &demo.pages {
            self.tables[OF_PAGE]
                .text(&demo.draft)
                .text(*page)
                .text(answers)
                .number(1)
                .number(demo.submitted_at.plus_hours(-1).millis());
        }
        for (position, listed) in (1..).zip(&demo.users) {
            let user = &listed.user;
            self.tables[OF_DRAFT_USER]
                .text(&listed.id)
                .text(&demo.draft)
                .number(position)
                .text(&user.first_name)
                .text(&user.last_name)
                .text(&user.email)
                .text(&user.mobile)
                .text(&user.role)
                .text(&user.administrator)
                .number(1);
        }
        Ok(())
    }

    fn add_registration(
        &mut self,
        demo: &DemoRegistration,
        reference: Reference,
    ) -> Result<(), StoreError> {
        let organisation = &demo.registration.organisation;
        let history = &demo.history;
        let revisions = i64::try_from(history.revisions.len()).unwrap_or_default();
        self.tables[OF_REGISTRATION]
            .text(&demo.id)
            .text(reference.as_str())
            .text(&demo.draft)
            .number(demo.submitted_at.millis())
            .text(document(&demo.registration)?)
            .text(organisation.kind.key())
            .text(organisation.name.as_str())
            .text(demo.registration.accountable_person.email.as_str())
            .maybe(organisation.first_hearing.map(|date| date.to_string()))
            .number(demo.submitted_at.plus_hours(-1).millis())
            .text(&demo.terms_sha256)
            .text(history.state.key())
            .number(history.state_since.millis())
            .number(history.version)
            .number(revisions + 1)
            .number(history.sent_at.millis())
            .text(json(&history.asked)?)
            .maybe(history.told.clone())
            .maybe(history.officer.clone())
            .number(i64::from(history.clock.used))
            .maybe_number(history.clock.runs_since.map(CalendarDate::day_number))
            .number(waits_since(history.clock))
            .number(i64::try_from(demo.registration.people.len()).unwrap_or_default())
            .text(sorted_as(organisation.name.as_str()))
            .number(WORDS_VERSION)
            .text(demo.channel.key());
        for (revision, (sent_at, answers)) in (1..).zip(&history.revisions) {
            self.tables[OF_REVISION]
                .text(&demo.id)
                .number(revision)
                .number(sent_at.millis())
                .text(answers);
        }
        Ok(())
    }

    fn add_people(&mut self, demo: &DemoRegistration) {
        let history = &demo.history;
        let is_approved = history.state == State::Approved;
        if is_approved {
            self.tables[OF_ORGANISATION]
                .text(organisation_id(&demo.id))
                .text(&demo.id)
                .number(history.state_since.millis());
        }
        for ((position, person), (account, since)) in
            (1..).zip(&demo.registration.people).zip(&history.accounts)
        {
            // An account waits from the time when its registration is approved.
            let since = since.or(is_approved.then_some(history.state_since));
            let came_to = |state| since.filter(|_| *account == state).map(Moment::millis);
            let failed = (*account == "failed").then(|| WHY_FAILED.to_owned());
            self.tables[OF_USER]
                .text(&demo.id)
                .number(position)
                .text(person.first_name.as_str())
                .text(person.last_name.as_str())
                .text(person.email.as_str())
                .text(person.mobile.as_str())
                .text(person.role.key())
                .truth(person.administrator)
                .text(*account)
                .maybe_number(since.map(Moment::millis))
                .truth(is_approved)
                .text(account_id(&demo.id, person.email.as_str()))
                .maybe(failed)
                .maybe_number(came_to("sent"))
                .maybe_number(came_to("activated"))
                .maybe_number(came_to("failed"));
        }
    }

    fn add_search(&mut self, demo: &DemoRegistration, reference: Reference) {
        let people = demo.registration.people.iter();
        let users: Vec<IndexedUser> = people
            .map(|user| IndexedUser {
                first_name: user.first_name.to_string(),
                last_name: user.last_name.to_string(),
                email: user.email.to_string(),
                mobile: user.mobile.as_str().to_owned(),
            })
            .collect();
        let phrases = phrases_of(reference.as_str(), &demo.registration, &users);
        self.long_words.extend(phrases.long_words());
        let key = search_key(demo.submitted_at.millis(), reference.as_str());
        self.tables[OF_SEARCH]
            .number(key)
            .text(&demo.id)
            .text(phrases.text());
        for word in phrases.entries() {
            self.words.text(word).number(key);
        }
    }

    fn add_checks(&mut self, demo: &DemoRegistration) {
        for made in &demo.history.checks {
            self.tables[OF_CHECK]
                .text(&demo.id)
                .text(made.check.key())
                .text(made.result.outcome.key())
                .text(&made.result.note)
                .text(&made.about)
                .text(&made.officer)
                .number(made.at.millis())
                .number(1);
        }
    }

    fn add_audit(
        &mut self,
        demo: DemoRegistration,
        reference: Reference,
    ) -> Result<(), StoreError> {
        let mut last = None;
        for event in demo.history.events {
            let new = NewEntry {
                subject: Subject::Registration(reference),
                at: event.at,
                actor: event.actor,
                action: event.action,
                details: event.details,
            };
            let Record { entry, details, .. } = new.after(last, None)?;
            let hash = entry.hash();
            last = Some((entry.sequence, hash.clone()));
            self.tables[OF_AUDIT_VALUE]
                .text(entry.subject.clone())
                .number(entry.sequence)
                .text(details.key)
                .text(details.value);
            self.tables[OF_AUDIT]
                .text(entry.subject)
                .number(entry.sequence)
                .number(entry.at.millis())
                .text(entry.actor)
                .text(entry.action)
                .text(entry.details_digest)
                .text(entry.previous_hash)
                .text(hash);
        }
        Ok(())
    }
}

impl Demo {
    /// Returns all references that are in use.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn references(&self) -> Result<BTreeSet<Reference>, StoreError> {
        let all: Vec<String> = query_scalar("select reference from registration")
            .fetch_all(&mut self.database.read().await?)
            .await?;
        Ok(all
            .iter()
            .filter_map(|reference| Reference::parse(reference).ok())
            .collect())
    }

    /// Adds the invented officers and creates the table that collects search words.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn begin_demo(&self, officers: &[DemoOfficer]) -> Result<(), StoreError> {
        if let Engine::Sqlite { .. } = self.database.engine() {
            // A larger page cache (256 MiB) for this connection speeds up inserts into a large
            // index.
            self.run("pragma cache_size = -262144").await?;
        }
        self.run("drop table if exists demo_word").await?;
        self.run("create table demo_word (word text not null, search_key bigint not null)")
            .await?;
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        for officer in officers {
            query(
                "insert into officer (id, name, email, mailbox, role, created_at) values ($1, $2, \
                 $3, $4, $5, $6) on conflict do nothing",
            )
            .bind(&officer.id)
            .bind(&officer.name)
            .bind(&officer.email)
            .bind(Email::mailbox(&officer.email))
            .bind(officer.role.key())
            .bind(officer.at.millis())
            .execute(&mut transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Writes a batch of invented registrations in one transaction.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn save_demo(&self, batch: DemoBatch<'_>) -> Result<(), StoreError> {
        let placeholder = self.placeholder();
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        for rows in batch.tables.iter().chain([&batch.words]) {
            insert(&mut transaction, rows, placeholder).await?;
        }
        add_ends(&mut transaction, batch.long_words.iter()).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Writes invented requests for another format.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn save_demo_requests(&self, requests: &[DemoRequest]) -> Result<(), StoreError> {
        let mut rows = Rows::new(
            "format_request (id, asked_at, format, details, technology, name, email, telephone, reached_by, \
             state, officer_id, answered_at, answered_by, version, waits_since, phrases)",
            16,
        );
        for request in requests {
            let answered = request.answered_at.is_some();
            let reached_by = request.email.as_ref().or(request.telephone.as_ref());
            rows.text(&request.id)
                .number(request.asked_at.millis())
                .text(request.format.key())
                .text("")
                .text("")
                .text(&request.name)
                .maybe(request.email.clone())
                .maybe(request.telephone.clone())
                .text(reached_by.cloned().unwrap_or_default())
                .text(if answered { "answered" } else { "waiting" })
                .maybe(request.officer.clone())
                .maybe_number(request.answered_at.map(Moment::millis))
                .maybe(request.officer.clone().filter(|_| answered))
                .number(1)
                .number(request.waits_since)
                .text(
                    phrases_of_request(
                        &request.name,
                        request.email.as_deref(),
                        request.telephone.as_deref(),
                    )
                    .text(),
                );
        }
        let placeholder = self.placeholder();
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        insert(&mut transaction, &rows, placeholder).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Adds invented daily counts to the existing counts, and stores invented feedback.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn save_demo_counts(&self, counts: &DemoCounts) -> Result<(), StoreError> {
        let mut feedback = Rows::new("feedback (id, day, score, words)", 4);
        for said in &counts.feedback {
            feedback
                .text(&said.id)
                .number(said.day)
                .number(said.score)
                .text("");
        }
        let placeholder = self.placeholder();
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        for day in &counts.days {
            for (what, count) in [("draft-begun", day.begun), ("draft-sent", day.sent)] {
                query(
                    "insert into daily_count (day, what, count) values ($1, $2, $3) on conflict \
                     (day, what) do update set count = daily_count.count + excluded.count",
                )
                .bind(day.day)
                .bind(what)
                .bind(count)
                .execute(&mut transaction)
                .await?;
            }
        }
        insert(&mut transaction, &feedback, placeholder).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Moves the search words into the index and updates the statistics of the query planner.
    ///
    /// # Errors
    /// When the database fails.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn end_demo(&self) -> Result<(), StoreError> {
        self.run(
            "insert into registration_word (word, search_key) select word, search_key from \
             demo_word order by word, search_key",
        )
        .await?;
        self.run("drop table demo_word").await?;
        self.run("analyze").await
    }

    fn placeholder(&self) -> Placeholder {
        match self.database.engine() {
            Engine::Sqlite { .. } => Placeholder::Place,
            Engine::Postgres(..) => Placeholder::Number,
        }
    }

    async fn run(&self, statement: &'static str) -> Result<(), StoreError> {
        query(statement)
            .execute(&mut self.database.write().await?)
            .await?;
        Ok(())
    }
}

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Row {
        table: "registration",
        column: "answers",
    })
}
