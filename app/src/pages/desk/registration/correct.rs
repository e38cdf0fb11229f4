//! The page that corrects answers of a registration: the fields of one page or user, and the
//! officer's reason.

use leptos::prelude::*;
use registration::context::Context;
use registration::desk::correction::Typed;
use registration::draft::PageAnswers;
use registration::form::{Field, FormAnswers};

use super::address;
use super::parts::{Stale, seen_fields, stale_banner};
use crate::components::{Button, DateInput, InsetText, Textarea, text};
use crate::form::{FormState, TextField};
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::users::fields::user_fields;

/// The data for the page that corrects answers.
pub struct CorrectionView {
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The key of the part to correct, which is in the address of the page.
    pub key: String,
    /// The name of the part to correct.
    pub words: String,
    /// The current answers, or the typed corrections.
    pub typed: Typed,
    /// The answers from other pages that the rules depend on.
    pub context: Context,
    /// The reason for the correction, as typed.
    pub reason: String,
    /// The version of the registration when the officer opened the page.
    pub version: i64,
    /// The sequence number of the registration's latest audit row when the officer opened the page.
    pub seen: i64,
    /// The events since the page was opened, if they prevented saving.
    pub stale: Option<Stale>,
    /// The problems of the form.
    pub form: FormState,
}

/// Renders the page that corrects answers.
pub fn correct_page(shown: CorrectionView) -> DeskPage {
    let title = ["Correct: ", &shown.words].concat();
    let form = shown.form;
    let mut parts: Vec<AnyView> = stale_banner(shown.stale, true).into_iter().collect();
    parts.push(
        view! {
            <span class="govuk-caption-l">
                {[&*shown.organisation, " ", &shown.reference].concat()}
            </span>
            <h1 class="govuk-heading-l">{title.clone()}</h1>
            <InsetText>
                {text("Only for small corrections, such as typing mistakes. The applicant sees the old and new answers and the reason.")}
            </InsetText>
        }
        .into_any(),
    );
    let action = address(&shown.reference, &["correct/", &shown.key].concat());
    let fields = match shown.typed {
        Typed::User(user) => user_fields(user, None, form),
        Typed::Page(answers) => fields(&answers, shown.context, form),
    };
    parts.push(
        view! {
            <form action=action method="post" novalidate>
                {seen_fields(shown.version, shown.seen)}
                {fields}
                <Textarea
                    name="correction_reason"
                    label="Why are you correcting this?"
                    hint="The applicant reads this"
                    rows=3
                    value=shown.reason
                    problem=form.problem("correction_reason")
                />
                <Button prevent_double_click=true>{text("Save correction")}</Button>
            </form>
        }
        .into_any(),
    );
    DeskPage::new(title, MenuEntry::Queue, parts)
        .back(address(&shown.reference, "") + "#answers")
        .form(form)
}

fn fields(answers: &PageAnswers, context: Context, form: FormState) -> Vec<AnyView> {
    let page = answers.page();
    let answers = FormAnswers::of_page(answers);
    let is_asked = |field: &Field| context.kind.is_none_or(|kind| field.is_asked_of(kind));
    Field::of_page(page)
        .filter(is_asked)
        .filter_map(|field| correction(field, &answers, form))
        .collect()
}

/// Renders the input that corrects a field. Returns `None` if the input of another field covers the
/// field.
fn correction(field: Field, answers: &FormAnswers, form: FormState) -> Option<AnyView> {
    let text = TextField::of(field);
    let answer = |field: Field| answers.get(field).to_owned();
    let view = match field {
        Field::LaaAccountNumbers => view! {
            <Textarea
                name=text.name
                label=text.label
                hint="One on each line"
                value=answer(field)
                problem=form.problem(text.name)
                spellcheck=false
            />
        }
        .into_any(),
        Field::HearingDay => {
            let parts = [Field::HearingDay, Field::HearingMonth, Field::HearingYear];
            let problem = Signal::derive(move || {
                let mut parts = parts.into_iter();
                parts.find_map(|part| form.problem(part.name()).get())
            });
            let [day, month, year] = parts.map(answer);
            view! {
                <DateInput
                    name="hearing"
                    label="Date of the first hearing (optional)"
                    hint="For example, 27 3 2027"
                    day
                    month
                    year
                    problem
                />
            }
            .into_any()
        }
        Field::HearingMonth | Field::HearingYear => return None,
        // The rules check whether the kind of organisation needs this number, so the label does not
        // say "(optional)".
        Field::SraNumber | Field::BarNumber => text
            .optional(false)
            .of_another_person()
            .draw(answer(field), form),
        _ => text.of_another_person().draw(answer(field), form),
    };
    Some(view)
}
