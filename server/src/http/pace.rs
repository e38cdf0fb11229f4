//! The pace at which the body of a request must arrive, so that a stalled client cannot occupy a
//! connection.

use std::time::Duration;

/// The pace at which a body must arrive.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The time that every body may take, whatever its length.
    pub grace: Duration,
    /// The number of bytes that extend the time limit of a body by one second.
    pub bytes_a_second: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            grace: Duration::from_secs(20),
            // A slow mobile connection (EDGE) sends about twice as many bytes a second.
            bytes_a_second: 8 * 1024,
        }
    }
}
