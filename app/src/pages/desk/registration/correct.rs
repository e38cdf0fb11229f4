//! An officer corrects answers: the fields of the page on which they were given, and why.

use leptos::prelude::*;
use registration::desk::correction::Typed;
use registration::draft::{Context, PageAnswers};

use super::address;
use super::parts::{Stale, seen_fields, stale_banner};
use crate::components::{Button, DateInput, InputWidth, InsetText, TextInput, Textarea, text};
use crate::form::FormState;
use crate::pages::desk::{DeskPage, Place};
use crate::pages::users::fields::user_fields;

/// What the page shows.
pub struct CorrectShown {
    /// The reference.
    pub reference: String,
    /// What the organisation is called.
    pub organisation: String,
    /// The word of the part's address.
    pub key: String,
    /// What the part is called.
    pub words: String,
    /// The answers as they are, or as they were typed.
    pub typed: Typed,
    /// What the rules are asked with.
    pub context: Context,
    /// Why, as it was typed.
    pub reason: String,
    /// What of the registration is seen.
    pub version: i64,
    /// The last row of its audit that is seen.
    pub seen: i64,
    /// What happened since the page was opened.
    pub stale: Option<Stale>,
    /// The problems of the form.
    pub form: FormState,
}

/// The page.
pub fn correct_page(shown: CorrectShown) -> DeskPage {
    let title = ["Correct: ", &shown.words].concat();
    let form = shown.form;
    let mut parts: Vec<AnyView> = stale_banner(shown.stale).into_iter().collect();
    parts.push(
        view! {
            <span class="govuk-caption-l">
                {[&*shown.organisation, " ", &shown.reference].concat()}
            </span>
            <h1 class="govuk-heading-l">{title.clone()}</h1>
            <InsetText>
                {text("Only for small corrections, such as a typing mistake. The applicant sees what it was, what it is, and why.")}
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
                    label="Why do you correct it?"
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
    let line = |name: &'static str, label: &'static str, value: String, width: InputWidth| {
        view! {
            <TextInput name label value width problem=form.problem(name) autocomplete="off" spellcheck=false/>
        }
        .into_any()
    };
    match answers {
        PageAnswers::OrganisationName(it) => vec![line(
            "name",
            "Name of the organisation",
            it.name,
            InputWidth::Fluid,
        )],
        PageAnswers::OrganisationAddress(it) => vec![
            line(
                "address_line_1",
                "Address line 1",
                it.address_line_1,
                InputWidth::Fluid,
            ),
            line(
                "address_line_2",
                "Address line 2 (optional)",
                it.address_line_2,
                InputWidth::Fluid,
            ),
            line("town", "Town or city", it.town, InputWidth::TwoThirds),
            line(
                "county",
                "County (optional)",
                it.county,
                InputWidth::TwoThirds,
            ),
            line("postcode", "Postcode", it.postcode, InputWidth::Ten),
        ],
        PageAnswers::OrganisationContact(it) => vec![
            line(
                "telephone",
                "Main telephone number",
                it.telephone,
                InputWidth::Twenty,
            ),
            line("email", "Main email address", it.email, InputWidth::Fluid),
        ],
        PageAnswers::RegistrationNumbers(it) => {
            let kind = context.kind;
            let asks = |of: fn(
                registration::organisation::OrganisationKind,
            ) -> registration::organisation::Requirement| {
                kind.is_none_or(|kind| {
                    of(kind) != registration::organisation::Requirement::NotAsked
                })
            };
            let mut fields = Vec::new();
            if asks(registration::organisation::OrganisationKind::sra_number) {
                fields.push(line(
                    "sra_number",
                    "SRA number",
                    it.sra_number,
                    InputWidth::Ten,
                ));
            }
            if asks(registration::organisation::OrganisationKind::bar_number) {
                fields.push(line(
                    "bar_number",
                    "Bar number",
                    it.bar_number,
                    InputWidth::Twenty,
                ));
            }
            fields.push(
                view! {
                    <Textarea
                        name="laa_account_numbers"
                        label="LAA account numbers"
                        hint="One on each line"
                        value=it.laa_account_numbers
                        problem=form.problem("laa_account_numbers")
                        spellcheck=false
                    />
                }
                .into_any(),
            );
            fields
        }
        PageAnswers::FirstHearing(it) => vec![
            line("court", "Court (optional)", it.court, InputWidth::Fluid),
            view! {
                <DateInput
                    name="hearing"
                    label="Date of the first hearing (optional)"
                    hint="For example, 27 3 2027"
                    day=it.day
                    month=it.month
                    year=it.year
                    problem=Signal::derive(move || {
                        ["hearing-day", "hearing-month", "hearing-year"]
                            .into_iter()
                            .find_map(|part| form.problem(part).get())
                    })
                />
            }
            .into_any(),
        ],
        PageAnswers::AccountablePersonName(it) => vec![
            line(
                "first_name",
                "First name",
                it.first_name,
                InputWidth::TwoThirds,
            ),
            line(
                "last_name",
                "Last name",
                it.last_name,
                InputWidth::TwoThirds,
            ),
            line(
                "job_title",
                "Job title",
                it.job_title,
                InputWidth::TwoThirds,
            ),
        ],
        PageAnswers::AccountablePersonContact(it) => vec![
            line("email", "Email address", it.email, InputWidth::Fluid),
            line(
                "telephone",
                "Telephone number",
                it.telephone,
                InputWidth::Twenty,
            ),
        ],
        PageAnswers::OneUser(it) => vec![line(
            "mobile",
            "Mobile number",
            it.mobile,
            InputWidth::Twenty,
        )],
        PageAnswers::OrganisationKind(_)
        | PageAnswers::FirstUser(_)
        | PageAnswers::Signature(_) => Vec::new(),
    }
}
