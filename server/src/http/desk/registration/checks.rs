//! The checks on the page of a registration: one form with the outcome and the note of each. The
//! same form approves the registration, if every check allows it, and has the field of a new note.
//!
//! Checks that cannot be saved are stored with the officer's unsent forms, and the page shows them
//! again with their problems. A reload, Back or a half-typed note therefore loses nothing.

use std::collections::HashMap;

use app::pages::desk::registration::{CheckRow, TypedCheck, address};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::Permission;
use registration::desk::approval::{Approval, BlockingCheck, MadeCheck};
use registration::desk::check::{Check, CheckResult, Need};
use registration::identifiers::Reference;
use registration::lifecycle::State;
use registration::problem::Problem;
use registration::registration::Registration;
use registration::text::tidy;

use super::timeline::officer_name;
use super::unsent_note::keep_note;
use super::{DeskRegistration, PageResult, cannot, decide, place, unknown};
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::randomness::sha256;
use crate::store::{NewCheck, StoreError, StoredCheck};

const CLOSED: &str =
    "This registration has been decided or withdrawn, so you cannot change its checks.";

/// The key of this form, among an officer's unsent forms.
const FORM: &str = "checks";

/// The query with which the page of a registration shows what the checks lack. On any other visit
/// it only shows what was typed, and conflicts with others.
const PROBLEMS: &str = "?problems=checks";

/// Returns whether officers can record checks in this state: until the registration is decided or
/// withdrawn.
pub(super) const fn may_be_checked(state: State) -> bool {
    !state.is_closed()
}

/// Redirects from the former page of a check to the check on the page of the registration.
pub(super) async fn show(
    visit: DeskVisit,
    Path((reference, check)): Path<(String, String)>,
) -> Response {
    match (Reference::parse(&reference), Check::from_key(&check)) {
        (Ok(reference), Some(check)) => {
            Redirect::permanent(&place_of(reference.as_str(), check)).into_response()
        }
        (Ok(_), None) => StatusCode::NOT_FOUND.into_response(),
        (Err(_), _) => unknown(&visit, &reference),
    }
}

/// Receives the form that a check had on a page of its own, in an earlier version of the service.
pub(super) async fn save_old(
    visit: DeskVisit,
    opened: DeskRegistration,
    Path((_, check)): Path<(String, String)>,
    fields: Fields,
) -> PageResult {
    let Some(check) = Check::from_key(&check) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let mut now: Vec<(String, String)> = ["outcome", "note", "seen"]
        .map(|name| (check.field(name), fields.text(name).to_owned()))
        .into();
    now.push(("do".to_owned(), ["save-", check.key()].concat()));
    save(visit, opened, Fields::of(now)).await
}

/// Leads from the address of the form to its place on the page of the registration.
pub(super) async fn show_place(visit: DeskVisit, Path(reference): Path<String>) -> Response {
    place(&visit, &reference, "#checks")
}

/// Returns the address of a check on the page of its registration.
fn place_of(reference: &str, check: Check) -> String {
    [&*address(reference, ""), "#check-", check.key()].concat()
}

/// A check as it was sent or stored with an officer's unsent forms.
struct SentCheck {
    check: Check,
    outcome: String,
    note: String,
    /// The version of the stored check that the officer saw; 0 if the check was not stored yet.
    seen: i64,
    /// The fingerprint of the answers that the officer saw; empty if the page did not send one.
    about: String,
    /// Whether the officer has changed the outcome or the note.
    is_changed: bool,
}

impl SentCheck {
    /// Returns the checks of a form.
    fn all(fields: &Fields) -> Vec<Self> {
        let of = |check: Check| {
            let field = |name: &str| fields.text(&check.field(name)).to_owned();
            let (outcome, note) = (field("outcome"), field("note"));
            Self {
                check,
                is_changed: state_of(&outcome, &note) != field("was"),
                outcome,
                note,
                seen: fields.number(&check.field("seen")),
                about: field("about"),
            }
        };
        Check::ALL.into_iter().map(of).collect()
    }

    fn parse(&self) -> Result<CheckResult, Problem> {
        self.check.parse(&self.outcome, &self.note)
    }

    /// Returns whether the officer saw the current answers that the check is about.
    fn is_about(&self, registration: &Registration) -> bool {
        saw_answers(&self.about, &self.check.about(registration))
    }

