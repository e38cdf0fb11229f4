//! The page that requests the form in another format, and the page shown after the request was
//! sent.

use leptos::prelude::*;
use registration::format_request::{Format, FormatRequest, WORKING_DAYS};
use registration::language::LANGUAGE;
use registration::problem::Problem;

use crate::components::{
    Button, Choice, ErrorSummary, InputWidth, LabelSize, Panel, Radios, SummaryLink, TextInput,
    Textarea, text,
};
use crate::pages::email_language::{QUESTION, language_question};

/// The address of the page that requests another format. The form on the page is sent to the same
/// address.
pub const PATH: &str = "/other-formats/request";
/// The address of the page shown after the request was sent.
pub const SENT_PATH: &str = "/other-formats/requested";
/// The heading of the page that requests another format.
pub const TITLE: &str = "Request the form in another format";
/// The heading of the page shown after the request was sent.
pub const SENT_TITLE: &str = "Request sent";

/// Renders the page that requests another format, with the typed answers and their problems.
#[must_use]
pub fn page(request: FormatRequest, problems: &[Problem]) -> AnyView {
    let problem = |field: &str| {
        let words = problems
            .iter()
            .find(|problem| problem.field == field)
            .map(|problem| problem.words.to_string());
        Signal::stored(words)
    };
    let links: Vec<SummaryLink> = problems
        .iter()
        .map(|problem| SummaryLink::to_input(&problem.field, problem.words.to_string()))
        .collect();
    let formats = Format::ALL
        .map(|format| Choice::new(format.key(), format.words()))
        .to_vec();
    let language = request.language();
    view! {
        <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds">
                <ErrorSummary problems=Signal::stored(links) />
                <h1 class="govuk-heading-l">{TITLE}</h1>
                <p class="govuk-body">
                    "You can also "
                    <a class="govuk-link" href="/blank-form">
                        "print a blank form"
                    </a>
                    " or "
                    <a class="govuk-link" href="/blank-form.odt">
                        "download it as an OpenDocument text (ODT)"
                    </a>
                    "."
                </p>
                <form method="post" action=PATH novalidate>
                    <Radios
                        name="format"
                        label="Which format do you need?"
                        label_size=LabelSize::Medium
                        choices=formats
                        value=request.format
                        problem=problem("format")
                    />
                    <Textarea
                        name="details"
                        label="What else should we know about the format? (optional)"
                        hint="For example, the size of the letters. If you need another format, say which"
                        rows=3
                        value=request.details
                        problem=problem("details")
                    />
                    <Textarea
                        name="technology"
                        label="Which assistive technology do you use? (optional)"
                        hint="For example, a screen reader and its version"
                        rows=3
                        value=request.technology
                        problem=problem("technology")
                    />
                    <TextInput
                        name="name"
                        label="Your name"
                        width=InputWidth::TwoThirds
                        value=request.name
                        problem=problem("name")
                        autocomplete="name"
                        spellcheck=false
                    />
                    <h2 class="govuk-heading-m">"How can we reach you?"</h2>
                    <p class="govuk-body">"Give an email address, a telephone number or both."</p>
                    <TextInput
                        name="email"
                        label="Email address"
                        input_type="email"
                        value=request.email
                        problem=problem("email")
                        autocomplete="email"
                        spellcheck=false
                    />
                    <TextInput
                        name="telephone"
                        label="Telephone number"
                        input_type="tel"
                        width=InputWidth::Twenty
                        value=request.telephone
                        problem=problem("telephone")
                        autocomplete="tel"
                    />
                    {language_question(QUESTION, language, problem(LANGUAGE))}
                    <Button prevent_double_click=true>{text("Send request")}</Button>
                </form>
            </div>
        </div>
    }
    .into_any()
}

/// Renders the page shown after the request was sent.
#[must_use]
pub fn sent() -> AnyView {
    view! {
        <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds">
                <Panel title=SENT_TITLE />
                <h2 class="govuk-heading-m">"What happens next"</h2>
                <p class="govuk-body">
                    {format!(
                        "The Common Platform Desk will get back to you in {WORKING_DAYS} working days.",
                    )} " If you gave an email address, we have sent a message to it."
                </p>
                <p class="govuk-body">
                    <a class="govuk-link" href="/">
                        "Go to the start page"
                    </a>
                </p>
            </div>
        </div>
    }
    .into_any()
}
