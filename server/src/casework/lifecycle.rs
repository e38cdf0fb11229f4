//! The lifecycle of a registration after it was submitted: each action of the desk and the
//! applicant, with its entry in the audit and its notifications.
//!
//! Notifications go to the addresses that were confirmed for the registration. If none was
//! confirmed, the notifications go to the accountable person.

use std::collections::BTreeSet;

use mail::Message;
use registration::desk::Permission;
use registration::desk::approval::{Approval, BlockingCheck, MadeCheck};
use registration::desk::audit::Action;
use registration::desk::correction::Correction;
use registration::identifiers::Email;
use registration::language::Language;
use registration::lifecycle::{State, Step};
use registration::more_information::Question;
use registration::refusal_reason::Refusal;
use registration::registration::ListedUser;
use serde_json::json;

use crate::casework::context::CaseContext;
use crate::clock::Moment;
use crate::context::AppContext;
use crate::randomness::{Randomness, SessionToken, new_id};
use crate::store::{
    Actor, Assignee, ChangedQuestions, MessageContent, NewCorrection, NewLink, NewMessage, NewStep,
    OfficerId, Officers, Recipient, RestartedDraft, StepOutcome, Store, StoreError,
    StoredLifecycle, Subject,
};

/// An action on a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseAction {
    /// An officer is assigned the registration and begins to check it.
    Claim(OfficerId),
    /// The registration goes back to the queue, unassigned.
    Release,
    /// The desk asks the applicant these questions.
    Ask(Vec<Question>),
    /// The desk closes its questions; this officer continues to check the registration.
    CloseQuestions(OfficerId),
    /// The desk approves the registration.
    Approve,
    /// The desk refuses the registration.
    Refuse(Refusal),
    /// The desk undoes its decision, for this reason.
    Undo(String),
    /// The applicant withdraws the registration.
    Withdraw,
}

/// Outcome of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionOutcome {
    /// The action is stored, with its notifications in the outbox; contains the new state.
    Done(State),
    /// The registration's state does not allow the action, or other changes came first at every
    /// attempt; contains the state.
    NotAllowed(State),
    /// Nothing was changed: the desk's rules do not allow the decision yet.
    Blocked(Blocker),
}

/// The reason why the desk's rules do not allow a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocker {
    /// These checks are missing or did not pass. The list is never empty.
    Checks(Vec<BlockingCheck>),
    /// A decision needs two officers, and no other officer has proposed this decision.
    SecondOfficer,
}

/// Outcome of an action on the version of a registration that somebody saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// The action is stored, with its notifications in the outbox; contains the new state.
    Done(State),
    /// The registration's state does not allow the action.
    NotAllowed,
    /// Nothing was changed: the desk's rules do not allow the decision yet.
    Blocked(Blocker),
    /// Nothing was changed: somebody else has changed the registration since that version.
    Stale,
}

/// The maximum number of attempts at an action, in case somebody else changes the registration at
/// the same time.
const MAX_ATTEMPTS: usize = 5;

impl CaseAction {
    pub(crate) const fn step(&self) -> Step {
        match self {
            Self::Claim(_) => Step::Claim,
            Self::Release => Step::Release,
            Self::Ask(_) => Step::Ask,
            Self::CloseQuestions(_) => Step::CloseQuestions,
            Self::Approve => Step::Approve,
            Self::Refuse(_) => Step::Refuse,
            Self::Undo(_) => Step::Undo,
            Self::Withdraw => Step::Withdraw,
        }
    }

    /// Returns the name under which the audit records the action.
    const fn audit_action(&self) -> Action {
        match self {
            Self::Claim(_) => Action::Taken,
            Self::Release => Action::GivenBack,
            Self::Ask(_) => Action::Asked,
            Self::CloseQuestions(_) => Action::QuestionsClosed,
            Self::Approve => Action::Approved,
            Self::Refuse(_) => Action::NotApproved,
            Self::Undo(_) => Action::Undone,
            Self::Withdraw => Action::Withdrawn,
        }
    }

    /// Returns the new assignee; `None` if the action does not change the assignment.
    fn assignee(&self) -> Option<Assignee> {
        match self {
            Self::Claim(officer) | Self::CloseQuestions(officer) => {
                Some(Assignee::Officer(officer.clone()))
            }
            Self::Release => Some(Assignee::Nobody),
            _ => None,
        }
    }