    /// Returns the fields to store with the officer's unsent forms.
    fn fields(&self) -> [(String, String); 4] {
        [
            (self.check.field("outcome"), self.outcome.clone()),
            (self.check.field("note"), self.note.clone()),
            (self.check.field("seen"), self.seen.to_string()),
            (self.check.field("about"), self.about.clone()),
        ]
    }
}

/// Whether a page with this fingerprint showed these answers. A page of an earlier version of the
/// service has no fingerprint, so nobody knows which answers it showed.
fn saw_answers(fingerprint: &str, about: &str) -> bool {
    fingerprint == sha256(about.as_bytes())
}

/// Returns an outcome and a note as one text, to compare them with other outcomes and notes.
fn state_of(outcome: &str, note: &str) -> String {
    [outcome, " ", &tidy(note)].concat().trim().to_owned()
}

/// Returns the outcome and the note with which the form of a check is first rendered. If the
/// answers have changed since the outcome was given, the outcome is left out, so that the officer
/// gives it again.
fn drawn(stored: Option<&StoredCheck>, registration: &Registration) -> (&'static str, String) {
    match stored {
        None => ("", String::new()),
        Some(stored) => {
            let is_current = stored.made.about == stored.made.check.about(registration);
            let outcome = if is_current {
                stored.made.outcome.key()
            } else {
                ""
            };
            (outcome, stored.note.clone())
        }
    }
}

/// The action of the pressed button.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Stores the half-typed checks for later.
    Later,
    /// To save the outcomes of all checks, or of one.
    Save(Option<Check>),
    /// Saves the outcomes and approves the registration.
    Approve,
}

impl Wanted {
    fn of(fields: &Fields) -> Self {
        match fields.text("do") {
            "later" => Self::Later,
            "approve" | "approve-next" => Self::Approve,
            other => Self::Save(other.strip_prefix("save-").and_then(Check::from_key)),
        }
    }

    /// Whether the button saves a check, or else says what the check lacks.
    fn is_about(self, check: Check) -> bool {
        match self {
            Self::Later => false,
            Self::Save(Some(one)) => one == check,
            Self::Save(None) | Self::Approve => true,
        }
    }
}

pub(super) async fn save(
    visit: DeskVisit,
    mut opened: DeskRegistration,
    mut fields: Fields,
) -> PageResult {
    if !may_be_checked(opened.lifecycle.state) {
        return Ok(cannot(&visit, &opened, CLOSED));
    }
    keep_note(&visit, &opened, &fields).await?;
    let wanted = Wanted::of(&fields);
    let casework = visit.store().casework();
    let stored = casework.checks(&opened.lifecycle.id).await?;
    let registration = &opened.stored.registration;
    let mut unsaved = changed(&fields, &stored, registration);
    let here = address(opened.reference(), "");
    let to =
        |query: &str, anchor: &str| Redirect::to(&[&*here, query, anchor].concat()).into_response();
    if wanted == Wanted::Later {
        keep(&visit, &opened, "later", &unsaved).await?;
        return Ok(to("", "#checks"));
    }
    let new: Vec<NewCheck> = unsaved
        .iter()
        .filter(|sent| wanted.is_about(sent.check) && sent.is_about(registration))
        .filter_map(|sent| {
            Some(NewCheck {
                check: sent.check,
                result: sent.parse().ok()?,
                about: sent.check.about(registration),
                officer: visit.officer.id.clone(),
                at: visit.now(),
                seen: sent.seen,
            })
        })
        .collect();
    let made = casework.make_checks(&opened.lifecycle, &new).await?;
    if made.is_closed {
        return Ok(cannot(&visit, &opened, CLOSED));
    }
    let is_saved =
        |check: Check| new.iter().any(|new| new.check == check) && !made.stale.contains(&check);
    let is_outcome_saved = unsaved.iter().any(|sent| {
        let stored = stored.iter().find(|stored| stored.made.check == sent.check);
        is_saved(sent.check) && drawn(stored, registration).0 != sent.outcome
    });
    unsaved.retain(|sent| !is_saved(sent.check));
    let is_approved = wanted == Wanted::Approve;
    if is_approved && unsaved.is_empty() {
        let stored = casework.checks(&opened.lifecycle.id).await?;
        if lacking(&opened, &stored).is_empty() {
            keep(&visit, &opened, "", &[]).await?;
            // Saving the outcomes has changed the version, so update the version of the form. If
            // somebody else changed the registration before, the form keeps its old version, and
            // the decision is refused as stale.
            if fields.number("version") == opened.lifecycle.version {
                fields.replace("version", made.version.to_string());
            }
            opened.lifecycle.version = made.version;
            let decision = decision(&fields, is_outcome_saved);
            return decide::send_from_checks(visit, opened, decision).await;
        }
    }
    keep(&visit, &opened, fields.text("do"), &unsaved).await?;
    if is_approved || unsaved.iter().any(|sent| wanted.is_about(sent.check)) {
        return Ok(to(PROBLEMS, ""));
    }
    let saved = new.len() - made.stale.len();
    Ok(match wanted {
        _ if saved == 0 => to("?done=no-check", "#checks"),
        Wanted::Save(Some(check)) => to("?done=checks", &["#check-", check.key()].concat()),
        _ => to("?done=checks", "#checks"),
    })
}

