//! Somebody's own account: password, second factors, recovery codes, and the browsers in which they are signed in.

use leptos::prelude::*;
use registration::desk::ACCOUNT;
use registration::problem::Problem;

use super::frame::{DeskPage, Place};
use super::join::{AppSecret, app_code, app_steps, new_password, recovery_codes, user_name};
use crate::components::{
    Button, ButtonKind, Cell, InputWidth, NotificationBanner, SummaryList, SummaryRow, Table,
    TextInput, text,
};
use crate::form::FormState;
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};

/// Where the password is changed.
pub const ACCOUNT_PASSWORD: &str = "/desk/account/password";
/// Where the authenticator app is changed.
pub const ACCOUNT_APP: &str = "/desk/account/authenticator";
/// Where a passkey is added.
pub const ACCOUNT_PASSKEYS: &str = "/desk/account/passkeys";
/// Where new recovery codes are made.
pub const ACCOUNT_CODES: &str = "/desk/account/recovery-codes";
/// Where sessions are ended.
pub const ACCOUNT_SESSIONS: &str = "/desk/account/sessions";

/// Something that was done, which the page says once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountNews {
    /// The password.
    PasswordChanged,
    /// The authenticator app.
    AuthenticatorChanged,
    /// A passkey.
    PasskeyAdded,
    /// A passkey.
    PasskeyRemoved,
    /// A passkey that is the only second factor.
    PasskeyKept,
    /// One or more sessions.
    SignedOut,
}

impl AccountNews {
    const ALL: [Self; 6] = [
        Self::PasswordChanged,
        Self::AuthenticatorChanged,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::PasskeyKept,
        Self::SignedOut,
    ];

    /// The word in the address of the page.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::PasswordChanged => "password",
            Self::AuthenticatorChanged => "authenticator",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::PasskeyKept => "passkey-kept",
            Self::SignedOut => "signed-out",
        }
    }

    /// What a word in the address means.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|news| news.key() == key)
    }

    const fn words(self) -> &'static str {
        match self {
            Self::PasswordChanged => {
                "Your password is changed. You are signed out in every other browser."
            }
            Self::AuthenticatorChanged => {
                "Your authenticator app is set up. The one before does not work any more."
            }
            Self::PasskeyAdded => "The passkey is added.",
            Self::PasskeyRemoved => "The passkey is removed.",
            Self::PasskeyKept => "The passkey was not removed: it is your only second step.",
            Self::SignedOut => "You are signed out there.",
        }
    }
}

/// A browser in which somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownSession {
    /// By this it is ended.
    pub id: String,
    /// What the browser is, in words.
    pub browser: String,
    /// From where, if that is known.
    pub source: Option<String>,
    /// When it was used last, in words.
    pub used: String,
    /// Whether the page is seen in it.
    pub is_this: bool,
}

/// A passkey of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPasskey {
    /// What the authenticator calls it.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was used last, in words, if it was.
    pub used: Option<String>,
}

/// What the page of an account shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownAccount {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role, in words.
    pub role: &'static str,
    /// Whether they have a password: not who only comes by the department's sign-in.
    pub has_password: bool,
    /// Whether they have an authenticator app.
    pub has_authenticator: bool,
    /// Their passkeys.
    pub passkeys: Vec<ShownPasskey>,
    /// How many recovery codes are left.
    pub recovery_codes: i64,
    /// Where they are signed in.
    pub sessions: Vec<ShownSession>,
    /// What was just done.
    pub news: Option<AccountNews>,
}

