//! The pages on which an officer confirms a change to a whole batch: making a batch of all waiting
//! accounts, marking a batch as sent, undoing it, and opening it again.
//!
//! If somebody else has changed the batch or its accounts since a page was shown, the form of that
//! page changes nothing, and the current page is shown instead.

use app::pages::desk::provisioning::{AskView, BATCHES, SET_UP, ask_accounts_page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::account::AccountStep;
use registration::desk::sent_on::TypedDay;
use registration::lifetimes::ACTIVATION_LINK_DAYS;
use registration::problem::Problem;

use super::batches::found;
use super::{accounts_in_words, asked};
use crate::casework::provisioning::SeenAccounts;
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::{InternalError, PageResult};
use crate::store::{BatchState, StepOutcome, StoredBatch};

/// The typed day and the problems of a form that is shown again.
#[derive(Default)]
struct SentForm {
    day: Option<TypedDay>,
    is_stale: bool,
    problems: Vec<Problem>,
}

impl SentForm {
    fn stale() -> Self {
        Self {
            is_stale: true,
            ..Self::default()
        }
    }

    const fn status(&self) -> StatusCode {
        if self.is_stale {
            StatusCode::CONFLICT
        } else {
            StatusCode::OK
        }
    }
}

/// Asks the officer to confirm a batch of all waiting accounts. If none wait, redirects to the
/// list.
pub(super) async fn ask_everybody(visit: DeskVisit) -> PageResult {
    everybody_page(&visit, SentForm::default()).await
}

/// Makes a batch of all waiting accounts, if they are still those that the officer has seen.
/// Otherwise shows the page again.
pub(super) async fn make_everybody(visit: DeskVisit, fields: Fields) -> PageResult {
    let context = &visit.visit.service.context;
    let made = context
        .make_batch_of_all(fields.text("accounts"), &visit.officer)
        .await?;
    match made {
        Some(number) => Ok(Redirect::to(&format!("{BATCHES}/{number}?done=made")).into_response()),
        None => everybody_page(&visit, SentForm::stale()).await,
    }
}

async fn everybody_page(visit: &DeskVisit, sent: SentForm) -> PageResult {
    let SeenAccounts {
        accounts,
        fingerprint,
    } = visit.visit.service.context.all_to_make().await?;
    if accounts.is_empty() && !sent.is_stale {
        let address = format!("{SET_UP}?done=none-to-make");
        return Ok(Redirect::to(&address).into_response());
    }
    visit.record_list_view("accounts for a batch").await?;
    let count = accounts.len();
    let organisations = accounts
        .chunk_by(|one, other| one.registration == other.registration)
        .count();
    let of = match organisations {
        1 => "1 organisation".to_owned(),
        more => format!("{more} organisations"),
    };
    let shown = AskView {
        title: format!("Make a batch of {}?", accounts_in_words(count)),
        words: vec![
            format!("These are all waiting accounts that are in no batch, of {of}."),
            "You can undo the batch until you mark it as sent.".to_owned(),
        ],
        warning: None,
        accounts: asked(&accounts, |_| None),
        action: format!("{BATCHES}/everybody"),
        fields: vec![("accounts", fingerprint)],
        button: (count > 0).then(|| "Make the batch".to_owned()),
        sent_on: None,
        back: SET_UP.to_owned(),
        is_stale: sent.is_stale,
        problems: sent.problems.clone(),
    };
    Ok(visit.show_with(sent.status(), || ask_accounts_page(shown)))
}

/// Asks the officer on which day a batch was sent, before the batch is marked as sent.
pub(super) async fn ask_sent(visit: DeskVisit, Path(number): Path<String>) -> PageResult {
    question_page(&visit, &number, SentForm::default(), Question::Sent).await
}

/// Marks a batch as sent on the typed day. Shows the page again if the day is not valid or the
/// batch has changed.
pub(super) async fn mark_sent(
    visit: DeskVisit,
    Path(number): Path<String>,
    fields: Fields,
) -> PageResult {
    let Some(batch) = found(&visit, &number).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let typed = super::sent_day(&fields);
    let made = batch.made_at.calendar_date().ok_or(InternalError)?;
    let day = match typed.sent_on((made, "the batch was made"), visit.today()?) {
        Ok(day) => day,
        Err(problem) => {
            let sent = SentForm {
                day: Some(typed),
                is_stale: false,
                problems: vec![problem],
            };
            return sent_page(&visit, &batch, sent).await;
        }
    };
    let context = &visit.visit.service.context;
    let marked = context
        .mark_batch_sent(&batch, day, fields.text("accounts"), &visit.officer.actor())
        .await?;
    if let Some(count) = marked {
        let address = format!("{BATCHES}/{}?done=sent&count={count}", batch.number);
        return Ok(Redirect::to(&address).into_response());
    }
    let sent = SentForm {
        day: Some(typed),
        ..SentForm::stale()
    };
    question_page(&visit, &number, sent, Question::Sent).await
}

async fn sent_page(visit: &DeskVisit, batch: &StoredBatch, sent: SentForm) -> PageResult {
    if batch.state != BatchState::Open {
        return Ok(closed_page(visit, batch));
    }
    let seen = seen(visit, batch).await?;
    let today = TypedDay::of(visit.today()?);
    let shown = AskView {
        title: format!(
            "Mark {} of batch {} as sent?",
            accounts_in_words(seen.accounts.len()),
            batch.number
        ),
        words: vec![
            format!("Each user has {ACTIVATION_LINK_DAYS} days to activate their account."),
            "You can undo this until one of the accounts changes again.".to_owned(),
        ],
        warning: None,
        accounts: asked(&seen.accounts, |now| now.after(AccountStep::Send)),
        action: format!("{BATCHES}/{}/sent", batch.number),
        fields: vec![("accounts", seen.fingerprint)],
        button: Some("Mark as sent".to_owned()),
        sent_on: Some(sent.day.clone().unwrap_or(today)),
        back: format!("{BATCHES}/{}", batch.number),
        is_stale: sent.is_stale,
        problems: sent.problems.clone(),
    };
    Ok(visit.show_with(sent.status(), || ask_accounts_page(shown)))
}

/// Asks the officer to confirm that a batch is undone.
pub(super) async fn ask_undo(visit: DeskVisit, Path(number): Path<String>) -> PageResult {
    question_page(&visit, &number, SentForm::default(), Question::Undo).await
}

/// Undoes a batch. Shows the page again if the batch has changed.
pub(super) async fn undo(
    visit: DeskVisit,
    Path(number): Path<String>,
    fields: Fields,
) -> PageResult {
    let Some(batch) = found(&visit, &number).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let context = &visit.visit.service.context;
    let undone = context
        .undo_batch(&batch, fields.text("accounts"), &visit.officer.actor())
        .await?;
    match undone {
        StepOutcome::Applied => {
            let address = format!("{BATCHES}/{}?done=undone", batch.number);
            Ok(Redirect::to(&address).into_response())
        }
        StepOutcome::Stale => {
            question_page(&visit, &number, SentForm::stale(), Question::Undo).await
        }
    }
}

async fn undo_page(visit: &DeskVisit, batch: &StoredBatch, sent: SentForm) -> PageResult {
    if batch.state != BatchState::Open {
        return Ok(closed_page(visit, batch));
    }
    let seen = seen(visit, batch).await?;
    let shown = AskView {
        title: format!("Undo batch {}?", batch.number),
        words: vec![
            format!(
                "{} will wait for another batch.",
                accounts_in_words(seen.accounts.len())
            ),
            "You can open the batch again until one of them is put into another batch or changes."
                .to_owned(),
        ],
        warning: Some(
            "If you sent out a file of this batch, tell the people who make the accounts."
                .to_owned(),
        ),
        accounts: asked(&seen.accounts, |_| None),
        action: format!("{BATCHES}/{}/undo", batch.number),
        fields: vec![("accounts", seen.fingerprint)],
        button: Some("Undo the batch".to_owned()),
        sent_on: None,
        back: format!("{BATCHES}/{}", batch.number),
        is_stale: sent.is_stale,
        problems: Vec::new(),
    };
    Ok(visit.show_with(sent.status(), || ask_accounts_page(shown)))
}

/// Asks the officer to confirm that a closed batch is opened again.
pub(super) async fn ask_reopen(visit: DeskVisit, Path(number): Path<String>) -> PageResult {
    question_page(&visit, &number, SentForm::default(), Question::Reopen).await
}

/// Opens a closed batch again. Shows the page again if the batch or its accounts have changed.
pub(super) async fn reopen(
    visit: DeskVisit,
    Path(number): Path<String>,
    fields: Fields,
) -> PageResult {
    let Some(batch) = found(&visit, &number).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let opened = visit
        .store()
        .provisioning()
        .reopen_batch(
            batch.number,
            fields.number("version"),
            &visit.officer.actor(),
            visit.now(),
        )
        .await?;
    match opened {
        StepOutcome::Applied => {
            let address = format!("{BATCHES}/{}?done=reopened", batch.number);
            Ok(Redirect::to(&address).into_response())
        }
        StepOutcome::Stale => {
            question_page(&visit, &number, SentForm::stale(), Question::Reopen).await
        }
    }
}

async fn reopen_page(visit: &DeskVisit, batch: &StoredBatch, is_stale: bool) -> PageResult {
    let reopening = visit
        .store()
        .provisioning()
        .batch_reopening(batch.number)
        .await?;
    let can = batch.state != BatchState::Open && reopening.closed == Some(reopening.unchanged);
    let count = accounts_in_words(reopening.unchanged);
    let words = match (batch.state, can) {
        (BatchState::Open, _) => "This batch is open.".to_owned(),
        (BatchState::Sent, true) => {
            format!(
                "{count} will be in the batch again, as they were before you marked it as sent."
            )
        }
        (BatchState::Undone, true) => format!("{count} will be in the batch again."),
        (_, false) => format!(
            "You cannot open this batch again, because some of its accounts have changed since. {count} are unchanged."
        ),
    };
    let shown = AskView {
        title: format!("Open batch {} again?", batch.number),
        words: vec![words],
        warning: (can && batch.state == BatchState::Sent).then(|| {
            "The accounts will count as not sent. Only do this if their activation emails were not sent."
                .to_owned()
        }),
        accounts: Vec::new(),
        action: format!("{BATCHES}/{}/reopen", batch.number),
        fields: vec![("version", batch.version.to_string())],
        button: can.then(|| "Open the batch again".to_owned()),
        sent_on: None,
        back: format!("{BATCHES}/{}", batch.number),
        is_stale,
        problems: Vec::new(),
    };
    let status = if is_stale || !can {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok(visit.show_with(status, || ask_accounts_page(shown)))
}

/// The question that the officer is asked before a batch changes.
#[derive(Clone, Copy)]
enum Question {
    Sent,
    Undo,
    Reopen,
}

/// Shows the page that asks the question, with the form as it was sent. Responds with 404 if there
/// is no such batch.
async fn question_page(
    visit: &DeskVisit,
    number: &str,
    sent: SentForm,
    question: Question,
) -> PageResult {
    let Some(batch) = found(visit, number).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    match question {
        Question::Sent => sent_page(visit, &batch, sent).await,
        Question::Undo => undo_page(visit, &batch, sent).await,
        Question::Reopen => reopen_page(visit, &batch, sent.is_stale).await,
    }
}

async fn seen(visit: &DeskVisit, batch: &StoredBatch) -> Result<SeenAccounts, InternalError> {
    visit.record_list_view("accounts of a batch").await?;
    let context = &visit.visit.service.context;
    Ok(context.seen_in_batch(batch.number).await?)
}

/// Renders the page that says that somebody else has already closed the batch.
fn closed_page(visit: &DeskVisit, batch: &StoredBatch) -> Response {
    let became = match batch.state {
        BatchState::Sent => "marked as sent",
        BatchState::Undone | BatchState::Open => "undone",
    };
    let shown = AskView {
        title: format!("Batch {} is already {became}", batch.number),
        words: vec![
            "Your change was not saved because somebody else closed this batch.".to_owned(),
        ],
        warning: None,
        accounts: Vec::new(),
        action: String::new(),
        fields: Vec::new(),
        button: None,
        sent_on: None,
        back: format!("{BATCHES}/{}", batch.number),
        is_stale: false,
        problems: Vec::new(),
    };
    visit.show_with(StatusCode::CONFLICT, || ask_accounts_page(shown))
}
