//! The main page of a registration at the desk: the answers, beside them the checks, warnings and
//! similar registrations, and below them the notes and the history.

use leptos::prelude::*;
use registration::desk::RegisterLink;
use registration::desk::check::{CheckVerdict, Need};
use registration::desk::concern::Concern;
use registration::desk::correction::Part;
use registration::form::{FormSection, Topic};
use registration::lifecycle::ApplicantStatus;
use registration::page::Page;
use registration::registration::Registration;

use super::address;
use super::timeline::{Timeline, timeline};
use crate::backend::SubmittedRegistration;
use crate::components::{
    Button, ButtonKind, Details, InsetText, LinkButton, NotificationBanner, SummaryList,
    SummaryRow, Tag, TagColour, Textarea, element, text,
};
use crate::form::FormState;
use crate::pages::answers::{self, Section};
use crate::pages::answers_of_draft::inside_a_sentence;
use crate::pages::answers_of_registration;
use crate::pages::desk::{
    AssigneeView, DeskPage, MenuEntry, QueueNotice, assignee_panel, viewing_notice,
};
use crate::pages::prose::{link, list, new_tab_link, outside_link, paragraph};
use crate::pages::status_colour::registration_colour;

/// The maximum number of users on the page, unless the officer asks for all users.
const USERS_AT_FIRST: usize = 20;

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
    /// The outcome of the latest assignment, if there is one to show.
    pub handed: Option<QueueNotice>,
    /// The notices at the top, for example about a decision that waits for a second officer.
    pub notices: Vec<String>,
    /// The messages that did not arrive, as pairs of address and sentence.
    pub undelivered: Vec<(String, String)>,
    /// Why the desk is advised to close the registration, and the address at which the officer can;
    /// `None` if it is not.
    pub closing: Option<(String, String)>,
    /// The address of the list of the queue that the officer had open last.
    pub back: String,
    /// The other officers who have the registration open: name and time of opening, as display
    /// text.
    pub viewers: Vec<(String, String)>,
    /// The assignment of the registration.
    pub assignee: AssigneeView,
    /// The actions open to the current officer, as pairs of address and link text. The first is the
    /// main action.
    pub actions: Vec<(String, &'static str)>,
    /// The answers, by section.
    pub answers: Vec<Section>,
    /// The checks of the registration.
    pub checks: Vec<CheckRow>,
    /// Whether the current officer may record outcomes of checks.
    pub may_check: bool,
    /// Warnings about the answers.
    pub concerns: Vec<Concern>,
    /// Other registrations that are similar to this registration.
    pub similar: Vec<SimilarRow>,
    /// The desk's last questions, with the answers in words.
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

/// A check, as listed on the main page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRow {
    /// The key of the check, which is part of its address.
    pub key: &'static str,
    /// The name of the check.
    pub words: &'static str,
    /// Whether the check is required, optional or not needed for this kind of organisation.
    pub need: Need,
    /// The latest outcome of the check, if any.
    pub outcome: Option<CheckVerdict>,
    /// Links to public registers, in which the officer can look up the answers.
    pub links: Vec<RegisterLink>,
    /// The number of similar registrations; `None` unless this is the check that compares
    /// registrations.
    pub others: Option<usize>,
    /// Whether the checked answers have changed since the latest outcome.
    pub is_changed: bool,
    /// The officer who recorded the outcome, and the time, as display text; empty if there is no
    /// outcome.
    pub made: String,
    /// The note on the outcome.
    pub note: String,
}

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
    let mut parts = Vec::new();
    if let Some(done) = shown.done {
        parts.push(view! { <NotificationBanner success=true heading=done/> }.into_any());
    }
    parts.extend(shown.handed.map(QueueNotice::view));
    parts.push(head(&shown.reference, shown.organisation.clone()));
    parts.extend(viewing_notice(&shown.viewers));
    for notice in shown.notices {
        parts.push(view! { <InsetText>{text(notice)}</InsetText> }.into_any());
    }
    for (href, words) in shown.undelivered {
        let said = [
            text([&*words, ". "].concat()),
            outside_link(href, "Send it again"),
        ];
        let notice = element("div").class("govuk-inset-text").children(said);
        parts.push(notice.view());
    }
    if let Some((words, href)) = shown.closing {
        let said = [
            text([&*words, " "].concat()),
            outside_link(href, "Close it because there was no answer"),
        ];
        let notice = element("div").class("govuk-inset-text").children(said);
        parts.push(notice.view());
    }
    let tag = view! { <Tag words=shown.status.words() colour=registration_colour(shown.status)/> };
    let mut rows = vec![SummaryRow::new("Status", tag)];
    rows.extend(
        shown
            .facts
            .into_iter()
            .map(|(key, value)| SummaryRow::new(key, text(value))),
    );
    parts.push(view! { <SummaryList rows no_border=true/> }.into_any());
    parts.push(actions(shown.actions));
    parts.push(assignee_panel(&shown.assignee));
    let mut beside = vec![subheading_at("checks", "Checks")];
    beside.push(checks(&here, shown.checks, shown.may_check));
    beside.push(subheading_at("concerns", "Warnings"));
    beside.push(concerns(shown.concerns));
    beside.push(subheading_at("alike", "Similar registrations"));
    beside.push(similar(&here, shown.similar));
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
                <div class="govuk-grid-column-one-third app-beside">{beside}</div>
            </div>
        }
        .into_any(),
    );
    parts.extend(answers::sections(users));
    let mut below = Vec::new();
    if !shown.questions.is_empty() {
        below.push(subheading_at("questions", "Questions to the applicant"));
        below.extend(shown.questions.iter().map(answered));
    }
    below.push(subheading_at("notes", "Notes for the desk"));
    below.extend(notes(&here, shown.notes, shown.new_note, shown.form));
    below.push(subheading_at("timeline", "History"));
    below.extend(timeline(shown.timeline, &here));
    parts.push(
        view! {
            <div class="govuk-grid-row">
                <div class="govuk-grid-column-two-thirds">{below}</div>
            </div>
        }
        .into_any(),
    );
    DeskPage::new(title, MenuEntry::Queue, parts)
        .back(shown.back)
        .form(shown.form)
        .wide()
}

