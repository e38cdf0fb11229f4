//! The main page of a registration at the desk: the answers, beside them warnings and similar
//! registrations, and below them the users, the checks, the notes and the history. Sections that
//! have nothing to show are left out.

use leptos::prelude::*;
use registration::desk::concern::Concern;
use registration::desk::correction::Part;
use registration::form::{FormSection, Topic};
use registration::lifecycle::ApplicantStatus;
use registration::page::Page;
use registration::registration::Registration;
use registration::text::with_commas;

use super::address;
use super::checks::{
    Approving, CheckForm, CheckRow, approve_button, check_form, checks, enter_button, may_check,
    ready_button,
};
use super::timeline::{Timeline, timeline};
use crate::backend::SubmittedRegistration;
use crate::components::{
    ButtonKind, Details, InsetText, LinkButton, NotificationBanner, SkipLink, SummaryList,
    SummaryRow, Tag, Textarea, Words, element, text,
};
use crate::form::FormState;
use crate::pages::answers::{self, Section};
use crate::pages::answers_of_draft::inside_a_sentence;
use crate::pages::answers_of_registration;
use crate::pages::desk::{
    AssigneeView, DecidedView, DeskPage, MenuEntry, QueueNotice, assignee_panel, viewing_notice,
};
use crate::pages::prose::{list, outside_link, paragraph};
use crate::pages::status_colour::registration_colour;

/// The maximum number of users on the page, unless the officer asks for all users.
const USERS_AT_FIRST: usize = 20;

/// The maximum number of users whose table is not folded.
const USERS_UNFOLDED: usize = 5;

/// The data for the main page of a registration.
pub struct RegistrationView {
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The status of the registration.
    pub status: ApplicantStatus,
    /// Short facts, as pairs of label and value, such as the assigned officer, the target and the
    /// first hearing.
    pub facts: Vec<(&'static str, String)>,
    /// The confirmation of the latest change, if there is one to show.
    pub done: Option<&'static str>,
    /// The decision on another registration, or the questions about it, after which the officer claimed this one.
    pub decided: Option<DecidedView>,
    /// Whether the officer has just pressed a button of the checks without changing any check.
    pub no_check: bool,
    /// The outcome of the latest assignment, if there is one to show.
    pub handed: Option<QueueNotice>,
    /// The notices at the top, for example about a decision that waits for a second officer.
    pub notices: Vec<String>,
    /// The messages that did not arrive, as pairs of address and sentence.
    pub undelivered: Vec<(String, String)>,
    /// The reason why the desk is advised to close the registration, and the address of the page on which the officer
    /// can; `None` unless the desk is advised to.
    pub closing: Option<(String, String)>,
    /// The address of the list of the queue that the officer had open last.
    pub back: String,
    /// The other officers who have the registration open: name and time of opening, as display
    /// text.
    pub viewers: Vec<(String, String)>,
    /// The assignment of the registration.
    pub assignee: AssigneeView,
    /// The actions open to the current officer. The first is the main action.
    pub actions: Vec<Action>,
    /// The answers, by section.
    pub answers: Vec<Section>,
    /// The checks of the registration.
    pub checks: Vec<CheckRow>,
    /// The consequences of an approval; `None` if the current officer cannot approve now.
    pub approving: Option<Approving>,
    /// The version of the registration when the officer opened the page.
    pub version: i64,
    /// The sequence number of the registration's latest audit row when the officer opened the page.
    pub seen: i64,
    /// Warnings about the answers.
    pub concerns: Vec<Concern>,
    /// Other registrations that are similar to this registration.
    pub similar: Vec<SimilarRow>,
    /// The desk's latest questions, with the answers that the applicant gave in words.
    pub questions: Vec<AnsweredQuestion>,
    /// The notes, newest first.
    pub notes: Vec<NoteView>,
    /// The new note, as typed; `None` if the officer may not add a note.
    pub new_note: Option<String>,
    /// The history of the registration.
    pub timeline: Timeline,
    /// The state of the form for a new note, with its problems.
    pub form: FormState,
}

/// An action open to the officer: the address of its page and the text of the link.
pub type Action = (String, &'static str);

/// Another registration that is similar to the registration on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimilarRow {
    /// The reference of the other registration.
    pub reference: String,
    /// The name of the other organisation.
    pub organisation: String,
    /// The state of the other registration, as display text.
    pub state: &'static str,
    /// The similarities of the two registrations, as display text.
    pub common: Vec<String>,
}

/// A question of the desk, with the answer in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredQuestion {
    /// The name of the topic.
    pub topic: &'static str,
    /// The text of the question.
    pub asked: String,
    /// The answer; empty if there is none.
    pub answer: String,
}

