//! The history of one registration, for whoever must show it elsewhere: every change and every look, as csv or JSON.

use std::collections::HashMap;

use registration::desk::audit::action_words;
use registration::identifiers::Reference;
use serde_json::{Value, json};

use crate::clock::Moment;
use crate::csv::Csv;
use crate::store::{FoundRow, Store, StoreError};

/// How a history is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum HistoryFormat {
    /// For programs of the office.
    Csv,
    /// For machines, with the hashes by which the chain can be verified again.
    Json,
}

impl HistoryFormat {
    /// The end of the file's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// What a browser is told that it is.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }

    /// The format of a file's name.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        [Self::Csv, Self::Json]
            .into_iter()
            .find(|format| format.extension() == extension)
    }
}

/// The chains of a registration: what was changed, and who looked at it.
#[must_use]
pub fn subjects_of(reference: &Reference) -> [String; 2] {
    [
        format!("registration/{reference}"),
        format!("seen/registration/{reference}"),
    ]
}

/// What people call those whom the audit names.
#[derive(Debug, Clone, Default)]
pub struct Names(HashMap<String, String>);

impl Names {
    /// The names of everybody who works or has worked at the desk.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        let officers = store.officers().await?;
        let names = officers
            .into_iter()
            .map(|officer| (officer.actor(), officer.name));
        Ok(Self(names.collect()))
    }

    /// Who is meant: the name of an officer, or the words of the audit where it knows none.
    #[must_use]
    pub fn of(&self, actor: &str) -> String {
        match (self.0.get(actor), actor) {
            (Some(name), _) => name.clone(),
            (None, "applicant") => "The applicant".to_owned(),
            (None, actor) => actor.strip_prefix("officer/").unwrap_or(actor).to_owned(),
        }
    }

    /// Everybody as the audit and as people call them, by name.
    #[must_use]
    pub fn listed(&self) -> Vec<(String, String)> {
        let mut listed: Vec<(String, String)> = self.0.clone().into_iter().collect();
        listed.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
        listed
    }
}

/// The history of a registration and of the draft that the desk made it of, the oldest first; nothing where the audit knows nothing of it.
///
/// # Errors
/// When the store fails.
pub async fn history(
    store: &Store,
    reference: &Reference,
    format: HistoryFormat,
) -> Result<Option<Vec<u8>>, StoreError> {
    let mut subjects = subjects_of(reference).to_vec();
    if let Some(standing) = store.standing(reference).await? {
        let draft = standing.draft;
        subjects.extend([format!("draft/{draft}"), format!("seen/draft/{draft}")]);
    }
    let mut rows = Vec::new();
    for subject in subjects {
        let chain = store.audit_of(&subject).await?;
        rows.extend(chain.into_iter().map(|row| FoundRow {
            subject: subject.clone(),
            row,
        }));
    }
    if rows.is_empty() {
        return Ok(None);
    }
    rows.sort_by_key(FoundRow::sort_key);
    let names = Names::read(store).await?;
    Ok(Some(match format {
        HistoryFormat::Csv => as_csv(&rows, &names),
        HistoryFormat::Json => as_json(&rows, &names),
    }))
}

fn as_csv(rows: &[FoundRow], names: &Names) -> Vec<u8> {
    let mut table = Csv::new(&[
        "When (UTC)",
        "Who",
        "What",
        "From where",
        "Details",
        "Chain",
        "Row",
        "Hash",
    ]);
    for FoundRow { subject, row } in rows {
        table.row(&[
            row.happened_at().map_or_else(unreadable, Moment::rfc3339),
            names.of(&row.actor),
            action_words(&row.action).into_owned(),
            row.source.clone().unwrap_or_default(),
            row.cannot_be_read().unwrap_or_else(|| row.details.clone()),
            subject.clone(),
            row.sequence.to_string(),
            row.hash.clone(),
        ]);
    }
    table.into_bytes()
}

fn as_json(rows: &[FoundRow], names: &Names) -> Vec<u8> {
    let rows: Vec<Value> = rows
        .iter()
        .map(|FoundRow { subject, row }| {
            let details = serde_json::from_str(&row.details);
            json!({
                "subject": subject,
                "sequence": row.sequence,
                "at": row.happened_at().map(Moment::rfc3339),
                "at_milliseconds": row.at,
                "actor": row.actor,
                "name": names.of(&row.actor),
                "action": row.action,
                "source": row.source,
                "details": details.unwrap_or(Value::Null),
                "details_as_kept": row.details,
                "previous_hash": row.previous_hash,
                "hash": row.hash,
                "unreadable": row.unreadable,
            })
        })
        .collect();
    format!("{:#}\n", Value::Array(rows)).into_bytes()
}

/// What stands for a moment that cannot be read.
fn unreadable() -> String {
    "unreadable".to_owned()
}

impl FoundRow {
    fn sort_key(&self) -> (i64, String, i64) {
        let at = self.row.happened_at().map(Moment::millis);
        (
            at.unwrap_or_default(),
            self.subject.clone(),
            self.row.sequence,
        )
    }
}
