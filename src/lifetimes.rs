//! How long drafts, sessions, links and codes last. Each fact stands here once: the code that ends
//! something uses it, and so does the sentence that tells people when.

/// Longest life of a draft that is not submitted, in days from its first answer or from the
/// confirmation of an email address.
pub const DRAFT_DAYS: i64 = 28;
/// A reminder is sent this many days before a saved draft is deleted.
pub const REMINDER_DAYS: i64 = 3;
/// Lifetime of an applicant's session after its last use, in hours. With less than 20 hours the law
/// would require a warning from which it can be extended (WCAG 2.2.1).
pub const APPLICANT_SESSION_HOURS: i64 = 20;
/// After how many hours an applicant's session ends, even if it is in use.
pub const APPLICANT_SESSION_LAST_HOURS: i64 = 24;
/// Lifetime of the link and the code that open a saved draft, in minutes from the moment that they
/// were sent. OWASP ASVS 5.0 (6.5.5) allows no more.
pub const ACCESS_CODE_MINUTES: u16 = 10;
/// Lifetime of the link in a message about a registration, in days.
pub const STATUS_LINK_DAYS: i64 = 28;
/// Lifetime of the link with which an accountable person signs a form that an officer keyed in, in days.
pub const SIGNING_LINK_DAYS: i64 = 28;
/// How many years the answers of a registration can be opened after its state last changed.
pub const ANSWERS_YEARS: i64 = 2;
/// The same in days.
pub const ANSWERS_DAYS: i64 = ANSWERS_YEARS * 365;
/// Lifetime of the link in Common Platform's activation email, in days from the moment it was sent.
pub const ACTIVATION_LINK_DAYS: i64 = 28;

/// Lifetime of the link with which somebody sets up their account at the desk, in hours.
pub const ENROLMENT_LINK_HOURS: i64 = 24;
/// For how many minutes an officer who has confirmed who they are may change how they sign in.
pub const CONFIRMATION_MINUTES: i64 = 10;
/// For how many days after an officer last signed in in a browser it counts as known to the throttle.
pub const KNOWN_BROWSER_DAYS: i64 = 90;
/// After how many hours an officer must sign in again, even if the session is in use.
pub const DESK_SESSION_HOURS: i64 = 12;
/// After how many minutes without a request an officer is signed out.
pub const DESK_IDLE_MINUTES: u64 = 60;
/// Lifetime of a sign-in, an enrolment or a change of credentials that somebody has begun at the desk and not finished,
/// in minutes.
pub const PENDING_SIGN_IN_MINUTES: u64 = 60;
