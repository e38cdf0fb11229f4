//! An officer's own account: password, second factors, recovery codes and sessions.

use leptos::prelude::*;
use registration::desk::{ACCOUNT, SHORTCUT_PAGE};
use registration::problem::Problem;

use super::confirmation::Confirmation;
use super::enrolment::{AppSecret, app_code, app_steps, new_password, recovery_codes, user_name};
use super::frame::{DeskPage, MenuEntry};
use super::passkey_address::PasskeyAddress;
use crate::components::{
    Button, ButtonKind, Cell, InputWidth, NotificationBanner, SummaryList, SummaryRow, Table,
    TextInput, text,
};
use crate::form::FormState;
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};

/// Address of the page that changes the password.
pub const ACCOUNT_PASSWORD: &str = "/desk/account/password";
/// Address of the page that changes the authenticator app.
pub const ACCOUNT_APP: &str = "/desk/account/authenticator";
/// Address of the page that adds a passkey.
pub const ACCOUNT_PASSKEYS: &str = "/desk/account/passkeys";
/// Address of the form that removes a passkey.
pub const ACCOUNT_PASSKEYS_REMOVE: &str = "/desk/account/passkeys/remove";
/// Address of the page that makes new recovery codes.
pub const ACCOUNT_CODES: &str = "/desk/account/recovery-codes";
/// Address of the form that ends sessions.
pub const ACCOUNT_SESSIONS: &str = "/desk/account/sessions";

registration::keyed! {
    /// The outcome of a change to the account, shown as a banner on the account page.
    pub enum AccountNotice {
        /// The password was changed.
        PasswordChanged = "password",
        /// The authenticator app was changed.
        AuthenticatorChanged = "authenticator",
        /// A passkey was added.
        PasskeyAdded = "passkey-added",
        /// A passkey was removed.
        PasskeyRemoved = "passkey-removed",
        /// A passkey was not removed, because the officer has no other second factor.
        PasskeyKept = "passkey-kept",
        /// One or more sessions were ended.
        SignedOut = "signed-out",
        /// The keyboard shortcuts were switched on.
        ShortcutsOn = "shortcuts-on",
        /// The keyboard shortcuts were switched off.
        ShortcutsOff = "shortcuts-off",
        /// The officer has confirmed their identity.
        Confirmed = "confirmed",
        /// The officer's passkey was not accepted, so their identity is not confirmed.
        NotConfirmed = "not-confirmed",
    }
}

impl AccountNotice {
    const fn words(self) -> &'static str {
        match self {
            Self::PasswordChanged => {
                "Your password is changed. You are signed out of every other browser."
            }
            Self::AuthenticatorChanged => {
                "Your authenticator app is set up. Your previous app no longer works."
            }
            Self::PasskeyAdded => "The passkey is added.",
            Self::PasskeyRemoved => "The passkey is removed.",
            Self::PasskeyKept => {
                "The passkey was not removed. Set up another passkey or an authenticator app first."
            }
            Self::SignedOut => "You are signed out there.",
            Self::ShortcutsOn => "Keyboard shortcuts are on.",
            Self::ShortcutsOff => "Keyboard shortcuts are off.",
            Self::Confirmed => {
                "You have confirmed that this is your account. Make your change now."
            }
            Self::NotConfirmed => "The passkey was not accepted. Nothing was changed.",
        }
    }
}

/// A session of the officer, as listed on the account page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The identifier of the session, which the form that ends the session sends.
    pub id: String,
    /// The name of the browser, as display text.
    pub browser: String,
    /// The IP address at sign-in, if known. An IPv6 address is shortened to its network.
    pub source: Option<String>,
    /// The time of the last use, as display text.
    pub used: String,
    /// Whether this is the session in which the page is shown.
    pub is_this: bool,
}

/// A passkey of the officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// The identifier of the passkey, which the authenticator assigned.
    pub id: String,
    /// The name of the passkey, which the officer chose.
    pub name: String,
    /// The time of the last use, as display text; `None` if the passkey was never used.
    pub used: Option<String>,
}

/// The data for the account page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAccountView {
    /// The name of the officer.
    pub name: String,
    /// The email address of the officer.
    pub email: String,
    /// The role of the officer, as display text.
    pub role: &'static str,
    /// Whether the officer has a password. False for an officer who only uses single sign-on.
    pub has_password: bool,
    /// Whether the officer has an authenticator app.
    pub has_authenticator: bool,
    /// The passkeys of the officer.
    pub passkeys: Vec<PasskeyRow>,
    /// The number of unused recovery codes.
    pub recovery_codes: i64,
    /// The sessions of the officer.
    pub sessions: Vec<SessionRow>,
    /// Whether the officer uses the keyboard shortcuts.
    pub has_shortcuts: bool,
    /// The outcome of the latest change, if there is one to show.
    pub notice: Option<AccountNotice>,
}

