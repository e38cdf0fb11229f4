//! From users to files.
