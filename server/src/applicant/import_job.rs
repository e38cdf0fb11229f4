//! Import jobs. Each job reads a spreadsheet on a separate thread and writes its progress to the
//! store. A job stops if the person cancels it or begins another import.
//!
//! Because the progress is in the store, every server can show the progress of a job and stop the
//! job. A job without recent progress counts as lost: its server may be down.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use registration::desk::results::{MAX_RESULTS, ResultRow};
use registration::spreadsheet::{Intake, Mapping, Refusal};
use registration::users::User;
use spreadsheet::read::{Limits, Progress, ReadError, Reading, Stop, read, results};
use tokio::time::{MissedTickBehavior, interval};

use crate::bytes_in_flight::Share;
use crate::context::AppContext;
use crate::metrics::ImportOutcome;
use crate::reading_queue::TimeLimit;
use crate::store::{ImportChangeOutcome, NewWaiting, SeenWaiting, StoreError};

/// The interval at which a job writes its progress to the store.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(500);
/// The time without progress after which a job counts as lost, in milliseconds.
pub const LOST_AFTER_MS: i64 = 15_000;
/// The maximum number of attempts to store the rows of a job, in case somebody changes the rows
/// under review at the same time.
const MAX_ATTEMPTS: usize = 5;

/// Reads a file of set-up results once the reading queue reaches it. Returns `None` if no sheet has
/// the headings of set-up results.
///
/// # Errors
/// When the file cannot be read; the refusal states the reason.
pub async fn read_results(
    context: &AppContext,
    bytes: Vec<u8>,
) -> Result<Option<Vec<ResultRow>>, Refusal> {
    let limits = Limits {
        rows: MAX_RESULTS,
        ..Limits::default()
    };
    let attempt = move |time: &TimeLimit| results(&bytes, &limits, &mut |_| time.check());
    let outcome = context.reading_queue.run(&context.clock, attempt).await;
    outcome.map_err(|error| match error {
        ReadError::Refused(refusal) => refusal,
        // This cannot happen: nothing stops this job.
        ReadError::Stopped => Refusal::Damaged,
    })
}

/// An import job: the file to read, and how to read it.
#[derive(Debug)]
pub struct Task {
    /// Identifier of the draft.
    pub draft: String,
    /// Identifier of the job, unique among the jobs of the draft.
    pub id: String,
    /// Name of the file; empty for pasted cells.
    pub file_name: String,
    /// Content of the file.
    pub bytes: Vec<u8>,
    /// The person's choices for headings, and the values that apply to all users.
    pub mapping: Mapping,
    /// Whether the file contains corrected rows of the file under review.
    pub brings_back: bool,
    /// The memory that the content occupies, counted until the job has ended; `None` if it is not
    /// counted.
    pub share: Option<Arc<Share>>,
}

/// Reads the file, stores the outcome unless the job was stopped or replaced, and counts the import
/// in the metrics.
pub async fn run(context: Arc<AppContext>, mut task: Task) {
    let bytes = std::mem::take(&mut task.bytes);
    let ended = match read_with_progress(&context, &task, bytes).await {
        Ok(Some(Ok(reading))) => keep(&context, &task, reading).await,
        Ok(Some(Err(refusal))) => {
            let outcome = refuse(&context, &task, &refusal).await;
            outcome.map(|()| ImportOutcome::Refused)
        }
        Ok(None) => Ok(ImportOutcome::Stopped),
        Err(error) => Err(error),
    };
    let outcome = ended.unwrap_or_else(|error| {
        tracing::error!(%error, "the outcome of reading a spreadsheet could not be stored");
        ImportOutcome::Failed
    });
    context.metrics.count_import(outcome);
}

/// The progress of a job and the request to stop, shared with the reading thread.
#[derive(Debug, Default)]
struct Shared {
    thousandths: AtomicU32,
    stop: AtomicBool,
}

