//! The stores, one type for each part of the database.
//!
//! A function takes only the stores that it needs, so its signature shows which parts of the
//! database it uses.

use std::path::PathBuf;
use std::sync::Arc;

use super::database::Database;
use super::error::StoreError;
use crate::clock::{Clock, SystemClock};

/// The database, with a store for each of its parts; clones share the same connections.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) database: Database,
    stores: Arc<Stores>,
}

/// The store of each part of the database.
#[derive(Debug)]
struct Stores {
    drafts: Drafts,
    draft_users: DraftUsers,
    spreadsheets: Spreadsheets,
    access_links: AccessLinks,
    assisted: Assisted,
    registrations: Registrations,
    casework: Casework,
    provisioning: Provisioning,
    organisations: Organisations,
    officers: Officers,
    outbox: Outbox,
    audit: Audit,
    feedback: Feedback,
    format_requests: FormatRequests,
    figures: Figures,
    demo: Demo,
    operation_limits: OperationLimits,
    retention: Retention,
}

impl Store {
    /// Opens the database at a URL (`postgres://…`, `sqlite:…`) or a file path, and migrates it.
    ///
    /// An audit of the first generation is carried over, and organisations that an earlier version
    /// approved get their members.
    ///
    /// # Errors
    /// When the database cannot be reached or migrated, or a newer version of this service has
    /// migrated it.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        Self::of(Database::open(address).await?).await
    }

    /// Opens a database as `open` does, but never creates a file.
    ///
    /// A mistyped path is therefore an error.
    ///
    /// # Errors
    /// When the file does not exist, the database cannot be reached or migrated, or a newer version
    /// of this service has migrated it.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn open_existing(address: &str) -> Result<Self, StoreError> {
        Self::of(Database::open_existing(address).await?).await
    }

    /// Returns the path of a SQLite database; `None` for PostgreSQL.
    ///
    /// # Errors
    /// When the address is a malformed URL.
    pub fn file(address: &str) -> Result<Option<PathBuf>, StoreError> {
        Database::file(address)
    }

    async fn of(database: Database) -> Result<Self, StoreError> {
        let stores = Stores {
            drafts: Drafts {
                database: database.clone(),
            },
            draft_users: DraftUsers {
                database: database.clone(),
            },
            spreadsheets: Spreadsheets {
                database: database.clone(),
            },
            access_links: AccessLinks {
                database: database.clone(),
            },
            assisted: Assisted {
                database: database.clone(),
            },
            registrations: Registrations {
                database: database.clone(),
            },
            casework: Casework {
                database: database.clone(),
            },
            provisioning: Provisioning {
                database: database.clone(),
            },
            organisations: Organisations {
                database: database.clone(),
            },
            officers: Officers {
                database: database.clone(),
            },
            outbox: Outbox {
                database: database.clone(),
            },
            audit: Audit {
                database: database.clone(),
            },
            feedback: Feedback {
                database: database.clone(),
            },
            format_requests: FormatRequests {
                database: database.clone(),
            },
            figures: Figures {
                database: database.clone(),
            },
            demo: Demo {
                database: database.clone(),
            },
            operation_limits: OperationLimits {
                database: database.clone(),
            },
            retention: Retention {
                database: database.clone(),
            },
        };
        stores.audit.carry_over(SystemClock.now()).await?;
        stores.organisations.open_waiting(SystemClock.now()).await?;
        Ok(Self {
            database,
            stores: Arc::new(stores),
        })
    }

    /// Waits for running statements, and closes the connections.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn close(&self) {
        self.database.close().await;
    }

    /// Returns the store of drafts and of the sessions that give access to them.
    #[must_use]
    pub fn drafts(&self) -> &Drafts {
        &self.stores.drafts
    }

    /// Returns the store of the users of a draft.
    #[must_use]
    pub fn draft_users(&self) -> &DraftUsers {
        &self.stores.draft_users
    }

    /// Returns the store of the spreadsheets of a draft.
    #[must_use]
    pub fn spreadsheets(&self) -> &Spreadsheets {
        &self.stores.spreadsheets
    }

    /// Returns the store of access links and codes, confirmed addresses, and links to
    /// registrations.
    #[must_use]
    pub fn access_links(&self) -> &AccessLinks {
        &self.stores.access_links
    }

    /// Returns the store of forms that officers fill in on behalf of an organisation.
    #[must_use]
    pub fn assisted(&self) -> &Assisted {
        &self.stores.assisted
    }

    /// Returns the store of submitted registrations.
    #[must_use]
    pub fn registrations(&self) -> &Registrations {
        &self.stores.registrations
    }

    /// Returns the store of the desk’s work on registrations.
    #[must_use]
    pub fn casework(&self) -> &Casework {
        &self.stores.casework
    }

    /// Returns the store of the accounts of approved registrations, with their batches and results.
    #[must_use]
    pub fn provisioning(&self) -> &Provisioning {
        &self.stores.provisioning
    }

    /// Returns the store of organisations after their approval, with their members.
    #[must_use]
    pub fn organisations(&self) -> &Organisations {
        &self.stores.organisations
    }

    /// Returns the store of officers, with their sessions, credentials and enrolment links.
    #[must_use]
    pub fn officers(&self) -> &Officers {
        &self.stores.officers
    }

    /// Returns the store of messages to be sent.
    #[must_use]
    pub fn outbox(&self) -> &Outbox {
        &self.stores.outbox
    }

    /// Returns the store of the audit trail and its seals.
    #[must_use]
    pub fn audit(&self) -> &Audit {
        &self.stores.audit
    }

    /// Returns the store of feedback about the service.
    #[must_use]
    pub fn feedback(&self) -> &Feedback {
        &self.stores.feedback
    }

    /// Returns the store of requests for the form in another format.
    #[must_use]
    pub fn format_requests(&self) -> &FormatRequests {
        &self.stores.format_requests
    }

    /// Returns the store of counts for the figures.
    #[must_use]
    pub fn figures(&self) -> &Figures {
        &self.stores.figures
    }

    /// Returns the store of rate limits for operations that need no sign-in.
    #[must_use]
    pub fn operation_limits(&self) -> &OperationLimits {
        &self.stores.operation_limits
    }

    /// Returns the store that erases personal data.
    #[must_use]
    pub fn retention(&self) -> &Retention {
        &self.stores.retention
    }

    /// Returns the store of invented registrations.
    #[must_use]
    pub fn demo(&self) -> &Demo {
        &self.stores.demo
    }
}