fn head(reference: &str, organisation: String) -> AnyView {
    view! {
        <span class="govuk-caption-l">{reference.to_owned()}</span>
        <h1 class="govuk-heading-l">{organisation}</h1>
    }
    .into_any()
}

/// Renders a heading with an id, so that links can lead to it.
fn subheading_at(id: &'static str, words: &'static str) -> AnyView {
    element("h2")
        .class("govuk-heading-m")
        .attr("id", id)
        .words(words)
        .view()
}

fn actions(actions: Vec<(String, &'static str)>) -> AnyView {
    let buttons = actions
        .into_iter()
        .enumerate()
        .map(|(place, (href, words))| {
            let kind = if place == 0 {
                ButtonKind::Primary
            } else {
                ButtonKind::Secondary
            };
            view! { <LinkButton href kind>{text(words)}</LinkButton> }
        })
        .collect_view();
    view! { <div class="govuk-button-group">{buttons}</div> }.into_any()
}

fn checks(here: &str, checks: Vec<CheckRow>, may_check: bool) -> AnyView {
    let rows = checks
        .into_iter()
        .map(|check| {
            let link = outside_link([here, "/checks/", check.key].concat(), check.words);
            let (words, colour) = match (check.outcome, check.is_changed, check.need) {
                (Some(_), true, _) => ("Check again", TagColour::Orange),
                (Some(CheckVerdict::Passed), ..) => ("Passed", TagColour::Green),
                (Some(CheckVerdict::NotPassed), ..) => ("Did not pass", TagColour::Red),
                (Some(CheckVerdict::NotNeeded), ..) => ("Not needed", TagColour::Grey),
                (None, _, Need::Required) if may_check => ("To do", TagColour::Blue),
                (None, _, Need::Required) => ("Not done", TagColour::Blue),
                (None, ..) => ("Optional", TagColour::Grey),
            };
            let tag = view! { <Tag words colour/> };
            let made = (!check.made.is_empty()).then(|| {
                view! { <div class="govuk-hint govuk-!-margin-bottom-0">{check.made}</div> }
            });
            let note = (!check.note.is_empty()).then(|| {
                view! { <div class="app-lines govuk-body-s govuk-!-margin-bottom-0">{check.note}</div> }
            });
            let registers = check
                .links
                .into_iter()
                .map(|link| check_details(new_tab_link(link.address, &link.words)))
                .collect_view();
            let others = check.others.map(|others| check_details(similar_registrations(others)));
            view! {
                <li class="app-check">
                    <div class="app-check__name">{link} " " {tag}</div>
                    {registers}
                    {others}
                    {made}
                    {note}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="govuk-list app-checks">{rows}</ul> }.into_any()
}

/// Renders a line of text or a link below a check, with a small space above.
fn check_details(line: AnyView) -> AnyView {
    element("div")
        .class("govuk-body-s govuk-!-margin-top-1 govuk-!-margin-bottom-0")
        .child(line)
        .view()
}

/// Renders the number of similar registrations. If there are any, the number links to their list.
fn similar_registrations(others: usize) -> AnyView {
    match others {
        0 => text("No similar registrations."),
        1 => link("#alike", "1 similar registration"),
        others => link("#alike", format!("{others} similar registrations")),
    }
}

fn concerns(concerns: Vec<Concern>) -> AnyView {
    if concerns.is_empty() {
        return paragraph("No warnings.");
    }
    let items = concerns.into_iter().map(|concern| {
        view! { <strong>{concern.about}</strong> {[": ", &concern.words].concat()} }.into_any()
    });
    list(items.collect())
}

/// Renders the list of similar registrations. Each has a link to the page that compares it with the
/// registration at the address `here`.
pub(super) fn similar(here: &str, similar: Vec<SimilarRow>) -> AnyView {
    if similar.is_empty() {
        return paragraph(
            "No other registration has the same number, mailbox, mobile number or name.",
        );
    }
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

fn notes(
    here: &str,
    notes: Vec<NoteView>,
    new_note: Option<String>,
    form: FormState,
) -> Vec<AnyView> {
    let mut parts = vec![paragraph("The applicant never sees these.")];
    if let Some(typed) = new_note {
        let action = [here, "/notes"].concat();
        parts.push(
            view! {
                <form action=action method="post" novalidate data-unsent="later">
                    <Textarea
                        name="note"
                        label="Add a note"
                        rows=3
                        value=typed
                        problem=form.problem("note")
                    />
                    <div class="govuk-button-group">
                        <Button kind=ButtonKind::Secondary prevent_double_click=true>
                            {text("Add note")}
                        </Button>
                        <Button kind=ButtonKind::Secondary name="do" value="later">
                            {text("Finish the note later")}
                        </Button>
                    </div>
                </form>
            }
            .into_any(),
        );
    }
    if notes.is_empty() {
        parts.push(paragraph("There are no notes."));
    }
    for note in notes {
        parts.push(
            view! {
                <div class="app-note">
                    <p class="govuk-body govuk-!-margin-bottom-1 app-lines">{note.words}</p>
                    <p class="govuk-hint">{[&*note.by, ", ", &note.when].concat()}</p>
                </div>
            }
            .into_any(),
        );
    }
    parts
}

/// The number of similar registrations that are always shown; the others are folded.
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
