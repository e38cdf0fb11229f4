//! What happens to a registration after it was sent: each step that the desk or the applicant takes, what the audit
//! keeps of it, and who is told.
//!
//! Told are the addresses that were confirmed for the registration; where there is none, the accountable person.

use mail::Message;
use registration::decision::Refusal;
use registration::desk::Permission;
use registration::desk::approval::{Approval, Lacking, MadeCheck};
use registration::desk::correction::Correction;
use registration::identifiers::Email;
use registration::language::Language;
use registration::more_information::Question;
use registration::registration::ListedUser;
use registration::standing::{State, Step};
use serde_json::json;

use crate::applicant::Desk;
use crate::clock::{Clock, Moment};
use crate::randomness::{Randomness, SessionToken, new_id};
use crate::store::{
    Holder, KeptStanding, NewCorrection, NewLink, NewMessage, NewStep, OfficerId, Opened, Posted,
    Recipient, StepOutcome, Store, StoreError,
};

/// What is done to a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// An officer takes it.
    Take(OfficerId),
    /// It goes back to those that wait.
    GiveBack,
    /// The desk asks.
    Ask(Vec<Question>),
    /// The desk approves it.
    Approve,
    /// The desk does not approve it.
    Refuse(Refusal),
    /// What was decided is undone, for a reason.
    Undo(String),
    /// The applicant withdraws it.
    Withdraw,
}

/// What became of a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It is on disk, and who must know is told.
    Done(State),
    /// It cannot be done to a registration in this state.
    Not(State),
    /// The desk's own rules do not let it be done yet: nothing was changed.
    Hindered(Hindrance),
}

/// What keeps the desk from a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// These checks; never an empty list.
    Checks(Vec<Lacking>),
    /// A second officer is to confirm it, and nobody else has proposed it.
    SecondOfficer,
}

/// What became of a deed on a registration as somebody saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once {
    /// It is on disk, and who must know is told.
    Done(State),
    /// It cannot be done to a registration in this state.
    Not,
    /// The desk's own rules do not let it be done yet: nothing was changed.
    Hindered(Hindrance),
    /// Something else was done since: nothing was changed.
    Stale,
}

/// How often a deed is tried again if somebody does another at the same moment.
const TRIES: usize = 5;

impl Deed {
    pub(crate) const fn step(&self) -> Step {
        match self {
            Self::Take(_) => Step::Take,
            Self::GiveBack => Step::GiveBack,
            Self::Ask(_) => Step::Ask,
            Self::Approve => Step::Approve,
            Self::Refuse(_) => Step::Refuse,
            Self::Undo(_) => Step::Undo,
            Self::Withdraw => Step::Withdraw,
        }
    }

    /// What the audit calls it.
    const fn action(&self) -> &'static str {
        match self {
            Self::Take(_) => "taken",
            Self::GiveBack => "given-back",
            Self::Ask(_) => "asked",
            Self::Approve => "approved",
            Self::Refuse(_) => "not-approved",
            Self::Undo(_) => "undone",
            Self::Withdraw => "withdrawn",
        }
    }

    /// Whose the registration becomes by it, if that changes.
    fn holder(&self) -> Option<Holder> {
        match self {
            Self::Take(officer) => Some(Holder::Officer(officer.clone())),
            Self::GiveBack => Some(Holder::Nobody),
            _ => None,
        }
    }

    fn details(&self, from: &KeptStanding, holder: Option<&Holder>) -> String {
        let more = match self {
            Self::Ask(questions) => json!(questions),
            Self::Refuse(refusal) => json!({
                "reason": refusal.reason.key(),
                "words": refusal.words,
            }),
            Self::Undo(reason) => json!(reason),
            Self::Take(_) | Self::GiveBack | Self::Approve | Self::Withdraw => json!(null),
        };
        let after = from.state.after(self.step()).map(State::key);
        let mut details = json!({
            "before": from.state.key(),
            "after": after,
            "revision": from.revision,
            "more": more,
        });
        if let Some(holder) = holder {
            let after = match holder {
                Holder::Officer(officer) => Some(officer.as_str()),
                Holder::Nobody => None,
            };
            details["holder_before"] = json!(from.officer.as_ref().map(OfficerId::as_str));
            details["holder_after"] = json!(after);
        }
        details.to_string()
    }

    /// What those who are told of it read in their language, if anybody is.
    pub(crate) fn message(&self, from: &KeptStanding, language: Language) -> Option<Message> {
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
                reason: refusal.told_in(language),
            },
            Self::Withdraw => Message::Withdrawn { reference },
            Self::Take(_) | Self::GiveBack | Self::Undo(_) => return None,
        })
    }
}

