//! The check answers page: every answer with a link to change it, and the problems that prevent
//! submission.

use std::borrow::Cow;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;
#[cfg(feature = "ssr")]
use registration::answers::Answers;
#[cfg(feature = "ssr")]
use registration::draft::Draft;
use registration::journey;
#[cfg(feature = "ssr")]
use registration::journey::{PageOrigin, Task};
use registration::language::EMAIL_LANGUAGE;
use registration::problem::Problem;
#[cfg(feature = "ssr")]
use registration::registration::{ListedUser, change_user};
#[cfg(feature = "ssr")]
use registration::unanswered_questions::unanswered;
#[cfg(feature = "ssr")]
use registration::users::{User, warning_of};
use serde::{Deserialize, Serialize};

use super::answers::{Section, sections};
use super::layout::{Content, loaded, page};
use super::prose::{heading, link, list, paragraph, subheading, text};
use crate::components::{
    Button, ErrorSummary, InsetText, SummaryLink, SummaryList, SummaryRow, element, following,
    with_welsh,
};
use crate::fault::Fault;
use crate::form::{FormState, hidden_field, plain_form};

const TITLE: &str = "Check your answers before you submit your registration";

/// The address of the check answers page after a submission that failed because answers had changed
/// since the page was opened.
#[cfg(feature = "ssr")]
const CHANGED: &str = "/check-answers?changed=yes";

/// The address of the check answers page after a person has tried to submit a reopened registration without changing an
/// answer that the desk asks about. The page then has a button that submits anyway.
#[cfg(feature = "ssr")]
const UNANSWERED: &str = "/check-answers?unanswered=yes";

/// The data for the check answers page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Checked {
    /// The fingerprint of the draft when the page was loaded.
    seen: String,
    sections: Vec<Section>,
    /// The problems, each as the address of the page that fixes the problem, and the text of the
    /// problem. Empty if the person has not tried to submit.
    problems: Vec<(String, Cow<'static, str>)>,
    /// The warnings, each as the address of the field and the text of the warning.
    warnings: Vec<(String, String)>,
    /// The notes about an unfinished spreadsheet and an unfinished user, as HTML; empty if there
    /// are none.
    waits: String,
    /// The language of emails, as display text; `None` while there is no draft.
    language: Option<Cow<'static, str>>,
    /// The desk's questions whose answers have not changed, each as the address of the answer, the
    /// topic and the text of the question.
    unanswered: Vec<[String; 3]>,
    /// The texts about submitting the registration.
    sending: Sending,
}

/// The texts about submitting the registration: a heading, an introduction and the text of the
/// button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sending {
    title: Cow<'static, str>,
    introduction: Cow<'static, str>,
    button: Cow<'static, str>,
}

/// The check answers page.
#[component]
pub fn CheckAnswersPage() -> AnyView {
    let query = use_query_map();
    loaded(
        || (LoadChecked {}, String::new()),
        move |Checked {
                  seen,
                  sections: answers,
                  problems,
                  warnings,
                  waits,
                  language,
                  unanswered,
                  sending,
              }: Checked| {
            let in_title = problems
                .iter()
                .map(|(_, words)| Problem::new("", "", words.clone()))
                .collect();
            let links: Vec<SummaryLink> = problems
                .into_iter()
                .map(|(href, words)| SummaryLink {
                    href,
                    words: words.into_owned(),
                })
                .collect();
            let form = FormState::new(in_title, Vec::new());
            let mut parts = vec![
                view! { <ErrorSummary problems=links/> }.into_any(),
                heading(TITLE),
            ];
            // After a redirect to this page the router may change the query only after the data has
            // been loaded again, so these parts follow the query.
            let has = move |flag: &str| query.with(|query| query.get_str(flag).is_some());
            parts.push(following(move || has("changed").then(answers_changed)));
            let is_unanswered = !unanswered.is_empty();
            parts.push(following(move || {
                (is_unanswered && has("unanswered")).then(|| still_unanswered(&unanswered))
            }));
            if !waits.is_empty() {
                parts.push(element("div").written(waits).view());
            }
            if !warnings.is_empty() {
                let warnings = warnings.into_iter();
                let warnings = warnings
                    .map(|(address, words)| link(address, words))
                    .collect();
                let look = paragraph("Check these answers.");
                let inset = vec![look, list(warnings)].into_any();
                parts.push(view! { <InsetText>{inset}</InsetText> }.into_any());
            }
            parts.extend(sections(answers));
            parts.extend(language.into_iter().flat_map(of_emails));
            parts.push(subheading(sending.title));
            parts.push(paragraph(sending.introduction));
            let button =
                view! { <Button prevent_double_click=true>{text(sending.button)}</Button> };
            let mut fields = vec![hidden_field("seen", seen)];
            fields.push(following(move || {
                has("unanswered").then(|| hidden_field("sure", "yes"))
            }));
            fields.push(button.into_any());
            parts.push(plain_form(Submit::url(), fields));
            page(Content {
                title: TITLE.into(),
                back: Some(journey::TASKS.to_owned()),
                form: Some(form),
                wide: true,
                parts,
            })
        },
    )
}

