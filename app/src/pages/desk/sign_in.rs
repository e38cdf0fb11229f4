//! The pages on which somebody of the desk signs in: address and password, then a code; or a passkey.

use leptos::prelude::*;
use registration::desk::{SIGN_IN, SIGN_IN_CODE};
use registration::problem::Problem;

use crate::components::{Button, ButtonKind, InputWidth, TextInput, text};
use crate::form::FormState;
use crate::pages::coming_back::{Written, with, written};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};

/// What the first page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignIn {
    /// The address as it was typed.
    pub email: String,
    /// The page that was asked for.
    pub to: String,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// What the department's own sign-in is called, where there is one.
    pub department: Option<String>,
}

/// The page on which somebody gives address and password.
pub fn sign_in_page(shown: SignIn) -> Written {
    const TITLE: &str = "Sign in to the Common Platform Desk";
    let form = FormState::new(shown.problems, Vec::new());
    let email = view! {
        <TextInput
            name="email"
            label="Email address"
            input_type="email"
            value=shown.email
            problem=form.problem("email")
            autocomplete="username"
            spellcheck=false
        />
    };
    let password = view! {
        <TextInput
            name="password"
            label="Password"
            input_type="password"
            problem=form.problem("password")
            autocomplete="current-password"
            spellcheck=false
        />
    };
    let to = shown.to.clone();
    let mut parts = vec![heading(TITLE)];
    if let Some(department) = shown.department {
        let to: String = form_urlencoded(&shown.to);
        parts.push(paragraph_of(vec![outside_link(
            ["/desk/sign-in/department?to=", &to].concat(),
            ["Sign in with ", &department].concat(),
        )]));
    }
    parts.push(
        view! {
            <form action=SIGN_IN method="post" novalidate>
                <input type="hidden" name="to" value=shown.to/>
                {email}
                {password}
                <Button prevent_double_click=true>{text("Continue")}</Button>
            </form>
        }
        .into_any(),
    );
    parts.push(passkey_form(&to));
    parts.push(subheading("If you cannot sign in"));
    parts.push(paragraph(
        "Ask a desk administrator for a new link. It lets you choose a new password.",
    ));
    on_the_desk(written(TITLE, None, form, parts))
}

/// The page on which somebody gives the second factor after their password.
pub fn code_page(has_passkey: bool, problem: Option<Problem>) -> Written {
    const TITLE: &str = "Enter a code";
    let form = with(problem);
    let code = view! {
        <TextInput
            name="code"
            label="Code"
            hint="6 numbers from your authenticator app, or one of your recovery codes"
            width=InputWidth::Twenty
            problem=form.problem("code")
            autocomplete="one-time-code"
            spellcheck=false
            autocapitalize="none"
        />
    };
    let mut parts = vec![
        heading(TITLE),
        view! {
            <form action=SIGN_IN_CODE method="post" novalidate>
                {code}
                <Button prevent_double_click=true>{text("Sign in")}</Button>
            </form>
        }
        .into_any(),
    ];
    if has_passkey {
        parts.push(passkey_form(""));
    }
    parts.push(subheading("If you have no code"));
    parts.push(paragraph(
        "Use one of the recovery codes that you wrote down. If you have none left, ask a desk administrator for a new link.",
    ));
    on_the_desk(written(TITLE, Some(SIGN_IN), form, parts))
}

/// What is said when too many tries were not right; `again` says when one may try again.
pub fn too_many_tries_page(again: &str) -> Written {
    const TITLE: &str = "You have tried too many times";
    let parts = vec![
        heading(TITLE),
        paragraph(["You can try again from ", again, "."].concat()),
        paragraph("Until then nobody can sign in to this account with a password."),
        paragraph_of(vec![outside_link(SIGN_IN, "Go to the page to sign in")]),
        paragraph_of(vec![outside_link("/help", "Get help")]),
    ];
    on_the_desk(written(TITLE, None, with(None), parts))
}

/// What is said where signing in was begun too long ago, or ended elsewhere.
pub fn begin_again_page() -> Written {
    const TITLE: &str = "Sign in again";
    let parts = vec![
        heading(TITLE),
        paragraph("You are not signed in. It may be that:"),
        list(vec![
            text("you began more than an hour ago"),
            text("you have signed in with another tab"),
            text("your access was changed"),
        ]),
        paragraph_of(vec![outside_link(SIGN_IN, "Go to the page to sign in")]),
    ];
    on_the_desk(written(TITLE, None, with(None), parts))
}

/// What is said where a passkey was not taken.
pub fn passkey_not_taken_page() -> Written {
    const TITLE: &str = "You are not signed in";
    let parts = vec![
        heading(TITLE),
        paragraph("The passkey was not taken. It may be that:"),
        list(vec![
            text("it is not one that you set up for this desk"),
            text("it was removed from your account"),
            text("your access was ended"),
        ]),
        paragraph_of(vec![outside_link(SIGN_IN, "Sign in another way")]),
    ];
    on_the_desk(written(TITLE, None, with(None), parts))
}

/// What is said where the department's own sign-in let nobody in.
pub fn department_refused_page() -> Written {
    const TITLE: &str = "You are not signed in";
    let parts = vec![
        heading(TITLE),
        paragraph("Your department’s sign-in did not let you in to the desk. It may be that:"),
        list(vec![
            text("you stopped it or it took more than an hour"),
            text("no desk administrator has added the email address that it knows you by"),
            text("it has not confirmed that email address"),
            text("it cannot be reached at the moment"),
        ]),
        paragraph_of(vec![outside_link(SIGN_IN, "Go to the page to sign in")]),
        paragraph_of(vec![outside_link("/help", "Get help")]),
    ];
    on_the_desk(written(TITLE, None, with(None), parts))
}

/// What is said to somebody who has signed out.
pub fn you_have_signed_out_page() -> Written {
    const TITLE: &str = "You have signed out";
    let parts = vec![
        heading(TITLE),
        paragraph("You can close this tab."),
        paragraph_of(vec![outside_link(SIGN_IN, "Sign in again")]),
    ];
    on_the_desk(written(TITLE, None, with(None), parts))
}

/// The same page with the desk's script.
pub(super) fn on_the_desk(page: Written) -> Written {
    Written { desk: true, ..page }
}

/// The button for a passkey: there once the script knows that the browser has them.
fn passkey_form(to: &str) -> AnyView {
    view! {
        <form
            action="/desk/sign-in/passkey"
            method="post"
            novalidate
            data-passkey="use"
            data-begin="/desk/sign-in/passkey/begin"
            hidden
        >
            <input type="hidden" name="to" value=to.to_owned()/>
            <p class="govuk-error-message" role="alert" data-passkey-problem></p>
            <Button kind=ButtonKind::Secondary>{text("Sign in with a passkey")}</Button>
        </form>
    }
    .into_any()
}

/// A path of the desk as a value in an address: it holds nothing that must be written otherwise.
fn form_urlencoded(to: &str) -> String {
    to.replace('&', "")
}
