//! Reminds applicants who do not answer the desk's questions.

use mail::Message;
use registration::date::CalendarDate;
use registration::identifiers::Reference;
use registration::more_information::{Question, without_answer};

use super::context::CaseContext;
use super::lifecycle::messages;
use crate::store::{NewReminder, StepOutcome, StoreError, StoredLifecycle};

/// Sends the reminders that are due: one for each registration, to each of its recipients. Returns
/// the number of registrations for which a reminder was sent.
///
/// A registration whose questions all have answers, because the desk has recorded them, gets no
/// reminder.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn remind_silent(context: &CaseContext<'_>) -> Result<u64, StoreError> {
    let casework = context.store.casework();
    let Some(days) = casework.silence_rules().await?.reminder else {
        return Ok(0);
    };
    let mut sent = 0;
    for reference in casework.to_remind(context.clock.now(), days).await? {
        // If a registration cannot be read, continue with the reminders of the other registrations.
        match remind(context, &reference, days).await {
            Ok(StepOutcome::Applied) => sent += 1,
            Ok(StepOutcome::Stale) => {}
            Err(StoreError::Row { table, column }) => {
                tracing::error!(%reference, table, column, "a row could not be read for a reminder");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(sent)
}

async fn remind(
    context: &CaseContext<'_>,
    reference: &Reference,
    days: u16,
) -> Result<StepOutcome, StoreError> {
    let store = context.store;
    let Some(from) = store.casework().lifecycle(reference).await? else {
        return Ok(StepOutcome::Stale);
    };
    let Some((asked_on, open)) = open_questions(&from) else {
        return Ok(StepOutcome::Stale);
    };
    let at = context.clock.now();
    let message = |language| {
        Some(Message::QuestionsReminder {
            reference: from.reference,
            asked_on,
            questions: open
                .iter()
                .map(|question| mail::Question {
                    about: question.topic.words_in(language).to_owned(),
                    asked: question.asked.clone(),
                })
                .collect(),
        })
    };
    let messages = messages(store, context.randomness, &from, message, at).await?;
    let new = NewReminder {
        from,
        days,
        at,
        messages,
    };
    store.casework().add_reminder(&new).await
}

/// Returns the questions without an answer, and the day on which the desk last asked; `None` if all
/// have answers, or the registration does not wait for answers.
fn open_questions(from: &StoredLifecycle) -> Option<(CalendarDate, Vec<Question>)> {
    let asked_on = from.silence?.asked.calendar_date()?;
    let open: Vec<Question> = without_answer(&from.asked).cloned().collect();
    (!open.is_empty()).then_some((asked_on, open))
}
