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
use registration::journey::Task;
use registration::language::EMAIL_LANGUAGE;
use registration::problem::Problem;
#[cfg(feature = "ssr")]
use registration::registration::ListedUser;
use serde::{Deserialize, Serialize};

use super::answers::{Section, sections};
use super::layout::{Content, loaded, page};
use super::prose::{heading, list, paragraph, subheading, text};
use crate::components::{
    Button, ErrorSummary, InsetText, SummaryLink, SummaryList, SummaryRow, element,
};
use crate::fault::Fault;
use crate::form::{FormState, hidden_field, plain_form};

const TITLE: &str = "Check your answers before you submit your registration";

/// The address of the check answers page after a submission that failed because answers had changed
/// since the page was opened.
#[cfg(feature = "ssr")]
const CHANGED: &str = "/check-answers?changed=yes";

/// The data for the check answers page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Checked {
    /// The fingerprint of the draft when the page was loaded.
    seen: String,
    sections: Vec<Section>,
    /// The problems, each as the address of the page that fixes the problem, and the text of the
    /// problem. Empty if the person has not tried to submit.
    problems: Vec<(String, Cow<'static, str>)>,
    warnings: Vec<String>,
    /// The note about an unfinished spreadsheet, as HTML; empty if there is none.
    waits: String,
    /// The language of emails, as display text; `None` while there is no draft.
    language: Option<Cow<'static, str>>,
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
            if query.with_untracked(|query| query.get_str("changed").is_some()) {
                let words = text(
                    "Answers were changed after you opened this page, so nothing was sent. This is how they stand now.",
                );
                parts.push(view! { <InsetText>{words}</InsetText> }.into_any());
            }
            if !waits.is_empty() {
                parts.push(element("div").written(waits).view());
            }
            if !warnings.is_empty() {
                let warnings = warnings.into_iter().map(text).collect();
                let look = paragraph("Look at these answers again. They may be right.");
                let inset = vec![look, list(warnings)].into_any();
                parts.push(view! { <InsetText>{inset}</InsetText> }.into_any());
            }
            parts.extend(sections(answers));
            parts.extend(language.into_iter().flat_map(of_emails));
            parts.push(subheading(sending.title));
            parts.push(paragraph(sending.introduction));
            let button =
                view! { <Button prevent_double_click=true>{text(sending.button)}</Button> };
            parts.push(plain_form(
                Submit::url(),
                vec![hidden_field("seen", seen), button.into_any()],
            ));
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

/// Renders the language of emails, with a link to change it.
fn of_emails(language: Cow<'static, str>) -> [AnyView; 2] {
    let row = SummaryRow::lines("Language of emails", vec![language.into_owned()]);
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
                "What you have changed since you sent it is marked. The Common Platform Desk sees it once you send it again. After that you cannot change your answers here.",
                "Send again",
            ]
        } else {
            [
                "Submit your registration",
                "Nothing is sent to the Common Platform Desk until you submit. After that you cannot change your answers here.",
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

/// Returns the warnings about the answers and, unless the organisation is one person, about its
/// users. Leaves out adjacent duplicates.
#[cfg(feature = "ssr")]
fn warnings(draft: &Draft, users: &[ListedUser]) -> Vec<String> {
    let of_pages = Task::ALL.into_iter().flat_map(|task| {
        let pages = task.pages(draft.is_one_person()).iter();
        pages.filter_map(|page| Some(draft.answers(*page)?.warnings()))
    });
    let of_users = users.iter().flat_map(|listed| {
        let name = listed.user.full_name();
        let warnings = listed.user.warnings();
        warnings
            .into_iter()
            .map(move |warning| format!("{name}: {}", warning.words))
    });
    let of_pages = of_pages.flatten();
    let mut all: Vec<String> = of_pages.map(|warning| warning.words.to_string()).collect();
    if !draft.is_one_person() {
        all.extend(of_users);
    }
    all.dedup();
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
    let users = applicant.users().await?;
    let waits = if draft.is_one_person() {
        String::new()
    } else {
        super::spreadsheets::pending_import_inset(applicant.as_ref()).await?
    };
    let problems = if draft.submit_tried {
        registration::registration::problems(&draft, &users)
    } else {
        Vec::new()
    };
    Ok(Some(Checked {
        seen,
        sections: match applicant.submitted_answers().await? {
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

/// Submits the registration, and redirects to the confirmation. Submitting twice has no further
/// effect.
///
/// Otherwise redirects to a page that shows why nothing was submitted: the check answers page, the
/// page for an expired draft, or the desk's page of a form that an officer fills in.
#[server(endpoint = "submit")]
async fn submit(#[server(default)] seen: String) -> Result<Vec<Problem>, Fault> {
    use registration::desk::ASSISTED_FORM;

    use crate::answering;
    use crate::backend::{DraftState, SubmitOutcome};

    let applicant = answering::applicant()?;
    let leads_to = match applicant.draft_state().await? {
        DraftState::Expired => journey::DRAFT_EXPIRED,
        DraftState::Submitted => journey::SUBMITTED,
        DraftState::Nothing(_) | DraftState::Open { .. } => {
            match applicant.submit(&seen).await? {
                SubmitOutcome::Submitted => journey::SUBMITTED,
                // An officer has filled in the form, but only the organisation can sign it.
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
