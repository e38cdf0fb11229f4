//! What happens to any typed text before a rule looks at it.
//!
//! People paste from e-mails, letters and spreadsheets: invisible characters come along, spaces double
//! up. Tidying is the same for every identifier and never changes what a person can see.