/// Reads the file and writes the progress to the store. Returns `None` if the job was stopped or
/// replaced.
async fn read_with_progress(
    context: &Arc<AppContext>,
    task: &Task,
    bytes: Vec<u8>,
) -> Result<Option<Result<Reading, Refusal>>, StoreError> {
    let shared = Arc::new(Shared::default());
    let reading = read_in_turn(
        Arc::clone(context),
        task.mapping.clone(),
        bytes,
        Arc::clone(&shared),
    );
    tokio::pin!(reading);
    let mut ticks = interval(PROGRESS_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Skip the first tick, which comes at once: the store has just recorded that the job begins.
    ticks.tick().await;
    loop {
        tokio::select! {
            outcome = &mut reading => return Ok(outcome),
            _ = ticks.tick() => {
                let thousandths = i64::from(shared.thousandths.load(Ordering::Relaxed));
                let now = context.clock.now();
                let reported = context.store.spreadsheets().report_progress(&task.draft, &task.id, thousandths, now).await;
                if !matches!(reported, Ok(true)) {
                    shared.stop.store(true, Ordering::Relaxed);
                    // The reading thread sees `stop` when it next calls `watch`. The outcome of
                    // that thread is dropped.
                    return reported.map(|_| None);
                }
            }
        }
    }
}

async fn read_in_turn(
    context: Arc<AppContext>,
    mapping: Mapping,
    bytes: Vec<u8>,
    shared: Arc<Shared>,
) -> Option<Result<Reading, Refusal>> {
    let attempt = move |time: &TimeLimit| {
        let mut watch = |progress: Progress| {
            // A second attempt begins again, but the progress that people see never goes back.
            shared
                .thousandths
                .fetch_max(thousandths(progress), Ordering::Relaxed);
            if shared.stop.load(Ordering::Relaxed) {
                Err(Stop::Abandoned)
            } else {
                time.check()
            }
        };
        read(&bytes, &mapping, &Limits::default(), &mut watch)
    };
    match context.reading_queue.run(&context.clock, attempt).await {
        Ok(reading) => Some(Ok(reading)),
        Err(ReadError::Refused(refusal)) => Some(Err(refusal)),
        Err(ReadError::Stopped) => None,
    }
}

/// Returns the progress in thousandths; 500 if the file does not state its number of rows, or
/// states 0.
fn thousandths(progress: Progress) -> u32 {
    match progress.of {
        Some(of) if of > 0 => {
            let part = u64::from(progress.rows) * 1_000 / u64::from(of);
            u32::try_from(part.min(1_000)).unwrap_or(1_000)
        }
        _ => 500,
    }
}

async fn refuse(context: &AppContext, task: &Task, refusal: &Refusal) -> Result<(), StoreError> {
    let refusal = in_json(refusal, "refusal")?;
    context
        .store
        .spreadsheets()
        .refuse_import(&task.draft, &task.id, &refusal)
        .await
}

/// Stores what was read. Returns `Failed` if others changed the rows under review during each
/// attempt; the page then says that the reading ended and asks for the file again.
async fn keep(
    context: &AppContext,
    task: &Task,
    reading: Reading,
) -> Result<ImportOutcome, StoreError> {
    if let Reading::Unmapped(_, refusal) = &reading
        && task.brings_back
    {
        // Do not replace the rows under review by a table whose columns are unknown.
        refuse(context, task, refusal).await?;
        return Ok(ImportOutcome::Refused);
    }
    for _ in 0..MAX_ATTEMPTS {
        let listed = context.store.draft_users().users(&task.draft).await?;
        let listed: Vec<User> = listed.into_iter().map(|listed| listed.user).collect();
        let waiting = context
            .store
            .spreadsheets()
            .waiting_rows(&task.draft)
            .await?;
        let version = waiting.as_ref().map_or(0, |waiting| waiting.version);
        let (kind, rows) = match &reading {
            Reading::Unmapped(table, _) => ("table", in_json(table, "content")?),
            Reading::Read(intake) => {
                let mut intake = intake.clone();
                intake.leave_out_listed(&listed);
                if task.brings_back
                    && let Some(waiting) = waiting.filter(|waiting| waiting.kind == "intake")
                {
                    let mut whole: Intake =
                        serde_json::from_str(&waiting.content).map_err(|_| StoreError::Row {
                            table: "spreadsheet_waiting",
                            column: "content",
                        })?;
                    whole.merge_corrected(intake, &listed);
                    intake = whole;
                }
                ("intake", in_json(&intake, "content")?)
            }
        };
        let new = NewWaiting {
            file_name: task.file_name.clone(),
            kind,
            content: rows,
            is_answered: false,
            is_new_round: true,
        };
        let now = context.clock.now();
        let outcome = context
            .store
            .spreadsheets()
            .end_import(
                SeenWaiting {
                    draft: &task.draft,
                    version,
                },
                &task.id,
                &new,
                now,
            )
            .await?;
        if outcome != ImportChangeOutcome::Changed {
            return Ok(ImportOutcome::Read);
        }
    }
    Ok(ImportOutcome::Failed)
}

fn in_json(value: &impl serde::Serialize, column: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Row {
        table: "spreadsheet_waiting",
        column,
    })
}
