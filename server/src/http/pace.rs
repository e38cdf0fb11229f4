//! The pace at which the body of a request must arrive, so that a stalled client keeps no connection.

use std::time::Duration;

/// The pace at which a body must arrive.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The time that every body may take, whatever its length.
    pub grace: Duration,
    /// The number of bytes that must arrive in each second after `grace`.
    pub bytes_a_second: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            grace: Duration::from_secs(20),
            // A slow mobile connection (EDGE) sends twice as many bytes.
            bytes_a_second: 8 * 1024,
        }
    }
}