/// A note about a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteView {
    /// The name of the officer who wrote the note.
    pub by: String,
    /// The time of the note, as display text.
    pub when: String,
    /// The text of the note.
    pub words: String,
}

/// Renders the main page of a registration.
pub fn registration_page(shown: RegistrationView) -> DeskPage {
    let title = [&shown.organisation, " (", &shown.reference, ")"].concat();
    let here = address(&shown.reference, "");
    let has_users = shown.answers.iter().any(|section| section.users.is_some());
    let mut parts = skip_links(has_users);
    // A page must not show a banner and an error summary at the same time.
    let has_problems = shown
        .form
        .summary
        .with_untracked(|problems| !problems.is_empty());
    if let Some(done) = shown.done.filter(|_| !has_problems) {
        parts.push(view! { <NotificationBanner success=true heading=done/> }.into_any());
    }
    parts.extend(shown.handed.map(QueueNotice::view));
    parts.extend(
        shown
            .decided
            .map(|decided| decided.view("The next registration is assigned to you.")),
    );
    parts.push(head(&shown.reference, shown.organisation.clone()));
    parts.extend(viewing_notice(&shown.viewers));
    parts.extend(notices(shown.notices, shown.undelivered, shown.closing));
    let tag = view! { <Tag words=shown.status.words() colour=registration_colour(shown.status)/> };
    let mut rows = vec![SummaryRow::new("Status", tag)];
    rows.extend(
        shown
            .facts
            .into_iter()
            .map(|(key, value)| SummaryRow::new(key, text(value))),
    );
    parts.push(view! { <SummaryList rows no_border=true/> }.into_any());
    let approving = shown.approving.as_ref();
    let ready = approving.filter(|approving| approving.are_ready);
    let may_check = may_check(&shown.checks);
    // It must be the first button of its form, and the next button may belong to that form.
    parts.extend(may_check.then(enter_button));
    parts.extend(actions(ready.map(|_| ready_button()), &shown.actions));
    parts.push(assignee_panel(&shown.assignee));
    let mut beside = Vec::new();
    if !shown.concerns.is_empty() {
        beside.push(subheading_at("concerns", "Warnings"));
        beside.push(concerns(shown.concerns));
    }
    if !shown.similar.is_empty() {
        beside.push(subheading_at("alike", "Similar registrations"));
        beside.push(similar(&here, shown.similar));
    }
    // The table of users needs the full width, so it comes after the two columns.
    let (users, others): (Vec<Section>, Vec<Section>) = shown
        .answers
        .into_iter()
        .partition(|section| section.users.is_some());
    let answers = answers::sections(others);
    parts.push(
        view! {
            <div class="govuk-grid-row">
                <div class="govuk-grid-column-two-thirds" id="answers">{answers}</div>
                <div class="govuk-grid-column-one-third">{beside}</div>
            </div>
        }
        .into_any(),
    );
    parts.extend(users.into_iter().flat_map(users_section));
    let around = CheckForm {
        here: &here,
        seen: (shown.version, shown.seen),
        approving,
        no_check: shown.no_check,
        form: shown.form,
    };
    let mut to_do = vec![subheading_at("checks", "Checks")];
    to_do.extend(checks(&shown.checks, &around));
    let mut below = Vec::new();
    if !shown.questions.is_empty() {
        below.push(subheading_at("questions", "Questions to the applicant"));
        below.extend(shown.questions.iter().map(answered));
    }
    if shown.new_note.is_some() || !shown.notes.is_empty() {
        below.push(subheading_at("notes", "Notes for the desk"));
        below.push(paragraph("The applicant never sees these."));
        let new = shown
            .new_note
            .map(|typed| new_note(&here, typed, shown.form));
        below.extend(match new {
            Some(fields) if !may_check => Some(note_form(&here, fields)),
            fields => fields,
        });
        below.extend(shown.notes.into_iter().map(note));
    }
    to_do.push(two_thirds(below));
    if may_check {
        parts.push(check_form(&around, to_do));
    } else {
        parts.extend(to_do);
    }
    parts.push(two_thirds(vec![
        subheading_at("timeline", "History"),
        history(shown.timeline, &here),
    ]));
    parts.extend(actions(approving.map(approve_button), &shown.actions));
    DeskPage::new(title, MenuEntry::Queue, parts)
        .back(shown.back)
        .form(shown.form)
        .wide()
}

