//! Exports the history of one registration as CSV or JSON: every change and every view that the
//! audit records. The CSV is in words and London time; the JSON has the rows as they are stored.

use std::collections::HashMap;

use registration::desk::audit::{action_words, detail_lines};
use registration::identifiers::Reference;
use serde_json::{Value, json};

use crate::clock::Moment;
use crate::csv::{Csv, CsvFault};
use crate::store::{Actor, AuditRow, FoundRow, OfficerId, Officers, Store, StoreError, Subject};

registration::keyed! {
    /// The file format of a history. Its key is the file extension.
    #[derive(clap::ValueEnum)]
    pub enum HistoryFormat {
        /// CSV, for office programs.
        Csv = "csv",
        /// JSON, with the hashes, so that the chain can be verified again.
        Json = "json",
    }
}

/// The reason why a history could not be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The CSV writer failed.
    #[error(transparent)]
    Csv(#[from] CsvFault),
}

impl HistoryFormat {
    /// Returns the media type, for the `Content-Type` header.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// Returns the subjects of a registration's two audit chains: the chain of its changes and the
/// chain of its views.
#[must_use]
pub fn subjects_of(reference: Reference) -> [Subject; 2] {
    let subject = Subject::Registration(reference);
    [subject.clone(), subject.views()]
}

/// The names of the people of the desk, who appear in the audit as actors.
#[derive(Debug, Clone, Default)]
pub struct Names(HashMap<String, String>);

impl Names {
    /// Reads the names of everybody who works or has worked at the desk.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn read(officers: &Officers) -> Result<Self, StoreError> {
        let officers = officers.list().await?;
        let names = officers
            .into_iter()
            .map(|officer| (officer.actor().to_string(), officer.name));
        Ok(Self(names.collect()))
    }

    /// Returns the words for an actor: the name of a person of the desk, “The applicant”, “A person
    /// of the organisation”, or the identifier of an unknown officer; for any other actor, the text that the audit records.
    #[must_use]
    pub fn of(&self, actor: &str) -> String {
        match (self.0.get(actor), Actor::parse(actor)) {
            (Some(name), _) => name.clone(),
            (None, Ok(Actor::Applicant)) => "The applicant".to_owned(),
            (None, Ok(Actor::Officer(id))) => id.to_string(),
            (None, Ok(Actor::Member(_))) => "A person of the organisation".to_owned(),
            (None, _) => actor.to_owned(),
        }
    }

    /// Returns the name of an officer with this identifier, if there is one.
    #[must_use]
    pub fn of_id(&self, id: &str) -> Option<String> {
        self.0
            .get(&Actor::Officer(OfficerId::named(id)).to_string())
            .cloned()
    }

    /// Returns each person of the desk: the actor as the audit records it, and the name. Sorted by
    /// name.
    #[must_use]
    pub fn listed(&self) -> Vec<(String, String)> {
        let mut listed: Vec<(String, String)> = self.0.clone().into_iter().collect();
        listed.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
        listed
    }
}

/// Exports the audit rows of a registration and of its draft, oldest first. Returns `None` if the
/// audit has no such rows.
///
/// A draft has audit rows only if the desk keyed it in.
///
/// # Errors
/// When the store or the CSV writer fails.
pub async fn history(
    store: &Store,
    reference: &Reference,
    format: HistoryFormat,
) -> Result<Option<Vec<u8>>, ExportFault> {
    let mut subjects = subjects_of(*reference).to_vec();
    if let Some(lifecycle) = store.casework().lifecycle(reference).await? {
        let draft = Subject::Draft(lifecycle.draft);
        subjects.extend([draft.clone(), draft.views()]);
    }
    let mut rows = Vec::new();
    for subject in subjects {
        let chain = store.audit().audit_of(&subject).await?;
        rows.extend(chain.into_iter().map(|row| FoundRow {
            subject: subject.to_string(),
            row,
        }));
    }
    if rows.is_empty() {
        return Ok(None);
    }
    rows.sort_by_key(FoundRow::sort_key);
    let names = Names::read(store.officers()).await?;
    Ok(Some(match format {
        HistoryFormat::Csv => as_csv(&rows, &names)?,
        HistoryFormat::Json => as_json(&rows, &names),
    }))
}

fn as_csv(rows: &[FoundRow], names: &Names) -> Result<Vec<u8>, CsvFault> {
    let mut table = Csv::new(&[
        "When (London time)",
        "Who",
        "What",
        "From where",
        "Details",
        "Chain",
        "Row",
        "Hash",
    ])?;
    for FoundRow { subject, row } in rows {
        table.row(&[
            row.happened_at()
                .map_or_else(unreadable, Moment::london_date_and_time),
            names.of(&row.actor),
            action_words(&row.action).into_owned(),
            source_or_erased(row),
            row.cannot_be_read().unwrap_or_else(|| {
                if row.is_erased() {
                    ERASED.to_owned()
                } else {
                    details_in_words(&row.details, names)
                }
            }),
            subject.clone(),
            row.sequence.to_string(),
            row.hash.clone(),
        ])?;
    }
    table.into_bytes()
}

/// Puts the details of a row into words, one line for each detail. The names of officers replace
/// their identifiers.
fn details_in_words(details: &str, names: &Names) -> String {
    let lines = detail_lines(details).into_iter().map(|line| {
        let name = line.name;
        let is_time = ["At", "Since"].contains(&&*name) || name.ends_with(" since");
        let shown = |value: String| match value.parse() {
            Ok(millis) if is_time => Moment::from_millis(millis).london_date_and_time(),
            _ => names.of_id(&value).unwrap_or(value),
        };
        match (line.before.map(shown), line.after.map(shown)) {
            (Some(before), Some(after)) => format!("{name}: {before} → {after}"),
            (Some(before), None) => format!("{name}: {before} → none"),
            (None, Some(after)) => format!("{name}: {after}"),
            (None, None) => name,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
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
                "details_key": row.details_key,
                "details_digest": row.details_digest,
                "source_key": row.source_key,
                "source_digest": row.source_digest,
                "previous_hash": row.previous_hash,
                "hash": row.hash,
                "unreadable": row.unreadable,
            })
        })
        .collect();
    format!("{:#}\n", Value::Array(rows)).into_bytes()
}

/// The text that replaces erased data.
const ERASED: &str = "erased";

fn source_or_erased(row: &AuditRow) -> String {
    if row.source_is_erased() {
        ERASED.to_owned()
    } else {
        row.source.clone().unwrap_or_default()
    }
}

/// Returns the text to show in place of a time that cannot be read.
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
