//! The question page: loads the draft, shows the form, and sends the answers to the server.
//!
//! Every question page combines this code with its own fields. The page looks the same with and
//! without WebAssembly, and shows the problems of the saved draft.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use registration::context::Context;
use registration::draft::{AnswersOfPage, PageContext};
use registration::journey::{self, PageOrigin};
#[cfg(feature = "ssr")]
use registration::more_information::at_fields;
use registration::page::Page;
use registration::resume::LATER;
use registration::sent::{FORM_ID, VERSION};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::live_form::live_form;
use super::rules::{Rules, Validation};
use crate::components::{Button, ButtonKind, QuestionsAtFields, Words, element, text};
use crate::fault::Fault;
use crate::form::FormState;
use crate::json;
use crate::pages::layout::{Content, loaded, page};
use crate::pages::problems::problem_summary;

/// The data for the fields of a question page.
#[derive(Clone)]
pub struct Question<A> {
    /// The saved answers of the page.
    pub answers: A,
    /// Whether the page was sent before.
    pub is_answered: bool,
    /// The answers from other pages that the page depends on.
    pub context: PageContext,
    /// The problems and warnings of the form.
    pub form: FormState,
}

#[cfg(feature = "ssr")]
impl<A: Default> Question<A> {
    /// Returns the data of a form that nobody has filled in.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            answers: A::default(),
            is_answered: false,
            context: PageContext::default(),
            form: FormState::new(Vec::new(), Vec::new()),
        }
    }
}

/// The data that a question page loads from the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct LoadedQuestion {
    /// The saved answers as JSON; `None` if the page was never sent.
    answers: Option<String>,
    /// Whether the page shows the problems of the saved answers.
    shows_problems: bool,
    context: PageContext,
    /// The desk's questions about the answers on this page, as pairs of field name and question.
    questions: Vec<(String, String)>,
    /// How often the page was saved; `None` if there is no draft.
    ///
    /// The form sends this version. If a form has a version but the request has no cookie, the
    /// server knows that the cookie has expired.
    version: Option<i64>,
    /// The identifier of the form, which distinguishes its saves from those of other tabs.
    form_id: String,
}

/// The heading of a question page: for an organisation, and for one person who registers alone.
#[derive(Debug, Clone, Copy)]
pub struct Title {
    organisation: &'static str,
    one_person: &'static str,
}

impl Title {
    /// Creates a heading with its own words for one person who registers alone.
    #[must_use]
    pub const fn new(organisation: &'static str, one_person: &'static str) -> Self {
        Self {
            organisation,
            one_person,
        }
    }

    /// Returns the heading for the kind of organisation.
    #[must_use]
    pub fn of(self, rules: &Context) -> &'static str {
        if rules.is_one_person() {
            self.one_person
        } else {
            self.organisation
        }
    }
}

impl From<&'static str> for Title {
    fn from(words: &'static str) -> Self {
        Self::new(words, words)
    }
}

/// Renders a question page. `title` is the heading, and `address` the address of the server
/// function.
pub fn question<A>(
    title: impl Into<Title>,
    address: &'static str,
    fields: fn(Question<A>) -> Vec<AnyView>,
) -> AnyView
where
    A: AnswersOfPage + DeserializeOwned + Send + Sync + 'static,
{
    let draw: Draw = Arc::new(move |answers, is_answered, context, form| {
        fields(Question {
            answers: read(answers).unwrap_or_default(),
            is_answered,
            context,
            form,
        })
    });
    let validate: Validate = Arc::new(|answers, context| {
        let answers: A = read(answers)?;
        Some(Validation {
            problems: answers.problems(context),
            warnings: answers.warnings_in(context),
        })
    });
    question_page(title.into(), address, A::PAGE, draw, validate)
}

/// Returns the origin of the current page: the check answers page if the parameter `from` in the
/// address names it, otherwise the task list.
#[must_use]
pub fn origin() -> PageOrigin {
    use_query_map().with_untracked(|query| {
        query
            .get_str("from")
            .map(PageOrigin::from_key)
            .unwrap_or_default()
    })
}

/// Renders the hidden field that sends the origin of the current page.
pub fn origin_field(origin: PageOrigin) -> AnyView {
    hidden_field("from", origin.key())
}