/// Returns the checks that an officer has changed in a form.
fn changed(fields: &Fields, stored: &[StoredCheck], registration: &Registration) -> Vec<SentCheck> {
    let mut changed = SentCheck::all(fields);
    changed.retain(|sent| {
        let stored = stored.iter().find(|stored| stored.made.check == sent.check);
        let (outcome, note) = drawn(stored, registration);
        // Of two officers with the same outcome, the second has nothing to save.
        sent.is_changed && state_of(&sent.outcome, &sent.note) != state_of(outcome, &note)
    });
    changed
}

/// Stores the checks of a form whose button does something else, such as adding a note.
pub(super) async fn keep_checks(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    fields: &Fields,
) -> Result<(), StoreError> {
    let has_checks = Check::ALL
        .into_iter()
        .any(|check| fields.has(&check.field("note")) || fields.has(&check.field("outcome")));
    if !has_checks || !may_be_checked(opened.lifecycle.state) {
        return Ok(());
    }
    let casework = visit.store().casework();
    let stored = casework.checks(&opened.lifecycle.id).await?;
    let unsaved = changed(fields, &stored, &opened.stored.registration);
    keep(visit, opened, "later", &unsaved).await
}

/// Returns the form that approves the registration.
///
/// If this form has recorded no outcome, at most a note, one press would approve, so the officer is
/// shown the message first.
fn decision(sent: &Fields, is_outcome_saved: bool) -> Fields {
    let to_do = match (is_outcome_saved, sent.text("do")) {
        (false, _) => "preview",
        (true, "approve-next") => "decide-next",
        (true, _) => "decide",
    };
    let mut fields = vec![
        ("decision".to_owned(), "approve".to_owned()),
        ("do".to_owned(), to_do.to_owned()),
    ];
    fields.extend(["version", "seen"].map(|name| (name.to_owned(), sent.text(name).to_owned())));
    Fields::of(fields)
}

/// Stores the unsaved checks with the pressed button, or deletes the stored form if there is
/// nothing to show again.
async fn keep(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    pressed: &str,
    unsaved: &[SentCheck],
) -> Result<(), StoreError> {
    let subject = opened.subject();
    if unsaved.is_empty() && !pressed.starts_with("approve") {
        return visit.delete_unsent_form(&subject, FORM).await;
    }
    let mut fields = vec![("do".to_owned(), pressed.to_owned())];
    fields.extend(unsaved.iter().flat_map(SentCheck::fields));
    visit
        .save_unsent_form(&subject, FORM, &Fields::of(fields))
        .await
}

/// Returns the checks that block an approval.
fn lacking(opened: &DeskRegistration, stored: &[StoredCheck]) -> Vec<BlockingCheck> {
    let made: Vec<MadeCheck> = stored.iter().map(|stored| stored.made.clone()).collect();
    Approval::ready(&opened.stored.registration, &made)
        .err()
        .unwrap_or_default()
}

/// The checks of a registration, as its page shows them.
pub(super) struct Checks {
    /// The rows, in the order of the page.
    pub(super) rows: Vec<CheckRow>,
    /// The problems of the form.
    pub(super) problems: Vec<Problem>,
    /// Whether every check allows an approval.
    pub(super) are_ready: bool,
}

