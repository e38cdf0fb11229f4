//! A page with one question: the draft is loaded, the form shown, the answers sent and kept.
//!
//! Every question page is made of this and its own fields. It is the same page whether HTML alone sends
//! it or WebAssembly: the problems that it shows are those that the rules find in the draft.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use registration::draft::{AnswersOfPage, Draft};
use registration::journey::{self, Origin};

use crate::components::Button;
use crate::form::{FormState, LiveForm, SentForm};
use crate::pages::layout::{DraftPage, PageLayout};

/// What the fields of a page are drawn from.
#[derive(Clone)]
pub struct Question<A> {
    /// The answers of this page so far.
    pub answers: A,
    /// Everything answered so far.
    pub draft: Draft,
    /// The problems beside the fields.
    pub form: FormState,
}

/// A question page: `title` for the window, `fields` for the form.
#[component]
pub fn QuestionForm<A, S>(
    /// What the window's title says before the name of the service.
    title: &'static str,
    /// The server function that keeps the answers.
    save: ServerAction<S>,
    /// The answers among the arguments of the server function.
    answers_of: fn(&S) -> &A,
    /// The fields, in the order of the page, the heading among them.
    fields: fn(Question<A>) -> AnyView,
) -> impl IntoView
where
    A: AnswersOfPage + Send + Sync + 'static,
    S: SentForm,
{
    let origin = origin();
    view! {
        <DraftPage view=move |draft: Draft| {
            let answers = A::of(&draft).cloned().unwrap_or_default();
            let warnings =
                if draft.is_attempted(A::PAGE) { answers.warnings() } else { Vec::new() };
            let form = FormState::new(draft.problems_shown(A::PAGE), warnings);
            let rules = {
                let draft = draft.clone();
                Arc::new(move |sent: &S| {
                    let answers = answers_of(sent);
                    (answers.problems(&draft), answers.warnings())
                })
            };
            view! {
                <PageLayout title back=journey::back(A::PAGE, origin) form>
                    <LiveForm action=save form rules>
                        <input type="hidden" name="from" value=origin.key()/>
                        {fields(Question { answers, draft, form })}
                        <Button prevent_double_click=true>"Save and continue"</Button>
                    </LiveForm>
                </PageLayout>
            }
            .into_any()
        }/>
    }
}

/// Where the page was opened from, as its address says.
#[must_use]
pub fn origin() -> Origin {
    use_query_map()
        .with_untracked(|query| query.get_str("from").map(Origin::from_key).unwrap_or_default())
}
