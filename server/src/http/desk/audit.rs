//! The pages of the audit: the search, the verification of a chain, and the history of one
//! registration as a file.
//!
//! Audit rows contain personal data from before and after a change, so each view of these rows is
//! recorded too.

use app::pages::desk::{
    AuditFilters, AuditLine, AuditView, ChainView, audit_page, chain_page, no_chain_page,
};
use axum::Form;
use axum::extract::Path;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use registration::date::CalendarDate;
use registration::desk::Permission;
use registration::desk::audit::{
    AUDIT, AUDIT_CHAIN, AUDIT_HISTORY, Action, DetailLine, action_words, detail_lines,
};
use registration::desk::period::day_of;
use registration::identifiers::Reference;
use registration::problem::Problem;
use serde::Deserialize;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::casework::audit_export::{HistoryFormat, Names, history, subjects_of};
use crate::clock::Moment;
use crate::http::attachment::attachment;
use crate::http::query::address;
use crate::http::visit::PageResult;
use crate::store::{Actor, AuditSearch, ChainFault, FoundRow, RowPlace, Subject, UnknownSubject};

/// The number of rows on a page.
const PAGE_SIZE: usize = 50;

/// Adds the routes of the audit pages.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    let may = Needs::May(Permission::ReadAudit);
    routes
        .get(AUDIT, may, search)
        .post(AUDIT, may, find)
        .get(AUDIT_CHAIN, may, chain)
        .get("/desk/audit/history/{file}", may, export)
}

/// Query: the filters of the search.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AuditQuery {
    subject: String,
    actor: String,
    action: String,
    from: String,
    to: String,
    after: String,
}

/// Redirects to the address of a valid search, which cannot contain a person's name. Shows an
/// invalid search with its problems instead.
async fn find(visit: DeskVisit, Form(query): Form<AuditQuery>) -> PageResult {
    let query = query.readable();
    if query.read().is_ok() {
        return Ok(Redirect::to(&query.address("")).into_response());
    }
    page(&visit, query).await
}

async fn search(visit: DeskVisit, query: Result<Form<AuditQuery>, FormRejection>) -> PageResult {
    let query = query
        .map(|Form(query)| query.readable())
        .unwrap_or_default();
    page(&visit, query).await
}