/// The page of an account.
pub fn account_page(shown: ShownAccount) -> DeskPage {
    const TITLE: &str = "Your account";
    let mut parts = Vec::new();
    parts.extend(shown.news.map(|news| {
        let success = news != AccountNews::PasskeyKept;
        view! { <NotificationBanner success heading=news.words()/> }.into_any()
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
    parts.push(view! { <SummaryList rows/> }.into_any());
    if shown.has_password {
        parts.extend(passkeys(shown.passkeys));
    } else {
        parts.push(paragraph("You sign in with your department’s sign-in."));
    }
    parts.extend(sessions(shown.sessions));
    DeskPage::new(TITLE, Place::Account, parts)
}

fn passkeys(passkeys: Vec<ShownPasskey>) -> Vec<AnyView> {
    let mut parts = vec![subheading("Passkeys")];
    if passkeys.is_empty() {
        parts.push(paragraph("You have none."));
    } else {
        let rows = passkeys
            .into_iter()
            .map(|passkey| {
                let used = passkey.used.unwrap_or_else(|| "Not yet".to_owned());
                let id = passkey.id;
                let remove = view! {
                    <form action="/desk/account/passkeys/remove" method="post">
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

fn sessions(sessions: Vec<ShownSession>) -> Vec<AnyView> {
    let others = sessions.len() > 1;
    let rows = sessions
        .into_iter()
        .map(|session| {
            let what = if session.is_this {
                text("This one")
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
                Cell::from(session.source.unwrap_or_else(|| "Not known".to_owned())),
                Cell::from(session.used),
                Cell::new(what),
            ]
        })
        .collect::<Vec<_>>();
    let head = vec![
        "Browser".into(),
        "From".into(),
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

/// The page on which a password is changed.
pub fn change_password_page(email: &str, problems: Vec<Problem>) -> DeskPage {
    const TITLE: &str = "Change your password";
    let form = FormState::new(problems, Vec::new());
    let code = view! {
        <TextInput
            name="code"
            label="Code"
            hint="6 numbers from your authenticator app, or one of your recovery codes"
            width=InputWidth::Twenty
            problem=form.problem("code")
            autocomplete="one-time-code"
            spellcheck=false
        />
    };
    let parts = vec![
        heading(TITLE),
        paragraph("You will be signed out in every other browser."),
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
    DeskPage::new(TITLE, Place::Account, parts)
        .back(ACCOUNT)
        .form(form)
}

/// The page on which another authenticator app is set up.
pub fn change_app_page(email: &str, secret: AppSecret, problem: Option<Problem>) -> DeskPage {
    const TITLE: &str = "Set up an authenticator app";
    let form = FormState::new(problem.into_iter().collect(), Vec::new());
    let mut parts = vec![heading(TITLE)];
    parts.extend(app_steps(secret));
    parts.push(
        view! {
            <form action=ACCOUNT_APP method="post" novalidate>
                {app_code(form)}
                {user_name(email)}
                {current_password(form, "old_password")}
                <Button prevent_double_click=true>{text("Set up this app")}</Button>
            </form>
        }
        .into_any(),
    );
    DeskPage::new(TITLE, Place::Account, parts)
        .back(ACCOUNT)
        .form(form)
}

/// The page on which a passkey is added.
pub fn add_passkey_page(email: &str, typed_name: &str, problem: Option<Problem>) -> DeskPage {
    const TITLE: &str = "Add a passkey";
    let form = FormState::new(problem.into_iter().collect(), Vec::new());
    let name = view! {
        <TextInput
            name="name"
            label="What do you call it?"
            hint="For you alone, such as “blue key” or “work laptop”"
            width=InputWidth::Twenty
            value=typed_name.to_owned()
            problem=form.problem("name")
        />
    };
    let parts = vec![
        heading(TITLE),
        paragraph(
            "A passkey is kept by your device or a security key. You unlock it with your fingerprint, your face or a PIN. With it you can sign in without your password.",
        ),
        view! {
            <noscript>
                <p class="govuk-body">
                    "Your browser cannot add a passkey here, because scripts are turned off. An authenticator app needs none."
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
                {user_name(email)}
                {current_password(form, "old_password")}
                <p class="govuk-error-message" role="alert" data-passkey-problem></p>
                <Button prevent_double_click=true>{text("Add passkey")}</Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(ACCOUNT, "Go to your account")]),
    ];
    DeskPage::new(TITLE, Place::Account, parts)
        .back(ACCOUNT)
        .form(form)
}

/// The page on which new recovery codes are asked for.
pub fn ask_recovery_codes_page(email: &str, problem: Option<Problem>) -> DeskPage {
    const TITLE: &str = "Make new recovery codes";
    let form = FormState::new(problem.into_iter().collect(), Vec::new());
    let parts = vec![
        heading(TITLE),
        paragraph("The codes that you have now will not work any more."),
        view! {
            <form action=ACCOUNT_CODES method="post" novalidate>
                {user_name(email)}
                {current_password(form, "old_password")}
                <Button prevent_double_click=true>{text("Make new codes")}</Button>
            </form>
        }
        .into_any(),
    ];
    DeskPage::new(TITLE, Place::Account, parts)
        .back(ACCOUNT)
        .form(form)
}

/// The page that shows new recovery codes, once.
pub fn new_recovery_codes_page(codes: Vec<String>) -> DeskPage {
    const TITLE: &str = "Your new recovery codes";
    let mut parts = vec![heading(TITLE)];
    parts.extend(recovery_codes(codes));
    parts.push(paragraph_of(vec![outside_link(
        ACCOUNT,
        "Go to your account",
    )]));
    DeskPage::new(TITLE, Place::Account, parts)
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