/// Does something to a registration, whoever else does something at the same moment.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn act(
    store: &Store,
    clock: &dyn Clock,
    randomness: &dyn Randomness,
    mut from: KeptStanding,
    actor: &str,
    deed: &Deed,
) -> Result<Done, StoreError> {
    for _ in 0..TRIES {
        let (reference, state) = (from.reference, from.state);
        match act_once(store, clock, randomness, from, actor, deed).await? {
            Once::Done(state) => return Ok(Done::Done(state)),
            Once::Not => return Ok(Done::Not(state)),
            Once::Hindered(hindrance) => return Ok(Done::Hindered(hindrance)),
            Once::Stale => {
                from = store.standing(&reference).await?.ok_or(StoreError::Row {
                    table: "registration",
                    column: "reference",
                })?;
            }
        }
    }
    Ok(Done::Not(from.state))
}

/// Does something to a registration as somebody saw it: not if anything was done to it since.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn act_once(
    store: &Store,
    clock: &dyn Clock,
    randomness: &dyn Randomness,
    from: KeptStanding,
    actor: &str,
    deed: &Deed,
) -> Result<Once, StoreError> {
    let Some(to) = from.state.after(deed.step()) else {
        return Ok(Once::Not);
    };
    let is_decision = matches!(deed, Deed::Approve | Deed::Refuse(_));
    // What was done since is told before anything that may be wrong because of it.
    if is_decision && store.version(&from.id).await? != Some(from.version) {
        return Ok(Once::Stale);
    }
    if let Some(hindrance) = hindrance(store, &from, actor, deed).await? {
        return Ok(Once::Hindered(hindrance));
    }
    let at = clock.now();
    let asked = match deed {
        Deed::Ask(questions) => {
            Some((questions.clone(), store.pages_and_users(&from.draft).await?))
        }
        _ => None,
    };
    let told = match deed {
        Deed::Refuse(refusal) => Some(refusal.told()),
        _ => None,
    };
    let messages = messages(
        store,
        randomness,
        &from,
        |language| deed.message(&from, language),
        at,
    )
    .await?;
    let holder = holder(store, &from, actor, deed).await?;
    let step = NewStep {
        to,
        actor: actor.to_owned(),
        action: deed.action().to_owned(),
        details: deed.details(&from, holder.as_ref()),
        at,
        asked,
        told,
        holder,
        messages,
        from,
    };
    Ok(match store.take_step(&step).await? {
        StepOutcome::Taken => Once::Done(to),
        StepOutcome::Stale => Once::Stale,
    })
}

/// Whose a registration becomes by a deed, if that changes. What is being checked again is somebody's who works at the
/// desk: of whoever undid the decision, where whoever had it does not any more.
async fn holder(
    store: &Store,
    from: &KeptStanding,
    actor: &str,
    deed: &Deed,
) -> Result<Option<Holder>, StoreError> {
    if !matches!(deed, Deed::Undo(_)) {
        return Ok(deed.holder());
    }
    let before = match &from.officer {
        Some(officer) => store.officer(officer).await?,
        None => None,
    };
    let undoes = match actor.strip_prefix("officer/") {
        Some(id) => store.officer(&OfficerId::named(id)).await?,
        None => None,
    };
    Ok(undoes
        .filter(|_| !before.is_some_and(|officer| officer.may(Permission::WorkOnRegistrations)))
        .map(|officer| Holder::Officer(officer.id)))
}