async fn page(visit: &DeskVisit, query: AuditQuery) -> PageResult {
    let store = visit.store();
    let names = Names::read(store.officers()).await?;
    let mut actors = names.listed();
    actors.insert(
        0,
        (Actor::Applicant.to_string(), "The applicant".to_owned()),
    );
    let actions = store.audit().audit_actions().await?.into_iter();
    let actions = actions.map(|action| (action.clone(), action_words(&action).into_owned()));
    let mut found = AuditView {
        filters: query.filters(),
        actors,
        actions: actions.collect(),
        ..AuditView::default()
    };
    match query.read() {
        Err(problems) => found.problems = problems,
        Ok(search) => {
            visit.record_list_view("audit").await?;
            let most = i64::try_from(PAGE_SIZE).unwrap_or(i64::MAX);
            let mut rows = store.audit().search_audit(&search, most + 1).await?;
            let is_more = rows.len() > PAGE_SIZE;
            rows.truncate(PAGE_SIZE);
            // The next page must begin after a row whose position is readable.
            let mut readable = rows.iter().filter(|found| found.row.unreadable.is_empty());
            if let Some(last) = readable.next_back().filter(|_| is_more) {
                found.older = Some(query.address(&written(&last.place())));
            }
            found.newest = search.after.is_some().then(|| query.address(""));
            if let Ok(reference) = Reference::parse(&query.subject) {
                found.exports = exports(&reference);
            }
            let lines = rows.into_iter().map(|row| line(visit, row, &names));
            found.lines = lines.collect();
        }
    }
    Ok(visit.show(|| audit_page(found)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ChainQuery {
    subject: String,
}

async fn chain(visit: DeskVisit, query: Result<Form<ChainQuery>, FormRejection>) -> PageResult {
    let subject = query
        .map(|Form(query)| readable(&query.subject))
        .unwrap_or_default();
    let (walked, breaks) = visit.store().audit().verify_chain(&subject).await?;
    if walked.rows == 0 && breaks.is_empty() {
        return Ok(visit.show_with(StatusCode::NOT_FOUND, no_chain_page));
    }
    let at = |subject: &str| address(AUDIT_CHAIN, &[("subject", subject)]);
    let beside = match Subject::parse(&subject) {
        Ok(Subject::Views(changes)) => Some(("Verify the chain of changes", *changes)),
        Ok(changes) => Some(("Verify the chain of views", changes.views())),
        Err(UnknownSubject) => None,
    };
    let beside = match beside {
        Some((words, beside)) if !visit.store().audit().audit_of(&beside).await?.is_empty() => {
            Some((words.to_owned(), at(&beside.to_string())))
        }
        _ => None,
    };
    let shown = ChainView {
        rows: walked.rows,
        breaks: breaks.iter().map(in_words).collect(),
        rows_at: address(AUDIT, &[("subject", &subject)]),
        beside,
        subject,
    };
    Ok(visit.show(|| chain_page(shown)))
}

async fn export(visit: DeskVisit, Path(file): Path<String>) -> PageResult {
    let query = file.rsplit_once('.').and_then(|(reference, extension)| {
        Some((
            Reference::parse(reference).ok()?,
            HistoryFormat::from_key(extension)?,
        ))
    });
    let Some((reference, format)) = query else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    // Record the download first, so that the file contains it.
    let subject = Subject::Registration(reference);
    if visit.store().audit().audit_of(&subject).await?.is_empty() {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    visit.record_download(&subject, "history").await?;
    Ok(match history(visit.store(), &reference, format).await? {
        Some(bytes) => {
            let name = format!("history-{reference}.{}", format.key());
            attachment(bytes, format.media_type(), &name)
        }
        None => StatusCode::NOT_FOUND.into_response(),
    })
}

impl AuditQuery {
    fn readable(self) -> Self {
        Self {
            subject: readable(&self.subject),
            actor: readable(&self.actor),
            action: readable(&self.action),
            from: self.from,
            to: self.to,
            after: readable(&self.after),
        }
    }

    fn filters(&self) -> AuditFilters {
        AuditFilters {
            subject: self.subject.clone(),
            actor: self.actor.clone(),
            action: self.action.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
        }
    }

    /// Returns the address of this search that shows the rows after `after`.
    fn address(&self, after: &str) -> String {
        address(
            AUDIT,
            &[
                ("subject", &self.subject),
                ("actor", &self.actor),
                ("action", &self.action),
                ("from", &self.from),
                ("to", &self.to),
                ("after", after),
            ],
        )
    }

    fn read(&self) -> Result<AuditSearch, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut day = |field: &'static str, words: &str, typed: &str| {
            let typed = typed.trim();
            let day = day_of(typed);
            if day.is_none() && !typed.is_empty() {
                let words = format!("{words} must be a real date, like 27/3/2026");
                problems.push(Problem::new(field, "date-unreadable", words));
            }
            day
        };
        let (from, to) = (day("from", "From", &self.from), day("to", "To", &self.to));
        if from.is_some() && to.is_some() && to < from {
            let words = "To must be the same as or after From";
            problems.push(Problem::new("to", "period-backwards", words));
        }
        if !is_subject(self.subject.trim()) {
            let words = "Enter a reference, or a subject such as registration/CP-7K3M-9QXT";
            problems.insert(0, Problem::new("subject", "subject-unreadable", words));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let chosen = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        let next = |day: CalendarDate| CalendarDate::of_day_number(day.day_number() + 1);
        Ok(AuditSearch {
            subjects: self.subjects(),
            actor: chosen(&self.actor),
            action: chosen(&self.action),
            from: from.map(Moment::beginning_of),
            until: to.and_then(next).map(Moment::beginning_of),
            after: place(&self.after),
        })
    }

    /// Returns the subjects to search for: the two subjects of a reference, or the typed subject.
    /// An empty list means all subjects.
    fn subjects(&self) -> Vec<String> {
        let typed = self.subject.trim();
        match Reference::parse(typed) {
            Ok(reference) => subjects_of(reference)
                .map(|subject| subject.to_string())
                .to_vec(),
            Err(_) if typed.is_empty() => Vec::new(),
            Err(_) => vec![typed.to_owned()],
        }
    }
}

/// Returns whether a text is empty, a reference, or has the form of an audit subject. Such a text
/// cannot be a person's name or email address.
fn is_subject(typed: &str) -> bool {
    let has_shape = |byte: u8| byte.is_ascii_alphanumeric() || b"/-.".contains(&byte);
    typed.is_empty()
        || Reference::parse(typed).is_ok()
        || (typed.contains('/') && typed.bytes().all(has_shape))
}

/// Replaces NUL, which PostgreSQL cannot store, with U+FFFD.
fn readable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Formats the position of a row for the address of the next page.
fn written(place: &RowPlace) -> String {
    format!("{}-{}-{}", place.at, place.sequence, place.subject)
}

fn place(text: &str) -> Option<RowPlace> {
    let mut parts = text.splitn(3, '-');
    Some(RowPlace {
        at: parts.next()?.parse().ok()?,
        sequence: parts.next()?.parse().ok()?,
        subject: parts.next()?.to_owned(),
    })
}

fn exports(reference: &Reference) -> Vec<(String, String)> {
    let of = |words: &str, format: HistoryFormat| {
        let extension = format.key();
        (
            words.to_owned(),
            format!("{AUDIT_HISTORY}/{reference}.{extension}"),
        )
    };
    vec![
        of("Download CSV", HistoryFormat::Csv),
        of("Download JSON, with the hashes", HistoryFormat::Json),
    ]
}

fn line(visit: &DeskVisit, found: FoundRow, names: &Names) -> AuditLine {
    let FoundRow { subject, row } = found;
    let mut detail_lines = if row.action == Action::Searched.key() && !row.is_erased() {
        visit.search_in_words(&row)
    } else {
        detail_lines(&row.details)
    };
    detail_lines.extend(row.cannot_be_read().map(|words| DetailLine {
        name: "Damaged".to_owned(),
        before: None,
        after: Some(words),
    }));
    if row.is_erased() {
        detail_lines.push(DetailLine {
            name: "Erased".to_owned(),
            before: None,
            after: Some("its time was over, or somebody asked for it".to_owned()),
        });
    }
    let source = if row.source_is_erased() {
        Some("erased".to_owned())
    } else {
        row.source.clone()
    };
    let when = if row.unreadable.contains(&"at") {
        row.happened_in_words()
    } else {
        Moment::from_millis(row.at).in_words()
    };
    AuditLine {
        when,
        who: names.of(&row.actor),
        source,
        what: action_words(&row.action).into_owned(),
        chain: address(AUDIT_CHAIN, &[("subject", &subject)]),
        subject,
        sequence: row.sequence,
        detail_lines,
    }
}

fn in_words(found: &ChainFault) -> String {
    let words = found.kind.to_string();
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