/// Returns the checks with what the officer has typed and not saved. `asked` is the query of the
/// page, `similar` the number of similar registrations.
pub(super) async fn checks(
    visit: &DeskVisit,
    opened: &DeskRegistration,
    asked: &Fields,
    names: &HashMap<String, String>,
    similar: usize,
) -> Result<Checks, StoreError> {
    let registration = &opened.stored.registration;
    let stored = visit
        .store()
        .casework()
        .checks(&opened.lifecycle.id)
        .await?;
    let may_check =
        visit.may(Permission::WorkOnRegistrations) && may_be_checked(opened.lifecycle.state);
    let unsent = if may_check {
        visit.unsent_form(&opened.subject(), FORM).await?
    } else {
        None
    };
    let pressed = unsent
        .as_ref()
        .filter(|_| asked.text("problems") == "checks")
        .map_or(Wanted::Later, Wanted::of);
    let is_typed = |check: &Check| {
        let unsent = unsent.as_ref()?;
        let note = check.field("note");
        unsent.all(&note).next().is_some().then_some(unsent)
    };
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    for check in Check::ALL {
        let stored = stored.iter().find(|stored| stored.made.check == check);
        let need = check.need(registration);
        if need == Need::NotAsked && stored.is_none() {
            continue;
        }
        let about = check.about(registration);
        let (outcome, note) = drawn(stored, registration);
        let mut typed = TypedCheck {
            was: state_of(outcome, &note),
            outcome: outcome.to_owned(),
            note,
            version: stored.map_or(0, |stored| stored.version),
            about: sha256(about.as_bytes()),
        };
        if let Some(unsent) = is_typed(&check) {
            unsent
                .text(&check.field("outcome"))
                .clone_into(&mut typed.outcome);
            unsent
                .text(&check.field("note"))
                .clone_into(&mut typed.note);
            let conflict = stored.filter(|_| unsent.number(&check.field("seen")) != typed.version);
            let problem = match conflict {
                Some(stored) => Some(saved_meanwhile(
                    stored,
                    &officer_name(&stored.officer, names),
                )),
                None if !saw_answers(unsent.text(&check.field("about")), &about) => {
                    let fingerprint = unsent.text(&check.field("about"));
                    Some(changed_meanwhile(check, fingerprint))
                }
                None => check
                    .parse(&typed.outcome, &typed.note)
                    .err()
                    .filter(|_| pressed.is_about(check)),
            };
            problems.extend(problem);
        }
        rows.push(CheckRow {
            check,
            need,
            outcome: stored.map(|stored| stored.made.outcome),
            links: check.links(registration),
            others: (check == Check::OtherRegistrations).then_some(similar),
            is_changed: stored.is_some_and(|stored| stored.made.about != about),
            about: about.lines().map(str::to_owned).collect(),
            made: stored.map_or_else(String::new, |stored| {
                format!(
                    "{}, {}",
                    officer_name(&stored.officer, names),
                    stored.at.in_words()
                )
            }),
            note: stored.map_or_else(String::new, |stored| stored.note.clone()),
            typed: may_check.then_some(typed),
        });
    }
    let lacking = lacking(opened, &stored);
    if pressed == Wanted::Approve {
        add_lacking(&mut problems, &lacking);
    }
    Ok(Checks {
        rows,
        problems,
        are_ready: lacking.is_empty(),
    })
}

/// Adds the checks that block an approval to the problems, in the order of the page.
fn add_lacking(problems: &mut Vec<Problem>, lacking: &[BlockingCheck]) {
    for lacking in lacking {
        let [outcome, note] = ["outcome", "note"].map(|field| lacking.check.field(field));
        if !problems
            .iter()
            .any(|known| known.field == outcome || known.field == note)
        {
            let words = ["You cannot approve it yet: ", &lacking.words()].concat();
            problems.push(Problem::new(outcome, "checks-missing", words));
        }
    }
    let place = |problem: &Problem| {
        Check::ALL
            .into_iter()
            .position(|check| problem.field.ends_with(check.key()))
    };
    problems.sort_by_key(place);
}

/// Returns the problem of an outcome if another officer has saved one since the page was opened.
fn saved_meanwhile(stored: &StoredCheck, by: &str) -> Problem {
    let check = stored.made.check;
    let with_note = if stored.note.is_empty() {
        ""
    } else {
        ", with a note that you can read at the check"
    };
    let words = format!(
        "{}: {by} saved “{}” since you opened this page{with_note}. Save yours again if it is \
         still correct",
        check.words(),
        stored.made.outcome.words(),
    );
    Problem::new(check.field("outcome"), "check-stale", words)
}

/// Returns the problem of an outcome about answers that have changed since the page was opened.
///
/// `fingerprint` is that of the answers on the page; empty if nobody knows them.
fn changed_meanwhile(check: Check, fingerprint: &str) -> Problem {
    let have = if fingerprint.is_empty() {
        "may have"
    } else {
        "have"
    };
    let words = format!(
        "{}: the answers {have} changed since you opened this page. Check them and save again",
        check.words(),
    );
    Problem::new(check.field("outcome"), "check-outdated", words)
}
