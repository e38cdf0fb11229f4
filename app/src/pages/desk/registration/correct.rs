//! Corrects answers of a registration: the fields of one page or user, and the officer's reason.

use leptos::prelude::*;
use registration::context::Context;
use registration::desk::correction::Typed;
use registration::draft::PageAnswers;
use registration::organisation::{
    FirstHearing, OrganisationKind, RegistrationNumbers, Requirement,
};

use super::address;
use super::parts::{Stale, seen_fields, stale_banner};
use crate::components::{Button, DateInput, InputWidth, InsetText, TextInput, Textarea, text};
use crate::form::FormState;
use crate::pages::desk::{DeskPage, Place};
use crate::pages::users::fields::user_fields;

/// The data for the page.
pub struct CorrectShown {
    /// The reference.
    pub reference: String,
    /// Name of the organisation.
    pub organisation: String,
    /// The key of the corrected part, which the address contains.
    pub key: String,
    /// Name of the part.
    pub words: String,
    /// The answers as they are, or as they were typed.
    pub typed: Typed,
    /// Answers from other pages that the rules depend on.
    pub context: Context,
    /// The reason, as it was typed.
    pub reason: String,
    /// The version of the registration that the officer saw.
    pub version: i64,
    /// Sequence number of the last audit row that the officer saw.
    pub seen: i64,
    /// What has happened since the page was opened, if nothing was saved because of it.
    pub stale: Option<Stale>,
    /// The problems of the form.
    pub form: FormState,
}

/// Renders the page.
pub fn correct_page(shown: CorrectShown) -> DeskPage {
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
        Typed::User(user) => user_fields(user, form),
        Typed::Page(answers) => fields(answers, &shown.context, form),
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
    DeskPage::new(title, Place::Queue, parts)
        .back(address(&shown.reference, "") + "#answers")
        .form(form)
}

fn fields(answers: PageAnswers, context: &Context, form: FormState) -> Vec<AnyView> {
    use InputWidth::{Fluid, Ten, Twenty, TwoThirds};
    let lines = |lines: Vec<(&'static str, &'static str, String, InputWidth)>| {
        let lines = lines.into_iter();
        lines
            .map(|(name, label, value, width)| line(form, name, label, value, width))
            .collect()
    };
    match answers {
        PageAnswers::OrganisationName(it) => {
            lines(vec![("name", "Name of the organisation", it.name, Fluid)])
        }
        PageAnswers::OrganisationAddress(it) => lines(vec![
            ("address_line_1", "Address line 1", it.address_line_1, Fluid),
            (
                "address_line_2",
                "Address line 2 (optional)",
                it.address_line_2,
                Fluid,
            ),
            ("town", "Town or city", it.town, TwoThirds),
            ("county", "County (optional)", it.county, TwoThirds),
            ("postcode", "Postcode", it.postcode, Ten),
        ]),
        PageAnswers::OrganisationContact(it) => lines(vec![
            ("telephone", "Main telephone number", it.telephone, Twenty),
            ("email", "Main email address", it.email, Fluid),
        ]),
        PageAnswers::RegistrationNumbers(it) => numbers(it, context, form),
        PageAnswers::FirstHearing(it) => hearing(it, form),
        PageAnswers::AccountablePersonName(it) => lines(vec![
            ("first_name", "First name", it.first_name, TwoThirds),
            ("last_name", "Last name", it.last_name, TwoThirds),
            ("job_title", "Job title", it.job_title, TwoThirds),
        ]),
        PageAnswers::AccountablePersonContact(it) => lines(vec![
            ("email", "Email address", it.email, Fluid),
            ("telephone", "Telephone number", it.telephone, Twenty),
        ]),
        PageAnswers::OneUser(it) => lines(vec![("mobile", "Mobile number", it.mobile, Twenty)]),
        PageAnswers::OrganisationKind(_)
        | PageAnswers::FirstUser(_)
        | PageAnswers::Signature(_) => Vec::new(),
    }
}

fn line(
    form: FormState,
    name: &'static str,
    label: &'static str,
    value: String,
    width: InputWidth,
) -> AnyView {
    view! {
        <TextInput
            name
            label
            value
            width
            problem=form.problem(name)
            autocomplete="off"
            spellcheck=false
        />
    }
    .into_any()
}

/// Renders the fields for the numbers that this kind of organisation is asked for.
fn numbers(answers: RegistrationNumbers, context: &Context, form: FormState) -> Vec<AnyView> {
    let is_asked = |of: fn(OrganisationKind) -> Requirement| {
        context
            .kind
            .is_none_or(|kind| of(kind) != Requirement::NotAsked)
    };
    let mut fields = Vec::new();
    if is_asked(OrganisationKind::sra_number) {
        let width = InputWidth::Ten;
        fields.push(line(
            form,
            "sra_number",
            "SRA number",
            answers.sra_number,
            width,
        ));
    }
    if is_asked(OrganisationKind::bar_number) {
        let width = InputWidth::Twenty;
        fields.push(line(
            form,
            "bar_number",
            "Bar number",
            answers.bar_number,
            width,
        ));
    }
    fields.push(
        view! {
            <Textarea
                name="laa_account_numbers"
                label="LAA account numbers"
                hint="One on each line"
                value=answers.laa_account_numbers
                problem=form.problem("laa_account_numbers")
                spellcheck=false
            />
        }
        .into_any(),
    );
    fields
}

fn hearing(answers: FirstHearing, form: FormState) -> Vec<AnyView> {
    let problem = Signal::derive(move || {
        ["hearing-day", "hearing-month", "hearing-year"]
            .into_iter()
            .find_map(|part| form.problem(part).get())
    });
    vec![
        line(
            form,
            "court",
            "Court (optional)",
            answers.court,
            InputWidth::Fluid,
        ),
        view! {
            <DateInput
                name="hearing"
                label="Date of the first hearing (optional)"
                hint="For example, 27 3 2027"
                day=answers.day
                month=answers.month
                year=answers.year
                problem
            />
        }
        .into_any(),
    ]
}
