//! All answers before they are submitted, with a Change link each, and everything that is in the way.

use leptos::form::ActionForm;
use leptos::prelude::*;
use registration::answers::Answers;
use registration::draft::Draft;
use registration::journey;
use registration::problem::Problem;
use registration::registration::{ListedUser, PlacedProblem};
use serde::{Deserialize, Serialize};

use super::answers::AnswersOfDraft;
use crate::components::{Button, ErrorSummary, InsetText, SummaryLink};
use crate::fault::Fault;
use crate::focus;
use crate::form::FormState;
use crate::pages::layout::{Loaded, PageLayout};

const TITLE: &str = "Check your answers before you submit your registration";

/// What the page is drawn from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Checked {
    draft: Draft,
    users: Vec<ListedUser>,
    problems: Vec<PlacedProblem>,
}

/// The page.
#[component]
pub fn CheckAnswersPage() -> impl IntoView {
    let submit = ServerAction::<Submit>::new();
    let checked = Resource::new(move || submit.version().get(), |_| load_checked());
    // After an attempt in the browser the page is drawn anew with its problems: they are read first.
    Effect::new(move |_| {
        if matches!(submit.value().get(), Some(Ok(problems)) if !problems.is_empty()) {
            focus::summary();
        }
    });
    let page = move |Checked { draft, users, problems }: Checked| {
        let shown: Vec<SummaryLink> = if draft.submit_tried {
            problems
                .iter()
                .map(|PlacedProblem { address, problem }| SummaryLink {
                    href: address.clone(),
                    words: problem.words.to_string(),
                })
                .collect()
        } else {
            Vec::new()
        };
        let in_title = shown.iter().map(|link| Problem::new("", "", link.words.clone())).collect();
        let form = FormState::new(in_title, Vec::new());
        let warnings = warnings(&draft, &users);
        view! {
            <PageLayout title=TITLE back=journey::TASKS form wide=true>
                <ErrorSummary problems=shown/>
                <h1 class="govuk-heading-l">{TITLE}</h1>
                {(!warnings.is_empty()).then(|| view! {
                    <InsetText>
                        <p class="govuk-body">"Look at these answers again. They may be right."</p>
                        <ul class="govuk-list govuk-list--bullet">
                            {warnings.into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}
                        </ul>
                    </InsetText>
                })}
                <AnswersOfDraft draft users changeable=true/>
                <h2 class="govuk-heading-m">"Submit your registration"</h2>
                <p class="govuk-body">
                    "Nothing is sent to the Common Platform Desk until you submit. After that you cannot change your answers here."
                </p>
                <ActionForm action=submit attr:novalidate=true>
                    <Button prevent_double_click=true>"Submit registration"</Button>
                </ActionForm>
            </PageLayout>
        }
        .into_any()
    };
    view! { <Loaded resource=checked view=page/> }
}

/// The warnings of the whole draft, each once.
fn warnings(draft: &Draft, users: &[ListedUser]) -> Vec<String> {
    let pages = [
        draft.contact.as_ref().map(Answers::warnings),
        draft.numbers.as_ref().map(Answers::warnings),
        draft.accountable_person_contact.as_ref().map(Answers::warnings),
        draft.one_user.as_ref().filter(|_| draft.is_one_person()).map(Answers::warnings),
    ];
    let of_users = users.iter().flat_map(|listed| {
        let name = listed.user.full_name();
        let warnings = listed.user.warnings();
        warnings.into_iter().map(move |warning| format!("{name}: {}", warning.words))
    });
    let of_pages = pages.into_iter().flatten().flatten().map(|warning| warning.words.to_string());
    let mut all: Vec<String> = of_pages.collect();
    if !draft.is_one_person() {
        all.extend(of_users);
    }
    all.dedup();
    all
}

/// Everything that was answered and everything that is wrong with it.
#[server(endpoint = "check-answers")]
async fn load_checked() -> Result<Option<Checked>, Fault> {
    let Some(draft) = crate::answering::draft().await? else {
        return Ok(None);
    };
    let users = crate::answering::applicant()?.users().await?;
    let problems = registration::registration::problems(&draft, &users);
    Ok(Some(Checked { draft, users, problems }))
}

/// Submits the registration, once, if nothing is in the way.
#[server(endpoint = "submit")]
async fn submit() -> Result<Vec<Problem>, Fault> {
    use registration::registration::complete;

    use crate::answering;
    use crate::backend::Held;

    let applicant = answering::applicant()?;
    let draft = match applicant.held().await? {
        Held::Nothing(draft) | Held::Open { draft, .. } => draft,
        Held::Expired => {
            answering::redirect(journey::DRAFT_EXPIRED);
            return Ok(Vec::new());
        }
        Held::Submitted => {
            answering::redirect(journey::SUBMITTED);
            return Ok(Vec::new());
        }
    };
    match complete(&draft, &applicant.users().await?) {
        Ok(registration) => {
            applicant.submit(registration).await?;
            answering::redirect(journey::SUBMITTED);
            Ok(Vec::new())
        }
        Err(problems) => {
            applicant.mark_submit_tried().await?;
            if applicant.is_plain_form() {
                answering::redirect(journey::CHECK_ANSWERS);
            }
            Ok(problems.into_iter().map(|placed| placed.problem).collect())
        }
    }
}