/// Renders the note that answers were changed while the page was open.
fn answers_changed() -> AnyView {
    let words = text(
        "Answers were changed after you opened this page, so we have not sent anything. Here are the answers as they are now.",
    );
    view! { <InsetText>{words}</InsetText> }.into_any()
}

/// Renders the desk's questions whose answers have not changed, after an attempt to submit them
/// again.
fn still_unanswered(questions: &[[String; 3]]) -> AnyView {
    let questions = questions.iter().map(|[address, about, asked]| {
        let about = link(address.clone(), about.clone());
        vec![about, text([": ", asked].concat())].into_any()
    });
    let inset = vec![
        paragraph(
            "Nothing was sent. You have not changed what the Common Platform Desk asks about:",
        ),
        list(questions.collect()),
        paragraph("Change the answer, or send your registration again as it is."),
    ];
    view! { <InsetText>{inset}</InsetText> }.into_any()
}

/// Renders the language of emails as a summary list, with a link to change it.
fn of_emails(language: Cow<'static, str>) -> [AnyView; 2] {
    let row = SummaryRow::new(
        "Language of emails",
        with_welsh(element("span"), language).view(),
    );
    let row = row.outside_action(EMAIL_LANGUAGE, "Change", "language of emails");
    [
        subheading("Emails about your registration"),
        view! { <SummaryList rows=vec![row]/> }.into_any(),
    ]
}

#[cfg(feature = "ssr")]
impl Sending {
    fn of(draft: &Draft) -> Self {
        let [title, introduction, button] = if draft.on_behalf {
            [
                "Send for signature",
                "You are filling in this registration on behalf of an organisation, so you cannot sign or submit it. Continue to send it to the accountable person.",
                "Continue",
            ]
        } else if draft.is_reopened {
            [
                "Send your registration again",
                "Your changes are marked. The Common Platform Desk will see them when you send the registration again. You cannot change your answers here after that.",
                "Send again",
            ]
        } else {
            [
                "Submit your registration",
                "We send your answers to the Common Platform Desk when you submit. You cannot change them here after that.",
                "Submit registration",
            ]
        };
        Self {
            title: title.into(),
            introduction: introduction.into(),
            button: button.into(),
        }
    }
}

/// Returns the warnings about all answers and users, each with the address of its field. A warning about a user names
/// the user.
#[cfg(feature = "ssr")]
fn warnings(draft: &Draft, users: &[ListedUser]) -> Vec<(String, String)> {
    let is_one_person = draft.is_one_person();
    let place = |path: &str, field: &str| {
        let field = ["#", field].concat();
        PageOrigin::Check.address_of(path) + &field
    };
    let pages = Task::ALL
        .into_iter()
        .flat_map(|task| task.pages(is_one_person));
    let mut all: Vec<(String, String)> = Vec::new();
    for page in pages {
        let answers = draft.answers(*page);
        let warnings = answers.map(|answers| answers.warnings(&draft.context()));
        for warning in warnings.unwrap_or_default() {
            all.push((
                place(page.path(), &warning.field),
                warning.words.into_owned(),
            ));
        }
    }
    for ListedUser { id, user } in users.iter().filter(|_| !is_one_person) {
        for warning in user.warnings() {
            let words = warning_of(&user.full_name(), &warning);
            all.push((place(&change_user(id), &warning.field), words));
        }
    }
    all
}