    fn details(&self, from: &StoredLifecycle, assignee: Option<&Assignee>) -> String {
        let more = match self {
            Self::Ask(questions) => json!(questions),
            Self::Refuse(refusal) => json!({
                "reason": refusal.reason.key(),
                "words": refusal.words,
            }),
            Self::Undo(reason) => json!(reason),
            Self::Claim(_)
            | Self::Release
            | Self::CloseQuestions(_)
            | Self::Approve
            | Self::Withdraw => json!(null),
        };
        let after = from.state.after(self.step()).map(State::key);
        let mut details = json!({
            "before": from.state.key(),
            "after": after,
            "revision": from.revision,
            "more": more,
        });
        if matches!(self, Self::Undo(_)) {
            // Applicants may read this reason. Reasons without this mark were written before
            // applicants could read them.
            details["told"] = json!(true);
        }
        if let Some(assignee) = assignee {
            let after = match assignee {
                Assignee::Officer(officer) => Some(officer.as_str()),
                Assignee::Nobody => None,
            };
            details["holder_before"] = json!(from.officer.as_ref().map(OfficerId::as_str));
            details["holder_after"] = json!(after);
        }
        details.to_string()
    }

    /// Returns the notification to the applicant in a language; `None` if the action sends none.
    pub(crate) fn message(&self, from: &StoredLifecycle, language: Language) -> Option<Message> {
        let reference = from.reference;
        Some(match self {
            Self::Ask(questions) => Message::MoreInformationNeeded {
                reference,
                questions: questions
                    .iter()
                    .map(|question| mail::Question {
                        about: question.topic.words_in(language).to_owned(),
                        asked: question.asked.clone(),
                    })
                    .collect(),
            },
            Self::Approve => Message::Approved {
                reference,
                users: usize::try_from(from.users).unwrap_or_default(),
            },
            Self::Refuse(refusal) => Message::NotApproved {
                reference,
                reason: refusal.message_in(language),
            },
            Self::Undo(reason) => Message::DecisionUndone {
                reference,
                reason: reason.clone(),
            },
            Self::Withdraw => Message::Withdrawn { reference },
            Self::Claim(_) | Self::Release | Self::CloseQuestions(_) => return None,
        })
    }
}

/// Takes an action on a registration, and tries again if somebody else changes the registration at
/// the same time. After `MAX_ATTEMPTS` attempts, returns `NotAllowed`.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn apply_action(
    context: &CaseContext<'_>,
    mut from: StoredLifecycle,
    actor: &Actor,
    action: &CaseAction,
) -> Result<ActionOutcome, StoreError> {
    for _ in 0..MAX_ATTEMPTS {
        let (reference, state) = (from.reference, from.state);
        match try_action(context, from, actor, action).await? {
            AttemptOutcome::Done(state) => return Ok(ActionOutcome::Done(state)),
            AttemptOutcome::NotAllowed => return Ok(ActionOutcome::NotAllowed(state)),
            AttemptOutcome::Blocked(blocker) => return Ok(ActionOutcome::Blocked(blocker)),
            AttemptOutcome::Stale => {
                from = context
                    .store
                    .casework()
                    .lifecycle(&reference)
                    .await?
                    .ok_or(StoreError::Row {
                        table: "registration",
                        column: "reference",
                    })?;
            }
        }
    }
    Ok(ActionOutcome::NotAllowed(from.state))
}

/// Takes an action on a registration, unless somebody has changed the registration since `from` was
/// read.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn try_action(
    context: &CaseContext<'_>,
    from: StoredLifecycle,
    actor: &Actor,
    action: &CaseAction,
) -> Result<AttemptOutcome, StoreError> {
    let store = context.store;
    let Some(to) = from.state.after(action.step()) else {
        return Ok(AttemptOutcome::NotAllowed);
    };
    let is_decision = matches!(action, CaseAction::Approve | CaseAction::Refuse(_));
    // Check for a stale version first, because somebody else's change may be the cause of a
    // blocker.
    if is_decision && store.casework().version(&from.id).await? != Some(from.version) {
        return Ok(AttemptOutcome::Stale);
    }
    if let Some(blocker) = blocker(store, &from, actor, action).await? {
        return Ok(AttemptOutcome::Blocked(blocker));
    }
    let at = context.clock.now();
    let asked = match action {
        CaseAction::Ask(questions) => Some((
            questions.clone(),
            store.drafts().pages_and_users(&from.draft).await?,
        )),
        _ => None,
    };
    let told = match action {
        CaseAction::Refuse(refusal) => Some(refusal.message()),
        _ => None,
    };
    let messages = messages(
        store,
        context.randomness,
        &from,
        |language| action.message(&from, language),
        at,
    )
    .await?;
    let assignee = assignee(store.officers(), &from, actor, action).await?;
    let step = NewStep {
        to,
        actor: actor.clone(),
        action: action.audit_action(),
        details: action.details(&from, assignee.as_ref()),
        at,
        asked,
        told,
        assignee,
        messages,
        from,
    };
    Ok(match store.casework().apply_step(&step).await? {
        StepOutcome::Applied => AttemptOutcome::Done(to),
        StepOutcome::Stale => AttemptOutcome::Stale,
    })
}