/// Renders the account page.
pub fn account_page(shown: OwnAccountView) -> DeskPage {
    const TITLE: &str = "Your account";
    let mut parts = Vec::new();
    parts.extend(shown.notice.map(|notice| {
        let success = !matches!(
            notice,
            AccountNotice::PasskeyKept | AccountNotice::NotConfirmed
        );
        view! { <NotificationBanner success heading=notice.words()/> }.into_any()
    }));
    parts.push(heading(TITLE));
    let mut rows = vec![
        SummaryRow::new("Name", text(shown.name)),
        SummaryRow::new("Email address", text(shown.email)),
        SummaryRow::new("Role", text(shown.role)),
    ];
    if shown.has_password {
        rows.push(SummaryRow::new("Password", text("Set")).action(
            ACCOUNT_PASSWORD,
            "Change",
            "password",
        ));
        let app = if shown.has_authenticator {
            ("Set up", "Change")
        } else {
            ("Not set up", "Set up")
        };
        rows.push(SummaryRow::new("Authenticator app", text(app.0)).action(
            ACCOUNT_APP,
            app.1,
            "authenticator app",
        ));
        rows.push(
            SummaryRow::new(
                "Recovery codes",
                text(format!("{} left", shown.recovery_codes)),
            )
            .action(ACCOUNT_CODES, "Make new", "recovery codes"),
        );
    }
    let shortcuts = if shown.has_shortcuts { "On" } else { "Off" };
    rows.push(
        SummaryRow::new("Keyboard shortcuts", text(shortcuts)).action(
            SHORTCUT_PAGE,
            "Change",
            "keyboard shortcuts",
        ),
    );
    parts.push(view! { <SummaryList rows/> }.into_any());
    if shown.has_password {
        parts.extend(passkeys(shown.passkeys));
    } else {
        parts.push(paragraph(
            "You sign in with your department’s single sign-on.",
        ));
    }
    parts.extend(sessions(shown.sessions));
    DeskPage::new(TITLE, MenuEntry::Account, parts)
}

fn passkeys(passkeys: Vec<PasskeyRow>) -> Vec<AnyView> {
    let mut parts = vec![subheading("Passkeys")];
    if passkeys.is_empty() {
        parts.push(paragraph("You have no passkeys."));
    } else {
        let rows = passkeys
            .into_iter()
            .map(|passkey| {
                let used = passkey.used.unwrap_or_else(|| "Never".to_owned());
                let id = passkey.id;
                let remove = view! {
                    <form action=ACCOUNT_PASSKEYS_REMOVE method="post">
                        <input type="hidden" name="id" value=id/>
                        <button class="govuk-link app-link-button" type="submit">
                            "Remove"
                            <span class="govuk-visually-hidden">{format!(" {}", passkey.name)}</span>
                        </button>
                    </form>
                };
                vec![
                    Cell::from(passkey.name.clone()),
                    Cell::from(used),
                    Cell::new(remove),
                ]
            })
            .collect::<Vec<_>>();
        let head = vec!["Name".into(), "Last used".into(), "Action".into()];
        parts.push(view! { <Table rows head first_cell_is_header=true reflows=true/> }.into_any());
    }
    parts.push(paragraph_of(vec![outside_link(
        ACCOUNT_PASSKEYS,
        "Add a passkey",
    )]));
    parts
}

fn sessions(sessions: Vec<SessionRow>) -> Vec<AnyView> {
    let others = sessions.len() > 1;
    let rows = sessions
        .into_iter()
        .map(|session| {
            let what = if session.is_this {
                text("This browser")
            } else {
                let about = format!(" in {}", session.browser);
                view! {
                    <form action=ACCOUNT_SESSIONS method="post">
                        <input type="hidden" name="id" value=session.id/>
                        <button class="govuk-link app-link-button" type="submit">
                            "Sign out"
                            <span class="govuk-visually-hidden">{about}</span>
                        </button>
                    </form>
                }
                .into_any()
            };
            vec![
                Cell::from(session.browser),
                Cell::from(session.source.unwrap_or_else(|| "Unknown".to_owned())),
                Cell::from(session.used),
                Cell::new(what),
            ]
        })
        .collect::<Vec<_>>();
    let head = vec![
        "Browser".into(),
        "IP address".into(),
        "Last used".into(),
        "Action".into(),
    ];
    let mut parts = vec![
        subheading("Where you are signed in"),
        view! { <Table rows head first_cell_is_header=true reflows=true/> }.into_any(),
    ];
    if others {
        parts.push(
            view! {
                <form action=ACCOUNT_SESSIONS method="post" novalidate>
                    <input type="hidden" name="others" value="yes"/>
                    <Button kind=ButtonKind::Secondary>{text("Sign out everywhere else")}</Button>
                </form>
            }
            .into_any(),
        );
    }
    parts
}