/// Loads the answers, the warnings and, after the first attempt to submit, the problems.
#[server(endpoint = "check-answers")]
async fn load_checked() -> Result<Option<Checked>, Fault> {
    let applicant = crate::answering::applicant()?;
    let seen = applicant.fingerprint().await?;
    let Some(draft) = crate::answering::draft().await? else {
        return Ok(None);
    };
    applicant.clear_user_search().await?;
    let users = applicant.users().await?;
    let waits = if draft.is_one_person() {
        String::new()
    } else {
        let unfinished = super::users::add::unfinished_user_inset(&draft);
        super::spreadsheets::pending_import_inset(applicant.as_ref()).await? + &unfinished
    };
    let problems = if draft.submit_tried {
        registration::registration::problems(&draft, &users)
    } else {
        Vec::new()
    };
    let sent = applicant.submitted_answers().await?;
    let listed: Vec<User> = users.iter().map(|listed| listed.user.clone()).collect();
    let open = sent.as_ref().map(|sent| unanswered(&draft, &listed, sent));
    Ok(Some(Checked {
        seen,
        unanswered: open
            .unwrap_or_default()
            .into_iter()
            .map(|question| {
                [
                    question.topic.address(),
                    question.topic.words().to_owned(),
                    question.asked,
                ]
            })
            .collect(),
        sections: match sent {
            Some(sent) => super::answers_of_draft::sections_since(&draft, &users, &sent),
            None => super::answers_of_draft::sections(&draft, &users),
        },
        sending: Sending::of(&draft),
        language: applicant
            .language_of_messages()
            .await?
            .map(|language| language.words().into()),
        problems: problems
            .into_iter()
            .map(|placed| (placed.address, placed.problem.words))
            .collect(),
        warnings: warnings(&draft, &users),
        waits,
    }))
}

/// Whether an answer that the desk asks about has not changed since the latest submission. False if
/// the desk has not reopened the draft.
#[cfg(feature = "ssr")]
async fn has_unanswered(draft: &Draft) -> Result<bool, Fault> {
    let applicant = crate::answering::applicant()?;
    let Some(sent) = applicant.submitted_answers().await? else {
        return Ok(false);
    };
    let users = applicant.users().await?;
    let users: Vec<User> = users.into_iter().map(|listed| listed.user).collect();
    Ok(!unanswered(draft, &users, &sent).is_empty())
}

/// Submits the registration, unless a problem prevents it. Submitting twice has no further effect.
///
/// If the desk's questions are not answered and `sure` is empty, submits nothing and redirects to
/// the check answers page, which lists the questions.
#[server(endpoint = "submit")]
async fn submit(
    #[server(default)] seen: String,
    #[server(default)] sure: String,
) -> Result<Vec<Problem>, Fault> {
    use registration::desk::ASSISTED_FORM;

    use crate::answering;
    use crate::backend::{DraftState, SubmitOutcome};

    let applicant = answering::applicant()?;
    let leads_to = match applicant.draft_state().await? {
        DraftState::Expired => journey::DRAFT_EXPIRED,
        DraftState::Submitted => journey::SUBMITTED,
        DraftState::Open { draft, .. }
            if draft.is_reopened && sure.is_empty() && has_unanswered(&draft).await? =>
        {
            UNANSWERED
        }
        DraftState::Nothing(_) | DraftState::Open { .. } => {
            match applicant.submit(&seen).await? {
                SubmitOutcome::Submitted => journey::SUBMITTED,
                // The organisation must sign a form that an officer has filled in, so go back to the desk.
                SubmitOutcome::Blocked(problems)
                    if problems
                        .iter()
                        .any(|placed| placed.address == ASSISTED_FORM) =>
                {
                    ASSISTED_FORM
                }
                SubmitOutcome::Blocked(_) => {
                    applicant.mark_submit_tried().await?;
                    // Load the check answers page again, which shows all problems at the top.
                    journey::CHECK_ANSWERS
                }
                SubmitOutcome::Changed => CHANGED,
            }
        }
    };
    answering::redirect(leads_to);
    Ok(Vec::new())
}
