//! The log: its formats and its filter. At every log level, security events are logged, and the
//! addresses of requests are not, because an address may contain the secret of a link.

use std::fmt::{self, Debug, Write};
use std::io::IsTerminal;

use tracing::Subscriber;
use tracing::field::Field;
use tracing_subscriber::field::MakeExt;
use tracing_subscriber::fmt::format::{Writer, debug_fn};
use tracing_subscriber::fmt::{MakeWriter, layer};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, registry};

use crate::security_event;
use crate::settings::LogFormat;
use crate::span_export::{SpanExport, SpanExportError};

/// The default filter.
const DEFAULT_FILTER: &str = "info,sqlx=warn";
/// Directives that override the configured filter. The trace lines of the CSRF layer contain the
/// address of each request, and the debug lines of the HTTP client contain its requests.
const ALWAYS: [&str; 3] = ["tower_http::csrf=debug", "ureq=info", "ureq_proto=info"];

/// The layer that writes log lines. It must be the first layer of the subscriber.
type Lines = Box<dyn Layer<Registry> + Send + Sync>;

/// Starts logging to the standard error stream, with the filter of `REGISTRATION_LOG_LEVEL`. Also
/// starts to export spans, and returns the export, if a collector is given.
///
/// # Errors
/// When the address of the collector cannot be used.
pub fn begin(
    format: LogFormat,
    collector: Option<&str>,
) -> Result<Option<SpanExport>, SpanExportError> {
    let asked = std::env::var("REGISTRATION_LOG_LEVEL").ok();
    let filter = filter(asked.as_deref());
    let has_colours = std::io::stderr().is_terminal();
    let lines = lines(format, has_colours, std::io::stderr);
    let export = collector.map(SpanExport::begin).transpose()?;
    match &export {
        // The export has a filter of its own, so that a strict filter of the log does not remove
        // spans from the traces.
        Some(export) => registry()
            .with(lines.with_filter(filter))
            .with(export.layer())
            .init(),
        None => registry().with(lines).with(filter).init(),
    }
    Ok(export)
}

/// Creates a log for a test, with this format and the filter `asked`.
pub fn to_writer<W>(format: LogFormat, asked: &str, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    registry()
        .with(lines(format, false, writer))
        .with(filter(Some(asked)))
}

fn lines<W>(format: LogFormat, has_colours: bool, writer: W) -> Lines
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let lines = layer()
        .with_ansi(has_colours)
        .with_writer(writer)
        // Do not report a line that cannot be written, for example because the disk is full. The
        // report would go to the standard error stream, and panic if that stream fails too.
        .log_internal_errors(false);
    match format {
        LogFormat::Text => lines
            .fmt_fields(debug_fn(write_field).delimited(" "))
            .boxed(),
        LogFormat::Json => lines.json().boxed(),
    }
}

/// Creates the log filter. `asked` has the syntax of `RUST_LOG`, such as `debug` or
/// `info,sqlx=trace`. If `asked` is missing or cannot be parsed, the default filter applies.
#[must_use]
pub fn filter(asked: Option<&str>) -> EnvFilter {
    let filter = asked
        .and_then(|asked| EnvFilter::try_new(asked).ok())
        .unwrap_or_else(|| EnvFilter::new(DEFAULT_FILTER));
    let security = format!("{}=info", security_event::TARGET);
    ALWAYS
        .into_iter()
        .chain([security.as_str()])
        .filter_map(|directive| directive.parse().ok())
        .fold(filter, EnvFilter::add_directive)
}

/// Writes a field as text. Line breaks in the value are escaped, so that a value cannot forge a log
/// line.
fn write_field(writer: &mut Writer<'_>, field: &Field, value: &dyn Debug) -> fmt::Result {
    match field.name() {
        "message" => write!(OneLine(writer), "{value:?}"),
        // Skip the fields that the bridge from the crate `log` adds, because they repeat the rest
        // of the line.
        name if name.starts_with("log.") => Ok(()),
        name => write!(OneLine(writer), "{name}={value:?}"),
    }
}

/// A writer that escapes control characters.
struct OneLine<'w, 'l>(&'w mut Writer<'l>);

impl Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for part in text.split_inclusive(char::is_control) {
            let plain = part.trim_end_matches(char::is_control);
            self.0.write_str(plain)?;
            for control in part[plain.len()..].chars() {
                write!(self.0, "{}", control.escape_default())?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// Returns the log lines of `doing`, in this format and at this level.
    fn logged(format: LogFormat, asked: &str, doing: impl FnOnce()) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        let log = to_writer(format, asked, move || writer.clone());
        tracing::subscriber::with_default(log, doing);
        String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn a_value_cannot_begin_a_line_of_its_own_or_colour_a_terminal() {
        let forged = "gone\n2026-09-03T09:00:00Z  INFO security: \x1b[31mforged\u{9b}1m\r";
        for format in [LogFormat::Text, LogFormat::Json] {
            let text = logged(format, "info", || {
                let span = tracing::info_span!("request", named = %forged, quoted = forged);
                span.in_scope(|| tracing::error!(error = %forged, words = forged, "{forged}"));
            });
            assert_eq!(text.lines().count(), 1, "{text}");
            // JSON does not escape control characters beyond ASCII.
            let is_odd = |letter: char| match format {
                LogFormat::Text => letter.is_control(),
                LogFormat::Json => letter.is_ascii_control(),
            };
            assert!(!text.trim_end().contains(is_odd), "{text:?}");
        }
    }

    #[test]
    fn security_events_are_logged_whatever_level_is_asked_for() {
        for asked in ["off", "error", "security=off", "warn,security=error"] {
            let text = logged(LogFormat::Json, asked, || {
                tracing::info!(target: security_event::TARGET, "seen");
                tracing::info!("not seen");
            });
            assert_eq!(text.matches("seen").count(), 1, "{asked}: {text}");
        }
    }
}
