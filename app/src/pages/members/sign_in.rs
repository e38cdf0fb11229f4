//! The pages with which somebody signs in to manage an organisation's people.

use const_format::concatcp;
use leptos::prelude::*;
use registration::lifetimes::{ACCESS_CODE_MINUTES, MEMBER_IDLE_MINUTES};
use registration::membership::path::{
    ORGANISATIONS, SIGN_IN, SIGN_IN_CODE, SIGN_IN_LINK, SIGN_OUT,
};
use registration::problem::Problem;

use super::successor::PersonChoice;
use crate::components::{Button, Choice, InputWidth, Radios, TextInput, text};
use crate::form::FormState;
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// Renders the page that asks for the email address of somebody who signs in.
pub fn sign_in_page(typed: &str, problem: Option<Problem>) -> ServerPage {
    const TITLE: &str = "Manage your organisation’s people";
    let form = form_with(problem);
    let input = view! {
        <TextInput
            name="email"
            label="Your email address"
            hint="The address that the organisation gave for you"
            input_type="email"
            value=typed.to_owned()
            problem=form.problem("email")
            autocomplete="email"
            spellcheck=false
        />
    };
    let parts = vec![
        heading(TITLE),
        paragraph(
            "Administrators and the accountable person of an organisation with accounts on Common Platform can:",
        ),
        list(vec![
            text("see who has an account"),
            text("add people"),
            text("remove people who leave"),
            text("hand over to somebody else"),
        ]),
        paragraph("We will send you a link and a code. Use either to sign in on this device."),
        view! {
            <form action=SIGN_IN method="post" novalidate>
                {input}
                <Button prevent_double_click=true>{text("Send the email")}</Button>
            </form>
        }
        .into_any(),
    ];
    server_page(TITLE, Some("/"), form, parts)
}

/// Renders the page that asks for the code in the email. The page is the same whether or not an
/// email was sent.
pub fn member_code_page(
    request: &str,
    address: Option<&str>,
    typed: &str,
    problem: Option<Problem>,
) -> ServerPage {
    const TITLE: &str = "Check your email";
    let form = form_with(problem);
    let sent = match address {
        Some(address) => [
            "If an organisation has named ",
            address,
            " as an administrator or its accountable person, we have sent an email there.",
        ]
        .concat(),
        None => "If an organisation has named you as an administrator or its accountable person, we have sent you an email.".to_owned(),
    };
    let input = view! {
        <TextInput
            name="code"
            label="Code"
            hint="8 letters, like WDJB-MJHT"
            value=typed.to_owned()
            problem=form.problem("code")
            width=InputWidth::Ten
            autocomplete="one-time-code"
            spellcheck=false
        />
    };
    let remember = view! {
        <Radios
            name="remember"
            label="Do other people use this device?"
            hint="If they do, you are signed out when you close the browser"
            choices=vec![Choice::new("no", "Yes, or I am not sure"), Choice::new("yes", "No, it is mine")]
            value="no"
        />
    };
    let request = request.to_owned();
    let parts = vec![
        heading(TITLE),
        paragraph(sent),
        paragraph(concatcp!(
            "Open the link in it, or enter the code from it here. Both work for ",
            ACCESS_CODE_MINUTES,
            " minutes.",
        )),
        view! {
            <form action=SIGN_IN_CODE method="post" novalidate>
                <input type="hidden" name="request" value=request/>
                {input}
                {remember}
                <Button prevent_double_click=true>{text("Sign in")}</Button>
            </form>
        }
        .into_any(),
        subheading("If you have no email from us"),
        paragraph_of(vec![
            text(
                "Look in the junk folder. Check that you gave the address that your organisation gave for you, and ",
            ),
            outside_link(SIGN_IN, "ask for a new link and code"),
            text("."),
        ]),
    ];
    server_page(TITLE, Some(SIGN_IN), form, parts)
}

/// Renders the page shown after too many wrong codes.
pub fn member_code_throttled_page() -> ServerPage {
    const TITLE: &str = "You have tried too many codes";
    let parts = vec![
        heading(TITLE),
        paragraph("You can no longer use this code. The link in the email works until it expires."),
        paragraph_of(vec![outside_link(SIGN_IN, "Ask for a new link and code")]),
    ];
    server_page(TITLE, None, form_with(None), parts)
}

/// Renders the page behind the link in an email. Only its button uses the link up, so that a mail
/// scanner does not.
pub fn member_link_page(secret: &str) -> ServerPage {
    const TITLE: &str = "Sign in to manage your organisation’s people";
    let secret = secret.to_owned();
    let remember = view! {
        <Radios
            name="remember"
            label="Do other people use this device?"
            hint="If they do, you are signed out when you close the browser"
            choices=vec![Choice::new("no", "Yes, or I am not sure"), Choice::new("yes", "No, it is mine")]
            value="no"
        />
    };
    let parts = vec![
        heading(TITLE),
        paragraph(concatcp!(
            "You stay signed in until you have not used the service for ",
            MEMBER_IDLE_MINUTES,
            " minutes, or sign out.",
        )),
        view! {
            <form action=SIGN_IN_LINK method="post" novalidate>
                <input type="hidden" name="secret" value=secret/>
                {remember}
                <Button prevent_double_click=true>{text("Sign in")}</Button>
            </form>
        }
        .into_any(),
    ];
    server_page(TITLE, None, form_with(None), parts)
}

/// Renders the page for a link that was used or has expired.
pub fn member_link_expired_page() -> ServerPage {
    const TITLE: &str = "This link does not work any more";
    let parts = vec![
        heading(TITLE),
        paragraph(concatcp!(
            "A link works once, for ",
            ACCESS_CODE_MINUTES,
            " minutes.",
        )),
        paragraph_of(vec![outside_link(SIGN_IN, "Ask for a new link and code")]),
    ];
    server_page(TITLE, None, form_with(None), parts)
}

/// Renders the page for somebody who manages no organisation any more.
pub fn nothing_to_manage_page() -> ServerPage {
    const TITLE: &str = "You do not manage an organisation";
    let parts = vec![
        heading(TITLE),
        paragraph(
            "Only administrators and the accountable person can manage the people of an organisation. Ask one of them to name you.",
        ),
        paragraph_of(vec![outside_link("/help", "Get help")]),
        sign_out_form(),
    ];
    server_page(TITLE, None, form_with(None), parts)
}

/// Renders the page on which somebody with several organisations chooses one.
pub fn choose_page(organisations: Vec<PersonChoice>, problem: Option<Problem>) -> ServerPage {
    const TITLE: &str = "Which organisation do you want to manage?";
    let form = FormState::new(problem.into_iter().collect(), Vec::new());
    let choices = organisations
        .into_iter()
        .map(|organisation| Choice::new(organisation.id, organisation.name))
        .collect::<Vec<_>>();
    let radios = view! {
        <Radios
            name="organisation"
            label=TITLE
            label_is_heading=true
            label_size=crate::components::LabelSize::Large
            choices
            problem=form.problem("organisation")
        />
    };
    let parts = vec![
        view! {
            <form action=ORGANISATIONS method="post" novalidate>
                {radios}
                <Button prevent_double_click=true>{text("Continue")}</Button>
            </form>
        }
        .into_any(),
        sign_out_form(),
    ];
    server_page(TITLE, None, form, parts)
}

/// Renders the button that signs out.
pub(super) fn sign_out_form() -> AnyView {
    view! {
        <form action=SIGN_OUT method="post" novalidate>
            <Button kind=crate::components::ButtonKind::Secondary prevent_double_click=true>
                {text("Sign out")}
            </Button>
        </form>
    }
    .into_any()
}
