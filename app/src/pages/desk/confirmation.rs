//! The confirmation of an officer's identity before the officer changes how they sign in or ends a session: the fields
//! of the confirmation, and the pages that ask only for a confirmation.

use const_format::concatcp;
use leptos::prelude::*;
use registration::desk::ACCOUNT;
use registration::problem::Problem;

use super::enrolment::user_name;
use super::frame::{DeskPage, MenuEntry};
use crate::components::{Button, ButtonKind, InputWidth, InsetText, TextInput, text};
use crate::form::FormState;
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of};

/// The address that receives the response of a passkey to the challenge.
pub const ACCOUNT_CONFIRM: &str = "/desk/account/confirm";
/// The address that issues the challenge for a passkey.
pub const ACCOUNT_CONFIRM_BEGIN: &str = concatcp!(ACCOUNT_CONFIRM, "/begin");
/// The address that starts a confirmation by the department's single sign-on.
pub const ACCOUNT_CONFIRM_DEPARTMENT: &str = concatcp!(ACCOUNT_CONFIRM, "/department");

registration::keyed! {
    /// The page to which an officer returns after confirming their identity. The key is the address
    /// of the page.
    pub enum ConfirmedFor {
        /// The page that sets up another authenticator app.
        Authenticator = "/desk/account/authenticator",
        /// The page that adds a passkey.
        Passkey = "/desk/account/passkeys",
        /// The page that makes new recovery codes.
        RecoveryCodes = "/desk/account/recovery-codes",
        /// The account page.
        Account = "/desk/account",
    }
}

/// The ways in which an officer can confirm their identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// The email address of the officer, for password managers.
    pub email: String,
    /// Whether the officer has already confirmed their identity, so that the form does not ask
    /// again.
    pub is_confirmed: bool,
    /// Whether the officer has a passkey.
    pub has_passkey: bool,
    /// The name of the department's single sign-on; `None` if the officer has a password here.
    pub department: Option<String>,
    /// The page to which the officer returns after using a passkey.
    pub back: ConfirmedFor,
}

/// A change for which the page asks only to confirm the officer's identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmedChange {
    /// The question, which is the heading of the page.
    pub title: String,
    /// The address that makes the change.
    pub action: &'static str,
    /// The name and value of a hidden field that identifies the change.
    pub which: (&'static str, String),
    /// The text of the button.
    pub button: &'static str,
}

impl Confirmation {
    /// Renders a field for the password and a field, named `code_name`, for a code.
    ///
    /// If the officer has confirmed already, renders a note instead.
    pub(super) fn fields(&self, form: FormState, code_name: &'static str) -> AnyView {
        if self.is_confirmed {
            return view! { <InsetText>{text("You have confirmed that this is your account.")}</InsetText> }
                .into_any();
        }
        view! {
            {user_name(&self.email)}
            <TextInput
                name="old_password"
                label="Current password"
                input_type="password"
                problem=form.problem("old_password")
                autocomplete="current-password"
                spellcheck=false
            />
            <TextInput
                name=code_name
                label=if code_name == "code" { "Code" } else { "Code from your current app" }
                hint="6 digits from your authenticator app, or a recovery code"
                width=InputWidth::Twenty
                problem=form.problem(code_name)
                autocomplete="one-time-code"
                spellcheck=false
            />
        }
        .into_any()
    }

    /// Renders the button that confirms by passkey, if the officer has a passkey and has not
    /// confirmed already. The button is hidden until the script has found that the browser supports
    /// passkeys.
    pub(super) fn passkey_form(&self) -> Option<AnyView> {
        (self.has_passkey && !self.is_confirmed).then(|| {
            view! {
                <form
                    action=ACCOUNT_CONFIRM
                    method="post"
                    novalidate
                    data-passkey="use"
                    data-begin=ACCOUNT_CONFIRM_BEGIN
                    hidden
                >
                    <input type="hidden" name="back" value=self.back.key()/>
                    <p class="govuk-error-message" role="alert" data-passkey-problem></p>
                    <Button kind=ButtonKind::Secondary>
                        {text("Confirm with a passkey instead")}
                    </Button>
                </form>
            }
            .into_any()
        })
    }
}

/// Renders the page that asks for confirmation of a change on the account page. An officer who has
/// no password and has not confirmed yet is asked to use single sign-on instead.
pub fn confirm_change_page(
    change: ConfirmedChange,
    confirmation: &Confirmation,
    problems: Vec<Problem>,
) -> DeskPage {
    let form = FormState::new(problems, Vec::new());
    let (name, value) = change.which;
    if let Some(department) = confirmation
        .department
        .as_ref()
        .filter(|_| !confirmation.is_confirmed)
    {
        return by_department_page(change.title, department.clone());
    }
    let mut parts = vec![
        heading(change.title.clone()),
        paragraph("Confirm that this is your account."),
        view! {
            <form action=change.action method="post" novalidate>
                <input type="hidden" name=name value=value/>
                <input type="hidden" name="confirming" value="yes"/>
                {confirmation.fields(form, "code")}
                <Button prevent_double_click=true>{text(change.button)}</Button>
            </form>
        }
        .into_any(),
    ];
    parts.extend(confirmation.passkey_form());
    parts.push(paragraph_of(vec![outside_link(ACCOUNT, "Cancel")]));
    DeskPage::new(change.title, MenuEntry::Account, parts)
        .back(ACCOUNT)
        .form(form)
}

/// Renders the page that asks for a confirmation by single sign-on. Afterwards the officer makes
/// the change on the account page.
fn by_department_page(title: String, department: String) -> DeskPage {
    let parts = vec![
        heading(title.clone()),
        paragraph("Sign in again to confirm that this is your account. Then make your change."),
        view! {
            <form action=ACCOUNT_CONFIRM_DEPARTMENT method="post" novalidate>
                <Button prevent_double_click=true>
                    {text(["Confirm with ", &department].concat())}
                </Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(ACCOUNT, "Cancel")]),
    ];
    DeskPage::new(title, MenuEntry::Account, parts).back(ACCOUNT)
}