/// Renders the notices below the heading: general notices, messages that did not arrive, and the advice to close the
/// registration.
fn notices(
    notices: Vec<String>,
    undelivered: Vec<(String, String)>,
    closing: Option<(String, String)>,
) -> Vec<AnyView> {
    let mut parts = Vec::new();
    for notice in notices {
        parts.push(view! { <InsetText>{text(notice)}</InsetText> }.into_any());
    }
    for (href, words) in undelivered {
        let said = [
            text([&*words, ". "].concat()),
            outside_link(href, "Send it again"),
        ];
        let notice = element("div").class("govuk-inset-text").children(said);
        parts.push(notice.view());
    }
    if let Some((words, href)) = closing {
        let said = [
            text([&*words, " "].concat()),
            outside_link(href, "Close it because there was no answer"),
        ];
        let notice = element("div").class("govuk-inset-text").children(said);
        parts.push(notice.view());
    }
    parts
}

fn head(reference: &str, organisation: String) -> AnyView {
    view! {
        <span class="govuk-caption-l">{reference.to_owned()}</span>
        <h1 class="govuk-heading-l">{organisation}</h1>
    }
    .into_any()
}

/// Renders the links past the answers, which are visible only while they have the focus.
fn skip_links(has_users: bool) -> Vec<AnyView> {
    let mut links = vec![view! { <SkipLink href="#checks" words="Skip to checks"/> }.into_any()];
    if has_users {
        links.push(view! { <SkipLink href="#users" words="Skip to users"/> }.into_any());
    }
    links.push(view! { <SkipLink href="#timeline" words="Skip to timeline"/> }.into_any());
    links
}

/// Renders a heading with an id, so that links can lead to it and move the focus there.
fn subheading_at(id: &'static str, words: impl Into<Words>) -> AnyView {
    element("h2")
        .class("govuk-heading-m")
        .attr("id", id)
        .attr("tabindex", "-1")
        .words(words)
        .view()
}

/// Renders the actions, after the button `first` if there is one. Returns `None` if the officer can do nothing.
fn actions(first: Option<AnyView>, actions: &[Action]) -> Option<AnyView> {
    if first.is_none() && actions.is_empty() {
        return None;
    }
    let has_first = first.is_some();
    let links = actions.iter().enumerate().map(|(place, (href, words))| {
        let kind = if place == 0 && !has_first {
            ButtonKind::Primary
        } else {
            ButtonKind::Secondary
        };
        let (href, words) = (href.clone(), *words);
        view! { <LinkButton href kind>{text(words)}</LinkButton> }.into_any()
    });
    let buttons: Vec<AnyView> = first.into_iter().chain(links).collect();
    Some(
        element("div")
            .class("govuk-button-group")
            .children(buttons)
            .view(),
    )
}

