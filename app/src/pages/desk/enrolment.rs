//! The pages on which a new officer sets up how to sign in.
//!
//! The pages are: the page behind the enrolment link, and the pages for a password, a second factor and the recovery
//! codes. The recovery codes are shown only once.

use const_format::concatcp;
use leptos::prelude::*;
use registration::desk::password::{MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS};
use registration::desk::{DESK, JOIN, SIGN_IN};
use registration::lifetimes::ENROLMENT_LINK_HOURS;
use registration::problem::Problem;

use super::passkey_address::PasskeyAddress;
use super::sign_in::on_the_desk;
use crate::components::{
    Button, ButtonKind, InputWidth, InsetText, LinkButton, TextInput, WarningText, text,
};
use crate::form::FormState;
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// Address of the page that sets a password.
pub const JOIN_PASSWORD: &str = "/desk/join/password";
/// Address of the page that sets up the second factor.
pub const JOIN_FACTOR: &str = "/desk/join/second-factor";

/// A QR code for an authenticator app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrPicture {
    /// The width and height in modules, including the margin.
    pub size: usize,
    /// The dark modules, as the path of an SVG.
    pub path: String,
}

/// The secret for an authenticator app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppSecret {
    /// The secret, in base32.
    pub secret: String,
    /// The secret as a QR code.
    pub picture: QrPicture,
}

/// Renders the page behind an enrolment link.
///
/// Opening the page changes nothing, because some email programs follow every link. The link works
/// until the account is set up, but no longer than `ENROLMENT_LINK_HOURS`.
pub fn join_page(secret: &str) -> ServerPage {
    const TITLE: &str = "Set up your Common Platform Desk account";
    let parts = vec![
        heading(TITLE),
        paragraph("You need:"),
        list(vec![
            text("a password that you do not use anywhere else"),
            text("an authenticator app on your phone or computer, or a passkey"),
        ]),
        paragraph(concatcp!(
            "The link works until your account is set up, for up to ",
            ENROLMENT_LINK_HOURS,
            " hours. Do not share it.",
        )),
        view! {
            <form action=JOIN method="post" novalidate>
                <input type="hidden" name="secret" value=secret.to_owned()/>
                <Button prevent_double_click=true>{text("Set up my account")}</Button>
            </form>
        }
        .into_any(),
    ];
    on_the_desk(server_page(TITLE, None, form_with(None), parts))
}

/// Renders the page for an enrolment link that does not work.
pub fn join_expired_page() -> ServerPage {
    const TITLE: &str = "This link no longer works";
    let parts = vec![
        heading(TITLE),
        paragraph(concatcp!(
            "A link to set up an account works once, for ",
            ENROLMENT_LINK_HOURS,
            " hours. It may not work because:",
        )),
        list(vec![
            text("your account is already set up"),
            text("a newer link was made"),
            text("it has expired"),
            text("part of the address is missing"),
        ]),
        paragraph_of(vec![outside_link(SIGN_IN, "Sign in")]),
        paragraph("If you cannot sign in, ask a desk administrator for a new link."),
    ];
    on_the_desk(server_page(TITLE, None, form_with(None), parts))
}

/// Renders the page that sets a password.
pub fn join_password_page(email: &str, problem: Option<Problem>) -> ServerPage {
    const TITLE: &str = "Choose a password";
    let form = form_with(problem);
    let parts = vec![
        heading(TITLE),
        paragraph(
            "Three random words are easy to remember and hard to guess. You can paste from a password manager.",
        ),
        view! {
            <form action=JOIN_PASSWORD method="post" novalidate>
                {user_name(email)}
                {new_password(form)}
                <Button prevent_double_click=true>{text("Continue")}</Button>
            </form>
        }
        .into_any(),
    ];
    on_the_desk(server_page(TITLE, None, form, parts))
}