/// The store of drafts and of the sessions that give access to them.
#[derive(Debug, Clone)]
pub struct Drafts {
    pub(super) database: Database,
}

/// The store of the users of a draft.
#[derive(Debug, Clone)]
pub struct DraftUsers {
    pub(super) database: Database,
}

/// The store of the spreadsheets of a draft.
#[derive(Debug, Clone)]
pub struct Spreadsheets {
    pub(super) database: Database,
}

/// The store of access links and codes, confirmed addresses, and links to registrations.
#[derive(Debug, Clone)]
pub struct AccessLinks {
    pub(super) database: Database,
}

/// The store of forms that officers fill in on behalf of an organisation.
#[derive(Debug, Clone)]
pub struct Assisted {
    pub(super) database: Database,
}

/// The store of submitted registrations.
#[derive(Debug, Clone)]
pub struct Registrations {
    pub(super) database: Database,
}

/// The store of the desk’s work on registrations: lifecycle, decisions, checks, notes, queue and
/// search.
#[derive(Debug, Clone)]
pub struct Casework {
    pub(super) database: Database,
}

/// The store of the accounts of approved registrations, with their batches and results.
#[derive(Debug, Clone)]
pub struct Provisioning {
    pub(super) database: Database,
}

/// The store of organisations after their approval: their members, the steps that are taken with
/// them, and what is due on a day.
#[derive(Debug, Clone)]
pub struct Organisations {
    pub(super) database: Database,
}

/// The store of officers, with their sessions, credentials and enrolment links.
#[derive(Debug, Clone)]
pub struct Officers {
    pub(super) database: Database,
}

/// The store of messages to be sent.
#[derive(Debug, Clone)]
pub struct Outbox {
    pub(super) database: Database,
}

/// The store of the audit trail and its seals.
#[derive(Debug, Clone)]
pub struct Audit {
    pub(super) database: Database,
}

/// The store of feedback about the service.
#[derive(Debug, Clone)]
pub struct Feedback {
    pub(super) database: Database,
}

/// The store of requests for the form in another format.
#[derive(Debug, Clone)]
pub struct FormatRequests {
    pub(super) database: Database,
}

/// The store of counts for the figures.
#[derive(Debug, Clone)]
pub struct Figures {
    pub(super) database: Database,
}

/// The store of invented registrations.
#[derive(Debug, Clone)]
pub struct Demo {
    pub(super) database: Database,
}

/// The store of rate limits for operations that need no sign-in.
#[derive(Debug, Clone)]
pub struct OperationLimits {
    pub(super) database: Database,
}

/// The store that erases personal data, either when it is due or by hand.
#[derive(Debug, Clone)]
pub struct Retention {
    pub(super) database: Database,
}
