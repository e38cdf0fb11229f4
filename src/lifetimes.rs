//! The lifetimes of drafts, sessions, links and codes. Each lifetime is defined only here; the code
//! that enforces a lifetime and the text that mentions it use the same constant. The module
//! `retention` lists how long personal data is kept, with the settings and the reasons.

/// Lifetime of a draft that is not submitted, in days from the first answer or from the latest
/// confirmation of an email address, whichever is later.
pub const DRAFT_DAYS: i64 = 28;
/// The number of days between the reminder about a saved draft and the draft's deletion.
pub const REMINDER_DAYS: i64 = 3;
/// Lifetime of an applicant's session, in hours. Using the session does not extend it. A session of
/// 20 hours or less would need a warning that lets people extend it (WCAG 2.2.1).
pub const APPLICANT_SESSION_HOURS: i64 = 24;
/// Lifetime of the link and the code that open a saved draft, in minutes after sending. OWASP ASVS
/// 5.0 (6.5.5) allows at most 10 minutes.
pub const ACCESS_CODE_MINUTES: u16 = 10;
/// Lifetime of the link in a message about a registration, in days.
pub const STATUS_LINK_DAYS: i64 = 28;
/// Lifetime of the link with which the accountable person signs a form that an officer keyed in, in
/// days.
pub const SIGNING_LINK_DAYS: i64 = 28;
/// The number of years after the last change of state for which a registration's answers can be
/// opened.
pub const ANSWERS_YEARS: i64 = 2;
/// [`ANSWERS_YEARS`] in days.
pub const ANSWERS_DAYS: i64 = ANSWERS_YEARS * 365;
/// The longest time for which attempts are counted, in days. The hashes of network addresses and
/// mailboxes are kept for this time.
pub const LIMITS_DAYS: i64 = 1;
/// Lifetime of an uploaded results file that the officer has not applied, in days.
pub const RESULTS_DAYS: i64 = 7;
/// The time after which the service stops trying to send a message, in days.
pub const MESSAGE_RETRY_DAYS: i64 = 3;
/// Lifetime of the link in Common Platform's activation email, in days after sending.
pub const ACTIVATION_LINK_DAYS: i64 = 28;

/// Lifetime of the link with which an officer sets up their account at the desk, in hours.
pub const ENROLMENT_LINK_HOURS: i64 = 24;
/// The time for which an officer may change their sign-in methods after confirming their identity,
/// in minutes.
pub const CONFIRMATION_MINUTES: i64 = 10;
/// The time for which the throttle treats a browser as known after an officer last signed in with
/// it, in days.
pub const KNOWN_BROWSER_DAYS: i64 = 90;
/// The time after which an officer must sign in again even if the session is in use, in hours.
pub const DESK_SESSION_HOURS: i64 = 12;
/// The time without a request after which an officer is signed out, in minutes.
pub const DESK_IDLE_MINUTES: u64 = 60;
/// Lifetime of an unfinished sign-in, enrolment or change of credentials at the desk, in minutes.
pub const PENDING_SIGN_IN_MINUTES: u64 = 60;

/// The time without a request after which a person who manages an organisation's people is signed
/// out, in minutes.
pub const MEMBER_IDLE_MINUTES: u16 = 30;
/// The time after which a person who manages an organisation's people must sign in again even if
/// the session is in use, in hours.
pub const MEMBER_SESSION_HOURS: i64 = 12;
