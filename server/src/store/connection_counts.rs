//! The numbers of connections to the database: in use, idle and allowed.

/// The numbers of this process's connections to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionCounts {
    /// The number of connections in use.
    pub in_use: u32,
    /// The number of open connections that are not in use.
    pub idle: u32,
    /// The maximum number of connections.
    pub most: u32,
}
