//! Security events: a log line for each refusal, each sign-in attempt, and each change of rights or
//! of the desk's settings, with the person, the source and the route. The log filter never drops
//! these lines.
//!
//! A line contains identifiers and the client's address, but no input of users.

use crate::current_request;
pub use crate::security_event_kind::SecurityEvent;

/// The tracing target of security events, which the log filter never drops.
pub const TARGET: &str = "security";

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