/// Returns the new assignee; `None` if the action does not change the assignment.
///
/// If a decision is undone, the registration stays with its officer. If it has no officer, or that
/// officer no longer works on registrations, the officer who undid the decision becomes the
/// assignee.
async fn assignee(
    officers: &Officers,
    from: &StoredLifecycle,
    actor: &Actor,
    action: &CaseAction,
) -> Result<Option<Assignee>, StoreError> {
    if !matches!(action, CaseAction::Undo(_)) {
        return Ok(action.assignee());
    }
    let before = match &from.officer {
        Some(officer) => officers.officer(officer).await?,
        None => None,
    };
    let undoes = match actor {
        Actor::Officer(id) => officers.officer(id).await?,
        _ => None,
    };
    Ok(undoes
        .filter(|_| !before.is_some_and(|officer| officer.may(Permission::WorkOnRegistrations)))
        .map(|officer| Assignee::Officer(officer.id)))
}

/// Returns the desk's rule that does not allow a decision yet; `None` if the decision is allowed or
/// the action is not a decision.
///
/// A new check or proposal also changes the version of the registration, so an action on the old
/// version is stale.
async fn blocker(
    store: &Store,
    from: &StoredLifecycle,
    actor: &Actor,
    action: &CaseAction,
) -> Result<Option<Blocker>, StoreError> {
    let decided = match action {
        CaseAction::Approve => None,
        CaseAction::Refuse(refusal) => Some(refusal.clone()),
        _ => return Ok(None),
    };
    if decided.is_none()
        && let Err(lacking) = ready(store, from).await?
    {
        return Ok(Some(Blocker::Checks(lacking)));
    }
    if !store.casework().two_officers().await? {
        return Ok(None);
    }
    let is_confirmed = store
        .casework()
        .proposal(&from.id)
        .await?
        .is_some_and(|proposal| proposal.officer.actor() != *actor && proposal.refusal == decided);
    Ok((!is_confirmed).then_some(Blocker::SecondOfficer))
}

/// Returns the approval, or else the checks that block it.
///
/// # Errors
/// When the store fails.
pub async fn ready(
    store: &Store,
    from: &StoredLifecycle,
) -> Result<Result<Approval, Vec<BlockingCheck>>, StoreError> {
    let registration = store
        .registrations()
        .registration(&from.reference)
        .await?
        .ok_or(StoreError::Row {
            table: "registration",
            column: "reference",
        })?
        .registration;
    let made: Vec<MadeCheck> = store
        .casework()
        .checks(&from.id)
        .await?
        .into_iter()
        .map(|stored| stored.made)
        .collect();
    Ok(Approval::ready(&registration, &made))
}

/// Returns the recipients of notifications about a registration, each with their language: the
/// confirmed addresses or, if there are none, the accountable person. An address that the desk has
/// corrected, because a message did not arrive, is replaced.
///
/// # Errors
/// When the store fails.
pub async fn recipients(
    store: &Store,
    from: &StoredLifecycle,
) -> Result<Vec<Recipient>, StoreError> {
    let drafts = store.drafts();
    let mut recipients = drafts.recipients_of_draft(&from.draft).await?;
    if recipients.is_empty()
        && let Ok(email) = Email::parse(&from.accountable_email)
    {
        let language = drafts.language_to(&from.draft, &email).await?;
        recipients.push(Recipient { email, language });
    }
    for (mailbox, corrected) in store.outbox().corrected_addresses(&from.id).await? {
        for recipient in &mut recipients {
            if Email::mailbox(recipient.email.as_str()) == mailbox
                && let Some(email) = Email::stored(&corrected)
            {
                recipient.email = email;
            }
        }
    }
    let mut known = BTreeSet::new();
    recipients.retain(|recipient| known.insert(Email::mailbox(recipient.email.as_str())));
    Ok(recipients)
}

