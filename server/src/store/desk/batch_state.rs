//! The state of an account batch. It is in a file of its own because the statements of batches, and
//! those that undo changes of accounts, both need it.

registration::keyed! {
    /// The state of a batch.
    #[derive(Hash)]
    pub enum BatchState {
        /// The batch is neither sent nor undone.
        Open = "open",
        /// The batch is done: its accounts were marked as sent.
        Sent = "sent",
        /// The batch was undone, so its accounts can go into another batch.
        Undone = "undone",
    }
}