/// Renders content that has two thirds of the width.
fn two_thirds(inside: Vec<AnyView>) -> AnyView {
    view! {
        <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds">{inside}</div>
        </div>
    }
    .into_any()
}

/// Renders the users of a registration. A long table is collapsed at first.
fn users_section(section: Section) -> Vec<AnyView> {
    let users = section.users.as_ref();
    let (listed, total) = users.map_or((0, 0), |users| {
        (users.rows.len(), users.rows.len() + users.hidden)
    });
    let heading = [&*section.title, " (", &with_commas(total), ")"].concat();
    let table = answers::sections(vec![Section {
        title: String::new(),
        ..section
    }]);
    let open = listed <= USERS_UNFOLDED || listed > USERS_AT_FIRST;
    vec![
        subheading_at("users", heading),
        view! { <Details summary="Names, email addresses and roles" open>{table}</Details> }
            .into_any(),
    ]
}

/// Renders the history. It is collapsed at first, unless the officer has opened a later page of the history.
fn history(shown: Timeline, here: &str) -> AnyView {
    let open = shown.page > 1;
    let pages = if shown.pages > 1 { " or more" } else { "" };
    let summary = match shown.entries.len() {
        0 => return paragraph("There is no history yet."),
        1 => "1 event".to_owned(),
        events => format!("{events}{pages} events"),
    };
    let events = timeline(shown, here);
    view! { <Details summary=summary open>{events}</Details> }.into_any()
}

fn concerns(concerns: Vec<Concern>) -> AnyView {
    let items = concerns.into_iter().map(|concern| {
        view! { <strong>{concern.about}</strong> {[": ", &concern.words].concat()} }.into_any()
    });
    list(items.collect())
}

/// Renders the list of similar registrations. Each has a link to the page that compares it with the
/// registration at the address `here`.
fn similar(here: &str, similar: Vec<SimilarRow>) -> AnyView {
    let count = similar.len();
    let mut items = similar.into_iter().map(|other| {
        let words = ["Compare with ", &other.organisation, " ", &other.reference].concat();
        let link = outside_link([here, "/compare/", &other.reference].concat(), words);
        let common = [" (", other.state, "): ", &other.common.join(", ")].concat();
        view! { {link} {common} }.into_any()
    });
    let strongest = list(items.by_ref().take(SIMILAR_AT_FIRST).collect());
    if count <= SIMILAR_AT_FIRST {
        return strongest;
    }
    let others = list(items.collect());
    let summary = match count - SIMILAR_AT_FIRST {
        1 => "1 weaker likeness".to_owned(),
        more => format!("{more} weaker likenesses"),
    };
    view! {
        {strongest}
        <Details summary=summary>{others}</Details>
    }
    .into_any()
}

fn answered(question: &AnsweredQuestion) -> AnyView {
    let answer = if question.answer.is_empty() {
        "No answer in words.".to_owned()
    } else {
        ["Answer: ", &question.answer].concat()
    };
    view! {
        <div class="app-note">
            <p class="govuk-body govuk-!-margin-bottom-1 app-lines">
                <strong>{question.topic}</strong>
                {[": ", &question.asked].concat()}
            </p>
            <p class="govuk-body app-lines">{answer}</p>
        </div>
    }
    .into_any()
}

/// Renders the field of a new note, with its buttons. They name their address, because the field may
/// stand in the form of the checks.
fn new_note(here: &str, typed: String, form: FormState) -> AnyView {
    let button = |words: &'static str| {
        element("button")
            .attr("type", "submit")
            .attr("formaction", [here, "/notes"].concat())
            .class("govuk-button govuk-button--secondary")
            .attr("data-module", "govuk-button")
            .words(words)
    };
    let add = button("Add note").attr("data-prevent-double-click", "true");
    let later = button("Finish the note later")
        .attr("name", "do")
        .attr("value", "later");
    view! {
        <Textarea
            name="note"
            label="Add a note"
            rows=3
            value=typed
            problem=form.problem("note")
        />
        <div class="govuk-button-group">{add.view()} {later.view()}</div>
    }
    .into_any()
}

