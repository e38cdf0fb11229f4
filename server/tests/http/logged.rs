//! A copy of the log of a test, to search. It has the lines of the test's own thread.

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

/// What is logged while this exists.
pub struct Log {
    copy: Copy,
    _logging: DefaultGuard,
}

impl Log {
    /// Logs in this format what a filter such as `debug` lets through.
    pub fn begin(format: LogFormat, asked: &str) -> Self {
        let copy = Copy::default();
        let writer = copy.clone();
        let logging = set_default(to_writer(format, asked, move || writer.clone()));
        Self {
            copy,
            _logging: logging,
        }
    }

    /// Everything that was logged.
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