/// Changes the questions that the applicant has to answer, and notifies the applicant of new
/// questions. `questions` are all questions, with the answers that the desk has recorded.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn change_questions(
    context: &CaseContext<'_>,
    from: StoredLifecycle,
    actor: &Actor,
    questions: Vec<Question>,
) -> Result<StepOutcome, StoreError> {
    let at = context.clock.now();
    let is_known = |question: &Question| from.asked.iter().any(|known| known.is_same(question));
    let added: Vec<Question> = questions
        .iter()
        .filter(|question| !is_known(question))
        .cloned()
        .collect();
    let ask = CaseAction::Ask(added.clone());
    let message = |language| {
        let message = ask.message(&from, language);
        message.filter(|_| !added.is_empty())
    };
    let messages = messages(context.store, context.randomness, &from, message, at).await?;
    context
        .store
        .casework()
        .change_questions(&ChangedQuestions {
            from,
            questions,
            actor: actor.clone(),
            at,
            messages,
        })
        .await
}

/// Returns the messages to the recipients of a registration, each with a link to the registration.
pub(super) async fn messages(
    store: &Store,
    randomness: &dyn Randomness,
    from: &StoredLifecycle,
    message: impl Fn(Language) -> Option<Message>,
    at: Moment,
) -> Result<Vec<(NewMessage, NewLink)>, StoreError> {
    recipients(store, from)
        .await?
        .into_iter()
        .filter_map(|recipient| Some((message(recipient.language)?, recipient)))
        .map(|(message, Recipient { email, language })| {
            let link = NewLink {
                id: new_id(randomness)?,
                registration: from.id.clone(),
                mailbox: Email::mailbox(email.as_str()),
                email: email.to_string(),
            };
            let message = NewMessage {
                id: new_id(randomness)?,
                subject: Subject::Registration(from.reference),
                recipient: email,
                language,
                message: MessageContent::Linked {
                    message,
                    link: link.id.clone(),
                },
                at,
            };
            Ok((message, link))
        })
        .collect()
}

/// Corrects a registration, unless somebody has changed the registration since `from` was read, and
/// notifies the applicant.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn correct(
    context: &CaseContext<'_>,
    from: StoredLifecycle,
    officer: &OfficerId,
    correction: Correction,
) -> Result<StepOutcome, StoreError> {
    let store = context.store;
    let at = context.clock.now();
    let Some(before) = store.registrations().registration(&from.reference).await? else {
        return Ok(StepOutcome::Stale);
    };
    let message = |language| {
        Some(Message::Corrected {
            reference: from.reference,
            // The email names the corrected answers only; the status page shows their content.
            answers: correction.words_in(language).map(str::to_owned).collect(),
            reason: correction.reason.clone(),
        })
    };
    let told = StoredLifecycle {
        accountable_email: correction.registration.accountable_person.email.to_string(),
        ..from.clone()
    };
    let messages = messages(store, context.randomness, &told, message, at).await?;
    store
        .casework()
        .correct(&NewCorrection {
            from,
            before: before.registration,
            correction,
            officer: officer.clone(),
            at,
            messages,
        })
        .await
}

impl AppContext {
    /// Begins a new draft with the answers of `earlier_draft`, whose registration was withdrawn or
    /// not approved.
    ///
    /// `from` is the applicant's session for `earlier_draft`. Returns the session token for the
    /// cookie.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn start_again(
        &self,
        earlier_draft: &str,
        from: &SessionToken,
    ) -> Result<SessionToken, StoreError> {
        let (token, session, now) = self.new_session()?;
        let random = self.randomness.as_ref();
        let draft = new_id(random)?;
        let users = self
            .store
            .draft_users()
            .users(earlier_draft)
            .await?
            .into_iter()
            .map(|listed| {
                Ok(ListedUser {
                    id: new_id(random)?,
                    user: listed.user,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        self.store
            .drafts()
            .start_again(
                &RestartedDraft {
                    earlier_draft,
                    draft: &draft,
                    users: &users,
                    from: &from.hash(),
                    session: &session,
                },
                now,
            )
            .await?;
        Ok(token)
    }
}