/// Renders the form of a new note, on a page without a form for the checks.
fn note_form(here: &str, inside: AnyView) -> AnyView {
    let action = [here, "/notes"].concat();
    view! {
        <form action=action method="post" novalidate data-unsent="later">
            {inside}
        </form>
    }
    .into_any()
}

fn note(note: NoteView) -> AnyView {
    view! {
        <div class="app-note">
            <p class="govuk-body govuk-!-margin-bottom-1 app-lines">{note.words}</p>
            <p class="govuk-hint">{[&*note.by, ", ", &note.when].concat()}</p>
        </div>
    }
    .into_any()
}

/// The number of similar registrations that are always visible; the others are collapsed.
const SIMILAR_AT_FIRST: usize = 3;

/// The users that the page lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsersShown {
    /// Only the first users, with a link that shows all.
    First,
    /// All users.
    All,
}

/// Returns the answers of a registration for the desk.
///
/// Answers that differ from the submission `before` are marked, except those about the signature.
/// If `may_correct` is true, answers have a link to correct them.
#[must_use]
pub fn answers_with_changes(
    submitted: SubmittedRegistration,
    before: Option<&Registration>,
    users_shown: UsersShown,
    may_correct: bool,
) -> Vec<Section> {
    let registration = submitted.registration.clone();
    let reference = submitted.reference.clone();
    let one_person = registration.organisation.kind.is_one_person();
    let before = before.map(|before| {
        answers_of_registration::sections(SubmittedRegistration {
            registration: before.clone(),
            ..submitted.clone()
        })
    });
    let mut sections = answers_of_registration::sections(submitted);
    // Omit the section with the reference and the times of submission, which the top of the page
    // already shows.
    sections.retain(|section| section.of_form.is_some());
    for section in &mut sections {
        let before = before
            .iter()
            .flatten()
            .find(|before| before.of_form == section.of_form);
        // The time of signing is stored only for the latest signature, so this section cannot be
        // compared.
        let is_compared = section.of_form != Some(FormSection::Signature);
        for row in &mut section.rows {
            let was = before.and_then(|before| {
                let mut rows = before.rows.iter();
                rows.find(|was| was.topic == row.topic)
            });
            if let Some(was) = was.filter(|was| is_compared && was.lines != row.lines) {
                row.is_changed = true;
                row.lines.push(["Before: ", &was.lines.join(", ")].concat());
            }
            let part = row.topic.and_then(Topic::page).and_then(Part::of_page);
            if let Some(part) = part.filter(|_| may_correct) {
                let address = address(&reference, &["correct/", &part.key()].concat());
                row.change = Some((address, inside_a_sentence(&row.key)));
            }
        }
        if let Some(users) = &mut section.users {
            if let Some(before) = before.and_then(|before| before.users.as_ref()) {
                let sent =
                    |answers: &[String; 5]| before.rows.iter().any(|(was, _)| was == answers);
                users.changed = (0..users.rows.len())
                    .filter(|place| !sent(&users.rows[*place].0))
                    .collect();
                let now = |was: &[String; 5]| users.rows.iter().any(|(answers, _)| answers == was);
                users.gone = before.rows.iter().filter(|(was, _)| !now(was)).count();
            }
            for (place, (_, change)) in users.rows.iter_mut().enumerate() {
                *change = may_correct.then(|| {
                    let part = if one_person {
                        Part::Page(Page::OneUser)
                    } else {
                        Part::User(place + 1)
                    };
                    address(&reference, &["correct/", &part.key()].concat())
                });
            }
            let total = users.rows.len();
            if users_shown == UsersShown::First && total > USERS_AT_FIRST {
                users.rows.truncate(USERS_AT_FIRST);
                users.hidden = total - USERS_AT_FIRST;
                let words = format!("Show all {total} users");
                users.change = Some((address(&reference, "") + "?users=all#answers", words));
            }
        }
    }
    sections
}
