//! The pages on which an officer signs in: with email address, password and a code, with a passkey,
//! or with the department's single sign-on.

use leptos::prelude::*;
use registration::desk::{SIGN_IN, SIGN_IN_CODE};
use registration::lifetimes::PENDING_SIGN_IN_MINUTES;
use registration::problem::Problem;

use super::passkey_address::PasskeyAddress;
use crate::components::{Button, ButtonKind, InputWidth, TextInput, text};
use crate::form::FormState;
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};
use crate::pages::server_page::{ServerPage, form_with, server_page};

/// The address that starts the department's single sign-on.
pub const DEPARTMENT: &str = "/desk/sign-in/department";

/// The data for the sign-in page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignIn {
    /// The email address, as typed.
    pub email: String,
    /// The address of the page to open after sign-in.
    pub to: String,
    /// The problems with the typed email address and password.
    pub problems: Vec<Problem>,
    /// The name of the department's single sign-on, if there is one.
    pub department: Option<String>,
    /// Whether passkeys work at this address.
    pub passkeys: PasskeyAddress,
}

/// Renders the page that asks for email address and password.
pub fn sign_in_page(shown: SignIn) -> ServerPage {
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
        parts.push(
            view! {
                <form action=DEPARTMENT method="post" novalidate>
                    <input type="hidden" name="to" value=to.clone()/>
                    <Button kind=ButtonKind::Secondary prevent_double_click=true>
                        {text(["Sign in with ", &department].concat())}
                    </Button>
                </form>
            }
            .into_any(),
        );
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
    parts.push(shown.passkeys.form(passkey_form(&to)));
    parts.push(subheading("If you cannot sign in"));
    parts.push(paragraph(
        "Ask a desk administrator for a new link. It lets you choose a new password.",
    ));
    on_the_desk(server_page(TITLE, None, form, parts))
}

/// Renders the page that asks for the second factor after the password.
///
/// `passkeys` says whether passkeys work at this address; `None` if the officer has no passkey.
pub fn code_page(passkeys: Option<&PasskeyAddress>, problem: Option<Problem>) -> ServerPage {
    const TITLE: &str = "Enter a code";
    let form = form_with(problem);
    let code = view! {
        <TextInput
            name="code"
            label="Code"
            hint="6 digits from your authenticator app, or a recovery code"
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
    parts.extend(passkeys.map(|passkeys| passkeys.form(passkey_form(""))));
    parts.push(subheading("If you do not have a code"));
    parts.push(paragraph(
        "Use a recovery code. If you have none left, ask a desk administrator for a new link.",
    ));
    on_the_desk(server_page(TITLE, Some(SIGN_IN), form, parts))
}

/// Renders the page shown after too many failed attempts. `again` is the time from which the person
/// can try again.
pub fn too_many_tries_page(again: &str) -> ServerPage {
    const TITLE: &str = "You have tried too many times";
    let parts = vec![
        heading(TITLE),
        paragraph(["You can try again from ", again, "."].concat()),
        paragraph(
            "This is because of failed attempts from where you are. Until then you can use a browser in which you have signed in before, or a passkey.",
        ),
        paragraph_of(vec![outside_link(SIGN_IN, "Go to the sign in page")]),
        paragraph_of(vec![outside_link("/help", "Get help")]),
    ];
    on_the_desk(server_page(TITLE, None, form_with(None), parts))
}

/// Renders the page for a sign-in that cannot continue, for example because it has expired or was
/// completed in another tab.
pub fn begin_again_page() -> ServerPage {
    const TITLE: &str = "Sign in again";
    let parts = vec![
        heading(TITLE),
        paragraph("You are not signed in. This may be because:"),
        list(vec![
            text(format!(
                "you started more than {PENDING_SIGN_IN_MINUTES} minutes ago"
            )),
            text("you signed in in another tab"),
            text("your access was changed"),
        ]),
        paragraph_of(vec![outside_link(SIGN_IN, "Go to the sign in page")]),
    ];
    on_the_desk(server_page(TITLE, None, form_with(None), parts))
}

/// Renders the page for a passkey that the server did not accept.
pub fn passkey_refused_page() -> ServerPage {
    const TITLE: &str = "You are not signed in";
    let parts = vec![
        heading(TITLE),
        paragraph("The passkey was not accepted. This may be because:"),
        list(vec![
            text("you did not set it up for this desk"),
            text("it was removed from your account"),
            text("your access has ended"),
        ]),
        paragraph_of(vec![outside_link(SIGN_IN, "Sign in another way")]),
    ];
    on_the_desk(server_page(TITLE, None, form_with(None), parts))
}

/// Renders the page shown while the browser is redirected to the department's identity provider,
/// with a link to the provider's `address` in case nothing happens.
pub fn to_department_page(department: &str, address: &str) -> ServerPage {
    let title = ["Sign in with ", department].concat();
    let parts = vec![
        heading(title.clone()),
        paragraph_of(vec![outside_link(
            address.to_owned(),
            "Continue if nothing happens",
        )]),
    ];
    on_the_desk(server_page(&title, None, form_with(None), parts))
}

/// Renders the page for a person whom the department's single sign-on did not admit.
pub fn single_sign_on_refused_page() -> ServerPage {
    const TITLE: &str = "You are not signed in";
    let parts = vec![
        heading(TITLE),
        paragraph("Your department’s single sign-on did not let you in. This may be because:"),
        list(vec![
            text(format!(
                "you cancelled it or it took more than {PENDING_SIGN_IN_MINUTES} minutes"
            )),
            text("a desk administrator has not added your email address"),
            text("your account here belongs to another account of your department"),
            text("your department did not confirm 2-step verification"),
            text("your email address is not confirmed"),
            text("it is not available"),
        ]),
        paragraph_of(vec![outside_link(SIGN_IN, "Go to the sign in page")]),
        paragraph_of(vec![outside_link("/help", "Get help")]),
    ];
    on_the_desk(server_page(TITLE, None, form_with(None), parts))
}

/// Renders the page for a person who used single sign-on and has no second factor here.
pub fn no_second_factor_page() -> ServerPage {
    const TITLE: &str = "Set up 2-step verification first";
    let parts = vec![
        heading(TITLE),
        paragraph(
            "Your department’s single sign-on is one of two steps. You have not set up the other one for this desk.",
        ),
        paragraph(
            "Use the link that we emailed to you. If it no longer works, ask a desk administrator to send a new one.",
        ),
        paragraph_of(vec![outside_link(SIGN_IN, "Go to the sign in page")]),
    ];
    on_the_desk(server_page(TITLE, None, form_with(None), parts))
}

/// Renders the page shown after signing out.
pub fn you_have_signed_out_page() -> ServerPage {
    const TITLE: &str = "You have signed out";
    let parts = vec![
        heading(TITLE),
        paragraph("You can close this tab."),
        paragraph_of(vec![outside_link(SIGN_IN, "Sign in again")]),
    ];
    on_the_desk(server_page(TITLE, None, form_with(None), parts))
}

/// Adds the desk's script to a page.
pub(super) fn on_the_desk(page: ServerPage) -> ServerPage {
    ServerPage { desk: true, ..page }
}

/// Renders the button that signs in by passkey. The button is hidden until the script has found
/// that the browser supports passkeys.
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