/// Renders the page that changes the password.
pub fn change_password_page(email: &str, problems: Vec<Problem>) -> DeskPage {
    const TITLE: &str = "Change your password";
    let form = FormState::new(problems, Vec::new());
    let code = view! {
        <TextInput
            name="code"
            label="Code"
            hint="6 digits from your authenticator app, or a recovery code"
            width=InputWidth::Twenty
            problem=form.problem("code")
            autocomplete="one-time-code"
            spellcheck=false
        />
    };
    let parts = vec![
        heading(TITLE),
        paragraph("You will be signed out of every other browser."),
        view! {
            <form action=ACCOUNT_PASSWORD method="post" novalidate>
                {user_name(email)}
                {current_password(form, "old_password")}
                {code}
                {new_password(form)}
                <Button prevent_double_click=true>{text("Change password")}</Button>
            </form>
        }
        .into_any(),
    ];
    DeskPage::new(TITLE, MenuEntry::Account, parts)
        .back(ACCOUNT)
        .form(form)
}

/// Renders the page that sets up another authenticator app.
pub fn change_app_page(
    confirmation: &Confirmation,
    secret: AppSecret,
    problems: Vec<Problem>,
) -> DeskPage {
    const TITLE: &str = "Set up an authenticator app";
    let form = FormState::new(problems, Vec::new());
    let mut parts = vec![heading(TITLE)];
    parts.extend(app_steps(secret));
    parts.push(
        view! {
            <form action=ACCOUNT_APP method="post" novalidate>
                {app_code(form)}
                {confirmation.fields(form, "current_code")}
                <Button prevent_double_click=true>{text("Set up this app")}</Button>
            </form>
        }
        .into_any(),
    );
    parts.extend(confirmation.passkey_form());
    DeskPage::new(TITLE, MenuEntry::Account, parts)
        .back(ACCOUNT)
        .form(form)
}

/// Renders the page that adds a passkey.
pub fn add_passkey_page(
    confirmation: &Confirmation,
    passkeys: &PasskeyAddress,
    typed_name: &str,
    problems: Vec<Problem>,
) -> DeskPage {
    const TITLE: &str = "Add a passkey";
    if let Some(reason) = passkeys.reason() {
        let back = paragraph_of(vec![outside_link(ACCOUNT, "Go to your account")]);
        return DeskPage::new(
            TITLE,
            MenuEntry::Account,
            vec![heading(TITLE), reason, back],
        )
        .back(ACCOUNT);
    }
    let form = FormState::new(problems, Vec::new());
    let name = view! {
        <TextInput
            name="name"
            label="Name of the passkey"
            hint="For example, “blue key” or “work laptop”"
            width=InputWidth::Twenty
            value=typed_name.to_owned()
            problem=form.problem("name")
        />
    };
    let mut parts = vec![
        heading(TITLE),
        paragraph(
            "Your device or security key stores the passkey. You unlock it with your fingerprint, face or PIN, and sign in without a password.",
        ),
        view! {
            <noscript>
                <p class="govuk-body">
                    "You cannot add a passkey because JavaScript is turned off in your browser. Use an authenticator app instead."
                </p>
            </noscript>
            <form
                action=ACCOUNT_PASSKEYS
                method="post"
                novalidate
                data-passkey="make"
                data-begin="/desk/account/passkeys/begin"
                hidden
            >
                {name}
                {confirmation.fields(form, "code")}
                <p class="govuk-error-message" role="alert" data-passkey-problem></p>
                <Button prevent_double_click=true>{text("Add passkey")}</Button>
            </form>
        }
        .into_any(),
    ];
    parts.extend(confirmation.passkey_form());
    parts.push(paragraph_of(vec![outside_link(
        ACCOUNT,
        "Go to your account",
    )]));
    DeskPage::new(TITLE, MenuEntry::Account, parts)
        .back(ACCOUNT)
        .form(form)
}

/// Renders the page that asks officers to confirm their identity before new recovery codes are
/// made.
pub fn ask_recovery_codes_page(confirmation: &Confirmation, problems: Vec<Problem>) -> DeskPage {
    const TITLE: &str = "Make new recovery codes";
    let form = FormState::new(problems, Vec::new());
    let mut parts = vec![
        heading(TITLE),
        paragraph("Your current codes will stop working."),
        view! {
            <form action=ACCOUNT_CODES method="post" novalidate>
                {confirmation.fields(form, "code")}
                <Button prevent_double_click=true>{text("Make new codes")}</Button>
            </form>
        }
        .into_any(),
    ];
    parts.extend(confirmation.passkey_form());
    DeskPage::new(TITLE, MenuEntry::Account, parts)
        .back(ACCOUNT)
        .form(form)
}

/// Renders the page that shows new recovery codes. The codes are shown only once.
pub fn new_recovery_codes_page(codes: Vec<String>) -> DeskPage {
    const TITLE: &str = "Your new recovery codes";
    let mut parts = vec![heading(TITLE)];
    parts.extend(recovery_codes(codes));
    parts.push(paragraph_of(vec![outside_link(
        ACCOUNT,
        "Go to your account",
    )]));
    DeskPage::new(TITLE, MenuEntry::Account, parts)
}

fn current_password(form: FormState, name: &'static str) -> AnyView {
    view! {
        <TextInput
            name=name
            label="Current password"
            input_type="password"
            problem=form.problem(name)
            autocomplete="current-password"
            spellcheck=false
        />
    }
    .into_any()
}
