//! Security events: a log line for each refusal, each attempt to sign in and each change of rights,
//! with who, from where and on which route. They are never filtered out of the log.
//!
//! A line holds identifiers and the client's address, and nothing that somebody typed.

use registration::keyed;

use crate::current_request;

/// The target of these log lines, which the log filter always lets through.
pub const TARGET: &str = "security";

keyed! {
    /// A kind of security event.
    #[derive(Hash)]
    pub enum SecurityEvent {
        /// The role of the officer does not permit the request.
        Forbidden = "forbidden",
        /// The request needs a session, and has none or one that has ended.
        NotSignedIn = "not-signed-in",
        /// Another site sent the form.
        ForgedOrigin = "forged-origin",
        /// There were too many requests, or the request is too large.
        LimitReached = "limit-reached",
        /// The link is not valid any more, or never was.
        LinkRefused = "link-refused",
        /// The browser does not keep the cookie.
        NoCookie = "no-cookie",
        /// A password, a code, a passkey or a token of single sign-on was wrong.
        SignInFailed = "sign-in-failed",
        /// An officer signed in.
        SignedIn = "signed-in",
        /// An officer's account, role, session or way of signing in was changed.
        AccountChanged = "account-changed",
        /// A setting of the desk was changed.
        SettingsChanged = "settings-changed",
    }
}

impl SecurityEvent {
    /// Whether something was refused. Operators are told of these as warnings.
    #[must_use]
    pub const fn is_refusal(self) -> bool {
        !matches!(
            self,
            Self::SignedIn | Self::AccountChanged | Self::SettingsChanged
        )
    }
}

/// Records an event of the current request. `what` says more, in words of the program.
pub fn record(event: SecurityEvent, what: &str) {
    log(event, what, current_request::who().as_deref(), None);
}

/// Records an event of the current request, unless one was recorded that says more.
pub(crate) fn record_if_none(event: SecurityEvent, what: &str) {
    if !current_request::has_security_event() {
        record(event, what);
    }
}

/// Records an event of which the audit has the actor and the subject, such as `officer/12`.
pub fn record_audited(event: SecurityEvent, what: &str, (actor, subject): (&str, &str)) {
    log(event, what, Some(actor), Some(subject));
}

fn log(event: SecurityEvent, what: &str, who: Option<&str>, about: Option<&str>) {
    current_request::note_security_event(event);
    let source = current_request::source();
    let route = current_request::route();
    let (method, route) = route.as_ref().map_or((None, None), |(method, route)| {
        (Some(*method), Some(&**route))
    });
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(
                target: TARGET,
                event = event.key(),
                what,
                about,
                who,
                source,
                method,
                route,
                "security event"
            )
        };
    }
    if event.is_refusal() {
        line!(warn);
    } else {
        line!(info);
    }
}
