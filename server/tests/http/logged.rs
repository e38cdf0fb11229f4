//! A copy of a test's log, for the test to search. The copy has only the lines of the test's own
//! thread.

use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use server::log::to_writer;
use server::settings::LogFormat;
use tracing::subscriber::{DefaultGuard, set_default};

#[derive(Clone, Default)]
struct Copy(Arc<Mutex<Vec<u8>>>);

impl Write for Copy {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The log of the test, which is copied until this value is dropped.
pub struct Log {
    copy: Copy,
    _logging: DefaultGuard,
}

impl Log {
    /// Starts to log in this format, with a filter such as `debug`.
    pub fn begin(format: LogFormat, asked: &str) -> Self {
        let copy = Copy::default();
        let writer = copy.clone();
        let logging = set_default(to_writer(format, asked, move || writer.clone()));
        Self {
            copy,
            _logging: logging,
        }
    }

    /// Returns the logged text that `take_lines` has not yet taken.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.copy.0.lock().unwrap()).into_owned()
    }

    /// Takes the lines that were logged since the last call; the format must be JSON.
    pub fn take_lines(&self) -> Vec<Value> {
        let bytes = std::mem::take(&mut *self.copy.0.lock().unwrap());
        let text = String::from_utf8(bytes).unwrap();
        let lines = text.lines().map(serde_json::from_str);
        lines.collect::<Result<_, _>>().unwrap()
    }
}
