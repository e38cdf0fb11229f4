//! The kinds of security events, and which of them are refusals. `security_event.rs` records them.

use registration::keyed;

keyed! {
    /// A kind of security event.
    #[derive(Hash)]
    pub enum SecurityEvent {
        /// The person may not make this request: the officer's role does not have the permission,
        /// or the draft or registration belongs to somebody else.
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