/// What keeps the desk from a decision. Whatever changes the answer counts as a change of the registration: a deed on
/// what this saw is stale if it is no longer so.
async fn hindrance(
    store: &Store,
    from: &KeptStanding,
    actor: &str,
    deed: &Deed,
) -> Result<Option<Hindrance>, StoreError> {
    let decided = match deed {
        Deed::Approve => None,
        Deed::Refuse(refusal) => Some(refusal.clone()),
        _ => return Ok(None),
    };
    if decided.is_none()
        && let Err(lacking) = ready(store, from).await?
    {
        return Ok(Some(Hindrance::Checks(lacking)));
    }
    if !store.two_officers().await? {
        return Ok(None);
    }
    let is_confirmed = store
        .proposal(&from.id)
        .await?
        .is_some_and(|proposal| proposal.officer.actor() != actor && proposal.refusal == decided);
    Ok((!is_confirmed).then_some(Hindrance::SecondOfficer))
}

/// Whether a registration may be approved with the checks that were made.
///
/// # Errors
/// When the store fails.
pub async fn ready(
    store: &Store,
    from: &KeptStanding,
) -> Result<Result<Approval, Vec<Lacking>>, StoreError> {
    let registration = store
        .registration(&from.reference)
        .await?
        .ok_or(StoreError::Row {
            table: "registration",
            column: "reference",
        })?
        .registration;
    let made: Vec<MadeCheck> = store
        .checks(&from.id)
        .await?
        .into_iter()
        .map(|kept| kept.made)
        .collect();
    Ok(Approval::ready(&registration, &made))
}

/// Those who are told of a registration, each in their language.
///
/// # Errors
/// When the store fails.
pub async fn recipients(store: &Store, from: &KeptStanding) -> Result<Vec<Recipient>, StoreError> {
    let mut recipients = store.recipients_of_draft(&from.draft).await?;
    if recipients.is_empty()
        && let Ok(email) = Email::parse(&from.accountable_email)
    {
        let language = store.language_to(&from.draft, &email).await?;
        recipients.push(Recipient { email, language });
    }
    Ok(recipients)
}

async fn messages(
    store: &Store,
    randomness: &dyn Randomness,
    from: &KeptStanding,
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
                subject: format!("registration/{}", from.reference),
                recipient: email,
                language,
                message: Posted::Linked {
                    message,
                    link: link.id.clone(),
                },
                at,
            };
            Ok((message, link))
        })
        .collect()
}

/// Corrects a registration as an officer saw it, and tells its applicant.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn correct(
    store: &Store,
    clock: &dyn Clock,
    randomness: &dyn Randomness,
    from: KeptStanding,
    officer: &OfficerId,
    correction: Correction,
) -> Result<StepOutcome, StoreError> {
    let at = clock.now();
    let Some(before) = store.registration(&from.reference).await? else {
        return Ok(StepOutcome::Stale);
    };
    let message = |language| {
        Some(Message::Corrected {
            reference: from.reference,
            // What was typed stays out of e-mail: the page that says where it stands shows it.
            answers: correction.words_in(language).map(str::to_owned).collect(),
            reason: correction.reason.clone(),
        })
    };
    let told = KeptStanding {
        accountable_email: correction.registration.accountable_person.email.to_string(),
        ..from.clone()
    };
    let messages = messages(store, randomness, &told, message, at).await?;
    store
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

impl Desk {
    /// Opens the registration of a message's link: gives the cookie for it.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn open_by_registration_link(
        &self,
        secret: &SessionToken,
    ) -> Result<(Opened, SessionToken), StoreError> {
        let (token, session, now) = self.new_session()?;
        let opened = self
            .store
            .open_by_registration_link(&secret.hash(), &session, now)
            .await?;
        Ok((opened, token))
    }

    /// Begins a new draft with the answers of one that came to nothing, for the person of its cookie `from`: gives the
    /// cookie for it.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn start_again(
        &self,
        other: &str,
        from: &SessionToken,
    ) -> Result<SessionToken, StoreError> {
        let (token, session, now) = self.new_session()?;
        let random = self.randomness.as_ref();
        let draft = new_id(random)?;
        let users = self
            .store
            .users(other)
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
            .start_again(other, &draft, &users, &from.hash(), &session, now)
            .await?;
        Ok(token)
    }
}
