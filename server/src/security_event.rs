//! Security events: a log line for each refusal, each sign-in attempt and each change of rights,
//! with the person, the source and the route. The log filter never drops these lines.
//!
//! A line contains identifiers and the client's address, but no input of users.

use registration::keyed;

use crate::current_request;

/// The tracing target of security events, which the log filter never drops.
pub const TARGET: &str = "security";

keyed! {
    /// A kind of security event.
    #[derive(Hash)]
    pub enum SecurityEvent {
        /// The officer's role does not have the permission for the request.
        Forbidden = "forbidden",
        /// The request needs a session, but has no session or an expired session.
        NotSignedIn = "not-signed-in",
        /// Another site sent the form.
        ForgedOrigin = "forged-origin",
        /// There were too many requests, or the request is too large.
        LimitReached = "limit-reached",
        /// The link is not valid or has expired.
        LinkRefused = "link-refused",
        /// The browser does not accept the cookie.
        NoCookie = "no-cookie",
        /// A password, a code, a passkey or a token of single sign-on was wrong.
        SignInFailed = "sign-in-failed",
        /// An officer signed in.
        SignedIn = "signed-in",
        /// An officer's account, role, sessions or credentials were changed.
        AccountChanged = "account-changed",
        /// A setting of the desk was changed.
        SettingsChanged = "settings-changed",
    }
}

impl SecurityEvent {
    /// Returns whether the event is a refusal. Refusals are logged as warnings.
    #[must_use]
    pub const fn is_refusal(self) -> bool {
        !matches!(
            self,
            Self::SignedIn | Self::AccountChanged | Self::SettingsChanged
        )
    }
}

/// Records an event of the current request. `what` is a fixed text with details.
pub fn record(event: SecurityEvent, what: &str) {
    log(event, what, current_request::who().as_deref(), None);
}

/// Records an event of the current request, unless an event was already recorded for it.
pub(crate) fn record_if_none(event: SecurityEvent, what: &str) {
    if !current_request::has_security_event() {
        record(event, what);
    }
}

/// Records an event with the actor and the subject of its audit row, such as `officer/12`.
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
