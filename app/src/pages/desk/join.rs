//! The pages by which somebody sets up how they sign in: the button of the link, a password, a second factor, and the
//! recovery codes, which are shown once.

use leptos::prelude::*;
use registration::desk::password::{FEWEST_CHARACTERS, MOST_CHARACTERS};
use registration::desk::{DESK, JOIN, SIGN_IN};
use registration::problem::Problem;

use super::sign_in::on_the_desk;
use crate::components::{
    Button, ButtonKind, InputWidth, InsetText, LinkButton, TextInput, WarningText, text,
};
use crate::form::FormState;
use crate::pages::coming_back::{Written, with, written};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};

/// Where a password is chosen.
pub const JOIN_PASSWORD: &str = "/desk/join/password";
/// Where the second factor is set up.
pub const JOIN_FACTOR: &str = "/desk/join/second-factor";

/// A picture that an authenticator app reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrPicture {
    /// How many squares it is wide and high, its margin included.
    pub size: usize,
    /// The dark squares, as the path of an SVG.
    pub path: String,
}

/// What an authenticator app needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppSecret {
    /// The secret, in base32.
    pub secret: String,
    /// The same as a picture.
    pub picture: QrPicture,
}

/// The page of a link: a button, so that a program which opens every link of a message uses nothing up.
pub fn join_page(secret: &str) -> Written {
    const TITLE: &str = "Set up your account at the Common Platform Desk";
    let parts = vec![
        heading(TITLE),
        paragraph("You need:"),
        list(vec![
            text("a password that you use nowhere else"),
            text("an authenticator app on your phone or computer, or a passkey"),
        ]),
        paragraph(
            "The link works until your account is set up, for 7 days at most. Do not give it to anybody.",
        ),
        view! {
            <form action=JOIN method="post" novalidate>
                <input type="hidden" name="secret" value=secret.to_owned()/>
                <Button prevent_double_click=true>{text("Set up my account")}</Button>
            </form>
        }
        .into_any(),
    ];
    on_the_desk(written(TITLE, None, with(None), parts))
}

/// What is said of a link that does not work.
pub fn join_over_page() -> Written {
    const TITLE: &str = "This link does not work any more";
    let parts = vec![
        heading(TITLE),
        paragraph("A link to set up an account works once, for 7 days. It may be that:"),
        list(vec![
            text("the account is set up"),
            text("a newer link was made"),
            text("its time is over"),
            text("part of the address is missing"),
        ]),
        paragraph_of(vec![outside_link(SIGN_IN, "Sign in")]),
        paragraph("If you cannot sign in, ask a desk administrator for a new link."),
    ];
    on_the_desk(written(TITLE, None, with(None), parts))
}

/// The page on which a password is chosen.
pub fn join_password_page(email: &str, problem: Option<Problem>) -> Written {
    const TITLE: &str = "Choose a password";
    let form = with(problem);
    let parts = vec![
        heading(TITLE),
        paragraph(
            "Three words that have nothing to do with each other are easy to remember and hard to guess. You can paste from a password manager.",
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
    on_the_desk(written(TITLE, None, form, parts))
}

/// The page on which the second factor is set up.
pub fn join_factor_page(secret: AppSecret, problem: Option<Problem>) -> Written {
    const TITLE: &str = "Set up your second step";
    let form = with(problem);
    let mut parts = vec![
        heading(TITLE),
        paragraph(
            "Whenever you sign in with your password, you also show that you have your phone or computer.",
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
    parts.push(
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
                    "A passkey is kept by your device or a security key. You unlock it with your fingerprint, your face or a PIN."
                </p>
                <p class="govuk-error-message" role="alert" data-passkey-problem></p>
                <Button kind=ButtonKind::Secondary>{text("Set up a passkey")}</Button>
            </form>
        }
        .into_any(),
    );
    on_the_desk(written(TITLE, Some(JOIN_PASSWORD), form, parts))
}

/// The page that shows recovery codes once, to somebody who has just set up their account.
pub fn joined_page(codes: Vec<String>) -> Written {
    const TITLE: &str = "Your account is set up";
    let mut parts = vec![heading(TITLE)];
    parts.extend(recovery_codes(codes));
    parts.push(view! { <LinkButton href=DESK>{text("Go to the desk")}</LinkButton> }.into_any());
    on_the_desk(written(TITLE, None, with(None), parts))
}

/// Recovery codes and what to do with them.
pub(super) fn recovery_codes(codes: Vec<String>) -> Vec<AnyView> {
    let codes = codes
        .into_iter()
        .map(|code| view! { <li class="app-code">{code}</li> }.into_any())
        .collect::<Vec<_>>();
    vec![
        subheading("Write down your recovery codes"),
        paragraph(
            "If you lose your phone or your passkey, one of these lets you in after your password. Each works once.",
        ),
        view! { <InsetText><ul class="govuk-list">{codes}</ul></InsetText> }.into_any(),
        view! {
            <WarningText>{text("This page shows them once. Keep them where nobody else finds them, away from your password.")}</WarningText>
        }
        .into_any(),
    ]
}

/// What to do with an authenticator app: the picture, and the secret for those who type it.
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
            aria-label="The picture for your authenticator app"
            shape-rendering="crispEdges"
        >
            <rect width=size.clone() height=size.clone() fill="#ffffff"></rect>
            <path d=picture.path fill="#000000"></path>
        </svg>
    };
    let steps = view! {
        <ol class="govuk-list govuk-list--number govuk-list--spaced">
            <li>"Open your authenticator app and add an account."</li>
            <li>"Point it at this picture." {svg}</li>
            <li>
                "Or type this key into the app, as a key based on time: "
                <span class="app-code" id="secret">
                    {grouped.join(" ")}
                </span>
            </li>
            <li>"Enter the 6 numbers that the app shows."</li>
        </ol>
    };
    vec![steps.into_any()]
}

/// The field for the code that proves an app.
pub(super) fn app_code(form: FormState) -> AnyView {
    view! {
        <TextInput
            name="code"
            label="Code"
            hint="6 numbers, like 048213"
            inputmode="numeric"
            width=InputWidth::Ten
            problem=form.problem("code")
            autocomplete="one-time-code"
            spellcheck=false
        />
    }
    .into_any()
}

/// The field for a new password.
pub(super) fn new_password(form: FormState) -> AnyView {
    view! {
        <TextInput
            name="password"
            label="New password"
            hint=format!("{FEWEST_CHARACTERS} to {MOST_CHARACTERS} characters")
            input_type="password"
            problem=form.problem("password")
            autocomplete="new-password"
            spellcheck=false
        />
    }
    .into_any()
}

/// The address for a password manager, which would not know whose the password is.
pub(super) fn user_name(email: &str) -> AnyView {
    view! {
        <input type="text" name="username" autocomplete="username" value=email.to_owned() readonly hidden/>
    }
    .into_any()
}