/// Renders a hidden field of a form.
pub fn hidden_field(name: impl Into<Words>, value: impl Into<Words>) -> AnyView {
    let field = element("input")
        .attr("type", "hidden")
        .attr("name", name.into());
    field.attr("value", value.into()).view()
}

type Draw = Arc<dyn Fn(&str, bool, PageContext, FormState) -> Vec<AnyView> + Send + Sync>;
type Validate = Arc<dyn Fn(&str, &Context) -> Option<Validation> + Send + Sync>;

fn read<A: DeserializeOwned>(answers: &str) -> Option<A> {
    json::read(answers)
}

/// Renders a question page. This function is not generic, so the WebAssembly contains it only once.
fn question_page(
    title: Title,
    address: &'static str,
    page_of_form: Page,
    draw: Draw,
    validate: Validate,
) -> AnyView {
    let origin = origin();
    let key = page_of_form.path();
    loaded(
        move || {
            (
                LoadQuestion {
                    page: key.to_owned(),
                },
                ["page=", key].concat(),
            )
        },
        move |loaded: LoadedQuestion| {
            let LoadedQuestion {
                answers,
                shows_problems,
                context,
                questions,
                version,
                form_id,
            } = loaded;
            provide_context(QuestionsAtFields(questions));
            let is_answered = answers.is_some();
            let answers = answers.unwrap_or_else(|| "{}".to_owned());
            let found = validate(&answers, &context.rules).unwrap_or_default();
            let form = FormState::new(
                if shows_problems {
                    found.problems
                } else {
                    Vec::new()
                },
                if is_answered {
                    found.warnings
                } else {
                    Vec::new()
                },
            );
            let rules: Rules = {
                let (validate, context) = (Arc::clone(&validate), context.rules);
                Arc::new(move |fields| validate(fields, &context))
            };
            let title = title.of(&context.rules);
            let mut fields = vec![origin_field(origin)];
            fields.extend(version.map(|version| hidden_field(VERSION, version.to_string())));
            fields.push(hidden_field(FORM_ID, form_id));
            fields.extend(draw(&answers, is_answered, context, form));
            fields.push(save_buttons());
            page(Content {
                title: title.into(),
                back: Some(journey::back(page_of_form, origin).to_owned()),
                form: Some(form),
                parts: vec![
                    problem_summary(form),
                    live_form(address, form, rules, fields),
                ],
                ..Content::default()
            })
        },
    )
}

/// Renders the two buttons of a page that saves answers: "Save and continue" and "Save and come
/// back later".
pub fn save_buttons() -> AnyView {
    let go_on =
        view! { <Button prevent_double_click=true>{text("Save and continue")}</Button> }.into_any();
    let leave = view! {
        <Button kind=ButtonKind::Secondary name=LATER value="yes" prevent_double_click=true>
            {text("Save and come back later")}
        </Button>
    }
    .into_any();
    element("div")
        .class("govuk-button-group")
        .child(go_on)
        .child(leave)
        .view()
}

/// Loads the data of a question page. Redirects the person and returns `None` if they cannot answer
/// the page now.
#[server(endpoint = "question")]
async fn load_question(page: String) -> Result<Option<LoadedQuestion>, Fault> {
    use registration::desk::ASSISTED_FORM;

    let Some((draft, kept_until)) = crate::answering::open_draft().await? else {
        return Ok(None);
    };
    let page = Page::from_path(&page).ok_or(Fault::Unreadable)?;
    if draft.on_behalf && page == Page::Signature {
        return Ok(crate::answering::redirect_instead(ASSISTED_FORM));
    }
    let applicant = crate::answering::applicant()?;
    Ok(Some(LoadedQuestion {
        answers: draft.answers_json(page).map_err(|_| Fault::Unavailable)?,
        shows_problems: draft.shows_problems(page),
        context: PageContext {
            finds_addresses: applicant.finds_addresses() && kept_until.is_some(),
            ..draft.page_context()
        },
        questions: at_fields(&draft.asked, page),
        version: kept_until.map(|_| draft.versions.get(&page).copied().unwrap_or_default()),
        form_id: applicant.new_form_id(),
    }))
}