/// Renders the page that sets up the second factor.
pub fn join_factor_page(
    secret: AppSecret,
    passkeys: &PasskeyAddress,
    problem: Option<Problem>,
) -> ServerPage {
    const TITLE: &str = "Set up 2-step verification";
    let form = form_with(problem);
    let mut parts = vec![
        heading(TITLE),
        paragraph(
            "When you sign in with your password, you will also need your phone or computer.",
        ),
        subheading("Use an authenticator app"),
    ];
    parts.extend(app_steps(secret));
    parts.push(
        view! {
            <form action=JOIN_FACTOR method="post" novalidate>
                {app_code(form)}
                <Button prevent_double_click=true>{text("Finish")}</Button>
            </form>
        }
        .into_any(),
    );
    parts.push(passkeys.form(
        view! {
            <form
                action="/desk/join/passkey"
                method="post"
                novalidate
                data-passkey="make"
                data-begin="/desk/join/passkey/begin"
                hidden
            >
                <h2 class="govuk-heading-m">"Or use a passkey"</h2>
                <p class="govuk-body">
                    "Your device or security key stores the passkey. You unlock it with your fingerprint, face or PIN."
                </p>
                <p class="govuk-error-message" role="alert" data-passkey-problem></p>
                <Button kind=ButtonKind::Secondary>{text("Set up a passkey")}</Button>
            </form>
        }
        .into_any(),
    ));
    on_the_desk(server_page(TITLE, Some(JOIN_PASSWORD), form, parts))
}

/// Renders the page shown after enrolment, with the recovery codes. The codes are shown only once.
pub fn joined_page(codes: Vec<String>) -> ServerPage {
    const TITLE: &str = "Your account is set up";
    let mut parts = vec![heading(TITLE)];
    parts.extend(recovery_codes(codes));
    parts.push(view! { <LinkButton href=DESK>{text("Go to the desk")}</LinkButton> }.into_any());
    on_the_desk(server_page(TITLE, None, form_with(None), parts))
}

/// Renders recovery codes, with instructions.
pub(super) fn recovery_codes(codes: Vec<String>) -> Vec<AnyView> {
    let codes = codes
        .into_iter()
        .map(|code| view! { <li class="app-code">{code}</li> }.into_any())
        .collect::<Vec<_>>();
    vec![
        subheading("Write down your recovery codes"),
        paragraph(
            "If you lose your phone or passkey, sign in with your password and one of these codes. Each code works once.",
        ),
        view! { <InsetText><ul class="govuk-list">{codes}</ul></InsetText> }.into_any(),
        view! {
            <WarningText>{text("This page shows the codes once. Keep them safe, away from your password.")}</WarningText>
        }
        .into_any(),
    ]
}

/// Renders the steps to set up an authenticator app, with the secret as a QR code and as text.
pub(super) fn app_steps(secret: AppSecret) -> Vec<AnyView> {
    let picture = secret.picture;
    let grouped: Vec<String> = secret
        .secret
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    let size = picture.size.to_string();
    let svg = view! {
        <svg
            class="app-qr"
            xmlns="http://www.w3.org/2000/svg"
            viewBox=["0 0 ", &size, " ", &size].concat()
            role="img"
            aria-label="QR code for your authenticator app"
            shape-rendering="crispEdges"
        >
            <rect width=size.clone() height=size.clone() fill="#ffffff"></rect>
            <path d=picture.path fill="#000000"></path>
        </svg>
    };
    let steps = view! {
        <ol class="govuk-list govuk-list--number govuk-list--spaced">
            <li>"Open your authenticator app and add an account."</li>
            <li>"Scan this QR code." {svg}</li>
            <li>
                "Or enter this key in the app as a time-based key: "
                <span class="app-code" id="secret">
                    {grouped.join(" ")}
                </span>
            </li>
            <li>"Enter the 6-digit code that the app shows."</li>
        </ol>
    };
    vec![steps.into_any()]
}

/// Renders the field for a code from the new authenticator app.
pub(super) fn app_code(form: FormState) -> AnyView {
    view! {
        <TextInput
            name="code"
            label="Code"
            hint="6 digits, for example 048213"
            inputmode="numeric"
            width=InputWidth::Ten
            problem=form.problem("code")
            autocomplete="one-time-code"
            spellcheck=false
        />
    }
    .into_any()
}

/// Renders the field for a new password.
pub(super) fn new_password(form: FormState) -> AnyView {
    view! {
        <TextInput
            name="password"
            label="New password"
            hint=format!("{MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS} characters")
            input_type="password"
            problem=form.problem("password")
            autocomplete="new-password"
            spellcheck=false
        />
    }
    .into_any()
}

/// Renders the email address as a hidden field.
///
/// The field tells password managers whose password to fill in.
pub(super) fn user_name(email: &str) -> AnyView {
    view! {
        <input type="text" name="username" autocomplete="username" value=email.to_owned() readonly hidden/>
    }
    .into_any()
}
